import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { BailiwickError } from '../core/errors.ts';

/** A header longer than this is no header. */
const MAX_HEAD = 64 * 1024;

export interface FileHead {
  readonly header: readonly string[];
  readonly delimiter: string;
  /** The old CMS files are tab-separated and never quote. */
  readonly quoted: boolean;
}

/** Reads the first line and tells how its columns are parted. @throws BailiwickError file_not_recognized for binary or empty files */
export async function readHead(path: string, name: string): Promise<FileHead> {
  const line = (await firstLine(path, name)).replace(/^\uFEFF/, '');
  if (line.trim() === '') throw unknown(`${name} is empty.`);
  if (line.includes('\0') || line.includes('\uFFFD')) throw unknown(`${name} is not a text file.`);
  const counts = ['\t', '|', ';', ','].map((mark) => ({ mark, count: line.split(mark).length }));
  const { mark: delimiter } = counts.reduce((best, next) => (next.count > best.count ? next : best));
  const quoted = delimiter !== '\t' && delimiter !== '|';
  return { header: cellsOf(line, delimiter, quoted), delimiter, quoted };
}

export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function firstLine(path: string, name: string): Promise<string> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) {
    throw new BailiwickError('file_not_recognized', `There is no file ${name}.`, { action: 'Check the path.' });
  }
  const file = createReadStream(path, { end: 4 * MAX_HEAD });
  const source = /\.gz$/i.test(path) ? file.pipe(createGunzip()) : file;
  let text = '';
  try {
    for await (const chunk of source) {
      text += (chunk as Buffer).toString('utf8');
      if (text.includes('\n') || text.length > MAX_HEAD) break;
    }
  } catch (cause) {
    // A cut-off gzip stream still gives its head; anything else names no claims.
    if (text === '') throw unknown(`${name} could not be unpacked.`, cause);
  } finally {
    file.destroy();
  }
  return text.slice(0, MAX_HEAD).split(/\r?\n/, 1)[0] ?? '';
}

function cellsOf(line: string, delimiter: string, quoted: boolean): string[] {
  const cells = quoted
    ? (line.match(new RegExp(`("([^"]|"")*"|[^${delimiter}]*)(${delimiter}|$)`, 'g')) ?? [])
    : line.split(delimiter);
  const clean = cells.map((cell) =>
    cell
      .replace(new RegExp(`\\${delimiter}$`), '')
      .trim()
      .replace(/^"|"$/g, ''),
  );
  // The pattern also matches the empty end of the line.
  return quoted && clean.at(-1) === '' && !line.endsWith(delimiter) ? clean.slice(0, -1) : clean;
}

function unknown(message: string, cause?: unknown): BailiwickError {
  return new BailiwickError('file_not_recognized', message, {
    action: 'Give a claims file as CSV, tab-separated text or either of them gzipped.',
    cause,
  });
}
