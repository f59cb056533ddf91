import { EARTH_RADIUS_KM, unitVector } from '../../../service/core/geography.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';
import { shares } from './figures.ts';

/** p d² of every pair of unit and centre (unit * k + territory), in km², by code of its own. */
export function pairCosts(problem: Problem, centers: readonly (readonly [number, number])[]): Float64Array {
  const { lat, lon, k } = problem;
  const weight = shares(problem);
  const to = centers.map(([y, x]) => unitVector({ lat: y, lon: x }));
  const cost = new Float64Array(lat.length * k);
  lat.forEach((y, u) => {
    const at = unitVector({ lat: y, lon: lon[u]! });
    to.forEach((center, j) => {
      const squared = at.reduce((sum, value, d) => sum + (value - center[d]!) ** 2, 0);
      cost[u * k + j] = weight[u]! * squared * EARTH_RADIUS_KM ** 2;
    });
  });
  return cost;
}
