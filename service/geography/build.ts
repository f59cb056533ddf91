import { createHash } from 'node:crypto';
import { connect, gabriel, neighborLists } from '../core/adjacency.ts';
import { cellBorders, cellRings, type Border } from '../core/cells.ts';
import type { Geography } from '../core/geography.ts';
import { unitId } from '../core/ids.ts';
import { mercator, ringAreaKm2, type Path } from '../core/polygon.ts';
import { buildLoaded } from './buildLoaded.ts';
import { countiesOf } from './countyOf.ts';
import type { AreaSource, Loaded } from './loaded.ts';
import { zipPlaces, zipUnits, type ZipPlace } from './places.ts';
import { counties, loadAtlas, stateOutlines } from './shapes.ts';

/** A built geography: what core needs, and what the tile builder draws. */
export interface BuiltGeography {
  readonly geography: Geography;
  /** County name by five-digit FIPS. */
  readonly countyNames: Readonly<Record<string, string>>;
  /** Every border between two units once, on the mercator square; -1 is outside. */
  readonly borders: readonly Border[];
  readonly states: readonly string[];
  /** Where the real areas come from, by state; the other states have cells. */
  readonly sources: ReadonlyMap<string, AreaSource>;
  /** In states with real areas: how many there are, and how many ZIPs stand outside of all of them. */
  readonly coverage: ReadonlyMap<string, { readonly areas: number; readonly missing: number }>;
}

/**
 * ZIP units of these states with approximate areas: Voronoi cells of the ZIP points clipped to the state, Gabriel neighbours
 * that share a border, and bridges that join the rest. ZIPs without an area of their own hang on a parent. With something
 * loaded, see buildLoaded.
 */
export function buildGeography(states: readonly string[], loaded: Loaded | null = null): BuiltGeography {
  const sorted = [...new Set(states)].sort();
  if (loaded) return buildLoaded(sorted, loaded);
  const atlas = loadAtlas();
  const listed = zipUnits(zipPlaces(sorted));
  const outlines = stateOutlines(atlas, sorted);
  const { units, parents, borders, areaKm2 } = withCells(listed.units, listed.parents, { outlines, states: sorted });
  const countyList = counties(atlas, sorted);
  const [lat, lon] = [units.map((unit) => unit.lat), units.map((unit) => unit.lon)];
  const touching = new Set(borders.map(({ left, right }) => `${Math.min(left, right)},${Math.max(left, right)}`));
  const pairs = gabriel(lat, lon).filter((pair) => touching.has(pair.join()));
  const bridges = connect(neighborLists(units.length, pairs), lat, lon);
  const content = {
    ids: units.map(({ zip }) => unitId(zip)),
    names: units.map(({ city }) => city),
    states: units.map(({ state }) => state),
    counties: countiesOf(units, countyList),
    lat,
    lon,
    areaKm2,
    neighbors: neighborLists(units.length, [...pairs, ...bridges]),
    bridges,
    parents: Object.fromEntries(Object.entries(parents).map(([zip, parent]) => [zip, unitId(parent)])),
  };
  const key = createHash('sha256')
    .update(JSON.stringify([content, borders]))
    .digest('hex')
    .slice(0, 16);
  const countyNames = Object.fromEntries(countyList.map(({ fips, name }) => [fips, name]));
  return {
    geography: { key, ...content },
    countyNames,
    borders,
    states: sorted,
    sources: new Map(),
    coverage: new Map(),
  };
}

/** Clips the cells; a unit whose cell lies wholly outside its state (a point in the sea) hangs on the nearest one of its state. */
function withCells(
  listed: readonly ZipPlace[],
  parents: Readonly<Record<string, string>>,
  { outlines, states }: { outlines: ReturnType<typeof stateOutlines>; states: readonly string[] },
) {
  const areas = (units: readonly ZipPlace[]) => {
    const places = units.map(({ lon, lat }) => mercator(lon, lat));
    const region = units.map(({ state }) => states.indexOf(state));
    const borders = cellBorders({ x: places.map(([x]) => x), y: places.map(([, y]) => y), region }, outlines);
    return { borders, areaKm2: cellRings(borders, units.length).map(landKm2) };
  };
  const first = areas(listed);
  const units = listed.filter((_, i) => (first.areaKm2[i] ?? 0) > 0);
  if (units.length === listed.length) return { units, parents, ...first };
  const moved = new Map<string, string>();
  for (const lost of listed) if (!units.includes(lost)) moved.set(lost.zip, nearestOf(lost, units));
  const hung = Object.entries(parents).map(([zip, parent]) => [zip, moved.get(parent) ?? parent]);
  return { units, parents: Object.fromEntries([...hung, ...moved]) as Record<string, string>, ...areas(units) };
}

/** Area of rings on the mercator square in km², to a thousandth. */
export function landKm2(rings: readonly Path[]): number {
  return Math.round(Math.abs(rings.reduce((sum, ring) => sum + ringAreaKm2(ring), 0)) * 1000) / 1000;
}

/** The nearest unit of the place's state; the place itself where there is none. */
export function nearestOf(place: ZipPlace, units: readonly ZipPlace[]): string {
  const [x, y] = mercator(place.lon, place.lat);
  let [best, distance] = [place.zip, Infinity];
  for (const unit of units) {
    if (unit.state !== place.state) continue;
    const [ux, uy] = mercator(unit.lon, unit.lat);
    const d = Math.hypot(ux - x, uy - y);
    if (d < distance) [best, distance] = [unit.zip, d];
  }
  return best;
}
