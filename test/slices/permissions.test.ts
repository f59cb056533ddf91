import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly permission: string;
}
interface Plan {
  id: string;
  version: number;
  state: string;
  owners: number[];
  territories: ({ id: string; index: number; name: string; repId: string | null } | null)[];
  overrides: unknown[];
}

let house: House;
let operations: Operation[];
let rep: Ask;
let ops: Ask;
let live: Plan;
let draft: Plan;
let zips: string[];
/** Ids that exist and are not the rep's. */
let others: Record<string, string>;

beforeAll(async () => {
  house = await startHouse();
  const { users, teams } = house.sample.planted;
  rep = house.api(users.rep);
  ops = house.api(users.salesOps);
  const { json } = await house.withHeader(null)<{
    paths: Record<string, Record<string, { 'x-permission': string }>>;
  }>('GET', '/api/openapi.json');
  operations = Object.entries(json.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      method: method.toUpperCase(),
      path,
      permission: route['x-permission'],
    })),
  );
  const { alignments } = (await ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${teams.sales.id}`)).json;
  const liveId = alignments.find(({ state }) => state === 'live')!.id;
  live = (await ops<Plan>('GET', `/api/alignments/${liveId}`)).json;
  draft = (await ops<Plan>('POST', '/api/alignments', { teamId: teams.sales.id, name: 'Secret plan', from: liveId }))
    .json;
  const geography = (await ops<{ unitsPath: string }>('GET', '/api/geography')).json;
  const units = await fetch(`${house.service.url}${geography.unitsPath}`);
  zips = ((await units.json()) as { ids: string[] }).ids;
  others = await idsOfOthers();
});
afterAll(() => house.close());

async function idsOfOthers(): Promise<Record<string, string>> {
  const { users, teams } = house.sample.planted;
  const version = draft.version;
  const proposal = await ops<{ id: string }>('POST', '/api/proposals', {
    alignmentId: draft.id,
    version,
    preset: 'fewestChanges',
  });
  await ops('POST', `/api/proposals/${proposal.json.id}/cancel`);
  const preview = await ops<{ previewHash: string }>('POST', '/api/publishes/preview', {
    alignmentId: draft.id,
    version,
  });
  const publish = await ops<{ id: string }>('POST', '/api/publishes', {
    alignmentId: draft.id,
    version,
    previewHash: preview.json.previewHash,
  });
  expect(publish.status).toBe(202);
  await house.service.house.sync.idle();
  // the publish changed nothing but made the draft live: a fresh secret draft takes its place
  live = (await ops<Plan>('GET', `/api/alignments/${draft.id}`)).json;
  draft = (await ops<Plan>('POST', '/api/alignments', { teamId: teams.sales.id, name: 'Secret plan 2', from: live.id }))
    .json;
  const imports = await ops<{ imports: { id: string }[] }>('GET', '/api/imports');
  const hidden = await unreadable(users.rep);
  return {
    account: hidden[0]!,
    user: users.neighborRep,
    territory: live.territories.find((each) => each!.repId === users.neighborRep)!.id,
    plan: draft.id,
    proposal: proposal.json.id,
    publish: publish.json.id,
    import: imports.json.imports[0]!.id,
    team: teams.sales.id,
  };
}

/** Accounts that the org says this user may not read, asked past the service. */
async function unreadable(userId: string): Promise<string[]> {
  const all = (await house.query<{ Id: string }>('SELECT Id FROM Account ORDER BY Id')).map(({ Id }) => Id);
  const readable = await house.readable(userId, all);
  return all.filter((id) => !readable.has(id));
}

/** A path with the ids of somebody else. */
function filled({ path }: Operation, ids: Record<string, string>): string {
  const kind = /^\/api\/(\w+?)s?\//.exec(path)?.[1] ?? '';
  const name = { alignment: 'plan', territorie: 'territory' }[kind] ?? kind;
  return path.replace('{id}', ids[name] ?? ids['plan'] ?? '');
}

describe('without a token', () => {
  test('every route answers 401, and says what to do', async () => {
    expect(operations.length).toBeGreaterThan(30);
    for (const operation of operations) {
      const { status, json } = await house.withHeader(null)<{ error: { code: string; action: string } }>(
        operation.method,
        filled(operation, others),
      );
      expect([operation.method, operation.path, status]).toEqual([operation.method, operation.path, 401]);
      expect(json.error).toMatchObject({ code: 'unauthenticated', action: expect.stringMatching(/\w/) as string });
    }
  });
});

describe('a rep', () => {
  test('may write nothing but feedback: 403 on every other route, whatever the ids and the body', async () => {
    const writes = operations.filter(({ method, permission }) => method !== 'GET' && permission !== 'view');
    const hers = operations.filter(({ method, permission }) => method !== 'GET' && permission === 'view');
    expect(hers.map(({ path }) => path)).toEqual(['/api/feedback']);
    expect(writes.length).toBeGreaterThan(10);
    for (const operation of writes) {
      for (const url of [filled(operation, others), operation.path.replace('{id}', 'not-an-id')]) {
        for (const body of [undefined, {}, '{broken', { version: 1, alignmentId: draft.id }]) {
          const { status, text } = await rep(operation.method, url, body);
          expect([operation.method, url, status]).toEqual([operation.method, url, 403]);
          expect(text).not.toContain('Secret');
        }
      }
    }
  });

  test('reads nothing by the ids of others: 404, or 403 where the route is not for reps', async () => {
    const reads = operations.filter(({ method, path }) => method === 'GET' && path.includes('{id}'));
    // of another rep she may know name and place: recordPages.test.ts holds that to it
    const open = ['/api/markets/{id}/facets', '/api/users/{id}/territory'];
    for (const operation of reads.filter(({ path }) => !open.includes(path))) {
      for (const url of [filled(operation, others), operation.path.replace('{id}', 'not-an-id')]) {
        const { status, text } = await rep('GET', url);
        expect([url, status]).toEqual([url, operation.permission === 'view' ? 404 : 403]);
        expect(text).not.toContain('Secret');
      }
    }
  });

  test('an account that is hidden and one that does not exist get the same answer', async () => {
    const ask = async (id: string) => {
      const { status, json } = await rep<{ error: object }>('GET', `/api/accounts/${id}/territory`);
      return { status, error: { ...json.error, requestId: '' } };
    };
    expect(await ask(others['account']!)).toEqual(await ask('001000000000000AAA'));
  });

  test('every list without ids is empty of others', async () => {
    const mine = (await rep<{ territoryIds: string[] }>('GET', '/api/me')).json.territoryIds;
    expect(mine).toHaveLength(1);
    const plans = (await rep<{ alignments: { id: string; byName: unknown }[] }>('GET', '/api/alignments')).json
      .alignments;
    expect(plans.map(({ id }) => id)).toEqual([live.id]);
    expect((await rep<{ publishes: unknown[] }>('GET', '/api/publishes')).json.publishes).toEqual([]);
    const clinical = house.sample.planted.teams.clinical.id;
    expect((await rep<{ alignments: unknown[] }>('GET', `/api/alignments?team=${clinical}`)).json.alignments).toEqual(
      [],
    );
  });

  test('sees of the live plan only her own territory, its units and their figures', async () => {
    const plan = (await rep<Plan>('GET', `/api/alignments/${live.id}`)).json;
    const own = plan.territories.findIndex((territory) => territory !== null);
    expect(plan.territories.filter(Boolean)).toHaveLength(1);
    expect(plan.territories[own]?.repId).toBe(house.sample.planted.users.rep);
    expect([...new Set(plan.owners)].sort()).toEqual([-2, own].sort());
    expect(plan.overrides).toEqual([]);
    expect(plan.owners.map((owner) => owner === own)).toEqual(live.owners.map((owner) => owner === own));

    const { inputs } = (
      await rep<{ inputs: Record<string, (number | null)[]> }>('GET', `/api/alignments/${live.id}/inputs`)
    ).json;
    for (const [name, vector] of Object.entries(inputs))
      expect(
        vector.every((value, unit) => (value !== null) === (live.owners[unit] === own)),
        name,
      ).toBe(true);

    const totals = (
      await rep<{ territories: { index: number }[]; unassigned: unknown }>('GET', `/api/alignments/${live.id}/totals`)
    ).json;
    expect(totals.territories.map(({ index }) => index)).toEqual([own]);
    expect(totals.unassigned).toEqual({ units: 0, potentialUsd: 0 });
    expect((await rep('GET', `/api/alignments/${live.id}/findings`)).status).toBe(404);
  });

  test('sees demand only in her own units, on the map, by county, in the file and as places', async () => {
    const { users } = house.sample.planted;
    const own = live.territories.findIndex((territory) => territory!.repId === users.rep);
    const isOwn = (unit: number) => live.owners[unit] === own;
    const market = (await rep<{ marketId: string }>('GET', '/api/me')).json.marketId;
    const demand = (await rep<Record<string, (number | null)[]>>('GET', `/api/demand?market=${market}`)).json;
    for (const name of ['procedures', 'opportunityUsd', 'providers', 'suppressed', 'noData'])
      expect(
        demand[name]!.every((value, unit) => isOwn(unit) || value === null),
        name,
      ).toBe(true);
    const all = (await ops<{ procedures: number[] }>('GET', `/api/demand?market=${market}`)).json.procedures;
    const expected = all.reduce((sum, value, unit) => sum + (isOwn(unit) ? value : 0), 0);
    expect(expected).toBeGreaterThan(0);
    const county = (await rep<{ total: { procedures: number } }>('GET', `/api/demand?market=${market}&by=county`)).json;
    expect(county.total.procedures).toBeCloseTo(expected, 6);
    const csv = (await rep('GET', `/api/demand.csv?market=${market}`)).text.trim().split('\n').slice(1);
    expect(csv.length).toBeGreaterThan(0);
    expect(csv.every((line) => isOwn(zips.indexOf(line.split(',')[0]!)))).toBe(true);
    const { places } = (await rep<{ places: { unit: number }[] }>('GET', `/api/demand/places?market=${market}`)).json;
    expect(places.length).toBeGreaterThan(0);
    expect(places.every(({ unit }) => isOwn(unit))).toBe(true);
  });

  test('finds, opens and exports only accounts that Salesforce lets her read', async () => {
    const { users } = house.sample.planted;
    const all = (await house.query<{ Id: string }>('SELECT Id FROM Account')).map(({ Id }) => Id);
    const readable = await house.readable(users.rep, all);
    expect(readable.size).toBeGreaterThan(10);
    expect(readable.size).toBeLessThan(all.length / 4);
    for (const q of ['', 'a', 'hospital', 'center boston']) {
      const { accounts } = (
        await rep<{ accounts: { id: string }[] }>('GET', `/api/accounts?limit=50&q=${encodeURIComponent(q)}`)
      ).json;
      expect(accounts.length, q).toBeGreaterThan(0);
      expect(
        accounts.filter(({ id }) => !readable.has(id)),
        q,
      ).toEqual([]);
    }
    const [name] = await house.query<{ Name: string }>(`SELECT Name FROM Account WHERE Id = '${others['account']}'`);
    const search = await rep<{ accounts: { id: string }[] }>(
      'GET',
      `/api/accounts?limit=50&q=${encodeURIComponent(name!.Name)}`,
    );
    expect(search.json.accounts.filter(({ id }) => id === others['account'])).toEqual([]);
    const own = live.territories.find((territory) => territory!.repId === users.rep)!;
    const csv = (await rep('GET', `/api/territories/${own.id}/accounts.csv`)).text.trim().split('\n').slice(1);
    expect(csv.length).toBeGreaterThan(10);
    expect(csv.filter((line) => !readable.has(line.split(',')[0]!))).toEqual([]);
    const page = (
      await rep<{ territories: { id: string; topAccounts: { id: string }[] }[] }>(
        'GET',
        `/api/users/${users.rep}/territory`,
      )
    ).json;
    expect(page.territories.map(({ id }) => id)).toEqual([own.id]);
    expect(page.territories[0]!.topAccounts.filter(({ id }) => !readable.has(id))).toEqual([]);
  });

  test('is not told the name of a parent that she may not read', async () => {
    const rows = await house.query<{ Id: string; ParentId: string }>(
      'SELECT Id, ParentId FROM Account WHERE ParentId != null',
    );
    const ids = [...new Set(rows.flatMap(({ Id, ParentId }) => [Id, ParentId]))];
    const isSystem = ({ name }: { name: string }) =>
      house.sample.planted.system.territories.some((each) => each.name === name);
    let met = 0;
    for (const { repId } of live.territories.filter((territory) => isSystem(territory!)) as { repId: string }[]) {
      const readable = await house.readable(repId, ids);
      const child = rows.find(({ Id, ParentId }) => readable.has(Id) && !readable.has(ParentId));
      if (!child) continue;
      met++;
      const page = await house.api(repId)<{ account: { parentName: string | null } }>(
        'GET',
        `/api/accounts/${child.Id}/territory`,
      );
      expect(page.status).toBe(200);
      expect(page.json.account.parentName).toBeNull();
    }
    expect(met).toBeGreaterThan(0);
  });
});
