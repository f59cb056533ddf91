import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BailiwickError } from '../core/errors.ts';
import { headOf, type FileHead } from './head.ts';
import { LineScan, notText } from './lineScan.ts';
import { parquetColumns } from './parquet.ts';
import { containerOf, gunzipped, unzipTable, type Container } from './unpack.ts';

/** A file that was looked at from end to end and can be read as a table of texts. */
export interface Source extends FileHead {
  /** As the user knows it. */
  readonly name: string;
  /** Of the bytes as they were given; empty where it was not wanted. */
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: 'text' | 'parquet';
  /** What the database reads: the file itself, or a clean copy of it. */
  readonly path: string;
  readonly isGzip: boolean;
  /** What was done to the whole file so that it could be read. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

export interface Watching {
  /** False where nobody asks for the hash of the bytes: reading the file once less. */
  readonly isHashed?: boolean | undefined;
  /** Share of the file that was looked at, 0 to 1. */
  readonly onShare?: ((share: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks a file over in one pass, in bounded memory: what packs it, how it is encoded, whether it is a table at all. Zips,
 * UTF-16, Windows-1252 and old Mac line ends become a clean copy, which close() removes.
 * @throws BailiwickError file_not_recognized with what was found and what to give instead
 */
export async function openSource(path: string, name: string, watching: Watching = {}): Promise<Source> {
  const container = await containerOf(path, name);
  const { size } = await stat(path);
  const sha256 = watching.isHashed === false ? '' : await hashOf(path, size, watching);
  if (container === 'parquet') {
    const header = await parquetColumns(path, name);
    const head = { header, delimiter: '', quoted: false, skip: 0 };
    const source = { name, sha256, bytes: size, kind: 'parquet' as const, path, isGzip: false, notes: [], ...head };
    return { ...source, close: async () => undefined };
  }
  const folder = await mkdtemp(join(tmpdir(), 'bailiwick-read-'));
  try {
    const read = await readable(path, name, { container, size, folder, watching });
    const head = headOf(read.start, name);
    const notes = [...read.notes, ...(head.skip > 0 ? [`${head.skip} lines before the header skipped`] : [])];
    const close = () => rm(folder, { recursive: true, force: true });
    return { name, sha256, bytes: size, kind: 'text', path: read.path, isGzip: read.isGzip, notes, ...head, close };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Given {
  readonly container: Container;
  readonly size: number;
  readonly folder: string;
  readonly watching: Watching;
}

interface Read {
  readonly path: string;
  readonly isGzip: boolean;
  /** The first bytes as text. */
  readonly start: string;
  readonly notes: readonly string[];
}

async function readable(given: string, name: string, { container, size, folder, watching }: Given): Promise<Read> {
  let path = given;
  if (container === 'zip') {
    path = join(folder, 'unzipped');
    await unzipTable(given, name, path);
  }
  const isGzip = container === 'gzip';
  const streams = (): Readable[] => (isGzip ? gunzipped(path, size, name) : [createReadStream(path)]);
  const { signal } = watching;
  const onShare = watching.isHashed === false ? watching.onShare : undefined;
  const { scan, start } = await scanned(streams(), name, {
    signal,
    onBytes: (bytes) => onShare?.(Math.min(1, bytes / size)),
  });
  const clean = { path, isGzip, start: start.toString('utf8'), notes: container === 'zip' ? ['unzipped'] : [] };
  if (scan.encoding === 'utf-8' && !scan.endsWithCr) return clean;
  const decoder = new TextDecoder(scan.encoding);
  const copy = join(folder, 'copy');
  const text = (chunk?: Buffer) => {
    const part = decoder.decode(chunk, { stream: chunk !== undefined });
    return scan.endsWithCr ? part.replaceAll('\r', '\n') : part;
  };
  const decoded = new Transform({
    transform: (chunk: Buffer, _, done) => done(null, text(chunk)),
    flush: (done) => done(null, text()),
  });
  await pipeline([...streams(), decoded, createWriteStream(copy)], signal ? { signal } : {});
  const again = await scanned([createReadStream(copy)], name, { signal });
  const notes = [
    ...clean.notes,
    ...(scan.encoding === 'utf-8' ? [] : [`read as ${ENCODING_NAMES[scan.encoding]} text`]),
    ...(scan.endsWithCr ? ['line ends of old Macs put right'] : []),
  ];
  return { path: copy, isGzip: false, start: again.start.toString('utf8'), notes };
}

const ENCODING_NAMES = { 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16', 'windows-1252': 'Windows-1252' } as const;

/** The header and some rows lie within it. */
const START_BYTES = 256 * 1024;

interface Scanning {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (bytes: number) => void;
}

async function scanned(streams: Readable[], name: string, { signal, onBytes }: Scanning) {
  const scan = new LineScan(name);
  const first: Buffer[] = [];
  let kept = 0;
  const look = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      scan.feed(chunk);
      onBytes?.((streams[0] as Partial<ReadStream>).bytesRead ?? 0);
      if (kept >= START_BYTES) continue;
      first.push(chunk.subarray(0, START_BYTES - kept));
      kept += chunk.length;
    }
    scan.end();
  };
  try {
    await pipeline([...streams, look] as never, signal ? { signal } : {});
  } catch (cause) {
    if (cause instanceof BailiwickError || signal?.aborted) throw cause;
    throw notText(`${name} could not be unpacked: it is cut off or not what its first bytes say.`, cause);
  }
  return { scan, start: Buffer.concat(first) };
}

async function hashOf(path: string, size: number, { onShare, signal }: Watching): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, signal ? { signal } : {})) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    onShare?.(size > 0 ? bytes / size : 1);
  }
  return hash.digest('hex');
}
