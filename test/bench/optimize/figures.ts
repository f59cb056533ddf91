import { pieces } from '../../../service/core/contiguity.ts';
import { EARTH_RADIUS_KM, unitVector } from '../../../service/core/geography.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';

/** What a plan is worth, computed from its owners by code that shares nothing with the search. */
export interface Figures {
  /** Share of the territories with every measure inside ±5, ±10 and ±15 % of its target. */
  readonly within5: number;
  readonly within10: number;
  readonly within15: number;
  /** Largest |deviation| of any territory in any measure, as a ratio. */
  readonly worst: number;
  /** Σ p d² to the weighted mean of each territory, in km². */
  readonly squaredKm: number;
  /** Share of the neighbour pairs whose units have different owners: less is more compact. */
  readonly cutEdges: number;
  /** Territories in more than one piece, without any unit, or with an account group they do not reach. */
  readonly broken: number;
}

export function figures(problem: Problem, owners: readonly number[]): Figures {
  const off = worstDeviations(problem, owners);
  const share = (tolerance: number) => off.filter((value) => value <= tolerance + 1e-9).length / problem.k;
  return {
    within5: share(0.05),
    within10: share(0.1),
    within15: share(0.15),
    worst: Math.max(...off),
    squaredKm: squaredKm(problem, owners),
    cutEdges: cutEdges(problem, owners),
    broken: broken(problem, owners),
  };
}

/** Weight of each unit: the mean over the measures of its share. */
export function shares({ lat, measures }: Problem): Float64Array {
  const result = new Float64Array(lat.length);
  for (const { perUnit } of measures) {
    const total = perUnit.reduce((sum, value) => sum + value, 0);
    perUnit.forEach((value, u) => (result[u]! += value / total / measures.length));
  }
  return result;
}

/** Per territory the largest |deviation| of its measures. */
function worstDeviations({ k, shares: wanted, measures }: Problem, owners: readonly number[]): number[] {
  const worst = Array<number>(k).fill(0);
  const parts = wanted.reduce((sum, share) => sum + share, 0);
  for (const { perUnit } of measures) {
    const loads = Array<number>(k).fill(0);
    perUnit.forEach((value, u) => (loads[owners[u]!]! += value));
    const total = loads.reduce((sum, load) => sum + load, 0);
    loads.forEach((load, j) => {
      worst[j] = Math.max(worst[j]!, Math.abs((load * parts) / (total * wanted[j]!) - 1));
    });
  }
  return worst;
}

function squaredKm(problem: Problem, owners: readonly number[]): number {
  const weight = shares(problem);
  const mean = Array.from({ length: problem.k }, () => [0, 0, 0] as [number, number, number]);
  const places = problem.lat.map((lat, u) => unitVector({ lat, lon: problem.lon[u]! }));
  owners.forEach((j, u) => places[u]!.forEach((value, d) => (mean[j]![d]! += (weight[u]! + 1e-15) * value)));
  for (const center of mean) {
    const length = Math.hypot(...center) || 1;
    center.forEach((value, d) => (center[d] = value / length));
  }
  return owners.reduce((sum, j, u) => {
    const squared = places[u]!.reduce((total, value, d) => total + (value - mean[j]![d]!) ** 2, 0);
    return sum + weight[u]! * squared * EARTH_RADIUS_KM ** 2;
  }, 0);
}

const isPart = ({ partOf }: Problem, u: number) => (partOf?.[u] ?? -1) >= 0;

function cutEdges(problem: Problem, owners: readonly number[]): number {
  let [cut, all] = [0, 0];
  problem.neighbors.forEach((list, a) => {
    for (const b of list) {
      if (b <= a || isPart(problem, a) || isPart(problem, b)) continue;
      all++;
      if (owners[a] !== owners[b]) cut++;
    }
  });
  return all === 0 ? 0 : cut / all;
}

function broken(problem: Problem, owners: readonly number[]): number {
  const whole = Array.from({ length: problem.k }, () => [] as number[]);
  const torn = new Set<number>();
  owners.forEach((j, u) => {
    if (!isPart(problem, u)) whole[j]!.push(u);
    else if (!problem.neighbors[u]!.some((next) => owners[next] === j)) torn.add(j);
  });
  whole.forEach((units, j) => {
    if (pieces(units, problem.neighbors).length !== 1) torn.add(j);
  });
  return torn.size;
}
