import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { BailiwickError } from '../core/errors.ts';
import { openSource, type Source } from '../intake/source.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { forgetCells } from './orphans.ts';
import { addCells, CMS_RULE, type GuardRule } from './guard.ts';
import { periodOf, reportOf, rowCounts, type ImportReport } from './importReport.ts';
import type { Watched } from './importWarnings.ts';
import type { Recognized } from './layouts.ts';
import { chooseColumns, saveMapping, type ColumnChoice } from './mappings.ts';
import { keepLines, needsPlaces, stage } from './stage.ts';

/** Where an import is: what it does, and the share of that which is done. */
export interface ImportProgress {
  readonly phase: 'checking the file' | 'reading rows' | 'adding up' | 'writing the report';
  readonly share: number;
}

export interface KnownPlace {
  readonly ccn: string;
  readonly zip: string;
  readonly name: string;
}

export interface ImportOptions extends ColumnChoice, Watched {
  readonly path: string;
  readonly name?: string | undefined;
  readonly now: Date;
  /** The period that the file is about, where neither its rows nor its name tell. */
  readonly period?: string | undefined;
  /** How small counts of this source are guarded; as CMS asks without it. */
  readonly rule?: GuardRule | undefined;
  /** Cells that one transaction writes; as many as the memory holds without it. */
  readonly cellsAtOnce?: number | undefined;
  /** ZIP and name of hospitals by CCN, for files without addresses. */
  readonly placesOf?: ((ccns: readonly string[]) => Promise<readonly KnownPlace[]>) | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Imports one claims file as a snapshot, whole or not at all. Files of the same guarded cells are one snapshot.
 * @throws BailiwickError file_not_recognized with what was found and what to do, mapping_needed with a guess of the columns
 */
export async function importFile(db: DuckDb, options: ImportOptions): Promise<ImportReport> {
  const { path, name = basename(path), onProgress, signal } = options;
  const onShare = (share: number) => onProgress?.({ phase: 'checking the file', share });
  const source = await openSource(path, name, { isHashed: false, onShare, signal });
  const id = randomUUID();
  try {
    const { recognized, note } = await chooseColumns(db, source, options);
    return await db.transaction((tx) => imported(tx, { id, source, recognized, note, options }));
  } catch (error) {
    await forgetCells(db, id);
    if (error instanceof KnownAlready) return { ...error.report, alreadyThere: true };
    throw error;
  } finally {
    await source.close();
  }
}

interface Task {
  readonly id: string;
  readonly source: Source;
  readonly recognized: Recognized;
  readonly note: string | null;
  readonly options: ImportOptions;
}

async function imported(tx: DuckDb, { id, source, recognized, note, options }: Task): Promise<ImportReport> {
  const { now, onProgress, signal, rule = CMS_RULE } = options;
  const step = (phase: ImportProgress['phase'], work: () => Promise<void>) =>
    watched(tx, work, { signal, onShare: (share) => onProgress?.({ phase, share }) });
  await step('reading rows', async () => {
    await knownPlaces(tx, { source, recognized, options });
    await stage(tx, source, recognized);
  });
  await step('adding up', async () => {
    const period = options.period ?? periodOf(null, null, source.name);
    await addCells(tx, {
      snapshotId: id,
      layout: recognized.layout.id,
      period,
      rule,
      cellsAtOnce: options.cellsAtOnce,
    });
    await keepLines(tx, id, { source, recognized });
  });
  onProgress?.({ phase: 'writing the report', share: 0 });
  const notes = [...source.notes, ...(note === null ? [] : [note])];
  const { name, header } = source;
  const rows = await rowCounts(tx, recognized);
  await tx.run(
    'DROP VIEW staged; DROP TABLE staged_rows; DROP TABLE summed; DROP TABLE places; DROP TABLE means; DROP TABLE overall',
  );
  const made = {
    id,
    rows,
    name,
    now,
    header,
    recognized,
    notes,
    period: options.period,
    unplaced: options.unplaced,
    rule,
  };
  const report = await reportOf(tx, made);
  if (report.rowsKept === 0) throw nothingKept(report);
  const [known] = await tx.all<{ report: string }>(
    'SELECT report FROM snapshots WHERE sha256 = ? AND layout = ? AND period = ?',
    [report.contentHash, report.layout, report.period],
  );
  if (known) throw new KnownAlready(JSON.parse(known.report) as ImportReport);
  const values = [
    id,
    name,
    report.layout,
    report.contentHash,
    report.period,
    report.importedAt,
    JSON.stringify(report),
  ];
  await tx.run(
    'INSERT INTO snapshots SELECT ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(number), -1) + 1 FROM snapshots), ?',
    values,
  );
  await tx.run('DROP TABLE broken; DROP TABLE IF EXISTS faulty');
  if (options.saveAs !== undefined) await saveMapping(tx, { name: options.saveAs, header, recognized, now });
  return report;
}

/** Ends the transaction of a file whose guarded cells are there already, so that nothing of it stays. */
class KnownAlready extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super('The same cells were imported before.');
    this.report = report;
  }
}

/** The temporary table places(ccn, zip, name): what the registry knows of hospitals that the file only numbers. */
async function knownPlaces(tx: DuckDb, { source, recognized, options }: Omit<Task, 'note' | 'id'>): Promise<void> {
  await tx.run('CREATE OR REPLACE TEMP TABLE places(ccn VARCHAR, zip VARCHAR, name VARCHAR)');
  if (!options.placesOf || !needsPlaces(recognized)) return;
  await stage(tx, source, recognized);
  const rows = await tx.all<{ ccn: string }>(
    'SELECT DISTINCT facility_ccn AS ccn FROM staged WHERE facility_ccn IS NOT NULL ORDER BY 1',
  );
  const known = await options.placesOf(rows.map(({ ccn }) => ccn));
  await tx.run(
    `INSERT INTO places SELECT r->>'ccn', r->>'zip', r->>'name' FROM (SELECT unnest(from_json(?, '["JSON"]')) AS r)`,
    [JSON.stringify(known)],
  );
}

/** How often a running statement is asked how far it is. */
const ASK_EVERY_MS = 250;

interface Watch {
  readonly onShare: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

async function watched(tx: DuckDb, work: () => Promise<void>, { onShare, signal }: Watch): Promise<void> {
  signal?.throwIfAborted();
  onShare(0);
  const timer = setInterval(() => onShare(tx.progress()), ASK_EVERY_MS);
  const stop = () => tx.interrupt();
  signal?.addEventListener('abort', stop);
  try {
    await work();
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
  }
  signal?.throwIfAborted();
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
