import { Tally } from './importReport.ts';
import { zipPlaces, zipUnits } from './places.ts';
import { GIVE_SHAPES, notRecognized } from './readers/limits.ts';
import { openShapes } from './readers/openShapes.ts';
import type { RawShape, ShapeFile } from './readers/rawShape.ts';
import { zipProperty } from './readers/zipProperty.ts';
import { toStateShapes, type StateShapes } from './stateShapes.ts';
import { zipShapes, type ZipShape } from './zipShapes.ts';

export interface ShapesTask {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** The property that holds the ZIPs; found by itself where left out. */
  readonly wanted: string | undefined;
}

export type TakenShapes = Awaited<ReturnType<typeof takeShapes>>;

/** The ZIP areas of a file by state, as they are stored, and what a report says of them. @throws BailiwickError as the readers do */
export async function takeShapes({ bytes, name, wanted }: ShapesTask) {
  const file = await openShapes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name);
  const { states, counts } = take(file, { name, wanted });
  const contents = new Map([...states].map(([state, shapes]) => [state, toStateShapes(shapes)]));
  const warnings = [...states].flatMap(([state, shapes]) => doubts(state, shapes, contents.get(state)!));
  return { format: file.format, counts, contents, warnings };
}

function take(file: ShapeFile, { name, wanted }: Omit<ShapesTask, 'bytes'>) {
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
