import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Store } from '../../store/store.ts';
import { publishes } from '../../store/tables/sync.ts';
import {
  syncCursors,
  syncRuns,
  syncSettings,
  syncStates,
  type RunCounts,
  type SyncTrigger,
} from '../../store/tables/autoSync.ts';

export type SavedSettings = typeof syncSettings.$inferSelect;
export type SyncState = typeof syncStates.$inferSelect;
export type SyncRun = typeof syncRuns.$inferSelect;
export type Cursor = typeof syncCursors.$inferSelect;
export type { SyncTrigger };

export async function findSettings(store: Store, teamId: string): Promise<SavedSettings | null> {
  const [row] = await store.db.select().from(syncSettings).where(eq(syncSettings.teamId, teamId));
  return row ?? null;
}

export async function allSettings(store: Store): Promise<SavedSettings[]> {
  return store.db.select().from(syncSettings).orderBy(asc(syncSettings.teamId));
}

/** Saves settings made on the version before; false where somebody else was faster. */
export async function saveSettings(store: Store, row: SavedSettings): Promise<boolean> {
  const saved =
    row.version === 1
      ? await store.db.insert(syncSettings).values(row).onConflictDoNothing().returning()
      : await store.db
          .update(syncSettings)
          .set(row)
          .where(and(eq(syncSettings.teamId, row.teamId), eq(syncSettings.version, row.version - 1)))
          .returning();
  return saved.length === 1;
}

/** What a team's sync has seen to; a team that is met for the first time has missed nothing. */
export async function stateOf(store: Store, teamId: string, now: Date): Promise<SyncState> {
  await store.db.insert(syncStates).values({ teamId, scheduleSeenAt: now, nightlySeenAt: now }).onConflictDoNothing();
  const [row] = await store.db.select().from(syncStates).where(eq(syncStates.teamId, teamId));
  return row!;
}

export async function updateState(store: Store, teamId: string, change: Partial<SyncState>): Promise<void> {
  await store.db.update(syncStates).set(change).where(eq(syncStates.teamId, teamId));
}

export async function findCursor(store: Store, orgId: string): Promise<Cursor | null> {
  const [row] = await store.db.select().from(syncCursors).where(eq(syncCursors.orgId, orgId));
  return row ?? null;
}

export async function saveCursor(store: Store, cursor: Cursor): Promise<void> {
  await store.db
    .insert(syncCursors)
    .values(cursor)
    .onConflictDoUpdate({ target: syncCursors.orgId, set: { readUntil: cursor.readUntil, seen: cursor.seen } });
}

/** Begins the run of one plan on its date; what waits for the team goes on waiting. */
export async function beginPlanRun(store: Store, run: typeof syncRuns.$inferInsert): Promise<SyncRun | null> {
  const [made] = await store.db.insert(syncRuns).values(run).onConflictDoNothing().returning();
  return made ?? null;
}

/** Begins a run; what waited for it waits no more, so that a crash neither loses nor doubles it. */
export async function beginRun(store: Store, run: typeof syncRuns.$inferInsert): Promise<SyncRun> {
  return store.transaction(async (tx) => {
    await tx
      .update(syncStates)
      .set({ pendingTrigger: null, pendingAccounts: null })
      .where(eq(syncStates.teamId, run.teamId));
    const [made] = await tx.insert(syncRuns).values(run).returning();
    return made!;
  });
}

export async function findRun(store: Store, id: string): Promise<SyncRun | null> {
  const [row] = await store.db.select().from(syncRuns).where(eq(syncRuns.id, id));
  return row ?? null;
}

export async function updateRun(store: Store, id: string, change: Partial<SyncRun>): Promise<void> {
  await store.db.update(syncRuns).set(change).where(eq(syncRuns.id, id));
}

/** Takes a waiting run on; false where somebody answered it already. */
export async function leaveWaiting(store: Store, id: string, change: Partial<SyncRun>): Promise<boolean> {
  const taken = await store.db
    .update(syncRuns)
    .set(change)
    .where(and(eq(syncRuns.id, id), eq(syncRuns.state, 'waiting')))
    .returning();
  return taken.length === 1;
}

export async function listRuns(store: Store, teamId: string, limit: number): Promise<SyncRun[]> {
  return store.db
    .select()
    .from(syncRuns)
    .where(eq(syncRuns.teamId, teamId))
    .orderBy(desc(syncRuns.startedAt))
    .limit(limit);
}

export async function runsInState(store: Store, states: SyncRun['state'][], teamId?: string): Promise<SyncRun[]> {
  return store.db
    .select()
    .from(syncRuns)
    .where(and(inArray(syncRuns.state, states), teamId === undefined ? undefined : eq(syncRuns.teamId, teamId)))
    .orderBy(desc(syncRuns.startedAt));
}

/** Counts of the last run that looked at the whole team and was let through. */
export async function lastCounts(store: Store, teamId: string): Promise<RunCounts | null> {
  const [row] = await store.db
    .select({ counts: syncRuns.counts })
    .from(syncRuns)
    .where(
      and(
        eq(syncRuns.teamId, teamId),
        inArray(syncRuns.state, ['done', 'nothing', 'partial']),
        isNotNull(syncRuns.counts),
      ),
    )
    .orderBy(desc(syncRuns.startedAt))
    .limit(1);
  return row?.counts ?? null;
}

/** The publish that an unfinished run began, where the process died before it could be noted. */
export async function publishOfRun(store: Store, run: SyncRun) {
  const [row] = await store.db
    .select()
    .from(publishes)
    .where(
      run.publishId === null
        ? and(
            eq(publishes.teamId, run.teamId),
            eq(publishes.origin, 'schedule'),
            sql`${publishes.at} >= ${run.startedAt.toISOString()}::timestamptz`,
          )
        : eq(publishes.id, run.publishId),
    )
    .orderBy(desc(publishes.at))
    .limit(1);
  return row ?? null;
}
