import { describe, expect, it } from 'vitest';
import { longId } from '../../service/core/ids.ts';
import { account, id, USER } from '../kit/smallOrg.ts';
import { BEFORE, SyncFixture } from '../kit/syncFixture.ts';
import { peopleOf, surround } from '../kit/syncPeople.ts';
import { salesOps } from '../kit/syncWorld.ts';

const at = new SyncFixture();

async function takeBack(publishId: string) {
  const { id: backId } = await at.sync.takeBack(salesOps, publishId);
  await at.sync.idle();
  return (await at.sync.show(salesOps, backId))!;
}

describe('what a change of owner would take away', () => {
  it('gives account teams and manual shares back, after the publish and after it is taken back', async () => {
    await surround(at, 1, { members: [USER.manager, USER.bob], shares: [USER.director] });
    const before = await peopleOf(at, 1);
    expect(before).toEqual({
      team: ['Bob Sales Manager Edit Read', 'Mona Sales Manager Edit Read'],
      shares: ['Dora Read'],
    });
    const preview = await at.sync.preview(salesOps, { ...request, owners: true });
    expect(preview.counts).toMatchObject({ owners: 3, restored: 3 });
    expect(preview.warnings.join(' ')).toContain('takes account teams and manual shares away; 3 rows are noted');
    const done = await at.publish({ owners: true });
    expect(done).toMatchObject({ state: 'done', verified: { differences: [] } });
    expect(await at.ownerOf(1)).toBe(USER.bob);
    // Bob owns it now and needs no place in the team
    expect(await peopleOf(at, 1)).toEqual({ team: ['Mona Sales Manager Edit Read'], shares: ['Dora Read'] });
    expect(await takeBack(done.id)).toMatchObject({ state: 'done' });
    expect(await at.ownerOf(1)).toBe(USER.ann);
    expect(await peopleOf(at, 1)).toEqual(before);
    expect(await at.orgRows()).toEqual(BEFORE);
  });
  it('gives them back where nobody may write a level for contacts', async () => {
    const readOnly = (name: string, object: string) => ({
      Id: id('01k', name),
      // a row of the standard profile decides for everyone
      ParentId: longId('0PSBw0000000009'),
      SobjectType: object,
      Field: `${object}.ContactAccessLevel`,
      PermissionsRead: true,
      PermissionsEdit: false,
    });
    await surround(at, 1, { members: [USER.manager], shares: [USER.director] });
    const conn = at.client();
    for (const object of ['AccountTeamMember', 'AccountShare']) {
      const cause = object === 'AccountShare' ? ` AND RowCause = 'Manual'` : '';
      const { records } = await conn.query(`SELECT Id FROM ${object} WHERE AccountId = '${account(1)}'${cause}`);
      await conn.sobject(object).update({ Id: records[0]!.Id!, ContactAccessLevel: 'Read' });
    }
    at.local.seed({ FieldPermissions: [readOnly('team', 'AccountTeamMember'), readOnly('share', 'AccountShare')] });
    const before = await peopleOf(at, 1);
    const done = await at.publish({ owners: true });
    expect(done).toMatchObject({ state: 'done', failures: [], verified: { differences: [] } });
    expect(await at.ownerOf(1)).toBe(USER.bob);
    expect(await peopleOf(at, 1)).toEqual(before);
  });
  it('gives them back also when the owner was refused or the service died in between', async () => {
    await surround(at, 1, { members: [USER.manager], shares: [USER.director] });
    at.local.faults.add({
      kind: 'request',
      pattern: '/composite/sobjects$',
      method: 'POST',
      after: 1,
      drop: 'after',
      times: 5,
    });
    const stopped = await at.publish({ owners: true });
    expect(stopped).toMatchObject({ state: 'partial', canGoOn: true });
    await at.sync.goOn(salesOps, stopped.id);
    await at.sync.idle();
    expect(await at.sync.show(salesOps, stopped.id)).toMatchObject({ state: 'done', error: null });
    expect(await peopleOf(at, 1)).toEqual({ team: ['Mona Sales Manager Edit Read'], shares: ['Dora Read'] });
  });
});

describe('reps as members of account teams', () => {
  it('adds the rep, removes only members of ours, and takes it back', async () => {
    await surround(at, 1, { members: [USER.manager] });
    const done = await at.publish({ teamRole: 'Account Manager' });
    expect(done).toMatchObject({ state: 'done' });
    expect((await peopleOf(at, 1)).team).toEqual(['Bob Account Manager Read', 'Mona Sales Manager Edit Read']);
    // the next plan gives account 1 back to Ann, who owns it: Bob's membership is ours and goes, Mona's stays
    at.plans.wishes = { ...at.plans.wishes, 1: 'A' };
    const second = await at.publish({ teamRole: 'Account Manager' });
    expect((await peopleOf(at, 1)).team).toEqual(['Mona Sales Manager Edit Read']);
    await takeBack(second.id);
    expect((await peopleOf(at, 1)).team).toEqual(['Bob Account Manager Read', 'Mona Sales Manager Edit Read']);
    await takeBack(done.id);
    expect((await peopleOf(at, 1)).team).toEqual(['Mona Sales Manager Edit Read']);
  });
});

describe('handover and history', () => {
  it('lists accounts by pair of reps, with sales and open deals, and as a file', async () => {
    const { id } = await at.publish({ owners: true });
    const { pairs, rows } = await at.sync.handover(salesOps, id);
    expect(pairs).toEqual([
      { fromName: 'Ann Test', toName: 'Bob Test', accounts: 3, salesUsd: 30, openDeals: 2, openUsd: 0 },
    ]);
    expect(rows.find(({ accountId }) => accountId === account(1))).toMatchObject({
      salesUsd: 10,
      openDeals: [{ name: 'Deal 1' }, { name: 'Deal 2' }],
    });
    const lines = String((await at.sync.handoverCsv(salesOps, id)).content)
      .trim()
      .split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^Ann Test,Bob Test,/);
  });
  it('knows who moved an account when and why, and who had it on a day', async () => {
    const done = await at.publish({ owners: true });
    const history = await at.sync.history(salesOps, account(1) as never, '2020-01-01');
    expect(history.on).toEqual({ territory: 'East A', owner: 'Ann Test', date: '2020-01-01' });
    expect(history.moves.map(({ what, from, to, byName }) => [what, from, to, byName])).toEqual([
      ['Add to territory', 'East A', 'East B', 'salesOps'],
      ['Change owner', 'Ann Test', 'Bob Test', 'salesOps'],
      ['Take out of territory', 'East A', null, 'salesOps'],
    ]);
    expect((await at.sync.history(salesOps, account(1) as never, '2999-01-01')).on).toMatchObject({
      territory: 'East B',
      owner: 'Bob Test',
    });
    await takeBack(done.id);
    const after = await at.sync.history(salesOps, account(1) as never, '2999-01-01');
    expect(after.on).toMatchObject({ territory: 'East A', owner: 'Ann Test' });
    expect(after.moves.at(-1)?.why).toBe('By its ZIP');
    await expect(at.store.db.execute('delete from assignment_log')).rejects.toThrow();
    await expect(at.store.db.execute(`update assignment_log set why = 'x'`)).rejects.toThrow();
  });
});

const request = { alignmentId: '22222222-2222-4222-8222-222222222222', version: 1 };
