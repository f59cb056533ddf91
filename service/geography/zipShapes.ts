import { innerPoint } from '../core/innerPoint.ts';
import type { Tally } from './importReport.ts';
import { zipPlaces, zipUnits } from './places.ts';
import { place, requireDegrees, STEPS_PER_DEGREE, type Ring } from './readers/coordinates.ts';
import { notRecognized } from './readers/limits.ts';
import type { RawShape } from './readers/rawShape.ts';
import { zipIn } from './readers/zipProperty.ts';
import { stateFinder } from './stateAt.ts';
import { STATE_CODES, stateOf } from './states.ts';

/** The area of one ZIP, all its parts together. */
export interface ZipShape {
  readonly zip: string;
  readonly state: string;
  readonly rings: readonly Ring[];
  readonly lat: number;
  readonly lon: number;
  /** True where the file itself gave the place. */
  readonly hasPoint: boolean;
  /** Land in km² as the file says; null where it does not. */
  readonly landKm2: number | null;
  /** True where the file says that this is only the part of the ZIP in its state. */
  readonly isPart: boolean;
}

/** A ZIP whose place is this far from where the list has it, in degrees, is not that ZIP. */
const SAME_PLACE = 1.5;
/** A state with fewer than this share of its ZIPs has only strays in the file: ZIPs that reach over from the main state. */
const STRAY_SHARE = 0.1;

interface Tallies {
  readonly setAside: Tally;
  readonly repaired: Tally;
}

/**
 * ZIP areas of a file, by state. Shapes of one ZIP are put together.
 * @throws BailiwickError file_not_recognized where the file is projected or its codes are not ZIPs of that place
 */
export function zipShapes(
  shapes: readonly RawShape[],
  { property, name, tallies }: { property: string; name: string; tallies: Tallies },
): ZipShape[] {
  requireDegrees(shapes, name);
  const parts = new Map<string, Part[]>();
  for (const shape of shapes) {
    const part = partOf(shape, property, tallies);
    if (part) parts.set(part.zip, [...(parts.get(part.zip) ?? []), part]);
  }
  const stateAt = stateFinder();
  const found: ZipShape[] = [];
  for (const list of parts.values()) {
    const joined = together(list, stateAt);
    if (joined === null)
      for (const { line, zip } of list) tallies.setAside.add('it lies outside of the 50 states and DC', line, zip);
    else found.push(joined);
    if (joined && list.length > 1)
      for (const { line, zip } of list) tallies.repaired.add('several shapes of one ZIP were put together', line, zip);
  }
  requireZips(found, name);
  return withoutStrays(found).sort((a, b) => (a.zip < b.zip ? -1 : 1));
}

interface Part {
  readonly zip: string;
  readonly line: number;
  readonly rings: readonly Ring[];
  readonly properties: ReadonlyMap<string, unknown>;
}

function partOf(shape: RawShape, property: string, { setAside, repaired }: Tallies): Part | null {
  const { line } = shape;
  const read = zipIn(shape.properties[property]);
  if (!read) {
    setAside.add(`its ${property} is no ZIP`, line);
    return null;
  }
  const { zip } = read;
  const placed = place(shape);
  if (typeof placed === 'string') {
    setAside.add(placed, line, zip);
    return null;
  }
  if (read.repaired) repaired.add('lost leading zeros of ZIPs were put back', line, zip);
  if (placed.swapped) repaired.add('latitude stood before longitude', line, zip);
  const properties = new Map(Object.entries(shape.properties).map(([key, value]) => [bare(key), value]));
  return { zip, line, rings: placed.rings, properties };
}

/** A property's name without case, punctuation and Census year: INTPTLAT10 and intptlat are one. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/(00|10|20)$/, '');
}

function numberOf(value: unknown): number | null {
  const text = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof text === 'number' && Number.isFinite(text) ? text : null;
}

function together(parts: readonly Part[], stateAt: (lon: number, lat: number) => string | null): ZipShape | null {
  const rings = parts.length === 1 ? parts[0]!.rings : different(parts.flatMap((part) => part.rings));
  const point = parts.map(pointOf).find((found) => found !== null);
  const [lon, lat] = point ?? inside(rings);
  const named = parts.map(namedState).find((state) => state !== undefined);
  const state = named ?? stateAt(lon, lat);
  if (state === null) return null;
  const lands = parts.map(({ properties }) => numberOf(properties.get('aland')));
  const landKm2 = lands.some((m2) => m2 === null) ? null : lands.reduce<number>((sum, m2) => sum + (m2 ?? 0), 0) / 1e6;
  const isPart = parts.some(({ properties }) => properties.get('partflg') === 'Y');
  return { zip: parts[0]!.zip, state, rings, lat, lon, hasPoint: point !== undefined, landKm2, isPart };
}

/** The state by its FIPS number, on its own or before the ZIP (seven digits). */
function namedState({ properties }: Part): string | undefined {
  const fips = properties.get('statefp') ?? /^(\d{2})\d{5}$/.exec(String(properties.get('geoid') ?? ''))?.[1];
  return fips === undefined || fips === null ? undefined : stateOf(String(fips as string).padStart(2, '0'));
}

/** The file's own point, if it is one near the shape. */
function pointOf({ properties, rings }: Part): [number, number] | null {
  const lat = numberOf(properties.get('intptlat'));
  const lon = numberOf(properties.get('intptlon') ?? properties.get('intptlong'));
  if (lat === null || lon === null) return null;
  const [x = 0, y = 0] = rings[0] ?? [];
  const isNear = Math.abs(x / STEPS_PER_DEGREE - lon) < SAME_PLACE && Math.abs(y / STEPS_PER_DEGREE - lat) < SAME_PLACE;
  return isNear ? [lon, lat] : null;
}

function inside(rings: readonly Ring[]): [number, number] {
  const [x, y] = innerPoint(rings);
  return [Math.round(x) / STEPS_PER_DEGREE, Math.round(y) / STEPS_PER_DEGREE];
}

/** The same ring twice would cancel itself out. */
function different(rings: readonly Ring[]): Ring[] {
  return [...new Map(rings.map((ring) => [ring.join(), ring])).values()];
}

/** @throws BailiwickError where the codes are ZIPs of other places: county codes have five digits too */
function requireZips(shapes: readonly ZipShape[], name: string): void {
  const listed = new Map(zipPlaces(STATE_CODES).map((listing) => [listing.zip, listing]));
  const known = shapes.filter(({ zip }) => listed.has(zip));
  const near = known.filter(({ zip, lat, lon }) => {
    const at = listed.get(zip)!;
    return Math.abs(at.lat - lat) < SAME_PLACE && Math.abs(at.lon - lon) < SAME_PLACE * 2;
  });
  if (near.length * 2 >= known.length) return;
  throw notRecognized(
    `The codes of ${name} are no ZIPs of the places where its shapes lie (${known.length - near.length} of ${known.length} lie elsewhere).`,
    'Give ZIP areas (ZCTA) and not counties or tracts, or name the right property with --zip-property.',
  );
}

/** ZIPs that reach over a state's line go with the file's main state; without one all stay where they are. */
function withoutStrays(shapes: readonly ZipShape[]): ZipShape[] {
  const byState = Map.groupBy(shapes, ({ state }) => state);
  const units = Map.groupBy(zipUnits(zipPlaces([...byState.keys()])).units, ({ state }) => state);
  const isStray = (state: string) => (byState.get(state)?.length ?? 0) < STRAY_SHARE * (units.get(state)?.length ?? 0);
  const main = [...byState.keys()]
    .filter((state) => !isStray(state))
    .sort((a, b) => byState.get(b)!.length - byState.get(a)!.length)[0];
  if (main === undefined) return [...shapes];
  return shapes.map((shape) => (isStray(shape.state) ? { ...shape, state: main } : shape));
}
