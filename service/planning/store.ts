import { and, asc, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Db, Store } from '../store/store.ts';
import { feedback, feedbackRules, feedbackSteps } from '../store/tables/feedback.ts';

export type Feedback = typeof feedback.$inferSelect;
export type NewFeedback = Omit<typeof feedback.$inferInsert, 'id'>;
export type Step = typeof feedbackSteps.$inferSelect;
export type NewStep = Omit<typeof feedbackSteps.$inferInsert, 'id' | 'feedbackId'>;
export type Rules = typeof feedbackRules.$inferSelect;

/** A list shows so many, the open ones first. */
const MOST_LISTED = 200;

/** With its first steps, or none of it; null where the same person has an open word about the same thing. */
export async function insertFeedback(
  store: Store,
  row: NewFeedback,
  steps: readonly NewStep[],
): Promise<Feedback | null> {
  return store.transaction(async (tx) => {
    const [made] = await tx.insert(feedback).values(row).onConflictDoNothing().returning();
    if (!made) return null;
    await insertSteps(tx, made.id, steps);
    return made;
  });
}

async function insertSteps(tx: Db, feedbackId: string, steps: readonly NewStep[]): Promise<void> {
  // one by one: their order is told by their time, and an id breaks no tie
  for (const [i, step] of steps.entries())
    await tx.insert(feedbackSteps).values({ ...step, feedbackId, at: new Date(step.at.getTime() + i) });
}

export async function findFeedback({ db }: Store, id: string): Promise<Feedback | null> {
  const [row] = await db.select().from(feedback).where(eq(feedback.id, id));
  return row ?? null;
}

/** What was done about each, in order. */
export async function stepsOf({ db }: Store, ids: readonly string[]): Promise<Map<string, Step[]>> {
  const found = new Map<string, Step[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return found;
  const rows = await db
    .select()
    .from(feedbackSteps)
    .where(inArray(feedbackSteps.feedbackId, [...ids]))
    .orderBy(asc(feedbackSteps.at));
  for (const row of rows) found.get(row.feedbackId)?.push(row);
  return found;
}

export async function countOpen({ db }: Store, byId: string): Promise<number> {
  return db.$count(feedback, and(eq(feedback.byId, byId), eq(feedback.state, 'open')));
}

/** Everything that somebody said, and what is about, or asked of, these territories; the open ones first by due date, then the newest. */
export async function listFeedback(
  { db }: Store,
  { byId, territoryIds, teamIds }: { byId: string; territoryIds: readonly string[]; teamIds: readonly string[] },
): Promise<Feedback[]> {
  const mine = [...territoryIds];
  const about = [
    eq(feedback.byId, byId),
    ...(mine.length > 0 ? [inArray(feedback.territoryId, mine), inArray(feedback.askedId, mine)] : []),
    ...(teamIds.length > 0 ? [inArray(feedback.teamId, [...teamIds])] : []),
  ];
  return db
    .select()
    .from(feedback)
    .where(or(...about))
    .orderBy(sql`state = 'open' desc`, sql`case when state = 'open' then due_at end asc`, desc(feedback.at))
    .limit(MOST_LISTED);
}

/** Everything that was ever said about a team's territories, oldest first. */
export async function feedbackOfTeam({ db }: Store, teamId: string): Promise<Feedback[]> {
  return db.select().from(feedback).where(eq(feedback.teamId, teamId)).orderBy(feedback.at);
}

/** Changes what is open and still asked of the same people, with the steps that did it; null where somebody was first. */
export async function changeOpen(
  store: Store,
  { id, askedId }: Feedback,
  { change, steps }: { change: Partial<NewFeedback>; steps: readonly NewStep[] },
): Promise<Feedback | null> {
  return store.transaction(async (tx) => {
    const asked = askedId === null ? isNull(feedback.askedId) : eq(feedback.askedId, askedId);
    const [row] = await tx
      .update(feedback)
      .set(change)
      .where(and(eq(feedback.id, id), eq(feedback.state, 'open'), asked))
      .returning();
    if (!row) return null;
    await insertSteps(tx, id, steps);
    return row;
  });
}

/** The move of an accepted one is in its draft, or it could not be and it is open again. */
export async function endMove(
  store: Store,
  id: string,
  { change, step }: { change: Partial<NewFeedback>; step: NewStep },
): Promise<Feedback | null> {
  return store.transaction(async (tx) => {
    const [row] = await tx
      .update(feedback)
      .set(change)
      .where(and(eq(feedback.id, id), eq(feedback.isMoved, false)))
      .returning();
    if (row) await insertSteps(tx, id, [step]);
    return row ?? null;
  });
}

/** Accepted, with a draft to go into, and not there: what a crash left. */
export async function unmoved({ db }: Store): Promise<Feedback[]> {
  return db
    .select()
    .from(feedback)
    .where(and(eq(feedback.state, 'accepted'), eq(feedback.isMoved, false), isNotNull(feedback.draftId)));
}

export async function findRules({ db }: Store, teamId: string): Promise<Rules | null> {
  const [row] = await db.select().from(feedbackRules).where(eq(feedbackRules.teamId, teamId));
  return row ?? null;
}

/** Null where somebody has changed them since that version; version 0 is "none yet". */
export async function saveRules({ db }: Store, rules: Rules): Promise<Rules | null> {
  if (rules.version === 1) {
    const [made] = await db.insert(feedbackRules).values(rules).onConflictDoNothing().returning();
    return made ?? null;
  }
  const [row] = await db
    .update(feedbackRules)
    .set(rules)
    .where(and(eq(feedbackRules.teamId, rules.teamId), eq(feedbackRules.version, rules.version - 1)))
    .returning();
  return row ?? null;
}
