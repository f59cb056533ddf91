import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { Store } from '../store/store.ts';
import { assignmentLog, type LoggedAction } from '../store/tables/sync.ts';
import { ACTION_NAMES } from './phases.ts';

const LOGGED_NAMES: Record<LoggedAction, string> = {
  ...ACTION_NAMES,
  acceptPlace: 'Accept into the plan as Salesforce has it',
  adoptRow: 'Adopt the row',
  excludeFromRule: 'Ask to be excluded from the rule',
};

export type LogEntry = typeof assignmentLog.$inferSelect;

/** Everything that was ever written about an account, oldest first; before a moment, where one is named. */
export async function accountLog(store: Store, accountId: string, before?: Date): Promise<LogEntry[]> {
  return store.db
    .select()
    .from(assignmentLog)
    .where(and(eq(assignmentLog.accountId, accountId), before ? lt(assignmentLog.at, before) : undefined))
    .orderBy(asc(assignmentLog.at), asc(assignmentLog.id));
}

export type NewLogEntry = typeof assignmentLog.$inferInsert;

/** Adds what no journal row stands for. */
export async function addToLog(store: Store, entries: readonly NewLogEntry[]): Promise<void> {
  const MOST = 1_000;
  for (let k = 0; k < entries.length; k += MOST)
    await store.db.insert(assignmentLog).values(entries.slice(k, k + MOST));
}

/** The log of a team between two moments, in pieces, for export. */
export async function* teamLog(store: Store, teamId: string): AsyncGenerator<LogEntry[]> {
  const PAGE = 5_000;
  for (let last = 0; ;) {
    const page = await store.db
      .select()
      .from(assignmentLog)
      .where(and(eq(assignmentLog.teamId, teamId), sql`${assignmentLog.id} > ${last}`))
      .orderBy(asc(assignmentLog.id))
      .limit(PAGE);
    if (page.length === 0) return;
    yield page;
    last = page.at(-1)?.id ?? last;
  }
}

/**
 * Territory and owner of an account at the end of a day, from the log alone: the last move until then, else what the first
 * move after it found. Null where the log knows nothing of the account.
 */
export function heldOn(
  entries: readonly LogEntry[],
  date: string,
): { territory: string | null; owner: string | null } | null {
  const end = new Date(`${date}T23:59:59.999Z`);
  const of = (what: LogEntry['what']) => entries.filter((entry) => entry.what === what);
  const at = (list: LogEntry[]): string | null => {
    const before = list.filter((entry) => entry.at <= end).at(-1);
    return before ? before.toName : (list[0]?.fromName ?? null);
  };
  if (entries.length === 0) return null;
  // leaving without coming into another territory leaves none
  const places = entries.filter(({ what }) => what === 'addAssociation' || what === 'removeAssociation');
  const last = places.filter((entry) => entry.at <= end);
  const came = last.findLast(({ what }) => what === 'addAssociation');
  const left = last.findLast(({ what }) => what === 'removeAssociation');
  const isOut = left !== undefined && (came === undefined || (left.at > came.at && left.fromId === came.toId));
  const territory = came && !isOut ? came.toName : isOut ? null : (places[0]?.fromName ?? null);
  return { territory, owner: at(of('setOwner')) };
}

export const presentLog = (entries: readonly LogEntry[]) =>
  entries.map((entry) => ({
    at: entry.at.toISOString(),
    what: LOGGED_NAMES[entry.what],
    from: entry.fromName,
    to: entry.toName,
    why: entry.why,
    planName: entry.planName,
    approvedBy: entry.approvedBy,
    byName: entry.byName,
  }));
