import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAnswer, runsAnswer, settingsAnswer } from '../../service/sync/auto/answers.ts';
import { checksAnswer } from '../../service/sync/checks/answers.ts';
import { driftActAnswer, driftAnswer, driftPreviewAnswer } from '../../service/sync/drift/schemas.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';

type Refusal = { error: { code: string; message: string } };
const NOBODY = '33333333-3333-4333-8333-333333333333';
const NO_TEAM = '0MI000000000000AAA';
let house: House;
let ops: Ask;
let admin: Ask;
let rep: Ask;
let team: string;

beforeAll(async () => {
  house = await startHouse();
  const { users, teams } = house.sample.planted;
  [ops, admin, rep] = [house.api(users.salesOps), house.api(users.manager), house.api(users.rep)];
  team = teams.sales.id;
});
afterAll(() => house.close());

describe('routes of automatic sync, drift and checks', () => {
  const ROUTES: [string, (id: string) => string, 'operate' | 'reassign'][] = [
    ['GET', (id) => `/api/teams/${id}/sync-settings`, 'operate'],
    ['PUT', (id) => `/api/teams/${id}/sync-settings`, 'operate'],
    ['GET', (id) => `/api/teams/${id}/sync-runs`, 'operate'],
    ['POST', (id) => `/api/teams/${id}/sync-runs`, 'operate'],
    ['GET', () => `/api/sync-runs/${NOBODY}`, 'operate'],
    ['POST', () => `/api/sync-runs/${NOBODY}/approve`, 'operate'],
    ['POST', () => `/api/sync-runs/${NOBODY}/dismiss`, 'operate'],
    ['GET', (id) => `/api/teams/${id}/drift`, 'reassign'],
    ['GET', (id) => `/api/teams/${id}/drift.csv`, 'reassign'],
    ['POST', (id) => `/api/teams/${id}/drift/preview`, 'reassign'],
    ['POST', (id) => `/api/teams/${id}/drift/act`, 'reassign'],
    ['GET', () => '/api/setup/checks', 'operate'],
  ];
  it.each(ROUTES)(
    '%s %s: 401 without a token, 403 without the permission, 404 for what is not there',
    async (method, path, needs) => {
      const body = {
        GET: undefined,
        PUT: { version: 0 },
        POST: path(team).includes('approve')
          ? { previewHash: 'x' }
          : { action: 'adopt', kind: 'moved', previewHash: 'x' },
      }[method];
      expect((await house.api(null)(method, path(team), body)).status).toBe(401);
      expect((await rep(method, path(team), body)).status).toBe(403);
      if (needs === 'operate') expect((await admin(method, path(team), body)).status).toBe(403);
      if (path(team).includes('checks')) return;
      expect((await ops(method, path(NO_TEAM), body)).status).toBe(404);
    },
  );
  it('400 names the field', async () => {
    const put = async (body: object) =>
      (await ops<Refusal>('PUT', `/api/teams/${team}/sync-settings`, body)).json.error;
    expect(await put({ version: 0, schedule: '99 * * * *' })).toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('schedule'),
    });
    expect((await put({ version: 0, fuse: { movedShare: 0 } })).message).toContain('never off');
    expect((await put({})).message).toContain('version');
    expect((await put({ version: 0, webhookUrl: 'http://example.com' })).message).toContain('https');
    const drift = `/api/teams/${team}/drift`;
    expect((await ops('GET', `${drift}?kind=nonsense`)).status).toBe(400);
    expect((await ops('POST', `${drift}/preview`, { action: 'adopt' })).status).toBe(400);
    expect((await ops('POST', `${drift}/preview`, { action: 'adopt', kind: 'moved', keys: ['x'] })).status).toBe(400);
    expect((await ops('POST', `/api/sync-runs/${NOBODY}/approve`, {})).status).toBe(400);
  });
  it('settings are read, changed on a version, and refused on an old one', async () => {
    const url = `/api/teams/${team}/sync-settings`;
    const first = (await ops<never>('GET', url)).json;
    expect(settingsAnswer.strict().safeParse(first).error).toBeUndefined();
    expect(first).toMatchObject({
      version: 0,
      settings: { isOn: false },
      timeZone: 'America/New_York',
      nextRunAt: null,
    });
    const saved = await ops('PUT', url, { version: 0, isOn: true, webhookSecret: 'a secret of some length' });
    expect(saved).toMatchObject({
      status: 200,
      json: { version: 1, hasWebhookSecret: true, nextRunAt: expect.any(String) },
    });
    expect(saved.text).not.toContain('a secret of some length');
    expect((await ops('PUT', url, { version: 0, isOn: false })).status).toBe(409);
  });
  it('a run by hand is logged, and stops at the fuse', async () => {
    const [row] = await house.query<{ Id: string }>(
      `SELECT Id FROM ObjectTerritory2Association WHERE AssociationCause = 'Territory2Manual' AND Territory2.ParentTerritory2.ParentTerritory2Id = '${team}' LIMIT 1`,
    );
    const gone = await fetch(`${house.org.url}/services/data/v66.0/sobjects/ObjectTerritory2Association/${row!.Id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${house.options.orgToken}` },
    });
    expect(gone.status).toBe(204);
    const fuse = { movedShare: 0.000_001 };
    expect((await ops('PUT', `/api/teams/${team}/sync-settings`, { version: 1, isOn: false, fuse })).status).toBe(200);
    const started = await ops<{ id: string }>('POST', `/api/teams/${team}/sync-runs`);
    expect(started.status).toBe(202);
    await house.service.house.auto.idle();
    const run = (await ops<never>('GET', `/api/sync-runs/${started.json.id}`)).json;
    expect(runAnswer.strict().safeParse(run).error).toBeUndefined();
    expect(run).toMatchObject({ trigger: 'person', finishedAt: null, state: 'waiting' });
    const list = (await ops<never>('GET', `/api/teams/${team}/sync-runs`)).json;
    expect(runsAnswer.strict().safeParse(list).error).toBeUndefined();
    expect(list).toMatchObject({ waiting: { id: started.json.id }, isRunning: false });
    expect((await ops('POST', `/api/sync-runs/${started.json.id}/approve`, { previewHash: 'old' })).status).toBe(409);
    expect((await ops('POST', `/api/sync-runs/${started.json.id}/dismiss`)).json).toMatchObject({ state: 'dismissed' });
    expect((await ops('POST', `/api/sync-runs/${started.json.id}/dismiss`)).status).toBe(409);
  });
  it('drift is listed, and an account that somebody moved is accepted into the plan', async () => {
    const url = `/api/teams/${team}/drift`;
    const before = (await ops<Record<string, never>>('GET', url)).json;
    expect(driftAnswer.strict().safeParse(before).error).toBeUndefined();
    const rows = await house.query<{ Id: string; ObjectId: string; Territory2Id: string }>(
      `SELECT Id, ObjectId, Territory2Id FROM ObjectTerritory2Association WHERE Territory2.ParentTerritory2.ParentTerritory2Id = '${team}' LIMIT 2000`,
    );
    const from = rows[0]!;
    const to = rows.find(({ Territory2Id }) => Territory2Id !== from.Territory2Id)!;
    house.org.seed({
      ObjectTerritory2Association: [
        { ObjectId: from.ObjectId, Territory2Id: to.Territory2Id, AssociationCause: 'Territory2Manual' },
      ],
    });
    const list = (
      await ops<{ items: { key: string; accountId: string; kind: string }[] }>('GET', `${url}?kind=foreignRow`)
    ).json;
    const line = list.items.find(({ accountId }) => accountId === from.ObjectId)!;
    const choice = { action: 'accept', keys: [line.key] };
    const preview = (await ops<{ previewHash: string }>('POST', `${url}/preview`, choice)).json;
    expect(driftPreviewAnswer.strict().safeParse(preview).error).toBeUndefined();
    expect((await ops('POST', `${url}/act`, { ...choice, previewHash: 'old' })).status).toBe(409);
    const done = (
      await ops<{ alignmentId: string }>('POST', `${url}/act`, { ...choice, previewHash: preview.previewHash })
    ).json;
    expect(driftActAnswer.strict().safeParse(done).error).toBeUndefined();
    const page = (
      await ops<{ teams: { teamId: string; alignmentId: string; territory: { id: string } }[] }>(
        'GET',
        `/api/accounts/${from.ObjectId}/territory`,
      )
    ).json;
    expect(page.teams.find(({ teamId }) => teamId === team)).toMatchObject({
      alignmentId: done.alignmentId,
      territory: { id: to.Territory2Id },
    });
    expect((await ops('GET', `${url}.csv`)).text).toContain('Kind,Account ID');
  });
  it('checks say what is right and what to click', async () => {
    const { json } = await ops<{ checks: { name: string; state: string; what: string; click: string | null }[] }>(
      'GET',
      '/api/setup/checks',
    );
    expect(checksAnswer.strict().safeParse(json).error).toBeUndefined();
    const states = Object.fromEntries(json.checks.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({
      service: 'ok',
      cors: 'ok',
      token: 'ok',
      sameOrg: 'ok',
      login: 'ok',
      apiVersion: 'ok',
      budget: 'ok',
      model: 'ok',
      mapping: 'warn',
      timeZone: 'ok',
      'object ObjectTerritory2Association': 'ok',
    });
    expect(json.checks.filter(({ state, click }) => state !== 'ok' && click === null)).toEqual([]);
    expect(json.checks.filter(({ state }) => state === 'bad')).toEqual([]);
  });
});
