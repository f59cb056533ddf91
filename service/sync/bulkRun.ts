import type { AccountId, RecordId, TerritoryId } from '../core/ids.ts';
import { chunked } from '../org/among.ts';
import { ROWS_PER_JOB, type BulkRow } from '../org/bulk.ts';
import { isLocked, type RowOutcome } from '../org/writes.ts';
import { closeJob, insertJob, noteCrmJob, openJobs, writeSingly, type JobRecord } from './jobStore.ts';
import { countRows, journalRows, type JournalRow } from './journalStore.ts';
import type { Action } from './phases.ts';
import { Cancelled, type Run } from './runContext.ts';
import { settleOutcomes } from './outcomes.ts';

/** Salesforce's own advice is one look every few seconds; the first ones come sooner, for jobs that are over at once. */
const POLL_PAUSES_MS = [1_000, 3_000, 5_000];
/** A job of this size is over in minutes; one that says nothing for this long is left, and its rows go another way. */
const MAX_POLLS = 360;
const ROWS_PER_SETTLE = 5_000;
const OVER = new Set(['JobComplete', 'Failed', 'Aborted']);

const kindOf = (action: Action): 'insert' | 'delete' => (action === 'addAssociation' ? 'insert' : 'delete');

/** Writes associations by bulk jobs, sorted by account, until few enough are left for single requests. */
export async function runBulk(run: Run, action: Action): Promise<void> {
  const { deps, publish } = run;
  const filter = { outcomes: ['planned' as const], actions: [action], job: 'none' as const, forJobs: true };
  while ((await countRows(deps.store, publish.id, filter)) > deps.bulkFrom) {
    await run.mayGoOn();
    const rows = await journalRows(deps.store, publish.id, { ...filter, limit: ROWS_PER_JOB });
    await runJob(run, kindOf(action), rows);
  }
}

async function runJob(run: Run, kind: 'insert' | 'delete', rows: readonly JournalRow[]): Promise<void> {
  const { deps, publish } = run;
  const ids = rows.map(({ id }) => id);
  const jobId = await insertJob(deps.store, { publishId: publish.id, kind, at: deps.now() }, ids);
  const crmJobId = await deps.org.openBulkJob(kind).catch(async (error: unknown) => {
    // nothing was sent: the rows are as they were
    await closeJob(deps.store, jobId);
    throw error;
  });
  await noteCrmJob(deps.store, jobId, crmJobId);
  try {
    await deps.org.sendBulkRows(crmJobId, rows.map(bulkRow));
  } catch (error) {
    // begun or not, the reply decides nothing: the job itself is asked
    if ((await deps.org.bulkJob(crmJobId))?.state === 'Open') {
      await deps.org.abortBulkJob(crmJobId);
      await closeJob(deps.store, jobId);
      throw error;
    }
  }
  await followJob(run, { id: jobId, kind, crmJobId });
}

type OpenJob = Pick<JobRecord, 'id' | 'kind'> & { crmJobId: string };

/** Waits for a job and notes what became of its rows. */
async function followJob(run: Run, job: OpenJob): Promise<void> {
  const { deps } = run;
  for (let poll = 0; ; poll++) {
    const found = await deps.org.bulkJob(job.crmJobId);
    if (found === null) return closeJob(deps.store, job.id);
    if (OVER.has(found.state)) break;
    try {
      await run.mayGoOn();
    } catch (error) {
      if (error instanceof Cancelled) await endJob(run, job);
      throw error;
    }
    if (poll >= MAX_POLLS) {
      await deps.org.abortBulkJob(job.crmJobId);
      break;
    }
    await deps.sleep(POLL_PAUSES_MS[Math.min(poll, POLL_PAUSES_MS.length - 1)] ?? 0);
  }
  await settleJob(run, job);
}

/** Somebody asked to stop: the job is ended, and what it has done by then is noted. */
async function endJob(run: Run, job: OpenJob): Promise<void> {
  await run.deps.org.abortBulkJob(job.crmJobId);
  await settleJob(run, job);
}

/** Outcomes of a job that is over; rows that it did not get to, or that were locked, stay planned for another way. */
async function settleJob(run: Run, job: OpenJob): Promise<void> {
  const { deps, publish } = run;
  const rows = await journalRows(deps.store, publish.id, { outcomes: ['planned'], job: job.id });
  const results = new Map((await deps.org.bulkResults(job.crmJobId, job.kind)).map((each) => [keyOf(each.row), each]));
  const known = rows.flatMap((row) => {
    const outcome = results.get(keyOf(bulkRow(row)))?.outcome ?? null;
    return outcome === null ? [] : [{ row, outcome }];
  });
  const isLockedOut = ({ outcome }: { outcome: RowOutcome }): boolean => !outcome.ok && isLocked(outcome);
  for (const some of chunked(
    known.filter((each) => !isLockedOut(each)),
    ROWS_PER_SETTLE,
  ))
    await settleOutcomes(
      run,
      some.map(({ row }) => row),
      some.map(({ outcome }) => outcome),
    );
  await writeSingly(
    deps.store,
    known.filter(isLockedOut).map(({ row }) => row.id),
  );
  await closeJob(deps.store, job.id);
}

const bulkRow = (row: JournalRow): BulkRow =>
  row.action === 'addAssociation'
    ? { accountId: row.accountId as AccountId, territoryId: row.territoryId as TerritoryId }
    : { id: row.recordId as RecordId };

const keyOf = (row: BulkRow): string => ('id' in row ? row.id : `${row.accountId} ${row.territoryId}`);

/** Jobs that a former process left: one that has begun is waited for, one that has not is dropped. */
export async function resumeJobs(run: Run): Promise<void> {
  const { deps, publish } = run;
  for (const { id, kind, crmJobId } of await openJobs(deps.store, publish.id)) {
    const found = crmJobId === null ? null : await deps.org.bulkJob(crmJobId);
    if (crmJobId === null || found === null) await closeJob(deps.store, id);
    else if (found.state === 'Open') {
      await deps.org.abortBulkJob(crmJobId);
      await closeJob(deps.store, id);
    } else await followJob(run, { id, kind, crmJobId });
  }
}
