import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importShapes } from '../../service/geography/importShapes.ts';
import { LoadedStore } from '../../service/geography/loadedStore.ts';
import { startSampleService } from '../../service/local/parts.ts';
import type { RunningService } from '../../service/serve.ts';
import { startHouse, type House } from '../kit/house.ts';
import { geoFolder, zipMap, type GeoFolder } from '../kit/zipMap.ts';

interface Plan {
  version: number;
  geographyKey: string;
  state: string;
  owners: number[];
  territories: { id: string; name: string }[];
}
interface Counted {
  count: number;
  first: string[];
}
interface Change {
  units: number;
  added: Counted;
  gone: Counted;
  merged: { count: number };
  sentence: string;
  plans: { name: string; territories: { name: string; gained: Counted; lost: Counted }[]; zips: { count: number } }[];
}
interface Boundaries {
  geographyKey: string;
  units: number;
  atNextStart: Change | null;
  versions: { id: string; file: string; inUse: string[]; change: Change | null }[];
}
interface Answer {
  takesEffect: string;
  message: string;
  change: Change | null;
}
interface Units {
  ids: string[];
  states: string[];
  parents: Record<string, string>;
}

let house: House;
let service: RunningService;
let files: GeoFolder;
let liveId: string;
const dataDir = () => path.join(house.options.dataDir, 'service');

const ask = async <T>(
  method: string,
  url: string,
  { user = house.sample.planted.users.salesOps, body }: { user?: string; body?: unknown } = {},
) => {
  const response = await fetch(`${service.url}${url}`, {
    method,
    headers: { authorization: `Bearer ${house.token(user)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as T,
  };
};
const livePlan = async () => (await ask<Plan>('GET', `/api/alignments/${liveId}`)).json;
const units = async () => {
  const { json } = await ask<{ unitsPath: string }>('GET', '/api/geography');
  return (await (await fetch(service.url + json.unitsPath)).json()) as Units;
};
/** ZIP → name of its territory, hanging ZIPs included. */
const owned = (plan: Plan, { ids, parents }: Units) => {
  const own = new Map(ids.map((id, i) => [id, plan.territories[plan.owners[i] ?? -1]?.name ?? null]));
  for (const [zip, parent] of Object.entries(parents)) own.set(zip, own.get(parent) ?? null);
  return own;
};

async function restart(work: () => Promise<unknown> = async () => undefined): Promise<void> {
  await service.close();
  await work();
  service = await startSampleService(house.options, house.org, ['http://localhost:1']);
}

beforeAll(async () => {
  house = await startHouse();
  service = house.service;
  files = geoFolder();
  const teamId = house.sample.planted.teams.sales.id;
  const { json } = await ask<{ alignments: { id: string; state: string }[] }>('GET', `/api/alignments?team=${teamId}`);
  liveId = json.alignments.find(({ state }) => state === 'live')!.id;
});
afterAll(async () => {
  await service.close();
  files.close();
  await house.close();
});

describe('boundaries of a running service', () => {
  let before: { plan: Plan; units: Units };
  let ids: string[];

  test('are for operators, and empty where nothing is loaded', async () => {
    const { users } = house.sample.planted;
    const rep = Object.values(users).find((user) => user !== users.salesOps)!;
    for (const [method, url] of [
      ['GET', '/api/geography/boundaries'],
      ['POST', `/api/geography/boundaries/${'0'.repeat(16)}/activate`],
      ['GET', '/api/geography/former-plans'],
      ['POST', '/api/imports/geography'],
    ] as const) {
      expect((await ask(method, url, { user: rep })).status, url).toBe(403);
      expect((await fetch(service.url + url, { method })).status, url).toBe(401);
    }
    const { json } = await ask<Boundaries>('GET', '/api/geography/boundaries');
    expect(json).toMatchObject({ versions: [], atNextStart: null });
    expect((await ask('POST', `/api/geography/boundaries/${'0'.repeat(16)}/activate`)).status).toBe(404);
    expect((await ask('POST', '/api/geography/boundaries/nonsense/activate')).status).toBe(404);
  });

  test('that are new at a start carry every plan over as a new version, and keep what was', async () => {
    before = { plan: await livePlan(), units: await units() };
    await restart(async () => {
      const store = new LoadedStore(dataDir());
      const load = (picture: string, name: string) =>
        importShapes(store, { path: files.write(name, zipMap(picture)), now: new Date() });
      ids = [
        (await load('02802 02804 02806\n02807 02808 02809', 'wide.json')).id,
        (await load('02802 02804', 'narrow.json')).id,
      ];
    });
    const [plan, now] = [await livePlan(), await units()];
    expect(now.states.filter((state) => state === 'RI')).toHaveLength(2);
    expect(plan.version).toBe(before.plan.version + 2);
    expect(plan.geographyKey).not.toBe(before.plan.geographyKey);
    expect(plan.owners).toHaveLength(now.ids.length);
    const [was, is] = [owned(before.plan, before.units), owned(plan, now)];
    before.units.ids.forEach((id, i) => {
      if (before.units.states[i] !== 'RI') expect(is.get(id), id).toBe(was.get(id));
    });
    expect([...was.keys()].filter((zip) => !is.has(zip))).toEqual([]);
    expect(house.log.filter((line) => line.includes('The boundaries changed: ')).length).toBeGreaterThan(0);
  });

  test('leave the former plan readable, ZIP by ZIP', async () => {
    const { json } = await ask<{ file: string; id: string; version: number; note: string }[]>(
      'GET',
      '/api/geography/former-plans',
    );
    const former = json.find(({ id }) => id === liveId)!;
    expect(former).toMatchObject({
      version: before.plan.version,
      note: expect.stringContaining('hang on another now') as string,
    });
    const { text } = await ask('GET', `/api/geography/former-plans/${former.file}/zips.csv`);
    const rows = text.trim().split('\n');
    expect(rows[0]).toBe('zip,territory');
    const was = [...owned(before.plan, before.units)].filter(([, name]) => name !== null);
    expect(rows.length - 1).toBe(was.length);
    for (const [zip, name] of was.slice(0, 200)) expect(rows).toContain(`${zip},${name}`);
    expect((await ask('GET', `/api/geography/former-plans/plan-${liveId}-v999/zips.csv`)).status).toBe(404);
  });

  test('refuse an edit that was made on the former ones', async () => {
    const { json: draft } = await ask<{ id: string; version: number }>('POST', '/api/alignments', {
      body: { teamId: house.sample.planted.teams.sales.id, name: 'Draft', from: liveId },
    });
    const version = draft.version;
    await restart(async () => {
      const store = new LoadedStore(dataDir());
      store.save({ ...store.index, units: { countyStates: ['DE'], counties: [] } });
    });
    const plan = (await ask<Plan>('GET', `/api/alignments/${draft.id}`)).json;
    expect([plan.version, plan.owners.length]).toEqual([version + 2, (await units()).ids.length]);
    const [territory] = plan.territories;
    const body = { version, moves: [{ unit: '10001', from: null, to: territory!.id }] };
    const { status, json } = await ask<{ error: { code: string } }>('POST', `/api/alignments/${draft.id}/moves`, {
      body,
    });
    expect([status, json.error.code]).toEqual([409, 'alignment_stale']);
  });

  test('can move a county as one unit', async () => {
    const now = await units();
    const county = now.ids.indexOf('C10003');
    expect(now.parents['19801']).toBe('C10003');
    const { json } = await ask<{ alignments: { id: string; name: string }[] }>('GET', '/api/alignments');
    const draftId = json.alignments.find(({ name }) => name === 'Draft')!.id;
    const plan = (await ask<Plan>('GET', `/api/alignments/${draftId}`)).json;
    const from = plan.territories[plan.owners[county]!]?.id ?? null;
    const to = plan.territories.find(({ id }) => id !== from)!.id;
    const moves = [{ unit: 'C10003', from, to }];
    expect(
      (await ask('POST', `/api/alignments/${draftId}/moves`, { body: { version: plan.version, moves } })).status,
    ).toBe(200);
    const after = (await ask<Plan>('GET', `/api/alignments/${draftId}`)).json;
    expect(after.territories[after.owners[county]!]!.id).toBe(to);
  });

  test('tell what an older version would change, take it up, and use it from the next start on', async () => {
    const { json } = await ask<Boundaries>('GET', '/api/geography/boundaries');
    expect(json.versions.map(({ id, inUse }) => [id, inUse])).toEqual([
      [ids[0], []],
      [ids[1], ['RI']],
    ]);
    const change = json.versions[0]!.change!;
    expect([change.units, change.added.count, change.added.first]).toEqual([
      json.units + 4,
      4,
      ['02806', '02807', '02808', '02809'],
    ]);
    expect(change.plans.length).toBeGreaterThan(0);
    const gained = change.plans[0]!.territories.flatMap(({ gained }) => gained.first);
    expect(gained.sort()).toEqual(['02806', '02807', '02808', '02809']);
    const { json: answer } = await ask<Answer>('POST', `/api/geography/boundaries/${ids[0]}/activate`);
    expect(answer).toMatchObject({
      takesEffect: 'next_start',
      message: expect.stringContaining('next start') as string,
    });
    expect((await units()).states.filter((state) => state === 'RI')).toHaveLength(2);
    const pending = (await ask<Boundaries>('GET', '/api/geography/boundaries')).json;
    expect(pending.atNextStart).toMatchObject({ added: { count: 4 } });
    const { version } = await livePlan();
    await restart();
    expect((await units()).states.filter((state) => state === 'RI')).toHaveLength(6);
    expect((await livePlan()).version).toBe(version + 2);
    await restart();
    expect((await livePlan()).version).toBe(version + 2);
    expect(readdirSync(path.join(dataDir(), 'geography')).filter((file) => file.startsWith('ground-')).length).toBe(4);
  });

  test('are taken as an upload too: a report, in use from the next start on; a broken one changes nothing', async () => {
    const upload = (query: string, body: string | Buffer) =>
      fetch(`${service.url}/api/imports/geography?${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${house.token(house.sample.planted.users.salesOps)}` },
        body: body as never,
      });
    const known = (await ask<Boundaries>('GET', '/api/geography/boundaries')).json;
    const map = JSON.stringify(zipMap('02802 02804\n02806 02807', 'code'));
    for (const [query, body, status, code] of [
      ['name=cut.json', map.slice(0, 200), 422, 'file_not_recognized'],
      ['name=empty', '', 422, 'file_not_recognized'],
      ['name=a.json&zipProperty=nope', map, 400, 'bad_request'],
    ] as const) {
      const answer = await upload(query, body);
      const { error } = (await answer.json()) as { error: { code: string; action: string } };
      expect([query, answer.status, error.code, typeof error.action]).toEqual([query, status, code, 'string']);
    }
    expect((await ask<Boundaries>('GET', '/api/geography/boundaries')).json).toEqual(known);
    const answer = await upload('name=four.json', map);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      takesEffect: 'next_start',
      report: { file: 'four.json', rowsKept: 4, zipProperty: 'code' },
    });
    const { json } = await ask<Boundaries>('GET', '/api/geography/boundaries');
    expect(json.versions.at(-1)).toMatchObject({ file: 'four.json', inUse: ['RI'] });
    expect(json.atNextStart!.units).toBe(json.units - 2);
  });
});
