import { setImmediate } from 'node:timers/promises';
import type { OrgDatabase } from '../database.ts';
import { SalesforceError } from '../errors.ts';
import type { Faults } from '../faults.ts';
import type { Records } from '../records.ts';
import type { Schema } from '../schema.ts';
import type { Queries } from '../soql/queries.ts';
import { BATCH_ROWS, Ingest, InvalidUpload } from './ingest.ts';
import { JobStore, type JobInfo, type JobKind, type JobState } from './jobStore.ts';
import { Trouble, TROUBLE_TEXT, type JobTrouble } from './trouble.ts';
import { storeQueryResults } from './queryResults.ts';

export interface BulkDeps {
  db: OrgDatabase;
  schema: Schema;
  records: Records;
  faults: Faults;
  queries: Queries;
  now: () => number;
}

const ENDED: JobState[] = ['JobComplete', 'Failed', 'Aborted'];

/** Nobody waits for a job's promise, so that even a mistake of this org must show in the job itself. */
function failureText(error: unknown): string {
  if (error instanceof InvalidUpload || error instanceof SalesforceError) return error.message;
  return `InternalServerError : ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

interface RunningJob {
  kind: JobKind;
  id: string;
  startedMs: number;
}

/** Bulk jobs: one after another, 200 rows at a time, with the event loop free in between. */
export class BulkJobs {
  readonly store: JobStore;
  /** Asked once when work on a job begins: trouble on order. */
  troubleFor: ((job: { operation: string; object: string }) => JobTrouble | undefined) | undefined;
  /** Ends every session of the org; for trouble on order. */
  endSessions: (() => void) | undefined;
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
      throw new SalesforceError('INVALIDJOBSTATE', `${verb} ${was} Job not allowed`);
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
    const job = { kind: 'ingest' as const, id, startedMs: this.#deps.now() };
    info = this.#set(info, { state: 'InProgress' });
    try {
      const trouble = new Trouble(this.troubleFor?.(info));
      const ingest = new Ingest(this.#deps, info, { data, isLocked: trouble.isLocked });
      if (data.trim() !== '') ingest.begin(position);
      for (let isDone = data.trim() === ''; !isDone;) {
        await setImmediate();
        const now = this.#current('ingest', id);
        if (this.#isClosed || !now) return;
        if (now.numberRecordsProcessed % BATCH_ROWS === 0) this.batches++;
        if (this.#isStopped(job, trouble.at(now.numberRecordsProcessed))) return;
        isDone = this.#chunk(ingest, id, trouble.rowsUntil(now.numberRecordsProcessed));
      }
      this.#end(job, 'JobComplete');
    } catch (error) {
      this.#end(job, 'Failed', failureText(error));
    }
  }

  /** 200 rows and what came of them, in one transaction: after a crash neither is there. */
  #chunk(ingest: Ingest, id: string, maxRows: number): boolean {
    return this.#deps.db.transaction(() => {
      const { successful, failed, position, isDone } = ingest.chunk(maxRows);
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
    await setImmediate();
    if (this.#isClosed) return;
    const job = { kind: 'query' as const, id, startedMs };
    // the rows of a query come all at once
    if (this.#isStopped(job, new Trouble(this.troubleFor?.(info)).at(Number.MAX_SAFE_INTEGER))) return;
    try {
      const { query } = this.store.work(id);
      const rows = this.#deps.db.transaction(() => storeQueryResults(this.#deps.queries, this.store, info, query));
      this.#set(this.store.info('query', id), { numberRecordsProcessed: rows });
      this.#end(job, 'JobComplete');
    } catch (error) {
      this.#end(job, 'Failed', failureText(error));
    }
  }

  /** Lets happen what was ordered; does the job end or stand still by it? */
  #isStopped(job: RunningJob, ordered: JobTrouble | undefined): boolean {
    if (!ordered) return false;
    if (ordered.act === 'revoke') {
      this.endSessions?.();
      return false;
    }
    if (ordered.act !== 'stall')
      this.#end(job, ordered.act === 'abort' ? 'Aborted' : 'Failed', ordered.message ?? TROUBLE_TEXT);
    return true;
  }

  /** The job, unless it was aborted or deleted meanwhile. */
  #current(kind: JobKind, id: string): JobInfo | undefined {
    const info = this.store.find(kind, id);
    return info && !ENDED.includes(info.state) ? info : undefined;
  }

  #end(job: RunningJob, state: JobState, errorMessage?: string): void {
    const { kind, id, startedMs } = job;
    const info = this.#current(kind, id);
    if (!info) return;
    const spentMs = info.totalProcessingTime + this.#deps.now() - startedMs;
    const times = { totalProcessingTime: spentMs, ...(kind === 'ingest' ? { apiActiveProcessingTime: spentMs } : {}) };
    this.#set(info, { state, ...times, ...(errorMessage === undefined ? {} : { errorMessage }) });
  }
}
