import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beforeEdits } from '../../service/alignments/versions.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface Plan {
  id: string;
  name: string;
  state: string;
  version: number;
  owners: number[];
  territories: { id: string; name: string; repId: string | null; repName: string | null; targetShare: number }[];
  overrides: { accountId: string; territory: number }[];
  lockedUnits: number[];
  lockedTerritories: number[];
}
interface Edits {
  version: number;
  edits: {
    version: number;
    byName: string;
    isMine: boolean;
    note: string | null;
    moves: { unit: string; from: string | null; to: string | null }[];
    overrides: { accountId: string | null; from: string | null; to: string | null }[];
  }[];
}
interface UnitAccounts {
  accounts: {
    accountId: string;
    accountName: string;
    territory: number;
    held: boolean;
    canEdit: boolean;
    part: object;
  }[];
}
type Refusal = { error: { code: string; message: string; action: string; details?: { locked?: object } } };

let house: House;
let ops: Ask;
let admin: Ask;
let zips: string[];
let teamId: string;
let liveId: string;

beforeAll(async () => {
  house = await startHouse();
  const { users, teams } = house.sample.planted;
  ops = house.api(users.salesOps);
  admin = house.api(users.admin);
  teamId = teams.sales.id;
  const { unitsPath } = (await ops<{ unitsPath: string }>('GET', '/api/geography')).json;
  zips = ((await (await fetch(house.service.url + unitsPath)).json()) as { ids: string[] }).ids;
  const { alignments } = (await ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${teamId}`)).json;
  liveId = alignments.find(({ state }) => state === 'live')!.id;
});
afterAll(() => house.close());

const show = async (id: string, version?: number): Promise<Plan> =>
  (await ops<Plan>('GET', `/api/alignments/${id}${version ? `?version=${version}` : ''}`)).json;
const newDraft = async (name: string): Promise<Plan> =>
  (await ops<Plan>('POST', '/api/alignments', { teamId, name, from: liveId })).json;
const crmId = (plan: Plan, index: number) => plan.territories[index]?.id ?? null;
const move = (plan: Plan, unit: number, to: number) => ({
  unit: zips[unit],
  from: crmId(plan, plan.owners[unit] ?? -1),
  to: crmId(plan, to),
});
const unitsOf = (plan: Plan, territory: number) =>
  plan.owners.flatMap((owner, unit) => (owner === territory ? [unit] : []));
const write = <Body = { version: number }>(ask: Ask, plan: Plan, what: string, body: object) =>
  ask<Body & Refusal>('POST', `/api/alignments/${plan.id}/${what}`, body);

describe('what two people did to one plan', () => {
  test('is told after a version, unit by unit, with who did it; locks do not stop a merge', async () => {
    const plan = await newDraft('Told');
    const [a, b, c] = unitsOf(plan, 0) as [number, number, number];
    await write(ops, plan, 'moves', { version: 1, moves: [move(plan, a, 1)] });
    const locked = await write(ops, plan, 'locks', { version: 2, lockedUnits: [zips[c]], lockedTerritories: [] });
    expect([locked.status, locked.json.version]).toEqual([200, 3]);
    const disjoint = await write(admin, plan, 'moves', { version: 1, moves: [move(plan, b, 2)] });
    expect([disjoint.status, disjoint.json.version]).toEqual([200, 4]);
    const { json } = await admin<Edits>('GET', `/api/alignments/${plan.id}/edits?since=1`);
    expect(json.version).toBe(4);
    expect(json.edits.map(({ version, isMine }) => [version, isMine])).toEqual([
      [2, false],
      [3, false],
      [4, true],
    ]);
    expect(json.edits[0]!.moves).toEqual([move(plan, a, 1)]);
    expect(json.edits[1]).toMatchObject({ moves: [], note: 'Locks changed: 1 ZIPs, 0 territories.' });
    expect(json.edits[0]!.byName).not.toBe('');
  });

  test('nothing that is locked is moved, whoever tries, and the answer names it', async () => {
    const plan = await newDraft('Locked');
    const [a] = unitsOf(plan, 0) as [number];
    const [b] = unitsOf(plan, 1) as [number];
    const body = { version: 1, lockedUnits: [zips[a]], lockedTerritories: [crmId(plan, 1)] };
    await write(ops, plan, 'locks', body);
    for (const moves of [[move(plan, a, 2)], [move(plan, b, 2)], [move(plan, unitsOf(plan, 2)[0]!, 1)]]) {
      const refused = await write(ops, plan, 'moves', { version: 2, moves });
      expect([refused.status, refused.json.error.code]).toEqual([409, 'conflict']);
      expect(refused.json.error.action).toContain('Unlock');
    }
    const unit = await write(ops, plan, 'moves', { version: 2, moves: [move(plan, a, 2)] });
    expect(unit.json.error.message).toContain(zips[a]);
    expect(unit.json.error.details).toEqual({ locked: { units: [zips[a]], territories: [] } });
    await write(ops, plan, 'locks', { version: 2, lockedUnits: [], lockedTerritories: [] });
    expect((await write(ops, plan, 'moves', { version: 3, moves: [move(plan, a, 2)] })).status).toBe(200);
  });

  test('every version can be looked at again, held accounts included', async () => {
    const plan = await newDraft('Versions');
    const [a, b] = unitsOf(plan, 0) as [number, number];
    const unit = house.sample.planted && unitsOf(plan, 3).find((one) => one >= 0)!;
    await write(ops, plan, 'moves', { version: 1, moves: [move(plan, a, 1)] });
    const found = await ops<{ accounts: { id: string; unit: number }[] }>('GET', '/api/accounts?q=hospital&limit=20');
    const account = found.json.accounts.find((one) => one.unit >= 0)!;
    const hold = (version: number, to: string | null) =>
      write(ops, plan, 'moves', { version, moves: [], overrides: [{ accountId: account.id, to }] });
    await hold(2, crmId(plan, 5));
    await write(ops, plan, 'moves', { version: 3, moves: [move(plan, b, 2)] });
    await hold(4, null);
    expect(unit).toBeGreaterThanOrEqual(0);
    expect((await show(plan.id)).overrides).toEqual([]);
    const third = await show(plan.id, 3);
    expect([third.version, third.owners[a], third.owners[b]]).toEqual([3, 1, 0]);
    expect(third.overrides).toMatchObject([{ accountId: account.id, territory: 5, unit: account.unit }]);
    const first = await show(plan.id, 1);
    expect(first.owners).toEqual(plan.owners);
    expect(first.overrides).toEqual([]);
    expect((await ops('GET', `/api/alignments/${plan.id}?version=9`)).status).toBe(404);
    const { versions } = (
      await ops<{ versions: { version: number; units: number; accounts: number }[] }>(
        'GET',
        `/api/alignments/${plan.id}/versions`,
      )
    ).json;
    expect(versions.map(({ version, units, accounts }) => [version, units, accounts])).toEqual([
      [5, 0, 1],
      [4, 1, 0],
      [3, 0, 1],
      [2, 1, 0],
      [1, 0, 0],
    ]);
  });
});

describe('territories of a draft', () => {
  test('get another name, rep and target; the home goes with the rep', async () => {
    const plan = await newDraft('Seats');
    const { reps } = (await ops<{ reps: { id: string; name: string }[] }>('GET', `/api/alignments/${plan.id}/reps`))
      .json;
    const working = new Set(plan.territories.map(({ repId }) => repId));
    const free = reps.find(({ id }) => !working.has(id))!;
    const { id, name, repId } = plan.territories[0]!;
    const change = {
      ...{ id, name: { from: name, to: 'North Shore' } },
      repId: { from: repId, to: free.id },
      targetShare: { from: 1, to: 0.7 },
    };
    const edited = await write(ops, plan, 'territories', { version: 1, changes: [change] });
    expect([edited.status, edited.json.version]).toEqual([200, 2]);
    const after = await show(plan.id);
    expect(after.territories[0]).toMatchObject({ name: 'North Shore', repId: free.id, repName: free.name });
    expect(after.territories[0]!.targetShare).toBe(0.7);
    expect((await show(liveId)).territories[0]!.name).toBe(name);
  });

  test('two people who change the same field find out; other fields and units merge', async () => {
    const plan = await newDraft('Same field');
    const { id } = plan.territories[2]!;
    const target = (from: number, to: number) => ({ version: 1, changes: [{ id, targetShare: { from, to } }] });
    expect((await write(ops, plan, 'territories', target(1, 0.7))).status).toBe(200);
    const late = await write(admin, plan, 'territories', target(1, 0.8));
    expect([late.status, late.json.error.code]).toEqual([409, 'alignment_stale']);
    expect(late.json.error.message).toContain('target');
    const moved = await write(admin, plan, 'moves', { version: 1, moves: [move(plan, unitsOf(plan, 2)[0]!, 3)] });
    expect([moved.status, moved.json.version]).toEqual([200, 3]);
  });

  test('refuses a name that is taken, a share that is none and a user who is no rep, with what to do', async () => {
    const plan = await newDraft('Refused');
    const [one, two] = plan.territories as [Plan['territories'][number], Plan['territories'][number]];
    const changes: object[] = [
      { id: one.id, name: { from: one.name, to: two.name } },
      { id: one.id, targetShare: { from: 1, to: 0 } },
      { id: one.id, repId: { from: one.repId, to: '005000000000000AAA' } },
    ];
    for (const change of changes) {
      const { status, json } = await write(ops, plan, 'territories', { version: 1, changes: [change] });
      expect([status, json.error.code]).toEqual([400, 'bad_request']);
    }
    expect((await show(plan.id)).version).toBe(1);
  });
});

describe('files of a plan', () => {
  test('every ZIP with its territory, and every territory with its area, to who may edit it', async () => {
    const plan = await newDraft('Files');
    const csv = await ops('GET', `/api/alignments/${plan.id}/zips.csv`);
    const [head, ...lines] = csv.text.trim().split('\n');
    expect(head).toBe('zip,town,state,county,territory,territory_id,region,rep');
    expect(lines).toHaveLength(zips.length);
    const geo = (
      await ops<{
        features: { id: string; geometry: { coordinates: number[][][][] }; properties: { units: number } }[];
      }>('GET', `/api/alignments/${plan.id}/territories.geojson`)
    ).json;
    expect(geo.features.map(({ id }) => id)).toEqual(plan.territories.map(({ id }) => id));
    geo.features.forEach(({ geometry, properties }, index) => {
      expect(properties.units).toBe(unitsOf(plan, index).length);
      expect(geometry.coordinates.length).toBeGreaterThan(0);
      for (const [shell] of geometry.coordinates) expect(shell!.at(-1)).toEqual(shell![0]);
    });
    const rep = house.api(house.sample.planted.users.rep);
    expect((await rep('GET', `/api/alignments/${plan.id}/zips.csv`)).status).toBe(403);
  });
});

describe('accounts of a ZIP', () => {
  test('are told with their territory in the plan and whether they are held; a rep gets none', async () => {
    const plan = await newDraft('Accounts');
    const found = await ops<{ accounts: { id: string; unit: number }[] }>('GET', '/api/accounts?q=hospital&limit=20');
    const account = found.json.accounts.find((one) => one.unit >= 0)!;
    const to = ((plan.owners[account.unit] ?? 0) + 1) % plan.territories.length;
    const url = `/api/alignments/${plan.id}/accounts?unit=${zips[account.unit]}`;
    const before = (await ops<UnitAccounts>('GET', url)).json.accounts.find(
      ({ accountId }) => accountId === account.id,
    )!;
    expect([before.territory, before.held, before.canEdit]).toEqual([plan.owners[account.unit], false, true]);
    const overrides = [{ accountId: account.id, to: crmId(plan, to) }];
    await write(ops, plan, 'moves', { version: 1, moves: [], overrides });
    const after = (await ops<UnitAccounts>('GET', url)).json.accounts.find(
      ({ accountId }) => accountId === account.id,
    )!;
    expect([after.territory, after.held]).toEqual([to, true]);
    const rep = house.api(house.sample.planted.users.rep);
    expect((await rep('GET', url)).status).toBe(403);
    expect((await ops('GET', `/api/alignments/${plan.id}/accounts?unit=90210`)).status).toBe(422);
  });
});

describe('the plan before edits', () => {
  test('comes back move by move and account by account', () => {
    const accountId = '001000000000001AAA';
    const held = { accountId, accountName: 'A', unit: 2, part: {}, territory: 1 };
    const edits = [
      { moves: [{ unit: 0, from: 0, to: 1 }], overrides: [] },
      { moves: [{ unit: 0, from: 1, to: -1 }], overrides: [{ accountId, from: null, to: 0 }] },
      { moves: [], overrides: [{ accountId, from: 0, to: 1 }] },
    ];
    const now = { owners: [-1, 1, 1], overrides: [held] } as never;
    expect(beforeEdits(now, edits.slice(2)).overrides).toMatchObject([{ territory: 0, unit: 2 }]);
    expect(beforeEdits(now, edits.slice(1))).toEqual({ owners: [1, 1, 1], overrides: [] });
    expect(beforeEdits(now, edits).owners).toEqual([0, 1, 1]);
    expect(beforeEdits(now, []).overrides).toEqual([held]);
  });
});
