import { BailiwickError } from '../core/errors.ts';
import { DuckDb } from '../store/duckDb.ts';
import { brokenBefore, lineSql, readInto } from './rawTable.ts';
import type { Source } from './source.ts';

/** A table that fits into memory, with the line of each row. */
export interface SmallTable {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly (string | null)[] }[];
  /** Rows that broke the file's own form. */
  readonly broken: readonly { readonly line: number; readonly reason: string; readonly found: string }[];
}

/** Reads a whole table of at most so many rows. @throws BailiwickError too_large */
export async function readSmallTable(source: Source, maxRows: number): Promise<SmallTable> {
  const db = await DuckDb.open({ name: 'table' });
  try {
    await readInto(db, source, { table: 'small', select: `SELECT * FROM raw LIMIT ${maxRows + 1}` });
    const columns = source.header.map((_, i) => `c${i}`);
    const found = await db.all<{ line: number }>(
      `SELECT (${lineSql(source)})::DOUBLE AS line, ${columns.map((column) => `s.${column}`).join(', ')} FROM small s ${brokenBefore(source)} ORDER BY s.row`,
    );
    if (found.length > maxRows) {
      throw new BailiwickError('too_large', `${source.name} has more than ${maxRows} rows.`, {
        action: 'Give a file of one row a ZIP.',
      });
    }
    const rows = found.map((row) => ({
      line: row.line,
      cells: columns.map((column) => (row as unknown as Record<string, string | null>)[column] ?? null),
    }));
    const broken = await db.all<SmallTable['broken'][number]>(
      'SELECT line::DOUBLE AS line, reason, found FROM broken ORDER BY line',
    );
    return { name: source.name, header: source.header, rows, broken };
  } finally {
    await db.close();
  }
}
