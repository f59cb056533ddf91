import type { UnitId } from './ids.ts';

/** Mean Earth radius in kilometres (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088;

/** A place on the sphere, in degrees. */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** The geography units of a market, each known by its index; every vector of numbers follows this order. */
export interface Geography {
  /** Content hash: names this set of units and shapes for ever. */
  readonly key: string;
  readonly ids: readonly UnitId[];
  /** City name of each unit. */
  readonly names: readonly string[];
  /** Two-letter state of each unit. */
  readonly states: readonly string[];
  /** Five-digit county FIPS of each unit. */
  readonly counties: readonly string[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  /** Land area in km², approximate where the shape is. */
  readonly areaKm2: readonly number[];
  /** Sorted neighbour indices of each unit, bridges included. */
  readonly neighbors: Neighbors;
  /** Pairs that touch by rule only (water, gap). */
  readonly bridges: readonly (readonly [number, number])[];
  /** ZIPs without an area (PO boxes, unique ZIPs) → the unit they hang on. */
  readonly parents: Readonly<Record<string, UnitId>>;
}

/** Neighbour indices per unit index. */
export type Neighbors = readonly (readonly number[])[];

/** Great-circle distance in km. */
export function distanceKm(a: Point, b: Point): number {
  const chord = chordKm(a, b) / (2 * EARTH_RADIUS_KM);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, chord));
}

/** Straight line through the Earth in km: the distance of the optimality certificate. */
export function chordKm(a: Point, b: Point): number {
  const [ax, ay, az] = unitVector(a);
  const [bx, by, bz] = unitVector(b);
  return EARTH_RADIUS_KM * Math.hypot(ax - bx, ay - by, az - bz);
}

export function unitVector({ lat, lon }: Point): [number, number, number] {
  const phi = (lat * Math.PI) / 180;
  const lambda = (lon * Math.PI) / 180;
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** The place of a unit. */
export function pointOf(geography: Pick<Geography, 'lat' | 'lon'>, unit: number): Point {
  return { lat: geography.lat[unit] ?? 0, lon: geography.lon[unit] ?? 0 };
}

/** ZIP → unit index, point ZIPs included through their parent. */
export function unitIndex(geography: Pick<Geography, 'ids' | 'parents'>): Map<string, number> {
  const index = new Map<string, number>(geography.ids.map((id, i) => [id, i]));
  for (const [zip, parent] of Object.entries(geography.parents)) {
    const unit = index.get(parent);
    if (unit !== undefined && !index.has(zip)) index.set(zip, unit);
  }
  return index;
}

/** Latitude and longitude of a unit vector: the inverse of unitVector. */
export function placeOf(vector: ArrayLike<number>): readonly [number, number] {
  const [x = 0, y = 0, z = 0] = Array.from(vector);
  return [(Math.asin(Math.max(-1, Math.min(1, z))) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
}
