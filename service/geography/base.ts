import type { Geography } from '../core/geography.ts';
import { countyLines, loadAtlas, stateShapes } from './shapes.ts';

/** States this many degrees around the market are drawn faded. */
const SURROUNDINGS_DEGREES = 1;
/** Four decimals of a degree are about 10 m: finer than the shapes. */
const DECIMALS = 1e4;

/** What lies under the units: state shapes, county lines and city names, biggest first. */
export function baseMap(geography: Geography, states: readonly string[]) {
  const atlas = loadAtlas();
  const [[south, west], [north, east]] = bounds(geography);
  const near = stateShapes(atlas, states).features.filter((shape) => {
    return corners(shape.geometry.coordinates).some(
      ([lon, lat]) =>
        lon > west - SURROUNDINGS_DEGREES &&
        lon < east + SURROUNDINGS_DEGREES &&
        lat > south - SURROUNDINGS_DEGREES &&
        lat < north + SURROUNDINGS_DEGREES,
    );
  });
  return {
    states: { type: 'FeatureCollection', features: near.map((shape) => rounded(shape)) },
    counties: rounded(countyLines(atlas, states)),
    cities: cities(geography),
  };
}

/** South-west and north-east corner as [latitude, longitude]. */
export function bounds({ lat, lon }: Pick<Geography, 'lat' | 'lon'>): [[number, number], [number, number]] {
  const extreme = (pick: (a: number, b: number) => number, values: readonly number[]) =>
    values.reduce(pick, values[0] ?? 0);
  const [least, most] = [(a: number, b: number) => Math.min(a, b), (a: number, b: number) => Math.max(a, b)];
  return [
    [extreme(least, lat), extreme(least, lon)],
    [extreme(most, lat), extreme(most, lon)],
  ];
}

/**
 * Cities by number of ZIPs, a stand-in for their size; rank 1 is the biggest. Each stands at its middle unit.
 */
export function cities({ ids, names, states, lat, lon, parents }: Geography) {
  const hanging = new Map<string, number>();
  for (const parent of Object.values(parents)) hanging.set(parent, (hanging.get(parent) ?? 0) + 1);
  const groups = Map.groupBy(ids.keys(), (unit) => `${names[unit]}, ${states[unit]}`);
  return [...groups.values()]
    .map((units) => {
      const zips = units.reduce((sum, unit) => sum + 1 + (hanging.get(ids[unit] ?? '') ?? 0), 0);
      const middle = medianUnit(units, lat, lon);
      return {
        name: names[middle] ?? '',
        state: states[middle] ?? '',
        lat: lat[middle] ?? 0,
        lon: lon[middle] ?? 0,
        zips,
      };
    })
    .sort((a, b) => b.zips - a.zips || (a.name < b.name ? -1 : 1))
    .map(({ zips: _, ...city }, i) => ({ ...city, rank: i + 1 }));
}

/** The unit nearest to the mean place: always on land, unlike the mean. */
function medianUnit(units: readonly number[], lat: readonly number[], lon: readonly number[]): number {
  const mean = (values: readonly number[]) => units.reduce((sum, unit) => sum + (values[unit] ?? 0), 0) / units.length;
  const [y, x] = [mean(lat), mean(lon)];
  const distance = (unit: number) => Math.hypot((lat[unit] ?? 0) - y, (lon[unit] ?? 0) - x);
  return units.reduce((best, unit) => (distance(unit) < distance(best) ? unit : best), units[0] ?? 0);
}

function corners(coordinates: unknown): [number, number][] {
  if (!Array.isArray(coordinates)) return [];
  if (typeof coordinates[0] === 'number') return [coordinates as [number, number]];
  return coordinates.flatMap(corners);
}

function rounded<T>(value: T): T {
  const replacer = (_: string, part: unknown) =>
    typeof part === 'number' ? Math.round(part * DECIMALS) / DECIMALS : part;
  return JSON.parse(JSON.stringify(value, replacer)) as T;
}
