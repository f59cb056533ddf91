import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { houseCommand } from '../../service/commands/run.ts';
import { parseCsv } from '../../service/core/csv.ts';
import { createRetention } from '../../service/planning/retention.ts';
import { openStore } from '../../service/store/store.ts';
import { feedback, feedbackSteps } from '../../service/store/tables/feedback.ts';
import { planLog, planSettings } from '../../service/store/tables/planning.ts';
import { PlanWorld } from '../kit/planLife.ts';

const world = new PlanWorld();
beforeAll(() => world.open());
afterAll(() => world.close());

const YEAR_DAYS = 366;

/** What the log of plans and everything else that is exported says, a line each. */
async function audit(): Promise<string[]> {
  const data = path.join(world.house.options.dataDir, 'service');
  const { file } = await houseCommand('audit', ['--team', world.teamId, '--csv', path.join(data, 'audit.csv'), '--data', data]); // prettier-ignore
  return parseCsv(file ?? '', 'audit.csv').rows.map(({ cells }) => cells.join(' | '));
}
const removals = async () => (await audit()).filter((line) => line.includes('Kept no longer'));
const said = async () => (await world.rep<{ feedback: { text: string }[] }>('GET', '/api/feedback')).json.feedback.map(({ text }) => text); // prettier-ignore

describe('what a team keeps no longer', () => {
  let dropped = '';
  let published = '';

  beforeAll(async () => {
    const { users } = world.house.sample.planted;
    const own = (await world.live()).territories[world.indexOf(await world.live(), users.rep)]!.id;
    const say = (text: string, reason: string) => world.rep<{ id: string }>('POST', '/api/feedback', { territoryId: own, reason, text }); // prettier-ignore
    const { id } = (await say('Cohasset is an hour away.', 'distance')).json;
    await world.manager('POST', `/api/feedback/${id}/decision`, { verdict: 'declined', text: 'It stays.' });
    await say('Hull is far too.', 'distance');
    dropped = (await world.draft('Never mind')).id;
    await world.step(dropped, 'submit');
    await world.look();
    await world.step(dropped, 'drop');
    published = (await world.draft('In force')).id;
    await world.publish(published);
    await world.publish((await world.draft('In force after it')).id);
    await world.look();
  });

  test('is everything by default, and at least one year', async () => {
    const url = `/api/teams/${world.teamId}/plan-settings`;
    const { settings } = (await world.ops<{ settings: { keepYears: number | null } }>('GET', url)).json;
    expect(settings.keepYears).toBeNull();
    for (const keepYears of [0, -1, 1.5, 101]) expect((await world.settings({ keepYears })).status).toBe(400);
    world.forward(3 * YEAR_DAYS);
    await world.look();
    expect(await removals()).toEqual([]);
    expect((await world.plan(dropped)).state).toBe('archived');
  });

  test('goes on the day after the rule was saved, and not before', async () => {
    expect((await world.settings({ keepYears: 4 })).status).toBe(200);
    world.forward(1);
    await world.look();
    expect(await removals()).toEqual([]);
    expect((await world.settings({ keepYears: 2 })).status).toBe(200);
    await world.look();
    expect(await removals()).toEqual([]);
    world.forward(1);
    await world.look();
    const [line, ...more] = await removals();
    expect(more).toEqual([]);
    expect(line).toMatch(/Older than 2 years, removed: closed feedback: 1; messages: [1-9]\d*; dropped drafts: 1\. \| Retention \| Bailiwick/); // prettier-ignore
  });

  test('takes closed feedback, messages and dropped drafts; what is open and what was live stays', async () => {
    expect(await said()).toEqual(['Hull is far too.']);
    expect((await world.ops('GET', `/api/alignments/${dropped}`)).status).toBe(404);
    expect(await world.life(published)).toMatchObject({ state: 'archived', notices: [] });
    expect((await world.live()).name).toBe('In force after it');
  });

  test('leaves the logs as they were, and is over with one look a day', async () => {
    const lines = await audit();
    for (const pattern of [
      /Plan sent to review .*Never mind/,
      /Plan closed .*Never mind/,
      /Plan is live .*In force/,
      /Person told/,
    ])
      // prettier-ignore
      expect([`${pattern}`, lines.some((line) => pattern.test(line))]).toEqual([`${pattern}`, true]);
    expect(lines.some((line) => line.includes('Cohasset'))).toBe(false);
    await world.restart();
    world.forward(1);
    await world.look();
    expect(await removals()).toHaveLength(1);
  });
});

test('much of it goes in several small transactions, each noted; nothing else deletes a step', async () => {
  const store = await openStore();
  const [at, by] = [new Date('2020-01-01'), { byId: 'u', byName: 'Ana' }];
  await store.db.insert(planSettings).values({ teamId: 't', version: 1, settings: { keepYears: 1 }, at, ...by });
  const one = { teamId: 't', territoryId: 'a', territoryName: 'A', reason: 'other', text: 'x', at, dueAt: at, ...by };
  const closed = { ...one, state: 'declined' as const, decidedAt: at };
  const moving = { ...one, state: 'accepted' as const, decidedAt: at, draftId: crypto.randomUUID() };
  const rows = [...Array.from({ length: 450 }, () => closed), moving, { ...one, state: 'open' as const }];
  const made = await store.db.insert(feedback).values(rows).returning();
  const step = { at, what: 'said' as const, ...by };
  await store.db.insert(feedbackSteps).values(made.map(({ id }) => ({ ...step, feedbackId: id })));
  await expect(store.db.delete(feedbackSteps)).rejects.toThrow();
  const ports = { removeDropped: () => Promise.resolve(0) };
  const log = (message: string) => expect.fail(message);
  await createRetention({ store, ports, now: () => new Date('2026-11-30'), log }).look();
  const notes = (await store.db.select().from(planLog).orderBy(planLog.id)).map(({ note }) => note);
  expect(notes).toEqual([200, 200, 50].map((n) => `Older than 1 year, removed: closed feedback: ${n}; messages: 0; dropped drafts: 0.`)); // prettier-ignore
  expect(await store.db.$count(feedback)).toBe(2);
  expect(await store.db.$count(feedbackSteps)).toBe(2);
  await expect(store.db.delete(feedbackSteps)).rejects.toThrow();
  await store.close();
});
