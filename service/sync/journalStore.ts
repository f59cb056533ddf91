import { and, asc, count, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Db, Store } from '../store/store.ts';
import { publishes, publishRows, rowLedger } from '../store/tables/sync.ts';

export type JournalRow = typeof publishRows.$inferSelect;
export type NewJournalRow = Omit<typeof publishRows.$inferInsert, 'publishId'>;
export type LedgerEntry = typeof rowLedger.$inferInsert;
export type Outcome = JournalRow['outcome'];

/** Rows a statement; as one JSON value they are no parameters, and this many are a few megabytes. */
const ROWS_PER_INSERT = 5_000;

/** A row that this many bulk jobs did not get to, or that was locked in one, is written by single requests. */
export const MAX_JOBS_A_ROW = 2;

/** Notes what a publish means to write. */
export async function insertRows(tx: Db, publishId: string, rows: readonly NewJournalRow[]): Promise<void> {
  for (let k = 0; k < rows.length; k += ROWS_PER_INSERT) {
    const json = JSON.stringify(rows.slice(k, k + ROWS_PER_INSERT));
    await tx.execute(sql`
      insert into publish_row (publish_id, action, account_id, account_name, territory_id, territory_name, user_id,
        record_id, from_id, from_name, to_id, to_name, from_territory_id, to_territory_id, details, outcome, code,
        message, advice)
      select ${publishId}::uuid, v.action, v."accountId", v."accountName", v."territoryId", v."territoryName", v."userId",
        v."recordId", v."fromId", v."fromName", v."toId", v."toName", v."fromTerritoryId", v."toTerritoryId", v.details,
        v.outcome, v.code, v.message, v.advice
      from jsonb_to_recordset(${json}::jsonb) as v(action text, "accountId" text, "accountName" text,
        "territoryId" text, "territoryName" text, "userId" text, "recordId" text, "fromId" text, "fromName" text,
        "toId" text, "toName" text, "fromTerritoryId" text, "toTerritoryId" text, details jsonb, outcome text,
        code text, message text, advice text)`);
  }
}

export interface RowFilter {
  outcomes?: Outcome[];
  actions?: JournalRow['action'][];
  limit?: number;
  /** Only rows that no bulk job carries, or only those of one. */
  job?: 'none' | number;
  /** Only rows that a bulk job may carry (again). */
  forJobs?: boolean;
  /** Only rows that no publish has taken back. */
  standing?: boolean;
}

const where = (publishId: string, { outcomes, actions, job, forJobs, standing }: RowFilter) =>
  and(
    eq(publishRows.publishId, publishId),
    outcomes ? inArray(publishRows.outcome, outcomes) : undefined,
    actions ? inArray(publishRows.action, actions) : undefined,
    job === undefined ? undefined : job === 'none' ? isNull(publishRows.jobId) : eq(publishRows.jobId, job),
    forJobs ? lt(publishRows.tries, MAX_JOBS_A_ROW) : undefined,
    standing
      ? sql`(${publishRows.takenBackBy} is null or exists (select 1 from publish back
          where back.id = ${publishRows.takenBackBy} and back.state = 'failed'))`
      : undefined,
  );

/** Rows of the journal, those of one account together. */
export async function journalRows(store: Store, publishId: string, filter: RowFilter = {}): Promise<JournalRow[]> {
  const rows = store.db
    .select()
    .from(publishRows)
    .where(where(publishId, filter))
    .orderBy(asc(publishRows.accountId), asc(publishRows.id));
  return filter.limit === undefined ? rows : rows.limit(filter.limit);
}

export async function countRows(store: Store, publishId: string, filter: RowFilter = {}): Promise<number> {
  const [row] = await store.db.select({ n: count() }).from(publishRows).where(where(publishId, filter));
  return row?.n ?? 0;
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

/** What one reply of the CRM means for the ledger. */
export interface LedgerEffects {
  made?: readonly LedgerEntry[];
  removed?: readonly string[];
}

/** A settlement without reasons keeps those that are there. */
const withKeep = (settled: Settled) => ({
  ...settled,
  keep: settled.code === undefined && settled.message === undefined,
});

/** Outcomes of one request with what they mean for the ledger and the log of assignments, together or not at all. */
export async function settle(
  store: Store,
  settled: readonly Settled[],
  effects: LedgerEffects & { at: Date },
): Promise<void> {
  if (settled.length === 0) return;
  const at = effects.at.toISOString();
  await store.transaction(async (tx) => {
    await tx.execute(sql`
      update publish_row set outcome = v.outcome, at = ${at}::timestamptz, job_id = null,
        record_id = coalesce(v."recordId", publish_row.record_id),
        code = case when v.keep then publish_row.code else v.code end,
        message = case when v.keep then publish_row.message else v.message end,
        advice = case when v.keep then publish_row.advice else v.advice end
      from jsonb_to_recordset(${JSON.stringify(settled.map(withKeep))}::jsonb)
        as v(id bigint, outcome text, "recordId" text, code text, message text, advice text, keep boolean)
      where publish_row.id = v.id`);
    await noteLedger(tx, effects);
    await logAssignments(
      tx,
      settled.filter(({ outcome }) => outcome === 'written').map(({ id }) => id),
      at,
    );
  });
}

async function noteLedger(tx: Db, { made = [], removed = [], at }: LedgerEffects & { at: Date }): Promise<void> {
  if (made.length > 0) await insertLedger(tx, made);
  if (removed.length > 0)
    await tx.execute(sql`update row_ledger set removed_at = ${at.toISOString()}::timestamptz
      where record_id in (select jsonb_array_elements_text(${JSON.stringify(removed)}::jsonb))`);
}

export async function insertLedger(tx: Db, entries: readonly LedgerEntry[]): Promise<void> {
  for (let k = 0; k < entries.length; k += ROWS_PER_INSERT)
    await tx.execute(sql`
      insert into row_ledger (record_id, kind, team_id, account_id, territory_id, user_id, source, publish_id, by_id, at)
      select v."recordId", v.kind, v."teamId", v."accountId", v."territoryId", v."userId", v.source,
        v."publishId"::uuid, v."byId", v.at::timestamptz
      from jsonb_to_recordset(${JSON.stringify(entries.slice(k, k + ROWS_PER_INSERT))}::jsonb)
        as v("recordId" text, kind text, "teamId" text, "accountId" text, "territoryId" text, "userId" text,
          source text, "publishId" text, "byId" text, at text)
      on conflict (record_id) do update set removed_at = null`);
}

/** What was written, in the log that is never changed: once a journal row, however often a crash repeats it. */
async function logAssignments(tx: Db, rowIds: readonly number[], at: string): Promise<void> {
  if (rowIds.length === 0) return;
  await tx.execute(sql`
    insert into assignment_log (at, account_id, account_name, team_id, what, from_id, from_name, to_id, to_name, why,
      publish_id, publish_row_id, plan_name, approved_by, by_id, by_name)
    select ${at}::timestamptz, r.account_id, r.account_name, p.team_id, r.action, r.from_id, r.from_name, r.to_id,
      r.to_name, coalesce(r.details->>'why', case p.kind when 'takeBack' then 'Taken back' end), p.id, r.id,
      p.alignment_name, p.approved_by, p.by_id, p.by_name
    from publish_row r join publish p on p.id = r.publish_id
    where r.account_id <> '' and r.id in (select jsonb_array_elements_text(${JSON.stringify(rowIds)}::jsonb)::bigint)
    on conflict (publish_row_id) do nothing`);
}

/** Skipped for good: there is nothing to do, or nothing that a repeat would change. */
const FINAL_CODES = ['is_owner_now', 'changed_since', 'record_gone', 'owner_left'];

export const isFinal = (code: string | null): boolean => code !== null && FINAL_CODES.includes(code);

/** What failed, was not reached or got no answer is planned once more; its reasons go. */
export async function planAgain(store: Store, publishId: string): Promise<void> {
  await store.db.execute(sql`
    update publish_row set outcome = 'planned', code = null, message = null, advice = null, tries = 0
    where publish_id = ${publishId}::uuid and outcome in ('failed', 'skipped', 'unknown')
      and coalesce(code, '') not in (select jsonb_array_elements_text(${JSON.stringify(FINAL_CODES)}::jsonb))`);
}
