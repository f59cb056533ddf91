import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanParameters } from '../../service/core/planParameters.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface Parameters {
  version: number;
  isDraft: boolean;
  parameters: PlanParameters;
  defaults: Pick<PlanParameters, 'callPlan' | 'travel'>;
  territories: { id: string; name: string }[];
}
interface Row {
  id: string;
  callHours: number;
  travelHours: number;
  administrationHours: number;
  workloadHours: number;
  capacityHours: number;
  potentialUsd: number;
  quotaFairness: number | null;
}

let house: House;
let ops: Ask;
let live: string;
let draft: string;
let team: string;

beforeAll(async () => {
  house = await startHouse();
  ops = house.api(house.sample.planted.users.salesOps);
  team = house.sample.planted.teams.sales.id;
  const { alignments } = (
    await ops<{ alignments: { id: string; state: string }[] }>('GET', `/api/alignments?team=${team}`)
  ).json;
  live = alignments.find(({ state }) => state === 'live')!.id;
  draft = (await ops<{ id: string }>('POST', '/api/alignments', { teamId: team, name: 'Other hours', from: live })).json
    .id;
});
afterAll(() => house.close());

const parametersOf = async (id: string) => (await ops<Parameters>('GET', `/api/insights/${id}/parameters`)).json;
const rowsOf = async (id: string) =>
  (await ops<{ territories: Row[] }>('GET', `/api/insights/${id}/balance`)).json.territories;

describe('what the hours of a plan are made of', () => {
  test('a draft begins with the defaults of its team; trying changes nothing', async () => {
    const { parameters, defaults, isDraft } = await parametersOf(draft);
    expect(isDraft).toBe(true);
    expect(parameters.callPlan).toEqual(defaults.callPlan);
    const before = await rowsOf(draft);
    const doubled = { ...parameters, callPlan: { ...parameters.callPlan, workingHours: 3680 } };
    const tried = await ops<{ territories: Row[] }>('POST', `/api/insights/${draft}/parameters/preview`, {
      parameters: doubled,
    });
    tried.json.territories.forEach((row, j) => {
      expect(row.capacityHours).toBe(2 * before[j]!.capacityHours);
      expect(row.workloadHours).toBeCloseTo(before[j]!.workloadHours, 9);
    });
    expect(await rowsOf(draft)).toEqual(before);
  });

  test('what is saved changes what the formula says, in the draft alone, and comes with a copy of it', async () => {
    const { version, parameters, territories } = await parametersOf(draft);
    const [first] = territories;
    const before = await rowsOf(draft);
    const liveBefore = await rowsOf(live);
    const { tiers } = parameters.callPlan;
    const longer = (tier: keyof typeof tiers) => ({ ...tiers[tier], minutesPerCall: 2 * tiers[tier].minutesPerCall });
    const changed: PlanParameters = {
      ...parameters,
      callPlan: { ...parameters.callPlan, tiers: { A: longer('A'), B: longer('B'), C: longer('C') } },
      seats: { ...parameters.seats, [first!.id]: { fte: 0.5, leaveWeeks: 26, quotaUsd: 1_000_000 } },
    };
    const saved = await ops<{ version: number }>('PUT', `/api/insights/${draft}/parameters`, {
      version,
      parameters: changed,
    });
    expect([saved.status, saved.json.version]).toEqual([200, version + 1]);
    const after = await rowsOf(draft);
    after.forEach((row, j) => {
      expect(row.callHours).toBeCloseTo(2 * before[j]!.callHours, 6);
      expect(row.travelHours).toBeCloseTo(before[j]!.travelHours, 9);
      expect(row.potentialUsd).toBe(before[j]!.potentialUsd);
    });
    expect(after[0]).toMatchObject({ capacityHours: 460, administrationHours: 45, quotaFairness: 1 });
    expect(await rowsOf(live)).toEqual(liveBefore);
    const totals = (await ops<{ territories: Row[] }>('GET', `/api/alignments/${draft}/totals`)).json.territories;
    totals.forEach((row, j) => expect(row.workloadHours).toBeCloseTo(after[j]!.workloadHours, 6));
    const copy = (await ops<{ id: string }>('POST', '/api/alignments', { teamId: team, name: 'Copy', from: draft }))
      .json.id;
    expect((await parametersOf(copy)).parameters).toEqual(changed);
  });

  test('an old version, a live plan, a branch alone and nonsense are refused', async () => {
    const { parameters, version } = await parametersOf(draft);
    const put = (ask: Ask, id: string, body: object) => ask('PUT', `/api/insights/${id}/parameters`, body);
    expect((await put(ops, draft, { version: version - 1, parameters })).status).toBe(409);
    expect((await put(ops, live, { version: 1, parameters })).status).toBeGreaterThanOrEqual(400);
    const manager = house.api(house.sample.planted.users.manager);
    expect((await put(manager, draft, { version, parameters })).status).toBe(403);
    const rep = house.api(house.sample.planted.users.rep);
    expect((await put(rep, draft, { version, parameters })).status).toBe(403);
    const bad = { ...parameters, callPlan: { ...parameters.callPlan, workingHours: 0 } };
    expect((await put(ops, draft, { version, parameters: bad })).status).toBe(400);
  });

  test('the live plan’s hours are those of every page once it is published', async () => {
    const { users } = house.sample.planted;
    const hoursOf = async () =>
      (
        await house.api(users.rep)<{ territories: { callHours: number; utilization: number }[] }>(
          'GET',
          `/api/users/${users.rep}/territory`,
        )
      ).json.territories[0]!;
    const before = await hoursOf();
    const { version } = await parametersOf(draft);
    const preview = await ops<{ previewHash: string }>('POST', '/api/publishes/preview', {
      alignmentId: draft,
      version,
    });
    const body = { alignmentId: draft, version, previewHash: preview.json.previewHash };
    expect((await ops('POST', '/api/publishes', body)).status).toBe(202);
    await house.service.house.sync.idle();
    const after = await hoursOf();
    expect(after.callHours).toBeCloseTo(2 * before.callHours, 6);
  });
});
