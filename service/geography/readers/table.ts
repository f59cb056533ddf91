import { gunzipped } from './openShapes.ts';
import { MAX_ROWS, notRecognized, tooLarge } from './limits.ts';
import { unzip } from './unzip.ts';

/** Rows by column name: lower case letters and digits only, so that "ZIP_CODE" and "Zip Code" are one. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** The largest table at hand (ZIP × county) has 2 MB. */
const MAX_TABLE_BYTES = 60_000_000;
/** No header is longer. */
const MAX_HEADER = 10_000;

export const GIVE_TABLE =
  'Give a Census gazetteer (GEOID, INTPTLAT, INTPTLONG), or a table from ZIP to ZCTA or from ZIP to county, with a header row.';

/** Text of a table, gzipped or alone in a zip. @throws BailiwickError file_not_recognized, too_large */
export async function tableText(bytes: Buffer, name: string): Promise<string> {
  let plain = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) plain = gunzipped(bytes, name);
  else if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const members = [...(await unzip(bytes, /\.(txt|csv|tsv)$/i, name)).values()];
    if (members.length !== 1) throw notRecognized(`${name} holds ${members.length} tables.`, GIVE_TABLE);
    plain = members[0]!;
  }
  if (plain.length > MAX_TABLE_BYTES)
    throw tooLarge(
      `${name} has ${Math.round(plain.length / 1e6)} MB; tables of at most ${MAX_TABLE_BYTES / 1e6} MB are read.`,
      GIVE_TABLE,
    );
  if (plain.subarray(0, MAX_HEADER).includes(0)) throw notRecognized(`${name} is no text.`, GIVE_TABLE);
  return plain.toString('utf8').replace(/^\uFEFF/, '');
}

/** Reads a table whose cells are parted by tab, pipe or comma; blanks around cells are dropped, blank lines skipped. */
export function readTable(text: string, name: string): Table {
  const end = text.search(/[\r\n]/);
  if (end < 0 || end > MAX_HEADER) throw notRecognized(`${name} has no header row.`, GIVE_TABLE);
  const head = text.slice(0, end);
  const separator = ['\t', '|', ','].find((mark) => head.includes(mark));
  if (separator === undefined) throw notRecognized(`${name} has one column only.`, GIVE_TABLE);
  const columns = cellsOf(head, separator).map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.length > MAX_ROWS)
    throw tooLarge(`${name} has ${lines.length} rows; at most ${MAX_ROWS} are read.`, GIVE_TABLE);
  const rows = lines.flatMap((line, i) =>
    i === 0 || line.trim() === '' ? [] : [{ line: i + 1, cells: cellsOf(line, separator) }],
  );
  return { columns, rows };
}

/** Cells of one line; a quoted cell may hold the separator. */
function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let [cell, quoted] = ['', false];
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}
