import { boxOf, isInside, mercator, type Path } from '../core/polygon.ts';
import { loadAtlas, statesWithRings } from './shapes.ts';

/** Places this far off every state's outline (which is drawn roughly) still belong to the nearest: about 30 km. */
const NEAR_SQUARE = 0.3 / 360;

/** Which state holds a place in degrees; the nearest for one just off the coast; null elsewhere. */
export function stateFinder(): (lon: number, lat: number) => string | null {
  const states = statesWithRings(loadAtlas()).map((state) => ({ ...state, box: boxOf(state.rings) }));
  return (lon, lat) => {
    const [x, y] = mercator(lon, lat);
    const near = states.filter(({ box: [left, top, right, bottom] }) => {
      return x > left - NEAR_SQUARE && x < right + NEAR_SQUARE && y > top - NEAR_SQUARE && y < bottom + NEAR_SQUARE;
    });
    const holder = near.find(({ rings }) => isInside(x, y, rings));
    if (holder) return holder.state;
    const off = near.map(({ state, rings }) => ({ state, d: nearestCorner(rings, x, y) })).sort((a, b) => a.d - b.d)[0];
    return off && off.d < NEAR_SQUARE ? off.state : null;
  };
}

function nearestCorner(rings: readonly Path[], x: number, y: number): number {
  let best = Infinity;
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) best = Math.min(best, Math.hypot(ring[i]! - x, ring[i + 1]! - y));
  return best;
}
