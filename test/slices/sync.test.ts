import { describe, expect, it } from 'vitest';
import { recordId } from '../../service/core/ids.ts';
import { account, association, id, USER } from '../kit/smallOrg.ts';
import { AFTER, BEFORE, request, SyncFixture } from '../kit/syncFixture.ts';
import { A, admin, B, PLAN, rep, salesOps, TEAM } from '../kit/syncWorld.ts';

const at = new SyncFixture();

describe('preview', () => {
  it('tells everything and writes nothing', async () => {
    const preview = await at.sync.preview(salesOps, request({ owners: true, deals: 'move' }));
    expect(preview.counts).toMatchObject({ add: 3, remove: 2, owners: 3, deals: 1, unchanged: 1, kept: 2 });
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
    expect(await at.orgRows()).toEqual(BEFORE);
  });
  it('refuses a stale version and an archived or foreign plan', async () => {
    await expect(at.sync.preview(salesOps, request({ version: 2 }))).rejects.toMatchObject({ code: 'alignment_stale' });
    at.plans.writable = new Set();
    await expect(at.sync.preview(admin, request())).rejects.toMatchObject({ code: 'forbidden' });
  });
  it('leaves out what lies outside the branch or may not be edited', async () => {
    at.plans.writable = new Set([B]);
    const preview = await at.sync.preview(admin, request());
    expect([preview.counts.add, preview.counts.remove]).toEqual([2, 0]);
    expect(preview.warnings.join(' ')).toContain('2 accounts outside your branch are left out.');
    const stranger = { ...salesOps, userId: recordId(USER.bob) };
    const none = await at.sync.preview(stranger, request());
    expect(none.counts).toMatchObject({ add: 0, remove: 0, kept: 0 });
    expect(none.unplaced).toEqual([]);
    expect(none.warnings.join(' ')).toContain('that you may not edit in Salesforce are left out');
  });
});

describe('publish', () => {
  it('writes what was shown, keeps what is not ours, verifies, and has nothing to do again', async () => {
    const done = await at.publish();
    expect(done).toMatchObject({
      state: 'done',
      outcomes: { written: 5, alreadyThere: 0, failed: 0, skipped: 0 },
      verified: { checked: 5, asPlanned: 5, differences: [] },
      progress: { done: 5, total: 5 },
      canTakeBack: true,
    });
    expect(await at.orgRows()).toEqual(AFTER);
    expect(at.plans.calls).toEqual(['live 2']);
    expect((await at.sync.preview(salesOps, request())).counts).toMatchObject({
      add: 0,
      remove: 0,
      owners: 0,
      deals: 0,
    });
    expect(await at.publish()).toMatchObject({ state: 'done', progress: { total: 0 } });
  });
  it('changes owners and the deals of the leaving rep, and takes all of it back', async () => {
    await at.publish({ owners: true, deals: 'move' });
    expect(await at.ownerOf(1)).toBe(USER.bob);
    const deals = () => at.room.opportunitiesById(['d1', 'd2', 'd3'].map((name) => recordId(id('006', name))));
    const facts = async () =>
      Object.fromEntries((await deals()).map((deal) => [deal.name, [deal.ownerId, deal.territoryId]]));
    expect(await facts()).toEqual({ 'Deal 1': [USER.bob, B], 'Deal 2': [USER.manager, null], Won: [USER.ann, null] });
    const [latest] = await at.sync.list(salesOps, TEAM);
    const { id: backId } = await at.sync.takeBack(salesOps, latest!.id);
    await at.sync.idle();
    expect(await at.sync.show(salesOps, backId)).toMatchObject({ kind: 'takeBack', state: 'done', canTakeBack: false });
    expect(await at.orgRows()).toEqual(BEFORE);
    expect(await at.ownerOf(1)).toBe(USER.ann);
    expect(await facts()).toEqual({ 'Deal 1': [USER.ann, A], 'Deal 2': [USER.manager, null], Won: [USER.ann, null] });
    expect(at.plans.calls).toEqual(['live 2', `restore ${PLAN.slice(0, 1)}`]);
    expect(await at.sync.show(salesOps, latest!.id)).toMatchObject({ canTakeBack: false });
    await expect(at.sync.takeBack(salesOps, latest!.id)).rejects.toMatchObject({ code: 'conflict' });
    // what was taken back is ours again
    expect((await at.sync.preview(salesOps, request())).counts).toMatchObject({ add: 3, remove: 2 });
  });
  it('does not overwrite what somebody changed after the publish', async () => {
    const { id: publishId } = await at.publish({ owners: true });
    await at.room.setOwners([{ accountId: recordId(account(1)), ownerId: recordId(USER.manager) }]);
    const { id: backId } = await at.sync.takeBack(salesOps, publishId);
    await at.sync.idle();
    expect(await at.sync.show(salesOps, backId)).toMatchObject({ state: 'partial', outcomes: { skipped: 1 } });
    expect(await at.ownerOf(1)).toBe(USER.manager);
  });
  it('refuses when the org has changed since the preview', async () => {
    const { previewHash } = await at.sync.preview(salesOps, request());
    await at.room.createAssociations([{ accountId: recordId(account(1)), territoryId: B }]);
    await expect(at.sync.publish(salesOps, { ...request(), previewHash })).rejects.toMatchObject({
      code: 'preview_stale',
    });
    expect(await at.sync.list(salesOps)).toEqual([]);
  });
  it('publishes only some accounts without making the plan live', async () => {
    expect(await at.publish({ accountIds: [account(1)] })).toMatchObject({ state: 'done', outcomes: { written: 2 } });
    expect(await at.orgRows()).toEqual(['1 Clinical', '1 East B', ...BEFORE.slice(2)]);
    expect(at.plans.calls).toEqual([]);
  });
  it('keeps an account where it was when its new row is refused, and says what to do', async () => {
    at.local.faults.add({
      kind: 'record',
      value: account(1),
      code: 'INSUFFICIENT_ACCESS_OR_READONLY',
      message: 'no',
      times: 1,
    });
    const partial = await at.publish({ owners: true });
    expect(partial).toMatchObject({ state: 'partial', outcomes: { failed: 1, skipped: 2 } });
    expect(partial.failures[0]).toMatchObject({
      accountName: 'Account 1',
      what: 'Add to territory',
      code: 'INSUFFICIENT_ACCESS_OR_READONLY',
      action: expect.stringContaining('edit access'),
    });
    expect(await at.orgRows()).toContain('1 East A');
    expect(await at.ownerOf(1)).toBe(USER.ann);
    expect(await at.publish({ owners: true })).toMatchObject({ state: 'done', outcomes: { written: 3 } });
    expect(await at.orgRows()).toEqual(AFTER);
  });
  it('reports a rep who still cannot see her account', async () => {
    const conn = at.client();
    const member = await conn.query<{ Id: string }>(
      `SELECT Id FROM UserTerritory2Association WHERE UserId = '${USER.bob}'`,
    );
    await conn.sobject('UserTerritory2Association').destroy(member.records[0]!.Id);
    const { verified } = await at.publish();
    expect(verified?.differences).toContain('Bob Test cannot see Account 1 yet.');
  });
});

describe('who may', () => {
  it('hides publishes from reps and from admins of other branches', async () => {
    const { id: publishId } = await at.publish();
    await expect(at.sync.show(rep, publishId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await at.sync.list(rep)).toEqual([]);
    at.plans.writable = new Set();
    await expect(at.sync.outcomes(admin, publishId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(at.sync.takeBack(admin, publishId)).rejects.toMatchObject({ code: 'not_found' });
    at.plans.writable = new Set([B]);
    await expect(at.sync.takeBack(admin, publishId)).rejects.toMatchObject({ code: 'forbidden' });
  });
  it('gives every row of the journal as a file', async () => {
    const { id: publishId } = await at.publish();
    const file = await at.sync.outcomes(salesOps, publishId);
    const lines = String(file.content).trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toContain('outcome');
    expect(lines[1]).toMatch(/^Add to territory,.*Account 1,East B,.*,written,/);
  });
});
