import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import type { ImportReport } from './importReport.ts';
import { followSnapshot } from './markets.ts';

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

/**
 * Makes an import the newest: the markets of its layout count it, and so does `demand` on the command line.
 * @throws BailiwickError not_found
 */
export async function activateImport(db: DuckDb, id: string): Promise<void> {
  const [known] = await db.all('SELECT id FROM snapshots WHERE id = ?', [id]);
  if (!known) {
    throw new BailiwickError('not_found', 'There is no such import.', { action: 'Choose one of the list of imports.' });
  }
  await db.transaction(async (tx) => {
    await tx.run('UPDATE snapshots SET number = (SELECT max(number) + 1 FROM snapshots) WHERE id = ?', [id]);
    await followSnapshot(tx, id);
  });
}
