import { cellRings, type Border } from './cells.ts';
import { fromMercator, isInside, reversed, ringArea, wound, type Path } from './polygon.ts';
import { simplify } from './simplify.ts';

/** Longitude and latitude, rings, polygons: coordinates of a GeoJSON MultiPolygon. */
export type Coordinates = [number, number][][][];

/** Lines may be off by this much of the mercator square: about 60 m at 42° north. */
const TOLERANCE = 2e-6;
/** Digits of a degree: a metre. */
const PRECISION = 1e5;

/**
 * The areas of all territories, from the borders between units: what lies between two units of one territory is no border.
 * Shells run counter-clockwise and holes clockwise (RFC 7946); a territory without a unit has no polygon.
 */
export function territoryShapes(borders: readonly Border[], owners: readonly number[], count: number): Coordinates[] {
  const ownerOf = (unit: number) => (unit < 0 ? -1 : (owners[unit] ?? -1));
  const between = borders
    .map((border) => ({ ...border, left: ownerOf(border.left), right: ownerOf(border.right) }))
    .filter(({ left, right }) => left !== right)
    .map((border) => ({ ...border, path: simplify(border.path, TOLERANCE) }));
  return cellRings(between, count).map(polygons);
}

/** Every shell with the holes in it. */
function polygons(rings: readonly Path[]): Coordinates {
  const all = wound(rings.filter((ring) => Math.abs(ringArea(ring)) > 0));
  const shells = all.filter((ring) => ringArea(ring) > 0).map((ring) => ({ ring, holes: [] as Path[] }));
  for (const hole of all.filter((ring) => ringArea(ring) < 0)) {
    const [x, y] = [((hole[0] ?? 0) + (hole[2] ?? 0)) / 2, ((hole[1] ?? 0) + (hole[3] ?? 0)) / 2];
    const around = shells.filter(({ ring }) => isInside(x, y, [ring]));
    // the smallest shell around it: an island in a lake has its own
    around.sort((a, b) => ringArea(a.ring) - ringArea(b.ring))[0]?.holes.push(hole);
  }
  return shells.map(({ ring, holes }) => [ring, ...holes].map(closed));
}

/** The mercator square grows southwards: seen on a globe its rings run the other way. */
function closed(ring: Path): [number, number][] {
  const path = reversed(ring);
  const points: [number, number][] = [];
  for (let i = 0; i < path.length; i += 2) {
    const [lon, lat] = fromMercator(path[i] ?? 0, path[i + 1] ?? 0);
    points.push([Math.round(lon * PRECISION) / PRECISION, Math.round(lat * PRECISION) / PRECISION]);
  }
  const [first] = points;
  return first ? [...points, [...first]] : points;
}
