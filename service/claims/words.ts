import { literal } from '../intake/cleanSql.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** Gives every text of these queries (one column each) a number, once for all imports. */
export async function keepWords(db: DuckDb, queries: readonly string[]): Promise<void> {
  const all = queries.map((query) => `SELECT word::VARCHAR AS word FROM (${query}) q(word)`).join(' UNION ALL ');
  await db.run(`INSERT INTO words SELECT (SELECT coalesce(max(no), -1) FROM words) + row_number() OVER (ORDER BY word), word
    FROM (SELECT DISTINCT word FROM (${all}) WHERE word IS NOT NULL) ANTI JOIN words USING (word)`);
}

/** The number of one text as SQL: null where nobody ever wrote it. */
export const wordNo = (text: string) => `(SELECT no FROM words WHERE word = ${literal(text)})`;

/** The text of a column of numbers as SQL. */
export const wordOf = (column: string) => `(SELECT word FROM words WHERE words.no = ${column})`;

/** A ZIP as it is written. */
export const zipText = (column: string) => `lpad(${column}::VARCHAR, 5, '0')`;
