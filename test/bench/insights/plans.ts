import type { Point } from '../../../service/core/geography.ts';
import { below, type Random } from '../../../service/core/random.ts';

/** Territories grown from homes by chance, one unit after the other: contiguous, of unlike size, as maps grow in years. */
export function labels(
  {
    lat,
    lon,
    neighbors,
  }: { lat: readonly number[]; lon: readonly number[]; neighbors: readonly (readonly number[])[] },
  count: number,
  random: Random,
): { owners: number[]; homes: Point[] } {
  const owners = lat.map(() => -1);
  const seeds = new Set<number>();
  while (seeds.size < count) seeds.add(below(random, lat.length));
  const fronts = [...seeds].map((unit, j) => {
    owners[unit] = j;
    return [unit];
  });
  for (let left = lat.length - count; left > 0;) {
    for (const [j, front] of fronts.entries()) {
      const next = front.flatMap((unit) => neighbors[unit]!.filter((other) => owners[other] === -1));
      if (next.length === 0) continue;
      for (const unit of new Set(next)) {
        owners[unit] = j;
        left--;
      }
      fronts[j] = [...new Set(next)];
    }
  }
  return { owners, homes: [...seeds].map((unit) => ({ lat: lat[unit]!, lon: lon[unit]! })) };
}
