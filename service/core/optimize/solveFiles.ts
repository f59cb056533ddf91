import { connect } from '../adjacency.ts';
import { BailiwickError } from '../errors.ts';
import { mergedAnswer, subProblems } from './componentPlans.ts';
import { assertApart, contract, type Contracted } from './contract.ts';
import { finishPlan, type FinishedPlan } from './finishPlan.ts';
import { fileProblem, type FileGround } from './fileProblem.ts';
import { itemsOf, spreadOf } from './figures.ts';
import { separated } from './mend.ts';
import { nodeLocks } from './nodeLocks.ts';
import { optimize, type Solution } from './optimize.ts';
import { permitsOf } from './permits.ts';
import { PRESETS, type PlanDisruption, type Preset } from './planFile.ts';
import type { EngineOptions, Problem } from './problem.ts';
import { rangesOf } from './ranges.ts';
import type { AccountTable } from './readAccounts.ts';
import type { Rule } from './readRules.ts';
import type { TerritoryTable } from './readTerritories.ts';
import type { UnitTable } from './readUnits.ts';
import { rosterOf, type Roster } from './roster.ts';
import { splitUnits, type Part } from './splits.ts';

export interface FileRequest {
  readonly units: UnitTable;
  readonly edges: readonly ReadonlySet<number>[];
  readonly territories?: TerritoryTable | null;
  readonly accounts?: AccountTable | null;
  readonly rules?: readonly Rule[];
  /** Number of territories; absent takes those of the file, else today's. */
  readonly k?: number | null;
  readonly measures: readonly { readonly name: string; readonly tolerance: number }[];
  /** λ in km², else a preset; absent holds today's map wherever there is one. */
  readonly lambda?: number | null;
  readonly preset?: Preset | null;
  /** False keeps the pieces of the map apart; otherwise the shortest bridges join them. */
  readonly bridging?: boolean;
  readonly seed: number;
  readonly effort: number;
  readonly inputHash: string;
}

export interface Prepared {
  readonly request: FileRequest;
  readonly ground: FileGround;
  readonly problem: Problem;
  readonly nodes: Contracted;
  readonly parts: readonly Part[];
  /** Neighbours with the bridges, by unit. */
  readonly neighbors: readonly (readonly number[])[];
  readonly bridges: readonly (readonly [number, number])[];
  readonly preset: PlanDisruption['preset'];
}

/** A plan for units that come from files, with everything that `check` needs to prove it. */
export function solveFiles(
  request: FileRequest,
  options: Pick<EngineOptions, 'onProgress' | 'shouldStop'> = {},
): FinishedPlan {
  const prepared = prepareFiles(request);
  const solve = (problem: Problem) => optimize(problem, { ...options, effort: request.effort, seed: request.seed });
  const parts = subProblems(prepared.problem).map((sub) => {
    const first = solve(sub.problem);
    const again = againApart(sub.problem, first);
    return { sub, answer: again ? solve(again) : first };
  });
  return finishPlan(prepared, mergedAnswer(prepared.problem, parts));
}

/**
 * The engine keeps pairs apart that are apart where it begins. Where an answer has some together, the problem that begins
 * from the same answer with these separated; null where that is not needed or cannot be.
 */
export function againApart(problem: Problem, answer: Pick<Solution, 'owners' | 'stopped'>): Problem | null {
  const owners = separated(problem, answer.owners);
  return owners && !answer.stopped ? { ...problem, current: owners } : null;
}

/** The engine's problem and what it takes to read its answer. @throws BailiwickError where the files contradict themselves */
export function prepareFiles(request: FileRequest): Prepared {
  const { units, measures } = request;
  const rules = request.rules ?? [];
  assertMeasures(request);
  const roster = rosterOf({ units, territories: request.territories, k: request.k ?? null });
  const permits = permitsOf(units, roster, rules);
  const ranges = rangesOf({ units, roster, rules, measures });
  const given = request.edges.map((set) => [...set].sort((a, b) => a - b));
  const bridges = request.bridging === false ? [] : connect(given, units.lat, units.lon);
  const neighbors = withBridges(given, bridges);
  const nodes = contract({ units, neighbors, permits });
  assertApart(rules, nodes, { units, permits });
  if (nodes.nodes.length < roster.names.length)
    throw new BailiwickError(
      'infeasible',
      `${roster.names.length} territories cannot be made of ${nodes.nodes.length} units and groups.`,
      { action: 'Ask for fewer territories, or split the groups.' },
    );
  const start = startMap(request, roster);
  const accounts = request.accounts ?? null;
  const items = itemsOf({ units, accounts, measures }, []);
  const locks = nodeLocks({ nodes, roster, permits, start, weight: items.weight });
  const { lambda, preset } = disruptionOf(request, start, () => spreadOf({ roster }, items, start!));
  const ground = { units, accounts, rules, roster, permits, ranges, measures, weight: items.weight, start, lambda };
  const parts = splitUnits({
    units,
    accounts,
    measures: measures.map(({ name }) => name.toLowerCase()),
    k: roster.names.length,
    isWhole: (u) => locks.lockedTo[nodes.nodeOf[u]!]! >= 0 || nodes.nodes[nodes.nodeOf[u]!]!.length > 1,
  });
  const whole = fileProblem(ground, { nodes, locks, parts });
  const problem = whole.current ? { ...whole, current: separated(whole, whole.current) ?? whole.current } : whole;
  return { request, ground, problem, nodes, parts, neighbors, bridges, preset };
}

function assertMeasures({ units, measures }: FileRequest): void {
  const refuse = (message: string, action: string) => new BailiwickError('bad_request', message, { action });
  if (measures.length === 0) throw refuse('No measure is given.', 'Balance at least one measure.');
  measures.forEach(({ name, tolerance }, m) => {
    if (!units.measures.has(name.toLowerCase()))
      throw refuse(
        `The units file has no measure "${name}".`,
        `It has ${[...units.measures.keys()].join(', ') || 'none'}.`,
      );
    if (!(tolerance > 0))
      throw refuse(`The tolerance of ${name} is ${tolerance}.`, 'Give a ratio above 0, such as 0.1 for ±10 %.');
    if (measures.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) !== m)
      throw refuse(`The measure ${name} is given twice.`, 'Name each measure once.');
  });
}

function startMap({ preset }: FileRequest, { today }: Roster): Int32Array | null {
  return preset === 'cleanSlate' || !today.some((j) => j >= 0) ? null : today;
}

function disruptionOf(
  { lambda, preset }: FileRequest,
  start: Int32Array | null,
  spread: () => number,
): Pick<PlanDisruption, 'lambda' | 'preset'> {
  if (!start) return { lambda: 0, preset: preset === 'cleanSlate' ? preset : 'none' };
  if (lambda != null) return { lambda, preset: 'given' };
  const chosen = preset ?? 'fewestChanges';
  return { lambda: PRESETS[chosen] * spread(), preset: chosen };
}

function withBridges(neighbors: number[][], bridges: readonly (readonly [number, number])[]): number[][] {
  for (const [a, b] of bridges) {
    neighbors[a]!.push(b);
    neighbors[b]!.push(a);
  }
  for (const [a, b] of bridges) for (const u of [a, b]) neighbors[u]!.sort((p, q) => p - q);
  return neighbors;
}
