import type { Problem } from '../../../service/core/optimize/problem.ts';
import type { BenchAccount } from './accounts.ts';

/** A group of accounts holds at most this share of a target in any measure. */
const GROUP = 0.06;

/**
 * Makes nodes of groups of accounts: each takes what its accounts hold away from their unit, and touches the unit and
 * the unit's neighbours.
 */
export function withParts(problem: Problem, accounts: readonly BenchAccount[]): Problem {
  const n = problem.lat.length;
  const targets = problem.measures.map(({ perUnit }) => perUnit.reduce((sum, value) => sum + value, 0) / problem.k);
  const perUnit = problem.measures.map((measure) => [...measure.perUnit]);
  const partOf = Array<number>(n).fill(-1);
  for (const [unit, own] of Map.groupBy(accounts, (account) => account.unit)) {
    for (const sums of groups(own, targets)) {
      partOf.push(unit);
      sums.forEach((amount, m) => {
        perUnit[m]![unit]! -= amount;
        perUnit[m]!.push(amount);
      });
    }
  }
  const neighbors = [...problem.neighbors.map((list) => [...list])];
  partOf.forEach((unit, node) => {
    if (unit < 0) return;
    neighbors[node] = [unit, ...problem.neighbors[unit]!].sort((a, b) => a - b);
    for (const next of neighbors[node]) neighbors[next]!.push(node);
  });
  const grown = <Value>(values: readonly Value[], rest: (unit: number) => Value) =>
    partOf.map((unit, node) => (unit < 0 ? values[node]! : rest(unit)));
  return {
    ...problem,
    lat: grown(problem.lat, (unit) => problem.lat[unit]!),
    lon: grown(problem.lon, (unit) => problem.lon[unit]!),
    locked: grown(problem.locked, () => false),
    neighbors,
    partOf,
    measures: problem.measures.map((measure, m) => ({ ...measure, perUnit: perUnit[m]! })),
  };
}

/** Sums per measure of accounts taken in order until a group is full. */
function groups(accounts: readonly BenchAccount[], targets: readonly number[]): number[][] {
  const result: number[][] = [];
  for (const { amounts } of accounts) {
    const open = result.at(-1);
    const fits = open && amounts.every((amount, m) => open[m]! + amount <= GROUP * targets[m]!);
    if (open && fits) amounts.forEach((amount, m) => (open[m]! += amount));
    else result.push([...amounts]);
  }
  return result;
}
