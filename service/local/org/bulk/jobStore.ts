import type { OrgDatabase } from '../database.ts';
import { salesforceError } from '../errors.ts';
import { DELIMITERS, LINE_ENDINGS } from './csv.ts';

export type JobKind = 'ingest' | 'query';
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export interface JobInfo {
  id: string;
  operation: string;
  object: string;
  createdById: string;
  createdDate: string;
  systemModstamp: string;
  state: JobState;
  externalIdFieldName?: string;
  assignmentRuleId?: string;
  concurrencyMode: 'Parallel';
  contentType: 'CSV';
  apiVersion: number;
  contentUrl?: string;
  lineEnding: keyof typeof LINE_ENDINGS;
  columnDelimiter: keyof typeof DELIMITERS;
  jobType: 'V2Ingest' | 'V2Query';
  retries: number;
  totalProcessingTime: number;
  apiActiveProcessingTime?: number;
  apexProcessingTime?: number;
  numberRecordsProcessed: number;
  numberRecordsFailed?: number;
  isPkChunkingSupported?: boolean;
  errorMessage?: string;
}

/** One part of a job's results: lines of CSV without their line ending. */
export type ResultKind = 'successful' | 'failed' | 'rows';

/** Bulk jobs, their uploads (apart, since a job's row is written often) and their results in the org's own database, so that they outlive a restart. */
export class JobStore {
  readonly #db: OrgDatabase;

  constructor(db: OrgDatabase) {
    this.#db = db;
    db.sql.exec(`CREATE TABLE IF NOT EXISTS _bulk_job
      (Id TEXT PRIMARY KEY, kind TEXT NOT NULL, info TEXT NOT NULL, query TEXT, position INTEGER NOT NULL DEFAULT 0);
      CREATE TABLE IF NOT EXISTS _bulk_data (job TEXT PRIMARY KEY, data TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS _bulk_result (n INTEGER PRIMARY KEY, job TEXT NOT NULL, kind TEXT NOT NULL, lines TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS _bulk_result_job ON _bulk_result (job, kind)`);
  }

  newId(): string {
    return this.#db.nextId({ keyPrefix: '750', name: '_bulk_job' });
  }

  add(kind: JobKind, info: JobInfo, query?: string): void {
    this.#db.run('INSERT INTO _bulk_job (Id, kind, info, query) VALUES (?, ?, ?, ?)', [
      info.id,
      kind,
      JSON.stringify(info),
      query ?? null,
    ]);
  }

  /** @throws NOT_FOUND */
  info(kind: JobKind, id: string): JobInfo {
    const info = this.find(kind, id);
    if (!info || (id.length !== 15 && id.length !== 18)) throw salesforceError.notFound();
    return info;
  }

  find(kind: JobKind, id: string): JobInfo | undefined {
    const row = this.#db.get('SELECT info FROM _bulk_job WHERE Id BETWEEN ? AND ? AND kind = ?', [
      id.slice(0, 15),
      `${id.slice(0, 15)}~`,
      kind,
    ]);
    return row && (JSON.parse(String(row['info'])) as JobInfo);
  }

  save(info: JobInfo, position?: number): void {
    this.#db.run('UPDATE _bulk_job SET info = ?, position = IFNULL(?, position) WHERE Id = ?', [
      JSON.stringify(info),
      position ?? null,
      info.id,
    ]);
  }

  /** The newest first. */
  list(kind: JobKind): JobInfo[] {
    return this.#db
      .all('SELECT info FROM _bulk_job WHERE kind = ? ORDER BY Id DESC', [kind])
      .map((row) => JSON.parse(String(row['info'])) as JobInfo);
  }

  setData(id: string, data: string): void {
    this.#db.run('INSERT INTO _bulk_data (job, data) VALUES (?, ?)', [id, data]);
  }

  hasData(id: string): boolean {
    return this.#db.get('SELECT 1 FROM _bulk_data WHERE job = ?', [id]) !== undefined;
  }

  work(id: string): { data: string; position: number; query: string } {
    const row = this.#db.get(
      'SELECT data, position, query FROM _bulk_job LEFT JOIN _bulk_data ON job = Id WHERE Id = ?',
      [id],
    );
    return {
      data: String(row?.['data'] ?? ''),
      position: Number(row?.['position'] ?? 0),
      query: String(row?.['query'] ?? ''),
    };
  }

  addLines(id: string, kind: ResultKind, lines: string[]): void {
    if (lines.length)
      this.#db.run('INSERT INTO _bulk_result (job, kind, lines) VALUES (?, ?, ?)', [id, kind, JSON.stringify(lines)]);
  }

  *lines(id: string, kind: ResultKind): Generator<string[]> {
    const parts = this.#db.all('SELECT n FROM _bulk_result WHERE job = ? AND kind = ? ORDER BY n', [id, kind]);
    for (const { n } of parts) {
      const row = this.#db.get('SELECT lines FROM _bulk_result WHERE n = ?', [n ?? 0]);
      yield JSON.parse(String(row?.['lines'] ?? '[]')) as string[];
    }
  }

  remove(id: string): void {
    this.#db.run('DELETE FROM _bulk_data WHERE job = ?', [id]);
    this.#db.run('DELETE FROM _bulk_result WHERE job = ?', [id]);
    this.#db.run('DELETE FROM _bulk_job WHERE Id = ?', [id]);
  }

  /** Jobs that a restart interrupted. */
  unfinished(): { kind: JobKind; id: string }[] {
    return this.#db
      .all(`SELECT Id, kind FROM _bulk_job WHERE json_extract(info, '$.state') IN ('UploadComplete', 'InProgress')`)
      .map((row) => ({ kind: row['kind'] as JobKind, id: String(row['Id']) }));
  }
}
