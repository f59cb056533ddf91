import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface Step {
  what: string;
  byName: string;
  territoryName: string | null;
  note: string;
}
interface Feedback {
  id: string;
  kind: string;
  state: string;
  territoryId: string;
  toTerritoryId: string | null;
  askedName: string | null;
  managers: string[];
  becomes: string | null;
  draftName: string | null;
  canDecide: boolean;
  steps: Step[];
}
interface Places {
  at: string | null;
  suggested: string | null;
  places: { id: string; name: string; parentName: string | null }[];
  drafts: { id: string; name: string }[];
}
interface Plan {
  territories: { id: string; name: string; parentId: string }[];
  overrides: { accountId: string; territoryId?: string; territory?: number }[];
  version: number;
}
type Refusal = { error: { code: string; message: string; action: string } };

let house: House;
let rep: Ask;
let manager: Ask;
let other: Ask;
let ops: Ask;
let teamId: string;
let mine: string;
let accounts: string[];
/** A territory in the rep's region, and one beyond its border. */
let near: Places['places'][number];
let far: Places['places'][number];

beforeAll(async () => {
  house = await startHouse();
  const { users, teams } = house.sample.planted;
  [rep, manager, ops] = [house.api(users.rep), house.api(users.manager), house.api(users.salesOps)];
  teamId = teams.sales.id;
  const page = (await rep<{ territories: { id: string; topAccounts: { id: string }[] }[] }>('GET', `/api/users/${users.rep}/territory`)).json; // prettier-ignore
  mine = page.territories[0]!.id;
  accounts = page.territories[0]!.topAccounts.map(({ id }) => id);
  const { places } = (await ops<Places>('GET', `/api/feedback/places?teamId=${teamId}`)).json;
  const region = places.find(({ id }) => id === mine)!.parentName;
  near = places.find(({ id, parentName }) => id !== mine && parentName === region)!;
  far = places.find(({ parentName }) => parentName !== region)!;
  const managerOf = async (id: string) =>
    (await house.query<{ UserId: string }>(
      `SELECT UserId FROM UserTerritory2Association WHERE Territory2Id IN (SELECT ParentTerritory2Id FROM Territory2 WHERE Id = '${id}')`,
    ))[0]!.UserId; // prettier-ignore
  other = house.api(await managerOf(far.id));
});
afterAll(() => house.close());

const say = (ask: Ask, body: object) =>
  ask<Feedback>('POST', '/api/feedback', { teamId, reason: 'relationship', text: 'I cover that surgeon.', ...body });
const decide = (ask: Ask, id: string, body: object) =>
  ask<Feedback & Refusal>('POST', `/api/feedback/${id}/decision`, body);
const found = async (ask: Ask, id: string) =>
  (await ask<{ feedback: Feedback[] }>('GET', '/api/feedback')).json.feedback.find((one) => one.id === id);
const planOf = async (name: string) => {
  const { json } = await ops<{ alignments: { id: string; name: string; state: string }[] }>('GET', `/api/alignments?team=${teamId}`); // prettier-ignore
  const plan = json.alignments.find((one) => one.name === name)!;
  return { id: plan.id, ...(await ops<Plan>('GET', `/api/alignments/${plan.id}`)).json };
};

describe('the inbox', () => {
  test('what is accepted is a move in a draft, and the rep sees that it is in the next plan', async () => {
    const [accountId] = accounts;
    const said = (await say(rep, { accountId, toTerritoryId: near.id })).json;
    expect(said).toMatchObject({ kind: 'feedback', state: 'open', toTerritoryId: near.id, becomes: null });
    const effect = await manager<{ before: { id: string; salesUsd: number }[]; after: { id: string; salesUsd: number }[] }>('GET', `/api/feedback/${said.id}/effect`); // prettier-ignore
    expect(effect.json.after.map(({ id }) => id).sort()).toEqual([mine, near.id].sort());
    const sales = (list: { id: string; salesUsd: number }[]) => list.reduce((sum, each) => sum + each.salesUsd, 0);
    expect(sales(effect.json.after)).toBeCloseTo(sales(effect.json.before), 4);

    const decided = (await decide(manager, said.id, { verdict: 'accepted', text: 'You are right.' })).json;
    expect(decided).toMatchObject({ state: 'accepted', becomes: 'draft', draftName: 'Accepted feedback' });
    expect(decided.steps.map(({ what }) => what)).toEqual(['said', 'agreed', 'agreed', 'accepted', 'moved']);
    expect(await found(rep, said.id)).toMatchObject({ state: 'accepted', becomes: 'draft', draftName: null });
    const draft = await planOf('Accepted feedback');
    expect(draft.overrides.map(({ accountId: id }) => id)).toContain(accountId);

    // a second one goes into the same draft
    const second = (await say(rep, { accountId: accounts[1], toTerritoryId: near.id })).json;
    expect((await decide(manager, second.id, { verdict: 'accepted' })).json.draftName).toBe('Accepted feedback');
    expect((await planOf('Accepted feedback')).overrides.map(({ accountId: id }) => id)).toContain(accounts[1]);
  });

  test('over the border of a branch the other manager is asked, and decides too', async () => {
    const accountId = accounts[2]!;
    const said = (await say(rep, { accountId, toTerritoryId: far.id })).json;
    expect((await decide(other, said.id, { verdict: 'accepted' })).status).toBe(403);
    const first = (await decide(manager, said.id, { verdict: 'accepted', text: 'From our side yes.' })).json;
    expect(first).toMatchObject({ state: 'open', askedName: far.name, canDecide: false });
    const before = (await planOf('Accepted feedback')).overrides.map(({ accountId: id }) => id);
    expect(before).not.toContain(accountId);
    // the first cannot decide for the second
    expect((await decide(manager, said.id, { verdict: 'accepted' })).status).toBe(403);
    expect((await found(other, said.id))?.canDecide).toBe(true);
    const second = (await decide(other, said.id, { verdict: 'accepted', text: 'Welcome.' })).json;
    expect(second).toMatchObject({ state: 'accepted', becomes: 'draft' });
    expect((await planOf('Accepted feedback')).overrides.map(({ accountId: id }) => id)).toContain(accountId);
  });

  test('who agreed to one place did not agree to another', async () => {
    const said = (await say(rep, { accountId: accounts[3], toTerritoryId: far.id })).json;
    expect((await decide(manager, said.id, { verdict: 'accepted' })).json.askedName).toBe(far.name);
    const { places } = (await ops<Places>('GET', `/api/feedback/places?teamId=${teamId}`)).json;
    const sister = places.find(({ id, parentName }) => id !== far.id && parentName === far.parentName)!;
    const moved = (await decide(other, said.id, { verdict: 'accepted', toTerritoryId: sister.id })).json;
    expect(moved).toMatchObject({ state: 'open', toTerritoryId: sister.id, managers: expect.arrayContaining([]) });
    // it is with the giving side again
    expect((await found(manager, said.id))?.canDecide).toBe(true);
    expect((await decide(manager, said.id, { verdict: 'declined', text: 'Not there.' })).json.state).toBe('declined');
  });

  test('it is passed on to whose it is, or to Sales Ops, and the way is told', async () => {
    const said = (await say(rep, { accountId: accounts[4], reason: 'wrongData' })).json;
    const passed = (await decide(manager, said.id, { verdict: 'passed', passTo: far.id, text: 'Yours, I think.' }))
      .json;
    expect(passed).toMatchObject({ state: 'open', askedName: far.name, canDecide: false });
    expect((await found(other, said.id))?.canDecide).toBe(true);
    const toOps = (await decide(other, said.id, { verdict: 'passed', passTo: null })).json;
    expect(toOps).toMatchObject({ askedName: null, managers: [] });
    expect((await decide(other, said.id, { verdict: 'accepted' })).status).toBe(403);
    const done = (await decide(ops, said.id, { verdict: 'accepted', text: 'Corrected.' })).json;
    expect(done).toMatchObject({ state: 'accepted', becomes: 'nothing' });
    expect(done.steps.map(({ what, territoryName }) => [what, territoryName])).toEqual([
      ['said', null],
      ['passed', far.name],
      ['passed', 'Sales Ops'],
      ['accepted', null],
    ]);
  });

  test('a manager asks another for an account or for ZIPs, and agrees by asking', async () => {
    const asked = (await say(manager, { accountId: accounts[5], toTerritoryId: far.id, text: 'Please take it.' })).json;
    expect(asked).toMatchObject({ kind: 'request', state: 'open', askedName: far.name });
    expect((await decide(other, asked.id, { verdict: 'accepted' })).json.state).toBe('accepted');

    const { json } = await ops<{ units: string[]; owners: number[]; territories: { id: string }[] }>('GET', `/api/alignments/${(await planOf('Accepted feedback')).id}`); // prettier-ignore
    const at = json.territories.findIndex(({ id }) => id === mine);
    const csv = (await ops('GET', `/api/alignments/${(await planOf('Accepted feedback')).id}/zips.csv`)).text;
    const own = csv.split('\n').filter((line) => line.includes(mine)).map((line) => line.split(',')[0]!); // prettier-ignore
    expect(at).toBeGreaterThanOrEqual(0);
    const zips = own.slice(0, 1);
    expect((await say(rep, { zips, toTerritoryId: far.id })).status).toBe(403);
    const request = (await say(manager, { zips, toTerritoryId: far.id })).json;
    expect(request).toMatchObject({ kind: 'request', askedName: far.name, zips });
    const taken = (await decide(other, request.id, { verdict: 'accepted' })).json;
    expect(taken).toMatchObject({ state: 'accepted', becomes: 'draft' });
    const after = (await ops('GET', `/api/alignments/${(await planOf('Accepted feedback')).id}/zips.csv`)).text;
    expect(after.split('\n').find((line) => line.startsWith(zips[0]!))).toContain(far.id);
  });

  test('a draft that cannot take the move leaves the feedback open, with the reason', async () => {
    const draft = await planOf('Accepted feedback');
    const locked = [near.id];
    const lock = await ops('POST', `/api/alignments/${draft.id}/locks`, { version: draft.version, lockedUnits: [], lockedTerritories: locked }); // prettier-ignore
    expect(lock.status).toBe(200);
    const said = (await say(rep, { accountId: accounts[6], toTerritoryId: near.id })).json;
    const refused = await decide(manager, said.id, { verdict: 'accepted' });
    expect([refused.status, refused.json.error.message]).toEqual([409, expect.stringContaining('Locked in')]);
    const open = await found(manager, said.id);
    expect(open).toMatchObject({ state: 'open', becomes: null, canDecide: true });
    expect(open!.steps.at(-1)).toMatchObject({ what: 'reopened', note: expect.stringContaining('Locked in') });
    const { version } = await planOf('Accepted feedback');
    await ops('POST', `/api/alignments/${draft.id}/locks`, { version, lockedUnits: [], lockedTerritories: [] });
    expect((await decide(manager, said.id, { verdict: 'accepted' })).json.state).toBe('accepted');
  });
});

describe('rules', () => {
  interface Rules {
    version: number;
    acceptUnderUsd: number | null;
    toOpsFromUsd: number | null;
    dueDays: number;
    byName: string | null;
  }
  const url = () => `/api/feedback/rules/${teamId}`;
  const salesOf = async (id: string) =>
    (await ops<{ salesUsd: number }>('GET', `/api/accounts/${id}/territory`)).json.salesUsd;

  test('by default people decide; rules are set by Sales Ops, against a version', async () => {
    const none = { version: 0, acceptUnderUsd: null, toOpsFromUsd: null, dueDays: 7, byName: null, at: null };
    expect((await manager<Rules>('GET', url())).json).toEqual(none);
    const body = { version: 0, acceptUnderUsd: null, toOpsFromUsd: 1e9, dueDays: 3 };
    expect((await manager('PUT', url(), body)).status).toBe(403);
    expect((await ops<Rules>('PUT', url(), body)).json).toMatchObject({ version: 1, dueDays: 3 });
    expect((await ops('PUT', url(), body)).status).toBe(409);
    const both = await ops<Refusal>('PUT', url(), { version: 1, acceptUnderUsd: 10, toOpsFromUsd: 5, dueDays: 3 });
    expect([both.status, both.json.error.message]).toEqual([400, expect.stringContaining('same time')]);
    expect((await ops('GET', '/api/feedback/rules/0Mx000000000000AAA')).status).toBe(404);
  });

  test('small accounts within a region are accepted at once, great ones go to Sales Ops, others to people', async () => {
    const [small, great] = [accounts[7]!, accounts[8]!];
    const sales = Math.max(await salesOf(small), 1);
    const rules = (await ops<Rules>('GET', url())).json;
    const under = { version: rules.version, acceptUnderUsd: sales + 1, toOpsFromUsd: null, dueDays: 3 };
    expect((await ops('PUT', url(), under)).status).toBe(200);
    const auto = (await say(rep, { accountId: small, toTerritoryId: near.id })).json;
    expect(auto).toMatchObject({ state: 'accepted', becomes: 'draft' });
    expect(auto.steps.find(({ what }) => what === 'accepted')?.byName).toContain('Rule of');
    const beyond = (await say(rep, { accountId: accounts[9] ?? small, toTerritoryId: far.id })).json;
    expect(beyond.state).toBe('open');

    const from = await salesOf(great);
    await ops('PUT', url(), { version: rules.version + 1, acceptUnderUsd: null, toOpsFromUsd: Math.max(0, from - 1), dueDays: 3 }); // prettier-ignore
    const routed = (await say(rep, { accountId: great, toTerritoryId: near.id })).json;
    expect(routed).toMatchObject({ state: 'open', askedName: null });
    expect(routed.steps.at(-1)).toMatchObject({ what: 'routed', territoryName: 'Sales Ops' });
    expect((await decide(manager, routed.id, { verdict: 'accepted' })).status).toBe(403);
  });
});
