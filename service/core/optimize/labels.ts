import { chordKm, type Point } from '../geography.ts';
import type { Problem } from './problem.ts';

/**
 * Names the parts of a fresh plan after the seats so that homes lie near their territories: the assignment with the
 * least sum of squared distances. Seats without a home cost nothing and take what is left.
 */
export function labelByHomes(problem: Problem, owner: Int32Array): Int32Array {
  if (problem.homes.every((home) => home === null)) return owner;
  const costs = middlesOf(problem, owner).map((middle) =>
    problem.homes.map((home) => (home ? chordKm(middle, home) ** 2 : 0)),
  );
  const seatOf = assignment(costs);
  return owner.map((part) => seatOf[part]!);
}

function middlesOf(problem: Problem, owner: Int32Array): Point[] {
  const sums = Array.from({ length: problem.k }, () => ({ lat: 0, lon: 0, count: 0 }));
  owner.forEach((part, u) => {
    const sum = sums[part];
    if (!sum) return;
    sum.lat += problem.lat[u]!;
    sum.lon += problem.lon[u]!;
    sum.count++;
  });
  return sums.map(({ lat, lon, count }) => ({ lat: lat / Math.max(1, count), lon: lon / Math.max(1, count) }));
}

/**
 * Column of each row in the cheapest assignment of a square matrix: shortest augmenting paths with potentials
 * (Jonker and Volgenant 1987), in cubic time. Rows and columns are numbered from 1 inside, 0 is the free start.
 */
export function assignment(costs: readonly (readonly number[])[]): number[] {
  const n = costs.length;
  const rowPotential = new Float64Array(n + 1);
  const columnPotential = new Float64Array(n + 1);
  const rowOf = new Int32Array(n + 1);
  const before = new Int32Array(n + 1);
  for (let row = 1; row <= n; row++) {
    rowOf[0] = row;
    const least = new Float64Array(n + 1).fill(Infinity);
    const used = new Uint8Array(n + 1);
    let column = 0;
    do {
      used[column] = 1;
      const at = rowOf[column]!;
      let step = Infinity;
      let next = 0;
      for (let j = 1; j <= n; j++) {
        if (used[j]) continue;
        const reduced = costs[at - 1]![j - 1]! - rowPotential[at]! - columnPotential[j]!;
        if (reduced < least[j]!) {
          least[j] = reduced;
          before[j] = column;
        }
        if (least[j]! < step) {
          step = least[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= n; j++) {
        if (used[j]) {
          rowPotential[rowOf[j]!]! += step;
          columnPotential[j]! -= step;
        } else least[j]! -= step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = before[column]!) rowOf[column] = rowOf[before[column]!]!;
  }
  const columnOf = new Array<number>(n).fill(0);
  for (let j = 1; j <= n; j++) columnOf[rowOf[j]! - 1] = j - 1;
  return columnOf;
}
