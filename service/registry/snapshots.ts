import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import type { RegistryReport } from './importFile.ts';
import type { Recognized } from './layouts.ts';
import type { LineRow } from './lines.ts';
import { rebuildRecords } from './records.ts';
import { codeSystem } from './stageCodes.ts';

export interface Snapshot extends RegistryReport {
  /** Only active snapshots say what is. */
  readonly active: boolean;
}

/**
 * The source that a file is an issue of: a newer file of the same source replaces it. Lists that only their file names tell apart
 * keep the name without its numbers (facilities_hospitals_2024 and _2025 are one); each weekly NPPES file adds to the monthly one.
 */
export function sourceName(recognized: Recognized, file: string): string {
  const stem = file.toLowerCase().replace(/(\.(csv|txt|tsv|tab|gz|zip|parquet))+$/, '');
  const lasting = stem.replace(/\d+/g, '').replace(/[^a-z]+/g, ' ').trim() || 'list'; // prettier-ignore
  switch (recognized.layout.id) {
    case 'nppes':
      return /week/.test(stem) || isShort(stem) ? `nppes ${stem}` : 'nppes';
    case 'facilityList':
      return `facilities: ${lasting}`;
    case 'affiliationList':
      return `affiliations: ${lasting}`;
    case 'codeList':
      return codeSystem(recognized) === 'own' ? `codes: ${lasting}` : `codes: ${codeSystem(recognized)}`;
    default:
      return recognized.layout.id;
  }
}

/** "npidata_pfile_20241104-20241110": a week of changes; the monthly file begins in 2005. */
function isShort(stem: string): boolean {
  const [, from, to] = /(\d{8})-(\d{8})/.exec(stem) ?? [];
  return from !== undefined && to !== undefined && Number(to) - Number(from) < 100;
}

export async function listSnapshots(db: DuckDb): Promise<Snapshot[]> {
  const rows = await db.all<{ report: string; active: boolean }>(
    'SELECT report, active FROM snapshots ORDER BY number DESC',
  );
  return rows.map(({ report, active }) => ({ ...(JSON.parse(report) as RegistryReport), active }));
}

/** @throws BailiwickError not_found */
export async function findSnapshot(db: DuckDb, id: string): Promise<Snapshot> {
  const [row] = await db.all<{ report: string; active: boolean }>('SELECT report, active FROM snapshots WHERE id = ?', [
    id,
  ]);
  if (row) return { ...(JSON.parse(row.report) as RegistryReport), active: row.active };
  throw new BailiwickError('not_found', 'There is no such import.', { action: 'Choose one of the list of imports.' });
}

export async function snapshotLines(db: DuckDb, id: string): Promise<LineRow[]> {
  await findSnapshot(db, id);
  return db.all(
    'SELECT line::DOUBLE AS line, kind, reason, found FROM lines WHERE snapshot_id = ? ORDER BY lines.line, kind',
    [id],
  );
}

/** Brings an older snapshot back in place of the active one of its source. */
export async function activateSnapshot(db: DuckDb, id: string): Promise<Snapshot> {
  const { source } = await findSnapshot(db, id);
  await db.transaction(async (tx) => {
    await tx.run('UPDATE snapshots SET active = (id = ?) WHERE source = ?', [id, source]);
    await rebuildRecords(tx);
  });
  return findSnapshot(db, id);
}
