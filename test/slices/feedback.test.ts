import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface Feedback {
  id: string;
  state: string;
  accountName: string | null;
  territoryName: string;
  managers: string[];
  decision: string | null;
  decidedByName: string | null;
  isMine: boolean;
  canDecide: boolean;
  at: string;
  dueAt: string;
}
type Refusal = { error: { code: string; message: string; action: string } };

let house: House;
let rep: Ask;
let manager: Ask;
let otherManager: Ask;
let mine: string;
let account: string;
let teamId: string;

beforeAll(async () => {
  house = await startHouse();
  const { users, teams } = house.sample.planted;
  [rep, manager] = [house.api(users.rep), house.api(users.manager)];
  const [other] = await house.query<{ Id: string }>(
    `SELECT Id FROM User WHERE Title LIKE 'Regional Manager%' AND Id != '${users.manager}' ORDER BY Id`,
  );
  otherManager = house.api(other!.Id);
  teamId = teams.sales.id;
  const [page] = (await rep<{ territories: { id: string; topAccounts: { id: string }[] }[] }>('GET', `/api/users/${users.rep}/territory`)).json.territories; // prettier-ignore
  [mine, account] = [page!.id, page!.topAccounts[0]!.id];
});
afterAll(() => house.close());

const about = (accountId: string) => ({ accountId, teamId, reason: 'relationship', text: 'I cover that surgeon.' });
const list = async (ask: Ask) => (await ask<{ feedback: Feedback[] }>('GET', '/api/feedback')).json.feedback;

describe('feedback', () => {
  test('goes to the manager with a date, is decided, and the rep reads the decision', async () => {
    const said = await rep<Feedback>('POST', '/api/feedback', about(account));
    expect(said.status).toBe(201);
    expect(said.json).toMatchObject({ state: 'open', isMine: true, canDecide: false });
    expect(said.json.managers.length).toBeGreaterThan(0);
    expect(Date.parse(said.json.dueAt)).toBeGreaterThan(Date.parse(said.json.at));

    const inbox = (await list(manager)).find(({ id }) => id === said.json.id);
    expect(inbox).toMatchObject({ canDecide: true, isMine: false, accountName: said.json.accountName });
    const decided = await manager<Feedback>('POST', `/api/feedback/${said.json.id}/decision`, { verdict: 'accepted', text: 'You are right.' }); // prettier-ignore
    expect(decided.status).toBe(200);
    expect((await list(rep)).find(({ id }) => id === said.json.id)).toMatchObject({
      state: 'accepted',
      decision: 'You are right.',
      decidedByName: decided.json.decidedByName,
    });
    const again = await manager<Refusal>('POST', `/api/feedback/${said.json.id}/decision`, { verdict: 'declined', text: 'No, after all.' }); // prettier-ignore
    expect([again.status, again.json.error.code]).toEqual([409, 'conflict']);
  });

  test('the same thing is said once until it is decided', async () => {
    const whole = { territoryId: mine, reason: 'distance', text: 'Cohasset is an hour away.' };
    const first = await rep<Feedback>('POST', '/api/feedback', whole);
    expect([first.status, first.json.accountName]).toEqual([201, null]);
    const second = await rep<Refusal>('POST', '/api/feedback', whole);
    expect([second.status, second.json.error.code]).toEqual([409, 'conflict']);
    const id = first.json.id;
    const bare = await manager<Refusal>('POST', `/api/feedback/${id}/decision`, { verdict: 'declined' });
    expect([bare.status, bare.json.error.message]).toEqual([400, expect.stringContaining('say why')]);
    const no = await manager<Feedback>('POST', `/api/feedback/${id}/decision`, { verdict: 'declined', text: 'It stays.' }); // prettier-ignore
    expect(no.json.state).toBe('declined');
    expect((await rep('POST', '/api/feedback', whole)).status).toBe(201);
  });

  test('nobody else reads or decides it; a manager of another branch is told whose it is', async () => {
    const { users } = house.sample.planted;
    const said = (await list(rep)).find(({ state }) => state === 'open')!;
    const neighbor = house.api(users.neighborRep);
    expect((await list(neighbor)).map(({ id }) => id)).not.toContain(said.id);
    expect((await list(otherManager)).map(({ id }) => id)).not.toContain(said.id);
    const decision = { verdict: 'accepted', text: '' };
    for (const ask of [rep, neighbor])
      expect((await ask('POST', `/api/feedback/${said.id}/decision`, decision)).status).toBe(403);
    const elsewhere = await otherManager<Refusal>('POST', `/api/feedback/${said.id}/decision`, decision);
    expect(elsewhere.status).toBe(403);
    expect(elsewhere.json.error.action).toContain(said.managers[0]!);
    const missing = '00000000-0000-4000-8000-000000000000';
    expect((await manager('POST', `/api/feedback/${missing}/decision`, decision)).status).toBe(404);
  });

  test('what is not shared cannot be spoken of, and what is not said well is refused with the reason', async () => {
    const all = (await house.query<{ Id: string }>('SELECT Id FROM Account ORDER BY Id')).map(({ Id }) => Id);
    const readable = await house.readable(house.sample.planted.users.rep, all);
    const hidden = all.find((id) => !readable.has(id))!;
    const refused = await rep<Refusal>('POST', '/api/feedback', about(hidden));
    const missing = await rep<Refusal>('POST', '/api/feedback', about('001000000000000AAA'));
    expect([refused.status, refused.json.error.message]).toEqual([404, missing.json.error.message]);
    const bad: [object, string][] = [
      [{ reason: 'relationship', text: 'x y z' }, 'name an account, a territory or ZIPs'],
      [{ ...about(account), territoryId: mine }, 'name an account, a territory or ZIPs'],
      [{ ...about(account), zips: ['02115'] }, 'name an account, a territory or ZIPs'],
      [{ teamId, zips: ['02115'], reason: 'other', text: 'x y z' }, 'to which territory the ZIPs'],
      [{ teamId, zips: ['2115'], toTerritoryId: mine, reason: 'other', text: 'x y z' }, 'five digits'],
      [{ territoryId: mine, toTerritoryId: mine, reason: 'other', text: 'x y z' }, 'cannot go elsewhere'],
      [{ ...about(account), toTerritoryId: '0MI000000000000AAA' }, 'another team'],
      [{ ...about(account), toTerritoryId: mine }, 'already'],
      [{ ...about(account), teamId: null }, 'name the team'],
      [{ ...about(account), text: ' ' }, 'say in a few words'],
      [{ ...about(account), reason: 'mood' }, 'reason'],
      [{ ...about(account), text: 'x'.repeat(2_001) }, 'text'],
    ];
    for (const [body, words] of bad) {
      const { status, json } = await rep<Refusal>('POST', '/api/feedback', body);
      expect([status, json.error.message], words).toEqual([400, expect.stringContaining(words)]);
    }
    expect((await house.api(null)('POST', '/api/feedback', about(account))).status).toBe(401);
  });

  test('a rep who reassigns by hand is refused', async () => {
    const page = (await rep<{ teams: { teamId: string; version: number }[] }>('GET', `/api/accounts/${account}/territory`)).json; // prettier-ignore
    const { version } = page.teams.find((team) => team.teamId === teamId)!;
    const body = { teamId, to: mine, scope: 'account', version, dryRun: false };
    expect((await rep('POST', `/api/accounts/${account}/reassign`, body)).status).toBe(403);
  });
});
