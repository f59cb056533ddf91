import { SalesforceError, salesforceError } from '../errors.ts';
import type { ResolvedObject } from '../schema.ts';
import type { OrgState } from '../state.ts';
import { baseOf, ok, type RestCall, type RestReply } from './call.ts';
import { describeGlobal, describeObject, summary } from './describe.ts';
import type { Dispatcher } from './dispatcher.ts';
import { compactLayouts, pageLayouts } from './layouts.ts';

const ROOT = [
  'composite',
  'jobs',
  'limits',
  'parameterizedSearch',
  'query',
  'queryAll',
  'recent',
  'search',
  'sobjects',
  'tabs',
  'theme',
];

function limits(org: OrgState): Record<string, { Max: number; Remaining: number }> {
  const daily = (Max: number, Remaining = Max) => ({ Max, Remaining });
  const { used, limit } = org.api;
  return {
    ConcurrentAsyncGetReportInstances: daily(200),
    DailyApiRequests: daily(limit, Math.max(0, limit - used)),
    DailyAsyncApexExecutions: daily(250_000),
    DailyBulkApiBatches: daily(15_000, Math.max(0, 15_000 - org.bulk.batches)),
    DailyBulkV2QueryFileStorageMB: daily(976_562),
    DailyBulkV2QueryJobs: daily(10_000),
    DailyGenericStreamingApiEvents: daily(10_000),
    DataStorageMB: daily(10_240),
    FileStorageMB: daily(10_240),
    HourlyTimeBasedWorkflow: daily(1000),
    MassEmail: daily(5000),
    SingleEmail: daily(5000),
  };
}

/** Descriptions change only when the org starts. */
function described(org: OrgState, call: RestCall, body: () => unknown): RestReply {
  const since = call.header('if-modified-since');
  const headers = { 'Last-Modified': new Date(org.startedMs).toUTCString() };
  if (since !== undefined) {
    const time = Date.parse(since);
    if (Number.isNaN(time))
      throw new SalesforceError('BAD_REQUEST', `The value of the If-Modified-Since header is not valid: ${since}`);
    if (Math.floor(org.startedMs / 1000) <= Math.floor(time / 1000)) return { status: 304, headers };
  }
  return { status: 200, body: body(), headers };
}

function tab(object: ResolvedObject, call: RestCall) {
  const url = `${call.baseUrl}/${object.keyPrefix}/o`;
  return {
    colors: [],
    custom: object.name.endsWith('__c'),
    iconUrl: `${call.baseUrl}/img/icon/custom51_100/box32.png`,
    icons: [],
    label: object.labelPlural ?? `${object.label}s`,
    miniIconUrl: `${call.baseUrl}/img/icon/custom51_100/box16.png`,
    mobileUrl: url,
    name: `standard-${object.name}`,
    sobjectName: object.name,
    url,
  };
}

function objectRoutes(rest: Dispatcher, org: OrgState): void {
  const find = (call: RestCall, name = ''): ResolvedObject => {
    const object = org.access.schemaFor(call.userId).find(name);
    if (!object) throw salesforceError.notFound();
    return object;
  };
  rest.add('GET', '/sobjects', (call) =>
    described(org, call, () => describeGlobal(org.access.schemaFor(call.userId), baseOf(call))),
  );
  rest.add('GET', '/sobjects/:object', (call, { object }) => {
    const found = find(call, object);
    const recentItems = org.recent.list(call.userId, { base: baseOf(call), object: found.name });
    return ok({ objectDescribe: summary(found, baseOf(call)), recentItems });
  });
  rest.add('GET', '/sobjects/:object/describe', (call, { object }) => {
    const found = find(call, object);
    return described(org, call, () => describeObject(org.access.schemaFor(call.userId), found, baseOf(call)));
  });
  for (const path of ['/sobjects/:object/describe/layouts', '/sobjects/:object/describe/layouts/:type'])
    rest.add('GET', path, (call, { object }) => ok(pageLayouts(find(call, object), baseOf(call))));
  rest.add('GET', '/sobjects/:object/describe/namedLayouts/:name', (call, { object }) =>
    ok(pageLayouts(find(call, object), baseOf(call))),
  );
  rest.add('GET', '/sobjects/:object/describe/compactLayouts', (call, { object }) =>
    ok(compactLayouts(find(call, object), baseOf(call))),
  );
  rest.add('GET', '/sobjects/:object/describe/approvalLayouts', (call, { object }) => {
    find(call, object);
    return ok({ approvalLayouts: [] });
  });
  rest.add('GET', '/sobjects/:object/quickActions', (call, { object }) => {
    find(call, object);
    return ok([]);
  });
  rest.add('GET', '/sobjects/:object/listviews', () => {
    throw salesforceError.outside('list views');
  });
}

/** What the org says about itself. */
export function metaRoutes(rest: Dispatcher, org: OrgState): void {
  rest.add('GET', '/', (call) => {
    const resources = Object.fromEntries(ROOT.map((name) => [name, `${baseOf(call)}/${name}`]));
    return ok({ ...resources, identity: `${call.baseUrl}/id/${org.orgId}/${call.userId}` });
  });
  rest.add('GET', '/limits', () => ok(limits(org)));
  rest.add('GET', '/recent', (call) => {
    const limit = Number(call.query['limit'] ?? 0);
    return ok(org.recent.list(call.userId, { base: baseOf(call), ...(limit > 0 ? { limit } : {}) }));
  });
  rest.add('GET', '/tabs', (call) => ok(org.schema.objects.map((object) => tab(object, call))));
  rest.add('GET', '/theme', () =>
    ok({ themeItems: org.schema.objects.map(({ name }) => ({ name, colors: [], icons: [] })) }),
  );
  objectRoutes(rest, org);
}
