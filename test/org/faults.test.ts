import type { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { PRESETS } from '../../service/local/org/faultSpec.ts';
import { connect, failure, refusal } from '../kit/orgClient.ts';
import { account, accounts, startSmallOrg, USER } from '../kit/smallOrg.ts';

let org: LocalOrg;
let conn: Connection;
beforeEach(async () => {
  org = await startSmallOrg();
  org.seed({ Account: accounts(40) });
  conn = connect(org);
});
afterEach(() => org.close());

const order = async (body: unknown): Promise<{ status: number; body: { ids?: number[]; message?: string } }> => {
  const response = await fetch(`${org.url}/local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { ids?: number[]; message?: string } };
};
const get = async (token = 'secret', path = '/services/data/v66.0/limits'): Promise<Response> =>
  fetch(org.url + path, { headers: { authorization: `Bearer ${token}` } });
const nameOf = (n: number): { Id: string; Name: string } => ({ Id: account(n), Name: `New ${n}` });
const updateAll = async (): Promise<string[]> => {
  const results = await conn.sobject('Account').update(Array.from({ length: 40 }, (_, k) => nameOf(k + 1)));
  return results.map(({ success, errors }) =>
    success ? 'ok' : (errors[0] as unknown as { statusCode: string }).statusCode,
  );
};

describe('over HTTP', () => {
  it('orders, lists, cancels and clears', async () => {
    const { body } = await order([{ preset: 'unavailable' }, { preset: 'lock', object: 'Account', times: 3 }]);
    const list = (await (await fetch(`${org.url}/local/faults`)).json()) as { faults: unknown[] };
    expect(list.faults).toMatchObject([
      { id: body.ids?.[0], spec: { kind: 'request', html: true, status: 503 }, hits: 0 },
      { id: body.ids?.[1], spec: { kind: 'record', code: 'UNABLE_TO_LOCK_ROW', times: 3 } },
    ]);
    const cancelled = await fetch(`${org.url}/local/faults/${body.ids?.[0]}`, { method: 'DELETE' });
    expect(cancelled.status).toBe(204);
    expect(org.faults.list()).toHaveLength(1);
    await fetch(`${org.url}/local/faults`, { method: 'DELETE' });
    expect(org.faults.list()).toEqual([]);
  });
  it.each([
    [{ preset: 'nonsense' }, /no preset "nonsense"; there are unauthorized/],
    [{ kind: 'weather' }, /of kind "request", "record" or "job"/],
    [{ kind: 'request', colour: 'red' }, /has no "colour"/],
    [{ kind: 'record', value: 'x' }, /needs a "code"/],
    [{ kind: 'request', code: 'NO_SUCH_CODE' }, /Unknown code/],
    [{ kind: 'request', probability: 2 }, /between 0 and 1/],
    [{ kind: 'request', pattern: '(' }, /Invalid regular expression/],
    [{ kind: 'job', act: 'dance' }, /"act" is one of/],
  ])('refuses %j', async (spec, message) => {
    const { status, body } = await order(spec);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });
  it('tells afterwards what was hit', async () => {
    await order({ preset: 'unavailable' });
    await get();
    const log = (await (await fetch(`${org.url}/local/faults/log`)).json()) as unknown;
    expect(log).toMatchObject({ hits: [{ kind: 'request', at: 'GET /services/data/v66.0/limits', what: 'html 503' }] });
  });
});

describe('requests', () => {
  it('answers 5xx as a page of HTML', async () => {
    org.faults.add({ kind: 'request', html: true, status: 502 });
    const response = await get();
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toMatch(/text\/html/);
    expect((await get()).status).toBe(200);
  });
  it('ends a session for good, and only that one', async () => {
    connect(org, USER.ann);
    org.faults.add({ ...PRESETS.sessionExpired, after: 1 });
    expect((await get()).status).toBe(200);
    expect((await get()).status).toBe(401);
    expect((await get()).status).toBe(401);
    expect((await get(USER.ann)).status).toBe(200);
  });
  it('answers the daily limit with 403', async () => {
    org.faults.add(PRESETS.requestLimit);
    expect(await refusal(conn.limits())).toBe('REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.');
  });
  it('cuts the line in the middle of an answer, with the work done', async () => {
    org.faults.add({ kind: 'request', method: 'POST', drop: 'midway' });
    await expect(
      fetch(`${org.url}/services/data/v66.0/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
        body: JSON.stringify({ Name: 'Half told' }),
      }).then((response) => response.json()),
    ).rejects.toThrow();
    expect((await conn.query(`SELECT Id FROM Account WHERE Name = 'Half told'`)).totalSize).toBe(1);
  });
  it('matches by object in paths and queries', async () => {
    org.faults.add({ kind: 'request', object: 'Account', code: 'SERVER_UNAVAILABLE', times: 'always' });
    expect((await get('secret', '/services/data/v66.0/query?q=SELECT+Id+FROM+Account')).status).toBe(503);
    expect((await get('secret', '/services/data/v66.0/sobjects/Account/describe')).status).toBe(503);
    expect((await get('secret', '/services/data/v66.0/query?q=SELECT+Id+FROM+AccountShare')).status).toBe(200);
    expect((await get('secret', '/services/data/v66.0/query?q=SELECT+Id+FROM+User')).status).toBe(200);
  });
  it('hits every n-th after some, as often as asked', async () => {
    org.faults.add({ kind: 'request', html: true, after: 1, every: 2, times: 2 });
    const statuses: number[] = [];
    for (let n = 0; n < 7; n++) statuses.push((await get()).status);
    expect(statuses).toEqual([200, 503, 200, 503, 200, 200, 200]);
  });
  it('expires a query locator', async () => {
    org.seed({ Account: Array.from({ length: 2500 }, (_, k) => ({ Name: `More ${k}` })) });
    const first = await conn.query('SELECT Id FROM Account');
    org.faults.add(PRESETS.locatorExpired);
    expect((await failure(conn.queryMore(first.nextRecordsUrl ?? ''))).errorCode).toBe('INVALID_QUERY_LOCATOR');
    expect((await conn.queryMore(first.nextRecordsUrl ?? '')).done).toBe(true);
  });
});

describe('records', () => {
  it('the same seed hits the same records, another seed others', async () => {
    const run = async (seed: number): Promise<string[]> => {
      org.faults.clear();
      org.faults.add({ ...PRESETS.lock, object: 'Account', probability: 0.3, seed, times: 'always' });
      return updateAll();
    };
    const first = await run(7);
    expect(first.filter((code) => code === 'UNABLE_TO_LOCK_ROW').length).toBeGreaterThan(3);
    expect(first.filter((code) => code === 'ok').length).toBeGreaterThan(10);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });
  it('matches by operation and object, with the words of a trigger or of a group lock', async () => {
    org.faults.add({ ...PRESETS.triggerError, operation: 'update', object: 'Account' });
    org.faults.add({ ...PRESETS.groupLock, operation: 'delete' });
    expect(await refusal(conn.sobject('Account').create({ Name: 'Fine' }))).toBe('none');
    expect(await refusal(conn.sobject('Account').update(nameOf(1)))).toMatch(
      /^CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: AccountTrigger: execution of BeforeUpdate/,
    );
    expect(await refusal(conn.sobject('Account').destroy(account(1)))).toBe(
      'UNABLE_TO_LOCK_ROW: Group membership operation already in progress',
    );
  });
});

it('decides about Bulk jobs when they are asked', () => {
  org.faults.add({ ...PRESETS.jobStalls, object: 'ObjectTerritory2Association', operation: 'insert' });
  expect(org.faults.forJob({ operation: 'insert', object: 'Account' })).toBeUndefined();
  const job = { operation: 'insert', object: 'ObjectTerritory2Association' };
  expect(org.faults.forJob(job)).toMatchObject({ act: 'stall' });
  expect(org.faults.forJob(job)).toBeUndefined();
});
