import { and, eq, inArray, isNotNull, lt, ne, not, sql } from 'drizzle-orm';
import type { Db } from '../store/store.ts';
import { RETENTION } from '../store/appendOnly.ts';
import { feedback, feedbackSteps } from '../store/tables/feedback.ts';
import { introductions, planNotices } from '../store/tables/planning.ts';

/** What goes, and how much of it in one transaction. */
export interface Old {
  readonly teamId: string;
  readonly before: Date;
  readonly most: number;
}

/** Feedback that was decided by then, with all that was said about it; an accepted move that is not made yet stays. */
export async function removeFeedback(tx: Db, { teamId, before, most }: Old): Promise<number> {
  const isUnderWay = and(eq(feedback.state, 'accepted'), eq(feedback.isMoved, false), isNotNull(feedback.draftId));
  const old = await tx
    .select({ id: feedback.id })
    .from(feedback)
    .where(
      and(eq(feedback.teamId, teamId), ne(feedback.state, 'open'), lt(feedback.decidedAt, before), not(isUnderWay!)),
    )
    .limit(most)
    .for('update');
  if (old.length === 0) return 0;
  const ids = old.map(({ id }) => id);
  await tx.execute(sql`select set_config(${RETENTION}, 'on', true)`);
  await tx.delete(feedbackSteps).where(inArray(feedbackSteps.feedbackId, ids));
  await tx.delete(feedback).where(inArray(feedback.id, ids));
  return ids.length;
}

/** Messages about plans that were sent or given up by then, and introductions that were asked for by then. */
export async function removeMessages(tx: Db, { teamId, before, most }: Old): Promise<number> {
  const isOld = and(eq(planNotices.teamId, teamId), ne(planNotices.state, 'waiting'), lt(planNotices.at, before));
  const notices = tx.select({ id: planNotices.id }).from(planNotices).where(isOld).limit(most);
  const asked = tx
    .select({ id: introductions.id })
    .from(introductions)
    .where(and(eq(introductions.teamId, teamId), lt(introductions.at, before)))
    .limit(most);
  const gone = [
    ...(await tx.delete(planNotices).where(inArray(planNotices.id, notices)).returning({ id: planNotices.id })),
    ...(await tx.delete(introductions).where(inArray(introductions.id, asked)).returning({ id: introductions.id })),
  ];
  return gone.length;
}
