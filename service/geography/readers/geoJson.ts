import { GIVE_SHAPES, MAX_RINGS, MAX_SHAPES, MAX_VERTICES, notRecognized, tooLarge } from './limits.ts';
import type { RawShape, ShapeFile } from './rawShape.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Coordinate systems in degrees that a GeoJSON may name: WGS 84 and NAD 83 differ by a metre or two. */
const IN_DEGREES = /CRS84|EPSG:{1,2}(4326|4269)\b|CRS83/i;

/** Polygons of a FeatureCollection, a Feature or a list of features. @throws BailiwickError file_not_recognized, too_large */
export function readGeoJson(json: unknown, name: string): ShapeFile {
  const features = featuresOf(json);
  if (!features) throw notRecognized(`${name} is JSON, but no GeoJSON with features.`, GIVE_SHAPES);
  if (isObject(json)) requireDegrees(json['crs'], name);
  return collectShapes(features, { name, format: 'GeoJSON' });
}

function featuresOf(json: unknown): readonly unknown[] | null {
  if (Array.isArray(json)) return json.some((entry) => isObject(entry) && entry['type'] === 'Feature') ? json : null;
  if (!isObject(json)) return null;
  if (json['type'] === 'Feature') return [json];
  return json['type'] === 'FeatureCollection' && Array.isArray(json['features']) ? json['features'] : null;
}

function requireDegrees(crs: unknown, name: string): void {
  if (crs === undefined || crs === null) return;
  const text = JSON.stringify(crs).slice(0, 200);
  if (IN_DEGREES.test(text)) return;
  throw notRecognized(
    `${name} is in another coordinate system than longitude and latitude: ${text}.`,
    'Export it in WGS 84 (EPSG:4326) or NAD 83 (EPSG:4269).',
  );
}

/** Shapes of features, within the limits. */
export function collectShapes(
  features: readonly unknown[],
  { name, format }: { name: string; format: ShapeFile['format'] },
): ShapeFile {
  if (features.length > MAX_SHAPES)
    throw tooLarge(`${name} holds ${features.length} shapes; at most ${MAX_SHAPES} are read.`);
  const shapes: RawShape[] = [];
  const broken: { line: number; reason: string }[] = [];
  let vertices = 0;
  features.forEach((feature, i) => {
    const line = i + 1;
    const rings = isObject(feature) ? ringsOf(feature['geometry']) : 'it is no feature';
    if (typeof rings === 'string') return void broken.push({ line, reason: rings });
    vertices += rings.reduce((sum, ring) => sum + ring.length / 2, 0);
    if (vertices > MAX_VERTICES)
      throw tooLarge(`${name} holds more than ${MAX_VERTICES} corners; at most that many are read.`);
    const { properties, id } = feature as Json;
    const own = isObject(properties) ? properties : {};
    shapes.push({ line, properties: id === undefined ? own : { ...own, id: own['id'] ?? id }, rings });
  });
  return { format, shapes, broken };
}

/** Rings of a polygon, a multi-polygon or a collection of them; a text says why there are none. */
function ringsOf(geometry: unknown): number[][] | string {
  if (!isObject(geometry)) return 'it has no polygon';
  const { type, coordinates } = geometry;
  if (type === 'GeometryCollection') {
    const parts = Array.isArray(geometry['geometries']) ? (geometry['geometries'] as unknown[]) : [];
    const flat = parts.filter((part) => isObject(part) && part['type'] !== 'GeometryCollection').map(ringsOf);
    const found = flat.filter((rings) => typeof rings !== 'string').flat();
    return found.length > 0 ? found : 'it has no polygon';
  }
  if (type !== 'Polygon' && type !== 'MultiPolygon') return `it is a ${String(type).slice(0, 40)} and no polygon`;
  if (!Array.isArray(coordinates)) return 'it has no coordinates';
  const rings = (type === 'Polygon' ? coordinates : coordinates.flat(1)) as unknown[];
  if (rings.length > MAX_RINGS) return `it has ${rings.length} rings; at most ${MAX_RINGS} are read`;
  const flat = rings.map(flatRing);
  return flat.every((ring) => ring !== null) ? flat : 'a coordinate is no number';
}

function flatRing(ring: unknown): number[] | null {
  if (!Array.isArray(ring)) return null;
  const flat: number[] = [];
  for (const point of ring as unknown[]) {
    if (!Array.isArray(point) || !Number.isFinite(point[0]) || !Number.isFinite(point[1])) return null;
    flat.push(point[0] as number, point[1] as number);
  }
  return flat;
}
