import type { DuckDb } from '../store/duckDb.ts';
import { CLAIMS_FIELDS } from './fields.ts';
import { guardedFigures, type GuardRule } from './guard.ts';
import type { Recognized } from './layouts.ts';
import { warningsOf, type Watched } from './importWarnings.ts';

/** Lines named in a report for each reason; all of them are in the report's CSV. */
const LINES_SHOWN = 20;

export interface ImportReport {
  readonly id: string;
  readonly file: string;
  readonly layout: string;
  readonly layoutName: string;
  /** Of the guarded cells; the file's own bytes are known by nothing that is kept. */
  readonly contentHash: string;
  readonly importedAt: string;
  readonly period: string;
  /** Data rows of the file = kept + set aside. */
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsSetAside: number;
  readonly setAside: readonly Reason[];
  readonly repaired: readonly Reason[];
  /** Counted cells: provider and facility × code × site of care. */
  readonly cells: number;
  readonly guarded: { readonly cells: number; readonly below: number; readonly imputed: number };
  /** What was read from which column. */
  readonly columns: readonly { readonly field: string; readonly column: string }[];
  readonly unusedColumns: readonly string[];
  /** What was done to the file as a whole: encoding, packing, lines above the header, saved columns. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** True where the very same file was imported before: nothing was done. */
  readonly alreadyThere: boolean;
}

export interface Reason {
  readonly reason: string;
  readonly rows: number;
  readonly lines: readonly number[];
}

export interface Made extends Watched {
  readonly id: string;
  readonly rows: RowCounts;
  readonly name: string;
  readonly now: Date;
  readonly header: readonly string[];
  readonly recognized: Recognized;
  readonly notes: readonly string[];
  readonly rule: GuardRule;
  /** As somebody said it; else the months of the file, else a year in its name. */
  readonly period?: string | undefined;
}

/** Rows of the staged file, and its first and last month. */
export interface RowCounts {
  readonly read: number;
  readonly kept: number;
  readonly first: string | null;
  readonly last: string | null;
}

export async function rowCounts(tx: DuckDb, { wide }: Recognized): Promise<RowCounts> {
  // a row of many counts stands in the table once for each of them
  const row = wide.length > 0 ? 'DISTINCT row' : '*';
  const [rows] = await tx.all<RowCounts>(
    `SELECT (count(${row}) + (SELECT count(*) FROM broken))::DOUBLE AS read, count(${row}) FILTER (WHERE reason IS NULL)::DOUBLE AS kept,
       min(month) AS first, max(month) AS last FROM staged`,
  );
  return rows ?? { read: 0, kept: 0, first: null, last: null };
}

export async function reportOf(tx: DuckDb, made: Made): Promise<ImportReport> {
  const { id, name, recognized } = made;
  const figures = await guardedFigures(tx, id);
  const { layout, unused } = recognized;
  const { read: rowsRead, kept: rowsKept, first, last } = made.rows;
  const period = made.period ?? periodOf(first, last, name);
  return {
    id,
    file: name,
    layout: layout.id,
    layoutName: layout.name,
    contentHash: figures.contentHash,
    importedAt: made.now.toISOString(),
    period,
    rowsRead,
    rowsKept,
    rowsSetAside: rowsRead - rowsKept,
    setAside: await reasons(tx, id, 'setAside'),
    repaired: await reasons(tx, id, 'repaired'),
    cells: figures.cells,
    guarded: { cells: figures.guarded, ...made.rule },
    columns: usedColumns(made),
    unusedColumns: unused,
    notes: made.notes,
    warnings: await warningsOf(tx, { id, period, now: made.now, unplaced: made.unplaced }),
    alreadyThere: false,
  };
}

function usedColumns({ header, recognized }: Made): ImportReport['columns'] {
  const label = new Map<string, string>(CLAIMS_FIELDS.map((spec) => [spec.field, spec.label]));
  const single = Object.entries(recognized.at).map(([field, at]) => ({
    field: label.get(field) ?? field.replace(/([A-Z])/g, ' $1').toLowerCase(),
    column: header[at] ?? '',
  }));
  return [...single, ...recognized.wide.map(({ at, name }) => ({ field: name, column: header[at] ?? '' }))];
}

/** Months of the file, else a year in its name; CMS writes the year of its data as D20. */
export function periodOf(first: string | null, last: string | null, name: string): string {
  if (first && last) return first === last ? first : `${first} to ${last}`;
  const cms = /(?:^|_)D(\d{2})(?:_|\.)/.exec(name)?.[1];
  if (cms !== undefined) return `20${cms}`;
  return /(?:19|20)\d{2}(?!\d)/.exec(name)?.[0] ?? 'period not stated';
}

function reasons(tx: DuckDb, id: string, kind: 'setAside' | 'repaired'): Promise<Reason[]> {
  return tx.all(
    `SELECT reason, rows::DOUBLE AS rows, list_transform(first_lines, x -> x::DOUBLE) AS lines FROM (
       SELECT reason, count(*) AS rows, min(line) AS first, min(line, ${LINES_SHOWN}) AS first_lines
       FROM lines WHERE snapshot_id = ? AND kind = ? GROUP BY reason) ORDER BY first, reason`,
    [id, kind],
  );
}
