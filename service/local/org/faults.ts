import type { NextFunction, Request, Response } from 'express';
import { HTTP_STATUS, SalesforceError, type SalesforceCode } from './errors.ts';

export interface RequestFault {
  kind: 'request';
  /** Part of the path (with query) that the request must contain. */
  path?: string;
  method?: string;
  /** How many matching requests it hits. */
  times?: number;
  /** Matching requests to let through first. */
  after?: number;
  delayMs?: number;
  /** Answer with this error instead of doing the work. */
  code?: SalesforceCode;
  status?: number;
  message?: string;
  /** Cut the connection before the work, or after it: done, but the caller never hears of it. */
  drop?: 'before' | 'after';
}

export interface RecordFault {
  kind: 'record';
  /** A write of a record with this id, or with this value in any field, fails. */
  value: string;
  code: SalesforceCode;
  message?: string;
  times?: number;
}

export type Fault = RequestFault | RecordFault;

/** Trouble on order, for tests: the next requests or records that match are answered as Salesforce answers on a bad day. */
export class Faults {
  #faults: (Fault & { times: number })[] = [];

  add(fault: Fault): void {
    if (fault.kind !== 'request' && fault.kind !== 'record')
      throw new TypeError('A fault is of kind "request" or "record".');
    if (fault.code !== undefined && !(fault.code in HTTP_STATUS)) throw new TypeError(`Unknown code ${fault.code}.`);
    this.#faults.push({ times: 1, ...fault });
  }

  clear(): void {
    this.#faults = [];
  }

  #use(fault: Fault & { times: number }): void {
    fault.times--;
    if (fault.times <= 0) this.#faults = this.#faults.filter((each) => each !== fault);
  }

  /** @throws the ordered error for one record of a write */
  checkRecord(values: Iterable<unknown>): void {
    const present = new Set(values);
    const fault = this.#faults.find((each) => each.kind === 'record' && present.has(each.value));
    if (!fault || fault.kind !== 'record') return;
    this.#use(fault);
    throw new SalesforceError(fault.code, fault.message ?? 'unable to obtain exclusive access to this record');
  }

  #next(request: Request): (RequestFault & { times: number }) | undefined {
    for (const fault of this.#faults) {
      if (fault.kind !== 'request') continue;
      const isHit =
        request.originalUrl.includes(fault.path ?? '') &&
        (fault.method === undefined || fault.method === request.method);
      if (!isHit) continue;
      if (fault.after) {
        fault.after--;
        continue;
      }
      this.#use(fault);
      return fault;
    }
    return undefined;
  }

  middleware = (request: Request, response: Response, next: NextFunction): void => {
    const fault = this.#next(request);
    if (!fault) return next();
    const act = (): void => {
      if (fault.drop === 'before') return void request.socket.destroy();
      if (fault.drop === 'after') {
        response.end = (() => request.socket.destroy()) as unknown as Response['end'];
        return next();
      }
      const { code } = fault;
      if (!code) return next();
      response
        .status(fault.status ?? HTTP_STATUS[code])
        .json([{ message: fault.message ?? 'The request could not be served.', errorCode: code }]);
    };
    if (fault.delayMs) setTimeout(act, fault.delayMs);
    else act();
  };
}
