import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BailiwickError } from '../../service/core/errors.ts';
import { startSampleService } from '../../service/local/parts.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';

type Refusal = { error: { code: string; message: string; action: string; requestId: string } };
interface Plan {
  id: string;
  version: number;
}

let house: House;
let ops: Ask;
let token: () => string;

beforeAll(async () => {
  house = await startHouse();
  const { salesOps } = house.sample.planted.users;
  ops = house.api(salesOps);
  const honest = house.token(salesOps);
  token = () => honest;
});
afterAll(() => house.close());

/** A sentence a person can act on: what happened and what to do, without the insides. */
function expectSentence({ error }: Refusal, code: string): void {
  expect(error.code).toBe(code);
  for (const text of [error.message, error.action]) expect(text).toMatch(/^\S.{10,}\.$/s);
  expect(error.message).not.toMatch(/\bat \S+:\d+|✖|undefined|\[object|SELECT |INSERT |node_modules/);
}

async function upload(name: string, body: Buffer | string) {
  const response = await fetch(`${house.service.url}/api/imports/claims?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/octet-stream' },
    body: Buffer.from(body) as unknown as BodyInit,
  });
  return { status: response.status, json: (await response.json()) as Refusal };
}

describe('a file that is not claims', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
  test.each<[string, string, Buffer | string]>([
    ['nothing at all', 'empty.csv', ''],
    ['a sentence', 'letter.txt', 'Dear all, please find attached.\n'],
    ['a picture', 'photo.png', png],
    ['columns of something else', 'contacts.csv', 'first,last,phone\nAda,Lovelace,1\n'],
    [
      'a header alone',
      'head.csv',
      'facility_npi,performing_npi,performing_zip,specialty,code,place_of_service,claim_count\n',
    ],
    ['half an archive', 'claims.csv.gz', gzipSync('a,b\n'.repeat(1000)).subarray(0, 30)],
    ['a spreadsheet', 'claims.xlsx', Buffer.concat([Buffer.from('PK\u0003\u0004'), png])],
  ])('%s is refused in words, and nothing changes', async (_, name, body) => {
    const state = async () =>
      [await ops('GET', '/api/imports'), await ops('GET', '/api/markets')].map(({ text }) => text);
    const before = await state();
    const { status, json } = await upload(name, body);
    expect(status).toBe(422);
    expectSentence(json, 'file_not_recognized');
    expect(await state()).toEqual(before);
  });

  test('an upload that breaks off leaves the service alive and no import behind', async () => {
    const before = (await ops('GET', '/api/imports')).text;
    await new Promise<void>((done) => {
      const { port, hostname } = new URL(house.service.url);
      const sending = request({
        port,
        hostname,
        path: '/api/imports/claims?name=half.csv',
        method: 'POST',
        headers: { authorization: `Bearer ${token()}`, 'content-length': 1_000_000 },
      });
      sending.on('error', () => done());
      sending.write('facility_npi,performing_npi\n1,2\n', () => sending.destroy(new Error('gone')));
    });
    expect((await ops('GET', '/healthz')).status).toBe(200);
    expect((await ops('GET', '/api/imports')).text).toBe(before);
  });
});

describe('a request that is not as described', () => {
  test.each<[string, string, string, unknown, number, string]>([
    ['not JSON', 'POST', '/api/proposals', '{broken', 400, 'bad_request'],
    ['a list in place of an object', 'POST', '/api/proposals', [], 400, 'bad_request'],
    ['a missing field', 'POST', '/api/alignments', { name: 'x' }, 400, 'bad_request'],
    [
      'a measure that is not one',
      'POST',
      '/api/proposals',
      { alignmentId: 'x', version: 1, measures: [{ name: 'luck', tolerance: 0.1 }] },
      400,
      'bad_request',
    ],
    ['a limit beyond reason', 'GET', '/api/accounts?limit=1000000', undefined, 400, 'bad_request'],
    [
      'a market that is not there',
      'GET',
      '/api/demand?market=11111111-1111-4111-8111-111111111111',
      undefined,
      404,
      'not_found',
    ],
    ['an id that cannot be one', 'GET', '/api/alignments/..%2f..%2fetc', undefined, 404, 'not_found'],
    ['a route that is not there', 'GET', '/api/nothing', undefined, 404, 'not_found'],
    [
      'more than the route takes',
      'POST',
      '/api/proposals',
      { keepUnits: Array.from({ length: 700_000 }, () => '02115') },
      413,
      'too_large',
    ],
  ])('%s', async (_, method, url, body, status, code) => {
    const answer = await ops<Refusal>(method, url, body);
    expect(answer.status).toBe(status);
    expectSentence(answer.json, code);
  });
});

describe('the data directory', () => {
  test('is not opened twice, and the port of another is not taken; what was opened is closed again', async () => {
    const again = await startSampleService(house.options, house.org, []).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(BailiwickError);
    expect(again).toMatchObject({
      code: 'data_directory_locked',
      message: expect.stringContaining('in use') as string,
      action: expect.stringContaining('--data') as string,
    });
    expect((await ops('GET', '/api/me')).status).toBe(200);
  });
});

describe('the org is down', () => {
  test('pages, preview and publish say so and what to do; the service lives and goes on when the org is back', async () => {
    const team = house.sample.planted.teams.sales.id;
    const { alignments } = (await ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${team}`)).json;
    const [live] = alignments as [Plan];
    const draft = (await ops<Plan>('POST', '/api/alignments', { teamId: team, name: 'Storm', from: live.id })).json;
    const body = { alignmentId: draft.id, version: draft.version, owners: true };
    const { previewHash } = (await ops<{ previewHash: string }>('POST', '/api/publishes/preview', body)).json;
    const account = house.sample.planted.surgeon.accountId;
    const before = (await ops('GET', '/api/publishes')).text;

    const asked = house.withHeader(`Bearer ${token()}`);
    await house.stopOrg();
    const began = performance.now();
    for (const [method, url, sent] of [
      ['POST', '/api/publishes/preview', body],
      ['POST', '/api/publishes', { ...body, previewHash }],
      ['GET', `/api/accounts/${account}/territory`, undefined],
      ['GET', '/api/me', undefined],
    ] as const) {
      house.service.house.scope.forget();
      const { status, json } = await asked<Refusal>(method, url, sent);
      expect([url, status]).toEqual([url, 503]);
      expectSentence(json, 'org_unreachable');
    }
    expect(performance.now() - began).toBeLessThan(40_000);
    expect((await asked('GET', '/healthz')).status).toBe(200);

    await house.restartOrg();
    expect((await ops('POST', '/api/publishes/preview', body)).status).toBe(200);
    expect((await ops('GET', '/api/me')).status).toBe(200);
    expect((await ops('GET', '/api/publishes')).text).toBe(before);
  });
});
