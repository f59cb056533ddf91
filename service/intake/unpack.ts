import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { BailiwickError } from '../core/errors.ts';
import { notText } from './lineScan.ts';

export type Container = 'plain' | 'gzip' | 'zip' | 'parquet';

/** Claims pack 5 to 30 times; what grows much more than that is made to fill a disk. */
const MAX_RATIO = 250;
/** Below this size even a bomb does no harm. */
const HARMLESS_BYTES = 64 * 1024 ** 2;
/** NPPES has 9 GB; more than this is no file of ours. */
const MAX_UNPACKED_BYTES = 64 * 1024 ** 3;

/** What holds the text, by its first bytes and not by its name. @throws BailiwickError file_not_recognized where there is no file */
export async function containerOf(path: string, name: string): Promise<Container> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) {
    throw new BailiwickError('file_not_recognized', `There is no file ${name}.`, { action: 'Check the path.' });
  }
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const magic = buffer.subarray(0, bytesRead).toString('latin1');
    if (magic.startsWith('\x1f\x8b')) return 'gzip';
    if (magic === 'PK\x03\x04') return 'zip';
    return magic === 'PAR1' ? 'parquet' : 'plain';
  } finally {
    await file.close();
  }
}

/** Passes bytes on until they outgrow what the packed file can honestly hold. */
export function bombGuard(packedBytes: number, name: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      const isBomb = bytes > HARMLESS_BYTES && bytes > packedBytes * MAX_RATIO;
      if (!isBomb && bytes <= MAX_UNPACKED_BYTES) return done(null, chunk);
      done(
        notText(
          `${name} unpacks to more than ${Math.floor(bytes / 1024 ** 2)} MB from ${packedBytes} bytes: no claims file packs so well.`,
        ),
      );
    },
  });
}

/** Unpacks gzip as it is read. */
export function gunzipped(path: string, packedBytes: number, name: string): [Readable, Transform, Transform] {
  return [createReadStream(path), createGunzip(), bombGuard(packedBytes, name)];
}

/** Writes the only table of a zip to a file. @throws BailiwickError file_not_recognized where it holds none or several */
export async function unzipTable(path: string, name: string, target: string): Promise<void> {
  const { zip, entry } = await tableEntry(path, name);
  try {
    const source = await new Promise<Readable>((done, failed) =>
      zip.openReadStream(entry, (error, stream) => (error ? failed(error) : done(stream))),
    );
    await pipeline(source, bombGuard(entry.compressedSize, name), createWriteStream(target));
  } catch (cause) {
    throw cause instanceof BailiwickError ? cause : notText(`${name} could not be unpacked.`, cause);
  } finally {
    zip.close();
  }
}

/** A zip with more parts than this is an archive, not a download of one table. */
const MAX_ENTRIES = 1000;
const TABLE_NAME = /\.(csv|txt|tsv|tab)$/i;
const NOT_THE_TABLE = /(^|\/)(\.|__MACOSX)|read_?me|dictionary|methodology|fileheader/i;

async function tableEntry(path: string, name: string): Promise<{ zip: ZipFile; entry: Entry }> {
  const zip = await new Promise<ZipFile>((done, failed) =>
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) => (error ? failed(error) : done(file))),
  ).catch((cause: unknown) => {
    throw notText(`${name} could not be unpacked.`, cause);
  });
  try {
    const entries = await entriesOf(zip);
    const tables = entries.filter(({ fileName }) => TABLE_NAME.test(fileName) && !NOT_THE_TABLE.test(fileName));
    const [entry] = tables;
    if (entry && tables.length === 1) return { zip, entry };
    const found = entries
      .slice(0, 5)
      .map(({ fileName }) => fileName)
      .join(', ');
    throw notText(`${name} holds ${tables.length} tables${entries.length > 0 ? ` (${found})` : ''}, not one.`);
  } catch (cause) {
    zip.close();
    throw cause instanceof BailiwickError ? cause : notText(`${name} could not be unpacked.`, cause);
  }
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((done, failed) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length < MAX_ENTRIES) zip.readEntry();
      else done(entries);
    });
    zip.on('end', () => done(entries));
    zip.on('error', failed);
    zip.readEntry();
  });
}
