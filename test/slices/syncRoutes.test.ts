import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorHandler, requestId } from '../../service/http/errors.ts';
import { tokenVerifier } from '../../service/http/identity.ts';
import { routesRouter } from '../../service/http/routes.ts';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { openStore, type Store } from '../../service/store/store.ts';
import { previewAnswer, publishAnswer } from '../../service/sync/answers.ts';
import { syncRoutes } from '../../service/sync/routes.ts';
import type { Sync } from '../../service/sync/sync.ts';
import { accounts, startSmallOrg, USER } from '../kit/smallOrg.ts';
import { DRAFT, freshPlans, openRoom, syncOver, TEAM } from '../kit/syncWorld.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
let local: LocalOrg;
let store: Store;
let sync: Sync;
let server: Server;

beforeAll(async () => {
  local = await startSmallOrg();
  local.seed({ Account: accounts(2) });
  store = await openStore();
  sync = syncOver(store, await openRoom(local.url), freshPlans({ 1: 'A', 2: 'B' }));
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256' };
  const verify = tokenVerifier({ keys: { keys: [key] }, orgId: local.orgId });
  const app = express()
    .use(requestId)
    .use('/api', routesRouter(syncRoutes(sync), verify))
    .use(errorHandler(console.error));
  server = app.listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await sync.close();
  await store.close();
  await local.close();
});

const PERMS = { ops: ['Bailiwick_View', 'Bailiwick_Reassign', 'Bailiwick_Operate'], rep: ['Bailiwick_View'] };
const USERS = { ops: USER.director, rep: USER.ann };

async function call(who: 'ops' | 'rep' | null, method: string, path: string, body?: unknown) {
  const token =
    who && local.mintToken(USERS[who], { audience: 'bailiwick', key: privateKey, kid: 'k', perms: PERMS[who] });
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api${path}`, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json')
    ? (JSON.parse(text) as Record<string, never>)
    : {};
  return { status: response.status, json, text };
}
const request = { alignmentId: DRAFT, version: 1 };
const NOBODY = '33333333-3333-4333-8333-333333333333';

describe('routes of publishing', () => {
  it.each([
    ['POST', '/publishes/preview'],
    ['POST', '/publishes/preview.csv'],
    ['POST', '/publishes'],
    ['GET', '/publishes'],
    ['GET', `/publishes/${NOBODY}`],
    ['GET', `/publishes/${NOBODY}/outcomes.csv`],
    ['POST', `/publishes/${NOBODY}/take-back`],
    ['POST', `/teams/${TEAM}/adopt`],
  ])('%s %s: 401 without a token; a rep gets 403 for writes, 404 or nothing for reads', async (method, path) => {
    const body = method === 'POST' ? request : undefined;
    expect((await call(null, method, path, body)).status).toBe(401);
    const asRep = await call('rep', method, path, body);
    expect(asRep.status).toBe(method === 'POST' ? 403 : path === '/publishes' ? 200 : 404);
    if (path === '/publishes' && method === 'GET') expect(asRep.json).toEqual({ publishes: [] });
  });
  it('400 for a wrong body, 404 for an unknown publish, 409 for a stale preview', async () => {
    expect((await call('ops', 'POST', '/publishes/preview', { alignmentId: 'x' })).status).toBe(400);
    expect((await call('ops', 'POST', '/publishes/preview', { ...request, accountIds: [] })).status).toBe(400);
    expect((await call('ops', 'GET', `/publishes/${NOBODY}`)).status).toBe(404);
    expect((await call('ops', 'POST', '/publishes/preview', { ...request, version: 7 })).json).toMatchObject({
      error: { code: 'alignment_stale' },
    });
    const stale = await call('ops', 'POST', '/publishes', { ...request, previewHash: 'old' });
    expect(stale).toMatchObject({ status: 409, json: { error: { code: 'preview_stale' } } });
  });
  it('names the stages of deals in their order, to whoever may publish', async () => {
    expect((await call(null, 'GET', '/deal-stages')).status).toBe(401);
    expect((await call('rep', 'GET', '/deal-stages')).status).toBe(403);
    const { stages } = (await call('ops', 'GET', '/deal-stages')).json as unknown as { stages: string[] };
    expect(stages.indexOf('Prospecting')).toBeGreaterThanOrEqual(0);
    expect(stages.indexOf('Closed Won')).toBeGreaterThan(stages.indexOf('Prospecting'));
  });
  it('previews, publishes, lists, shows outcomes and takes back', async () => {
    const preview = await call('ops', 'POST', '/publishes/preview', request);
    expect(preview).toMatchObject({ status: 200, json: { counts: { add: 2 } } });
    expect(previewAnswer.strict().safeParse(preview.json).error).toBeUndefined();
    const file = await call('ops', 'POST', '/publishes/preview.csv', request);
    expect(
      file.text
        .trim()
        .split('\n')
        .map((line) => line.split(',')[0]),
    ).toEqual(['list', 'moves in', 'moves in', 'owners']);
    expect(file.text).toContain('East B');
    const started = await call('ops', 'POST', '/publishes', { ...request, previewHash: preview.json['previewHash'] });
    expect(started.status).toBe(202);
    await sync.idle();
    expect((await call('ops', 'GET', `/publishes/${started.json['id']}`)).json).toMatchObject({
      state: 'done',
      canTakeBack: true,
    });
    const list = (await call('ops', 'GET', `/publishes?team=${TEAM}`)).json;
    expect(list['publishes']).toHaveLength(1);
    expect(publishAnswer.strict().safeParse(list['publishes']?.[0]).error).toBeUndefined();
    expect((await call('ops', 'GET', `/publishes/${started.json['id']}/outcomes.csv`)).text.split('\n')).toHaveLength(
      5,
    );
    expect((await call('ops', 'POST', `/publishes/${started.json['id']}/take-back`)).status).toBe(202);
    await sync.idle();
    expect((await call('ops', 'GET', '/publishes')).json['publishes']).toHaveLength(2);
    expect((await call('ops', 'POST', `/teams/${TEAM}/adopt`, {})).json).toEqual({ adopted: 0, left: 0 });
  });
});
