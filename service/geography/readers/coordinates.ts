import { notRecognized } from './limits.ts';
import type { RawShape } from './rawShape.ts';

/** Coordinates are kept in whole millionths of a degree (about 0.1 m), as the Census publishes them: shared corners stay shared. */
export const STEPS_PER_DEGREE = 1e6;

/** A ring in whole millionths of a degree, longitude first; the first point is not repeated. */
export type Ring = readonly number[];

/** What became of a shape's rings. */
export interface Placed {
  readonly rings: readonly Ring[];
  readonly swapped: boolean;
}

/** The 50 states, DC and Puerto Rico in degrees, the Aleutians beyond 180° included. */
const isPlace = (lon: number, lat: number) =>
  lat >= 13 && lat <= 73 && ((lon >= -180 && lon <= -60) || (lon >= 144 && lon <= 180));

/**
 * Rings of a shape in whole steps, latitude first put right. A text says why it cannot be placed.
 */
export function place({ rings }: RawShape): Placed | string {
  const inPlace = rings.every((ring) => everyPoint(ring, isPlace));
  const swapped = !inPlace && rings.every((ring) => everyPoint(ring, (x, y) => isPlace(y, x)));
  if (!inPlace && !swapped)
    return isDegrees(rings) ? 'it lies outside of the United States' : 'its coordinates are no degrees';
  const whole = rings.map((ring) => wholeRing(ring, swapped)).filter((ring) => ring.length >= 6);
  return whole.length > 0 ? { rings: whole, swapped } : 'its polygon has no area';
}

/** @throws BailiwickError file_not_recognized where most shapes are in metres or feet */
export function requireDegrees(shapes: readonly RawShape[], name: string): void {
  const wrong = shapes.filter(({ rings }) => !isDegrees(rings));
  if (wrong.length * 2 <= shapes.length) return;
  const [x, y] = wrong[0]?.rings[0] ?? [];
  throw notRecognized(
    `${name} is projected: coordinates such as ${x}, ${y} are no longitude and latitude.`,
    'Export it in NAD 83 or WGS 84 degrees.',
  );
}

const isDegrees = (rings: RawShape['rings']) =>
  rings.every((ring) =>
    everyPoint(ring, (x, y) => Math.abs(x) <= 180 && Math.abs(y) <= 180 && Math.min(Math.abs(x), Math.abs(y)) <= 90),
  );

function everyPoint(ring: readonly number[], holds: (x: number, y: number) => boolean): boolean {
  for (let i = 0; i + 1 < ring.length; i += 2) if (!holds(ring[i]!, ring[i + 1]!)) return false;
  return true;
}

/** Rounded, without repeated points and without the closing one. */
function wholeRing(ring: readonly number[], swapped: boolean): number[] {
  const whole: number[] = [];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const lon = Math.round(ring[i + (swapped ? 1 : 0)]! * STEPS_PER_DEGREE);
    const lat = Math.round(ring[i + (swapped ? 0 : 1)]! * STEPS_PER_DEGREE);
    if (lon !== whole.at(-2) || lat !== whole.at(-1)) whole.push(lon, lat);
  }
  while (whole.length > 2 && whole[0] === whole.at(-2) && whole[1] === whole.at(-1)) whole.length -= 2;
  return whole;
}
