import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';
import { neighboursOf } from './regions.ts';

/** Territories that are begun anew together. */
const TOGETHER = 24;
/** Where they cost so much more than before, as a share of what the plan costs, it is worth it. */
const RISEN = 0.03;

/** Σ p d² of each territory, in km². */
export function costsOf(plan: Plan): Float64Array {
  const costs = new Float64Array(plan.k);
  for (let u = 0; u < plan.n; u++) {
    const j = plan.owner[u]!;
    if (j >= 0) costs[j]! += plan.weight[u]! * plan.squaredKm(u, j);
  }
  return costs;
}

/**
 * The territory that is off target, or whose cost has risen most since `before`, with those around it that have risen
 * most; what was `done` comes no second time. Null where nothing has risen much, or where it would be most of the map.
 */
export function risenMost(energy: Energy, before: Float64Array, done: ReadonlySet<number>): number[] | null {
  const { plan } = energy;
  if (plan.k <= 2 * TOGETHER) return null;
  const costs = costsOf(plan);
  const all = costs.reduce((sum, cost) => sum + cost, 0);
  const rise = costs.map((cost, j) => (energy.violation(j) > 0 ? Infinity : cost - before[j]!));
  const most = (list: Iterable<number>): number => {
    let best = -1;
    for (const j of list) if (best < 0 || rise[j]! > rise[best]!) best = j;
    return best;
  };
  const first = most([...rise.keys()].filter((j) => !done.has(j)));
  if (first < 0 || rise[first]! <= 0) return null;
  const around = neighboursOf(plan);
  const region = new Set([first]);
  while (region.size < TOGETHER) {
    const next = most([...region].flatMap((j) => around[j]!).filter((j) => !region.has(j)));
    if (next < 0) break;
    region.add(next);
  }
  const risen = [...region].reduce((sum, j) => sum + rise[j]!, 0);
  return risen < RISEN * all ? null : [...region].sort((a, b) => a - b);
}
