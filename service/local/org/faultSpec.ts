import { HTTP_STATUS, type SalesforceCode } from './errors.ts';

/** When a fault hits: of everything that fits it, in this order. */
interface When {
  /** Fitting calls to let through first. */
  after?: number;
  /** Then only every n-th. */
  every?: number;
  /** Then with this chance, drawn from `seed` (default: the fault's id). */
  probability?: number;
  seed?: number;
  /** How many it hits before it is gone; 1 when absent. */
  times?: number | 'always';
}

export interface RequestFault extends When {
  kind: 'request';
  /** Part of the path (with query) that the request must contain. */
  path?: string;
  /** Regular expression over the path with query. */
  pattern?: string;
  method?: string;
  /** The object that the path or the query's FROM names. */
  object?: string;
  delayMs?: number;
  /** Answer with this error instead of doing the work. */
  code?: SalesforceCode;
  status?: number;
  message?: string;
  /** Answer `status` (default 503) with a page of HTML, as a proxy or a maintenance page does. */
  html?: boolean;
  /** End the session of the request for good: 401 now, and until the client logs in again. */
  revoke?: boolean;
  /** Cut the connection before the work, after it (done, but the caller never hears of it), or in the middle of the answer. */
  drop?: 'before' | 'after' | 'midway';
}

export interface RecordFault extends When {
  kind: 'record';
  /** A write of a record with this id, or with this value in any field; every record when absent. */
  value?: string;
  object?: string;
  operation?: 'create' | 'update' | 'delete';
  code: SalesforceCode;
  message?: string;
}

export interface JobFault extends When {
  kind: 'job';
  object?: string;
  /** insert, update, upsert, delete, hardDelete, query. */
  operation?: string;
  /**
   * fail, abort: the job ends in that state, with the rows of `afterRows` done and the rest unprocessed.
   * stall: it stays InProgress. revoke: every session ends while it runs. lock: rows answer UNABLE_TO_LOCK_ROW.
   */
  act: 'fail' | 'abort' | 'stall' | 'revoke' | 'lock';
  /** Rows that are done before it happens; 0 when absent. */
  afterRows?: number;
  /** Of the rows, for `lock`: this share, drawn from `seed`; 1 when absent. */
  rowShare?: number;
  message?: string;
}

export type Fault = RequestFault | RecordFault | JobFault;

const JOB_ACTS = new Set(['fail', 'abort', 'stall', 'revoke', 'lock']);
const DROPS = new Set(['before', 'after', 'midway']);

/** Salesforce's words where the order names only the code. */
const MESSAGES: Partial<Record<SalesforceCode, string>> = {
  UNABLE_TO_LOCK_ROW: 'unable to obtain exclusive access to this record',
  REQUEST_LIMIT_EXCEEDED: 'TotalRequests Limit exceeded.',
  INVALID_SESSION_ID: 'Session expired or invalid',
  INVALID_QUERY_LOCATOR: 'invalid query locator',
  SERVER_UNAVAILABLE: 'The server is temporarily unavailable. Please try again later.',
  UNKNOWN_EXCEPTION: 'An unexpected error occurred. Please include this ErrorId if you contact support: 1-2 (3)',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:
    'AccountTrigger: execution of BeforeUpdate\n\ncaused by: System.NullPointerException: Attempt to de-reference a null object\n\nTrigger.AccountTrigger: line 7, column 1',
};

/** What real trouble looks like; an order names one by `preset` and adds when and where it hits. */
export const PRESETS = {
  /** This one request is told that its session is over; the session lives on. */
  unauthorized: { kind: 'request', code: 'INVALID_SESSION_ID' },
  sessionExpired: { kind: 'request', path: '/services/data', revoke: true },
  requestLimit: { kind: 'request', path: '/services/data', code: 'REQUEST_LIMIT_EXCEEDED' },
  concurrentLimit: {
    kind: 'request',
    path: '/services/data',
    code: 'REQUEST_LIMIT_EXCEEDED',
    message: 'ConcurrentPerOrgLongTxn Limit exceeded.',
  },
  internalError: { kind: 'request', path: '/services/data', code: 'UNKNOWN_EXCEPTION' },
  badGateway: { kind: 'request', html: true, status: 502 },
  unavailable: { kind: 'request', html: true, status: 503 },
  unavailableJson: { kind: 'request', path: '/services/data', code: 'SERVER_UNAVAILABLE' },
  slow: { kind: 'request', delayMs: 500 },
  dropBefore: { kind: 'request', drop: 'before' },
  dropAfter: { kind: 'request', drop: 'after' },
  dropMidway: { kind: 'request', drop: 'midway' },
  locatorExpired: { kind: 'request', pattern: '/query(All)?/01g', code: 'INVALID_QUERY_LOCATOR' },
  lock: { kind: 'record', code: 'UNABLE_TO_LOCK_ROW' },
  groupLock: {
    kind: 'record',
    code: 'UNABLE_TO_LOCK_ROW',
    message: 'Group membership operation already in progress',
  },
  triggerError: { kind: 'record', code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
  jobFailed: { kind: 'job', act: 'fail', message: 'InternalServerError : Too many attempts' },
  jobAborted: { kind: 'job', act: 'abort' },
  jobStalls: { kind: 'job', act: 'stall' },
  jobSessionExpired: { kind: 'job', act: 'revoke' },
  jobLocks: { kind: 'job', act: 'lock', rowShare: 0.1 },
} as const satisfies Record<string, Fault>;

export type Preset = keyof typeof PRESETS;

const PROPERTIES: Record<Fault['kind'], readonly string[]> = {
  request: ['path', 'pattern', 'method', 'object', 'delayMs', 'code', 'status', 'message', 'html', 'revoke', 'drop'],
  record: ['value', 'object', 'operation', 'code', 'message'],
  job: ['object', 'operation', 'act', 'afterRows', 'rowShare', 'message'],
};
const WHEN = ['kind', 'after', 'every', 'probability', 'seed', 'times'];

function requireCount(value: unknown, name: string, least: number): void {
  if (value !== undefined && (typeof value !== 'number' || !Number.isInteger(value) || value < least))
    throw new TypeError(`"${name}" must be a whole number from ${least}.`);
}

function requireWhen({ after, every, probability, seed, times }: When): void {
  requireCount(after, 'after', 0);
  requireCount(every, 'every', 1);
  requireCount(seed, 'seed', 0);
  if (times !== 'always') requireCount(times, 'times', 1);
  if (probability !== undefined && !(probability >= 0 && probability <= 1))
    throw new TypeError('"probability" must be between 0 and 1.');
}

/** {"preset": "lock", "object": "Account"} → the whole order. */
export function fromPreset(order: Record<string, unknown>): Fault {
  const { preset, ...more } = order;
  if (preset === undefined) return order as unknown as Fault;
  const known = PRESETS[preset as Preset] as Fault | undefined;
  if (!known)
    throw new TypeError(`There is no preset "${String(preset)}"; there are ${Object.keys(PRESETS).join(', ')}.`);
  return { ...known, ...more } as Fault;
}

/** @throws TypeError that says what is wrong with the order */
export function checkedFault(order: Fault): Fault {
  const fault = fromPreset(order as unknown as Record<string, unknown>);
  const properties = PROPERTIES[fault.kind] as readonly string[] | undefined;
  if (!properties) throw new TypeError('A fault is of kind "request", "record" or "job", or names a "preset".');
  const unknown = Object.keys(fault).find((name) => !properties.includes(name) && !WHEN.includes(name));
  if (unknown) throw new TypeError(`A ${fault.kind} fault has no "${unknown}"; it has ${properties.join(', ')}.`);
  requireWhen(fault);
  if (fault.kind === 'job') {
    if (!JOB_ACTS.has(fault.act)) throw new TypeError(`"act" is one of ${[...JOB_ACTS].join(', ')}.`);
    requireCount(fault.afterRows, 'afterRows', 0);
    return fault;
  }
  if (fault.code !== undefined && !(fault.code in HTTP_STATUS)) throw new TypeError(`Unknown code ${fault.code}.`);
  if (fault.kind === 'record') {
    if (fault.code === undefined) throw new TypeError('A record fault needs a "code".');
    return { ...fault, message: fault.message ?? MESSAGES[fault.code] ?? 'The record could not be written.' };
  }
  if (fault.drop !== undefined && !DROPS.has(fault.drop))
    throw new TypeError(`"drop" is one of ${[...DROPS].join(', ')}.`);
  if (fault.pattern !== undefined) new RegExp(fault.pattern);
  const text = fault.message ?? (fault.code && MESSAGES[fault.code]) ?? 'The request could not be served.';
  return { ...fault, message: text };
}
