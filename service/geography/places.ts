import { createRequire } from 'node:module';
import type { Point } from '../core/geography.ts';

/** A ZIP as the `zipcodes` package (BSD) lists it. */
export interface ZipPlace extends Point {
  readonly zip: string;
  readonly city: string;
  readonly state: string;
}

interface ListedZip {
  zip: string;
  latitude: number;
  longitude: number;
  city: string;
  state: string;
  country: string;
}

/** ZIPs of the mail itself: nobody has this address. */
const NO_PLACE = 'Parcel Return Service';

/** Every ZIP of these states with a place: military and zero coordinates are left out, a lost minus sign is put back. */
export function zipPlaces(states: readonly string[]): ZipPlace[] {
  const wanted = new Set(states);
  const listed = createRequire(import.meta.url)('zipcodes/lib/codes.js') as { codes: Record<string, ListedZip> };
  return Object.values(listed.codes)
    .filter((entry) => entry.country === 'US' && wanted.has(entry.state) && /^\d{5}$/.test(entry.zip))
    .filter((entry) => entry.latitude !== 0 && entry.longitude !== 0 && entry.city !== NO_PLACE)
    .map(({ zip, city, state, latitude, longitude }) => ({
      zip,
      city,
      state,
      lat: latitude,
      lon: -Math.abs(longitude),
    }))
    .sort((a, b) => (a.zip < b.zip ? -1 : 1));
}

/** ZIPs with a place of their own, and those that hang on one of them because they share its point. */
export interface ZipUnits {
  readonly units: readonly ZipPlace[];
  readonly parents: Readonly<Record<string, string>>;
}

/** Of a delivery area's first three digits there are dozens of ZIPs; a prefix this rare belongs to one big customer. */
const RARE_PREFIX = 3;

/**
 * ZIPs of one state that share a point are one unit. It is named by the lowest ZIP of the city that most of them name
 * (Pittsburgh's boxes share a point with one ZIP of Coulters); a ZIP whose three-digit prefix is rare (005 Holtsville:
 * one tax office) names it only where there is no other.
 */
export function zipUnits(places: readonly ZipPlace[]): ZipUnits {
  const prefixes = new Map<string, number>();
  for (const { zip } of places) prefixes.set(zip.slice(0, 3), (prefixes.get(zip.slice(0, 3)) ?? 0) + 1);
  const isRare = (place: ZipPlace) => Number((prefixes.get(place.zip.slice(0, 3)) ?? 0) < RARE_PREFIX);
  const shared = Map.groupBy(places, ({ lat, lon, state }) => `${state} ${lat} ${lon}`);
  const parents: Record<string, string> = {};
  const units: ZipPlace[] = [];
  for (const group of shared.values()) {
    const sameCity = (place: ZipPlace) => group.filter(({ city }) => city === place.city).length;
    const [parent, ...others] = [...group].sort(
      (a, b) => isRare(a) - isRare(b) || sameCity(b) - sameCity(a) || (a.zip < b.zip ? -1 : 1),
    );
    if (!parent) continue;
    units.push(parent);
    for (const { zip } of others) parents[zip] = parent.zip;
  }
  return { units: units.sort((a, b) => (a.zip < b.zip ? -1 : 1)), parents };
}

/** Of these ZIPs, those that the sources know no place of: they can stand on no map. */
export function withoutPlace(zips: readonly string[], states: readonly string[]): string[] {
  const known = new Set(zipPlaces(states).map(({ zip }) => zip));
  return zips.filter((zip) => !known.has(zip));
}
