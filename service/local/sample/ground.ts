import { distanceKm, pointOf, type Geography, type Point } from '../../core/geography.ts';
import { METROS, PLANTED } from './places.ts';

/** People living in each unit, roughly: a rural floor plus every metropolitan area spread around its centre. */
export function peopleByUnit(geography: Geography): number[] {
  const rural = 700;
  const people = geography.ids.map(() => rural);
  for (const [lat, lon, millions, reachKm] of METROS) {
    // Tiny areas are mostly single buildings; large ones hold no more than an ordinary ZIP.
    const weights = geography.ids.map((_, unit) => {
      const km = distanceKm({ lat, lon }, pointOf(geography, unit));
      return km > 6 * reachKm ? 0 : Math.exp(-km / reachKm) * Math.sqrt(Math.min(15, geography.areaKm2[unit] ?? 0));
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, unit) => (people[unit] = (people[unit] ?? 0) + (millions * 1e6 * weight) / total));
  }
  return people;
}

interface Seed extends Point {
  readonly speed: number;
}

/**
 * Territory of each unit: all seeds grow over the neighbour graph at once, each at its own speed, and the first to arrive
 * owns the unit. So every territory is one piece.
 */
export function grow(
  geography: Geography,
  seeds: readonly Seed[],
  excluded: ReadonlySet<number> = new Set(),
): number[] {
  const owners = geography.ids.map(() => -1);
  const arrival = geography.ids.map(() => Infinity);
  const settled = new Set<number>();
  const frontier = new Map<number, number>();
  seeds.forEach((seed, territory) => {
    const start = nearestUnit(geography, seed, excluded);
    [owners[start], arrival[start]] = [territory, 0];
    frontier.set(start, 0);
  });
  while (frontier.size > 0) {
    let [unit, best] = [-1, Infinity];
    for (const [candidate, time] of frontier) if (time < best) [unit, best] = [candidate, time];
    frontier.delete(unit);
    settled.add(unit);
    const speed = seeds[owners[unit] ?? -1]?.speed ?? 1;
    for (const next of geography.neighbors[unit] ?? []) {
      if (settled.has(next) || excluded.has(next)) continue;
      const time = best + distanceKm(pointOf(geography, unit), pointOf(geography, next)) / speed;
      if (time >= (arrival[next] ?? Infinity)) continue;
      [arrival[next], owners[next]] = [time, owners[unit] ?? -1];
      frontier.set(next, time);
    }
  }
  return enclosedToNeighbors(geography, owners, excluded);
}

/** Ground cut off from every seed by the excluded units goes to whoever is nearest. */
function enclosedToNeighbors(geography: Geography, owners: number[], excluded: ReadonlySet<number>): number[] {
  return owners.map((owner, unit) => {
    if (owner >= 0 || excluded.has(unit)) return owner;
    const owned = new Set([...excluded, ...owners.flatMap((o, i) => (o < 0 ? [i] : []))]);
    return owners[nearestUnit(geography, pointOf(geography, unit), owned)] ?? -1;
  });
}

export function nearestUnit(geography: Geography, place: Point, excluded: ReadonlySet<number> = new Set()): number {
  let [best, distance] = [0, Infinity];
  geography.ids.forEach((_, unit) => {
    const km = excluded.has(unit) ? Infinity : distanceKm(place, pointOf(geography, unit));
    if (km < distance) [best, distance] = [unit, km];
  });
  return best;
}

/** Units of the planted pocket that no sales territory owns. */
export function pocketUnits(geography: Geography): Set<number> {
  const { lat, lon, radiusKm } = PLANTED.pocket;
  const near = geography.ids.flatMap((_, unit) =>
    distanceKm({ lat, lon }, pointOf(geography, unit)) <= radiusKm ? [unit] : [],
  );
  return new Set(near);
}
