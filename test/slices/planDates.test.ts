import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { houseCommand } from '../../service/commands/run.ts';
import { Receiver } from '../kit/autoWorld.ts';
import { PlanWorld, type Refusal } from '../kit/planLife.ts';

const world = new PlanWorld();
beforeAll(() => world.open());
afterAll(() => world.close());

interface Task {
  Id: string;
  OwnerId: string;
  Subject: string;
  Description: string;
}
const tasks = (about: string) =>
  world.house.query<Task & Record<string, string>>(
    `SELECT Id, OwnerId, Subject, Description FROM Task WHERE Subject LIKE '%${about}%' ORDER BY Id`,
  );

async function approved(name: string, count = 2) {
  const plan = await world.draft(name, { count });
  for (const step of ['submit', 'announce', 'approve']) await world.step(plan.id, step);
  return plan;
}
describe('a plan with a date', () => {
  test('goes live by itself on its day and not before, and each rep concerned was told once, before', async () => {
    const { users } = world.house.sample.planted;
    const plan = await approved('New Year');
    await world.look();
    const told = await tasks('New Year');
    const reps = told.filter(({ Subject }) => Subject.includes('your accounts change'));
    expect(reps.map(({ OwnerId }) => OwnerId).sort()).toEqual([users.rep, users.neighborRep].sort());
    expect(reps[0]!.Description).toMatch(/get \d+ accounts? from|hand over \d+ accounts? to/);
    expect((await world.schedule(plan.id, world.day(2))).json.schedule).toMatchObject({ state: 'waiting' });
    const moved = await world.movedBy(plan.id);
    await world.look();
    expect((await world.plan(plan.id)).state).toBe('draft');

    world.forward(1);
    await world.look();
    expect((await world.plan(plan.id)).state).toBe('draft');
    world.forward(1);
    await world.look();
    await world.look();
    const life = await world.life(plan.id);
    expect([life.state, life.schedule?.state]).toEqual(['live', 'done']);
    // once, although it was announced, approved and scheduled; and read from the org, past the service
    expect((await tasks('New Year')).filter(({ Subject }) => Subject.includes('your accounts change'))).toHaveLength(2);
    const at = life.steps.find(({ what }) => what === 'notified')!.at;
    expect(Date.parse(at)).toBeLessThan(Date.parse(life.steps.find(({ what }) => what === 'wentLive')!.at));
    const after = await world.live();
    expect([after.id, after.owners]).toEqual([plan.id, plan.owners]);
    const rows = await world.inOrg(Object.keys(moved));
    expect(Object.keys(moved).length).toBeGreaterThan(0);
    for (const [accountId, to] of Object.entries(moved))
      expect([accountId, rows.get(accountId)]).toEqual([accountId, to]);
    // a second look finds nothing to do
    await world.look();
    const runs = (await world.ops<{ runs: { trigger: string; alignmentId: string }[] }>('GET', `/api/teams/${world.teamId}/sync-runs`)).json.runs; // prettier-ignore
    expect(runs.filter(({ alignmentId }) => alignmentId === plan.id)).toEqual([expect.objectContaining({ trigger: 'effectiveDate', state: 'done' })]); // prettier-ignore
  });

  test('its change passes the fuse as it was looked at; what came since does not', async () => {
    // seventy ZIPs are far more of one territory than a run may move unasked
    const plan = await approved('Big one', 70);
    const live = await world.live();
    const { id: territoryId } = live.territories[world.indexOf(live, world.house.sample.planted.users.rep)]!;
    const rows = await world.house.query(
      `SELECT Id FROM ObjectTerritory2Association WHERE Territory2Id = '${territoryId}'`,
    );
    expect(Object.keys(await world.movedBy(plan.id)).length / rows.length).toBeGreaterThan(0.1);
    await world.schedule(plan.id, world.day(1));
    world.forward(1);
    await world.look();
    expect((await world.plan(plan.id)).state).toBe('live');

    const next = await approved('Next one', 1);
    await world.schedule(next.id, world.day(1));
    // meanwhile somebody takes a whole territory's accounts out in Salesforce: writing them again is more than was seen
    const other = next.territories.find((each) => each!.repId === null || ![world.house.sample.planted.users.rep, world.house.sample.planted.users.neighborRep].includes(each!.repId))!; // prettier-ignore
    await world.emptyInOrg(other.id);
    world.forward(1);
    await world.look();
    await world.look();
    const waiting = await world.life(next.id);
    expect(waiting).toMatchObject({ state: 'draft', schedule: { state: 'running', reason: expect.stringContaining('Nothing was written') as string } }); // prettier-ignore
    expect((await tasks('Next one')).some(({ Subject }) => Subject.includes('waits for your answer'))).toBe(true);
    const { runId } = waiting.schedule!;
    const { previewHash } = (await world.ops<{ previewHash: string }>('GET', `/api/sync-runs/${runId}`)).json;
    expect((await world.ops('POST', `/api/sync-runs/${runId}/approve`, { previewHash })).status).toBe(202);
    await world.look();
    await world.look();
    expect((await world.life(next.id)).schedule?.state).toBe('done');
    expect((await world.plan(next.id)).state).toBe('live');
  });

  test('an approval that is taken back one second before stops it; nothing is written', async () => {
    const plan = await approved('One second');
    await world.schedule(plan.id, world.day(1));
    world.forward(1);
    const revoked = await world.step(plan.id, 'revoke', { note: 'The merger is off.' });
    expect(revoked.json).toMatchObject({ stage: 'announced', schedule: null });
    await world.look();
    expect(await world.plan(plan.id)).toMatchObject({ state: 'draft', stage: 'announced' });

    // between the look at the clock and the write: the claim is made in the transaction that notes the publish
    await world.step(plan.id, 'approve');
    await world.schedule(plan.id, world.day(0));
    const { sync } = world.service.house;
    const planned = sync.planned;
    const writes = (await world.house.query('SELECT Id FROM ObjectTerritory2Association')).length;
    Object.assign(sync, {
      planned: async (...args: Parameters<typeof planned>) => {
        const found = await planned(...args);
        await world.step(plan.id, 'revoke', { note: 'At the last moment.' });
        return found;
      },
    });
    await world.look();
    Object.assign(sync, { planned });
    await world.look();
    const life = await world.life(plan.id);
    expect([life.state, life.stage, life.schedule]).toEqual(['draft', 'announced', null]);
    expect(life.steps.some(({ what }) => what === 'wentLive')).toBe(false);
    expect((await world.house.query('SELECT Id FROM ObjectTerritory2Association')).length).toBe(writes);
    const [run] = (await world.ops<{ runs: { state: string; publishId: string | null }[] }>('GET', `/api/teams/${world.teamId}/sync-runs`)).json.runs; // prettier-ignore
    expect(run).toMatchObject({ state: 'skipped', publishId: null });
  });

  test('a day that was missed is made up for after a restart, and said so', async () => {
    const plan = await approved('Missed');
    await world.schedule(plan.id, world.day(1));
    world.forward(3);
    await world.restart();
    await world.look();
    const life = await world.life(plan.id);
    expect(life.state).toBe('live');
    expect(life.steps.find(({ what }) => what === 'goingLive')?.note).toContain('made up for');
  });

  test('what fails stays scheduled with the reason, is told to who set it and to the webhook, and can be tried again', async () => {
    const receiver = new Receiver();
    const url = `/api/teams/${world.teamId}/sync-settings`;
    const { version, settings } = (await world.ops<{ version: number; settings: object }>('GET', url)).json;
    await world.ops('PUT', url, { ...settings, version, webhookUrl: await receiver.open() });
    const plan = await approved('Unlucky');
    await world.schedule(plan.id, world.day(1));
    world.forward(1);
    const { sync } = world.service.house;
    const { planned } = sync;
    Object.assign(sync, { planned: () => Promise.reject(new Error('the network is gone')) });
    await world.look();
    Object.assign(sync, { planned });
    const failed = await world.life(plan.id);
    expect(failed).toMatchObject({ state: 'draft', stage: 'scheduled', schedule: { state: 'failed', reason: expect.stringContaining('network is gone') as string } }); // prettier-ignore
    expect(failed.can).toContain('tryAgain');
    await world.look();
    expect((await tasks('did not go live')).map(({ OwnerId }) => OwnerId)).toEqual([world.house.sample.planted.users.salesOps]); // prettier-ignore
    expect(receiver.got.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toContain('plan.trouble');
    expect((await world.plan(plan.id)).state).toBe('draft');
    expect((await world.ops('POST', `/api/alignments/${plan.id}/try-again`)).status).toBe(200);
    await world.look();
    await world.look();
    expect((await world.plan(plan.id)).state).toBe('live');
    expect((await world.ops<Refusal>('POST', `/api/alignments/${plan.id}/try-again`)).status).toBe(409);
    await receiver.close();
    const now = (await world.ops<{ version: number; settings: object }>('GET', url)).json;
    await world.ops('PUT', url, { ...now.settings, version: now.version, webhookUrl: null });
  });

  test('the command line publishes no plan that nobody approved', async () => {
    await world.settings({ approvalRequired: true });
    await world.draft('From the shell');
    const data = path.join(world.house.options.dataDir, 'service');
    const team = ['--team', world.teamId, '--plan', 'From the shell', '--data', data];
    await expect(houseCommand('publish', team)).rejects.toThrow('only approved plans');
    expect((await houseCommand('publish', [...team, '--dry-run'])).exit).toBe(0);
    await world.settings({ approvalRequired: false });
  });
});

describe('the automatic sync', () => {
  test('publishes no ZIP sheet of the night where only approved plans are published; its draft can be approved', async () => {
    await world.settings({ approvalRequired: true });
    const inbox = path.join(world.house.options.dataDir, 'service', 'inbox');
    mkdirSync(inbox, { recursive: true });
    const live = await world.live();
    const [move] = world.movesOf(live, 1);
    const rows = world.zips.map((zip, unit) => `${zip},${zip === move!.unit ? move!.to : (live.territories[live.owners[unit]!]?.id ?? '')}`); // prettier-ignore
    const sheet = ['zip,territory', ...rows.filter((row) => !row.endsWith(','))].join('\n');
    writeFileSync(path.join(inbox, 'night.csv'), sheet);
    const url = `/api/teams/${world.teamId}`;
    const now = (await world.ops<{ version: number; settings: object }>('GET', `${url}/sync-settings`)).json;
    await world.ops('PUT', `${url}/sync-settings`, { ...now.settings, version: now.version, sheetName: 'night.csv' });
    const { id } = (await world.ops<{ id: string }>('POST', `${url}/sync-runs`)).json;
    await world.service.house.auto.idle();
    const run = (await world.ops<{ state: string; reason: string; publishId: string | null }>('GET', `/api/sync-runs/${id}`)).json; // prettier-ignore
    expect(run).toMatchObject({ state: 'failed', publishId: null, reason: expect.stringContaining('only approved plans') as string }); // prettier-ignore
    expect((await world.live()).id).toBe(live.id);
    const { alignments } = (await world.ops<{ alignments: { id: string; name: string; state: string }[] }>('GET', `/api/alignments?team=${world.teamId}`)).json; // prettier-ignore
    const draft = alignments.find(({ name, state }) => name === 'From night.csv' && state === 'draft')!;
    for (const step of ['submit', 'announce', 'approve']) await world.step(draft.id, step);
    expect((await world.publish(draft.id)).status).toBe(202);
    expect((await world.plan(draft.id)).state).toBe('live');
    await world.settings({ approvalRequired: false });
  });
});

describe('messages', () => {
  test('a crash between the org and our note neither doubles nor loses one', async () => {
    const { users } = world.house.sample.planted;
    const plan = await world.draft('Crash');
    await world.step(plan.id, 'submit');
    await world.step(plan.id, 'announce');
    const { notices } = await world.life(plan.id);
    expect(notices.filter(({ kind }) => kind === 'change').map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    // the org makes the tasks and the answer is lost: as after a crash, nothing is noted here
    const { org } = world.service.house;
    const createTasks = org.createTasks;
    Object.assign(org, {
      createTasks: async (...args: Parameters<typeof createTasks>) => {
        await createTasks(...args);
        throw new Error('gone');
      },
    });
    await world.look();
    Object.assign(org, { createTasks });
    const before = await tasks('Crash');
    expect(before.map(({ OwnerId }) => OwnerId)).toContain(users.rep);
    expect((await world.life(plan.id)).notices.map(({ state }) => state)).toContain('waiting');
    await world.restart();
    await world.look();
    expect((await tasks('Crash')).map(({ Id }) => Id)).toEqual(before.map(({ Id }) => Id));
    expect((await world.life(plan.id)).notices.map(({ state }) => state)).not.toContain('waiting');
  });

  test('a team can do without them', async () => {
    await world.settings({ tellReps: false, tellManagers: false });
    const plan = await approved('Silent');
    await world.look();
    expect(await tasks('Silent')).toEqual([]);
    expect((await world.life(plan.id)).notices).toEqual([]);
    await world.settings({ tellReps: true, tellManagers: true });
  });
});
