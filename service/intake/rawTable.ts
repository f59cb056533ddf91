import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { literal } from './cleanSql.ts';
import type { FileHead } from './head.ts';

/**
 * Loads the file as text into the temporary table raw(row, c0, c1, …), and the rows that broke the file's own form into
 * broken(line, place, reason, found), where place counts them from 1.
 */
export async function loadRaw(db: DuckDb, path: string, { header, delimiter, quoted }: FileHead): Promise<void> {
  const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const quote = quoted ? `quote = '"', escape = '"'` : `quote = '', escape = ''`;
  try {
    await db.run(
      `CREATE OR REPLACE TEMP TABLE raw AS SELECT row_number() OVER () AS row, * FROM read_csv(${literal(path)}, auto_detect = false,
         columns = {${columns}}, delim = ${literal(delimiter)}, ${quote}, header = true, ignore_errors = true, strict_mode = true,
         store_rejects = true, rejects_table = 'rejects', rejects_scan = 'rejects_scan', max_line_size = 4000000)`,
    );
  } catch (cause) {
    throw new BailiwickError('file_not_recognized', `The file could not be read: ${String(cause).split('\n')[0]}`, {
      action: 'Check that it is complete and saved as UTF-8 text.',
      cause,
    });
  }
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
