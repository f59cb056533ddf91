import { and, asc, desc, eq, gte, inArray, ne, or, sql } from 'drizzle-orm';
import type { Db, Store } from '../store/store.ts';
import { publishes } from '../store/tables/sync.ts';
import { insertRows, type NewJournalRow } from './journalStore.ts';

export type Publish = typeof publishes.$inferSelect;
export type NewPublish = typeof publishes.$inferInsert;

/** Not only in some territories. */
const isOfAll = sql`${publishes.options}->'part' = 'null'::jsonb`;

export const RUNNING: Publish['state'][] = ['queued', 'running', 'verifying'];
/** Publishes of a list; older ones are found by their id. */
const MAX_LISTED = 100;

/** The publish and everything it means to write, in one transaction: nothing is written that is not journaled. */
export async function insertPublish(
  store: Store,
  publish: NewPublish,
  rows: readonly NewJournalRow[],
  {
    takenBack = [],
    claim,
  }: {
    /** Journal rows that this publish takes back. */
    takenBack?: readonly number[] | undefined;
    /** Whether it may begin, asked in the same transaction. */
    claim?: ((tx: Db) => Promise<string | null>) | undefined;
  } = {},
): Promise<string> {
  return store.transaction(async (tx) => {
    const approvedBy = (await claim?.(tx)) ?? null;
    const [made] = await tx
      .insert(publishes)
      .values({ ...publish, approvedBy })
      .returning({ id: publishes.id });
    await insertRows(tx, made!.id, rows);
    if (takenBack.length > 0)
      await tx.execute(sql`update publish_row set taken_back_by = ${made!.id}::uuid
        where id in (select jsonb_array_elements_text(${JSON.stringify(takenBack)}::jsonb)::bigint)`);
    return made!.id;
  });
}

/** When this plan was last written to the CRM, and by whom; null where it never was. */
export async function lastPublished(
  db: Db,
  alignmentId: string,
): Promise<{ id: string; at: Date; byName: string } | null> {
  const [row] = await db
    .select({ id: publishes.id, at: publishes.finishedAt, byName: publishes.byName })
    .from(publishes)
    .where(
      and(
        eq(publishes.alignmentId, alignmentId),
        eq(publishes.kind, 'publish'),
        inArray(publishes.state, ['done', 'partial']),
      ),
    )
    .orderBy(desc(publishes.finishedAt))
    .limit(1);
  return row?.at ? { id: row.id, at: row.at, byName: row.byName } : null;
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
    .limit(MAX_LISTED);
}

/** What people published by hand and what finished since then, of plans that were not live before; the oldest first. */
export async function publishedByHand(store: Store, since: Date): Promise<Publish[]> {
  return store.db
    .select()
    .from(publishes)
    .where(
      and(
        eq(publishes.kind, 'publish'),
        eq(publishes.origin, 'person'),
        inArray(publishes.state, ['done', 'partial']),
        gte(publishes.finishedAt, since),
        sql`${publishes.alignmentId} is distinct from ${publishes.previousAlignmentId}`,
      ),
    )
    .orderBy(asc(publishes.finishedAt));
}

export async function unfinishedPublishes(store: Store): Promise<Publish[]> {
  return store.db.select().from(publishes).where(inArray(publishes.state, RUNNING)).orderBy(asc(publishes.at));
}

/** The reversal of a whole publish that is under way or over and did not fail; null where there is none. */
export async function takeBackOf(store: Store, publishId: string): Promise<string | null> {
  const [row] = await store.db
    .select({ id: publishes.id })
    .from(publishes)
    .where(and(eq(publishes.takesBack, publishId), ne(publishes.state, 'failed'), isOfAll))
    .orderBy(desc(publishes.at))
    .limit(1);
  return row?.id ?? null;
}

/** Written, and not wholly taken back. */
const stands = () =>
  and(
    eq(publishes.kind, 'publish'),
    inArray(publishes.state, ['done', 'partial']),
    sql`not exists (select 1 from publish back where back.takes_back = ${publishes.id}
          and back.state <> 'failed' and back.options->'part' = 'null'::jsonb)`,
  );

/** The newest publish of the team that is not wholly taken back: the only one that can be. */
export async function lastStanding(store: Store, teamId: string): Promise<Publish | null> {
  const [row] = await store.db
    .select()
    .from(publishes)
    .where(and(eq(publishes.teamId, teamId), stands()))
    .orderBy(desc(publishes.at))
    .limit(1);
  return row ?? null;
}

/** What of a plan was written and is not wholly taken back, as a whole or by parts; the newest first. */
export async function standingOf(store: Store, alignmentId: string): Promise<Publish[]> {
  const isOfPlan = or(eq(publishes.alignmentId, alignmentId), sql`${publishes.options}->>'partOf' = ${alignmentId}`);
  return store.db.select().from(publishes).where(and(isOfPlan, stands())).orderBy(desc(publishes.at));
}

export async function updatePublish(db: Db, id: string, change: Partial<NewPublish>): Promise<void> {
  await db.update(publishes).set(change).where(eq(publishes.id, id));
}
