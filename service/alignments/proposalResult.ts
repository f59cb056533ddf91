import { disruption } from '../core/disruption.ts';
import { explain } from '../core/explain.ts';
import { percent } from '../core/findings.ts';
import type { Geography } from '../core/geography.ts';
import type { Solution } from '../core/optimize/optimize.ts';
import type { TeamMarket } from './ports.ts';
import type { ProposalBody } from './schemas.ts';
import type { StoredAlignment } from './store.ts';
import { territoryRows, type TerritoryRow } from './views.ts';

interface Context {
  readonly plan: StoredAlignment;
  readonly market: TeamMarket;
  readonly geography: Geography;
  readonly measures: ProposalBody['measures'];
}

/** A computed plan as people read it: the moves with their reasons, both sides in figures, what stayed off target. */
export function presentResult({ plan, market, geography, measures }: Context, found: Solution) {
  const before = territoryRows(plan, market);
  const after = territoryRows({ ...plan, owners: found.owners }, market);
  const groups = explain({
    before: plan.owners,
    after: found.owners,
    territories: plan.territories,
    totalsBefore: before,
    inputs: market.inputs,
    travel: market.travel,
    neighbors: geography.neighbors,
    cities: geography.names,
  });
  const onTarget = (row: TerritoryRow) => measures.every((measure) => inRange(row, measure));
  const territory = (index: number) => plan.territories[index];
  return {
    moves: groups.map((group) => ({
      units: group.units.map((unit) => geography.ids[unit]!),
      fromId: territory(group.from)?.id ?? null,
      fromName: territory(group.from)?.name ?? null,
      toId: territory(group.to)?.id ?? null,
      toName: territory(group.to)?.name ?? null,
      sentence: group.sentence,
      workloadHours: group.workloadHours,
      potentialUsd: group.potentialUsd,
      accounts: group.accounts,
    })),
    before,
    after,
    onTargetBefore: before.filter(onTarget).length,
    onTargetAfter: after.filter(onTarget).length,
    ...disruption(plan.owners, found.owners, market.inputs),
    objective: found.objective,
    bound: found.bound.value,
    stopped: found.stopped,
    owners: found.owners,
    outside: after.filter((row) => !onTarget(row)).map((row) => ({ territory: row.name, cause: cause(row) })),
  };
}

/** Only measures with a deviation of their own are judged here. */
function inRange(row: TerritoryRow, { name, tolerance }: ProposalBody['measures'][number]): boolean {
  if (name !== 'workloadHours' && name !== 'potentialUsd') return true;
  return Math.abs(row.deviation[name]) <= tolerance + 1e-9;
}

function cause({ deviation }: TerritoryRow): string {
  const signed = (ratio: number) => `${ratio > 0 ? '+' : '−'}${percent(Math.abs(ratio))}`;
  return `Hours ${signed(deviation.workloadHours)}, market potential ${signed(deviation.potentialUsd)} of target: the search found no better plan within the limits.`;
}
