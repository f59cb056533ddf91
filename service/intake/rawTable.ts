import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { literal } from './cleanSql.ts';
import { MAX_LINE_BYTES } from './lineScan.ts';
import type { Source } from './source.ts';

/** A table to be made of a source's rows. */
export interface Reading {
  /** Name of the temporary table. */
  readonly table: string;
  /** A SELECT over raw(row, c0, c1, …), where row counts the readable rows from 1 and every cell is text. */
  readonly select: string;
  /**
   * False leaves raw without its row and the table in any order: counting rows takes one thread, all else runs in all of them.
   */
  readonly isNumbered?: boolean | undefined;
}

/**
 * Reads the source once, row by row, into a temporary table, and the rows that broke the file's own form into the temporary
 * table broken(line, place, reason, found), where place counts them from 1. Memory does not grow with the file.
 * @throws BailiwickError file_not_recognized where the file cannot be read at all
 */
export async function readInto(
  db: DuckDb,
  source: Source,
  { table, select, isNumbered = true }: Reading,
): Promise<void> {
  try {
    const row = isNumbered ? 'row_number() OVER () AS row, ' : '';
    await db.run(
      `CREATE OR REPLACE TEMP TABLE ${table} AS WITH raw AS NOT MATERIALIZED (SELECT ${row}* FROM ${relation(source)}) ${select}`,
    );
  } catch (cause) {
    if (/interrupt/i.test(String(cause))) throw cause;
    throw new BailiwickError(
      'file_not_recognized',
      `${source.name} could not be read: ${String(cause).split('\n')[0]}`,
      {
        action: 'Check that it is complete and saved as UTF-8 text.',
        cause,
      },
    );
  }
  if (source.kind === 'text') await keepBroken(db);
  else await db.run(`CREATE OR REPLACE TEMP TABLE broken(line BIGINT, place BIGINT, reason VARCHAR, found VARCHAR)`);
}

/** The first rows as texts, for people to look at. */
export async function firstRows(db: DuckDb, source: Source, count: number): Promise<(string | null)[][]> {
  const columns = source.header.map((_, i) => `c${i}`);
  const rows = await db.all(`SELECT ${columns.join(', ')} FROM ${relation(source, { watched: false })} LIMIT ${count}`);
  return rows.map((row) => columns.map((column) => (row[column] as string | null) ?? null));
}

/** The line of a readable row: the header, what stands above it and every broken row before it count. */
export function lineSql({ skip }: Pick<Source, 'skip'>): string {
  return `s.row + ${1 + skip} + coalesce(b.place, 0)`;
}

/** Joins b, the broken rows before each row of s. */
export function brokenBefore({ skip }: Pick<Source, 'skip'>): string {
  return `ASOF LEFT JOIN (SELECT place, line - place - ${1 + skip} AS rows_before FROM broken) b ON s.row > b.rows_before`;
}

function relation({ kind, path, header, ...form }: Source, { watched = true } = {}): string {
  if (kind === 'parquet') {
    // Whole numbers that were kept as fractions lose their ".0": a ZIP is no fraction.
    const columns = header.map((name, i) => {
      const column = `"${name.replaceAll('"', '""')}"::VARCHAR`;
      return `regexp_replace(${column}, '^(-?\\d+)\\.0$', '\\1') AS c${i}`;
    });
    return `(SELECT ${columns.join(', ')} FROM read_parquet(${literal(path)}))`;
  }
  const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const quote = form.quoted ? `quote = '"', escape = '"'` : `quote = '', escape = ''`;
  const rejects = watched ? `store_rejects = true, rejects_table = 'rejects', rejects_scan = 'rejects_scan',` : '';
  return `read_csv(${literal(path)}, auto_detect = false, columns = {${columns}}, delim = ${literal(form.delimiter)}, ${quote},
    skip = ${form.skip}, compression = '${form.isGzip ? 'gzip' : 'none'}', header = true, ignore_errors = true, strict_mode = true,
    ${rejects} max_line_size = ${MAX_LINE_BYTES})`;
}

async function keepBroken(db: DuckDb): Promise<void> {
  const cases = Object.entries(FORM_ERRORS).map(([error, reason]) => `WHEN ${literal(error)} THEN ${literal(reason)}`);
  await db.run(
    `CREATE OR REPLACE TEMP TABLE broken AS SELECT line, row_number() OVER (ORDER BY line) AS place,
       CASE first(error_type::VARCHAR) ${cases.join(' ')} ELSE 'the row could not be read' END AS reason,
       left(trim(first(csv_line), E' \\r\\n'), 60) AS found
     FROM rejects GROUP BY line; DROP TABLE rejects; DROP TABLE rejects_scan`,
  );
}

const FORM_ERRORS: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'the row has fewer columns than the header',
  'TOO MANY COLUMNS': 'the row has more columns than the header',
  'UNQUOTED VALUE': 'a quote is not closed: rows after it could not be told apart',
  'INVALID ENCODING': 'the row is not UTF-8 text',
};
