import { beforeEach, describe, expect, it } from 'vitest';
import { recordId, type TerritoryId } from '../../service/core/ids.ts';
import { createDrift, type DriftView } from '../../service/sync/drift/drift.ts';
import { strategyBody } from '../../service/sync/schemas.ts';
import { account, TERRITORY, USER } from '../kit/smallOrg.ts';
import { BEFORE, SyncFixture } from '../kit/syncFixture.ts';
import { A, admin, B, plansOf, rep, salesOps, TEAM } from '../kit/syncWorld.ts';

const at = new SyncFixture();
let drift: DriftView;
let accepted: { accountId: string; territoryId: TerritoryId }[];
let owners = false;

beforeEach(() => {
  accepted = [];
  owners = false;
  at.plans.wishes = { 1: 'A', 2: 'A', 3: 'A', 4: 'A', 5: 'A', 6: 'A' };
  drift = createDrift({
    store: at.store,
    org: at.room,
    sync: at.sync,
    now: () => new Date('2026-01-10T00:00:00Z'),
    ports: {
      ...plansOf(at.plans),
      teams: () => Promise.resolve([{ id: TEAM, name: 'Sales' }]),
      forget: () => undefined,
      strategy: () => Promise.resolve(strategyBody.parse({ owners })),
      leaves: async () => (await at.room.territories()).filter(({ id }) => id === A || id === B),
      acceptPlaces: (_user, liveId, places) => {
        accepted = [...places];
        return Promise.resolve({ alignmentId: liveId });
      },
    },
  });
});

const listed = async (user = salesOps) =>
  (await drift.list(user, TEAM)).items.map(({ kind, accountName, plan, crm }) => [kind, accountName, plan, crm]);
const row = async (n: number, territoryId: TerritoryId) =>
  (await at.room.associations({ territoryIds: [territoryId], accountIds: [recordId(account(n))] }))[0]!;
const add = (n: number, territoryId: TerritoryId) =>
  at.room.createAssociations([{ accountId: recordId(account(n)), territoryId }]);
const remove = async (n: number, territoryId: TerritoryId) =>
  at.room.deleteAssociations([(await row(n, territoryId)).id]);
async function carryOut(choice: Parameters<DriftView['preview']>[2], user = salesOps) {
  const preview = await drift.preview(user, TEAM, choice);
  const done = await drift.act(user, TEAM, { ...choice, previewHash: preview.previewHash });
  await at.sync.idle();
  return { preview, done };
}

describe('what differs', () => {
  it('is nothing where the CRM is as planned', async () => {
    expect(await listed()).toEqual([]);
    expect((await drift.list(salesOps, TEAM)).counts).toEqual([]);
  });
  it('tells every kind of row, with who and when', async () => {
    at.plans.wishes = { 1: 'A', 2: 'A', 3: 'A', 4: '?', 5: 'B', 6: 'A', 7: 'A' };
    at.local.seed({
      Account: [{ Id: account(7), Name: 'Account 00007', OwnerId: USER.ann, BillingPostalCode: '02115' }],
    });
    await remove(1, A);
    await add(1, B);
    await add(2, B);
    await remove(3, A);
    expect(await listed()).toEqual([
      ['moved', 'Account 1', 'East A', 'East B'],
      ['removed', 'Account 3', 'East A', null],
      ['ruleRow', 'Account 5', 'East B', 'East A'],
      ['foreignRow', 'Account 2', 'East A', 'East B'],
      ['missing', 'Account 5', 'East B', null],
      ['missing', 'Account 7', 'East A', null],
      ['noZip', 'Account 4', null, null],
    ]);
    const { items, counts, total } = await drift.list(salesOps, TEAM, { kind: 'moved' });
    expect([items.length, total, counts.length]).toEqual([1, 1, 6]);
    expect(items[0]).toMatchObject({
      sentence: 'Account 1 is in East B; the plan says East A.',
      byName: expect.stringContaining('Integration'),
      actions: ['accept', 'adopt', 'putBack'],
    });
    expect((await drift.list(salesOps, TEAM, { offset: 2, limit: 1 })).items.map(({ kind }) => kind)).toEqual([
      'ruleRow',
    ]);
    // a further page is of the same reading, whatever happens meanwhile; the first one looks again
    await add(3, A);
    expect((await drift.list(salesOps, TEAM, { offset: 1, limit: 1 })).total).toBe(7);
    expect((await drift.list(salesOps, TEAM)).total).toBe(6);
    await remove(3, A);
    expect((await drift.list(salesOps, TEAM, { search: 'account 3' })).total).toBe(1);
    const file = await drift.csv(salesOps, TEAM);
    expect(String(file.content).trimEnd().split('\n')).toHaveLength(8);
  });
  it('tells owners where they are written, members and territories', async () => {
    owners = true;
    await at.room.setOwners([{ accountId: recordId(account(2)), ownerId: recordId(USER.manager) }]);
    await at.room.renameTerritories([{ id: B, name: 'East Bay' }]);
    const [seat] = await at.room.memberships([A]);
    await at.room.deleteMemberships([seat!.id]);
    await at.room.createMemberships([{ territoryId: A, userId: recordId(USER.manager), role: null }]);
    expect(await listed()).toEqual([
      ['owner', 'Account 2', 'Ann Test', 'Mona Test'],
      ['member', null, 'Ann Test', null],
      ['member', null, 'Ann Test', 'Mona Test'],
      ['territoryRenamed', null, 'East B', 'East Bay'],
    ]);
  });
  it('is kept to what somebody may see and manages', async () => {
    await remove(1, A);
    await add(1, B);
    const stranger = { ...salesOps, userId: recordId(USER.bob) };
    // Bob sees account 1, which now is in his territory, and no other
    await remove(3, A);
    at.room.forgetAccess();
    expect((await listed(stranger)).map(([, name]) => name)).toEqual(['Account 1']);
    at.plans.writable = new Set([recordId(TERRITORY.clinical)]);
    expect(await listed(admin)).toEqual([]);
    at.plans.writable = new Set();
    await expect(drift.list(admin, TEAM)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(drift.list(rep, recordId(TERRITORY.clinical))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what can be done', () => {
  const logged = async (n: number) =>
    (await at.sync.history(salesOps, account(n) as never)).moves.map(
      ({ what, from, to }) => `${what}: ${from} → ${to}`,
    );
  it('puts back through the journal, and it can be taken back', async () => {
    await remove(3, A);
    const { done } = await carryOut({ action: 'putBack', kind: 'removed' });
    expect(done).toMatchObject({ done: 1, problems: [] });
    expect(await at.orgRows()).toEqual(BEFORE);
    const publish = (await at.sync.show(salesOps, done.publishId!))!;
    expect(publish).toMatchObject({ state: 'done', isPartOnly: true, canTakeBack: true, outcomes: { written: 1 } });
  });
  it('leaves the row of somebody else until it is adopted, then takes it away', async () => {
    await remove(1, A);
    await add(1, B);
    await carryOut({ action: 'putBack', kind: 'moved' });
    expect(await listed()).toEqual([['foreignRow', 'Account 1', 'East A', 'East B']]);
    const [line] = (await drift.list(salesOps, TEAM)).items;
    expect(line!.actions).toEqual(['accept', 'adopt']);
    expect((await carryOut({ action: 'adopt', keys: [line!.key] })).done).toMatchObject({ done: 1, publishId: null });
    const [ours] = (await drift.list(salesOps, TEAM)).items;
    expect(ours!.actions).toEqual(['accept', 'putBack']);
    await carryOut({ action: 'putBack', keys: [ours!.key] });
    expect(await at.orgRows()).toEqual(BEFORE);
    expect(await listed()).toEqual([]);
  });
  it('accepts into the plan without writing', async () => {
    await remove(1, A);
    await add(1, B);
    const before = await at.orgRows();
    const { preview, done } = await carryOut({ action: 'accept', kind: 'moved' });
    expect(preview.sentences.join(' ')).toContain('Nothing is written');
    expect(done).toMatchObject({ done: 1, alignmentId: at.plans.live });
    expect(accepted).toEqual([{ accountId: account(1), territoryId: B }]);
    expect(await logged(1)).toEqual(['Accept into the plan as Salesforce has it: East A → East B']);
    expect(await at.orgRows()).toEqual(before);
  });
  it('excludes an account from a rule; where no rule takes its row away, it says to run the rules', async () => {
    at.plans.wishes = { 5: 'B' };
    const { done } = await carryOut({ action: 'exclude', kind: 'ruleRow' });
    const left = (await at.orgRows()).filter((line) => line.startsWith('5 '));
    expect(
      (await at.client().query('SELECT ObjectId, Territory2Id FROM Territory2ObjectExclusion')).records,
    ).toMatchObject([{ ObjectId: account(5), Territory2Id: A }]);
    expect(await logged(5)).toEqual(['Ask to be excluded from the rule: East B → East A']);
    if (left.length === 0) expect(done).toMatchObject({ done: 1, problems: [] });
    else expect(done.problems.join(' ')).toContain('run the rules in Setup');
  });
  it('refuses what has changed since, tells what does not fit, and does nothing twice', async () => {
    await remove(3, A);
    const choice = { action: 'putBack' as const, kind: 'removed' as const };
    const { previewHash } = await drift.preview(salesOps, TEAM, choice);
    await remove(4, A);
    await expect(drift.act(salesOps, TEAM, { ...choice, previewHash })).rejects.toMatchObject({
      code: 'preview_stale',
    });
    const [line] = (await drift.list(salesOps, TEAM)).items;
    const odd = await drift.preview(salesOps, TEAM, { action: 'exclude', keys: [line!.key, 'gone'] });
    expect(odd).toMatchObject({ n: 0, sentences: ['Nothing is left to do.'] });
    expect(odd.leftOut.map(({ why }) => why)).toEqual([
      '"exclude from the rule" does not fit: Account 3 was taken out of East A.',
      'It is not so any more.',
    ]);
    await carryOut(choice);
    expect((await carryOut(choice)).done).toMatchObject({ done: 0, publishId: null });
  });
  it('asks for the right to edit', async () => {
    await remove(1, A);
    await add(1, B);
    at.plans.writable = new Set([A]);
    await expect(carryOut({ action: 'accept', kind: 'moved' }, admin)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
