import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../store/store.ts';
import { planApprovals, planCovers, planSchedules, planSettings } from '../store/tables/planning.ts';

export type Approval = typeof planApprovals.$inferSelect;
export type Schedule = typeof planSchedules.$inferSelect;
export type Cover = typeof planCovers.$inferSelect;
export type NewCover = typeof planCovers.$inferInsert;
export type SavedPlanSettings = typeof planSettings.$inferSelect;

export async function findPlanSettings(db: Db, teamId: string): Promise<SavedPlanSettings | null> {
  const [row] = await db.select().from(planSettings).where(eq(planSettings.teamId, teamId));
  return row ?? null;
}

/** Of all teams that ever saved any. */
export async function allPlanSettings(db: Db): Promise<SavedPlanSettings[]> {
  return db.select().from(planSettings).orderBy(asc(planSettings.teamId));
}

/** Saves settings made on the version before; false where somebody else was faster. */
export async function savePlanSettings(db: Db, row: SavedPlanSettings): Promise<boolean> {
  const saved =
    row.version === 1
      ? await db.insert(planSettings).values(row).onConflictDoNothing().returning()
      : await db
          .update(planSettings)
          .set(row)
          .where(and(eq(planSettings.teamId, row.teamId), eq(planSettings.version, row.version - 1)))
          .returning();
  return saved.length === 1;
}

export async function insertApproval(db: Db, row: Omit<Approval, 'id' | 'revokedAt'>): Promise<void> {
  await db.insert(planApprovals).values(row);
}

/** Approvals of a plan that nobody took back, oldest first. */
export async function standingApprovals(db: Db, alignmentId: string): Promise<Approval[]> {
  return db
    .select()
    .from(planApprovals)
    .where(and(eq(planApprovals.alignmentId, alignmentId), isNull(planApprovals.revokedAt)))
    .orderBy(asc(planApprovals.at));
}

export async function revokeApprovals(db: Db, alignmentId: string, at: Date): Promise<void> {
  await db
    .update(planApprovals)
    .set({ revokedAt: at })
    .where(and(eq(planApprovals.alignmentId, alignmentId), isNull(planApprovals.revokedAt)));
}

export async function findSchedule(db: Db, alignmentId: string): Promise<Schedule | null> {
  const [row] = await db.select().from(planSchedules).where(eq(planSchedules.alignmentId, alignmentId));
  return row ?? null;
}

/** The one date of a plan; a later one takes the place of the former. */
export async function saveSchedule(db: Db, row: Schedule): Promise<void> {
  await db.insert(planSchedules).values(row).onConflictDoUpdate({ target: planSchedules.alignmentId, set: row });
}

export async function updateSchedule(db: Db, alignmentId: string, change: Partial<Schedule>): Promise<void> {
  await db.update(planSchedules).set(change).where(eq(planSchedules.alignmentId, alignmentId));
}

export async function schedulesIn(db: Db, states: Schedule['state'][], teamId?: string): Promise<Schedule[]> {
  return db
    .select()
    .from(planSchedules)
    .where(
      and(inArray(planSchedules.state, states), teamId === undefined ? undefined : eq(planSchedules.teamId, teamId)),
    )
    .orderBy(asc(planSchedules.effectiveOn), asc(planSchedules.at));
}

export async function insertCover(db: Db, row: NewCover): Promise<Cover> {
  const [made] = await db.insert(planCovers).values(row).returning();
  return made!;
}

export async function findCover(db: Db, id: string): Promise<Cover | null> {
  const [row] = await db.select().from(planCovers).where(eq(planCovers.id, id));
  return row ?? null;
}

export async function coverOfPlan(db: Db, alignmentId: string): Promise<Cover | null> {
  const [row] = await db.select().from(planCovers).where(eq(planCovers.alignmentId, alignmentId));
  return row ?? null;
}

/** The cover whose end is written with this plan; null for any other plan. */
export async function coverEndedBy(db: Db, alignmentId: string): Promise<Cover | null> {
  const [row] = await db.select().from(planCovers).where(eq(planCovers.backAlignmentId, alignmentId));
  return row ?? null;
}

export async function updateCover(db: Db, id: string, change: Partial<Cover>): Promise<void> {
  await db.update(planCovers).set(change).where(eq(planCovers.id, id));
}

export async function coversIn(db: Db, states: Cover['state'][]): Promise<Cover[]> {
  return db.select().from(planCovers).where(inArray(planCovers.state, states)).orderBy(asc(planCovers.backOn));
}

/** Covers shown of a team, the newest first. */
const MOST_COVERS = 50;

export async function coversOf(db: Db, teamId: string): Promise<Cover[]> {
  return db
    .select()
    .from(planCovers)
    .where(eq(planCovers.teamId, teamId))
    .orderBy(desc(planCovers.at))
    .limit(MOST_COVERS);
}
