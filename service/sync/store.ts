import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { RecordId, TeamId } from '../core/ids.ts';
import type { Db, Store } from '../store/store.ts';
import { associationLedger, publishes, publishRows } from '../store/tables/sync.ts';

export type Publish = typeof publishes.$inferSelect;
export type NewPublish = typeof publishes.$inferInsert;
export type JournalRow = typeof publishRows.$inferSelect;
export type NewJournalRow = Omit<typeof publishRows.$inferInsert, 'publishId'>;
export type LedgerEntry = typeof associationLedger.$inferInsert;
export type Outcome = JournalRow['outcome'];

export const RUNNING: Publish['state'][] = ['queued', 'running', 'verifying'];
/** PostgreSQL takes 65,535 parameters a statement; a journal row has 18. */
const ROWS_PER_INSERT = 1_000;

/** The publish and everything it means to write, in one transaction: nothing is written that is not journaled. */
export async function insertPublish(
  store: Store,
  publish: NewPublish,
  rows: readonly NewJournalRow[],
): Promise<string> {
  return store.transaction(async (tx) => {
    const [made] = await tx.insert(publishes).values(publish).returning({ id: publishes.id });
    const publishId = made!.id;
    for (let k = 0; k < rows.length; k += ROWS_PER_INSERT)
      await tx.insert(publishRows).values(rows.slice(k, k + ROWS_PER_INSERT).map((row) => ({ ...row, publishId })));
    return publishId;
  });
}

export async function findPublish(store: Store, id: string): Promise<Publish | null> {
  const [row] = await store.db.select().from(publishes).where(eq(publishes.id, id));
  return row ?? null;
}

export async function listPublishes(store: Store, teamId: string | undefined): Promise<Publish[]> {
  return store.db
    .select()
    .from(publishes)
    .where(teamId === undefined ? undefined : eq(publishes.teamId, teamId))
    .orderBy(desc(publishes.at))
    .limit(100);
}

export async function unfinishedPublishes(store: Store): Promise<Publish[]> {
  return store.db.select().from(publishes).where(inArray(publishes.state, RUNNING)).orderBy(asc(publishes.at));
}

/** The newest publish of the team that is not taken back: the only one that can be. */
export async function lastStanding(store: Store, teamId: string): Promise<Publish | null> {
  const [row] = await store.db
    .select()
    .from(publishes)
    .where(
      and(
        eq(publishes.teamId, teamId),
        eq(publishes.kind, 'publish'),
        inArray(publishes.state, ['done', 'partial']),
        sql`not exists (select 1 from publish back where back.takes_back = ${publishes.id} and back.state <> 'failed')`,
      ),
    )
    .orderBy(desc(publishes.at))
    .limit(1);
  return row ?? null;
}

export async function updatePublish(db: Db, id: string, change: Partial<NewPublish>): Promise<void> {
  await db.update(publishes).set(change).where(eq(publishes.id, id));
}

export async function journalRows(
  store: Store,
  publishId: string,
  filter: { outcomes?: Outcome[]; action?: JournalRow['action']; limit?: number } = {},
): Promise<JournalRow[]> {
  const rows = store.db
    .select()
    .from(publishRows)
    .where(
      and(
        eq(publishRows.publishId, publishId),
        filter.outcomes ? inArray(publishRows.outcome, filter.outcomes) : undefined,
        filter.action ? eq(publishRows.action, filter.action) : undefined,
      ),
    )
    .orderBy(asc(publishRows.id));
  return filter.limit === undefined ? rows : rows.limit(filter.limit);
}

/** Journal rows whose call got no answer, of the team's finished publishes. */
export async function unknownRows(store: Store, teamId: string): Promise<(JournalRow & { byId: string })[]> {
  const rows = await store.db
    .select({ row: publishRows, byId: publishes.byId })
    .from(publishRows)
    .innerJoin(publishes, eq(publishes.id, publishRows.publishId))
    .where(and(eq(publishes.teamId, teamId), eq(publishRows.outcome, 'unknown')));
  return rows.map(({ row, byId }) => ({ ...row, byId }));
}

export async function outcomeCounts(
  store: Store,
  publishIds: readonly string[],
): Promise<Map<string, Map<Outcome, number>>> {
  const counts = new Map<string, Map<Outcome, number>>();
  if (publishIds.length === 0) return counts;
  const rows = await store.db
    .select({ publishId: publishRows.publishId, outcome: publishRows.outcome, n: count() })
    .from(publishRows)
    .where(inArray(publishRows.publishId, [...publishIds]))
    .groupBy(publishRows.publishId, publishRows.outcome);
  for (const { publishId, outcome, n } of rows) {
    const of = counts.get(publishId) ?? new Map<Outcome, number>();
    counts.set(publishId, of.set(outcome, n));
  }
  return counts;
}

export interface Settled {
  id: number;
  outcome: Outcome;
  recordId?: string | null;
  code?: string | null;
  message?: string | null;
  advice?: string | null;
}

/** A settlement without reasons keeps those that are there. */
const withKeep = (settled: Settled) => ({
  ...settled,
  keep: settled.code === undefined && settled.message === undefined,
});

/** Outcomes of one request and what they mean for the ledger, together. */
export async function settle(
  store: Store,
  settled: readonly Settled[],
  effects: { at: Date; made?: readonly LedgerEntry[]; removed?: readonly string[] },
): Promise<void> {
  if (settled.length === 0) return;
  await store.transaction(async (tx) => {
    await tx.execute(sql`
      update publish_row set outcome = v.outcome, at = ${effects.at.toISOString()}::timestamptz,
        record_id = coalesce(v."recordId", publish_row.record_id),
        code = case when v.keep then publish_row.code else v.code end,
        message = case when v.keep then publish_row.message else v.message end,
        advice = case when v.keep then publish_row.advice else v.advice end
      from jsonb_to_recordset(${JSON.stringify(settled.map(withKeep))}::jsonb)
        as v(id bigint, outcome text, "recordId" text, code text, message text, advice text, keep boolean)
      where publish_row.id = v.id`);
    if (effects.made?.length)
      await tx
        .insert(associationLedger)
        .values([...effects.made])
        .onConflictDoUpdate({ target: associationLedger.associationId, set: { removedAt: null } });
    if (effects.removed?.length)
      await tx
        .update(associationLedger)
        .set({ removedAt: effects.at })
        .where(inArray(associationLedger.associationId, [...effects.removed]));
  });
}

/** Associations of the team that are ours to remove. */
export async function ownAssociations(store: Store, teamId: TeamId): Promise<Set<RecordId>> {
  const rows = await store.db
    .select({ id: associationLedger.associationId })
    .from(associationLedger)
    .where(and(eq(associationLedger.teamId, teamId), isNull(associationLedger.removedAt)));
  return new Set(rows.map((row) => row.id as RecordId));
}

export async function adopt(store: Store, entries: readonly LedgerEntry[]): Promise<void> {
  await store.transaction(async (tx) => {
    for (let k = 0; k < entries.length; k += ROWS_PER_INSERT)
      await tx
        .insert(associationLedger)
        .values(entries.slice(k, k + ROWS_PER_INSERT))
        .onConflictDoUpdate({ target: associationLedger.associationId, set: { removedAt: null } });
  });
}
