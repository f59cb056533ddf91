import type { Solution } from '../../../service/core/optimize/optimize.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';
import { pairCosts } from './costs.ts';
import { LinearModel } from './linear.ts';

export interface ExactTransport {
  /** Least Σ p d² of any fractional assignment inside the target ranges at the plan's own centres, in km². */
  readonly value: number;
  /** Models solved until no column was missing. */
  readonly rounds: number;
}

/** Columns per unit in the first model, and the most that a round adds per unit. */
const FIRST_COLUMNS = 3;
const ADDED_COLUMNS = 2;
const MOST_ROUNDS = 60;
/** Reduced costs above this share of a unit's mean cost are rounding. */
const PRECISION = 1e-7;

/**
 * The box transport problem solved exactly by HiGHS: what the engine's bound approaches from below. Columns are
 * generated: solve with a few per unit, price all pairs at the duals, add what is missing, until nothing is.
 * Null where not even fractions fit inside the target ranges, or a model is not solved.
 */
export async function exactTransport(problem: Problem, solution: Solution): Promise<ExactTransport | null> {
  const cost = pairCosts(problem, solution.centers);
  const columns = firstColumns(problem, solution, cost);
  for (let rounds = 1; rounds <= MOST_ROUNDS; rounds++) {
    const solved = await solveWith(problem, solution, { cost, columns });
    if (!solved) return null;
    if (addMissing(problem, cost, { columns, duals: solved.duals }) === 0)
      return solved.slack > 1e-9 ? null : { value: solved.objective, rounds };
  }
  return null;
}

/** The plan's own pair of every unit and its cheapest ones at the engine's prices. */
function firstColumns(problem: Problem, { owners, bound }: Solution, cost: Float64Array): Set<number>[] {
  const { k, measures } = problem;
  return owners.map((owner, u) => {
    const priced = Array.from({ length: k }, (_, j) => {
      const refund = measures.reduce((sum, { perUnit }, m) => sum + perUnit[u]! * (bound.prices[m * k + j] ?? 0), 0);
      return { j, value: cost[u * k + j]! - refund };
    });
    priced.sort((a, b) => a.value - b.value);
    return new Set([owner, ...priced.slice(0, FIRST_COLUMNS).map(({ j }) => j)]);
  });
}

interface Restricted {
  readonly cost: Float64Array;
  readonly columns: readonly Set<number>[];
}

async function solveWith(problem: Problem, { corridors }: Solution, { cost, columns }: Restricted) {
  const { k, measures } = problem;
  const model = new LinearModel();
  const n = columns.length;
  for (let u = 0; u < n; u++) model.row(1, 1);
  corridors.forEach((row) => row.forEach(({ low, high, target }) => model.row(low / target, high / target)));
  const rowOf = (m: number, j: number) => n + m * k + j;
  columns.forEach((own, u) => {
    for (const j of own) {
      const held = measures.map(({ perUnit }, m) => [rowOf(m, j), perUnit[u]! / corridors[m]![j]!.target] as const);
      model.column(cost[u * k + j]!, [[u, 1], ...held]);
    }
  });
  // what cannot be inside the ranges costs more than any distance
  const dear = 100 * cost.reduce((most, value) => Math.max(most, value), 0) * n;
  const slacks = corridors.flatMap((row, m) =>
    row.flatMap((_, j) => [model.column(dear, [[rowOf(m, j), 1]]), model.column(dear, [[rowOf(m, j), -1]])]),
  );
  const solved = await model.solve();
  if (!solved.isOptimal) return null;
  const slack = slacks.reduce((sum, column) => sum + solved.columns[column]!, 0);
  const duals = solved.duals.map((dual, row) => (row < n ? dual : dual / targetOf(corridors, row - n, k)));
  return { objective: solved.objective, slack, duals };
}

function targetOf(corridors: Solution['corridors'], at: number, k: number): number {
  return corridors[Math.floor(at / k)]![at % k]!.target;
}

/** Adds pairs that are cheaper than what the duals pay for the unit; returns how many. */
function addMissing(
  { k, measures }: Problem,
  cost: Float64Array,
  { columns, duals }: { columns: readonly Set<number>[]; duals: Float64Array },
): number {
  const n = columns.length;
  const typical = cost.reduce((sum, value) => sum + value, 0) / cost.length;
  let added = 0;
  columns.forEach((own, u) => {
    const missing: { j: number; value: number }[] = [];
    for (let j = 0; j < k; j++) {
      if (own.has(j)) continue;
      let value = cost[u * k + j]! - duals[u]!;
      for (let m = 0; m < measures.length; m++) value -= measures[m]!.perUnit[u]! * duals[n + m * k + j]!;
      if (value < -PRECISION * typical) missing.push({ j, value });
    }
    missing.sort((a, b) => a.value - b.value);
    for (const { j } of missing.slice(0, ADDED_COLUMNS)) own.add(j);
    added += Math.min(missing.length, ADDED_COLUMNS);
  });
  return added;
}
