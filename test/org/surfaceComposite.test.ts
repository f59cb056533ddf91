import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { connect, failure, raw, startSurfaceOrg } from '../kit/surfaceOrg.ts';

interface Sub {
  body: unknown;
  httpStatusCode: number;
  referenceId: string;
}
let org: LocalOrg;
let conn: Connection;
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = connect(org);
});
afterAll(() => org.close());

const base = '/services/data/v66.0';
const post = <T>(path: string, body: object) => conn.requestPost<T>(path, body);
const composite = async (compositeRequest: object[], allOrNone = false) =>
  (await post<{ compositeResponse: Sub[] }>('/composite', { allOrNone, compositeRequest })).compositeResponse;
const count = async (name: string) =>
  (await conn.query(`SELECT COUNT() FROM Account WHERE Name = '${name}'`)).totalSize;

describe('composite', () => {
  it('uses what earlier subrequests answered, in bodies and in addresses', async () => {
    const replies = await composite([
      { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'parent', body: { Name: 'Composite' } },
      {
        method: 'POST',
        url: `${base}/sobjects/Contact`,
        referenceId: 'child',
        body: { LastName: 'C', AccountId: '@{parent.id}' },
      },
      {
        method: 'GET',
        url: `${base}/query?q=SELECT+Id,LastName+FROM+Contact+WHERE+AccountId='@{parent.id}'`,
        referenceId: 'found',
      },
      {
        method: 'PATCH',
        url: `${base}/sobjects/Contact/@{found.records[0].Id}`,
        referenceId: 'renamed',
        body: { LastName: '@{found.records[0].LastName} 2' },
      },
      { method: 'GET', url: `${base}/sobjects/Contact/@{child.id}?fields=LastName`, referenceId: 'read' },
    ]);
    expect(replies.map((each) => each.httpStatusCode)).toEqual([201, 201, 200, 204, 200]);
    expect(replies[0]).toMatchObject({
      referenceId: 'parent',
      httpHeaders: { Location: expect.stringContaining('/sobjects/Account/001') },
    });
    expect(replies[3]?.body).toBeNull();
    expect(replies[4]?.body).toMatchObject({ LastName: 'C 2' });
  });
  it('goes on after a failure, where what refers to it fails too', async () => {
    const replies = await composite([
      { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'bad', body: {} },
      { method: 'GET', url: `${base}/sobjects/Account/@{bad.id}`, referenceId: 'after' },
      { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'good', body: { Name: 'Survivor' } },
    ]);
    expect(replies.map((each) => each.httpStatusCode)).toEqual([400, 400, 201]);
    expect(replies[0]?.body).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING' }]);
    expect(replies[1]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
  });
  it('undoes all with allOrNone', async () => {
    const replies = await composite(
      [
        { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'a', body: { Name: 'Undone' } },
        { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'b', body: {} },
        { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'c', body: { Name: 'Never' } },
      ],
      true,
    );
    expect(replies.map((each) => (each.body as { errorCode: string }[])[0]?.errorCode)).toEqual([
      'PROCESSING_HALTED',
      'REQUIRED_FIELD_MISSING',
      'PROCESSING_HALTED',
    ]);
    expect(await count('Undone')).toBe(0);
  });
  it('gives each subrequest its own headers', async () => {
    const { id } = await conn.sobject('Account').create({ Name: 'Headers' });
    const [reply] = await composite([
      {
        method: 'PATCH',
        url: `${base}/sobjects/Account/${id}`,
        referenceId: 'r',
        httpHeaders: { 'If-Unmodified-Since': new Date(0).toUTCString() },
        body: { Name: 'x' },
      },
    ]);
    expect(reply?.httpStatusCode).toBe(412);
  });
  it('takes collections, and has limits', async () => {
    const records = [{ attributes: { type: 'Account' }, Name: 'Nested' }];
    const many = { method: 'POST', url: `${base}/composite/sobjects`, body: { records } };
    const [reply] = await composite([{ ...many, referenceId: 'all' }]);
    expect(reply?.body).toMatchObject([{ success: true }]);
    const numbered = (request: object, length: number) =>
      Array.from({ length }, (_, k) => ({ ...request, referenceId: `r${k}` }));
    expect((await failure(composite(numbered({ method: 'GET', url: `${base}/limits` }, 26)))).errorCode).toBe(
      'BAD_REQUEST',
    );
    expect((await failure(composite(numbered(many, 6)))).errorCode).toBe('BAD_REQUEST');
    expect((await failure(composite([{ method: 'GET', url: `${base}/limits`, referenceId: 'a-b' }]))).errorCode).toBe(
      'JSON_PARSER_ERROR',
    );
    const [inner] = await composite([
      { method: 'POST', url: `${base}/composite`, referenceId: 'self', body: { compositeRequest: [] } },
    ]);
    expect(inner?.httpStatusCode).toBe(400);
  });
});

describe('batch', () => {
  const good = { method: 'GET', url: 'v66.0/limits' };
  const bad = { method: 'GET', url: 'v66.0/sobjects/Nothing' };
  it('does each for itself', async () => {
    const create = { method: 'POST', url: 'v66.0/sobjects/Account', richInput: { Name: 'Batched' } };
    expect(await post('/composite/batch', { batchRequests: [create, bad, good] })).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 201, result: { success: true } }, { statusCode: 404 }, { statusCode: 200 }],
    });
    expect(await count('Batched')).toBe(1);
  });
  it('stops at an error when asked to', async () => {
    expect(await post('/composite/batch', { haltOnError: true, batchRequests: [bad, good] })).toMatchObject({
      results: [{ statusCode: 404 }, { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] }],
    });
  });
});

describe('tree', () => {
  const node = (type: string, referenceId: string, more: object) => ({ attributes: { type, referenceId }, ...more });
  it('creates parents with their children', async () => {
    const contacts = {
      records: [node('Contact', 'c1', { LastName: 'Leaf' }), node('Contact', 'c2', { LastName: 'Leaf 2' })],
    };
    const reply = await post<{ hasErrors: boolean; results: { referenceId: string; id: string }[] }>(
      '/composite/tree/Account',
      {
        records: [node('Account', 'a1', { Name: 'Tree', Contacts: contacts }), node('Account', 'a2', { Name: 'Bare' })],
      },
    );
    expect(reply.results.map((each) => each.referenceId)).toEqual(['a1', 'c1', 'c2', 'a2']);
    const { records } = await conn.query("SELECT LastName FROM Contact WHERE Account.Name = 'Tree'");
    expect(records).toHaveLength(2);
  });
  it('creates all or nothing', async () => {
    const contacts = { records: [node('Contact', 'c1', { FirstName: 'no last name' })] };
    const body = { records: [node('Account', 'a1', { Name: 'Felled', Contacts: contacts })] };
    const reply = await raw(org, '/composite/tree/Account', { method: 'POST', body });
    expect(reply).toMatchObject({
      status: 400,
      json: { hasErrors: true, results: [{ referenceId: 'c1', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }] },
    });
    expect(await count('Felled')).toBe(0);
  });
});

it('graphs are done each as a whole', async () => {
  const create = (Name: string, referenceId: string) => ({
    method: 'POST',
    url: `${base}/sobjects/Account`,
    referenceId,
    body: Name ? { Name } : {},
  });
  const reply = await post<{ graphs: object[] }>('/composite/graph', {
    graphs: [
      { graphId: '1', compositeRequest: [create('Graph', 'a'), create('', 'b')] },
      { graphId: '2', compositeRequest: [create('Graph', 'a')] },
    ],
  });
  expect(reply.graphs).toMatchObject([
    { graphId: '1', isSuccessful: false },
    { graphId: '2', isSuccessful: true, graphResponse: { compositeResponse: [{ httpStatusCode: 201 }] } },
  ]);
  expect(await count('Graph')).toBe(1);
});
