import { notText } from './lineScan.ts';

/** A header longer than this is no header. */
const MAX_HEAD = 64 * 1024;
/** Titles and blank lines that a report writes above its table. */
const MAX_LINES_ABOVE = 20;

export interface FileHead {
  readonly header: readonly string[];
  readonly delimiter: string;
  /** The old CMS files are tab-separated and never quote. */
  readonly quoted: boolean;
  /** Lines above the header. */
  readonly skip: number;
}

/** Finds the header in the first bytes of a text and how its columns are parted. @throws BailiwickError file_not_recognized */
export function headOf(start: string, name: string): FileHead {
  const text = start.replace(/^\uFEFF/, '');
  if (text.trim() === '') throw notText(`${name} is empty.`);
  const lines = text.split(/\r?\n/, MAX_LINES_ABOVE + 2).map((line) => line.slice(0, MAX_HEAD));
  const skip = linesAbove(lines);
  const line = lines[skip] ?? '';
  const { mark: delimiter } = parted(line);
  const quoted = delimiter !== '\t' && delimiter !== '|';
  return { header: cellsOf(line, delimiter, quoted), delimiter, quoted, skip };
}

/** A title has one or two cells, and the table below it has at least three and rows of the same width. */
function linesAbove(lines: readonly string[]): number {
  const counts = lines.map((line) => parted(line).count);
  if ((counts[0] ?? 0) >= 3) return 0;
  const found = counts.findIndex((count, i) => count >= 3 && i + 1 < counts.length && counts[i + 1] === count);
  const isBlank = (line: string) => line.trim() === '';
  return found > 0 ? found : Math.max(0, lines.findIndex((line) => !isBlank(line))); // prettier-ignore
}

function parted(line: string): { mark: string; count: number } {
  const bare = line.replace(/"([^"]|"")*"/g, '""');
  const counts = ['\t', '|', ';', ','].map((mark) => ({ mark, count: bare.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best));
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
