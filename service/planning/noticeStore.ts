import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../store/store.ts';
import { planNotices } from '../store/tables/planning.ts';

export type Notice = typeof planNotices.$inferSelect;
export type NewNotice = Omit<typeof planNotices.$inferInsert, 'id'>;

/** Turns of a change: told before, of all that the plan changes; or afterwards, of what a publish has written. */
export const ANNOUNCED = 0;
export const AFTERWARDS = 1;

/** Whom an announcement of one of these plans has told of its changes. */
export async function announcedTo(db: Db, alignmentIds: readonly string[]): Promise<Set<string>> {
  const { alignmentId, kind, turn, userId } = planNotices;
  const rows = await db
    .select({ userId })
    .from(planNotices)
    .where(and(inArray(alignmentId, [...alignmentIds]), eq(kind, 'change'), eq(turn, ANNOUNCED)));
  return new Set(rows.map((row) => row.userId));
}

/** Notes who is to be told; whoever was told of the same thing already is not told again. */
export async function insertNotices(tx: Db, rows: readonly NewNotice[]): Promise<number> {
  const MOST = 500;
  let made = 0;
  for (let k = 0; k < rows.length; k += MOST)
    made += (
      await tx
        .insert(planNotices)
        .values(rows.slice(k, k + MOST))
        .onConflictDoNothing()
        .returning({ id: planNotices.id })
    ).length;
  return made;
}

/** What waits to be sent, oldest first, as much as one request to the CRM takes. */
export async function waitingNotices(db: Db, most: number): Promise<Notice[]> {
  return db
    .select()
    .from(planNotices)
    .where(eq(planNotices.state, 'waiting'))
    .orderBy(asc(planNotices.at), asc(planNotices.id))
    .limit(most);
}

export async function updateNotice(db: Db, id: string, change: Partial<Notice>): Promise<void> {
  await db.update(planNotices).set(change).where(eq(planNotices.id, id));
}

export async function noticesOf(db: Db, alignmentId: string): Promise<Notice[]> {
  return db
    .select()
    .from(planNotices)
    .where(eq(planNotices.alignmentId, alignmentId))
    .orderBy(asc(planNotices.at), asc(planNotices.userName));
}

/** How many times something of this kind was told about a plan: the next one is another message. */
export async function nextTurn(db: Db, alignmentId: string, kind: Notice['kind']): Promise<number> {
  const rows = await db
    .select({ turn: planNotices.turn })
    .from(planNotices)
    .where(and(eq(planNotices.alignmentId, alignmentId), eq(planNotices.kind, kind)));
  return rows.reduce((most, { turn }) => Math.max(most, turn), -1) + 1;
}
