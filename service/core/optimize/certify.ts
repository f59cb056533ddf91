import { EARTH_RADIUS_KM, placeOf } from '../geography.ts';
import { boundAt, lowerBound, type Bound } from './bound.ts';
import { Plan } from './plan.ts';
import { corridors, type Corridor, type Problem } from './problem.ts';

export interface Solution {
  readonly owners: number[];
  /** Loads per measure and territory. */
  readonly loads: number[][];
  readonly corridors: Corridor[][];
  /** Centre of each territory: latitude and longitude. */
  readonly centers: (readonly [number, number])[];
  /** Σ p_i d_ij² + λ Σ q_i [changes rep], in km². */
  readonly objective: number;
  /** Σ p_i d_ij² in km². */
  readonly squaredDistance: number;
  /** Σ q_i of what changes rep: a share, 0 to 1. */
  readonly disruption: number;
  readonly bound: Bound;
  /** The same bound without any target range, in km²: bound ÷ this − 1 is the price of the ranges. */
  readonly withoutCorridor: number;
  readonly onTarget: number;
  readonly stopped: boolean;
  /** Which start of the list this is. */
  readonly start: number;
  /** Moves tried. */
  readonly steps: number;
}

/** What a plan is worth, recomputed from its owners alone. */
export type Certificate = Omit<Solution, 'owners' | 'onTarget' | 'stopped' | 'start' | 'steps'>;

/** Loads, corridors, centres, objective and bound of a finished plan; who stops it gets a true but weaker bound. */
export function certify(plan: Plan, stop?: () => boolean): Certificate {
  plan.recount();
  plan.recenter();
  const ranges = corridors(plan.problem, plan.loads);
  // squares are never negative: with no time to look, 0 is a true bound
  const free = stop?.() === true ? 0 : boundAt(plan, ranges, new Float64Array(plan.loads.length));
  const [squaredDistance, disruption] = [squaredKm(plan), disruptedShare(plan)];
  return {
    loads: plan.problem.measures.map((_, m) => [...plan.loads.slice(m * plan.k, (m + 1) * plan.k)]),
    corridors: ranges,
    centers: Array.from({ length: plan.k }, (_, j) =>
      placeOf(plan.centers.subarray(j * 3, j * 3 + 3).map((value) => value / EARTH_RADIUS_KM)),
    ),
    objective: squaredDistance + plan.problem.disruptionWeight * disruption,
    squaredDistance,
    disruption,
    bound: lowerBound(plan, ranges, { stop, free }),
    withoutCorridor: free,
  };
}

/** Σ p_i d_ij² + λ Σ q_i [changes rep] of a plan as it stands, in km². */
export function objectiveOf(plan: Plan): number {
  return squaredKm(plan) + plan.problem.disruptionWeight * disruptedShare(plan);
}

/** Σ p d² of a map at its own centres, in km²: the scale for λ. */
export function spreadKm2(problem: Problem, owners: ArrayLike<number>): number {
  return squaredKm(new Plan(problem, owners));
}

function squaredKm(plan: Plan): number {
  let sum = 0;
  for (let u = 0; u < plan.n; u++) if (plan.owner[u]! >= 0) sum += plan.weight[u]! * plan.squaredKm(u, plan.owner[u]!);
  return sum;
}

/** Σ q_i of the units that have another owner than today. */
export function disruptedShare(plan: Plan): number {
  const { current } = plan.problem;
  if (!current) return 0;
  let sum = 0;
  for (let u = 0; u < plan.n; u++) if (current[u]! >= 0 && current[u] !== plan.owner[u]) sum += plan.moving[u]!;
  return sum;
}
