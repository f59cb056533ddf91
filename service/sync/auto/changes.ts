import type { AccountId } from '../../core/ids.ts';
import type { AutoDeps } from './ports.ts';
import { findCursor, saveCursor } from './store.ts';

/**
 * A record gets its stamp before its transaction is committed, and a transaction may take ten minutes: what is read again
 * overlaps by more than that.
 */
export const OVERLAP_MS = 15 * 60_000;
/** Salesforce forgets deleted rows of territories after about this long: only a whole comparison finds out then. */
const MEMORY_MS = 12 * 3_600_000;

export interface Changes {
  /** Accounts that changed, whose rows did, or that are gone; "all" where too much time has passed to know. */
  readonly accounts: readonly AccountId[] | 'all';
  /** Notes that these were seen. To be called once they are safe with somebody. */
  settle(): Promise<void>;
}

/** Accounts that changed in the CRM since they were last asked for, each change told once. */
export async function changesSince({ store, org, now }: AutoDeps): Promise<Changes> {
  const at = now();
  const cursor = await findCursor(store, org.orgId);
  const until = (seen: Record<string, string>) => saveCursor(store, { orgId: org.orgId, readUntil: at, seen });
  if (!cursor) return { accounts: [], settle: () => until({}) };
  const isTooOld = at.getTime() - cursor.readUntil.getTime() > MEMORY_MS;
  const since = new Date((isTooOld ? at : cursor.readUntil).getTime() - OVERLAP_MS);
  const found = await org.changedSince(since);
  const fresh = found.filter(({ recordId, stamp }) => cursor.seen[recordId] !== stamp);
  const seen = Object.fromEntries(
    // what the next reading will meet again
    found
      .filter(({ stamp }) => Date.parse(stamp) >= at.getTime() - OVERLAP_MS)
      .map(({ recordId, stamp }) => [recordId, stamp]),
  );
  const accounts = [...new Set(fresh.map(({ accountId }) => accountId))];
  return { accounts: isTooOld ? 'all' : accounts, settle: () => until(seen) };
}
