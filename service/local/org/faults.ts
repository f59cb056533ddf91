import { SalesforceError } from './errors.ts';
import { checkedFault, type Fault, type JobFault, type RecordFault, type RequestFault } from './faultSpec.ts';

export type { Fault, JobFault, RecordFault, RequestFault } from './faultSpec.ts';

/** Hits that are remembered, the oldest forgotten first. */
const MAX_LOG = 10_000;

/** A fault that hit something. */
export interface FaultHit {
  fault: number;
  kind: Fault['kind'];
  /** "POST /services/data/…", "create Account" or "insert Account job". */
  at: string;
  what: string;
}

export interface OrderedFault {
  id: number;
  spec: Fault;
  /** How often something fitted, and how often it was hit. */
  matched: number;
  hits: number;
}

export interface RequestFacts {
  method: string;
  /** Path with query, as it came. */
  url: string;
}
export interface WriteFacts {
  operation: 'create' | 'update' | 'delete';
  object: string;
  /** Id and field values of the record. */
  values: Iterable<unknown>;
}
export interface JobFacts {
  operation: string;
  object: string;
}

interface Live extends OrderedFault {
  /** Hits left; Infinity never ends. */
  left: number;
  chance: () => number;
}

/** mulberry32: small, seeded, and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An object's name in a path, in a query's FROM (encoded or not), or nowhere. */
const namesObject = (url: string, object: string): boolean =>
  new RegExp(`(/sobjects/|/composite/sobjects/|from(\\s|%20|\\+)+)${object}(?![A-Za-z0-9_])`, 'i').test(url);

/** Trouble on order, for tests: requests, records and Bulk jobs that match are answered as Salesforce answers on a bad day. */
export class Faults {
  #live: Live[] = [];
  #next = 1;
  readonly log: FaultHit[] = [];

  /** @throws TypeError for an order that cannot be carried out. @returns the id to cancel it by */
  add(fault: Fault): number {
    const spec = checkedFault(fault);
    const id = this.#next++;
    const left = spec.times === 'always' ? Number.POSITIVE_INFINITY : (spec.times ?? 1);
    this.#live.push({ id, spec, matched: 0, hits: 0, left, chance: seeded(spec.seed ?? id) });
    return id;
  }

  list(): OrderedFault[] {
    return this.#live.map(({ id, spec, matched, hits }) => ({ id, spec, matched, hits }));
  }

  /** @returns false when there is none of this id */
  cancel(id: number): boolean {
    const before = this.#live.length;
    this.#live = this.#live.filter((fault) => fault.id !== id);
    return this.#live.length < before;
  }

  clear(): void {
    this.#live = [];
    this.log.length = 0;
  }

  /** The fault for a request, if one is due. */
  forRequest(request: RequestFacts): RequestFault | undefined {
    return this.#due('request', `${request.method} ${request.url}`, (spec) => {
      if (spec.kind !== 'request') return false;
      const { method, path = '', pattern, object } = spec;
      return (
        (method === undefined || method.toUpperCase() === request.method) &&
        request.url.includes(path) &&
        (pattern === undefined || new RegExp(pattern).test(request.url)) &&
        (object === undefined || namesObject(request.url, object))
      );
    }) as RequestFault | undefined;
  }

  /** @throws the ordered error for one record of a write, whichever way it came */
  onWrite({ operation, object, values }: WriteFacts): void {
    if (this.#live.length === 0) return;
    const present = new Set(values);
    const fault = this.#due('record', `${operation} ${object}`, (spec) => {
      if (spec.kind !== 'record') return false;
      return (
        (spec.value === undefined || present.has(spec.value)) &&
        (spec.object === undefined || spec.object.toLowerCase() === object.toLowerCase()) &&
        (spec.operation === undefined || spec.operation === operation)
      );
    }) as RecordFault | undefined;
    if (fault) throw new SalesforceError(fault.code, fault.message ?? '');
  }

  /** What is to go wrong with a Bulk job or one of its batches; asked once when work on it begins. */
  forJob({ operation, object }: JobFacts): JobFault | undefined {
    return this.#due('job', `${operation} ${object} job`, (spec) => {
      if (spec.kind !== 'job') return false;
      return (
        (spec.object === undefined || spec.object.toLowerCase() === object.toLowerCase()) &&
        (spec.operation === undefined || spec.operation === operation)
      );
    }) as JobFault | undefined;
  }

  /** The first fault of the kind that fits and is due; everything else that fits has been counted. */
  #due(kind: Fault['kind'], at: string, fits: (spec: Fault) => boolean): Fault | undefined {
    for (const fault of this.#live) {
      const { spec } = fault;
      if (spec.kind !== kind || !fits(spec)) continue;
      fault.matched++;
      if (fault.matched <= (spec.after ?? 0)) continue;
      if (spec.every !== undefined && (fault.matched - (spec.after ?? 0) - 1) % spec.every !== 0) continue;
      if (spec.probability !== undefined && fault.chance() >= spec.probability) continue;
      fault.hits++;
      fault.left--;
      if (fault.left <= 0) this.#live = this.#live.filter((each) => each !== fault);
      this.log.push({ fault: fault.id, kind, at, what: whatOf(spec) });
      if (this.log.length > MAX_LOG) this.log.shift();
      return spec;
    }
    return undefined;
  }
}

function whatOf(spec: Fault): string {
  if (spec.kind === 'job') return spec.act;
  if (spec.kind === 'record') return spec.code;
  const parts = [
    spec.revoke ? 'revoke' : '',
    spec.drop ? `drop ${spec.drop}` : '',
    spec.code ?? '',
    spec.html ? `html ${spec.status ?? 503}` : '',
  ];
  if (spec.delayMs) parts.push(`${spec.delayMs} ms`);
  return parts.filter(Boolean).join(', ');
}
