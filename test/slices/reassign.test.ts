import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface TeamPart {
  teamId: string;
  alignmentId: string;
  version: number;
  territory: { id: string; name: string; repId: string | null } | null;
  why: { kind: string; text: string };
  canReassign: boolean;
  choices: { id: string; name: string }[];
}
interface AccountPage {
  account: { id: string; kind: string; npi: string | null; ccn: string | null; zip: string | null; unit: number };
  teams: TeamPart[];
  siblings: number;
  history: { byName: string; text: string }[];
}
interface Effect {
  accounts: { id: string; name: string }[];
  units: string[];
  before: { id: string; accounts: number; salesUsd: number; potentialUsd: number; units: number }[];
  after: { id: string; accounts: number; salesUsd: number; potentialUsd: number; units: number }[];
}
type Refusal = { error: { code: string; message: string; action: string } };

let house: House;
let ops: Ask;
beforeAll(async () => {
  house = await startHouse();
  ops = house.api(house.sample.planted.users.salesOps);
});
afterAll(() => house.close());

const open = async (id: string) => (await ops<AccountPage>('GET', `/api/accounts/${id}/territory`)).json;
const sales = (page: AccountPage) => page.teams.find(({ teamId }) => teamId === house.sample.planted.teams.sales.id)!;

describe('reassigning', () => {
  const ask = <Body>(id: string, body: object) => ops<Body>('POST', `/api/accounts/${id}/reassign`, body);
  const request = (page: AccountPage, to: string, scope: string) => ({
    teamId: house.sample.planted.teams.sales.id,
    to,
    scope,
    version: sales(page).version,
  });

  /** What the org holds of these accounts, read past the service. */
  async function held(ids: readonly string[]) {
    const list = ids.map((id) => `'${id}'`).join();
    const rows = await house.query<{ ObjectId: string; Territory2Id: string }>(
      `SELECT ObjectId, Territory2Id FROM ObjectTerritory2Association WHERE ObjectId IN (${list})`,
    );
    const owners = await house.query<{ Id: string; OwnerId: string }>(
      `SELECT Id, OwnerId FROM Account WHERE Id IN (${list})`,
    );
    return {
      territories: rows.map(({ ObjectId, Territory2Id }) => `${ObjectId} ${Territory2Id}`).sort(),
      owners: owners.map(({ Id, OwnerId }) => `${Id} ${OwnerId}`).sort(),
    };
  }

  async function finished(publishId: string) {
    await house.service.house.sync.idle();
    const { json } = await ops<{ state: string; verified: { checked: number; asPlanned: number } }>(
      'GET',
      `/api/publishes/${publishId}`,
    );
    expect(json.state).toBe('done');
    expect(json.verified.asPlanned).toBe(json.verified.checked);
    return json;
  }

  async function takenBack(publishId: string): Promise<void> {
    const { status, json } = await ops<{ id: string }>('POST', `/api/publishes/${publishId}/take-back`);
    expect(status).toBe(202);
    await finished(json.id);
  }

  /** An account in a territory with a neighbour to go to. */
  async function someAccount(
    scope = 'account',
  ): Promise<{ page: AccountPage; to: { id: string; name: string }; repId: string }> {
    const { accounts } = (await ops<{ accounts: { id: string }[] }>('GET', '/api/accounts?q=surgery&limit=50')).json;
    for (const { id } of accounts) {
      const page = await open(id);
      const [to] = sales(page).choices.filter(({ name }) => name !== house.sample.planted.vacancy.name);
      if (!sales(page).territory || !to || (scope === 'sites' && page.siblings === 0)) continue;
      const [row] = await house.query<{ UserId: string }>(
        `SELECT UserId FROM UserTerritory2Association WHERE Territory2Id = '${to.id}'`,
      );
      return { page, to, repId: row!.UserId };
    }
    throw new Error('No account to move.');
  }

  test.each(['account', 'sites', 'zip'])(
    '%s: first the effect, then the org holds it and the plan is live; take back restores both',
    async (scope) => {
      const { page, to, repId } = await someAccount(scope);
      const { id } = page.account;
      const before = sales(page);
      const dry = await ask<Effect>(id, { ...request(page, to.id, scope), dryRun: true });
      expect(dry.status).toBe(200);
      const ids = dry.json.accounts.map((account) => account.id);
      expect(ids).toContain(id);
      expect(ids.length > 1).toBe(scope !== 'account');
      const gains = (list: Effect['before']) => list.find((each) => each.id === to.id)!;
      expect(gains(dry.json.after).accounts).toBe(gains(dry.json.before).accounts + ids.length);
      expect(dry.json.units).toEqual(scope === 'zip' ? [page.account.zip!.slice(0, 5)] : []);
      const formerly = await held(ids);

      const { status, json } = await ask<{ alignmentId: string; publishId: string }>(id, {
        ...request(page, to.id, scope),
        dryRun: false,
      });
      expect(status).toBe(200);
      await finished(json.publishId);
      const now = await held(ids);
      expect(now.owners).toEqual(ids.map((each) => `${each} ${repId}`).sort());
      for (const each of ids) expect(now.territories).toContain(`${each} ${to.id}`);
      expect(now.territories).not.toContain(`${id} ${before.territory!.id}`);
      const after = sales(await open(id));
      expect(after).toMatchObject({
        alignmentId: json.alignmentId,
        territory: { id: to.id, repId },
        why: { kind: { account: 'override', sites: 'family', zip: 'zip' }[scope] },
      });
      if (scope !== 'zip') expect((await open(id)).history[0]?.text).toBe(`Assigned by name to ${to.name}.`);
      const totals = (await ops<{ territories: Effect['after'] }>('GET', `/api/alignments/${json.alignmentId}/totals`))
        .json.territories;
      const shown = totals.find((each) => each.id === to.id)!;
      for (const name of ['accounts', 'salesUsd', 'potentialUsd', 'units'] as const)
        expect(shown[name], name).toBeCloseTo(gains(dry.json.after)[name], 6);

      await takenBack(json.publishId);
      expect(await held(ids)).toEqual(formerly);
      expect(sales(await open(id))).toMatchObject({
        alignmentId: before.alignmentId,
        territory: { id: before.territory!.id },
      });
    },
  );

  test('deals: listed before, late ones stay, early ones move; the reason is for the reps to read', async () => {
    const rows = await house.query<{ AccountId: string; OwnerId: string; StageName: string; Id: string }>(
      'SELECT Id, AccountId, OwnerId, StageName FROM Opportunity WHERE IsClosed = false ORDER BY Id',
    );
    const late = ['Perception Analysis', 'Proposal/Price Quote', 'Negotiation/Review'];
    const byAccount = Map.groupBy(rows, ({ AccountId }) => AccountId);
    const isBoth = (deals: typeof rows) => [true, false].every((is) => deals.some((deal) => late.includes(deal.StageName) === is)); // prettier-ignore
    let found: { page: AccountPage; deals: typeof rows } | null = null;
    for (const [id, deals] of byAccount) {
      if (!isBoth(deals)) continue;
      const page = await open(id);
      const at = sales(page);
      if (at.territory?.repId && deals.every(({ OwnerId }) => OwnerId === at.territory?.repId)) found = { page, deals };
      if (found) break;
    }
    const { page, deals } = found!;
    const id = page.account.id;
    const to = sales(page).choices.find(({ name }) => name !== house.sample.planted.vacancy.name)!;
    const rule = { deals: 'untilStage', dealStage: late[0], reason: 'Her surgeon moved.' };
    const dry = await ask<{ deals: { stage: string; moves: boolean }[]; stages: string[] }>(id, { ...request(page, to.id, 'account'), ...rule, dryRun: true }); // prettier-ignore
    expect(dry.json.stages).toContain(late[0]);
    expect(dry.json.deals).toHaveLength(deals.length);
    for (const { stage, moves } of dry.json.deals) expect(moves, stage).toBe(!late.includes(stage));

    const unknown = await ask<Refusal>(id, { ...request(page, to.id, 'account'), ...rule, dealStage: 'Maybe', dryRun: true }); // prettier-ignore
    expect([unknown.status, unknown.json.error.action]).toEqual([400, expect.stringContaining(late[0]!)]);
    const silent = await ask<Refusal>(id, { ...request(page, to.id, 'account'), deals: 'untilStage', dryRun: true });
    expect([silent.status, silent.json.error.message]).toEqual([400, expect.stringContaining('name the stage')]);

    const saved = await ask<{ publishId: string }>(id, { ...request(page, to.id, 'account'), ...rule, dryRun: false });
    expect(saved.status).toBe(200);
    await finished(saved.json.publishId);
    const owners = await house.query<{ Id: string; OwnerId: string }>(
      `SELECT Id, OwnerId FROM Opportunity WHERE AccountId = '${id}'`,
    );
    for (const { Id, OwnerId, StageName } of deals) {
      const moved = owners.find((row) => row.Id === Id)!.OwnerId !== OwnerId;
      expect(moved, StageName).toBe(!late.includes(StageName));
    }
    expect((await open(id)).history[0]?.text).toBe(`Assigned by name to ${to.name}. Reason: Her surgeon moved.`);
    const story = await ops<{ changes: { reasons: string[]; lost: { with: string; accounts: { id: string }[] }[] }[] }>(
      'GET',
      `/api/territories/${sales(page).territory!.id}/story`,
    );
    expect(story.json.changes[0]).toMatchObject({
      reasons: ['Her surgeon moved.'],
      lost: [{ with: to.name, zips: [], accounts: [{ id }], unnamed: 0 }],
    });
    await takenBack(saved.json.publishId);
  });

  test('an account with a bad address is assigned by name', async () => {
    const { accountId } = house.sample.planted.badAddresses[0]!;
    const { to } = await someAccount();
    const page = await open(accountId);
    const { status, json } = await ask<{ publishId: string }>(accountId, {
      ...request(page, to.id, 'account'),
      dryRun: false,
    });
    expect(status).toBe(200);
    await finished(json.publishId);
    expect((await held([accountId])).territories).toContain(`${accountId} ${to.id}`);
    expect(sales(await open(accountId))).toMatchObject({ territory: { id: to.id }, why: { kind: 'override' } });
    await takenBack(json.publishId);
    expect(sales(await open(accountId)).territory).toBeNull();
  });

  test('a stale page, the same territory and an unknown one are refused in words; nothing is left behind', async () => {
    const { page, to } = await someAccount();
    const plans = async () => (await ops<{ alignments: unknown[] }>('GET', '/api/alignments')).json.alignments.length;
    const before = await plans();
    const good = { ...request(page, to.id, 'account'), dryRun: false };
    const stale = await ask<Refusal>(page.account.id, { ...good, version: good.version + 1 });
    expect([stale.status, stale.json.error.code]).toEqual([409, 'alignment_stale']);
    const same = await ask<Refusal>(page.account.id, { ...good, to: sales(page).territory!.id });
    expect([same.status, same.json.error.code]).toEqual([409, 'conflict']);
    const unknown = await ask<Refusal>(page.account.id, { ...good, to: '0MI000000000000AAA' });
    expect([unknown.status, unknown.json.error.code]).toEqual([400, 'bad_request']);
    expect(await plans()).toBe(before);
  });

  test('a regional manager reassigns within her branch and nowhere else', async () => {
    const { users } = house.sample.planted;
    const manager = house.api(users.manager);
    const mine = new Set((await manager<{ territoryIds: string[] }>('GET', '/api/me')).json.territoryIds);
    const { accounts } = (await manager<{ accounts: { id: string }[] }>('GET', '/api/accounts?q=surgery&limit=5')).json;
    const page = (await manager<AccountPage>('GET', `/api/accounts/${accounts[0]!.id}/territory`)).json;
    const { choices } = sales(page);
    expect(choices.length).toBeGreaterThan(1);
    expect(choices.filter(({ id }) => !mine.has(id))).toEqual([]);
    const outside = sales(await open(page.account.id)).choices.find(({ id }) => !mine.has(id))!;
    const send = (to: string) =>
      manager<{ publishId: string }>('POST', `/api/accounts/${page.account.id}/reassign`, {
        ...request(page, to, 'account'),
        dryRun: false,
      });
    expect((await send(outside.id)).status).toBe(403);
    const within = await send(choices[0]!.id);
    expect(within.status).toBe(200);
    await finished(within.json.publishId);
    const back = await manager<{ id: string }>('POST', `/api/publishes/${within.json.publishId}/take-back`);
    expect(back.status).toBe(202);
    await finished(back.json.id);
  });
});
