import { csvRow, parseCsv } from '../core/csv.ts';
import { longId, recordId, type AccountId, type RecordId, type TerritoryId } from '../core/ids.ts';
import type { OrgConnection } from './connection.ts';
import { actionFor } from './failures.ts';
import type { RowOutcome } from './writes.ts';

/** Above this many records Salesforce asks for Bulk API 2.0; below it Collections are faster and give way sooner. */
export const BULK_FROM = 2_000;
/** Small enough to hold in memory with its results and to show progress, big enough that its seven calls do not count. */
export const ROWS_PER_JOB = 25_000;

export type BulkState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
export interface BulkJob {
  id: string;
  state: BulkState;
  /** Records done so far, the refused ones among them. */
  processed: number;
  /** Why the whole job failed; null while it did not. */
  message: string | null;
}

/** A record of a job. Results come in any order, so each is known by what was sent. */
export type BulkRow = { accountId: AccountId; territoryId: TerritoryId } | { id: RecordId };
export interface BulkResult {
  row: BulkRow;
  /** Null: Salesforce did not get to it. */
  outcome: RowOutcome | null;
}

const JOBS = '/jobs/ingest';

/** Account-to-territory rows through Bulk API 2.0. Each step is a call of its own, so that a job can be resumed by its id. */
export class OrgBulk {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** Opens a job that nothing is in yet, and tells its id: to be written down before the upload. */
  async openBulkJob(kind: 'insert' | 'delete'): Promise<string> {
    const body = { object: 'ObjectTerritory2Association', operation: kind, contentType: 'CSV', lineEnding: 'LF' };
    const job = (await this.#connection.call({ method: 'POST', url: JOBS, body })) as { id: string };
    return job.id;
  }

  /** Sends the rows and lets the job begin. Until it has begun nothing is written. */
  async sendBulkRows(jobId: string, rows: readonly BulkRow[]): Promise<void> {
    const text = csvOf(rows);
    await this.#connection.call({ method: 'PUT', url: `${JOBS}/${jobId}/batches`, csv: text });
    await this.#connection.call({ method: 'PATCH', url: `${JOBS}/${jobId}`, body: { state: 'UploadComplete' } });
  }

  /** How far a job is; null when Salesforce no longer knows it (jobs are kept for seven days). */
  async bulkJob(jobId: string): Promise<BulkJob | null> {
    const job = (await this.#connection.callIfThere({ method: 'GET', url: `${JOBS}/${jobId}` })) as
      { id: string; state: BulkState; numberRecordsProcessed?: number; errorMessage?: string } | undefined;
    if (!job) return null;
    const { id, state, numberRecordsProcessed = 0, errorMessage } = job;
    return { id, state, processed: numberRecordsProcessed, message: errorMessage ?? null };
  }

  /** Ends a job; what it has done stays done. Harmless for one that is over. */
  async abortBulkJob(jobId: string): Promise<void> {
    await this.#connection.callIfThere({ method: 'PATCH', url: `${JOBS}/${jobId}`, body: { state: 'Aborted' } });
  }

  /** What became of every row of a job that is over. */
  async bulkResults(jobId: string, kind: 'insert' | 'delete'): Promise<BulkResult[]> {
    const rowsOf = async (name: string): Promise<Result[]> => {
      const text = await this.#connection.call({ method: 'GET', url: `${JOBS}/${jobId}/${name}`, asText: true });
      return resultsOf(String(text ?? ''), `the ${name} of bulk job ${jobId}`);
    };
    const done = (await rowsOf('successfulResults')).map((result) => ({
      row: rowOf(result, kind),
      outcome: { ok: true as const, id: result('sf__id') || null, already: false },
    }));
    const refused = (await rowsOf('failedResults')).map((result) => ({
      row: rowOf(result, kind),
      outcome: refusal(result('sf__error'), kind),
    }));
    const left = (await rowsOf('unprocessedrecords')).map((result) => ({ row: rowOf(result, kind), outcome: null }));
    return [...done, ...refused, ...left];
  }
}

/** One line of a result file: the cell of a column, '' where there is none. */
type Result = (column: string) => string;

function resultsOf(text: string, name: string): Result[] {
  if (text.trim() === '') return [];
  const { columns, rows } = parseCsv(text, name);
  const place = new Map(columns.map((column, k) => [column, k]));
  return rows.map(
    ({ cells }): Result =>
      (column) =>
        cells[place.get(column) ?? -1] ?? '',
  );
}

function csvOf(rows: readonly BulkRow[]): string {
  const isDelete = rows[0] !== undefined && 'id' in rows[0];
  const head = isDelete ? ['Id'] : ['ObjectId', 'Territory2Id', 'AssociationCause'];
  const lines = rows.map((row) =>
    csvRow('id' in row ? [row.id] : [row.accountId, row.territoryId, 'Territory2Manual']),
  );
  return csvRow(head) + lines.join('');
}

function rowOf(result: Result, kind: 'insert' | 'delete'): BulkRow {
  if (kind === 'delete') return { id: recordId(longId(result('id') || result('sf__id'))) };
  return {
    accountId: recordId(longId(result('objectid'))) as AccountId,
    territoryId: recordId(longId(result('territory2id'))),
  };
}

/** "DUPLICATE_VALUE:duplicate value found: …:ObjectId,Territory2Id --" → its code and sentence. */
function refusal(text: string, kind: 'insert' | 'delete'): RowOutcome {
  const [, code = 'UNKNOWN_EXCEPTION', message = text] = /^([A-Z_]+):(.*?)(?::[^:]*)? ?--$/s.exec(text) ?? [];
  if ((kind === 'insert' && code === 'DUPLICATE_VALUE') || (kind === 'delete' && code === 'ENTITY_IS_DELETED'))
    return { ok: true, id: null, already: true };
  return { ok: false, code, message, action: actionFor(code, { message }) };
}
