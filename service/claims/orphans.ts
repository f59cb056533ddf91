import type { DuckDb } from '../store/duckDb.ts';
import { wordNo } from './words.ts';

/** Tables that hold rows of a snapshot beside its cells. */
const TABLES = ['lines', 'codes', 'guards', 'periods'] as const;

/** Removes what a failed import of many cells has written already: its last row, that of the snapshot, was never written. */
export async function forgetCells(db: DuckDb, snapshotId: string): Promise<void> {
  const [done] = await db.all('SELECT 1 FROM snapshots WHERE id = ?', [snapshotId]);
  if (done) return;
  await db.run(`DELETE FROM cells WHERE snapshot = ${wordNo(snapshotId)}`);
  for (const table of TABLES) await db.run(`DELETE FROM ${table} WHERE snapshot_id = ?`, [snapshotId]);
}

/** Removes what imports left that were killed half-way. */
export async function sweepOrphans(db: DuckDb): Promise<void> {
  await db.run('DELETE FROM cells WHERE snapshot NOT IN (SELECT no FROM words JOIN snapshots ON word = id)');
  for (const table of TABLES) await db.run(`DELETE FROM ${table} WHERE snapshot_id NOT IN (SELECT id FROM snapshots)`);
}
