import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Route } from '../../service/http/routes.ts';
import { startHouse, type House } from '../kit/house.ts';
import { waitFor } from '../kit/waitFor.ts';

let house: House;
let ids: Record<string, string>;

beforeAll(async () => {
  house = await startHouse();
  const { users, system } = house.sample.planted;
  const ask = house.api(users.salesOps);
  const me = (await ask<{ teams: { id: string; liveAlignmentId: string }[]; marketId: string }>('GET', '/api/me')).json;
  const [team] = me.teams;
  const from = team!.liveAlignmentId;
  const draft = (
    await ask<{ id: string; version: number }>('POST', '/api/alignments', { teamId: team!.id, name: 'Draft', from })
  ).json;
  const wanted = { alignmentId: draft.id, version: draft.version, preset: 'fewestChanges' };
  const proposal = (await ask<{ id: string }>('POST', '/api/proposals', wanted)).json;
  await waitFor(
    async () => (await ask<{ state: string }>('GET', `/api/proposals/${proposal.id}`)).json.state,
    (state) => state === 'done',
  );
  const rep = (await house.api(users.rep)<{ territoryIds: string[] }>('GET', '/api/me')).json;
  await loadHeads(users.salesOps);
  const imports = (await ask<{ imports: { id: string }[] }>('GET', '/api/imports')).json.imports;
  ids = {
    alignments: draft.id,
    insights: draft.id,
    proposals: proposal.id,
    accounts: system.accountId,
    users: users.rep,
    territories: rep.territoryIds[0]!,
    markets: me.marketId,
    imports: imports[0]!.id,
  };
});

afterAll(() => house.close());

/** A head count, so that the routes that compare with it have an answer. */
async function loadHeads(userId: string): Promise<void> {
  const ask = house.api(userId);
  const text = 'zip,population\n02115,29000\n';
  const begun = { kind: 'population', name: 'heads.csv', bytes: text.length };
  const { id } = (await ask<{ id: string }>('POST', '/api/uploads', begun)).json;
  await ask('PUT', `/api/uploads/${id}/part?offset=0`, text);
  await ask('POST', `/api/uploads/${id}/import`, {});
  await waitFor(
    async () => (await ask<{ state: string }>('GET', `/api/uploads/${id}`)).json.state,
    (state) => state === 'done',
  );
}

/** The address of a route with ids that exist; null for routes that need something this test does not make. */
function address(route: Route): string | null {
  const [, folder = ''] = route.path.split('/');
  if (route.path.includes(':id') && !ids[folder]) return null;
  const preset = `?preset=medtech&snapshot=${ids['imports']}`;
  const day = `?territory=${ids['territories']}&accounts=${ids['accounts']}&date=2026-12-01`;
  const teamId = house.sample.planted.teams.sales.id;
  const demand = `?market=${ids['markets']}&team=${teamId}`;
  const byPath: Readonly<Record<string, string>> = {
    '/markets/preset': preset,
    '/alignments/:id/accounts': '?unit=02115',
    '/feedback/places': `?teamId=${teamId}`,
    '/insights/:id/leads': '?pocket=1',
  };
  const query = byPath[route.path] ?? (folder === 'day-plan' ? day : folder === 'demand' ? demand : '');
  return `/api${route.path.replace(':id', ids[folder] ?? '').replace(':teamId', teamId)}${query}`;
}

describe('answers', () => {
  test('every GET answers as its schema in OpenAPI says, to sales operations and to a rep', async () => {
    const routes = house.service.house.routes.filter(({ method, response }) => method === 'get' && response);
    const { users } = house.sample.planted;
    let checked = 0;
    for (const route of routes) {
      for (const user of [users.salesOps, users.rep]) {
        const url = address(route);
        if (!url) continue;
        const { status, json } = await house.api(user)('GET', url);
        if (user === users.rep && [403, 404].includes(status)) continue;
        const parsed = (route.response as z.ZodType).safeParse(json);
        expect(status, url).toBe(200);
        expect(parsed.success ? '' : `${url}: ${z.prettifyError(parsed.error)}`).toBe('');
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(15);
  });

  test('every route that answers JSON describes it', () => {
    const silent = house.service.house.routes.filter(
      ({ response, path }) => !response && !/\.(csv|geojson|ics|pdf|txt)$/.test(path),
    );
    expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});
