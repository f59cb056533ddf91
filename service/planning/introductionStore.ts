import { asc, eq } from 'drizzle-orm';
import type { Db } from '../store/store.ts';
import { introductions } from '../store/tables/planning.ts';

export type Introduction = typeof introductions.$inferSelect;
export type NewIntroduction = Omit<typeof introductions.$inferInsert, 'id'>;

/** Notes the tasks that are to be made; one that is noted already stays as it is. */
export async function insertIntroductions(db: Db, rows: readonly NewIntroduction[]): Promise<void> {
  const MOST = 500;
  for (let k = 0; k < rows.length; k += MOST)
    await db
      .insert(introductions)
      .values(rows.slice(k, k + MOST))
      .onConflictDoNothing();
}

export async function introductionsOf(db: Db, publishId: string): Promise<Introduction[]> {
  return db
    .select()
    .from(introductions)
    .where(eq(introductions.publishId, publishId))
    .orderBy(asc(introductions.fromName), asc(introductions.toName), asc(introductions.accountName));
}

export async function updateIntroduction(db: Db, id: string, change: Partial<Introduction>): Promise<void> {
  await db.update(introductions).set(change).where(eq(introductions.id, id));
}
