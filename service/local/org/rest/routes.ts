import { Router, type Request, type Response } from 'express';
import { requireCollectionSize, saveEach } from './collections.ts';
import { describeGlobal, describeObject } from './describe.ts';
import { SalesforceError, salesforceError } from '../errors.ts';
import { changedRecords, deletedRecords, readMany, readRecord } from './reads.ts';
import type { DmlContext } from '../hooks.ts';
import type { Input } from '../records.ts';
import type { OrgState } from '../state.ts';
import { idValue } from '../values.ts';

const baseOf = (request: Request): string => `/services/data/v${String(request.params['version'])}`;
const userOf = (response: Response): string => String(response.locals['userId']);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const idOf = (request: Request): string => String(request.params['id']);
const objectOf = (request: Request): string => String(request.params['object']);

const contextOf = (request: Request, response: Response): DmlContext => ({
  userId: userOf(response),
  autoAssign: !/^false$/i.test(request.get('sforce-auto-assign') ?? ''),
});

/** `Sforce-Query-Options: batchSize=500`: 200 to 2,000, which is also the default. */
function batchSizeOf(request: Request): number {
  const asked = Number(/batchSize=(\d+)/i.exec(request.get('sforce-query-options') ?? '')?.[1] ?? 2000);
  return Math.min(2000, Math.max(200, asked));
}

function query(org: OrgState, includeDeleted: boolean) {
  return (request: Request, response: Response): void => {
    const soql = textOf(request.query['q']);
    if (!soql) throw new SalesforceError('MISSING_ARGUMENT', 'The q parameter is missing');
    const version = String(request.params['version']);
    response.json(
      org.queries.run(soql, { userId: userOf(response), includeDeleted, version, batchSize: batchSizeOf(request) }),
    );
  };
}

/** A single record that is not there answers 404, where a collection says INVALID_CROSS_REFERENCE_KEY. */
function asSingle<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SalesforceError && error.code === 'MALFORMED_ID' && error.fields.length === 0)
      throw new SalesforceError(
        'NOT_FOUND',
        `Provided external ID field does not exist or is not accessible: ${error.message.replace('bad id ', '')}`,
      );
    if (error instanceof SalesforceError && error.code === 'INVALID_CROSS_REFERENCE_KEY' && error.fields.length === 0)
      throw salesforceError.notFound();
    throw error;
  }
}

function recordRoutes(router: Router, org: OrgState): void {
  const { records, db } = org;
  router.get('/sobjects/:object/updated', (request, response) => {
    response.json(changedRecords(org, objectOf(request), request.query));
  });
  router.get('/sobjects/:object/deleted', (request, response) => {
    response.json(deletedRecords(org, objectOf(request), request.query));
  });
  router.post('/sobjects/:object', (request, response) => {
    const input = (request.body ?? {}) as Input;
    const id = db.transaction(() => records.create(objectOf(request), input, contextOf(request, response)));
    response.status(201).json({ id, success: true, errors: [] });
  });
  router.get('/sobjects/:object/:id', (request, response) => {
    const fields = textOf(request.query['fields']).split(',').filter(Boolean);
    const read = { objectName: objectOf(request), id: idOf(request), fields, base: baseOf(request) };
    response.json(asSingle(() => readRecord(org, read, userOf(response))));
  });
  router.patch('/sobjects/:object/:id', (request, response) => {
    const fields = (request.body ?? {}) as Input;
    const context = contextOf(request, response);
    asSingle(() => db.transaction(() => records.update(objectOf(request), idOf(request), { fields, context })));
    response.status(204).end();
  });
  router.delete('/sobjects/:object/:id', (request, response) => {
    asSingle(() =>
      db.transaction(() => records.remove(idOf(request), contextOf(request, response), objectOf(request))),
    );
    response.status(204).end();
  });
}

function collectionRoutes(router: Router, org: OrgState): void {
  const { records, db } = org;
  const typeOf = (record: Input): string => textOf((record['attributes'] as Input | undefined)?.['type']);
  router.post('/composite/sobjects', (request, response) => {
    const body = (request.body ?? {}) as { records?: unknown; allOrNone?: boolean };
    const save = (record: Input): string => {
      return records.create(typeOf(record), record, contextOf(request, response));
    };
    const items = requireCollectionSize(body.records) as Input[];
    response.json(saveEach(db, items, { allOrNone: body.allOrNone === true, save }));
  });
  router.patch('/composite/sobjects', (request, response) => {
    const body = (request.body ?? {}) as { records?: unknown; allOrNone?: boolean };
    const context = contextOf(request, response);
    const save = (record: Input): string => {
      return records.update(typeOf(record), record['id'] ?? record['Id'], { fields: record, context });
    };
    const items = requireCollectionSize(body.records) as Input[];
    response.json(saveEach(db, items, { allOrNone: body.allOrNone === true, save }));
  });
  router.delete('/composite/sobjects', (request, response) => {
    const ids = requireCollectionSize(textOf(request.query['ids']).split(',').filter(Boolean)) as string[];
    const save = (id: string): string => {
      return records.remove(id, contextOf(request, response));
    };
    response.json(saveEach(db, ids, { allOrNone: textOf(request.query['allOrNone']) === 'true', save }));
  });
  const retrieve = (request: Request, response: Response, asked: { ids: string[]; fields: string[] }): void => {
    requireCollectionSize(asked.ids.length > 2000 ? asked.ids : []);
    const ids = asked.ids.map((id) => idValue(id));
    response.json(
      readMany(
        org,
        { objectName: objectOf(request), ids, fields: asked.fields, base: baseOf(request) },
        userOf(response),
      ),
    );
  };
  router.post('/composite/sobjects/:object', (request, response) => {
    const { ids = [], fields = [] } = (request.body ?? {}) as { ids?: string[]; fields?: string[] };
    retrieve(request, response, { ids, fields });
  });
  router.get('/composite/sobjects/:object', (request, response) => {
    const list = (name: string): string[] => textOf(request.query[name]).split(',').filter(Boolean);
    retrieve(request, response, { ids: list('ids'), fields: list('fields') });
  });
}

export function restRoutes(org: OrgState): Router {
  const router = Router({ caseSensitive: true, mergeParams: true });
  router.get('/', (request, response) => {
    const base = baseOf(request);
    const identity = `${request.protocol}://${request.get('host')}/id/${org.orgId}/${userOf(response)}`;
    response.json({ sobjects: `${base}/sobjects`, query: `${base}/query`, limits: `${base}/limits`, identity });
  });
  router.get('/limits', (_request, response) => {
    const daily = (Max: number, Remaining = Max) => ({ Max, Remaining });
    response.json({
      DailyApiRequests: daily(org.api.limit, org.api.limit - org.api.used),
      DailyBulkV2QueryJobs: daily(10_000),
      DailyBulkApiBatches: daily(15_000),
      DataStorageMB: daily(10_240),
    });
  });
  router.get('/query', query(org, false));
  router.get('/queryAll', query(org, true));
  for (const path of ['/query/:locator', '/queryAll/:locator'])
    router.get(path, (request, response) => void response.json(org.queries.more(String(request.params['locator']))));
  router.get('/sobjects', (request, response) => {
    response.json(describeGlobal(org.access.schemaFor(userOf(response)), baseOf(request)));
  });
  router.get('/sobjects/:object/describe', (request, response) => {
    const schema = org.access.schemaFor(userOf(response));
    const object = schema.find(objectOf(request));
    if (!object) throw salesforceError.notFound();
    response.json(describeObject(schema, object, baseOf(request)));
  });
  recordRoutes(router, org);
  collectionRoutes(router, org);
  return router;
}
