import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';

/** Every way takes so many minutes on the roads of this test. */
const MINUTES = 4;

interface Near {
  isByRoad: boolean;
  territoryId: string;
  accounts: { id: string; driveMinutes: number }[];
}
interface Day {
  isByRoad: boolean;
  fromHome: boolean;
  driveMinutes: number;
  visits: { id: string; driveMinutes: number }[];
}

let server: Server;
let isUp = true;
let house: House;
let rep: Ask;
let hospital: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const at = new URL(request.url ?? '', 'http://x');
    const count = (name: string) => (at.searchParams.get(name) ?? '').split(';').length;
    const durations = Array.from({ length: count('sources') }, () => Array<number>(count('destinations')).fill(60 * MINUTES)); // prettier-ignore
    response.writeHead(isUp ? 200 : 500).end(JSON.stringify({ code: 'Ok', durations }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const routingUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  house = await startHouse({ routingUrl });
  rep = house.api(house.sample.planted.users.rep);
  const page = (await rep<{ territories: { topAccounts: { id: string }[] }[] }>('GET', `/api/users/${house.sample.planted.users.rep}/territory`)).json; // prettier-ignore
  hospital = page.territories[0]!.topAccounts[0]!.id;
});
afterAll(async () => {
  await house.close();
  server.close();
});

const near = async () => (await rep<Near>('GET', `/api/accounts/${hospital}/near?minutes=30`)).json;

test('accounts nearby, day plan and field plan tell minutes by road where the customer’s routing server answers', async () => {
  const { isByRoad, territoryId, accounts } = await near();
  expect(isByRoad).toBe(true);
  expect(new Set(accounts.map(({ driveMinutes }) => driveMinutes))).toEqual(new Set([MINUTES]));
  const ids = accounts.slice(0, 3).map(({ id }) => id);
  const query = `territory=${territoryId}&accounts=${ids.join(',')}&date=2026-12-01&begin=480`;
  const day = (await rep<Day>('GET', `/api/day-plan?${query}`)).json;
  expect(day).toMatchObject({ isByRoad: true, fromHome: true, driveMinutes: 4 * MINUTES });
  expect((await rep('GET', `/api/day-plan.pdf?${query}`)).text).toContain('Drive times are by road.');
  const field = (await rep<{ isByRoad: boolean; days: { visits: unknown[]; driveMinutes: number }[] }>('GET', `/api/territories/${territoryId}/field-plan?from=2026-12-01`)).json; // prettier-ignore
  expect(field.isByRoad).toBe(true);
  // two at one address are one stop
  for (const { visits, driveMinutes } of field.days) {
    expect(driveMinutes % MINUTES).toBeCloseTo(0, 6);
    expect(driveMinutes).toBeLessThanOrEqual((visits.length + 1) * MINUTES);
  }
});

test('road ÷ straight line is fitted to the ways of a plan, and nothing is saved', async () => {
  const ops = house.api(house.sample.planted.users.salesOps);
  const team = house.sample.planted.teams.sales.id;
  const { alignments } = (await ops<{ alignments: { id: string; state: string }[] }>('GET', `/api/alignments?team=${team}`)).json; // prettier-ignore
  const live = alignments.find(({ state }) => state === 'live')!.id;
  const at = `/api/insights/${live}/parameters`;
  const before = (await ops<{ hasRoads: boolean; parameters: { travel: object } }>('GET', at)).json;
  expect(before.hasRoads).toBe(true);
  const { travel } = before.parameters;
  const fit = (await ops<{ ways: number; circuity: number; errorBefore: number; errorAfter: number }>('POST', `${at}/roads`, { travel })).json; // prettier-ignore
  expect(fit.ways).toBeGreaterThan(100);
  // all ways take four minutes here, which is less than any straight line allows
  expect(fit.circuity).toBe(1);
  expect(fit.errorAfter).toBeLessThan(fit.errorBefore);
  expect((await ops('GET', at)).json).toEqual(before);
});

test('while it does not answer, times are estimates and say so; nothing else is missing', async () => {
  isUp = false;
  const before = (await near()).accounts.length;
  const { isByRoad, accounts } = await near();
  expect(isByRoad).toBe(false);
  expect(accounts.length).toBe(before);
  expect(accounts.length).toBeGreaterThan(0);
  expect(new Set(accounts.map(({ driveMinutes }) => driveMinutes)).size).toBeGreaterThan(1);
  expect(house.log.some((line) => line.includes('routing server: status 500'))).toBe(true);
});
