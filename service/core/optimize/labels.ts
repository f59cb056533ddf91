import { chordKm, type Point } from '../geography.ts';
import type { Problem } from './problem.ts';

/**
 * Names the parts of a fresh plan after the seats: each part goes to the seat whose home is nearest to its middle,
 * nearest pairs first. Seats without a home take what is left, in order.
 */
export function labelByHomes(problem: Problem, owner: Int32Array): Int32Array {
  if (problem.homes.every((home) => home === null)) return owner;
  const middles = middlesOf(problem, owner);
  const pairs = middles.flatMap((middle, part) =>
    problem.homes.flatMap((home, seat) => (home ? [{ part, seat, km: chordKm(middle, home) }] : [])),
  );
  pairs.sort((a, b) => a.km - b.km || a.part - b.part || a.seat - b.seat);
  const seatOf = new Int32Array(problem.k).fill(-1);
  const taken = new Set<number>();
  for (const { part, seat } of pairs) {
    if (seatOf[part]! >= 0 || taken.has(seat)) continue;
    seatOf[part] = seat;
    taken.add(seat);
  }
  const free = problem.homes.map((_, seat) => seat).filter((seat) => !taken.has(seat));
  for (let part = 0; part < problem.k; part++) if (seatOf[part]! < 0) seatOf[part] = free.shift()!;
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
