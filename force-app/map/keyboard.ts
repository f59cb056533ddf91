import type { Units } from './geographyData.ts';

export type Direction = 'north' | 'south' | 'west' | 'east';
const TURNED: Readonly<Record<Direction, readonly [number, number]>> = {
  north: [0, 1],
  south: [0, -1],
  west: [-1, 0],
  east: [1, 0],
};

/** The neighbour that lies best in this direction; without a place yet the unit nearest to the middle of the map. */
export function step(
  from: number | null,
  direction: Direction,
  { lat, lon, neighbors }: Pick<Units, 'lat' | 'lon' | 'neighbors'>,
  middle: { lat: number; lng: number },
): number | null {
  if (from === null) return nearest(middle, lat, lon);
  const [east, north] = TURNED[direction];
  const [y, x] = [lat[from] ?? 0, lon[from] ?? 0];
  let best = from;
  let bestShare = 0.3;
  for (const next of neighbors[from] ?? []) {
    const [dy, dx] = [(lat[next] ?? 0) - y, ((lon[next] ?? 0) - x) * Math.cos((y * Math.PI) / 180)];
    const share = (dx * east + dy * north) / (Math.hypot(dx, dy) || 1);
    if (share > bestShare) [best, bestShare] = [next, share];
  }
  return best;
}

function nearest(middle: { lat: number; lng: number }, lat: readonly number[], lon: readonly number[]): number | null {
  let best: number | null = null;
  let bestAway = Infinity;
  lat.forEach((y, unit) => {
    const away = Math.hypot(y - middle.lat, (lon[unit] ?? 0) - middle.lng);
    if (away < bestAway) [best, bestAway] = [unit, away];
  });
  return best;
}
