import { createHash } from 'node:crypto';
import { connect, gabriel, neighborLists } from '../core/adjacency.ts';
import { cellBorders, cellRings, type Border } from '../core/cells.ts';
import { unitId } from '../core/ids.ts';
import { mercator } from '../core/polygon.ts';
import { landKm2, nearestOf, type BuiltGeography } from './build.ts';
import { withCrosswalk } from './countyOf.ts';
import { exactBorders, joinStates, type ExactAreas } from './exactAreas.ts';
import type { Loaded } from './loaded.ts';
import { hangingOn } from './hanging.ts';
import { zipPlaces, zipUnits, type ZipPlace } from './places.ts';
import { counties, loadAtlas, stateOutlines } from './shapes.ts';
import { facing } from './stateLine.ts';

/** Areas below this are water only; a density needs some land. */
const LEAST_KM2 = 0.001;

interface Unit extends ZipPlace {
  /** Position among the real areas, -1 for a cell. */
  readonly exact: number;
}

/**
 * ZIP units with real areas in the states that have them, and cells elsewhere. Real areas are neighbours where they share a
 * stretch of border; cells, and a cell and a real area, by the rule of buildGeography. What is left apart is bridged.
 */
export function buildLoaded(sorted: readonly string[], loaded: Loaded): BuiltGeography {
  const listed = zipPlaces(sorted);
  const listing = new Map(listed.map((place) => [place.zip, place]));
  const exact = joinStates(loaded.shapes, (zip) => listing.get(zip)?.state);
  const { units, parents, cells } = placed(listed, { sorted, exact, loaded });
  const unitOf = exactIndex(units);
  const firstNode = 1 + cells.reduce((most, { ends }) => Math.max(most, ends[0], ends[1]), 0);
  const real = exactBorders(exact.arcs, { firstNode, unitOf });
  const borders = facing(cells, real, (unit) => (units[unit]?.exact ?? -1) >= 0);
  const atlas = loadAtlas();
  const county = withCrosswalk(units, counties(atlas, sorted), loaded.zipToCounty);
  const [lat, lon] = [units.map((unit) => unit.lat), units.map((unit) => unit.lon)];
  const pairs = neighborPairs(units, { cells, real, lat, lon });
  const bridges = connect(neighborLists(units.length, pairs), lat, lon);
  const rings = cellRings(borders, units.length);
  const hung = hangingOn(listed, { units, rings, states: new Set(loaded.shapes.keys()), crosswalk: loaded.zipToZcta });
  const content = {
    ids: units.map(({ zip }) => unitId(zip)),
    names: units.map(({ city }) => city),
    states: units.map(({ state }) => state),
    counties: county.fips,
    lat,
    lon,
    areaKm2: units.map((unit, i) => Math.max(LEAST_KM2, land(unit, exact, loaded) ?? landKm2(rings[i] ?? []))),
    neighbors: neighborLists(units.length, [...pairs, ...bridges]),
    bridges,
    parents: Object.fromEntries(Object.entries({ ...parents, ...hung }).map(([zip, parent]) => [zip, unitId(parent)])),
  };
  const hashes = [...loaded.sources].map(([state, { hash }]) => [state, hash]);
  const key = createHash('sha256')
    .update(JSON.stringify([content, cells, hashes]))
    .digest('hex')
    .slice(0, 16);
  return {
    geography: { key, ...content },
    countyNames: county.names,
    borders,
    states: sorted,
    sources: loaded.sources,
  };
}

/** All units in the order of their ZIPs, and the cells of all of them; those whose cell lies outside of its state are hung. */
function placed(
  listed: readonly ZipPlace[],
  { sorted, exact, loaded }: { sorted: readonly string[]; exact: ExactAreas; loaded: Loaded },
) {
  const real = exact.units.map((unit, i) => ({ ...exactPlace(unit, { listed, loaded }), exact: i }));
  const isReal = new Set(real.map(({ zip }) => zip));
  const others = zipUnits(listed.filter(({ zip, state }) => !loaded.shapes.has(state) && !isReal.has(zip)));
  const outlines = stateOutlines(loadAtlas(), sorted);
  const together = (points: readonly ZipPlace[]): Unit[] =>
    [...real, ...points.map((point) => ({ ...point, exact: -1 }))].sort((a, b) => (a.zip < b.zip ? -1 : 1));
  const cellsOf = (units: readonly Unit[]) => {
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
  { listed, loaded }: { listed: readonly ZipPlace[]; loaded: Loaded },
): ZipPlace {
  const known = hasPoint ? undefined : loaded.gazetteer?.[zip];
  const city = listed.find((place) => place.zip === zip)?.city ?? loaded.zipToZcta?.[zip]?.[2] ?? '';
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

/** Real areas by shared borders; where a cell is concerned, Gabriel neighbours whose cells touch. */
function neighborPairs(
  units: readonly Unit[],
  { cells, real, lat, lon }: { cells: readonly Border[]; real: readonly Border[]; lat: number[]; lon: number[] },
): [number, number][] {
  const key = ({ left, right }: Border) => `${Math.min(left, right)},${Math.max(left, right)}`;
  const touching = new Set(cells.map(key));
  const isCell = (unit: number) => (units[unit]?.exact ?? -1) < 0;
  const byRule = gabriel(lat, lon).filter(([a, b]) => (isCell(a) || isCell(b)) && touching.has(`${a},${b}`));
  const shared = real
    .filter(({ left, right }) => left >= 0 && right >= 0)
    .map(({ left, right }) => [left, right] as [number, number]);
  return [...byRule, ...shared];
}
