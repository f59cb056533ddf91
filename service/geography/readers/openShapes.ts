import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readGeoJson } from './geoJson.ts';
import { GIVE_SHAPES, MAX_JSON_BYTES, MAX_UNPACKED_BYTES, notRecognized, tooLarge } from './limits.ts';
import { readShapefile } from './shapefile.ts';
import type { ShapeFile } from './rawShape.ts';
import { isTopoJson, readTopoJson } from './topoJson.ts';
import { unzip } from './unzip.ts';

/** The bytes of a file, if it is of a size that is read at all. @throws BailiwickError file_not_recognized, too_large */
export async function bytesOf(path: string, name = basename(path)): Promise<Buffer> {
  const size = await stat(path).then(
    (info) => (info.isFile() ? info.size : -1),
    () => -1,
  );
  if (size < 0) throw notRecognized(`${name} cannot be read.`, 'Check the path.');
  if (size === 0) throw notRecognized(`${name} is empty.`, GIVE_SHAPES);
  if (size > MAX_UNPACKED_BYTES)
    throw tooLarge(`${name} has ${Math.round(size / 1e6)} MB; at most ${MAX_UNPACKED_BYTES / 1e6} MB are read.`);
  return readFile(path);
}

/** Reads a file of shapes by what it holds, whatever its name. @throws BailiwickError file_not_recognized, too_large */
export async function openShapes(bytes: Buffer, name: string): Promise<ShapeFile> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return fromZip(bytes, name);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return fromJson(gunzipped(bytes, name), name);
  if (bytes.length >= 4 && bytes.readInt32BE(0) === 9994) {
    throw notRecognized(
      `${name} is one part of a shapefile.`,
      'Zip the .shp, .dbf and .prj together and give the zip.',
    );
  }
  return fromJson(bytes, name);
}

/** @throws BailiwickError too_large where it unpacks beyond the limit, file_not_recognized where it is damaged */
export function gunzipped(bytes: Buffer, name: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_JSON_BYTES });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(`${name} unpacks to more than ${MAX_JSON_BYTES / 1e6} MB.`);
    throw notRecognized(`${name} is a broken gzip: ${(cause as Error).message}.`, GIVE_SHAPES, cause);
  }
}

function fromJson(bytes: Buffer, name: string): ShapeFile {
  const head = bytes
    .subarray(0, 200)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (!/^[{[]/.test(head)) throw notRecognized(`${name} is no map: it begins with "${shown(head)}".`, GIVE_SHAPES);
  if (bytes.length > MAX_JSON_BYTES)
    throw tooLarge(
      `${name} has ${Math.round(bytes.length / 1e6)} MB; JSON of at most ${MAX_JSON_BYTES / 1e6} MB is read.`,
    );
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw notRecognized(`${name} is broken JSON: ${shown((cause as Error).message)}.`, GIVE_SHAPES, cause);
  }
  return isTopoJson(json) ? readTopoJson(json, name) : readGeoJson(json, name);
}

const shown = (text: string) => text.slice(0, 80).replace(/[^\x20-\x7e]/g, '?');

async function fromZip(bytes: Buffer, name: string): Promise<ShapeFile> {
  const members = await unzip(bytes, /\.(shp|dbf|prj|cpg|json|geojson|topojson)$/i, name);
  const shps = [...members.keys()].filter((file) => /\.shp$/i.test(file));
  if (shps.length > 1) throw notRecognized(`${name} holds ${shps.length} shapefiles.`, 'Give a zip with one.');
  const [shp] = shps;
  if (shp === undefined) {
    const json = [...members.keys()].filter((file) => /json$/i.test(file));
    if (json.length === 1) return fromJson(members.get(json[0]!)!, name);
    throw notRecognized(`${name} holds no shapefile (.shp).`, GIVE_SHAPES);
  }
  const part = (ending: string) => {
    const wanted = shp.replace(/shp$/i, ending).toLowerCase();
    return [...members].find(([file]) => file.toLowerCase() === wanted)?.[1] ?? null;
  };
  const dbf = part('dbf');
  if (!dbf) throw notRecognized(`${name} holds a .shp without its .dbf, so no ZIP is known.`, GIVE_SHAPES);
  const text = (ending: string) => part(ending)?.toString('latin1') ?? null;
  return readShapefile({ shp: members.get(shp)!, dbf, prj: text('prj'), cpg: text('cpg') }, name);
}
