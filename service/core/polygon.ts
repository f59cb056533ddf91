import { EARTH_RADIUS_KM } from './geography.ts';

/** A closed ring or open line as flat coordinates: x0, y0, x1, y1, … A ring does not repeat its first point. */
export type Path = readonly number[];

/** Which side a vector lies on of another: positive where it turns counter-clockwise in a y-up plane. */
export function orientation(ax: number, ay: number, bx: number, by: number): number {
  return ax * by - ay * bx;
}

/** Signed area of a ring in its own plane; positive where it runs counter-clockwise in a y-up plane. */
export function ringArea(ring: Path): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
    sum += (ring[j] ?? 0) * (ring[i + 1] ?? 0) - (ring[i] ?? 0) * (ring[j + 1] ?? 0);
  return sum / 2;
}

/** Even-odd test over all rings, so that holes and islands need no marks. Points on an edge may fall on either side. */
export function isInside(x: number, y: number, rings: readonly Path[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const yi = ring[i + 1] ?? 0;
      const yj = ring[j + 1] ?? 0;
      if (yi > y === yj > y) continue;
      const xi = ring[i] ?? 0;
      if (x < xi + (((ring[j] ?? 0) - xi) * (y - yi)) / (yj - yi)) inside = !inside;
    }
  }
  return inside;
}

/**
 * Rings with holes running against their shells, so that the non-zero and the even-odd rule fill the same:
 * a ring inside an odd number of others is a hole.
 */
export function wound(rings: readonly Path[]): Path[] {
  return rings.map((ring, i) => {
    // rings may touch in a corner, so a corner may lie on another ring: the middle of a side does not
    const [x, y] = [((ring[0] ?? 0) + (ring[2] ?? 0)) / 2, ((ring[1] ?? 0) + (ring[3] ?? 0)) / 2];
    const depth = rings.filter((other, j) => j !== i && isInside(x, y, [other])).length;
    return ringArea(ring) > 0 === (depth % 2 === 0) ? ring : reversed(ring);
  });
}

/** Least x and y, greatest x and y of rings; without a point least is Infinity. */
export function boxOf(rings: readonly Path[]): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      [left, right] = [Math.min(left, ring[i]!), Math.max(right, ring[i]!)];
      [top, bottom] = [Math.min(top, ring[i + 1]!), Math.max(bottom, ring[i + 1]!)];
    }
  }
  return [left, top, right, bottom];
}

/** The same way backwards. */
export function reversed(path: Path): Path {
  const result: number[] = [];
  for (let i = path.length - 2; i >= 0; i -= 2) result.push(path[i] ?? 0, path[i + 1] ?? 0);
  return result;
}

/** Web mercator on the unit square: x grows east from 180° W, y grows south from 85.05° N. */
export function mercator(lon: number, lat: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Longitude and latitude in degrees of a place on the mercator square. */
export function fromMercator(x: number, y: number): [number, number] {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];
}

/** Area in km² of a ring on the mercator square, signed like ringArea; integrates on the equal-area cylinder. */
export function ringAreaKm2(ring: Path): number {
  const flat: number[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const [lon, lat] = fromMercator(ring[i] ?? 0, ring[i + 1] ?? 0);
    flat.push((lon * Math.PI) / 180, -Math.sin((lat * Math.PI) / 180));
  }
  return ringArea(flat) * EARTH_RADIUS_KM ** 2;
}
