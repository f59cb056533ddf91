import { SalesforceError } from '../errors.ts';
import type { OrgState } from '../state.ts';
import { bodyOf, ok, splitUrl, type RestCall, type RestReply } from './call.ts';
import { errorReply, type Dispatcher } from './dispatcher.ts';

interface Subrequest {
  method?: string;
  url?: string;
  referenceId?: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
}

export interface SubResponse {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

const MAX_SUBREQUESTS = 25;
/** Of these, how many may be queries or collections. */
const MAX_HEAVY = 5;
const HEAVY = /\/(query|queryAll|composite\/sobjects)(\/|\?|$)/;
const HALTED = 'The transaction was rolled back since another operation in the same transaction failed.';

class RolledBack extends Error {}

/** "@{ref.records[0].Id}" anywhere in a text becomes the value of an earlier reply. */
function resolveText(text: string, replies: Map<string, unknown>): unknown {
  const whole = /^@\{([^}]+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return valueAt(whole, replies);
  return text.replace(/@\{([^}]+)\}/g, (_, path: string) => String(valueAt(path, replies)));
}

function valueAt(path: string, replies: Map<string, unknown>): unknown {
  const [first = '', ...rest] = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  if (!replies.has(first))
    throw new SalesforceError('PROCESSING_HALTED', `Invalid reference specified. No value for ${path} found`);
  let value = replies.get(first);
  for (const part of rest) {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    const found =
      entries.find(([name]) => name === part) ?? entries.find(([name]) => name.toLowerCase() === part.toLowerCase());
    if (!found)
      throw new SalesforceError(
        'PROCESSING_HALTED',
        `Invalid reference specified. No value for ${path} found in ${first}`,
      );
    value = found[1];
  }
  return value;
}

function resolve(value: unknown, replies: Map<string, unknown>): unknown {
  if (typeof value === 'string') return resolveText(value, replies);
  if (Array.isArray(value)) return value.map((each) => resolve(each, replies));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolve(each, replies)]));
}

/** A call inside a call: the same user, its own headers. */
export function innerCall(call: RestCall, request: Subrequest): RestCall {
  const { version, path, query } = splitUrl(request.url ?? '');
  const own = new Map(Object.entries(request.httpHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    ...call,
    method: (request.method ?? 'GET').toUpperCase(),
    version: version ?? call.version,
    path,
    query,
    body: request.body,
    header: (name) => own.get(name.toLowerCase()),
  };
}

function check(requests: Subrequest[]): void {
  if (requests.length === 0 || requests.length > MAX_SUBREQUESTS)
    throw new SalesforceError(
      'BAD_REQUEST',
      `A composite request takes 1 to ${MAX_SUBREQUESTS} subrequests; this one has ${requests.length}.`,
    );
  const heavy = requests.filter((request) => HEAVY.test(request.url ?? '')).length;
  if (heavy > MAX_HEAVY)
    throw new SalesforceError(
      'BAD_REQUEST',
      `Only ${MAX_HEAVY} subrequests can be queries or collections; there are ${heavy}.`,
    );
  const seen = new Set<string>();
  for (const { referenceId } of requests) {
    if (!referenceId || !/^[A-Za-z0-9]\w*$/.test(referenceId))
      throw new SalesforceError(
        'JSON_PARSER_ERROR',
        `Provided referenceId ('${referenceId ?? ''}') must start with a letter or a number, and it can contain only letters, numbers, and underscores ('_').`,
      );
    if (seen.has(referenceId))
      throw new SalesforceError('BAD_REQUEST', `The referenceId ${referenceId} is used twice.`);
    seen.add(referenceId);
  }
}

/** Runs subrequests in order, each seeing the replies before it. */
export class Composite {
  readonly #rest: Dispatcher;
  readonly #org: OrgState;

  constructor(rest: Dispatcher, org: OrgState) {
    this.#rest = rest;
    this.#org = org;
  }

  #one(call: RestCall, request: Subrequest, replies: Map<string, unknown>): SubResponse {
    const referenceId = request.referenceId ?? '';
    let reply: RestReply;
    try {
      const inner = innerCall(call, { ...request, url: String(resolveText(request.url ?? '', replies)) });
      inner.body = resolve(request.body, replies);
      if (inner.path[0] === 'composite' && inner.path[1] !== 'sobjects' && inner.path[1] !== 'tree')
        throw new SalesforceError('BAD_REQUEST', 'A composite request cannot be nested in another one.');
      reply = this.#rest.answer(inner);
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      reply = errorReply(error);
    }
    if (reply.status < 400) replies.set(referenceId, reply.body ?? null);
    return { body: reply.body ?? null, httpHeaders: reply.headers ?? {}, httpStatusCode: reply.status, referenceId };
  }

  /** With allOrNone one failure undoes all: the failing one keeps its reply, the others say PROCESSING_HALTED. */
  run(call: RestCall, requests: Subrequest[], allOrNone: boolean): { responses: SubResponse[]; isDone: boolean } {
    const responses: SubResponse[] = [];
    const replies = new Map<string, unknown>();
    try {
      this.#org.db.transaction(() => {
        for (const request of requests) {
          responses.push(this.#one(call, request, replies));
          if (allOrNone && (responses.at(-1)?.httpStatusCode ?? 0) >= 400) throw new RolledBack();
        }
      });
      return { responses, isDone: true };
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    const failed = responses.at(-1);
    return {
      isDone: false,
      responses: requests.map((request) =>
        failed && request.referenceId === failed.referenceId
          ? failed
          : {
              body: [{ errorCode: 'PROCESSING_HALTED', message: HALTED }],
              httpHeaders: {},
              httpStatusCode: 400,
              referenceId: request.referenceId ?? '',
            },
      ),
    };
  }
}

/** POST /composite: up to 25 subrequests with references between them. */
export function compositeRoutes(rest: Dispatcher, org: OrgState): Composite {
  const composite = new Composite(rest, org);
  rest.add('POST', '/composite', (call) => {
    const { compositeRequest, allOrNone } = bodyOf(call);
    if (!Array.isArray(compositeRequest))
      throw new SalesforceError('JSON_PARSER_ERROR', 'The compositeRequest property must be an array');
    check(compositeRequest as Subrequest[]);
    return ok({
      compositeResponse: composite.run(call, compositeRequest as Subrequest[], allOrNone === true).responses,
    });
  });
  return composite;
}
