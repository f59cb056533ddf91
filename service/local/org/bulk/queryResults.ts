import { salesforceError, SalesforceError } from '../errors.ts';
import type { FieldSchema } from '../schema.ts';
import type { CompiledQuery } from '../soql/compile.ts';
import type { Queries } from '../soql/queries.ts';
import { csvLine, DELIMITERS, LINE_ENDINGS } from './csv.ts';
import type { JobInfo, JobStore } from './jobStore.ts';

/** Rows kept together in one part of the stored result. */
const PART_ROWS = 5000;

/** What a bulk query cannot do. @throws API_ERROR in Salesforce's words */
export function checkBulkQuery(compiled: CompiledQuery): void {
  if (compiled.children.length || compiled.typeofs.length)
    throw new SalesforceError(
      'API_ERROR',
      'Aggregate Relationships not supported in Bulk V2 Query with CSV content type',
    );
  if (compiled.columns.some((column) => column.field.type === 'address'))
    throw new SalesforceError('API_ERROR', 'Selecting compound data not supported in Bulk Query');
  if (compiled.kind === 'count') throw new SalesforceError('API_ERROR', 'COUNT not supported in Bulk Query');
  if (compiled.kind !== 'records')
    throw new SalesforceError('API_ERROR', 'Bulk V2 Query does not support aggregate functions and GROUP BY');
}

function shown(field: FieldSchema, value: unknown): string {
  if (field.type === 'boolean') return value === 1 ? 'true' : 'false';
  return value === null || value === undefined ? '' : String(value as string | number);
}

/** Runs the query of a job and stores its lines, the header first. @returns the number of records */
export function storeQueryResults(queries: Queries, store: JobStore, info: JobInfo, query: string): number {
  const delimiter = DELIMITERS[info.columnDelimiter];
  const request = {
    userId: info.createdById,
    includeDeleted: info.operation === 'queryAll',
    version: info.apiVersion.toFixed(1),
    batchSize: PART_ROWS,
  };
  const { compiled, rows } = queries.rows(query, request);
  checkBulkQuery(compiled);
  const names = compiled.columns.map((column) => [...column.relationships, column.name].join('.'));
  store.addLines(info.id, 'rows', [csvLine(names, delimiter)]);
  for (let start = 0; start < rows.length; start += PART_ROWS) {
    const part = rows.slice(start, start + PART_ROWS);
    const lines = part.map((row) =>
      csvLine(
        compiled.columns.map((column, k) => shown(column.field, row[k])),
        delimiter,
      ),
    );
    store.addLines(info.id, 'rows', lines);
  }
  return rows.length;
}

export interface ResultPage {
  csv: string;
  count: number;
  /** "null" when nothing follows. */
  locator: string;
}

/** A page of a finished query job; the locator is the number of records before it, in Base64 as Salesforce has it. */
export function resultPage(
  store: JobStore,
  info: JobInfo,
  asked: { locator?: string; maxRecords?: number },
): ResultPage {
  const start = asked.locator ? Number(Buffer.from(asked.locator, 'base64url').toString()) : 0;
  if (!Number.isInteger(start) || start < 0 || start > info.numberRecordsProcessed) throw salesforceError.notFound();
  const end = Math.min(info.numberRecordsProcessed, start + (asked.maxRecords ?? info.numberRecordsProcessed));
  const lines: string[] = [];
  let at = -1; // the header is line -1
  for (const part of store.lines(info.id, 'rows')) {
    if (at === -1) lines.push(...part.slice(0, 1));
    else if (at < end && at + part.length > start)
      for (const line of part.slice(Math.max(0, start - at), end - at)) lines.push(line);
    at += part.length;
    if (at >= end) break;
  }
  const ending = LINE_ENDINGS[info.lineEnding];
  const locator = end < info.numberRecordsProcessed ? Buffer.from(String(end)).toString('base64url') : 'null';
  return { csv: lines.map((line) => `${line}${ending}`).join(''), count: end - start, locator };
}
