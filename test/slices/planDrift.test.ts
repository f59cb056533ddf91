import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAlerts } from '../../service/insights/alerts.ts';
import type { PlanDrift } from '../../service/insights/planDrift.ts';
import type { TeamInsightPorts } from '../../service/insights/ports.ts';
import type { TeamId } from '../../service/core/ids.ts';
import { openStore } from '../../service/store/store.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface Caused {
  measure: string;
  before: number;
  after: number;
  parts: { demand: number; accounts: number; reps: number; parameters: number };
}
interface Drift {
  since: string | null;
  nation: (Caused & { change: number })[];
  territories: (Caused & { id: string; name: string; hasLeft: boolean })[];
  waitingUsd: { low: number; high: number };
  trend: { at: string; points: { id: string; potentialOfTarget: number }[] }[];
}

let house: House;
let ops: Ask;
let live: string;
let zipsOf: (name: string) => Set<string>;
let vendor: string[];
/** The columns of the vendor file that are scaled, and what says where. */
let [counted, paid, place]: number[] = [];

beforeAll(async () => {
  house = await startHouse();
  ops = house.api(house.sample.planted.users.salesOps);
  const team = house.sample.planted.teams.sales.id;
  const { alignments } = (
    await ops<{ alignments: { id: string; state: string }[] }>('GET', `/api/alignments?team=${team}`)
  ).json;
  live = alignments.find(({ state }) => state === 'live')!.id;
  const rows = (await ops('GET', `/api/alignments/${live}/zips.csv`)).text.trim().split('\n');
  zipsOf = (name) => new Set(rows.filter((row) => row.includes(`,${name},`)).map((row) => row.slice(0, 5)));
  vendor = readFileSync(house.sample.claimsVendor, 'utf8').trim().split('\n');
  const head = vendor[0]!.split(',');
  [counted, paid, place] = ['claim_count', 'paid', 'facility_zip'].map((name) => head.indexOf(name));
});
afterAll(() => house.close());

const drift = async (since = 'live') => {
  const { status, json } = await ops<Drift>('GET', `/api/insights/${live}/drift?since=${since}`);
  expect(status).toBe(200);
  return json;
};

/** The vendor file once more, each row's counts and dollars times a factor. */
async function importScaled(name: string, factor: (zip: string) => number): Promise<void> {
  const rows = vendor.slice(1).map((row) => {
    const cells = row.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, ''));
    const times = factor(cells[place!]!.padStart(5, '0'));
    for (const column of [counted!, paid!])
      if (/^[\d.]+$/.test(cells[column] ?? '')) cells[column] = String(Math.round(Number(cells[column]) * times));
    return cells.slice(0, vendor[0]!.split(',').length).join(',');
  });
  const { status, text } = await ops('POST', `/api/imports/claims?name=${name}.csv`, [vendor[0], ...rows].join('\n'));
  expect([status, text.slice(0, 200)]).toEqual([expect.any(Number), expect.not.stringContaining('error')]);
  expect(status).toBeLessThan(300);
}

describe('drift of the live plan', () => {
  test('begins with the plan as it is: nothing has changed, and the figures are those of the balance', async () => {
    const first = await drift();
    expect(first.since).toBeNull();
    expect(first.territories.filter(({ hasLeft }) => hasLeft)).toEqual([]);
    expect(first.trend).toHaveLength(1);
    const { territories } = (
      await ops<{ territories: { name: string; ofTarget: { workloadHours: number } }[] }>(
        'GET',
        `/api/insights/${live}/balance`,
      )
    ).json;
    for (const row of territories) {
      const same = first.territories.find(({ name, measure }) => name === row.name && measure === 'workloadHours')!;
      expect(same.after).toBeCloseTo(row.ofTarget.workloadHours, 3);
    }
  });

  test('a national drop is nobody’s drift; it stands in the nation alone', async () => {
    await importScaled('national', () => 0.8);
    const found = await drift();
    expect(found.since).not.toBeNull();
    const potential = found.nation.find(({ measure }) => measure === 'potentialUsd')!;
    expect(potential.change).toBeCloseTo(-0.2, 1);
    expect(potential.parts.accounts).toBe(0);
    const left = found.territories.filter(({ measure, hasLeft }) => measure === 'potentialUsd' && hasLeft);
    expect(left).toEqual([]);
  }, 60_000);

  test('a local rise is: who left, that demand did it, and what waiting costs', async () => {
    const zips = zipsOf('Pittsburgh');
    expect(zips.size).toBeGreaterThan(50);
    await importScaled('local', (zip) => (zips.has(zip) ? 2.5 : 1));
    const found = await drift();
    const row = found.territories.find(({ name, measure }) => name === 'Pittsburgh' && measure === 'potentialUsd')!;
    expect(row.hasLeft).toBe(true);
    expect(row.after).toBeGreaterThan(row.before + 0.5);
    const { demand, accounts, reps, parameters } = row.parts;
    expect(demand + accounts + reps + parameters).toBeCloseTo(row.after - row.before, 3);
    expect(demand).toBeCloseTo(row.after - row.before, 3);
    expect(found.waitingUsd.high).toBeGreaterThanOrEqual(found.waitingUsd.low);
    expect(found.trend).toHaveLength(3);
    const since = await drift('last');
    expect(since.since! > found.since!).toBe(true);
    const csv = (await ops('GET', `/api/insights/${live}/drift.csv`)).text.trim().split('\n');
    expect(csv[0]).toBe('territory,measure,before,after,demand,accounts,reps,parameters');
    expect(csv).toHaveLength(1 + 2 * 25 + 2);
  }, 60_000);

  test('rules of the alarm are kept; only sales operations set them', async () => {
    const rules = { isOn: true, workload: 0.2, potential: 0.25, leastTerritories: 2, quietDays: 7 };
    const saved = await ops<{ rules: object }>('PUT', `/api/insights/${live}/alerts`, rules);
    expect(saved.json.rules).toEqual(rules);
    const admin = house.api(house.sample.planted.users.admin);
    expect((await admin('PUT', `/api/insights/${live}/alerts`, rules)).status).toBe(403);
    expect((await admin<{ rules: object }>('GET', `/api/insights/${live}/alerts`)).json.rules).toEqual(rules);
  });
});

describe('the alarm', () => {
  test('tells once, then is quiet for its days, and never of a nation alone', async () => {
    const store = await openStore({});
    const team = 'T00000000000000001' as TeamId;
    let at = new Date('2026-01-01T00:00:00Z');
    let left = 1;
    const told: { subject: string; lines: readonly string[] }[] = [];
    const row = (hasLeft: boolean) => ({ ...{ id: 'A', name: 'North', measure: 'potentialUsd' as const, hasLeft, before: 1, after: 1.3 }, parts: NONE }); // prettier-ignore
    const drift = {
      look: async () => ({}),
      show: async () => ({
        planName: 'Plan',
        nation: [{ measure: 'potentialUsd', before: 10, after: 8, parts: NONE, change: -0.2 }],
        territories: [row(left > 0)],
      }),
      idle: async () => undefined,
    } as unknown as PlanDrift;
    const ports = {
      tell: async (_: TeamId, message: (typeof told)[number]) => {
        told.push(message);
        return ['told'];
      },
      tellWays: async () => ['a task for 1 user'],
    } as unknown as TeamInsightPorts;
    const alerts = createAlerts({ store, ports, drift, now: () => at, log: () => undefined });
    const user = { name: 'Ops' } as never;
    expect(await alerts.check(team)).toEqual([]);
    await alerts.save(user, team, { isOn: true, workload: 0.1, potential: 0.15, leastTerritories: 1, quietDays: 14 });
    left = 0;
    expect(await alerts.check(team)).toEqual([]);
    left = 1;
    expect(await alerts.check(team)).toEqual(['told']);
    expect(told[0]!.lines[0]).toBe('North: market potential 100 % → 130 % of target');
    at = new Date('2026-01-10T00:00:00Z');
    expect(await alerts.check(team)).toEqual([]);
    at = new Date('2026-01-16T00:00:00Z');
    expect(await alerts.check(team)).toEqual(['told']);
    expect((await alerts.show(team)).toldAt).toBe('2026-01-16T00:00:00.000Z');
    await store.close();
  });
});

const NONE = { demand: 0, accounts: 0, reps: 0, parameters: 0 };
