import type { Territory } from '../core/alignment.ts';
import { boundsKept } from '../core/boundsKept.ts';
import { splitCounties } from '../core/countySplits.ts';
import { disruption } from '../core/disruption.ts';
import type { Handover } from '../core/connectedMoves.ts';
import { explain, type MoveGroup } from '../core/explain.ts';
import { measureWord } from '../core/measureWords.ts';
import { totals } from '../core/measures.ts';
import { offTarget } from '../core/offTarget.ts';
import { Plan } from '../core/optimize/plan.ts';
import type { Asked, AskedProblem } from './askedProblem.ts';
import { notes } from './proposalNotes.ts';
import type { StoredResult } from './storedResult.ts';
import { territoryRows, type TerritoryRow } from './views.ts';

/** The least that was found to change rep when the limits are left out. */
export interface Needed {
  readonly off: number;
  readonly accountsShare: number;
  readonly salesShare: number;
}

/** A finished plan, its territories by the problem's index. */
export interface Found {
  readonly owners: readonly number[];
  /** The moves in the order in which they were found; absent: every connected part of the difference. */
  readonly moves?: readonly Handover[];
  readonly certificate: { readonly objective: number; readonly bound: number } | null;
  readonly stopped: boolean;
  readonly needed: Needed | null;
}

/** A computed plan as people read it: the moves with their reasons, both sides in figures, what stayed off target and why. */
export function presentResult(asked: Asked, problem: AskedProblem, found: Found): StoredResult {
  const { plan, market, geography, request } = asked;
  const { indexOf, territories } = problem.start;
  const owners = found.owners.map((owner) => (owner < 0 ? -1 : indexOf[owner]!));
  const added = territories.filter((_, j) => indexOf[j]! >= plan.territories.length);
  const all = shown(plan.territories, indexOf, added);
  const before = territoryRows(plan, market);
  const after = rowsAfter(asked, problem, found.owners);
  const groups = explain({
    before: plan.owners,
    after: owners,
    territories: all,
    totalsBefore: totals(plan.owners, { ...market, seats: all, overrides: plan.overrides }),
    inputs: market.inputs,
    travel: market.travel,
    neighbors: geography.neighbors,
    cities: geography.names,
    measures: request.measures,
    ...(found.moves ? { moves: found.moves } : {}),
  });
  const onTarget = (rows: readonly TerritoryRow[]) =>
    rows.filter((row) => request.measures.every((measure) => inRange(row, measure))).length;
  const pipeline = asked.pipelineUsd;
  const moved = disruption(plan.owners, owners, market.inputs);
  const view = {
    moves: groups.map((group) => presentMove(group, all, geography.ids)),
    before,
    after,
    onTargetBefore: onTarget(before),
    onTargetAfter: onTarget(after),
    ...moved,
    pipelineShare: pipeline
      ? disruption(plan.owners, owners, { accounts: pipeline, salesUsd: pipeline }).accountsShare
      : null,
    objective: found.certificate?.objective ?? null,
    bound: found.certificate?.bound ?? null,
    stopped: found.stopped,
    owners,
    outside: outside(asked, problem, found),
    counties: request.rules.wholeCounties
      ? { before: splitCounties(plan.owners, geography.counties), after: splitCounties(owners, geography.counties) }
      : null,
    bounds: boundsKept(request.rules.bounds, after),
    added:
      problem.start.added && added[0]
        ? presentAdded(asked, problem.start.added.unit, { groups, added: added[0], territories: all })
        : null,
    notes: notes(asked, problem, { needed: found.needed, rows: after }),
  };
  return { owners, added, moved: seatedElsewhere(plan.territories, problem.start), view };
}

/** Territories whose rep lives elsewhere in the computed plan. */
function seatedElsewhere(former: readonly Territory[], { territories, indexOf }: AskedProblem['start']) {
  return territories.flatMap(({ id, home, homeZip }, j) => {
    const was = former[indexOf[j]!];
    return was && was.homeZip !== homeZip ? [{ id, home, homeZip }] : [];
  });
}

/** The plan's territories and the new ones; one that is gone wants nothing any more. */
function shown(former: readonly Territory[], indexOf: readonly number[], added: readonly Territory[]): Territory[] {
  const stays = new Set(indexOf);
  const gone = { targetShare: 0, administrationHours: 0 };
  return [...former.map((territory, j) => (stays.has(j) ? territory : { ...territory, ...gone })), ...added];
}

/** Figures of every territory that there will be, under its index in the plan. */
export function rowsAfter(asked: Asked, { start }: AskedProblem, owners: readonly number[]): TerritoryRow[] {
  const overrides = asked.plan.overrides
    .map((override) => ({ ...override, territory: start.indexOf.indexOf(override.territory) }))
    .filter(({ territory }) => territory >= 0);
  const rows = territoryRows({ owners: [...owners], overrides, territories: [...start.territories] }, asked.market);
  return rows.map((row, j) => ({ ...row, index: start.indexOf[j]! }));
}

function presentMove(group: MoveGroup, territories: readonly Territory[], zips: readonly string[]) {
  const { from, to, units, ...figures } = group;
  return {
    ...figures,
    units: units.map((unit) => zips[unit]!),
    fromId: territories[from]?.id ?? null,
    fromName: territories[from]?.name ?? null,
    toId: territories[to]?.id ?? null,
    toName: territories[to]?.name ?? null,
  };
}

/** Only measures with a deviation of their own are judged here. */
export function inRange(row: TerritoryRow, { name, tolerance }: { name: string; tolerance: number }): boolean {
  if (name !== 'workloadHours' && name !== 'potentialUsd') return true;
  return Math.abs(row.deviation[name]) <= tolerance + 1e-9;
}

/** Why each territory is still off target: a proof, or a price with the smallest relaxation that helps. */
function outside({ geography }: Asked, { byUnit, start }: AskedProblem, { owners, needed }: Found) {
  return offTarget(new Plan(byUnit, owners), {
    unit: (unit) => `ZIP ${geography.ids[unit]} ${geography.names[unit]}`,
    measure: (name) => sentenceStart(measureWord(name)),
    limit: needed ? 'the limit on what may change rep' : null,
  }).map(({ territory, cause, proof }) => ({ territory: start.territories[territory]!.name, cause, proof }));
}

const sentenceStart = (words: string) => `${words[0]?.toUpperCase()}${words.slice(1)}`;

function presentAdded(
  { geography }: Asked,
  unit: number,
  { groups, added, territories }: { groups: readonly MoveGroup[]; added: Territory; territories: readonly Territory[] },
) {
  const index = territories.indexOf(added);
  const givers = new Map<string, { accounts: number; salesUsd: number; workloadHours: number }>();
  for (const { from, to, accounts, salesUsd, workloadHours } of groups) {
    if (to !== index) continue;
    const name = territories[from]?.name ?? 'nobody';
    const known = givers.get(name) ?? { accounts: 0, salesUsd: 0, workloadHours: 0 };
    known.accounts += accounts;
    known.salesUsd += salesUsd;
    known.workloadHours += workloadHours;
    givers.set(name, known);
  }
  return {
    id: added.id,
    name: added.name,
    zip: geography.ids[unit]!,
    place: `${geography.names[unit]}, ${geography.states[unit]}`,
    givers: [...givers].map(([name, given]) => ({ name, ...given })).sort((a, b) => b.accounts - a.accounts),
  };
}
