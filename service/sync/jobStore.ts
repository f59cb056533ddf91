import { and, asc, eq, sql } from 'drizzle-orm';
import type { Store } from '../store/store.ts';
import { bulkJobs } from '../store/tables/sync.ts';
import { MAX_JOBS_A_ROW } from './journalStore.ts';

export type JobRecord = typeof bulkJobs.$inferSelect;

/** A job that does not exist in the CRM yet, and the rows that it will carry, noted together. */
export async function insertJob(
  store: Store,
  job: { publishId: string; kind: 'insert' | 'delete'; at: Date },
  rowIds: readonly number[],
): Promise<number> {
  return store.transaction(async (tx) => {
    const [made] = await tx.insert(bulkJobs).values(job).returning({ id: bulkJobs.id });
    await tx.execute(sql`update publish_row set job_id = ${made!.id}, tries = tries + 1
      where id in (select jsonb_array_elements_text(${JSON.stringify(rowIds)}::jsonb)::bigint)`);
    return made!.id;
  });
}

export async function noteCrmJob(store: Store, id: number, crmJobId: string): Promise<void> {
  await store.db.update(bulkJobs).set({ crmJobId }).where(eq(bulkJobs.id, id));
}

/** The job is over: rows that it still carries are free to be written another way. */
export async function closeJob(store: Store, id: number): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.execute(sql`update publish_row set job_id = null where job_id = ${id}`);
    await tx.update(bulkJobs).set({ isSettled: true }).where(eq(bulkJobs.id, id));
  });
}

export async function openJobs(store: Store, publishId: string): Promise<JobRecord[]> {
  return store.db
    .select()
    .from(bulkJobs)
    .where(and(eq(bulkJobs.publishId, publishId), eq(bulkJobs.isSettled, false)))
    .orderBy(asc(bulkJobs.id));
}

/** Rows that no bulk job is to carry again. */
export async function writeSingly(store: Store, rowIds: readonly number[]): Promise<void> {
  if (rowIds.length === 0) return;
  await store.db.execute(sql`update publish_row set tries = ${MAX_JOBS_A_ROW}
    where id in (select jsonb_array_elements_text(${JSON.stringify(rowIds)}::jsonb)::bigint)`);
}
