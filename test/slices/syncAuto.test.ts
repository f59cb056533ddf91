import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordId } from '../../service/core/ids.ts';
import { settingsBody } from '../../service/sync/auto/schemas.ts';
import { AutoWorld, emptyAuto, Receiver } from '../kit/autoWorld.ts';
import { account, USER } from '../kit/smallOrg.ts';
import { AFTER, BEFORE, SyncFixture } from '../kit/syncFixture.ts';
import { PLAN, salesOps, TEAM } from '../kit/syncWorld.ts';

const at = new SyncFixture();
let world: AutoWorld;
let receiver: Receiver;
let hook: string;

beforeEach(async () => {
  await emptyAuto(at.store);
  world = new AutoWorld({ store: at.store, org: at.room, sync: at.sync, plans: at.plans }, '2026-01-10T00:00:00Z');
  receiver = new Receiver();
  hook = await receiver.open();
});
afterEach(async () => {
  await world.auto.close();
  await receiver.close();
});

describe('the schedule', () => {
  it('is off until somebody switches it on, and runs at the org time', async () => {
    await world.at('2026-01-11T12:00:00Z');
    expect(await world.runs()).toEqual([]);
    const saved = await world.set({ schedule: '0 2 * * *' });
    expect(saved).toMatchObject({ version: 1, timeZone: 'America/New_York', nextRunAt: '2026-01-12T07:00:00.000Z' });
    await world.at('2026-01-12T06:59:00Z');
    expect(await world.runs()).toEqual([]);
    await world.at('2026-01-12T07:00:10Z');
    expect(await world.runs()).toMatchObject([
      { trigger: 'schedule', state: 'done', counts: { add: 3, remove: 2, moved: 4 }, reason: '5 written, 0 not.' },
    ]);
    expect(await at.orgRows()).toEqual(AFTER);
    const [run] = await world.runs();
    expect(await at.sync.show(salesOps, run!.publishId!)).toMatchObject({
      origin: 'schedule',
      byName: 'Automatic sync',
      canTakeBack: true,
    });
    await world.at('2026-01-13T07:00:10Z');
    expect((await world.runs())[0]).toMatchObject({ state: 'nothing', publishId: null });
    expect(at.plans.live).toBe(PLAN);
  });
  it('makes up for missed nights with one run', async () => {
    await world.set({ schedule: '0 2 * * *' });
    await world.at('2026-01-20T20:00:00Z');
    expect((await world.runs()).map(({ trigger }) => trigger)).toEqual(['catchUp']);
    await world.at('2026-01-20T20:01:00Z');
    expect(await world.runs()).toHaveLength(1);
  });
  it('waits for the end of quiet hours and of a pause', async () => {
    await world.set({ schedule: '0 2 * * *', quiet: [{ from: '01:00', to: '05:00' }] });
    await world.at('2026-01-10T07:05:00Z');
    expect(await world.runs()).toEqual([]);
    await world.at('2026-01-10T10:00:00Z');
    expect(await world.runs()).toMatchObject([{ state: 'done' }]);
    await world.set({ schedule: '0 2 * * *', isPaused: true }, 1);
    await world.at('2026-01-14T10:00:00Z');
    expect(await world.runs()).toHaveLength(1);
    await world.set({ schedule: '0 2 * * *' }, 2);
    await world.at('2026-01-14T10:05:00Z');
    expect((await world.runs()).map(({ trigger }) => trigger)).toEqual(['catchUp', 'schedule']);
  });
  it('runs once for a refresh of the claims, not for the state it met first', async () => {
    await world.set({ schedule: null });
    await world.at('2026-01-10T01:00:00Z');
    expect(await world.runs()).toEqual([]);
    world.claims = 'claims 2';
    await world.at('2026-01-10T02:00:00Z');
    await world.at('2026-01-10T03:00:00Z');
    expect((await world.runs()).map(({ trigger }) => trigger)).toEqual(['claims']);
  });
});

describe('changes in the CRM', () => {
  it('puts back what somebody moved, and looks at each change once', async () => {
    at.plans.wishes = { 1: 'A', 2: 'A', 3: 'A', 4: 'A' };
    // the org stamps records by the real clock
    const start = Date.now();
    const iso = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
    world.ms = start;
    await world.set({ schedule: null, onChanges: true, pollMinutes: 5 });
    await world.at(iso(1));
    expect(await world.runs()).toEqual([]);
    const [row] = await at.room.associations({
      territoryIds: [recordId((await at.room.territories()).find(({ name }) => name === 'East A')!.id)],
      accountIds: [recordId(account(2))],
    });
    await at.room.deleteAssociations([row!.id]);
    await world.at(iso(3));
    expect(await world.runs(), 'not before five minutes are over').toEqual([]);
    await world.at(iso(7));
    const found = await world.runs();
    expect(found).toMatchObject([
      { trigger: 'changes', state: 'done', counts: { add: 1, remove: 0, moved: 1, accounts: 4 } },
    ]);
    expect(await at.orgRows()).toEqual(BEFORE);
    // our own write is met once more and is nothing; after that there is silence
    await world.at(iso(13));
    await world.at(iso(19));
    await world.at(iso(26));
    expect((await world.runs()).map(({ state }) => state)).toEqual(['nothing', 'done']);
  });
  it('finds a deleted account and leaves the rest', async () => {
    at.plans.wishes = { 1: 'A', 2: 'A', 3: 'A', 4: 'A' };
    const start = Date.now();
    world.ms = start;
    await world.set({ schedule: null, onChanges: true, pollMinutes: 1 });
    await world.at(new Date(start + 1_000).toISOString());
    await at.client().sobject('Account').destroy(account(3));
    delete at.plans.wishes[3];
    await world.at(new Date(start + 120_000).toISOString());
    expect((await world.runs())[0]).toMatchObject({ trigger: 'changes', state: 'nothing' });
  });
});

describe('the fuse', () => {
  const tight = (more: Record<string, unknown> = {}) =>
    world.set({
      schedule: '0 2 * * *',
      fuse: {},
      webhookUrl: hook,
      webhookSecret: 'a long enough secret',
      tellUserIds: [USER.director],
      ...more,
    });
  const stopped = async () => {
    await tight();
    await world.at('2026-01-11T07:00:00Z');
    return (await world.runs())[0]!;
  };
  it('stops before writing, tells by webhook and task, and asks once for the same', async () => {
    const run = await stopped();
    expect(run).toMatchObject({ state: 'waiting', publishId: null, finishedAt: null });
    expect(run.fuse.map(({ kind }) => kind)).toContain('moved');
    expect(run.reason).toContain('Nothing was written.');
    expect(await at.orgRows()).toEqual(BEFORE);
    const [message] = receiver.got;
    expect(JSON.parse(message!.body)).toMatchObject({ event: 'sync.waiting', runId: run.id, teamName: 'Sales' });
    const expected = createHmac('sha256', 'a long enough secret').update(message!.body).digest('hex');
    expect(message!.headers['x-bailiwick-signature']).toBe(`sha256=${expected}`);
    const tasks = await at.client().query('SELECT Subject, OwnerId, Description FROM Task');
    expect(tasks.records).toMatchObject([{ OwnerId: USER.director }]);
    expect(tasks.records[0]!['Subject']).toContain('waits for your answer');
    await world.at('2026-01-12T07:00:00Z');
    expect((await world.runs()).map(({ state }) => state)).toEqual(['skipped', 'waiting']);
    expect(receiver.got).toHaveLength(1);
    expect((await at.client().query('SELECT Id FROM Task')).totalSize).toBe(1);
  });
  it('lets exactly what was shown pass, once', async () => {
    const run = await stopped();
    await expect(world.auto.approve(salesOps, run.id, 'another')).rejects.toMatchObject({ code: 'preview_stale' });
    await world.auto.approve(salesOps, run.id, run.previewHash!);
    await world.auto.idle();
    expect(await world.auto.show(run.id)).toMatchObject({ state: 'done', byName: 'salesOps' });
    expect(await at.orgRows()).toEqual(AFTER);
    await expect(world.auto.approve(salesOps, run.id, run.previewHash!)).rejects.toMatchObject({ code: 'conflict' });
  });
  it('writes nothing where the CRM changed since it asked', async () => {
    const run = await stopped();
    const { id: eastB } = (await at.room.territories()).find(({ name }) => name === 'East B')!;
    await at.room.createAssociations([{ accountId: recordId(account(1)), territoryId: eastB }]);
    const before = await at.orgRows();
    await world.auto.approve(salesOps, run.id, run.previewHash!);
    await world.auto.idle();
    expect(await world.auto.show(run.id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('changed since the preview'),
    });
    expect(await at.orgRows()).toEqual(before);
  });
  it('is dismissed, or replaced by newer findings', async () => {
    const run = await stopped();
    at.plans.wishes = { ...at.plans.wishes, 2: 'B' };
    await world.at('2026-01-12T07:00:00Z');
    const [newer, older] = await world.runs();
    expect([newer!.state, older!.state]).toEqual(['waiting', 'skipped']);
    expect(await world.auto.dismiss(salesOps, newer!.id)).toMatchObject({ state: 'dismissed', byName: 'salesOps' });
    await expect(world.auto.dismiss(salesOps, run.id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await at.orgRows()).toEqual(BEFORE);
  });
  it('a corrupted ZIP sheet at night writes nothing and notifies', async () => {
    at.plans.wishes = { 1: 'A', 2: 'A', 3: 'A', 4: 'A' };
    await tight();
    await world.at('2026-01-11T07:00:00Z');
    expect((await world.runs())[0]).toMatchObject({ state: 'nothing' });
    // half of the ZIPs lose their digits, and one account would move
    at.plans.wishes = { 1: 'B', 2: '?', 3: '?', 4: 'A' };
    await world.at('2026-01-12T07:00:00Z');
    const [run] = await world.runs();
    expect(run).toMatchObject({ state: 'waiting' });
    expect(run!.fuse[0]).toMatchObject({ kind: 'vanished', n: 2, of: 4 });
    expect(await at.orgRows()).toEqual(BEFORE);
    expect(receiver.got).toHaveLength(1);
  });
  it('cannot be switched off', () => {
    for (const movedShare of [0, -1, 1.1, null])
      expect(settingsBody.safeParse({ version: 0, fuse: { movedShare } }).success).toBe(false);
  });
  it('stops at one late deal that would change owner', async () => {
    await at
      .client()
      .sobject('Opportunity')
      .update({
        Id: (await at.client().query("SELECT Id FROM Opportunity WHERE Name = 'Deal 1'")).records[0]!.Id!,
        StageName: 'Negotiation/Review',
      });
    await world.set({ schedule: '0 2 * * *', strategy: { owners: true, deals: 'move' } });
    await world.at('2026-01-11T07:00:00Z');
    expect((await world.runs())[0]).toMatchObject({ state: 'waiting', fuse: [{ kind: 'deals', n: 1 }] });
  });
});

describe('trouble', () => {
  it('a failed read is told, with three tries of the webhook and no redirect', async () => {
    await world.set({ schedule: '0 2 * * *', webhookUrl: hook });
    at.plans.live = null;
    await world.at('2026-01-11T07:00:00Z');
    expect((await world.runs())[0]).toMatchObject({ state: 'skipped' });
    at.plans.live = PLAN;
    at.local.faults.add({ kind: 'request', path: '/query', code: 'SERVER_UNAVAILABLE', times: 20 });
    receiver.answers = [500, 302];
    await world.at('2026-01-12T07:00:00Z');
    const [run] = await world.runs();
    expect(run).toMatchObject({ state: 'failed', publishId: null });
    expect(receiver.got).toHaveLength(3);
    expect(run!.notified).toEqual([expect.stringContaining('was told')]);
    expect(run!.reason).toContain('does not answer');
  });
  it('tells once that the changes cannot be read, and goes on by itself', async () => {
    await world.set({ schedule: null, onChanges: true, pollMinutes: 1, webhookUrl: hook });
    await world.at('2026-01-10T00:00:00Z');
    at.local.faults.add({ kind: 'request', pattern: '/query', code: 'SERVER_UNAVAILABLE', times: 200 });
    for (const minute of [2, 4, 6]) await world.at(`2026-01-10T00:0${minute}:00Z`);
    expect((await world.runs()).map(({ state }) => state)).toEqual(['failed']);
    expect(receiver.got).toHaveLength(1);
    at.local.faults.clear();
    await world.at('2026-01-10T00:08:00Z');
    expect((await world.runs()).map(({ state, trigger }) => [trigger, state])[0]).toEqual(['changes', 'done']);
  });
  it('one writes at a time: a run waits for a publish, and by hand it is refused', async () => {
    await world.set({ schedule: '0 2 * * *' });
    const first = await world.auto.runNow(salesOps, TEAM);
    await expect(world.auto.runNow(salesOps, TEAM)).rejects.toMatchObject({ code: 'conflict' });
    await world.auto.idle();
    expect(await world.auto.show(first.id)).toMatchObject({ trigger: 'person', state: 'done', byName: 'salesOps' });
  });
  it('a run that the service did not survive is noted, told and made up for', async () => {
    await world.set({ schedule: null });
    const { beginRun } = await import('../../service/sync/auto/store.ts');
    await beginRun(at.store, { teamId: TEAM, trigger: 'nightly', state: 'running', startedAt: new Date(world.ms) });
    await world.auto.resume();
    await world.at('2026-01-10T00:01:00Z');
    expect((await world.runs()).map(({ state, trigger }) => [trigger, state])).toEqual([
      ['catchUp', 'done'],
      ['nightly', 'failed'],
    ]);
  });
  it('two who save the settings: the second reads the first', async () => {
    await world.set();
    await expect(world.set()).rejects.toMatchObject({ code: 'conflict' });
    await expect(world.set({}, 2)).rejects.toMatchObject({ code: 'conflict' });
    expect(await world.set({ webhookSecret: null }, 1)).toMatchObject({
      version: 2,
      hasWebhookSecret: false,
      savedByName: 'salesOps',
    });
  });
  it.each([
    'http://example.com/x',
    'ftp://localhost/',
    'https://user:pw@example.com',
    'file:///etc/passwd',
    'nonsense',
  ])('refuses the webhook %s', (webhookUrl) =>
    expect(settingsBody.safeParse({ version: 0, webhookUrl }).success).toBe(false),
  );
});
