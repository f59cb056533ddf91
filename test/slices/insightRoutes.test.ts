import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';
import { waitFor } from '../kit/waitFor.ts';

interface Row {
  name: string;
  callHours: number;
  caseHours: number;
  travelHours: number;
  administrationHours: number;
  workloadHours: number;
  capacityHours: number;
  utilization: number;
  flag: string | null;
  quotaFairness: number | null;
  potentialUsd: number;
  ofTarget: Record<string, number>;
  potentialRange: { low: number; high: number };
}
interface Pocket {
  pocket: number;
  place: string;
  zips: string[];
  opportunityUsd: number;
  workloadHours: number;
  fte: number;
  topProviders: { key: string; why: string }[];
}
interface Audit {
  state: string;
  share: number;
  audit: {
    key: string;
    pockets: Pocket[];
    merges: { a: string; b: string }[];
    best: { onTarget: number } | null;
    today: { fairness: { onTarget: number }[]; territories: number };
  } | null;
}

let house: House;
let ops: Ask;
let live: string;
const planted = () => house.sample.planted;

beforeAll(async () => {
  house = await startHouse();
  ops = house.api(planted().users.salesOps);
  const list = (
    await ops<{ alignments: { id: string; state: string }[] }>(
      'GET',
      `/api/alignments?team=${planted().teams.sales.id}`,
    )
  ).json.alignments;
  live = list.find(({ state }) => state === 'live')!.id;
});
afterAll(() => house.close());

const get = async <Body>(path: string): Promise<Body> => {
  const answer = await ops<Body>('GET', `/api/insights/${live}/${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.json;
};
const text = async (path: string) => (await ops('GET', `/api/insights/${live}/${path}`)).text;

describe('balance', () => {
  test('hours are the sum of their parts and the same as in the plan; the planted metro burns out', async () => {
    const { territories } = await get<{ territories: Row[] }>('balance');
    const totals = (await ops<{ territories: Row[] }>('GET', `/api/alignments/${live}/totals`)).json.territories;
    expect(territories).toHaveLength(25);
    territories.forEach((row, j) => {
      const { callHours, caseHours, travelHours, administrationHours } = row;
      expect(callHours + caseHours + travelHours + administrationHours).toBeCloseTo(row.workloadHours, 6);
      expect(row.workloadHours).toBeCloseTo(totals[j]!.workloadHours, 9);
      expect(row.potentialUsd).toBeCloseTo(totals[j]!.potentialUsd, 6);
      expect(row.potentialRange.low).toBeLessThanOrEqual(row.ofTarget['potentialUsd']!);
      expect(row.potentialRange.high).toBeGreaterThanOrEqual(row.ofTarget['potentialUsd']!);
    });
    const flagged = territories.filter(({ flag }) => flag === 'burnout').map(({ name }) => name);
    expect(flagged).toEqual([planted().overloaded.name]);
    const idle = territories.filter(({ flag }) => flag === 'underUse').map(({ name }) => name);
    expect(idle.sort()).toEqual(
      planted()
        .merge.map(({ name }) => name)
        .sort(),
    );
  });

  test('the file has the same rows', async () => {
    const lines = (await text('balance.csv')).trim().split('\n');
    expect(lines).toHaveLength(26);
    expect(lines[0]).toMatch(/^territory,region,rep,calls_hours,/);
    const width = lines[0]!.split(',').length;
    expect(lines.every((line) => line.split(',').length === width)).toBe(true);
  });
});

describe('white space', () => {
  test('names the planted pocket with hours, FTE, dollars and its top providers', async () => {
    const { pockets } = await get<{ pockets: Pocket[] }>('white-space');
    const first = pockets[0]!;
    expect(first.place).toContain(planted().pocket.city);
    const inPocket = first.zips.filter((zip) => (planted().pocket.zips as string[]).includes(zip));
    expect(inPocket.length / first.zips.length).toBeGreaterThan(0.9);
    expect(first.fte).toBeCloseTo(first.workloadHours / 1840, 2);
    expect(first.topProviders.length).toBeGreaterThan(0);
    expect(first.topProviders.every(({ why }) => why === 'noOwner' || why === 'noActivity')).toBe(true);
  });

  test('outlines as GeoJSON, rows as CSV, and a list of leads that writes nothing', async () => {
    const { features } = JSON.parse(await text('white-space.geojson')) as {
      features: { geometry: { coordinates: unknown[] }; properties: Pocket }[];
    };
    expect(features.length).toBeGreaterThan(0);
    for (const { geometry } of features) expect(geometry.coordinates.length).toBeGreaterThan(0);
    const csv = (await text('white-space.csv')).trim().split('\n');
    expect(csv[0]).toBe('pocket,units,opportunity_usd,workload_hours,fte,q_value');
    expect(csv).toHaveLength(features.length + 1);
    const count = async () => (await house.query<{ n: number }>('SELECT COUNT(Id) n FROM Account'))[0]!.n;
    const before = await count();
    const leads = await get<{ written: number; counts: Record<string, number>; leads: object[] }>('leads?pocket=1');
    expect(leads.written).toBe(0);
    const all = Object.values(leads.counts).reduce((sum, n) => sum + n, 0);
    expect(all).toBeGreaterThanOrEqual(leads.leads.length);
    expect((await text('leads.csv?pocket=1')).trim().split('\n')).toHaveLength(all + 1);
    expect(await count()).toBe(before);
    expect((await ops('GET', `/api/insights/${live}/leads?pocket=999`)).status).toBe(404);
  });
});

describe('size', () => {
  interface Size {
    hasMoney: boolean;
    regions: {
      region: string | null;
      reps: number;
      heads: number;
      low: number;
      high: number;
      oneMore: { hours: number; fte: number; givers: { name: string }[]; roi: { low: number; high: number } | null };
    }[];
    territories: { name: string; verdict: string; mergeWithName: string | null }[];
  }

  test('heads by region as a band, the planted pair merges, no money before it is said', async () => {
    const size = await get<Size>('size');
    expect(size.hasMoney).toBe(false);
    const [a, b] = planted().merge.map(({ name }) => name);
    expect(size.territories.find(({ name }) => name === a)).toMatchObject({ verdict: 'merge', mergeWithName: b });
    const all = size.regions.find(({ region }) => region === null)!;
    expect(all.reps).toBe(25);
    const parts = size.regions.filter(({ region }) => region !== null);
    expect(parts.reduce((sum, { heads }) => sum + heads, 0)).toBeCloseTo(all.heads, 0);
    for (const { low, heads, high } of size.regions) {
      expect(low).toBeLessThan(heads);
      expect(heads).toBeLessThan(high);
    }
    const england = size.regions.find(({ region }) => region === 'New England')!;
    expect(england.oneMore.givers[0]!.name).toBe(planted().overloaded.name);
    expect(england.oneMore.roi).toBeNull();
  });

  test('with margin, cost and response a band of the return; a part of them is refused; thresholds are the user’s', async () => {
    const size = await get<Size>('size?margin=0.6&cost=200000&responseLow=0.2&responseHigh=0.4');
    const england = size.regions.find(({ region }) => region === 'New England')!;
    expect(england.oneMore.roi!.low).toBeLessThan(england.oneMore.roi!.high);
    expect((await ops('GET', `/api/insights/${live}/size?margin=0.6`)).status).toBe(400);
    const strict = await get<Size>('size?mergeBelow=0.1');
    expect(strict.territories.filter(({ verdict }) => verdict === 'merge')).toEqual([]);
  });
});

describe('audit', () => {
  test('is asked for until it is done, names what is planted, and prints on one page', async () => {
    const ask = async () => (await ops<Audit>('POST', `/api/insights/${live}/audit`, {})).json;
    const { audit } = await waitFor(ask, ({ state }) => state === 'done');
    expect(audit!.pockets[0]!.place).toContain(planted().pocket.city);
    const [a, b] = planted().merge.map(({ name }) => name);
    expect(audit!.merges.map((pair) => [pair.a, pair.b].sort())).toContainEqual([a, b].sort());
    expect(audit!.best!.onTarget).toBeGreaterThan(audit!.today.fairness[0]!.onTarget);
    const pdf = await text(`audit.pdf?audit=${audit!.key}`);
    expect(pdf.slice(0, 8)).toBe('%PDF-1.4');
    expect(pdf).toContain('/Count 1/');
    expect((await ops('GET', `/api/insights/${live}/audit.pdf?audit=${'0'.repeat(32)}`)).status).toBe(404);
  }, 120_000);

  test('over the owners of accounts it is another map', async () => {
    const ask = async () => (await ops<Audit>('POST', `/api/insights/${live}/audit`, { basis: 'owners' })).json;
    const { audit } = await waitFor(ask, ({ state }) => state === 'done');
    expect(audit!.today.territories).toBe(25);
  }, 120_000);
});

describe('what if', () => {
  interface Proposal {
    state: string;
    result: {
      added: { place: string; givers: { name: string; accounts: number; salesUsd: number; workloadHours: number }[] };
    } | null;
  }

  test('one more rep for a region: home town, donors with accounts and sales; saved as a draft, the live plan is as before', async () => {
    const plan = async (id: string) =>
      (
        await ops<{ version: number; owners: number[]; territories: { id: string; parentName: string }[] }>(
          'GET',
          `/api/alignments/${id}`,
        )
      ).json;
    const before = await plan(live);
    const onlyTerritories = before.territories
      .filter(({ parentName }) => parentName === 'New England')
      .map(({ id }) => id);
    const { id } = (
      await ops<{ id: string }>('POST', '/api/proposals', {
        alignmentId: live,
        version: before.version,
        preset: 'fewestChanges',
        task: { kind: 'addRep' },
        rules: { onlyTerritories },
      })
    ).json;
    const { state, result } = await waitFor(
      async () => (await ops<Proposal>('GET', `/api/proposals/${id}`)).json,
      ({ state: now }) => now === 'done' || now === 'failed',
    );
    expect(state).toBe('done');
    const { givers, place } = result!.added;
    expect(place).toMatch(/, (MA|NH|ME|RI|CT|VT)$/);
    expect(givers.length).toBeGreaterThan(0);
    // a territory that only gives land on the way to the others gives no work
    for (const giver of givers) expect(giver.accounts > 0).toBe(giver.workloadHours > 0);
    expect(givers[0]!.accounts).toBeGreaterThan(0);
    expect(givers.reduce((sum, { salesUsd }) => sum + salesUsd, 0)).toBeGreaterThan(0);

    const saved = await ops<{ id: string }>('POST', `/api/proposals/${id}/draft`, { name: 'One more in New England' });
    expect(saved.status).toBe(201);
    expect((await plan(saved.json.id)).territories).toHaveLength(26);
    expect(await plan(live)).toEqual(before);
    const effect = (
      await ops<{ effectUsd: { low: number; high: number }; lossUsd: { low: number }; assumptions: string[] }>(
        'GET',
        `/api/insights/${saved.json.id}/yield`,
      )
    ).json;
    expect(effect.effectUsd.high).toBeGreaterThan(0);
    expect(effect.lossUsd.low).toBeGreaterThan(0);
    expect(effect.assumptions.length).toBeGreaterThan(2);
  }, 120_000);
});

describe('every layer of the map as GeoJSON', () => {
  interface Feature {
    geometry: { type: string; coordinates: unknown[] };
    properties: Record<string, unknown>;
  }
  const layer = async (path: string): Promise<Feature[]> => {
    const { status, text: body } = await ops('GET', `/api${path}`);
    expect([path, status]).toEqual([path, 200]);
    const { type, features } = JSON.parse(body) as { type: string; features: Feature[] };
    expect(type).toBe('FeatureCollection');
    return features;
  };

  test('territories, ZIPs, homes, accounts and demand, each with its figures', async () => {
    const territories = await layer(`/alignments/${live}/territories.geojson`);
    const zips = await layer(`/alignments/${live}/zips.geojson`);
    expect(territories).toHaveLength(25);
    const sum = (features: Feature[], of: string) =>
      features.reduce((all, { properties }) => all + Number(properties[of]), 0);
    const owned = zips.filter(({ properties }) => properties['territory'] !== null);
    expect(sum(owned, 'potentialUsd')).toBeCloseTo(sum(territories, 'potentialUsd'), 2);
    const withArea = zips.filter(({ geometry }) => geometry.coordinates.length > 0);
    expect(withArea.length / zips.length).toBeGreaterThan(0.95);
    expect(await layer(`/alignments/${live}/homes.geojson`)).toHaveLength(25);
    const accounts = await layer('/accounts/points.geojson');
    expect(accounts.length).toBeGreaterThan(4000);
    expect(new Set(accounts.map(({ properties }) => properties['kind']))).toEqual(new Set(['physician', 'facility']));
    const { marketId } = (await ops<{ marketId: string }>('GET', '/api/me')).json;
    const places = await layer(`/demand/places.geojson?market=${marketId}`);
    expect(places.length).toBeGreaterThan(10);
    for (const { geometry } of [...accounts.slice(0, 50), ...places.slice(0, 50)]) expect(geometry.type).toBe('Point');
  }, 60_000);

  test('a rep gets her own accounts and nothing of plans', async () => {
    const rep = house.api(planted().users.rep);
    for (const path of ['zips.geojson', 'homes.geojson'])
      expect((await rep('GET', `/api/alignments/${live}/${path}`)).status).toBe(403);
    const { text: body } = await rep('GET', '/api/accounts/points.geojson');
    const { features } = JSON.parse(body) as { features: { id: string }[] };
    const readable = await house.readable(
      planted().users.rep,
      features.map(({ id }) => id),
    );
    expect(features.filter(({ id }) => !readable.has(id))).toEqual([]);
  });
});
