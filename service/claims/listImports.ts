import type { DuckDb } from '../store/duckDb.ts';
import type { ImportReport } from './importReport.ts';

/** An import as the list shows it. */
export interface ListedImport extends ImportReport {
  /** Markets that count it now. */
  readonly countedBy: readonly string[];
}

/** All imports, newest first; older ones can be brought back. */
export async function listImports(db: DuckDb): Promise<ListedImport[]> {
  const rows = await db.all<{ id: string; report: string }>('SELECT id, report FROM snapshots ORDER BY number DESC');
  const markets = await db.all<{ snapshot_id: string; name: string }>(
    `SELECT snapshot_id, body->>'name' AS name FROM markets ORDER BY number`,
  );
  return rows.map(({ id, report }) => ({
    ...(JSON.parse(report) as ImportReport),
    countedBy: markets.filter(({ snapshot_id }) => snapshot_id === id).map(({ name }) => name),
  }));
}
