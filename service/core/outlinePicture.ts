import type { Coordinates } from './territoryShapes.ts';
import type { Outline } from './textPdf.ts';

interface Frame {
  readonly width: number;
  readonly height: number;
}

/** Points of one outline at most: a page shows no more. */
const MOST_POINTS = 400;

/**
 * Territories around one as outlines in a frame (points, from its lower left corner), equirectangular about the middle of
 * that one. What lies wholly outside is left out; empty where it has no area.
 */
export function outlinePicture(shapes: readonly Coordinates[], index: number, { width, height }: Frame): Outline[] {
  const own = (shapes[index] ?? []).flat(2);
  if (own.length === 0) return [];
  const [lons, lats] = [own.map(([lon]) => lon), own.map(([, lat]) => lat)];
  const [west, east, south, north] = [least(lons), most(lons), least(lats), most(lats)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = 0.8 * Math.min(width / Math.max(1e-6, (east - west) * shrink), height / Math.max(1e-6, north - south));
  const place = ([lon, lat]: readonly [number, number]): [number, number] => [
    width / 2 + (lon - (west + east) / 2) * shrink * scale,
    height / 2 + (lat - (south + north) / 2) * scale,
  ];
  const isInFrame = ([x, y]: readonly [number, number]) => x >= 0 && x <= width && y >= 0 && y <= height;
  const clipped = ([x, y]: readonly [number, number]): [number, number] => [
    Math.min(width, Math.max(0, x)),
    Math.min(height, Math.max(0, y)),
  ];
  const drawn = (shape: Coordinates, isFilled: boolean): Outline[] =>
    shape.flatMap((polygon) => {
      const points = (polygon[0] ?? []).map(place);
      if (points.length < 3 || !points.some(isInFrame)) return [];
      const every = Math.ceil(points.length / MOST_POINTS);
      return [{ points: points.filter((_, k) => k % every === 0).map(clipped), isFilled }];
    });
  const others = shapes.flatMap((shape, k) => (k === index ? [] : drawn(shape, false)));
  return [...others, ...drawn(shapes[index]!, true)];
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
