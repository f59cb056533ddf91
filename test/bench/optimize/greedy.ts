import { distanceKm } from '../../../service/core/geography.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';
import { shares } from './figures.ts';

/**
 * The plain rival: seeds far apart, then the lightest territory takes its nearest free neighbour until nothing is free.
 * Territories come out connected; balance is what it happens to be. Account groups follow their unit.
 */
export function greedyGrowth(problem: Problem): number[] {
  const weight = shares(problem);
  const isPart = (u: number) => (problem.partOf?.[u] ?? -1) >= 0;
  const owners = problem.lat.map(() => -1);
  const seeds = farApart(problem, isPart);
  const load = new Float64Array(problem.k);
  const edge = seeds.map((seed) => new Set([seed]));
  const place = (u: number) => ({ lat: problem.lat[u]!, lon: problem.lon[u]! });
  for (const open = new Set(seeds.keys()); open.size > 0;) {
    const j = [...open].reduce((a, b) => (load[b]! < load[a]! ? b : a));
    let [nearest, least] = [-1, Infinity];
    for (const u of edge[j]!) {
      if (owners[u] !== -1) {
        edge[j]!.delete(u);
        continue;
      }
      const km = distanceKm(place(u), place(seeds[j]!));
      if (km < least) [nearest, least] = [u, km];
    }
    if (nearest < 0) {
      open.delete(j);
      continue;
    }
    owners[nearest] = j;
    load[j]! += weight[nearest]!;
    for (const next of problem.neighbors[nearest]!) if (owners[next] === -1 && !isPart(next)) edge[j]!.add(next);
  }
  return owners.map((owner, u) => (isPart(u) ? owners[problem.partOf![u]!]! : owner));
}

/** Units each as far as can be from those before it, weighted by what they hold so that towns come first. */
function farApart(problem: Problem, isPart: (u: number) => boolean): number[] {
  const weight = shares(problem);
  const far = problem.lat.map(() => 1);
  const seeds: number[] = [];
  while (seeds.length < problem.k) {
    let best = -1;
    for (let u = 0; u < far.length; u++) {
      if (isPart(u) || far[u] === 0) continue;
      if (best < 0 || far[u]! ** 2 * weight[u]! > far[best]! ** 2 * weight[best]!) best = u;
    }
    seeds.push(best);
    for (let u = 0; u < far.length; u++) {
      const km = distanceKm(
        { lat: problem.lat[u]!, lon: problem.lon[u]! },
        { lat: problem.lat[best]!, lon: problem.lon[best]! },
      );
      far[u] = seeds.length === 1 ? km : Math.min(far[u]!, km);
    }
    far[best] = 0;
  }
  return seeds;
}
