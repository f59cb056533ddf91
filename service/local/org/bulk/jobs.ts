import { setImmediate } from 'node:timers/promises';
import type { OrgDatabase } from '../database.ts';
import { SalesforceError } from '../errors.ts';
import type { Faults } from '../faults.ts';
import type { Records } from '../records.ts';
import type { Schema } from '../schema.ts';
import type { Sessions } from '../login/sessions.ts';
import type { Queries } from '../soql/queries.ts';
import { BATCH_ROWS, Ingest, InvalidUpload } from './ingest.ts';
import { JobStore, type JobInfo, type JobKind, type JobState } from './jobStore.ts';
import { storeQueryResults } from './queryResults.ts';
import { JobTrouble } from './trouble.ts';

export interface BulkDeps {
  db: OrgDatabase;
  schema: Schema;
  records: Records;
  faults: Faults;
  queries: Queries;
  sessions: Sessions;
  now: () => number;
}

/** Called before every batch of 10,000 rows; may wait, and fails the job by throwing. */
export type BeforeBatch = (job: { id: string; object: string; batch: number }) => Promise<void> | void;

const ENDED: JobState[] = ['JobComplete', 'Failed', 'Aborted'];

/** Nobody waits for a job's promise, so that even a mistake of this org must show in the job itself. */
function failureText(error: unknown): string {
  if (error instanceof InvalidUpload || error instanceof SalesforceError) return error.message;
  return `InternalServerError : ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** Bulk jobs: one after another, 200 rows at a time, with the event loop free in between. */
export class BulkJobs {
  readonly store: JobStore;
  beforeBatch: BeforeBatch | undefined;
  /** Batches begun since the org started, for the limits. */
  batches = 0;
  readonly #deps: BulkDeps;
  #queue: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(deps: BulkDeps) {
    this.#deps = deps;
    this.store = new JobStore(deps.db);
    for (const { kind, id } of this.store.unfinished()) this.start(kind, id);
  }

  /** Puts a job in the queue; it goes on where it stopped. */
  start(kind: JobKind, id: string): void {
    this.#queue = this.#queue.then(async () => {
      await setImmediate();
      if (!this.#isClosed) await (kind === 'ingest' ? this.#ingest(id) : this.#query(id));
    });
  }

  /** Stops between two chunks; what is not done stays unfinished. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue;
  }

  /** A job may change state only from some states. @throws INVALIDJOBSTATE */
  move(info: JobInfo, to: JobState, from: JobState[]): JobInfo {
    if (!from.includes(info.state)) {
      const verb = to === 'Aborted' ? 'Aborting' : 'Closing';
      const was = ENDED.includes(info.state) ? 'already Completed' : info.state;
      throw new SalesforceError('INVALIDJOBSTATE', `InvalidJobState: ${verb} ${was} Job not allowed`);
    }
    return this.#set(info, { state: to });
  }

  #set(info: JobInfo, change: Partial<JobInfo>, position?: number): JobInfo {
    const next = { ...info, ...change, systemModstamp: new Date(this.#deps.now()).toISOString().replace('Z', '+0000') };
    this.store.save(next, position);
    return next;
  }

  async #ingest(id: string): Promise<void> {
    let info = this.#current('ingest', id);
    if (!info) return;
    const { data, position } = this.store.work(id);
    const startedMs = this.#deps.now();
    info = this.#set(info, { state: 'InProgress' });
    const trouble = new JobTrouble(this.#deps.faults.forJob(info));
    try {
      const ingest = new Ingest({ ...this.#deps, trouble }, info, data);
      if (data.trim() !== '') ingest.begin(position);
      for (let isDone = data.trim() === ''; !isDone;) {
        await setImmediate();
        const now = this.#current('ingest', id);
        if (this.#isClosed || !now) return;
        if (now.numberRecordsProcessed % BATCH_ROWS === 0) await this.#batch(now);
        if (this.#isStopped(trouble, now, startedMs)) return;
        isDone = this.#chunk(ingest, id);
      }
      this.#end({ kind: 'ingest', id, startedMs }, 'JobComplete');
    } catch (error) {
      this.#end({ kind: 'ingest', id, startedMs }, 'Failed', failureText(error));
    }
  }

  /** Ordered trouble: the job ends here, or never. */
  #isStopped(trouble: JobTrouble, { id, numberRecordsProcessed }: JobInfo, startedMs: number): boolean {
    const turn = trouble.turn(numberRecordsProcessed);
    if (turn === 'revoke') this.#deps.sessions.revokeAll();
    if (turn === 'fail') this.#end({ kind: 'ingest', id, startedMs }, 'Failed', trouble.message);
    if (turn === 'abort') this.#end({ kind: 'ingest', id, startedMs }, 'Aborted');
    return turn === 'fail' || turn === 'abort' || turn === 'stall';
  }

  async #batch(info: JobInfo): Promise<void> {
    this.batches++;
    await this.beforeBatch?.({ id: info.id, object: info.object, batch: info.numberRecordsProcessed / BATCH_ROWS });
  }

  /** 200 rows and what came of them, in one transaction: after a crash neither is there. */
  #chunk(ingest: Ingest, id: string): boolean {
    return this.#deps.db.transaction(() => {
      const { successful, failed, position, isDone } = ingest.chunk();
      this.store.addLines(id, 'successful', successful);
      this.store.addLines(id, 'failed', failed);
      const info = this.store.info('ingest', id);
      const change = {
        numberRecordsProcessed: info.numberRecordsProcessed + successful.length + failed.length,
        numberRecordsFailed: (info.numberRecordsFailed ?? 0) + failed.length,
      };
      this.#set(info, change, position);
      return isDone;
    });
  }

  async #query(id: string): Promise<void> {
    const info = this.#current('query', id);
    if (!info) return;
    const startedMs = this.#deps.now();
    this.#set(info, { state: 'InProgress' });
    const trouble = new JobTrouble(this.#deps.faults.forJob(info));
    await setImmediate();
    if (this.#isClosed) return;
    const turn = trouble.turn(Number.POSITIVE_INFINITY);
    if (turn === 'stall') return;
    if (turn === 'revoke') this.#deps.sessions.revokeAll();
    if (turn === 'abort') return this.#end({ kind: 'query', id, startedMs }, 'Aborted');
    if (turn === 'fail') return this.#end({ kind: 'query', id, startedMs }, 'Failed', trouble.message);
    try {
      const { query } = this.store.work(id);
      const rows = this.#deps.db.transaction(() => storeQueryResults(this.#deps.queries, this.store, info, query));
      this.#set(this.store.info('query', id), { numberRecordsProcessed: rows });
      this.#end({ kind: 'query', id, startedMs }, 'JobComplete');
    } catch (error) {
      this.#end({ kind: 'query', id, startedMs }, 'Failed', failureText(error));
    }
  }

  /** The job, unless it was aborted or deleted meanwhile. */
  #current(kind: JobKind, id: string): JobInfo | undefined {
    const info = this.store.find(kind, id);
    return info && !ENDED.includes(info.state) ? info : undefined;
  }

  #end(job: { kind: JobKind; id: string; startedMs: number }, state: JobState, errorMessage?: string): void {
    const { kind, id, startedMs } = job;
    const info = this.#current(kind, id);
    if (!info) return;
    const spentMs = info.totalProcessingTime + this.#deps.now() - startedMs;
    const times = { totalProcessingTime: spentMs, ...(kind === 'ingest' ? { apiActiveProcessingTime: spentMs } : {}) };
    this.#set(info, { state, ...times, ...(errorMessage === undefined ? {} : { errorMessage }) });
  }
}
