import { basename } from 'node:path';
import { sourceOf, Tally, type GeographyReport } from './importReport.ts';
import type { LoadedIndex } from './loadedIndex.ts';
import type { LoadedStore } from './loadedStore.ts';
import { zipPlaces, zipUnits } from './places.ts';
import { bytesOf, openShapes } from './readers/openShapes.ts';
import { GIVE_SHAPES, notRecognized } from './readers/limits.ts';
import type { RawShape, ShapeFile } from './readers/rawShape.ts';
import { zipProperty } from './readers/zipProperty.ts';
import { stateShapes, toStateShapes, type StateShapes } from './stateShapes.ts';
import { zipShapes, type ZipShape } from './zipShapes.ts';

export interface ShapesImport {
  readonly path: string;
  readonly name?: string | undefined;
  /** What the file holds, where it was read already. */
  readonly bytes?: Buffer;
  /** The property that holds the ZIPs; found by itself where left out. */
  readonly zipProperty?: string | undefined;
  readonly now: Date;
}

/**
 * Imports a file of ZIP areas, whole or not at all, and puts it to use in the states it covers.
 * @throws BailiwickError file_not_recognized, too_large, bad_request for a property that is not there
 */
export async function importShapes(
  store: LoadedStore,
  { path, name = basename(path), zipProperty: wanted, now, ...given }: ShapesImport,
): Promise<GeographyReport> {
  const bytes = given.bytes ?? (await bytesOf(path, name));
  const source = sourceOf(bytes, { kind: 'shapes', name, more: wanted ?? '', now });
  const known = store.reuse(source.id);
  if (known) return { ...known.report, alreadyThere: true };
  const file = await openShapes(bytes, name);
  const taken = take(file, { name, wanted });
  const contents = new Map([...taken.states].map(([state, shapes]) => [state, toStateShapes(shapes)]));
  const report: GeographyReport = {
    ...source,
    layout: 'shapes',
    layoutName: `ZIP areas (${file.format})`,
    ...taken.counts,
    ambiguous: null,
    warnings: [...taken.states].flatMap(([state, shapes]) => doubts(state, shapes, contents.get(state)!)),
    alreadyThere: false,
  };
  store.add(report, contents);
  return report;
}

function take(file: ShapeFile, { name, wanted }: { name: string; wanted: string | undefined }) {
  const tallies = { setAside: new Tally(), repaired: new Tally() };
  for (const { line, reason } of file.broken) tallies.setAside.add(reason, line);
  if (file.shapes.length === 0) throw nothing(name, tallies.setAside);
  const property = zipProperty(file.shapes, { name, wanted });
  const shapes = zipShapes(file.shapes, { property, name, tallies });
  if (shapes.length === 0) throw nothing(name, tallies.setAside);
  const states = new Map([...Map.groupBy(shapes, ({ state }) => state)].sort(([a], [b]) => (a < b ? -1 : 1)));
  const rowsRead = file.shapes.length + file.broken.length;
  const counts = {
    vintage: vintageOf(file.shapes, property),
    rowsRead,
    rowsKept: rowsRead - tallies.setAside.rows,
    rowsSetAside: tallies.setAside.rows,
    setAside: tallies.setAside.reasons(),
    repaired: tallies.repaired.reasons(),
    states: Object.fromEntries([...states].map(([state, list]) => [state, list.length])),
    zipProperty: property,
  };
  return { states, counts };
}

function nothing(name: string, setAside: Tally) {
  const reasons = setAside.reasons().map(({ reason, rows }) => `${reason} (${rows})`);
  return notRecognized(
    `No ZIP area can be taken from ${name}: ${reasons.join('; ') || 'it holds no shapes'}.`,
    GIVE_SHAPES,
  );
}

/** The Census marks its columns with the year: ZCTA5CE10, GEOID20. */
function vintageOf(shapes: readonly RawShape[], property: string): string | null {
  const names = [property, ...Object.keys(shapes[0]?.properties ?? {})];
  const marked = names.map((name) => /(?:CE|ID|FP|ALAND|LAT|LON|ZCTA5)_?(00|10|20)$/i.exec(name)?.[1]);
  const year = marked.find((found) => found !== undefined);
  return year === undefined ? null : `20${year}`;
}

/** Fewer areas than this share of a state's ZIPs with a place of their own, and the file hardly holds the whole state. */
const WHOLE_STATE = 0.5;

/** What a user should know before trusting these areas. */
function doubts(state: string, shapes: readonly ZipShape[], { arcs, zips }: StateShapes): string[] {
  const found: string[] = [];
  const { units } = zipUnits(zipPlaces([state]));
  if (shapes.length < WHOLE_STATE * units.length)
    found.push(
      `${state}: ${shapes.length} areas for ${units.length} ZIPs with a place of their own; the others hang on the nearest.`,
    );
  const parts = shapes.filter(({ isPart }) => isPart).map(({ zip }) => zip);
  if (parts.length > 0)
    found.push(
      `${state}: ${parts.join(', ')} reach over the state's line; their other parts come with the file of the other state.`,
    );
  const touching = new Set(arcs.filter(([, right]) => right >= 0).flatMap(([left, right]) => [left, right]));
  if (zips.length > 1 && touching.size * 2 < zips.length)
    found.push(
      `${state}: ${zips.length - touching.size} of ${zips.length} areas share no border with another; was each simplified on its own?`,
    );
  return found;
}

/** Areas of states that are in use. @throws BailiwickError not_ready where their file is damaged */
export function activeShapes(
  store: LoadedStore,
  states: readonly string[],
  { shapes }: LoadedIndex['active'],
): Map<string, StateShapes> {
  return new Map(
    states.flatMap((state) => {
      const hash = shapes[state] === undefined ? undefined : store.version(shapes[state]).contents[state];
      return hash === undefined ? [] : [[state, stateShapes.parse(store.get(hash))] as const];
    }),
  );
}
