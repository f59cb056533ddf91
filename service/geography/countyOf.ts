import { boxOf, isInside, mercator } from '../core/polygon.ts';
import type { ZipToCounty } from './readers/zipTables.ts';
import { zipPlaces, type ZipPlace } from './places.ts';
import { counties, loadAtlas, type County } from './shapes.ts';
import { fipsOf, STATE_CODES } from './states.ts';

/**
 * FIPS of the county that holds each place, by point in polygon on the shapes that are drawn.
 * A point beyond its state's outline (coast, rounding) takes the county with the nearest corner in its own state.
 */
export function countiesOf(places: readonly ZipPlace[], counties: readonly County[]): string[] {
  const byState = Map.groupBy(counties.map(boxed), ({ county }) => county.fips.slice(0, 2));
  return places.map(({ lat, lon, state }) => {
    const [x, y] = mercator(lon, lat);
    const candidates = byState.get(fipsOf(state)) ?? [];
    const holder = candidates.find(({ box: [left, top, right, bottom], county }) => {
      return x >= left && x <= right && y >= top && y <= bottom && isInside(x, y, county.rings);
    });
    return (holder ?? nearest(candidates, x, y))?.county.fips ?? `${fipsOf(state)}000`;
  });
}

interface BoxedCounty {
  readonly county: County;
  readonly box: readonly [number, number, number, number];
}

function boxed(county: County): BoxedCounty {
  return { county, box: boxOf(county.rings) };
}

function nearest(candidates: readonly BoxedCounty[], x: number, y: number): BoxedCounty | undefined {
  const distance = ({ county }: BoxedCounty) => {
    let best = Infinity;
    for (const ring of county.rings) {
      for (let i = 0; i < ring.length; i += 2)
        best = Math.min(best, Math.hypot((ring[i] ?? 0) - x, (ring[i + 1] ?? 0) - y));
    }
    return best;
  };
  return candidates.map((candidate) => ({ candidate, d: distance(candidate) })).sort((a, b) => a.d - b.d)[0]?.candidate;
}

/**
 * Counties of units with a ZIP → county table: of the counties that it lists, the one that holds the unit's point, else the
 * first in the unit's own state, else the first. ZIPs that it does not list keep the county that holds their point.
 */
export function withCrosswalk(
  units: readonly ZipPlace[],
  countyList: readonly County[],
  crosswalk: ZipToCounty | null,
): { fips: string[]; names: Record<string, string> } {
  const names = Object.fromEntries(countyList.map(({ fips, name }) => [fips, name]));
  const fips = countiesOf(units, countyList).map((holder, i) => {
    const { zip, state } = units[i]!;
    const listed = crosswalk?.counties[zip] ?? [];
    const first = listed.find((county) => county.startsWith(fipsOf(state))) ?? listed[0];
    const chosen = listed.includes(holder) ? holder : (first ?? holder);
    names[chosen] ??= crosswalk?.names[chosen] ?? `County ${chosen}`;
    return chosen;
  });
  return { fips, names };
}

/** County of every ZIP that the sources know, in all states; the others are left out. */
export function countiesOfZips(zips: readonly string[]): Map<string, string> {
  const wanted = new Set(zips);
  const places = zipPlaces(STATE_CODES).filter(({ zip }) => wanted.has(zip));
  const found = countiesOf(places, counties(loadAtlas(), STATE_CODES));
  return new Map(places.map(({ zip }, i) => [zip, found[i] ?? '']));
}
