import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { band } from '../../service/core/workload.ts';
import { deviations, utilization } from '../../service/core/balance.ts';
import { totals, type TerritorySeat, type UnitInputs } from '../../service/core/measures.ts';
import type { TravelSettings } from '../../service/core/travel.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';
import { waitFor } from '../kit/waitFor.ts';

interface Plan {
  id: string;
  name: string;
  state: string;
  version: number;
  owners: number[];
  territories: (TerritorySeat & { id: string; name: string })[];
  overrides: { accountId: string; unit: number; territory: number; part: object }[];
  lockedUnits: number[];
}
interface Row {
  index: number;
  workloadHours: number;
  potentialUsd: number;
  utilization: number;
  band: string;
  deviation: { workloadHours: number; potentialUsd: number };
}
interface Proposal {
  state: string;
  progress: { phase: string; share: number };
  result: null | {
    moves: { units: string[]; fromId: string | null; toId: string | null; sentence: string }[];
    owners: number[];
    before: Row[];
    after: Row[];
    onTargetBefore: number;
    onTargetAfter: number;
    accountsShare: number;
  };
}
type Refusal = { error: { code: string; message: string; action: string; details?: { version: number } } };

let house: House;
let ops: Ask;
let zips: string[];
let teamId: string;

beforeAll(async () => {
  house = await startHouse();
  ops = house.api(house.sample.planted.users.salesOps);
  teamId = house.sample.planted.teams.sales.id;
  const { unitsPath } = (await ops<{ unitsPath: string }>('GET', '/api/geography')).json;
  zips = ((await (await fetch(house.service.url + unitsPath)).json()) as { ids: string[] }).ids;
});
afterAll(() => house.close());

const show = async (id: string): Promise<Plan> => (await ops<Plan>('GET', `/api/alignments/${id}`)).json;
const rows = async (id: string) =>
  (await ops<{ territories: Row[]; unassigned: { units: number } }>('GET', `/api/alignments/${id}/totals`)).json;

async function live(): Promise<Plan> {
  const { alignments } = (await ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${teamId}`)).json;
  return show(alignments.find(({ state }) => state === 'live')!.id);
}

async function newDraft(name: string): Promise<Plan> {
  const { status, json } = await ops<Plan>('POST', '/api/alignments', { teamId, name, from: (await live()).id });
  expect(status).toBe(201);
  return json;
}

const crmId = (plan: Plan, index: number) => plan.territories[index]?.id ?? null;
const move = (plan: Plan, unit: number, to: number) => ({
  unit: zips[unit],
  from: crmId(plan, plan.owners[unit] ?? -1),
  to: crmId(plan, to),
});
const post = (plan: Plan, version: number, moves: object[]) =>
  ops<Refusal & { version: number; applied: number }>('POST', `/api/alignments/${plan.id}/moves`, { version, moves });
const unitsOf = (plan: Plan, territory: number) =>
  plan.owners.flatMap((owner, unit) => (owner === territory ? [unit] : []));

describe('edits', () => {
  test('a draft is a copy that changes alone, version by version', async () => {
    const before = await live();
    const draft = await newDraft('First');
    expect(draft).toMatchObject({ name: 'First', state: 'draft', version: 1, owners: before.owners });
    const [unit] = unitsOf(draft, 0);
    const { status, json } = await post(draft, 1, [move(draft, unit!, 1)]);
    expect([status, json.version, json.applied]).toEqual([200, 2, 1]);
    const after = await show(draft.id);
    expect(after.version).toBe(2);
    expect(after.owners.flatMap((owner, at) => (owner === before.owners[at] ? [] : [at]))).toEqual([unit]);
    expect((await live()).owners).toEqual(before.owners);
  });

  test('edits made at once merge where they touch other units, else the later one is told to reload', async () => {
    const draft = await newDraft('Two hands');
    const [a, b] = unitsOf(draft, 0);
    expect((await post(draft, 1, [move(draft, a!, 1)])).status).toBe(200);
    const disjoint = await post(draft, 1, [move(draft, b!, 2)]);
    expect([disjoint.status, disjoint.json.version]).toEqual([200, 3]);
    const stale = await post(draft, 1, [move(draft, a!, 2)]);
    expect(stale.status).toBe(409);
    expect(stale.json.error).toMatchObject({
      code: 'alignment_stale',
      message: expect.stringContaining('version 3') as string,
      action: expect.stringContaining('Reload') as string,
      details: { version: 3 },
    });
    const now = await show(draft.id);
    expect([now.version, now.owners[a!], now.owners[b!]]).toEqual([3, 1, 2]);
  });

  test('a version from the future, and a move from a territory that does not hold the unit, are stale', async () => {
    const draft = await newDraft('Future');
    const [unit] = unitsOf(draft, 0);
    expect((await post(draft, 7, [move(draft, unit!, 1)])).json.error.code).toBe('alignment_stale');
    const wrong = { ...move(draft, unit!, 1), from: crmId(draft, 2) };
    expect((await post(draft, 1, [wrong])).json.error.code).toBe('alignment_stale');
    expect((await show(draft.id)).version).toBe(1);
  });

  test('a ZIP that is not on the map and a territory of another plan are named, with what to do', async () => {
    const draft = await newDraft('Unknown');
    const unknown = await post(draft, 1, [{ unit: '90210', from: null, to: crmId(draft, 0) }]);
    expect(unknown.status).toBe(422);
    expect(unknown.json.error).toMatchObject({
      code: 'geography_unknown',
      message: expect.stringContaining('90210') as string,
      action: expect.stringContaining('ZIP') as string,
    });
    const foreign = await post(draft, 1, [{ unit: zips[0], from: null, to: '0MI000000000000AAA' }]);
    expect([foreign.status, foreign.json.error.code]).toEqual([400, 'bad_request']);
  });

  test('the live plan cannot be changed in place', async () => {
    const plan = await live();
    const refused = await post(plan, plan.version, [move(plan, unitsOf(plan, 0)[0]!, 1)]);
    expect([refused.status, refused.json.error.code]).toEqual([409, 'conflict']);
    expect(refused.json.error.action).toContain('draft');
  });
});

describe('figures', () => {
  test('totals equal what core makes of /inputs, overrides included', async () => {
    const draft = await newDraft('Figures');
    const name = await ops<{ accounts: { id: string; unit: number }[] }>('GET', '/api/accounts?q=hospital&limit=20');
    const account = name.json.accounts.find(({ unit }) => unit >= 0)!;
    const held = await ops('POST', `/api/alignments/${draft.id}/moves`, {
      version: 1,
      moves: unitsOf(draft, 3)
        .slice(0, 5)
        .map((unit) => move(draft, unit, 4)),
      overrides: [{ accountId: account.id, to: crmId(draft, (draft.owners[account.unit]! + 1) % 25) }],
    });
    expect(held.status).toBe(200);
    const plan = await show(draft.id);
    expect(plan.overrides).toHaveLength(1);
    const { inputs, travel } = (
      await ops<{ inputs: UnitInputs; travel: TravelSettings }>('GET', `/api/alignments/${draft.id}/inputs`)
    ).json;
    const expected = totals(plan.owners, {
      inputs,
      seats: plan.territories,
      travel,
      overrides: plan.overrides as never,
    });
    const { territories, unassigned } = await rows(draft.id);
    expect(territories).toHaveLength(25);
    const hours = deviations(expected, plan.territories, 'workloadHours');
    territories.forEach((row, index) => {
      expect(row).toMatchObject(expected[index]!);
      expect(row.deviation.workloadHours).toBe(hours[index]);
      expect(row.utilization).toBe(utilization(expected[index]!, plan.territories[index]!));
      expect(row.band).toBe(band(row.utilization));
    });
    const sum = (list: { potentialUsd: number }[]) => list.reduce((all, { potentialUsd }) => all + potentialUsd, 0);
    const free = plan.owners.filter((owner) => owner < 0).length;
    expect(unassigned.units).toBe(free);
    const inside = inputs.potentialUsd.reduce((all, usd, unit) => all + (plan.owners[unit]! >= 0 ? usd : 0), 0);
    expect(sum(territories)).toBeCloseTo(inside, 2);
  });

  test('the findings sentence names the planted metro, the planted driving territory and the uncovered pocket', async () => {
    const { planted } = house.sample;
    const { sentence } = (await ops<{ sentence: string }>('GET', `/api/alignments/${(await live()).id}/findings`)).json;
    for (const name of [planted.overloaded.name, planted.travel.name, planted.pocket.city])
      expect(sentence).toContain(name);
  });
});

const ask = async (plan: Plan, body: object) => {
  const { status, json } = await ops<{ id: string }>('POST', '/api/proposals', {
    alignmentId: plan.id,
    version: plan.version,
    preset: 'fewestChanges',
    ...body,
  });
  expect(status).toBe(202);
  return json.id;
};
const look = async (id: string) => (await ops<Proposal>('GET', `/api/proposals/${id}`)).json;
const isOver = ({ state }: Proposal) => !['queued', 'running'].includes(state);
const computed = async (plan: Plan, body: object) => waitFor(async () => look(await pending(plan, body)), isOver);
const asked = new Map<string, Promise<string>>();
/** The id of the one computation of this request. */
function pending(plan: Plan, body: object): Promise<string> {
  const key = JSON.stringify([plan.id, plan.version, body]);
  const known = asked.get(key) ?? ask(plan, body);
  asked.set(key, known);
  return known;
}

describe('computed plans', () => {
  test('progress, result and acceptance as one edit, while the service goes on answering', async () => {
    const plan = await newDraft('Computed');
    const id = await pending(plan, { seed: 3 });
    let slowestMs = 0;
    const phases = new Set<string>();
    const done = await waitFor(async () => {
      const begin = performance.now();
      await ops('GET', '/healthz');
      slowestMs = Math.max(slowestMs, performance.now() - begin);
      const now = await look(id);
      phases.add(now.progress.phase);
      return now;
    }, isOver);
    expect(done.state).toBe('done');
    expect(phases.size).toBeGreaterThan(1);
    expect(slowestMs).toBeLessThan(1000);
    const result = done.result!;
    expect(result.onTargetAfter).toBeGreaterThan(result.onTargetBefore);
    expect(result.accountsShare).toBeLessThanOrEqual(0.15);
    for (const { sentence, units } of result.moves)
      expect([sentence.length > 10, units.length > 0]).toEqual([true, true]);
    const early = await ops<Refusal>('POST', `/api/proposals/${id}/accept`, { version: 9 });
    expect(early.json.error.code).toBe('alignment_stale');
    expect(
      (await ops<{ version: number }>('POST', `/api/proposals/${id}/accept`, { version: plan.version })).json.version,
    ).toBe(2);
    expect((await show(plan.id)).owners).toEqual(result.owners);
    expect((await rows(plan.id)).territories).toMatchObject(result.after);
    expect((await look(await ask({ ...plan, version: 2 }, { seed: 3 }))).state).toMatch(/queued|running/);
  });

  test('the same seed gives the same plan; a rejected move stays away when it is computed again', async () => {
    const plan = await newDraft('Rejecting');
    const first = (await computed(plan, { seed: 5 })).result!;
    const again = await ask(plan, { seed: 5 });
    expect((await waitFor(() => look(again), isOver)).result!.owners).toEqual(first.owners);
    const rejected = first.moves[0]!.units;
    const second = (await computed(plan, { seed: 5, keepUnits: rejected })).result!;
    for (const zip of rejected) expect(second.owners[zips.indexOf(zip)]).toBe(plan.owners[zips.indexOf(zip)]);
    expect(second.moves.length).toBeGreaterThan(0);
  });

  test.each(['fewestChanges', 'balanced', 'cleanSlate'])(
    '%s leaves locked units and locked territories as they are',
    async (preset) => {
      const plan = await newDraft(`Locks ${preset}`);
      const metro = plan.territories.findIndex(({ id }) => id === house.sample.planted.overloaded.id);
      const [single] = unitsOf(plan, (metro + 1) % 25);
      const locked = await ops<{ version: number }>('POST', `/api/alignments/${plan.id}/locks`, {
        version: 1,
        lockedUnits: [zips[single!]],
        lockedTerritories: [crmId(plan, metro)],
      });
      expect(locked.status).toBe(200);
      const { state, result } = await computed({ ...plan, version: 2 }, { preset });
      expect(state).toBe('done');
      expect(result!.owners[single!]).toBe(plan.owners[single!]);
      expect(result!.owners.map((owner) => owner === metro)).toEqual(plan.owners.map((owner) => owner === metro));
      expect(result!.moves.length).toBeGreaterThan(0);
    },
  );

  test('one that waits is cancelled at once, one that runs keeps its best plan so far; neither hangs', async () => {
    const plan = await newDraft('Cancelled');
    const [runs, waits] = [await ask(plan, { seed: 1 }), await ask(plan, { seed: 2 })];
    expect((await ops<Proposal>('POST', `/api/proposals/${waits}/cancel`)).json.state).toBe('cancelled');
    await waitFor(
      () => look(runs),
      ({ state }) => state !== 'queued',
    );
    expect((await ops('POST', `/api/proposals/${runs}/cancel`)).status).toBe(200);
    const ended = await waitFor(() => look(runs), isOver, 20_000);
    expect(['done', 'cancelled']).toContain(ended.state);
    expect((await ops<Refusal>('POST', `/api/proposals/${waits}/accept`, { version: 1 })).json.error.code).toBe(
      'not_ready',
    );
  });
});
