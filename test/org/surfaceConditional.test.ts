import type { Connection } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { connect, failure, raw, startSurfaceOrg } from '../kit/surfaceOrg.ts';

let org: LocalOrg;
let conn: Connection;
let path: string;
let tag: string;
let modified: string;
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = connect(org);
});
beforeEach(async () => {
  const { id } = await conn.sobject('Account').create({ Name: 'Conditional' });
  path = `/sobjects/Account/${id}`;
  const { headers } = await raw(org, path);
  tag = headers.get('etag') ?? '';
  modified = headers.get('last-modified') ?? '';
});
afterAll(() => org.close());

const shifted = (seconds: number): string => new Date(Date.parse(modified) + seconds * 1000).toUTCString();
const get = async (headers: Record<string, string>) => (await raw(org, path, { headers })).status;
const patch = async (headers: Record<string, string>) =>
  (await raw(org, path, { method: 'PATCH', headers, body: { Name: 'Changed' } })).status;

describe('entity tags of accounts', () => {
  it('If-Match lets the right tag through, 412 otherwise', async () => {
    expect(tag).toMatch(/^".+"$/);
    expect(await get({ 'If-Match': tag })).toBe(200);
    expect(await patch({ 'If-Match': '"other"' })).toBe(412);
    expect(await patch({ 'If-Match': `"other", ${tag}` })).toBe(204);
    expect(await patch({ 'If-Match': tag })).toBe(412);
    expect(await patch({ 'If-Match': '*' })).toBe(204);
  });
  it('If-None-Match answers a read with 304 and a write with 412', async () => {
    expect(await get({ 'If-None-Match': tag })).toBe(304);
    expect(await get({ 'If-None-Match': '"other"' })).toBe(200);
    expect(await patch({ 'If-None-Match': tag })).toBe(412);
    expect(await patch({ 'If-None-Match': '"other"' })).toBe(204);
  });
  it('a value that is no tag is 400', async () => {
    expect(await get({ 'If-Match': 'bare' })).toBe(400);
    expect(await patch({ 'If-None-Match': 'bare' })).toBe(400);
  });
  it('other objects have none and heed none', async () => {
    const { id } = await conn.sobject('Contact').create({ LastName: 'x' });
    const read = await raw(org, `/sobjects/Contact/${id}`, { headers: { 'If-Match': '"other"' } });
    expect([read.status, read.headers.get('etag')]).toEqual([200, null]);
  });
});

describe('dates', () => {
  it('If-Modified-Since answers 304', async () => {
    expect(await get({ 'If-Modified-Since': modified })).toBe(304);
    expect(await get({ 'If-Modified-Since': shifted(-60) })).toBe(200);
  });
  it('If-Unmodified-Since answers 412 to reads and writes', async () => {
    expect(await get({ 'If-Unmodified-Since': shifted(-60) })).toBe(412);
    expect(await patch({ 'If-Unmodified-Since': shifted(-60) })).toBe(412);
    expect(await patch({ 'If-Unmodified-Since': modified })).toBe(204);
    expect(await patch({ 'If-Unmodified-Since': 'soon' })).toBe(400);
  });
  it('come through jsforce’s headers, also on other objects', async () => {
    const { id = '' } = await conn.sobject('Contact').create({ LastName: 'x' });
    const headers = { 'If-Unmodified-Since': new Date(Date.now() - 60_000).toUTCString() };
    const error = await failure(conn.sobject('Contact').update({ Id: id, LastName: 'y' }, { headers }));
    expect(error.errorCode).toBe('PRECONDITION_FAILED');
    expect((await conn.sobject('Contact').retrieve(id))['LastName']).toBe('x');
  });
});

it('a DELETE heeds no condition', async () => {
  const headers = { 'If-Match': '"other"', 'If-Unmodified-Since': shifted(-60) };
  expect((await raw(org, path, { method: 'DELETE', headers })).status).toBe(204);
});
