import { createHash } from 'node:crypto';
import { connect, gabriel, neighborLists } from '../core/adjacency.ts';
import { cellBorders, cellRings, type Border } from '../core/cells.ts';
import type { Geography } from '../core/geography.ts';
import { unitId } from '../core/ids.ts';
import { mercator } from '../core/polygon.ts';
import { landKm2, nearestOf, type BuiltGeography } from './build.ts';
import { withCrosswalk } from './countyOf.ts';
import { exactBorders, fittingStates, joinStates, statePair, type ExactAreas } from './exactAreas.ts';
import type { Loaded } from './loaded.ts';
import { hangingOn } from './hanging.ts';
import { zipPlaces, zipUnits, type ZipPlace } from './places.ts';
import { counties, loadAtlas, stateOutlines } from './shapes.ts';
import { facing, type Sides } from './stateLine.ts';

/** Areas below this are water only; a density needs some land. */
const LEAST_KM2 = 0.001;

interface Ground {
  readonly sorted: readonly string[];
  readonly exact: ExactAreas;
  readonly loaded: Loaded;
  /** Pairs of states whose real areas share a line. */
  readonly fitting: ReadonlySet<string>;
}

interface Unit extends ZipPlace {
  /** Position among the real areas, -1 for a cell. */
  readonly exact: number;
}

/**
 * ZIP units with real areas in the states that have them, and cells elsewhere. Real areas are neighbours where they share a
 * stretch of border; cells, a cell and a real area, and areas of two states whose files do not fit each other by the rule of
 * buildGeography. What is left apart is bridged.
 */
export function buildLoaded(sorted: readonly string[], loaded: Loaded): BuiltGeography {
  const listed = zipPlaces(sorted);
  const listing = new Map(listed.map((place) => [place.zip, place]));
  const exact = joinStates(loaded.shapes, (zip) => listing.get(zip)?.state);
  const fitting = fittingStates(exact);
  const { units, parents, cells } = placed(listed, { sorted, exact, loaded, fitting });
  const sides = sidesOf(units, fitting);
  const firstNode = 1 + cells.reduce((most, { ends }) => Math.max(most, ends[0], ends[1]), 0);
  const real = exactBorders(exact.arcs, { firstNode, unitOf: exactIndex(units) });
  const borders = facing(cells, real, sides);
  const rings = cellRings(borders, units.length);
  const county = withCrosswalk(units, counties(loadAtlas(), sorted), loaded.zipToCounty);
  const { parents: hung, outside } = hangingOn(listed, {
    units,
    rings,
    states: new Set(loaded.shapes.keys()),
    crosswalk: loaded.zipToZcta,
  });
  const content = {
    ids: units.map(({ zip }) => unitId(zip)),
    names: units.map(({ city }) => city),
    states: units.map(({ state }) => state),
    counties: county.fips,
    lat: units.map((unit) => unit.lat),
    lon: units.map((unit) => unit.lon),
    areaKm2: units.map((unit, i) => Math.max(LEAST_KM2, land(unit, exact, loaded) ?? landKm2(rings[i] ?? []))),
    ...links(units, { cells, real, sides }),
    parents: Object.fromEntries(Object.entries({ ...parents, ...hung }).map(([zip, parent]) => [zip, unitId(parent)])),
  };
  const { sources } = loaded;
  const named = JSON.stringify([content, cells, [...sources].map(([state, { hash }]) => [state, hash])]);
  const key = createHash('sha256').update(named).digest('hex').slice(0, 16);
  const areas = Map.groupBy(
    units.filter((unit) => unit.exact >= 0),
    ({ state }) => state,
  );
  const missing = [...sources.keys()].map(
    (state) => [state, { areas: areas.get(state)?.length ?? 0, missing: outside.get(state) ?? 0 }] as const,
  );
  const kept = { geography: { key, ...content }, countyNames: county.names, borders, states: sorted, sources };
  return { ...kept, coverage: new Map(missing) };
}

function sidesOf(units: readonly Unit[], fitting: ReadonlySet<string>): Sides {
  const isExact = (unit: number) => (units[unit]?.exact ?? -1) >= 0;
  return {
    isExact,
    isApart: (a, b) => {
      const [from = '', to = ''] = [units[a]?.state, units[b]?.state];
      return from !== to && isExact(a) && isExact(b) && !fitting.has(statePair(from, to));
    },
  };
}

/** All units in the order of their ZIPs, and the cells of all of them; those whose cell lies outside of its state are hung. */
function placed(listed: readonly ZipPlace[], { sorted, exact, loaded, fitting }: Ground) {
  const listing = new Map(listed.map((place) => [place.zip, place]));
  const real = exact.units.map((unit, i) => ({ ...exactPlace(unit, { listing, loaded }), exact: i }));
  const isReal = new Set(real.map(({ zip }) => zip));
  const others = zipUnits(listed.filter(({ zip, state }) => !loaded.shapes.has(state) && !isReal.has(zip)));
  const outlines = stateOutlines(loadAtlas(), sorted);
  const fits = outlines.every(({ left, right }) => {
    return Math.min(left, right) < 0 || left === right || fitting.has(statePair(sorted[left]!, sorted[right]!));
  });
  const together = (points: readonly ZipPlace[]): Unit[] =>
    [...real, ...points.map((point) => ({ ...point, exact: -1 }))].sort((a, b) => (a.zip < b.zip ? -1 : 1));
  const cellsOf = (units: readonly Unit[]) => {
    if (units.every(({ exact }) => exact >= 0) && fits) return [];
    const places = units.map(({ lon, lat }) => mercator(lon, lat));
    const region = units.map(({ state }) => sorted.indexOf(state));
    return cellBorders({ x: places.map(([x]) => x), y: places.map(([, y]) => y), region }, outlines);
  };
  const all = together(others.units);
  const cells = cellsOf(all);
  const rings = cellRings(cells, all.length);
  const lost = all.filter((unit, i) => unit.exact < 0 && landKm2(rings[i] ?? []) === 0);
  if (lost.length === 0) return { units: all, parents: others.parents, cells };
  const kept = others.units.filter(({ zip }) => !lost.some((unit) => unit.zip === zip));
  const moved = new Map(lost.map((unit) => [unit.zip, nearestOf(unit, kept)]));
  const parents = Object.entries(others.parents).map(([zip, parent]) => [zip, moved.get(parent) ?? parent]);
  const units = together(kept);
  return {
    units,
    parents: Object.fromEntries([...parents, ...moved]) as Record<string, string>,
    cells: cellsOf(units),
  };
}

/** The place of a real area: its file's own, else the gazetteer's, else a point inside. The city is the listed one. */
function exactPlace(
  { zip, state, lat, lon, hasPoint }: ExactAreas['units'][number],
  { listing, loaded }: { listing: ReadonlyMap<string, ZipPlace>; loaded: Loaded },
): ZipPlace {
  const known = hasPoint ? undefined : loaded.gazetteer?.[zip];
  const city = listing.get(zip)?.city ?? loaded.zipToZcta?.[zip]?.[2] ?? '';
  return { zip, city, state, lat: known?.[0] ?? lat, lon: known?.[1] ?? lon };
}

function land({ zip, exact: at }: Unit, exact: ExactAreas, { gazetteer }: Loaded): number | null {
  if (at < 0) return null;
  const km2 = exact.units[at]?.landKm2 ?? gazetteer?.[zip]?.[2] ?? null;
  return km2 === null ? null : Math.round(km2 * 1000) / 1000;
}

function exactIndex(units: readonly Unit[]): number[] {
  const index: number[] = [];
  units.forEach(({ exact }, i) => {
    if (exact >= 0) index[exact] = i;
  });
  return index;
}

/**
 * Real areas by shared borders; where a cell is concerned, or two files do not fit, Gabriel neighbours whose cells touch;
 * bridges join the rest.
 */
function links(
  units: readonly Unit[],
  { cells, real, sides }: { cells: readonly Border[]; real: readonly Border[]; sides: Sides },
): Pick<Geography, 'neighbors' | 'bridges'> {
  const [lat, lon] = [units.map((unit) => unit.lat), units.map((unit) => unit.lon)];
  const touching = new Set(cells.map(({ left, right }) => `${Math.min(left, right)},${Math.max(left, right)}`));
  const { isExact, isApart } = sides;
  const isByRule = (a: number, b: number) => !isExact(a) || !isExact(b) || isApart(a, b);
  const byRule = gabriel(lat, lon).filter(([a, b]) => isByRule(a, b) && touching.has(`${a},${b}`));
  const shared = real.flatMap(({ left, right }) => (Math.min(left, right) < 0 ? [] : [[left, right] as const]));
  const pairs = [...byRule, ...shared];
  const bridges = connect(neighborLists(units.length, pairs), lat, lon);
  return { neighbors: neighborLists(units.length, [...pairs, ...bridges]), bridges };
}
