import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Store } from '../store/store.ts';
import { feedback } from '../store/tables/feedback.ts';

export type Feedback = typeof feedback.$inferSelect;
export type NewFeedback = Omit<typeof feedback.$inferInsert, 'id'>;

/** A list shows so many, the open ones first. */
const MOST_LISTED = 200;

/** Null where the same person has an open word about the same thing. */
export async function insertFeedback({ db }: Store, row: NewFeedback): Promise<Feedback | null> {
  const [made] = await db.insert(feedback).values(row).onConflictDoNothing().returning();
  return made ?? null;
}

export async function findFeedback({ db }: Store, id: string): Promise<Feedback | null> {
  const [row] = await db.select().from(feedback).where(eq(feedback.id, id));
  return row ?? null;
}

export async function countOpen({ db }: Store, byId: string): Promise<number> {
  return db.$count(feedback, and(eq(feedback.byId, byId), eq(feedback.state, 'open')));
}

/** Everything that somebody said, and what is about these territories; the open ones first, then the newest. */
export async function listFeedback(
  { db }: Store,
  { byId, territoryIds, teamIds }: { byId: string; territoryIds: readonly string[]; teamIds: readonly string[] },
): Promise<Feedback[]> {
  const about = [
    eq(feedback.byId, byId),
    ...(territoryIds.length > 0 ? [inArray(feedback.territoryId, [...territoryIds])] : []),
    ...(teamIds.length > 0 ? [inArray(feedback.teamId, [...teamIds])] : []),
  ];
  return db
    .select()
    .from(feedback)
    .where(or(...about))
    .orderBy(sql`state = 'open' desc`, desc(feedback.at))
    .limit(MOST_LISTED);
}

/** Everything that was ever said about a team's territories, oldest first. */
export async function feedbackOfTeam({ db }: Store, teamId: string): Promise<Feedback[]> {
  return db.select().from(feedback).where(eq(feedback.teamId, teamId)).orderBy(feedback.at);
}

/** Decides what is open; null where somebody decided before. */
export async function decideFeedback(
  { db }: Store,
  id: string,
  decision: Pick<Feedback, 'state' | 'decision' | 'decidedById' | 'decidedByName' | 'decidedAt'>,
): Promise<Feedback | null> {
  const [row] = await db
    .update(feedback)
    .set(decision)
    .where(and(eq(feedback.id, id), eq(feedback.state, 'open')))
    .returning();
  return row ?? null;
}
