import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { GeographyReport } from './importReport.ts';
import { importShapes, type ShapesImport } from './importShapes.ts';
import { importTable } from './importTable.ts';
import type { LoadedStore } from './loadedStore.ts';
import { MAX_UNPACKED_BYTES, tooLarge } from './readers/limits.ts';
import { bytesOf, gunzipped } from './readers/openShapes.ts';

/** Names of members stand at the end of a zip. */
const DIRECTORY_BYTES = 65_536;

/** Imports a map, a gazetteer or a crosswalk, told apart by what the file holds. @throws BailiwickError as importShapes */
export async function importAny(store: LoadedStore, options: ShapesImport): Promise<GeographyReport> {
  const { path, name = basename(path) } = options;
  const bytes = options.bytes ?? (await bytesOf(path, name));
  const read = { ...options, name, bytes };
  return options.zipProperty === undefined && isTable(bytes, name)
    ? importTable(store, read)
    : importShapes(store, read);
}

function isTable(bytes: Buffer, name: string): boolean {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const names = bytes.subarray(-DIRECTORY_BYTES).toString('latin1');
    return /\.(txt|csv|tsv)/i.test(names) && !/\.(shp|\w*json)/i.test(names);
  }
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipped(bytes, name) : bytes;
  const [first = ''] = plain
    .subarray(0, 2000)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/[\r\n]/);
  return !/^\s*[{[]/.test(first) && !first.includes('\0') && /[\t|,]/.test(first);
}

/** Collects an uploaded file. @throws BailiwickError too_large */
export async function collected(stream: Readable, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > MAX_UNPACKED_BYTES)
      throw tooLarge(`${name} has more than ${MAX_UNPACKED_BYTES / 1e6} MB; at most that many are read.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
