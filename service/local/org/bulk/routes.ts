import { SalesforceError, salesforceError } from '../errors.ts';
import { baseOf, bodyOf, noContent, ok, type RestCall, type RestReply } from '../rest/call.ts';
import type { Dispatcher } from '../rest/dispatcher.ts';
import type { OrgState } from '../state.ts';
import { csvLine, CsvReader, DELIMITERS, LINE_ENDINGS } from './csv.ts';
import { Ingest, InvalidUpload } from './ingest.ts';
import type { JobInfo, JobKind } from './jobStore.ts';
import { checkBulkQuery, resultPage } from './queryResults.ts';

const OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];
const invalidJob = (text: string): SalesforceError => new SalesforceError('INVALIDJOB', `InvalidJob : ${text}`);

function choice<T extends string>(
  body: Record<string, unknown>,
  name: string,
  among: { of: readonly T[]; fallback: T },
): T {
  const value = body[name] ?? among.fallback;
  const found = among.of.find((each) => each === value);
  if (found === undefined)
    throw new SalesforceError(
      'JSON_PARSER_ERROR',
      `Cannot deserialize value of ${name} from String "${String(value)}": value not one of declared Enum instance names: [${among.of.join(', ')}]`,
    );
  return found;
}

function newInfo(org: OrgState, call: RestCall, kind: JobKind): Omit<JobInfo, 'operation' | 'object' | 'state'> {
  const body = bodyOf(call);
  const created = new Date(org.now()).toISOString().replace('Z', '+0000');
  const delimiters = Object.keys(DELIMITERS) as (keyof typeof DELIMITERS)[];
  const endings = Object.keys(LINE_ENDINGS) as (keyof typeof LINE_ENDINGS)[];
  return {
    id: org.bulk.store.newId(),
    createdById: call.userId,
    createdDate: created,
    systemModstamp: created,
    concurrencyMode: 'Parallel',
    contentType: choice(body, 'contentType', { of: ['CSV'] as const, fallback: 'CSV' }),
    apiVersion: Number(call.version),
    lineEnding: choice(body, 'lineEnding', { of: endings, fallback: 'LF' }),
    columnDelimiter: choice(body, 'columnDelimiter', { of: delimiters, fallback: 'COMMA' }),
    jobType: kind === 'ingest' ? 'V2Ingest' : 'V2Query',
    retries: 0,
    totalProcessingTime: 0,
    numberRecordsProcessed: 0,
  };
}

/** A job as it is. Its address for data is "only valid if the job is in Open state". */
function present(info: JobInfo): JobInfo {
  const { contentUrl, ...rest } = info;
  return contentUrl && info.state === 'Open' ? info : rest;
}

/** A new job tells nothing yet of what it did. */
function presentNew(given: JobInfo): Partial<JobInfo> {
  const info = present(given);
  const { id, operation, object, createdById, createdDate, systemModstamp, state, externalIdFieldName } = info;
  const { concurrencyMode, contentType, apiVersion, contentUrl, lineEnding, columnDelimiter, assignmentRuleId } = info;
  return {
    ...{
      id,
      operation,
      object,
      createdById,
      createdDate,
      systemModstamp,
      state,
      concurrencyMode,
      contentType,
      apiVersion,
    },
    ...(externalIdFieldName ? { externalIdFieldName } : {}),
    ...(assignmentRuleId ? { assignmentRuleId } : {}),
    ...(contentUrl ? { contentUrl } : {}),
    lineEnding,
    columnDelimiter,
  };
}

function createIngest(org: OrgState, call: RestCall): RestReply {
  const body = bodyOf(call);
  const operation = choice(body, 'operation', { of: OPERATIONS, fallback: '' });
  if (typeof body['object'] !== 'string') throw invalidJob('object is required');
  const object = org.access.schemaFor(call.userId).find(body['object']);
  if (!object) throw new SalesforceError('INVALIDENTITY', `Unable to find object: ${body['object']}`);
  const key = body['externalIdFieldName'];
  if (operation === 'upsert') {
    if (typeof key !== 'string' || !key)
      throw invalidJob(`External ID was blank for ${object.name}. An External ID must be specified for upsert.`);
    try {
      org.records.keyField(object, key);
    } catch (cause) {
      if (!(cause instanceof SalesforceError)) throw cause;
      throw invalidJob(
        `Field name provided, ${key} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
      );
    }
  }
  const info = newInfo(org, call, 'ingest');
  const rule = body['assignmentRuleId'];
  const job: JobInfo = {
    ...info,
    operation,
    object: object.name,
    state: 'Open',
    ...(typeof key === 'string' && key ? { externalIdFieldName: key } : {}),
    ...(typeof rule === 'string' && rule ? { assignmentRuleId: rule } : {}),
    contentUrl: `${baseOf(call).slice(1)}/jobs/ingest/${info.id}/batches`,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0,
    numberRecordsFailed: 0,
  };
  org.bulk.store.add('ingest', job);
  return ok(presentNew(job));
}

function upload(org: OrgState, call: RestCall, id: string): RestReply {
  const info = org.bulk.store.info('ingest', id);
  if (info.state !== 'Open' || org.bulk.store.hasData(info.id))
    throw new SalesforceError(
      'INVALIDJOBSTATE',
      `Found multiple contents for job: <${info.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  org.bulk.store.setData(info.id, typeof call.body === 'string' ? call.body : '');
  return { status: 201 };
}

function change(org: OrgState, call: RestCall, at: { kind: JobKind; id: string }): RestReply {
  const info = org.bulk.store.info(at.kind, at.id);
  const { state } = bodyOf(call);
  if (state === 'Aborted')
    return ok(presentNew(org.bulk.move(info, 'Aborted', ['Open', 'UploadComplete', 'InProgress'])));
  if (state !== 'UploadComplete' || at.kind === 'query')
    throw new SalesforceError('INVALIDJOBSTATE', `A job cannot be set to ${String(state)}`);
  const moved = org.bulk.move(info, 'UploadComplete', ['Open']);
  org.bulk.start('ingest', info.id);
  return ok(presentNew(moved));
}

function remove(org: OrgState, at: { kind: JobKind; id: string }): RestReply {
  const info = org.bulk.store.info(at.kind, at.id);
  if (info.state === 'Open' || info.state === 'InProgress')
    throw new SalesforceError('INVALIDJOBSTATE', 'Deleting not Closed or Aborted Job not allowed');
  org.bulk.store.remove(info.id);
  return noContent;
}

/** The job's own columns, behind those that the org adds. */
function results(org: OrgState, id: string, kind: 'successful' | 'failed'): RestReply {
  const info = org.bulk.store.info('ingest', id);
  const delimiter = DELIMITERS[info.columnDelimiter];
  const { data } = org.bulk.store.work(info.id);
  const header = data.trim() ? (new CsvReader(data, delimiter).next() ?? []) : [];
  const own = kind === 'successful' ? ['sf__Id', 'sf__Created'] : ['sf__Id', 'sf__Error'];
  const lines = [csvLine([...own, ...header], delimiter)];
  for (const part of org.bulk.store.lines(info.id, kind)) lines.push(...part);
  const ending = LINE_ENDINGS[info.lineEnding];
  return { status: 200, csv: lines.map((line) => `${line}${ending}`).join('') };
}

function unprocessed(org: OrgState, id: string): RestReply {
  const info = org.bulk.store.info('ingest', id);
  const { data, position } = org.bulk.store.work(info.id);
  const ending = LINE_ENDINGS[info.lineEnding];
  const reader = new CsvReader(data, DELIMITERS[info.columnDelimiter]);
  if (info.state === 'JobComplete' || !data.trim()) {
    const header = reader.next() ?? [];
    return { status: 200, csv: `${csvLine(header, DELIMITERS[info.columnDelimiter])}${ending}` };
  }
  const ingest = new Ingest({ ...org }, info, { data });
  try {
    ingest.begin(position);
  } catch (error) {
    if (!(error instanceof InvalidUpload)) throw error;
    return { status: 200, csv: data };
  }
  const lines = [csvLine(ingest.header, DELIMITERS[info.columnDelimiter]), ...ingest.rest()];
  return { status: 200, csv: lines.map((line) => `${line}${ending}`).join('') };
}

function createQuery(org: OrgState, call: RestCall): RestReply {
  const body = bodyOf(call);
  const operation = choice(body, 'operation', { of: ['query', 'queryAll'], fallback: '' });
  const query = body['query'];
  if (typeof query !== 'string') throw invalidJob('query is required');
  const request = {
    userId: call.userId,
    includeDeleted: operation === 'queryAll',
    version: call.version,
    batchSize: 1,
  };
  const compiled = org.queries.compile(query, request);
  checkBulkQuery(compiled);
  const info = newInfo(org, call, 'query');
  const job: JobInfo = {
    ...info,
    operation,
    object: compiled.object.name,
    state: 'UploadComplete',
    isPkChunkingSupported: true,
  };
  org.bulk.store.add('query', job, query);
  org.bulk.start('query', job.id);
  return ok(presentNew(job));
}

function queryResults(org: OrgState, call: RestCall, id: string): RestReply {
  const info = org.bulk.store.info('query', id);
  if (info.state !== 'JobComplete')
    throw new SalesforceError(
      'INVALIDJOBSTATE',
      `The job is in state ${info.state}; results are there when it is JobComplete`,
    );
  const { locator, maxRecords } = call.query;
  if (maxRecords !== undefined && !/^[1-9]\d*$/.test(maxRecords))
    throw new SalesforceError('BAD_REQUEST', `maxRecords must be a positive number, not ${maxRecords}`);
  const page = resultPage(org.bulk.store, info, {
    ...(locator && locator !== 'null' ? { locator } : {}),
    ...(maxRecords ? { maxRecords: Number(maxRecords) } : {}),
  });
  return {
    status: 200,
    csv: page.csv,
    headers: { 'Sforce-Locator': page.locator, 'Sforce-NumberOfRecords': String(page.count) },
  };
}

/** /jobs/ingest and /jobs/query: Bulk API 2.0. */
export function bulkRoutes(rest: Dispatcher, org: OrgState): void {
  for (const kind of ['ingest', 'query'] as const) {
    rest.add('GET', `/jobs/${kind}`, () =>
      ok({ done: true, records: org.bulk.store.list(kind), nextRecordsUrl: null }),
    );
    rest.add('POST', `/jobs/${kind}`, (call) => (kind === 'ingest' ? createIngest(org, call) : createQuery(org, call)));
    rest.add('GET', `/jobs/${kind}/:id`, (_call, { id = '' }) => ok(present(org.bulk.store.info(kind, id))));
    rest.add('PATCH', `/jobs/${kind}/:id`, (call, { id = '' }) => change(org, call, { kind, id }));
    rest.add('DELETE', `/jobs/${kind}/:id`, (_call, { id = '' }) => remove(org, { kind, id }));
  }
  rest.add('PUT', '/jobs/ingest/:id/batches', (call, { id = '' }) => upload(org, call, id));
  rest.add('GET', '/jobs/ingest/:id/successfulResults', (_call, { id = '' }) => results(org, id, 'successful'));
  rest.add('GET', '/jobs/ingest/:id/failedResults', (_call, { id = '' }) => results(org, id, 'failed'));
  rest.add('GET', '/jobs/ingest/:id/unprocessedrecords', (_call, { id = '' }) => unprocessed(org, id));
  rest.add('GET', '/jobs/query/:id/results', (call, { id = '' }) => queryResults(org, call, id));
  rest.add('POST', '/jobs/:other', () => {
    throw salesforceError.outside('other kinds of jobs');
  });
}
