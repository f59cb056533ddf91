import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { Db } from '../store/store.ts';
import { planLog, type PlanEvent } from '../store/tables/planning.ts';

export type PlanLogEntry = typeof planLog.$inferSelect;
export type NewPlanLogEntry = typeof planLog.$inferInsert;
export type { PlanEvent };

/** Adds what happened, in the transaction in which it happens: what is logged is so, and what is so is logged. */
export async function addToPlanLog(db: Db, entry: NewPlanLogEntry): Promise<void> {
  await db.insert(planLog).values(entry);
}

/** Everything that ever happened to a plan, oldest first. */
export async function logOfPlan(db: Db, alignmentId: string): Promise<PlanLogEntry[]> {
  return db.select().from(planLog).where(eq(planLog.alignmentId, alignmentId)).orderBy(asc(planLog.id));
}

/** The newest entry of a kind about a plan; null where there is none. */
export async function lastOf(db: Db, alignmentId: string, what: PlanEvent): Promise<PlanLogEntry | null> {
  const [row] = await db
    .select()
    .from(planLog)
    .where(and(eq(planLog.alignmentId, alignmentId), eq(planLog.what, what)))
    .orderBy(desc(planLog.id))
    .limit(1);
  return row ?? null;
}

/** The log of a team, in pieces, for export. */
export async function* planLogOfTeam(db: Db, teamId: string): AsyncGenerator<PlanLogEntry[]> {
  const PAGE = 5_000;
  for (let last = 0; ;) {
    const page = await db
      .select()
      .from(planLog)
      .where(and(eq(planLog.teamId, teamId), gt(planLog.id, last)))
      .orderBy(asc(planLog.id))
      .limit(PAGE);
    if (page.length === 0) return;
    yield page;
    last = page.at(-1)?.id ?? last;
  }
}
