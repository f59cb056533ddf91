import { SalesforceError } from '../errors.ts';
import type { OrgState } from '../state.ts';
import { ok, type RestCall, type RestReply } from './call.ts';
import type { Dispatcher } from './dispatcher.ts';

/** `Sforce-Query-Options: batchSize=500`: 200 to 2,000, which is also the default. */
function batchSizeOf(call: RestCall): number {
  const asked = Number(/batchSize=(\d+)/i.exec(call.header('sforce-query-options') ?? '')?.[1] ?? 2000);
  return Math.min(2000, Math.max(200, asked));
}

function query(org: OrgState, call: RestCall, includeDeleted: boolean): RestReply {
  const { explain, q } = call.query;
  const request = { userId: call.userId, includeDeleted, version: call.version, batchSize: batchSizeOf(call) };
  if (explain !== undefined) return ok(org.queries.explain(explain, request));
  if (q === undefined) throw new SalesforceError('MALFORMED_QUERY', 'A query string has to be specified');
  return ok(org.queries.run(q, request));
}

export function queryRoutes(rest: Dispatcher, org: OrgState): void {
  rest.add('GET', '/query', (call) => query(org, call, false));
  rest.add('GET', '/queryAll', (call) => query(org, call, true));
  for (const path of ['/query/:locator', '/queryAll/:locator'])
    rest.add('GET', path, (call, { locator = '' }) => ok(org.queries.more(locator, call.userId)));
}
