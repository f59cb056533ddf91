import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { BailiwickError } from '../core/errors.ts';
import { readHead, sha256 } from '../intake/head.ts';
import { loadRaw } from '../intake/rawTable.ts';
import { recognize, type Recognized } from './layouts.ts';
import { addCells, CMS_RULE, guardedFigures, type GuardRule } from './guard.ts';
import { keepLines, stage } from './stage.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** Lines named in a report for each reason; all of them are in the report's CSV. */
const LINES_SHOWN = 20;

export interface ImportReport {
  readonly id: string;
  readonly file: string;
  readonly layout: string;
  readonly layoutName: string;
  readonly sha256: string;
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
  readonly unusedColumns: readonly string[];
  readonly warnings: readonly string[];
  /** True where the very same file was imported before: nothing was done. */
  readonly alreadyThere: boolean;
}

export interface Reason {
  readonly reason: string;
  readonly rows: number;
  readonly lines: readonly number[];
}

export interface ImportOptions {
  readonly path: string;
  readonly name?: string;
  readonly now: Date;
  /** How small counts of this source are guarded; as CMS asks without it. */
  readonly rule?: GuardRule;
}

/**
 * Imports one claims file as a snapshot, whole or not at all. The same bytes twice are one snapshot.
 * @throws BailiwickError file_not_recognized with what was found and what to do
 */
export async function importFile(
  db: DuckDb,
  { path, name = basename(path), now, rule = CMS_RULE }: ImportOptions,
): Promise<ImportReport> {
  const head = await readHead(path, name);
  const recognized = recognize(head.header, name);
  const hash = await sha256(path);
  return db.transaction(async (tx) => {
    const [known] = await tx.all<{ report: string }>('SELECT report FROM snapshots WHERE sha256 = ?', [hash]);
    if (known) return { ...(JSON.parse(known.report) as ImportReport), alreadyThere: true };
    const id = randomUUID();
    await loadRaw(tx, path, head);
    await stage(tx, recognized);
    await addCells(tx, { snapshotId: id, name, rule });
    await keepLines(tx, id);
    const report = await reportOf(tx, { id, name, hash, now, recognized, rule });
    if (report.rowsKept === 0) throw nothingKept(report);
    const values = [id, name, report.layout, hash, report.period, report.importedAt, JSON.stringify(report)];
    await tx.run('INSERT INTO snapshots SELECT ?, ?, ?, ?, ?, ?, (SELECT count(*) FROM snapshots), ?', values);
    await tx.run('DROP TABLE raw; DROP TABLE broken; DROP TABLE staged; DROP TABLE summed');
    return report;
  });
}

/** Markets follow the newest import: one without a single row would empty them. */
function nothingKept({ file, rowsRead, setAside }: ImportReport): BailiwickError {
  const reasons = setAside.map(({ reason, rows, lines }) => `${reason} (${rows} rows, such as line ${lines[0]})`);
  const why =
    rowsRead === 0 ? 'it has a header and no rows' : `of ${rowsRead} rows none is usable: ${reasons.join('; ')}`;
  return new BailiwickError('file_not_recognized', `Nothing can be taken from ${file}: ${why}.`, {
    action: 'Ask whoever made the file for a complete one; the former import stays in use.',
  });
}

interface Made {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly now: Date;
  readonly recognized: Recognized;
  readonly rule: GuardRule;
}

async function reportOf(tx: DuckDb, { id, name, hash, now, recognized, rule }: Made): Promise<ImportReport> {
  const [rows] = await tx.all<{ read: number; kept: number; first: string | null; last: string | null }>(
    `SELECT (count(*) + (SELECT count(*) FROM broken))::DOUBLE AS read, count(*) FILTER (WHERE reason IS NULL)::DOUBLE AS kept, min(month) AS first, max(month) AS last FROM staged`,
  );
  const figures = await guardedFigures(tx, id);
  const { layout, unused } = recognized;
  const rowsRead = rows?.read ?? 0;
  const rowsKept = rows?.kept ?? 0;
  const lab = Math.round(figures.laboratoryShare * 100);
  return {
    id,
    file: name,
    layout: layout.id,
    layoutName: layout.name,
    sha256: hash,
    importedAt: now.toISOString(),
    period: periodOf(rows?.first ?? null, rows?.last ?? null, name),
    rowsRead,
    rowsKept,
    rowsSetAside: rowsRead - rowsKept,
    setAside: await reasons(tx, id, 'setAside'),
    repaired: await reasons(tx, id, 'repaired'),
    cells: figures.cells,
    guarded: { cells: figures.guarded, ...rule },
    unusedColumns: unused,
    warnings:
      lab > 50
        ? [`Laboratories hold ${lab} % of the services: count by who orders, or all demand falls into a few ZIPs.`]
        : [],
    alreadyThere: false,
  };
}

/** Months of the file, else a year in its name. */
function periodOf(first: string | null, last: string | null, name: string): string {
  if (first && last) return first === last ? first : `${first} to ${last}`;
  return /(?:19|20)\d{2}/.exec(name)?.[0] ?? 'period not stated';
}

function reasons(tx: DuckDb, id: string, kind: 'setAside' | 'repaired'): Promise<Reason[]> {
  return tx.all(
    `SELECT reason, rows::DOUBLE AS rows, list_transform(first_lines, x -> x::DOUBLE) AS lines FROM (
       SELECT reason, count(*) AS rows, min(line) AS first, min(line, ${LINES_SHOWN}) AS first_lines
       FROM lines WHERE snapshot_id = ? AND kind = ? GROUP BY reason) ORDER BY first`,
    [id, kind],
  );
}
