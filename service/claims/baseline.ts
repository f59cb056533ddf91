import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { BailiwickError } from '../core/errors.ts';
import { literal, zipSql } from '../intake/cleanSql.ts';
import { readInto } from '../intake/rawTable.ts';
import { openSource, type Source } from '../intake/source.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** A head count per ZIP: population, employees, members, whatever a plan by heads would go by. */
export interface BaselineReport {
  readonly id: string;
  readonly name: string;
  readonly importedAt: string;
  /** Columns that were taken. */
  readonly zipColumn: string;
  readonly headsColumn: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly setAside: readonly { readonly reason: string; readonly rows: number }[];
  readonly heads: number;
  readonly alreadyThere: boolean;
}

const ZIP_COLUMN = /^(zcta5?(ce\d+)?|geoid(_?zcta5)?(_?\d+)?|zip(_?code)?5?|postal_?code)$/i;
const HEADS_COLUMN = /pop|head|count|people|persons|members|lives|employees|total/i;

export interface BaselineFile {
  readonly path: string;
  readonly name?: string;
  readonly now: Date;
  /** Column that holds the heads, where the file has several; the last one that looks like it without. */
  readonly column?: string;
}

/**
 * Imports a file with a ZIP column and a number column as a baseline, whole or not at all; the same bytes twice are one.
 * @throws BailiwickError file_not_recognized with the columns that were found
 */
export async function importBaseline(
  db: DuckDb,
  { path, name = basename(path), now, column }: BaselineFile,
): Promise<BaselineReport> {
  const source = await openSource(path, name);
  try {
    const at = columnsOf(source.header, name, column);
    return await db.transaction((tx) => imported(tx, source, { at, name, now }));
  } finally {
    await source.close();
  }
}

interface Chosen {
  readonly at: { readonly zip: number; readonly heads: number };
  readonly name: string;
  readonly now: Date;
}

async function imported(tx: DuckDb, source: Source, { at, name, now }: Chosen): Promise<BaselineReport> {
  const [zipColumn, headsColumn] = [source.header[at.zip] ?? '', source.header[at.heads] ?? ''];
  const known = await tx.all<{ report: string }>('SELECT report FROM baselines WHERE sha256 = ?', [source.sha256]);
  const before = known.map(({ report }) => JSON.parse(report) as BaselineReport);
  const same = before.find((report) => report.headsColumn === headsColumn);
  if (same) return { ...same, alreadyThere: true };
  await readInto(tx, source, {
    table: 'heads',
    select: `SELECT zip, heads, CASE WHEN zip IS NULL THEN 'no usable ZIP' WHEN heads IS NULL OR NOT isfinite(heads) THEN 'the count is not a number'
        WHEN heads < 0 THEN 'the count is negative' END AS reason
      FROM (SELECT ${zipSql(`trim(c${at.zip})`)} AS zip, try_cast(replace(trim(c${at.heads}), ',', '') AS DOUBLE) AS heads FROM raw)`,
  });
  await tx.run('INSERT INTO heads SELECT NULL, NULL, reason FROM broken');
  const report = await keep(tx, { name, now, zipColumn, headsColumn });
  if (report.rowsKept === 0)
    throw new BailiwickError('file_not_recognized', `${name} has no row with a ZIP and a count.`, {
      action: `Check the columns ${zipColumn} and ${headsColumn}.`,
    });
  await tx.run('INSERT INTO baselines SELECT ?, ?, ?, ?, (SELECT count(*) FROM baselines), ?', [
    report.id,
    name,
    source.sha256,
    report.importedAt,
    JSON.stringify(report),
  ]);
  await tx.run('DROP TABLE heads; DROP TABLE broken');
  return report;
}

async function keep(
  tx: DuckDb,
  told: { name: string; now: Date; zipColumn: string; headsColumn: string },
): Promise<BaselineReport> {
  const id = randomUUID();
  await tx.run(
    `INSERT INTO baseline_heads SELECT ${literal(id)}, zip, sum(heads) FROM heads WHERE reason IS NULL GROUP BY zip`,
  );
  const [sums] = await tx.all<{ read: number; kept: number; heads: number }>(
    `SELECT count(*)::DOUBLE AS read, count(*) FILTER (WHERE reason IS NULL)::DOUBLE AS kept, coalesce(sum(heads) FILTER (WHERE reason IS NULL), 0) AS heads FROM heads`,
  );
  const { now, ...names } = told;
  return {
    id,
    ...names,
    importedAt: now.toISOString(),
    rowsRead: sums?.read ?? 0,
    rowsKept: sums?.kept ?? 0,
    setAside: await tx.all(
      'SELECT reason, count(*)::DOUBLE AS rows FROM heads WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason',
    ),
    heads: sums?.heads ?? 0,
    alreadyThere: false,
  };
}

/** Positions of the ZIP column and of the column with heads; of "pop2010" and "pop2016" the later year. */
function columnsOf(header: readonly string[], name: string, wanted?: string): { zip: number; heads: number } {
  const zip = header.findIndex((column) => ZIP_COLUMN.test(column.trim()));
  const likely = header.flatMap((column, i) => (i !== zip && HEADS_COLUMN.test(column) ? [{ column, i }] : []));
  const newest = likely.sort((a, b) => (a.column < b.column ? -1 : 1)).at(-1)?.i;
  const only = header.length === 2 && zip >= 0 ? 1 - zip : undefined;
  const heads =
    wanted === undefined
      ? (newest ?? only ?? -1)
      : header.findIndex((column) => column.trim().toLowerCase() === wanted.toLowerCase());
  if (zip >= 0 && heads >= 0) return { zip, heads };
  throw new BailiwickError(
    'file_not_recognized',
    `${name} has the columns ${header.slice(0, 12).join(', ')}; ${zip < 0 ? 'none of them is called a ZIP' : 'none of them is known to hold heads'}.`,
    {
      action: 'Give a file with a column "zip" and a column "population" or "heads", or name the column.',
      details: { columns: header.slice(0, 60) },
    },
  );
}

/** Heads of every unit of a baseline, and those whose ZIP lies in none. @throws BailiwickError not_found, not_ready without any */
export async function headsByUnit(
  db: DuckDb,
  units: number,
  id?: string,
): Promise<{ report: BaselineReport; heads: number[]; unplaced: number }> {
  const [row] = id
    ? await db.all<{ report: string }>('SELECT report FROM baselines WHERE id = ?', [id])
    : await db.all<{ report: string }>('SELECT report FROM baselines ORDER BY number DESC LIMIT 1');
  if (!row)
    throw new BailiwickError(
      id ? 'not_found' : 'not_ready',
      id ? 'There is no such baseline.' : 'No head counts are loaded yet.',
      {
        action: 'Import a file of population by ZIP: bailiwick import population FILE --data DIR.',
      },
    );
  const report = JSON.parse(row.report) as BaselineReport;
  const rows = await db.all<{ unit: number | null; heads: number }>(
    `SELECT unit, sum(heads) AS heads FROM baseline_heads h LEFT JOIN units u ON u.zip = h.zip WHERE baseline_id = ? GROUP BY unit`,
    [report.id],
  );
  const heads = new Array<number>(units).fill(0);
  for (const { unit, heads: here } of rows) if (unit !== null) heads[unit] = here;
  return { report, heads, unplaced: rows.find(({ unit }) => unit === null)?.heads ?? 0 };
}
