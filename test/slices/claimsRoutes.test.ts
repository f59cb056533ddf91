import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../service/app.ts';
import { claimsRoutes } from '../../service/claims/routes.ts';
import { tokenVerifier } from '../../service/http/identity.ts';
import { claimsWorld, vendorText } from '../kit/claimsWorld.ts';

const ORG = '00D000000000001EAA';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
let world: Awaited<ReturnType<typeof claimsWorld>>;
let server: Server;
let market: string;

beforeAll(async () => {
  world = await claimsWorld();
  const verify = tokenVerifier({
    orgId: ORG,
    keys: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256' }] },
  });
  // The rep of this test owns the first unit only.
  const routes = claimsRoutes(world.claims, {
    visibleUnits: async (user) => (user.role === 'rep' ? new Set([0]) : 'all'),
    territories: async () => [],
    corrections: async () => 2,
  });
  server = createApp({ routes, verify, geography: Router(), origins: [], log: console.error }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const posted = await call(
    'ops',
    'POST',
    '/imports/claims?name=may.csv',
    vendorText({ count: 20 }, { performing: '2900000029', performingZip: '06510', count: 7, code: 'BW102' }),
  );
  expect(posted.status).toBe(201);
  market = (await world.claims.markets())[0]!.id;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await world.close();
});

const PERMS = {
  rep: ['Bailiwick_View'],
  ops: ['Bailiwick_View', 'Bailiwick_Reassign', 'Bailiwick_Operate'],
  nobody: [],
};

async function call(who: keyof typeof PERMS | null, method: string, path: string, body?: string, type = 'text/csv') {
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
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': type };
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, text, json: (isJson ? JSON.parse(text) : {}) as Record<string, never> };
}

describe('who may what', () => {
  const all: [string, string][] = [
    ['POST', '/imports/claims?name=a.csv'],
    ['GET', '/imports'],
    ['GET', '/imports/00000000-0000-4000-8000-000000000000'],
    ['GET', '/imports/00000000-0000-4000-8000-000000000000/report.csv'],
    ['GET', '/markets'],
    ['POST', '/markets'],
    ['PUT', '/markets/00000000-0000-4000-8000-000000000000'],
    ['GET', '/markets/00000000-0000-4000-8000-000000000000/facets'],
    ['GET', '/demand'],
    ['GET', '/demand.csv'],
    ['GET', '/demand/places'],
  ];
  it.each(all)('%s %s: 401 without a token, 403 without the permission', async (method, path) => {
    const body = method === 'GET' ? undefined : '{}';
    expect((await call(null, method, path, body)).status).toBe(401);
    expect((await call('nobody', method, path, body)).status).toBe(403);
  });

  it.each(all.filter(([method, path]) => method !== 'GET' || path.startsWith('/imports')))(
    '%s %s: not for a rep',
    async (method, path) => {
      expect((await call('rep', method, path, method === 'GET' ? undefined : '{}')).status).toBe(403);
    },
  );
});

describe('demand', () => {
  it('is a vector in unit order with its source', async () => {
    const { status, json } = await call('ops', 'GET', `/demand?market=${market}&by=zip`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      procedures: [20, 0, 5.5],
      suppressed: [0, 0, 1],
      noData: [0, 0, 0],
      total: { procedures: 25.5, providers: 2 },
    });
    expect(json['source']).toMatchObject({ file: 'may.csv', period: '2026-03' });
  });

  it('shows a rep her own units only: in vectors, counties, files and circles', async () => {
    const zip = await call('rep', 'GET', `/demand?market=${market}`);
    expect(zip.json).toMatchObject({ procedures: [20, null, null], total: { procedures: 20 } });
    const county = await call('rep', 'GET', `/demand?market=${market}&by=county`);
    expect(county.json).toMatchObject({ ids: ['25025'], procedures: [20] });
    expect((await call('rep', 'GET', `/demand.csv?market=${market}`)).text.split('\n')).toHaveLength(3);
    const places = await call('rep', 'GET', `/demand/places?market=${market}`);
    expect((places.json['places'] as unknown as { unit: number }[]).map(({ unit }) => unit)).toEqual([0]);
  });

  it('sums to counties, and as a file', async () => {
    const { json } = await call('ops', 'GET', `/demand?market=${market}&by=county&sites=22`);
    expect(json).toMatchObject({ ids: ['09009', '25025'], procedures: [5.5, 20] });
    const file = await call('ops', 'GET', `/demand.csv?market=${market}&by=county`);
    expect(file.text.split('\n').slice(0, 2)).toEqual([
      'unit,procedures,providers,opportunity_usd,partly_imputed,imputed_share,low_usd,high_usd',
      '09009,5.5,1,275,1,1,53,497',
    ]);
  });

  it('answers 400 to what cannot be asked and 404 to a market that is not there', async () => {
    expect((await call('ops', 'GET', '/demand')).status).toBe(400);
    expect((await call('ops', 'GET', `/demand?market=${market}&by=planet`)).status).toBe(400);
    expect((await call('ops', 'GET', '/demand?market=00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });
});

describe('markets and imports', () => {
  it('a market is saved, changed and refused', async () => {
    const { json: list } = await call('rep', 'GET', '/markets');
    const [first] = list['markets'] as unknown as Record<string, unknown>[];
    const made = await call(
      'ops',
      'POST',
      '/markets',
      JSON.stringify({ ...first, name: 'Second' }),
      'application/json',
    );
    expect(made.status).toBe(201);
    const id = String(made.json['id']);
    const changed = await call(
      'ops',
      'PUT',
      `/markets/${id}`,
      JSON.stringify({ ...first, name: 'Third', addressableShare: 0.5 }),
      'application/json',
    );
    expect(changed.json).toMatchObject({ id, name: 'Third', addressableShare: 0.5 });
    expect((await call('ops', 'POST', '/markets', JSON.stringify({ name: '' }), 'application/json')).status).toBe(400);
    const facets = await call('ops', 'GET', `/markets/${id}/facets`);
    expect(facets.json).toMatchObject({
      sites: [{ code: '22', name: 'On-campus outpatient hospital', procedures: 25.5 }],
    });
    // a rep's facets hold what her own units hold, and no more
    const hers = (await call('rep', 'GET', `/markets/${id}/facets`)).json as unknown as {
      sites: { procedures: number }[];
    };
    const demand = (await call('rep', 'GET', `/demand?market=${id}`)).json as unknown as {
      total: { procedures: number };
    };
    expect(hers.sites.reduce((sum, site) => sum + site.procedures, 0)).toBe(demand.total.procedures);
    expect(demand.total.procedures).toBeLessThan(25.5);
  });

  it('an import that is none answers 422 with a way out and changes nothing', async () => {
    const before = (await call('ops', 'GET', '/imports')).text;
    const { status, json } = await call('ops', 'POST', '/imports/claims?name=b.csv', 'a,b\n1,2\n');
    expect(status).toBe(422);
    expect(json['error']).toMatchObject({
      code: 'file_not_recognized',
      action: expect.stringContaining('CMS') as string,
    });
    expect((await call('ops', 'GET', '/imports')).text).toBe(before);
  });

  it('a report is there as JSON and as a file', async () => {
    const imports = (await call('ops', 'GET', '/imports')).json['imports'] as unknown as { id: string }[];
    expect((await call('ops', 'GET', `/imports/${imports[0]!.id}`)).json).toMatchObject({ rowsRead: 2, rowsKept: 2 });
    expect((await call('ops', 'GET', `/imports/${imports[0]!.id}/report.csv`)).text).toBe('line,what,reason,found\n');
  });
});
