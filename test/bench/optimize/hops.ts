import type { Corridor, Problem } from '../../../service/core/optimize/problem.ts';
import { LinearModel } from './linear.ts';

/**
 * Least demand that must cross borders between territories, each border counted, until every total is inside its
 * range: the mean over the measures of the share of all demand. Nobody's units are one more territory that must end
 * empty. A new territory touches those that `after` shows beside it. Null where no flow does it.
 */
export async function hopVolume(
  problem: Problem,
  corridors: readonly (readonly Corridor[])[],
  after: readonly number[],
): Promise<number | null> {
  const { k } = problem;
  const before = problem.current!.map((j) => (j < 0 ? k : j));
  const borders = new Map<string, readonly [number, number]>();
  const touch = (a: number, b: number) => {
    if (a !== b) borders.set(`${Math.min(a, b)},${Math.max(a, b)}`, [a, b]);
  };
  const isNew = Array.from({ length: k + 1 }, () => true);
  for (const j of before) isNew[j] = false;
  problem.neighbors.forEach((list, u) => {
    if (isNew[after[u]!]) touch(after[u]!, before[u]!);
    for (const next of list) {
      touch(before[u]!, before[next]!);
      if (isNew[after[u]!]) touch(after[u]!, before[next]!);
    }
  });
  const volumes: number[] = [];
  for (const [m, { perUnit }] of problem.measures.entries()) {
    const held = Array<number>(k + 1).fill(0);
    perUnit.forEach((value, u) => (held[before[u]!]! += value));
    const total = held.reduce((sum, value) => sum + value, 0);
    const model = new LinearModel();
    held.forEach((value, j) => {
      const { low, high } = corridors[m]![j] ?? { low: 0, high: 0 };
      model.row((low - value) / total, (high - value) / total);
    });
    for (const [a, b] of borders.values()) {
      model.column(1, [
        [a, -1],
        [b, 1],
      ]);
      model.column(1, [
        [a, 1],
        [b, -1],
      ]);
    }
    const solved = await model.solve();
    if (!solved.isOptimal) return null;
    volumes.push(solved.objective);
  }
  return volumes.reduce((sum, value) => sum + value, 0) / volumes.length;
}
