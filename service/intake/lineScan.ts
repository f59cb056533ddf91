import { isUtf8 } from 'node:buffer';
import { BailiwickError } from '../core/errors.ts';

/** No row of any claims, provider or ZIP file comes near it; a file without line breaks ends here instead of in memory. */
export const MAX_LINE_BYTES = 4_000_000;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Looks at every byte of a text once, in pieces as they come: how it is encoded, how its lines end, how long the longest is.
 * @throws BailiwickError file_not_recognized for a line longer than MAX_LINE_BYTES or bytes that no text holds
 */
export class LineScan {
  encoding: Encoding = 'utf-8';
  lines = 0;
  private hasCr = false;
  private readonly name: string;
  private isFirst = true;
  private lineBytes = 0;
  private cut: Buffer = Buffer.alloc(0);

  constructor(name: string) {
    this.name = name;
  }

  /** Lines end with CR alone, as old Macs wrote them. */
  get endsWithCr(): boolean {
    return this.hasCr && this.lines === 0;
  }

  feed(chunk: Buffer): void {
    if (this.isFirst && chunk.length > 0) {
      this.isFirst = false;
      if (chunk[0] === 0xff && chunk[1] === 0xfe) this.encoding = 'utf-16le';
      else if (chunk[0] === 0xfe && chunk[1] === 0xff) this.encoding = 'utf-16be';
    }
    if (!this.encoding.startsWith('utf-16')) this.checkBytes(chunk);
    this.countLines(chunk);
  }

  end(): void {
    if (this.encoding === 'utf-8' && this.cut.length > 0) this.encoding = 'windows-1252';
  }

  private checkBytes(chunk: Buffer): void {
    if (chunk.includes(0)) {
      throw notText(`${this.name} is not a text file: it holds zero bytes.`);
    }
    if (this.encoding !== 'utf-8') return;
    const whole = this.cut.length > 0 ? Buffer.concat([this.cut, chunk]) : chunk;
    const end = whole.length - openTail(whole);
    if (isUtf8(whole.subarray(0, end))) this.cut = Buffer.from(whole.subarray(end));
    else this.encoding = 'windows-1252';
  }

  private countLines(chunk: Buffer): void {
    let start = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
      this.lineBytes = 0;
      this.lines++;
      start = at + 1;
    }
    // Old Macs end lines with CR alone: it counts as an end until the first LF is seen.
    const lastCr = this.lines === 0 ? chunk.lastIndexOf(13) : -1;
    if (lastCr >= 0) {
      this.hasCr = true;
      this.lineBytes = 0;
      start = lastCr + 1;
    }
    this.lineBytes += chunk.length - start;
    if (this.lineBytes <= MAX_LINE_BYTES) return;
    throw notText(
      `${this.name} has a line of more than ${MAX_LINE_BYTES / 1e6} million characters (after line ${this.lines}): it is no table.`,
    );
  }
}

/** Bytes at the end that begin a character whose rest is still to come: at most three. */
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

export function notText(message: string, cause?: unknown): BailiwickError {
  return new BailiwickError('file_not_recognized', message, {
    action: 'Give a table as CSV or tab-separated text, plain, gzipped or zipped, or as Parquet.',
    cause,
  });
}
