import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../service/app.ts';
import { tokenVerifier } from '../../service/http/identity.ts';
import { registryRoutes } from '../../service/registry/routes.ts';
import { openStore, type Store } from '../../service/store/store.ts';
import { account, facilityText, NPIS, registryWorld, type RegistryWorld } from '../kit/registryWorld.ts';

const ORG = '00D000000000001EAA';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const MINE = '001000000000001AAA';
const HIDDEN = '001000000000002AAA';
const NOBODY = '00000000-0000-4000-8000-000000000000';
let store: Store;
let world: RegistryWorld;
let server: Server;
let routes: ReturnType<typeof registryRoutes>;

beforeAll(async () => {
  store = await openStore();
  world = await registryWorld(store);
  world.around.accounts = [
    account(MINE, { npi: NPIS[0] }),
    account(HIDDEN, { name: 'Secret Surgery', street: '11 Oak Ave' }),
  ];
  world.around.readable = new Set([MINE]);
  world.around.volumes = new Map([[NPIS[0], { procedures: 100, opportunityUsd: 5000, involvedProcedures: 100 }]]);
  const site = {
    facilityKey: null,
    facilityName: null,
    site: '22',
    siteName: 'On-campus outpatient hospital',
    procedures: 60,
    opportunityUsd: 10,
    counts: true,
    suppressed: false,
  };
  world.around.sites = [
    { ...site, zip: '02115' },
    { ...site, zip: '06510', procedures: 40 },
  ];
  routes = registryRoutes(world.registry, world.ports);
  const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256' }] };
  const verify = tokenVerifier({ orgId: ORG, keys });
  server = createApp({ routes, verify, geography: Router(), origins: [], log: console.error }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const list = facilityText(
    { ccn: '220001', npi: NPIS[0] },
    {
      npi: NPIS[1],
      name: 'Secret Surgery Center',
      address: '9 Oak Ave',
      city: 'New Haven',
      state: 'CT',
      zip: '06510',
      type: '12-49',
    },
    {
      npi: NPIS[2],
      name: 'Secret Surgery Ctr',
      address: '9 Oak Ave',
      zip: '02116',
      lat: 42.35,
      lon: -71.07,
      type: '12-49',
    },
  );
  expect((await call('ops', 'POST', '/registry/imports?name=list.csv', list)).status).toBe(201);
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await world.close();
  await store.close();
});

const PERMS = {
  rep: ['Bailiwick_View'],
  manager: ['Bailiwick_View', 'Bailiwick_Reassign'],
  ops: ['Bailiwick_View', 'Bailiwick_Reassign', 'Bailiwick_Operate'],
  nobody: [],
};

async function call(who: keyof typeof PERMS | null, method: string, path: string, body?: unknown) {
  const token =
    who &&
    (await new SignJWT({ perms: PERMS[who], name: who })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(ORG)
      .setSubject('005000000000001AAA')
      .setAudience('bailiwick')
      .setIssuedAt()
      .setExpirationTime('4m')
      .setJti('j')
      .sign(privateKey));
  const isText = typeof body === 'string';
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    'content-type': isText ? 'text/csv' : 'application/json',
  };
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, text, json: (isJson ? JSON.parse(text) : {}) as Record<string, never> };
}

describe('who may what', () => {
  test('every route: 401 without a token, 403 without its permission', async () => {
    expect(routes.length).toBeGreaterThan(12);
    for (const { method, path, permission } of routes) {
      const url = path.replace(':id', path.includes('imports') || path.includes('corrections/') ? NOBODY : MINE);
      expect([path, (await call(null, method.toUpperCase(), url)).status]).toEqual([path, 401]);
      expect([path, (await call('nobody', method.toUpperCase(), url)).status]).toEqual([path, 403]);
      if (permission !== 'view')
        expect([path, (await call('rep', method.toUpperCase(), url)).status]).toEqual([path, 403]);
      if (permission === 'operate')
        expect([path, (await call('manager', method.toUpperCase(), url)).status]).toEqual([path, 403]);
    }
  });

  test('a rep finds and opens only what lies in her territory: elsewhere 404, as for what is not there', async () => {
    const names = async (who: 'rep' | 'ops') =>
      ((await call(who, 'GET', '/registry/search')).json['records'] as unknown as { key: string }[]).map(
        ({ key }) => key,
      );
    expect(await names('ops')).toEqual(['220001', NPIS[1], NPIS[2]]);
    expect(await names('rep')).toEqual(['220001']);
    expect((await call('rep', 'GET', `/registry/search?q=${NPIS[1]}`)).json).toMatchObject({ total: 0 });
    expect((await call('rep', 'GET', '/registry/220001')).status).toBe(200);
    const hidden = await call('rep', 'GET', `/registry/${NPIS[1]}`);
    const none = await call('rep', 'GET', `/registry/${NPIS[3]}`);
    expect([hidden.status, none.status]).toEqual([404, 404]);
    const plain = ({ text }: { text: string }, key: string) =>
      text.replaceAll(key, 'KEY').replace(/"requestId":"[^"]*"/, '');
    expect(plain(hidden, NPIS[1])).toBe(plain(none, NPIS[3]));
    expect(hidden.text).not.toContain('Secret');
  });

  test('volumes outside of her territory are missing, and an account that she may not see is not named', async () => {
    const page = (await call('rep', 'GET', '/registry/220001')).json as Record<string, unknown>;
    expect(page['volumes']).toMatchObject([{ zip: '02115', procedures: 60 }]);
    expect(page['account']).toEqual({ id: MINE, name: 'Beacon Hospital', how: 'key' });
    world.around.readable = new Set();
    expect((await call('rep', 'GET', '/registry/220001')).json['account']).toBeNull();
    world.around.readable = new Set([MINE]);
    expect((await call('ops', 'GET', '/registry/220001')).json['volumes']).toHaveLength(2);
  });
});

describe('answers', () => {
  test('search by number, words, kind and state, page by page', async () => {
    const keys = async (query: string) =>
      ((await call('ops', 'GET', `/registry/search?${query}`)).json['records'] as unknown as { key: string }[]).map(
        ({ key }) => key,
      );
    expect(await keys('q=220001')).toEqual(['220001']);
    expect(await keys(`q=${NPIS[0]}`)).toEqual(['220001']);
    expect(await keys('q=secret%20new%20haven')).toEqual([NPIS[1]]);
    expect(await keys('kind=surgeryCenter')).toEqual([NPIS[1], NPIS[2]]);
    expect(await keys('state=ct')).toEqual([NPIS[1]]);
    expect(await keys('limit=1&offset=1')).toEqual([NPIS[1]]);
    expect(await keys(`q=${encodeURIComponent("'; DROP TABLE records; --")}`)).toEqual([]);
    const beyond = (await call('ops', 'GET', '/registry/search?kind=surgeryCenter&offset=9')).json;
    expect(beyond).toEqual({ records: [], total: 2, offset: 9 });
    expect((await call('ops', 'GET', '/registry/search?limit=0')).status).toBe(400);
    expect((await call('ops', 'GET', '/registry/search?kind=planet')).status).toBe(400);
  });

  test('every GET answers as its schema says', async () => {
    const imports = (await call('ops', 'GET', '/registry/imports')).json['imports'] as unknown as { id: string }[];
    for (const { method, path, response } of routes) {
      if (method !== 'get' || !response) continue;
      const url = path.replace(':id', path.includes('imports') ? imports[0]!.id : '220001');
      const { status, json } = await call('ops', 'GET', url);
      const parsed = (response as z.ZodType).safeParse(json);
      expect([url, status, parsed.success ? '' : z.prettifyError(parsed.error)]).toEqual([url, 200, '']);
    }
  });

  test('an import that is none is refused with a way out; its report is there as JSON and as a file', async () => {
    const refused = await call('ops', 'POST', '/registry/imports?name=a.csv', 'a,b\n1,2\n');
    expect(refused.status).toBe(422);
    expect(refused.json['error']).toMatchObject({
      code: 'file_not_recognized',
      action: expect.stringMatching(/NPPES/) as string,
    });
    const { imports } = (await call('ops', 'GET', '/registry/imports')).json as unknown as {
      imports: { id: string }[];
    };
    expect(imports).toHaveLength(1);
    const { id } = imports[0]!;
    expect((await call('ops', 'GET', `/registry/imports/${id}/report.csv`)).text).toMatch(
      /^line,what,reason,found\n3,warned,coordinates more than 80 km [^\n]*,2900000029\n$/,
    );
    expect((await call('ops', 'POST', `/registry/imports/${id}/activate`)).json).toMatchObject({ active: true });
    expect((await call('ops', 'POST', `/registry/imports/${NOBODY}/activate`)).status).toBe(404);
  });
});

describe('the review queue', () => {
  interface Matches {
    counts: Record<string, number>;
    matches: {
      account: { id: string };
      candidates: { key: string; likeness: { score: number; reasons: string[] } }[];
    }[];
  }
  test('shows what to review with score and reasons, and takes decisions', async () => {
    const queue = (await call('manager', 'GET', '/registry/matches')).json as unknown as Matches;
    expect(queue.counts).toEqual({ matched: 1, toReview: 1, rejected: 0, none: 0 });
    expect(queue.matches.map((entry) => entry.account.id)).toEqual([HIDDEN]);
    const [best] = queue.matches[0]!.candidates;
    expect(best!.likeness.reasons.length).toBe(3);
    const decide = (body: unknown, id = HIDDEN) => call('manager', 'POST', `/registry/matches/${id}/decide`, body);
    expect((await decide({ verdict: 'accepted', key: best!.key })).json).toMatchObject({
      state: 'matched',
      how: 'accepted',
    });
    expect((await call('manager', 'GET', '/registry/matches')).json).toMatchObject({
      counts: { matched: 2, toReview: 0 },
    });
    expect((await decide({ verdict: 'undo' })).json).toMatchObject({ state: 'toReview', decision: null });
    expect((await decide({ verdict: 'maybe' })).status).toBe(400);
    expect((await decide({ verdict: 'accepted' })).status).toBe(400);
    expect((await decide({ verdict: 'accepted', key: '9999999999' })).status).toBe(404);
    expect((await decide({ verdict: 'undo' }, '001000000000009AAA')).status).toBe(404);
  });
});

describe('corrections', () => {
  test('are made, listed with their effect, written as a file and ended', async () => {
    const body = { kind: 'access', factor: 0.5, reason: 'vendor policy' };
    const made = await call('manager', 'POST', `/registry/${NPIS[0]}/corrections`, body);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      key: '220001',
      byName: 'manager',
      effect: { opportunityUsdBefore: 5000, opportunityUsdAfter: 2500 },
    });
    const listed = (await call('rep', 'GET', '/registry/corrections')).json as unknown as {
      corrections: { id: string }[];
    };
    expect(listed.corrections).toMatchObject([{ id: String(made.json['id']), reason: 'vendor policy' }]);
    expect((await call('rep', 'GET', '/registry/220001')).json['corrections']).toHaveLength(1);
    const file = (await call('rep', 'GET', '/registry/corrections.csv')).text.split('\n');
    expect(file[1]).toMatch(/^220001,Beacon Hospital,02115,access,0.5,vendor policy,manager,2026-/);
    expect((await call('manager', 'POST', `/registry/${NPIS[0]}/corrections`, { ...body, factor: 1.5 })).status).toBe(
      400,
    );
    expect((await call('manager', 'POST', `/registry/${NPIS[0]}/corrections`, { ...body, reason: ' ' })).status).toBe(
      400,
    );
    expect((await call('manager', 'POST', `/registry/${NPIS[3]}/corrections`, body)).status).toBe(404);
    const end = () =>
      call('manager', 'POST', `/registry/corrections/${String(made.json['id'])}/end`, { reason: 'over' });
    expect((await end()).json).toMatchObject({ endedByName: 'manager', endedReason: 'over' });
    expect((await end()).status).toBe(404);
    world.around.visibleZips = new Set(['06510']);
    expect((await call('rep', 'GET', '/registry/corrections')).json['corrections']).toEqual([]);
    world.around.visibleZips = new Set(['02115']);
  });
});
