import { open } from 'shapefile';
import { collectShapes } from './geoJson.ts';
import { MAX_RINGS, MAX_SHAPES, MAX_VERTICES, notRecognized, tooLarge } from './limits.ts';
import type { ShapeFile } from './rawShape.ts';

/** The parts of a shapefile that matter; all but the shapes may lack. */
export interface ShapefileParts {
  readonly shp: Buffer;
  readonly dbf: Buffer;
  readonly prj: string | null;
  readonly cpg: string | null;
}

const POLYGON_TYPES = new Map([
  [5, 'Polygon'],
  [15, 'PolygonZ'],
  [25, 'PolygonM'],
]);

/** Census files are NAD 83, others WGS 84; they lie within two metres of each other. */
const KNOWN_DATUM = /NAD_?83|North_American(_Datum)?_1983|NAD83|WGS_?(19)?84/i;

/**
 * Polygons of a shapefile. Every record's length is checked first, so that a truncated or damaged file is refused at once.
 * @throws BailiwickError file_not_recognized, too_large
 */
export async function readShapefile({ shp, dbf, prj, cpg }: ShapefileParts, name: string): Promise<ShapeFile> {
  requireDegrees(prj, name);
  const records = checkRecords(shp, name);
  checkTable(dbf, records, name);
  const features: unknown[] = [];
  try {
    const source = await open(shp, dbf, { encoding: encodingOf(cpg) });
    for (let step = await source.read(); !step.done; step = await source.read()) features.push(step.value);
  } catch (cause) {
    throw broken(name, `the shapes cannot be read (${(cause as Error).message})`, cause);
  }
  if (features.length !== records) throw broken(name, `${features.length} of ${records} shapes could be read`);
  return collectShapes(features, { name, format: 'Shapefile' });
}

function requireDegrees(prj: string | null, name: string): void {
  if (prj === null || prj.trim() === '') return;
  const system = /^\s*\w+\s*\[\s*"([^"]*)"/.exec(prj)?.[1] ?? prj.slice(0, 60);
  if (/^\s*PROJ/i.test(prj)) {
    throw notRecognized(
      `${name} is projected (${system}), and not in longitude and latitude.`,
      'Export it in NAD 83 or WGS 84 degrees, as the Census Bureau publishes it.',
    );
  }
  if (KNOWN_DATUM.test(prj)) return;
  throw notRecognized(`${name} is in the coordinate system ${system}.`, 'Export it in NAD 83 or WGS 84 degrees.');
}

/** Number of records; walks over their headers. */
function checkRecords(shp: Buffer, name: string): number {
  if (shp.length < 100 || shp.readInt32BE(0) !== 9994) throw broken(name, 'the .shp does not begin as one');
  const type = shp.readInt32LE(32);
  if (!POLYGON_TYPES.has(type)) throw broken(name, `it holds shapes of type ${type} and no polygons`);
  const end = shp.readInt32BE(24) * 2;
  if (end !== shp.length) throw broken(name, `the .shp has ${shp.length} bytes and should have ${end}`);
  let [records, vertices] = [0, 0];
  for (let at = 100; at < end; records++) {
    const where = `shape ${records + 1}`;
    if (at + 12 > end) throw broken(name, `${where} is cut off`);
    const next = at + 8 + shp.readInt32BE(at + 4) * 2;
    if (shp.readInt32BE(at) !== records + 1 || next < at + 12 || next > end) throw broken(name, `${where} is damaged`);
    if (shp.readInt32LE(at + 8) !== 0)
      vertices += cornersOf(shp, { at, next, type }, () => broken(name, `${where} is damaged`));
    if (records >= MAX_SHAPES) throw tooLarge(`${name} holds more than ${MAX_SHAPES} shapes.`);
    if (vertices > MAX_VERTICES) throw tooLarge(`${name} holds more than ${MAX_VERTICES} corners.`);
    at = next;
  }
  return records;
}

/** Corners of one polygon record; its counts must fit its length. */
function cornersOf(
  shp: Buffer,
  { at, next, type }: { at: number; next: number; type: number },
  damaged: () => Error,
): number {
  if (shp.readInt32LE(at + 8) !== type || next < at + 52) throw damaged();
  const [parts, points] = [shp.readInt32LE(at + 44), shp.readInt32LE(at + 48)];
  if (parts < 0 || points < 0 || parts > MAX_RINGS || at + 52 + parts * 4 + points * 16 > next) throw damaged();
  for (let part = 0, from = 0; part < parts; part++) {
    const start = shp.readInt32LE(at + 52 + part * 4);
    if (start < from || start > points) throw damaged();
    from = start;
  }
  return points;
}

function checkTable(dbf: Buffer, records: number, name: string): void {
  if (dbf.length < 33) throw broken(name, 'the .dbf is cut off');
  const [rows, head, width] = [dbf.readUInt32LE(4), dbf.readUInt16LE(8), dbf.readUInt16LE(10)];
  if (rows !== records) throw broken(name, `the .dbf has ${rows} rows for ${records} shapes`);
  if (head < 33 || width < 2 || head + rows * width > dbf.length + 1) throw broken(name, 'the .dbf is cut off');
  let at = 32;
  let total = 1;
  for (; at + 32 <= head && dbf[at] !== 0x0d; at += 32) {
    if (!'BCDFLMN'.includes(String.fromCharCode(dbf[at + 11] ?? 0)))
      throw broken(name, 'the .dbf has a damaged column');
    total += dbf[at + 16] ?? 0;
  }
  if (dbf[at] !== 0x0d || total > width) throw broken(name, 'the columns of the .dbf are damaged');
}

function encodingOf(cpg: string | null): string {
  const named = cpg?.trim().replace(/^\s*(65001|utf-?8)\s*$/i, 'utf-8') ?? 'utf-8';
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return 'utf-8';
  }
}

function broken(name: string, why: string, cause?: unknown): Error {
  return notRecognized(`${name} is a damaged shapefile: ${why}.`, 'Load it again from where it came.', cause);
}
