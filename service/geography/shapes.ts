import { createRequire } from 'node:module';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import type { OutlineArc } from '../core/outline.ts';
import { mercator, type Path } from '../core/polygon.ts';
import { fipsOf, stateOf } from './states.ts';

type Named = { name: string };
type Atlas = Topology<{ states: GeometryCollection<Named>; counties: GeometryCollection<Named> }>;
type Shape = Feature<Polygon | MultiPolygon, Named>;

/** A county with its rings on the mercator square. */
export interface County {
  readonly fips: string;
  readonly name: string;
  readonly rings: readonly Path[];
}

/** Census shapes of `us-atlas` 3 (ISC): 1:10,000,000, old Connecticut counties. */
export function loadAtlas(): Atlas {
  return createRequire(import.meta.url)('us-atlas/counties-10m.json') as Atlas;
}

/** Outlines of these states on the mercator square; the numbers on both sides are positions in the list, -1 is outside. */
export function stateOutlines(atlas: Atlas, states: readonly string[]): OutlineArc[] {
  const region = new Map(states.map((state, i) => [fipsOf(state), i]));
  const sides = new Map<number, { left: number; right: number }>();
  for (const shape of atlas.objects.states.geometries) {
    const at = region.get(String(shape.id).padStart(2, '0'));
    if (at === undefined || !('arcs' in shape)) continue;
    for (const index of (shape.arcs as unknown[]).flat(3) as number[]) {
      const arc = index < 0 ? ~index : index;
      const known = sides.get(arc) ?? { left: -1, right: -1 };
      sides.set(arc, index < 0 ? { ...known, left: at } : { ...known, right: at });
    }
  }
  return [...sides].map(([arc, owners]) => ({ ...owners, path: arcPath(atlas, arc) }));
}

/** Points of one arc; where the rounding of the atlas repeats a point it counts once. */
function arcPath(atlas: Atlas, arc: number): Path {
  const { scale, translate } = atlas.transform ?? { scale: [1, 1], translate: [0, 0] };
  const path: number[] = [];
  let [x, y] = [0, 0];
  for (const [dx, dy] of (atlas.arcs[arc] ?? []) as [number, number][]) {
    if (path.length > 0 && dx === 0 && dy === 0) continue;
    [x, y] = [x + dx, y + dy];
    path.push(...mercator(x * scale[0] + translate[0], y * scale[1] + translate[1]));
  }
  return path;
}

/** Counties of these states. */
export function counties(atlas: Atlas, states: readonly string[]): County[] {
  const wanted = new Set(states.map(fipsOf));
  const all = feature(atlas, atlas.objects.counties) as FeatureCollection<Polygon | MultiPolygon, Named>;
  return all.features
    .map((shape) => ({ shape, fips: String(shape.id).padStart(5, '0') }))
    .filter(({ fips }) => wanted.has(fips.slice(0, 2)))
    .map(({ shape, fips }) => ({ fips, name: shape.properties.name, rings: ringsOf(shape) }));
}

function ringsOf({ geometry }: Shape): Path[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat().map((ring) => ring.slice(1).flatMap(([lon, lat]) => mercator(lon ?? 0, lat ?? 0)));
}

/** The 50 states and DC with their rings on the mercator square. */
export function statesWithRings(atlas: Atlas): { state: string; rings: Path[] }[] {
  const all = feature(atlas, atlas.objects.states) as FeatureCollection<Polygon | MultiPolygon, Named>;
  return all.features.flatMap((shape) => {
    const state = stateOf(String(shape.id).padStart(2, '0'));
    return state === undefined ? [] : [{ state, rings: ringsOf(shape) }];
  });
}

/** State shapes for the base map: those of the market, and all the others to be drawn faded. */
export function stateShapes(atlas: Atlas, states: readonly string[]) {
  const wanted = new Set(states.map(fipsOf));
  const all = feature(atlas, atlas.objects.states) as FeatureCollection<Polygon | MultiPolygon, Named>;
  const features = all.features.map((shape) => {
    const fips = String(shape.id).padStart(2, '0');
    return { ...shape, properties: { name: shape.properties.name, fips, inMarket: wanted.has(fips) } };
  });
  return { type: 'FeatureCollection' as const, features };
}

/** Lines between counties of one state, each once. */
export function countyLines(atlas: Atlas, states: readonly string[]): MultiLineString {
  const wanted = new Set(states.map(fipsOf));
  const stateOf = (shape: unknown) =>
    String((shape as { id?: string | number }).id)
      .padStart(5, '0')
      .slice(0, 2);
  return mesh(atlas, atlas.objects.counties, (a, b) => a !== b && wanted.has(stateOf(a)) && stateOf(a) === stateOf(b));
}
