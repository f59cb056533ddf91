import { and, eq, isNull } from 'drizzle-orm';
import type { RecordId, TeamId } from '../core/ids.ts';
import type { Store } from '../store/store.ts';
import { rowLedger } from '../store/tables/sync.ts';
import { insertLedger, type LedgerEntry } from './journalStore.ts';

export type OwnRow = typeof rowLedger.$inferSelect;

/** Rows of the CRM that are ours to change and remove, of one kind. */
export async function ownRows(store: Store, teamId: TeamId, kind: OwnRow['kind']): Promise<OwnRow[]> {
  return store.db
    .select()
    .from(rowLedger)
    .where(and(eq(rowLedger.teamId, teamId), eq(rowLedger.kind, kind), isNull(rowLedger.removedAt)));
}

/** Associations of the team that are ours to remove. */
export async function ownAssociations(store: Store, teamId: TeamId): Promise<Set<RecordId>> {
  const rows = await store.db
    .select({ id: rowLedger.recordId })
    .from(rowLedger)
    .where(and(eq(rowLedger.teamId, teamId), eq(rowLedger.kind, 'association'), isNull(rowLedger.removedAt)));
  return new Set(rows.map((row) => row.id as RecordId));
}

export async function adopt(store: Store, entries: readonly LedgerEntry[]): Promise<void> {
  await store.transaction((tx) => insertLedger(tx, entries));
}
