import { createHash } from 'node:crypto';
import type { Row } from '../database.ts';
import { SalesforceError } from '../errors.ts';
import type { RestCall } from './call.ts';

const bad = (name: string, value: string): SalesforceError =>
  new SalesforceError('BAD_REQUEST', `The value of the ${name} header is not valid: ${value}`);

const failed = (): SalesforceError =>
  new SalesforceError('PRECONDITION_FAILED', 'A precondition of the request is not met by the record.');

export const entityTag = (row: Row): string =>
  `"${createHash('sha256')
    .update(`${String(row['Id'])}${String(row['SystemModstamp'])}`)
    .digest('base64url')
    .slice(0, 32)}--gzip"`;

/** HTTP dates have whole seconds. */
const second = (ms: number): number => Math.floor(ms / 1000);
export const modifiedMs = (row: Row): number => Date.parse(String(row['LastModifiedDate'] ?? row['SystemModstamp']));

function dateHeader(call: RestCall, name: string): number | undefined {
  const value = call.header(name);
  if (value === undefined) return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw bad(name, value);
  return second(time);
}

function tagsOf(call: RestCall, name: string): string[] | undefined {
  const value = call.header(name);
  if (value === undefined) return undefined;
  const tags = value.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.some((tag) => tag !== '*' && !/^"[^"]*"$/.test(tag))) throw bad(name, value);
  return tags;
}

/**
 * Conditional headers of one record: ETags for accounts alone, dates for all; never on DELETE.
 * @returns true when a read may be answered 304
 * @throws PRECONDITION_FAILED, or BAD_REQUEST for a value that cannot be read
 */
export function isUnchanged(call: RestCall, objectName: string, row: Row): boolean {
  if (call.method === 'DELETE') return false;
  const isRead = call.method === 'GET' || call.method === 'HEAD';
  const at = second(modifiedMs(row));
  const unmodified = dateHeader(call, 'if-unmodified-since');
  const modified = dateHeader(call, 'if-modified-since');
  if (unmodified !== undefined && at > unmodified) throw failed();
  let isSame = modified !== undefined && at <= modified;
  if (objectName === 'Account') {
    const tag = entityTag(row);
    const has = (tags: string[]): boolean => tags.includes('*') || tags.includes(tag);
    const wanted = tagsOf(call, 'if-match');
    const unwanted = tagsOf(call, 'if-none-match');
    if (wanted && !has(wanted)) throw failed();
    if (unwanted) isSame = has(unwanted);
  }
  if (isSame && !isRead) throw failed();
  return isSame;
}
