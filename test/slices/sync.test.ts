import { sql } from 'drizzle-orm';
import { Connection } from 'jsforce';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordId } from '../../service/core/ids.ts';
import type { LocalOrg } from '../../service/local/org/org.ts';
import type { Org } from '../../service/org/org.ts';
import { openStore, type Store } from '../../service/store/store.ts';
import type { Sync } from '../../service/sync/sync.ts';
import { account, accounts, association, id, startSmallOrg, TERRITORY, USER } from '../kit/smallOrg.ts';
import {
  A,
  admin,
  B,
  DRAFT,
  freshPlans,
  openRoom,
  PLAN,
  rep,
  salesOps,
  syncOver,
  TEAM,
  type FakePlans,
} from '../kit/syncWorld.ts';

let local: LocalOrg;
let room: Org;
let store: Store;
let plans: FakePlans;
let sync: Sync;

const row = (n: number, Territory2Id: string, AssociationCause = 'Territory2Manual', k = n) => ({
  Id: association(k),
  ObjectId: account(n),
  Territory2Id,
  AssociationCause,
});

/**
 * Six accounts of Ann, all in East A by somebody's hand: 1 to 4 stand where the live plan wants them and are adopted; 5 is
 * rule-made; 6 is foreign in the place where the draft does not want it. 1 is also in the clinical team's territory.
 */
beforeEach(async () => {
  local = await startSmallOrg();
  local.seed({
    Account: accounts(6),
    ObjectTerritory2Association: [
      ...[1, 2, 3, 4].map((n) => row(n, TERRITORY.eastA)),
      row(5, TERRITORY.eastA, 'Territory2AssignmentRule'),
      row(6, TERRITORY.eastA),
      row(1, TERRITORY.clinical, 'Territory2Manual', 90),
    ],
    Opportunity: [
      {
        Id: id('006', 'd1'),
        Name: 'Deal 1',
        AccountId: account(1),
        OwnerId: USER.ann,
        StageName: 'Prospecting',
        CloseDate: '2030-01-01',
        Territory2Id: TERRITORY.eastA,
      },
      {
        Id: id('006', 'd2'),
        Name: 'Deal 2',
        AccountId: account(1),
        OwnerId: USER.manager,
        StageName: 'Prospecting',
        CloseDate: '2030-01-01',
      },
      {
        Id: id('006', 'd3'),
        Name: 'Won',
        AccountId: account(1),
        OwnerId: USER.ann,
        StageName: 'Closed Won',
        CloseDate: '2030-01-01',
      },
    ],
  });
  room = await openRoom(local.url);
  await store.db.execute(sql`truncate publish_row, publish, association_ledger`);
  plans = freshPlans({ 1: 'A', 2: 'A', 3: 'A', 4: 'A' });
  sync = syncOver(store, room, plans);
  expect(await sync.adopt(salesOps, TEAM)).toEqual({ adopted: 4, left: 1 });
  plans.wishes = { 1: 'B', 2: 'A', 3: null, 4: '?', 5: 'B', 6: 'B' };
});
afterEach(async () => {
  await sync.close();
  await local.close();
});

beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

const request = (more = {}) => ({ alignmentId: DRAFT, version: 1, owners: false, deals: 'stay' as const, ...more });
async function publish(more = {}) {
  const { previewHash } = await sync.preview(salesOps, request(more));
  const { id: publishId } = await sync.publish(salesOps, { ...request(more), previewHash });
  await sync.idle();
  return (await sync.show(salesOps, publishId))!;
}
/** Rows of the org as an independent client reads them: "account territory cause". */
async function orgRows(): Promise<string[]> {
  const conn = new Connection({ instanceUrl: local.url, accessToken: 'secret', version: '66.0' });
  const { records } = await conn.query(
    'SELECT Object.Name, Territory2.Name, AssociationCause FROM ObjectTerritory2Association',
  );
  return records
    .map(
      (each) =>
        `${Number(each['Object'].Name.slice(-5))} ${each['Territory2'].Name}${each['AssociationCause'] === 'Territory2Manual' ? '' : ' rule'}`,
    )
    .sort();
}
const ownerOf = async (n: number): Promise<string> =>
  (await room.accountsById([recordId(account(n))]))[0]?.ownerId ?? '';
const BEFORE = ['1 Clinical', '1 East A', '2 East A', '3 East A', '4 East A', '5 East A rule', '6 East A'];
const AFTER = ['1 Clinical', '1 East B', '2 East A', '4 East A', '5 East A rule', '5 East B', '6 East A', '6 East B'];

describe('preview', () => {
  it('tells everything and writes nothing', async () => {
    const preview = await sync.preview(salesOps, request({ owners: true, deals: 'move' }));
    expect(preview.counts).toEqual({ add: 3, remove: 2, owners: 3, deals: 1, unchanged: 1, kept: 2 });
    expect(preview.add[0]).toMatchObject({
      accountName: 'Account 1',
      territoryName: 'East B',
      fromTerritoryName: 'East A',
      zip: '02115',
    });
    expect(preview.remove.map((each) => each.associationId)).toEqual([association(1), association(3)]);
    expect(preview.kept.map((each) => each.why)).toEqual(['rule-made', 'foreign']);
    expect(preview.unplaced).toMatchObject([{ accountName: 'Account 4', why: 'The address has no ZIP.' }]);
    expect(preview.owners[0]).toMatchObject({ fromName: 'Ann Test', toName: 'Bob Test' });
    expect(preview.deals.map((each) => [each.name, each.action, each.toName])).toEqual([
      ['Deal 1', 'move', 'Bob Test'],
      ['Deal 2', 'stay', 'Mona Test'],
    ]);
    expect(preview.perRep).toEqual([
      { repId: USER.bob, repName: 'Bob Test', gains: 3, loses: 0, gainsSalesUsd: 30, losesSalesUsd: 0 },
      { repId: USER.ann, repName: 'Ann Test', gains: 0, loses: 2, gainsSalesUsd: 0, losesSalesUsd: 20 },
    ]);
    expect(preview.warnings).toEqual([
      '1 row of an assignment rule stays: change the rule in Setup.',
      '1 row that somebody else wrote stays.',
    ]);
    expect(preview.apiCalls).toMatchObject({ limit: 100_000, needed: expect.any(Number) });
    expect(await orgRows()).toEqual(BEFORE);
  });
  it('refuses a stale version and an archived or foreign plan', async () => {
    await expect(sync.preview(salesOps, request({ version: 2 }))).rejects.toMatchObject({ code: 'alignment_stale' });
    plans.writable = new Set();
    await expect(sync.preview(admin, request())).rejects.toMatchObject({ code: 'forbidden' });
  });
  it('leaves out what lies outside the branch or may not be edited', async () => {
    plans.writable = new Set([B]);
    const preview = await sync.preview(admin, request());
    expect([preview.counts.add, preview.counts.remove]).toEqual([2, 0]);
    expect(preview.warnings.join(' ')).toContain('2 accounts outside your branch are left out.');
    const stranger = { ...salesOps, userId: recordId(USER.bob) };
    const none = await sync.preview(stranger, request());
    expect(none.counts).toMatchObject({ add: 0, remove: 0 });
    expect(none.warnings.join(' ')).toContain('that you may not edit in Salesforce are left out');
  });
});

describe('publish', () => {
  it('writes what was shown, keeps what is not ours, verifies, and has nothing to do again', async () => {
    const done = await publish();
    expect(done).toMatchObject({
      state: 'done',
      outcomes: { written: 5, alreadyThere: 0, failed: 0, skipped: 0 },
      verified: { checked: 5, asPlanned: 5, differences: [] },
      progress: { done: 5, total: 5 },
      canTakeBack: true,
    });
    expect(await orgRows()).toEqual(AFTER);
    expect(plans.calls).toEqual(['live 2']);
    expect((await sync.preview(salesOps, request())).counts).toMatchObject({ add: 0, remove: 0, owners: 0, deals: 0 });
    expect(await publish()).toMatchObject({ state: 'done', progress: { total: 0 } });
  });
  it('changes owners and the deals of the leaving rep, and takes all of it back', async () => {
    await publish({ owners: true, deals: 'move' });
    expect(await ownerOf(1)).toBe(USER.bob);
    const deals = () => room.opportunitiesById(['d1', 'd2', 'd3'].map((name) => recordId(id('006', name))));
    const facts = async () =>
      Object.fromEntries((await deals()).map((deal) => [deal.name, [deal.ownerId, deal.territoryId]]));
    expect(await facts()).toEqual({ 'Deal 1': [USER.bob, B], 'Deal 2': [USER.manager, null], Won: [USER.ann, null] });
    const [latest] = await sync.list(salesOps, TEAM);
    const { id: backId } = await sync.takeBack(salesOps, latest!.id);
    await sync.idle();
    expect(await sync.show(salesOps, backId)).toMatchObject({ kind: 'takeBack', state: 'done', canTakeBack: false });
    expect(await orgRows()).toEqual(BEFORE);
    expect(await ownerOf(1)).toBe(USER.ann);
    expect(await facts()).toEqual({ 'Deal 1': [USER.ann, A], 'Deal 2': [USER.manager, null], Won: [USER.ann, null] });
    expect(plans.calls).toEqual(['live 2', `restore ${PLAN.slice(0, 1)}`]);
    expect(await sync.show(salesOps, latest!.id)).toMatchObject({ canTakeBack: false });
    await expect(sync.takeBack(salesOps, latest!.id)).rejects.toMatchObject({ code: 'conflict' });
    // what was taken back is ours again
    expect((await sync.preview(salesOps, request())).counts).toMatchObject({ add: 3, remove: 2 });
  });
  it('does not overwrite what somebody changed after the publish', async () => {
    const { id: publishId } = await publish({ owners: true });
    await room.setOwners([{ accountId: recordId(account(1)), ownerId: recordId(USER.manager) }]);
    const { id: backId } = await sync.takeBack(salesOps, publishId);
    await sync.idle();
    expect(await sync.show(salesOps, backId)).toMatchObject({ state: 'partial', outcomes: { skipped: 1 } });
    expect(await ownerOf(1)).toBe(USER.manager);
  });
  it('refuses when the org has changed since the preview', async () => {
    const { previewHash } = await sync.preview(salesOps, request());
    await room.createAssociations([{ accountId: recordId(account(1)), territoryId: B }]);
    await expect(sync.publish(salesOps, { ...request(), previewHash })).rejects.toMatchObject({
      code: 'preview_stale',
    });
    expect(await sync.list(salesOps)).toEqual([]);
  });
  it('publishes only some accounts without making the plan live', async () => {
    expect(await publish({ accountIds: [account(1)] })).toMatchObject({ state: 'done', outcomes: { written: 2 } });
    expect(await orgRows()).toEqual(['1 Clinical', '1 East B', ...BEFORE.slice(2)]);
    expect(plans.calls).toEqual([]);
  });
  it('keeps an account where it was when its new row is refused, and says what to do', async () => {
    local.faults.add({
      kind: 'record',
      value: account(1),
      code: 'INSUFFICIENT_ACCESS_OR_READONLY',
      message: 'no',
      times: 1,
    });
    const partial = await publish({ owners: true });
    expect(partial).toMatchObject({ state: 'partial', outcomes: { failed: 1, skipped: 2 } });
    expect(partial.failures[0]).toMatchObject({
      accountName: 'Account 1',
      what: 'Add to territory',
      code: 'INSUFFICIENT_ACCESS_OR_READONLY',
      action: expect.stringContaining('edit access'),
    });
    expect(await orgRows()).toContain('1 East A');
    expect(await ownerOf(1)).toBe(USER.ann);
    expect(await publish({ owners: true })).toMatchObject({ state: 'done', outcomes: { written: 3 } });
    expect(await orgRows()).toEqual(AFTER);
  });
  it('reports a rep who still cannot see her account', async () => {
    const conn = new Connection({ instanceUrl: local.url, accessToken: 'secret', version: '66.0' });
    const member = await conn.query<{ Id: string }>(
      `SELECT Id FROM UserTerritory2Association WHERE UserId = '${USER.bob}'`,
    );
    await conn.sobject('UserTerritory2Association').destroy(member.records[0]!.Id);
    const { verified } = await publish();
    expect(verified?.differences).toContain('Bob Test still cannot see Account 1.');
  });
});

describe('bad days', () => {
  it('stops with a sentence when the org goes down, and the next publish finishes', async () => {
    local.faults.add({
      kind: 'request',
      path: '/composite/sobjects',
      method: 'DELETE',
      code: 'SERVER_UNAVAILABLE',
      times: 5,
    });
    const stopped = await publish();
    expect(stopped).toMatchObject({
      state: 'partial',
      error: { code: 'org_unreachable', action: expect.stringContaining('try again') },
    });
    expect(stopped.verified).toBeNull();
    expect(plans.calls).toEqual([]);
    expect(await publish()).toMatchObject({ state: 'done', outcomes: { written: 2, failed: 0 } });
    expect(await orgRows()).toEqual(AFTER);
  });
  it('knows its own row again after a reply was lost for good', async () => {
    local.faults.add({ kind: 'request', path: '/composite/sobjects', method: 'POST', drop: 'after', times: 5 });
    expect(await publish()).toMatchObject({ state: 'partial', outcomes: { written: 0, failed: 3, skipped: 2 } });
    expect(await publish()).toMatchObject({ state: 'done', outcomes: { written: 2 } });
    expect(await orgRows()).toEqual(AFTER);
    // rows of the lost reply are ours: the plan may take them away again
    plans.wishes = { 1: 'A', 2: 'A', 3: 'A', 5: null, 6: null };
    await publish();
    expect(await orgRows()).toEqual(BEFORE);
  });
  it('does not claim rows that somebody else was faster to write', async () => {
    const { previewHash } = await sync.preview(salesOps, request());
    const publishing = sync.publish(salesOps, { ...request(), previewHash });
    const conn = new Connection({ instanceUrl: local.url, accessToken: 'manager', version: '66.0' });
    local.addToken('manager', USER.manager);
    local.faults.add({ kind: 'request', path: '/composite/sobjects', method: 'POST', delayMs: 400 });
    await publishing;
    await conn
      .sobject('ObjectTerritory2Association')
      .create({ ObjectId: account(6), Territory2Id: B, AssociationCause: 'Territory2Manual' });
    await sync.idle();
    const [done] = await sync.list(salesOps);
    expect(done).toMatchObject({ state: 'done', outcomes: { written: 4, alreadyThere: 1 } });
    const { id: backId } = await sync.takeBack(salesOps, done!.id);
    await sync.idle();
    expect(await sync.show(salesOps, backId)).toMatchObject({ state: 'done' });
    expect(await orgRows()).toContain('6 East B');
  });
  it('lets one publish of a team run at a time', async () => {
    local.faults.add({ kind: 'request', path: '/composite/sobjects', method: 'POST', delayMs: 200 });
    const { previewHash } = await sync.preview(salesOps, request());
    await sync.publish(salesOps, { ...request(), previewHash });
    await expect(sync.publish(salesOps, { ...request(), previewHash })).rejects.toMatchObject({ code: 'conflict' });
    await sync.idle();
  });
  it('refuses to begin what the API limit cannot bear', async () => {
    const { previewHash } = await sync.preview(salesOps, request());
    local.api.limit = local.api.used + 4;
    await expect(sync.publish(salesOps, { ...request(), previewHash })).rejects.toMatchObject({ code: 'org_limit' });
  });
});

describe('who may', () => {
  it('hides publishes from reps and from admins of other branches', async () => {
    const { id: publishId } = await publish();
    await expect(sync.show(rep, publishId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await sync.list(rep)).toEqual([]);
    plans.writable = new Set();
    await expect(sync.outcomes(admin, publishId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(sync.takeBack(admin, publishId)).rejects.toMatchObject({ code: 'not_found' });
    plans.writable = new Set([B]);
    await expect(sync.takeBack(admin, publishId)).rejects.toMatchObject({ code: 'forbidden' });
  });
  it('gives every row of the journal as a file', async () => {
    const { id: publishId } = await publish();
    const file = await sync.outcomes(salesOps, publishId);
    const lines = String(file.content).trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toContain('outcome');
    expect(lines[1]).toMatch(/^Add to territory,.*Account 1,East B,.*,written,/);
  });
});
