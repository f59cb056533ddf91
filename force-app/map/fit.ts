import { square, worldPixels } from './mercator.ts';

export type Bounds = readonly [readonly [number, number], readonly [number, number]];

/** A box that is only a hair too big still gets the closer zoom. */
const SLACK = 1.06;
const DEEPEST = 11;

/** Middle and whole zoom that show these bounds ([south, west], [north, east]) as big as the map allows. */
export function fit(
  [[south, west], [north, east]]: Bounds,
  size: { x: number; y: number },
  minZoom: number,
): { lat: number; lon: number; zoom: number } {
  const [left, top] = square(north, west);
  const [right, bottom] = square(south, east);
  const fits = (zoom: number) =>
    (right - left) * worldPixels(zoom) <= size.x * SLACK && (bottom - top) * worldPixels(zoom) <= size.y * SLACK;
  let zoom = minZoom;
  while (zoom < DEEPEST && fits(zoom + 1)) zoom++;
  const lat = (180 / Math.PI) * Math.atan(Math.sinh(Math.PI * (1 - (top + bottom))));
  return { lat, lon: (west + east) / 2, zoom };
}

/** The box around these points, wider by a share of its size on each side; null without points. */
export function boundsOf(lats: readonly number[], lons: readonly number[], room = 0.06): Bounds | null {
  if (lats.length === 0) return null;
  const range = (values: readonly number[]) =>
    values.reduce<[number, number]>(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
  const [south, north] = range(lats);
  const [west, east] = range(lons);
  const pad = room * Math.max(north - south, east - west) + 0.02;
  return [
    [south - pad, west - pad],
    [north + pad, east + pad],
  ];
}
