import Flatbush from 'flatbush';
import { distanceKm } from '../core/geography.ts';
import { boxOf, isInside, mercator, type Path } from '../core/polygon.ts';
import type { ZipPlace } from './places.ts';
import type { ZipToZcta } from './readers/zipTables.ts';

interface Ground {
  readonly units: readonly ZipPlace[];
  readonly rings: readonly (readonly Path[])[];
  /** States with real areas. */
  readonly states: ReadonlySet<string>;
  readonly crosswalk: ZipToZcta | null;
}

/**
 * Parents of ZIPs without an area in states with real ones: the area that the crosswalk names, else the one that holds the
 * ZIP's place, else the nearest of the state. ZIPs that only the crosswalk knows hang where it says, in every state. Answers also how many
 * ZIPs of each state stand outside of all its areas: theirs are missing.
 */
export function hangingOn(
  listed: readonly ZipPlace[],
  { units, rings, states, crosswalk }: Ground,
): { parents: Record<string, string>; outside: ReadonlyMap<string, number> } {
  const isUnit = new Set(units.map(({ zip }) => zip));
  const named = (zip: string) => {
    const area = crosswalk?.[zip]?.[0];
    return area !== undefined && isUnit.has(area) ? area : undefined;
  };
  const holder = holderOf(units, rings, states);
  const parents: Record<string, string> = {};
  const outside = new Map<string, number>();
  for (const place of listed) {
    if (!states.has(place.state) || isUnit.has(place.zip)) continue;
    const held = named(place.zip) ?? holder(place);
    if (held === undefined) outside.set(place.state, (outside.get(place.state) ?? 0) + 1);
    parents[place.zip] = held ?? nearest(place, units);
  }
  const isListed = new Set(listed.map(({ zip }) => zip));
  for (const zip of Object.keys(crosswalk ?? {})) {
    const parent = isListed.has(zip) || isUnit.has(zip) ? undefined : named(zip);
    if (parent !== undefined) parents[zip] = parent;
  }
  return { parents, outside };
}

/** The real area that holds a place. */
function holderOf(units: readonly ZipPlace[], rings: Ground['rings'], states: ReadonlySet<string>) {
  const real = units.flatMap(({ zip, state }, i) => (states.has(state) ? [{ zip, rings: rings[i] ?? [] }] : []));
  const index = new Flatbush(Math.max(1, real.length));
  for (const area of real) index.add(...boxOf(area.rings));
  if (real.length === 0) index.add(2, 2, 2, 2);
  index.finish();
  return ({ lon, lat }: ZipPlace): string | undefined => {
    const [x, y] = mercator(lon, lat);
    const near = index.search(x, y, x, y).sort((a, b) => a - b);
    return real[near.find((i) => isInside(x, y, real[i]?.rings ?? [])) ?? -1]?.zip;
  };
}

/** The nearest unit of the place's own state, of any state where it has none. */
function nearest(place: ZipPlace, units: readonly ZipPlace[]): string {
  const own = units.filter(({ state }) => state === place.state);
  const km = (unit: ZipPlace) => distanceKm(unit, place);
  const [first, ...others] = own.length > 0 ? own : units;
  if (!first) return place.zip;
  let best = { unit: first, km: km(first) };
  for (const unit of others) if (km(unit) < best.km) best = { unit, km: km(unit) };
  return best.unit.zip;
}
