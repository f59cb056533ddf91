import { bordering } from './bordering.ts';
import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';

/** Regions where most changes rep, and how many borders around the territory with the most. */
const MOST_HANDED_OVER = 10;
const HOPS_HANDED_OVER = 1;

/** Where a region is more than this part of the map, the search over all does as much. */
const REGION_PART = 0.5;

/**
 * Territories off target in groups that border each other, each with those around it so many borders away. A group that
 * lies inside the surroundings of another is solved with that one.
 */
export function regionsOff(plan: Plan, energy: Energy, hops: number): number[][] {
  const around = neighboursOf(plan);
  const isOff = Uint8Array.from({ length: plan.k }, (_, j) => (energy.violation(j) > 0 ? 1 : 0));
  const seen = new Uint8Array(plan.k);
  const regions: ReadonlySet<number>[] = [];
  for (let first = 0; first < plan.k; first++) {
    if (isOff[first] === 0 || seen[first] === 1) continue;
    const group = [first];
    seen[first] = 1;
    for (let head = 0; head < group.length; head++)
      for (const next of around[group[head]!]!)
        if (isOff[next] === 1 && seen[next] === 0) {
          seen[next] = 1;
          group.push(next);
        }
    if (!regions.some((region) => group.every((j) => region.has(j)))) regions.push(widened(group, around, hops));
  }
  return regions.map(sorted);
}

/** The same for the first of these numbers of borders at which no region is most of the map; if there is none, for the last. */
export function regionsWithin(plan: Plan, energy: Energy, hops: readonly number[]): number[][] {
  let regions: number[][] = [];
  for (const away of hops) {
    regions = regionsOff(plan, energy, away);
    if (!isMost(plan, regions)) break;
  }
  return regions;
}

/** Where most changes rep: the territories that give and take most, each with those around it, as long as none is most of the map. */
export function regionsHandedOver(plan: Plan): number[][] {
  const around = neighboursOf(plan);
  const moved = new Float64Array(plan.k);
  plan.problem.current?.forEach((today, u) => {
    const j = plan.owner[u]!;
    if (today < 0 || today === j) return;
    moved[today]! += plan.moving[u]!;
    moved[j]! += plan.moving[u]!;
  });
  const seen = new Set<number>();
  const regions: number[][] = [];
  for (const j of [...moved.keys()].sort((a, b) => moved[b]! - moved[a]! || a - b)) {
    if (moved[j] === 0 || regions.length === MOST_HANDED_OVER || isMost(plan, regions)) break;
    if (seen.has(j)) continue;
    for (const near of [j, ...around[j]!]) seen.add(near);
    regions.push(sorted(widened([j], around, HOPS_HANDED_OVER)));
  }
  return regions;
}

export function isMost({ k }: Plan, regions: readonly (readonly number[])[]): boolean {
  return regions.some(({ length }) => length > k * REGION_PART);
}

/** The territories that border each territory. */
export function neighboursOf(plan: Plan): number[][] {
  const links = bordering(plan);
  const around = Array.from({ length: plan.k }, (): number[] => []);
  for (let i = 0; i < links.length; i += 2) around[links[i]!]!.push(links[i + 1]!);
  return around;
}

const sorted = (region: ReadonlySet<number>) => [...region].sort((a, b) => a - b);

function widened(group: readonly number[], around: readonly (readonly number[])[], hops: number): ReadonlySet<number> {
  const inside = new Set(group);
  let rim: readonly number[] = group;
  for (let hop = 0; hop < hops; hop++) {
    rim = rim.flatMap((j) => around[j]!).filter((j) => !inside.has(j));
    for (const j of rim) inside.add(j);
  }
  return inside;
}

/** All territories in groups of neighbours of at most this size. */
export function groupsOf(plan: Plan, size: number): number[][] {
  const around = neighboursOf(plan);
  const free = new Set(around.keys());
  const groups: number[][] = [];
  for (const first of free) {
    const group = [first];
    free.delete(first);
    for (let head = 0; head < group.length && group.length < size; head++)
      for (const next of around[group[head]!]!) if (group.length < size && free.delete(next)) group.push(next);
    groups.push(group.sort((a, b) => a - b));
  }
  return groups;
}
