import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';
import { zipField } from '../kit/testOrg.ts';

interface Plan {
  id: string;
  name: string;
  version: number;
  owners: number[];
  territories: { id: string; name: string; parentId: string; repId: string | null }[];
  overrides: { accountId: string | null; accountName: string | null; territory: number }[];
  lockedUnits: number[];
}
type Refusal = { error: { code: string; message: string; action: string } };

let house: House;
let manager: Ask;
let otherManager: Ask;
let ops: Ask;
let zips: string[];

beforeAll(async () => {
  house = await startHouse();
  const { users } = house.sample.planted;
  manager = house.api(users.manager);
  ops = house.api(users.salesOps);
  const [other] = await house.query<{ Id: string }>(
    `SELECT Id FROM User WHERE Title LIKE 'Regional Manager%' AND Id != '${users.manager}' ORDER BY Id`,
  );
  otherManager = house.api(other!.Id);
  const { unitsPath } = (await ops<{ unitsPath: string }>('GET', '/api/geography')).json;
  zips = ((await (await fetch(house.service.url + unitsPath)).json()) as { ids: string[] }).ids;
});
afterAll(() => house.close());

async function livePlan(team: 'sales' | 'clinical' = 'sales'): Promise<Plan> {
  const url = `/api/alignments?team=${house.sample.planted.teams[team].id}`;
  const { alignments } = (await ops<{ alignments: { id: string; state: string }[] }>('GET', url)).json;
  return (await ops<Plan>('GET', `/api/alignments/${alignments.find(({ state }) => state === 'live')!.id}`)).json;
}

async function newDraft(name: string): Promise<Plan> {
  const live = await livePlan();
  const body = { teamId: house.sample.planted.teams.sales.id, name, from: live.id };
  const { status, json } = await ops<Plan>('POST', '/api/alignments', body);
  expect(status).toBe(201);
  return json;
}

/** Territories of the plan inside and outside the manager's branch, by index. */
async function branch(plan: Plan) {
  const mine = (await manager<{ territoryIds: string[] }>('GET', '/api/me')).json.territoryIds;
  const inside = plan.territories.flatMap(({ id }, index) => (mine.includes(id) ? [index] : []));
  const outside = plan.territories.flatMap(({ id }, index) => (mine.includes(id) ? [] : [index]));
  return { inside, outside };
}

const move = (plan: Plan, unit: number, to: number) => ({
  unit: zips[unit],
  from: plan.territories[plan.owners[unit] ?? -1]?.id ?? null,
  to: plan.territories[to]!.id,
});

describe('a regional manager', () => {
  test('moves units within her branch and none into, out of or beyond it', async () => {
    const plan = await newDraft('Branch');
    const { inside, outside } = await branch(plan);
    expect(inside.length).toBeGreaterThan(2);
    expect(outside.length).toBeGreaterThan(2);
    const unitOf = (territory: number) => plan.owners.indexOf(territory);
    const send = (unit: number, to: number) =>
      manager<Refusal>('POST', `/api/alignments/${plan.id}/moves`, {
        version: plan.version,
        moves: [move(plan, unit, to)],
      });
    for (const [from, to] of [
      [inside[0]!, outside[0]!],
      [outside[0]!, inside[0]!],
      [outside[0]!, outside[1]!],
    ] as const) {
      const { status, json } = await send(unitOf(from), to);
      expect([status, json.error.code]).toEqual([403, 'forbidden']);
      expect(json.error.action).toMatch(/\w/);
    }
    expect((await send(unitOf(inside[0]!), inside[1]!)).status).toBe(200);
  });

  test('cannot draw an account out of another branch by naming it', async () => {
    const plan = await newDraft('By name');
    const { inside, outside } = await branch(plan);
    const rep = plan.territories[outside[0]!]!.repId;
    const [theirs] = await house.query<{ Id: string }>(`SELECT Id FROM Account WHERE OwnerId = '${rep}' LIMIT 1`);
    const body = (accountId: string) => ({
      version: plan.version,
      moves: [],
      overrides: [{ accountId, to: plan.territories[inside[0]!]!.id }],
    });
    const url = `/api/alignments/${plan.id}/moves`;
    const hidden = await manager<Refusal>('POST', url, body(theirs!.Id));
    const missing = await manager<Refusal>('POST', url, body('001000000000000AAA'));
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(hidden.json.error.message.replace(theirs!.Id, '')).toBe(
      missing.json.error.message.replace('001000000000000AAA', ''),
    );
    // one that she may edit because of a share, but that lies in another branch by its ZIP
    const [mine] = await house.query<Record<string, string>>(
      `SELECT Id, ${zipField()} FROM Account WHERE OwnerId = '${plan.territories[inside[0]!]!.repId}' LIMIT 1`,
    );
    const unit = zips.indexOf(mine![zipField()]!.slice(0, 5));
    const moved = await ops<{ version: number }>('POST', url, {
      version: plan.version,
      moves: [move(plan, unit, outside[0]!)],
    });
    expect(moved.status).toBe(200);
    const drawn = await manager('POST', url, { ...body(mine!.Id!), version: moved.json.version });
    expect(drawn.status).toBe(403);
  });

  test('is not told which accounts others hold by name, but their figures count', async () => {
    const plan = await newDraft('Held');
    const { outside } = await branch(plan);
    const rep = plan.territories[outside[0]!]!.repId;
    const [theirs] = await house.query<{ Id: string; Name: string }>(
      `SELECT Id, Name FROM Account WHERE OwnerId = '${rep}' LIMIT 1`,
    );
    const held = await ops('POST', `/api/alignments/${plan.id}/moves`, {
      version: plan.version,
      moves: [],
      overrides: [{ accountId: theirs!.Id, to: plan.territories[outside[1]!]!.id }],
    });
    expect(held.status).toBe(200);
    const asOps = (await ops<Plan>('GET', `/api/alignments/${plan.id}`)).json.overrides;
    expect(asOps).toMatchObject([{ accountId: theirs!.Id, accountName: theirs!.Name, territory: outside[1] }]);
    const asManager = (await manager<Plan>('GET', `/api/alignments/${plan.id}`)).json.overrides;
    expect(asManager).toEqual([{ ...asOps[0], accountId: null, accountName: null }]);
  });

  test('locks only her own branch', async () => {
    const plan = await newDraft('Locks');
    const { inside, outside } = await branch(plan);
    const lock = (ask: Ask, version: number, lockedUnits: number[], lockedTerritories: number[] = []) =>
      ask<{ version: number }>('POST', `/api/alignments/${plan.id}/locks`, {
        version,
        lockedUnits: lockedUnits.map((unit) => zips[unit]),
        lockedTerritories: lockedTerritories.map((index) => plan.territories[index]!.id),
      });
    const [mine, theirs] = [plan.owners.indexOf(inside[0]!), plan.owners.indexOf(outside[0]!)];
    expect((await lock(manager, plan.version, [theirs])).status).toBe(403);
    expect((await lock(manager, plan.version, [], [outside[0]!])).status).toBe(403);
    const set = await lock(ops, plan.version, [theirs]);
    expect(set.status).toBe(200);
    expect((await lock(manager, set.json.version, [])).status).toBe(403);
    expect((await lock(manager, set.json.version, [theirs, mine], [inside[0]!])).status).toBe(200);
  });

  test('neither drafts, publishes nor adopts for a team in which she manages nobody', async () => {
    const plan = await livePlan('clinical');
    const teamId = house.sample.planted.teams.clinical.id;
    const writes = [
      await manager('POST', '/api/alignments', { teamId, name: 'x', from: plan.id }),
      await manager('POST', '/api/proposals', { alignmentId: plan.id, version: plan.version, preset: 'balanced' }),
      await manager('POST', '/api/publishes/preview', { alignmentId: plan.id, version: plan.version }),
      await manager('POST', `/api/teams/${teamId}/adopt`, {}),
    ];
    expect(writes.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  test('cannot stop the computation of another manager', async () => {
    const plan = await newDraft('Computed');
    const asked = await otherManager<{ id: string }>('POST', '/api/proposals', {
      alignmentId: plan.id,
      version: plan.version,
      preset: 'fewestChanges',
    });
    expect(asked.status).toBe(202);
    expect((await manager('POST', `/api/proposals/${asked.json.id}/cancel`)).status).toBe(403);
    expect((await otherManager('POST', `/api/proposals/${asked.json.id}/cancel`)).status).toBe(200);
  });

  test("sees a colleague's publish without the names of accounts that she may not see", async () => {
    const plan = await newDraft('Elsewhere');
    const { outside } = await branch(plan);
    const unit = unitWithAccounts(plan, outside[0]!);
    const moved = await ops<{ version: number }>('POST', `/api/alignments/${plan.id}/moves`, {
      version: plan.version,
      moves: [move(plan, await unit, outside[1]!)],
    });
    const request = { alignmentId: plan.id, version: moved.json.version, owners: true };
    const preview = await ops<{ previewHash: string; counts: { add: number } }>(
      'POST',
      '/api/publishes/preview',
      request,
    );
    expect(preview.json.counts.add).toBeGreaterThan(0);
    const { previewHash } = preview.json;
    const { id } = (await ops<{ id: string }>('POST', '/api/publishes', { ...request, previewHash })).json;
    await house.service.house.sync.idle();
    const lines = async (ask: Ask) =>
      (await ask('GET', `/api/publishes/${id}/outcomes.csv`)).text.trim().split('\n').length - 1;
    expect(await lines(ops)).toBeGreaterThan(0);
    expect(await lines(manager)).toBe(0);
    expect((await manager('POST', `/api/publishes/${id}/take-back`)).status).toBe(403);
    expect((await ops('POST', `/api/publishes/${id}/take-back`)).status).toBe(202);
    await house.service.house.sync.idle();
    expect((await livePlan()).id).not.toBe(plan.id);
  });
});

/** A unit of the territory in which the CRM has accounts of its rep. */
async function unitWithAccounts(plan: Plan, territory: number): Promise<number> {
  const rows = await house.query(
    `SELECT ${zipField()} FROM Account WHERE OwnerId = '${plan.territories[territory]!.repId}'`,
  );
  const units = rows.map((row) => zips.indexOf(row[zipField()]?.slice(0, 5) ?? ''));
  return units.find((unit) => plan.owners[unit] === territory)!;
}

describe('tokens', () => {
  test.each([
    ['for another audience', { aud: 'other' }],
    ["with another org's id", { iss: '00D000000000009EAA' }],
    ['that lives longer than 300 s', { exp: Math.floor(Date.now() / 1000) + 900 }],
    ['that has expired', { iat: Math.floor(Date.now() / 1000) - 400, exp: Math.floor(Date.now() / 1000) - 100 }],
    ['without a token id', { jti: undefined }],
  ])('a token %s is refused', async (_, claims) => {
    const { status } = await house.withHeader(`Bearer ${house.token(house.sample.planted.users.salesOps, claims)}`)(
      'GET',
      '/api/me',
    );
    expect(status).toBe(401);
  });

  test('a token signed otherwise is refused: alg none, HS256 over the public key, unknown key id', async () => {
    const honest = house.token(house.sample.planted.users.salesOps);
    expect((await house.withHeader(`Bearer ${honest}`)('GET', '/api/me')).status).toBe(200);
    const claims = honest.split('.')[1]!;
    const head = (alg: string) =>
      Buffer.from(JSON.stringify({ alg, typ: 'JWT', kid: 'local-demo' })).toString('base64url');
    const pem = house.keys.publicKey.export({ type: 'spki', format: 'pem' });
    const signed = createHmac('sha256', pem)
      .update(`${head('HS256')}.${claims}`)
      .digest('base64url');
    const forged = [
      `${head('none')}.${claims}.`,
      `${head('HS256')}.${claims}.${signed}`,
      house.token(house.sample.planted.users.salesOps, {}, { kid: 'other' }),
      // an honest signature over other claims
      `${honest.split('.')[0]}.${Buffer.from(JSON.stringify({ sub: 'x' })).toString('base64url')}.${honest.split('.')[2]}`,
    ];
    for (const token of forged) expect((await house.withHeader(`Bearer ${token}`)('GET', '/api/me')).status).toBe(401);
  });
});
