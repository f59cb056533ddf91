import { describe, expect, it } from 'vitest';
import { recordId } from '../../service/core/ids.ts';
import { account, id, TERRITORY, USER } from '../kit/smallOrg.ts';
import { BEFORE, request, SyncFixture } from '../kit/syncFixture.ts';
import { A, B, salesOps } from '../kit/syncWorld.ts';

const at = new SyncFixture();
const PLANNED = recordId('planned00000000001');

async function takeBack(publishId: string) {
  const { id: backId } = await at.sync.takeBack(salesOps, publishId);
  await at.sync.idle();
  return (await at.sync.show(salesOps, backId))!;
}

describe('open deals', () => {
  it('stay from a stage on and move before it', async () => {
    await at
      .client()
      .sobject('Opportunity')
      .update({ Id: id('006', 'd1'), StageName: 'Negotiation/Review' });
    await at
      .client()
      .sobject('Opportunity')
      .create({
        Name: 'Early',
        AccountId: account(1),
        OwnerId: USER.ann,
        StageName: 'Qualification',
        CloseDate: '2030-01-01',
      });
    const stages = await at.room.opportunityStages();
    expect(stages.indexOf('Qualification')).toBeLessThan(stages.indexOf('Negotiation/Review'));
    const { deals } = await at.sync.preview(salesOps, {
      ...request(),
      owners: true,
      deals: 'untilStage',
      dealStage: 'Negotiation/Review',
    });
    expect(Object.fromEntries(deals.map(({ name, action }) => [name, action]))).toEqual({
      'Deal 1': 'stay',
      'Deal 2': 'stay',
      Early: 'move',
    });
    await expect(
      at.sync.preview(salesOps, { ...request(), owners: true, deals: 'untilStage', dealStage: 'Nowhere' }),
    ).rejects.toMatchObject({ code: 'bad_request', action: expect.stringContaining('Qualification') });
  });
});

describe('a stamped code', () => {
  it('writes the territory code, leaves foreign codes alone, and takes it back', async () => {
    const conn = at.client();
    await conn.sobject('Account').update({ Id: account(3), Site: 'elsewhere' });
    await conn.sobject('Account').update({ Id: account(2), Site: 'East_B' });
    const stamped = { associations: false, stampField: 'Site', owners: false, runRules: false };
    const done = await at.publish(stamped);
    expect(done).toMatchObject({ state: 'done', verified: { differences: [] } });
    const sites = async () => {
      const { records } = await conn.query('SELECT Name, Site FROM Account ORDER BY Name');
      return records.map((row) => row['Site']);
    };
    expect(await sites()).toEqual(['East_B', 'East_A', 'elsewhere', null, 'East_B', 'East_B']);
    await takeBack(done.id);
    expect(await sites()).toEqual([null, 'East_B', 'elsewhere', null, null, null]);
    expect(await at.orgRows()).toEqual(BEFORE);
  });
});

describe('territories themselves', () => {
  it('creates a planned one, renames one, seats and unseats reps, and takes all of it back', async () => {
    at.plans.more = [
      {
        id: PLANNED,
        name: 'East C',
        parentId: recordId(TERRITORY.east),
        repId: recordId(USER.manager),
        repName: 'Mona Test',
      },
    ];
    at.plans.changed = { [A]: { name: 'East A+' }, [B]: { repId: recordId(USER.director), repName: 'Dora Test' } };
    at.plans.wishes = { 1: PLANNED, 2: 'A', 3: 'A', 4: 'A' };
    const preview = await at.sync.preview(salesOps, request());
    expect(preview.structure).toEqual([
      'Create the territory East C.',
      'Rename East A to East A+.',
      'Put Dora Test into East B.',
      'Put Mona Test into East C.',
      'Take Bob Test out of East B.',
    ]);
    const done = await at.publish();
    expect(done).toMatchObject({ state: 'done', verified: { differences: [] } });
    const territories = async () => (await at.room.territories()).map(({ name }) => name);
    expect(await territories()).toEqual(['Clinical', 'East', 'East A+', 'East B', 'East C', 'Sales']);
    expect(await at.orgRows()).toContain('1 East C');
    const seats = async () =>
      (await at.room.territoryUsers()).map(({ userName, territoryId }) => `${userName} ${territoryId}`).sort();
    expect(await seats()).toEqual([`Ann Test ${A}`, `Dora Test ${B}`, `Mona Test ${at.plans.more[0]?.id}`].sort());
    expect(at.plans.more[0]?.id).not.toBe(PLANNED);
    expect(at.plans.isFrozen).toBe(false);
    expect(await takeBack(done.id)).toMatchObject({ state: 'done' });
    expect(await territories()).toEqual(['Clinical', 'East', 'East A', 'East B', 'Sales']);
    expect(await seats()).toEqual([`Ann Test ${A}`, `Bob Test ${B}`].sort());
    expect(await at.orgRows()).toEqual(BEFORE);
    expect(at.plans.more[0]?.id).toBe(PLANNED);
  });
  it('skips what stands on a territory that could not be made', async () => {
    at.plans.more = [{ id: PLANNED, name: 'East C', parentId: recordId(TERRITORY.east), repId: null, repName: null }];
    at.plans.wishes = { 1: PLANNED, 2: 'A', 3: 'A', 4: 'A' };
    at.local.faults.add({
      kind: 'record',
      object: 'Territory2',
      operation: 'create',
      code: 'FIELD_INTEGRITY_EXCEPTION',
      message: 'no room',
    });
    const partial = await at.publish();
    expect(partial.state).toBe('failed');
    expect(partial.failures.map(({ what, message }) => [what, message])).toContainEqual([
      'Add to territory',
      'Its territory could not be created.',
    ]);
    expect(await at.orgRows()).toEqual(BEFORE);
    await at.sync.goOn(salesOps, partial.id);
    await at.sync.idle();
    expect(await at.sync.show(salesOps, partial.id)).toMatchObject({ state: 'done' });
    expect(await at.orgRows()).toContain('1 East C');
  });
});

describe('a part of a plan', () => {
  it('publishes the accounts of a state and makes the live plan with this part live', async () => {
    const preview = await at.sync.preview(salesOps, { ...request(), part: { territoryIds: [], states: ['MA'] } });
    expect(preview.add.map(({ accountName }) => accountName)).toEqual(['Account 1', 'Account 5']);
    const done = await at.publish({ part: { territoryIds: [], states: ['MA'] } });
    expect(done).toMatchObject({ state: 'done', isPartOnly: false });
    expect(at.plans.calls).toEqual(['part 0 MA', 'live 2']);
    expect(await at.orgRows()).not.toContain('6 East B');
  });
  it('takes one region back and leaves the rest', async () => {
    at.plans.wishes = { 1: 'B', 2: 'A', 3: null, 4: 'A' };
    const done = await at.publish();
    const asked = { territoryIds: [B as string] };
    const back = await at.sync.takeBackPreview(salesOps, done.id, asked);
    expect(back.total).toEqual({ undo: 2, stays: 0 });
    expect(back.undo.every(({ accountName }) => accountName === 'Account 1')).toBe(true);
    await at.sync.takeBack(salesOps, done.id, { ...asked, previewHash: back.previewHash });
    await at.sync.idle();
    expect(await at.orgRows()).toEqual(BEFORE.filter((row) => row !== '3 East A'));
    // what is left of it can still be taken back
    expect(await takeBack(done.id)).toMatchObject({ state: 'done', outcomes: { written: 1 } });
    expect(await at.orgRows()).toEqual(BEFORE);
  });
});

describe('what changed meanwhile', () => {
  it('names who changed an account since the plan was made, and leaves out what the user leaves out', async () => {
    at.plans.createdAt = new Date(Date.now() - 60_000);
    at.local.addToken('mona', USER.manager);
    const mona = at.client('mona');
    await mona
      .sobject('Account')
      .update({ Id: account(1), OwnerId: USER.manager }, { headers: { 'Sforce-Auto-Assign': 'FALSE' } });
    const { conflicts, warnings } = await at.sync.preview(salesOps, { ...request(), owners: true });
    expect(conflicts).toContainEqual({
      accountId: account(1),
      accountName: 'Account 1',
      what: 'Belongs to Mona Test now.',
      byName: 'Mona Test',
      at: expect.any(String),
    });
    expect(warnings.join(' ')).toContain('changed in Salesforce since the plan was made');
    const done = await at.publish({ owners: true, leaveOut: [account(1)] });
    expect(done).toMatchObject({ state: 'done', isPartOnly: true });
    expect(await at.ownerOf(1)).toBe(USER.manager);
  });
  it('says what taking back cannot give back', async () => {
    const done = await at.publish({ owners: true });
    const conn = at.client();
    await conn.sobject('User').update({ Id: USER.ann, IsActive: false });
    await conn.sobject('Account').destroy(account(5));
    const { stays } = await at.sync.takeBackPreview(salesOps, done.id);
    expect(stays.map(({ accountName, message }) => [accountName, message])).toEqual(
      expect.arrayContaining([
        ['Account 1', 'Ann Test is inactive: Salesforce gives nothing back to her or him.'],
        ['Account 5', 'The record is no longer in Salesforce.'],
      ]),
    );
    const back = await takeBack(done.id);
    expect(back.state).toBe('partial');
    expect(await at.ownerOf(1)).toBe(USER.bob);
  });
});

describe('stopping', () => {
  it('stops after the request under way, says who asked, and goes on', async () => {
    at.local.faults.add({ kind: 'request', pattern: '/composite/sobjects$', method: 'POST', delayMs: 400 });
    const { previewHash } = await at.sync.preview(salesOps, request());
    const { id: publishId } = await at.sync.publish(salesOps, { ...request(), previewHash });
    await at.sync.cancel(salesOps, publishId);
    await at.sync.idle();
    const stopped = await at.sync.show(salesOps, publishId);
    expect(stopped).toMatchObject({ error: { code: 'cancelled', message: 'salesOps stopped it.' }, canGoOn: true });
    await at.sync.goOn(salesOps, publishId);
    await at.sync.idle();
    expect(await at.sync.show(salesOps, publishId)).toMatchObject({ state: 'done', error: null });
    await expect(at.sync.cancel(salesOps, publishId)).rejects.toMatchObject({ code: 'conflict' });
  });
});
