import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { houseCommand } from '../../service/commands/run.ts';
import { parseCsv } from '../../service/core/csv.ts';
import { PlanWorld, type Refusal } from '../kit/planLife.ts';

const world = new PlanWorld();
let planId = '';
let publishId = '';
let moved: [string, string][] = [];

interface Coming {
  coming: {
    planName: string;
    effectiveOn: string | null;
    from: { territoryName: string; repName: string } | null;
    to: { territoryName: string; repName: string } | null;
    approvedBy: string[];
    reasons: string[];
    openDeals: number;
    deals: string;
  }[];
}
interface Progress {
  done: number;
  total: number;
  refused: number;
  pairs: { fromName: string; toName: string; done: number; total: number; dueOn: string; open: string[] }[];
}
interface Story {
  announced: {
    name: string;
    effectiveOn: string | null;
    lost: { with: string; zips: string[] }[];
    approvedBy: string[];
  } | null;
}

const data = () => ['--data', path.join(world.house.options.dataDir, 'service')];
const personOf = async (id: string) =>
  (await world.house.query<{ Name: string }>(`SELECT Name FROM User WHERE Id = '${id}'`))[0]!.Name;

beforeAll(async () => {
  await world.open();
  const { users } = world.house.sample.planted;
  const plan = await world.draft('Whole cycle', { count: 6 });
  planId = plan.id;
  await world.step(planId, 'submit', { note: 'Boston is overloaded.' });
  await world.step(planId, 'return', { by: world.manager, note: 'One ZIP too many.' });
  await world.step(planId, 'submit');
  await world.step(planId, 'announce', { by: world.manager });
  const { territories } = (await world.rep<{ territories: { id: string }[] }>('GET', `/api/users/${users.rep}/territory`)).json; // prettier-ignore
  await world.rep('POST', '/api/feedback', {
    territoryId: territories[0]!.id,
    reason: 'distance',
    text: 'Is it too far?',
  });
  await world.step(planId, 'approve', { by: world.manager, note: 'Agreed.' });
  await world.schedule(planId, world.day(1));
  moved = Object.entries(await world.movedBy(planId));
  await world.look();
});
afterAll(() => world.close());

describe('before it is live', () => {
  test('the rep reads on the account to whom, when and why, and nobody else does', async () => {
    const { users } = world.house.sample.planted;
    const account = moved[0]![0];
    const { json } = await world.rep<Coming>('GET', `/api/accounts/${account}/coming`);
    const [repName, toName, manager] = await Promise.all([users.rep, users.neighborRep, users.manager].map(personOf));
    expect(json.coming).toEqual([
      expect.objectContaining({
        planName: 'Whole cycle',
        effectiveOn: world.day(1),
        from: expect.objectContaining({ repName }) as object,
        to: expect.objectContaining({ repName: toName }) as object,
        approvedBy: [manager],
        deals: 'stay',
      }),
    ]);
    // nobody wrote a reason: what it does to the hours of both says it in figures
    expect(json.coming[0]!.reasons.join(' ')).toMatch(/uses \d+ % of its hours today and \d+ % with this plan/);
    const ids = (await world.house.query<{ Id: string }>("SELECT Id FROM User WHERE Title LIKE '%Rep%' ORDER BY Id")).map(({ Id }) => Id); // prettier-ignore
    for (const id of ids.filter((each) => each !== users.rep && each !== users.neighborRep).slice(0, 5)) {
      const other = await world.house.api(id)<Coming>('GET', `/api/accounts/${account}/coming`);
      expect(other.status === 404 || other.json.coming.length === 0).toBe(true);
    }
    const kept = (await world.rep<{ territories: { topAccounts: { id: string }[] }[] }>('GET', `/api/users/${users.rep}/territory`)).json.territories[0]!.topAccounts.find(({ id }) => !moved.some(([one]) => one === id))!; // prettier-ignore
    expect((await world.rep<Coming>('GET', `/api/accounts/${kept.id}/coming`)).json.coming).toEqual([]);
  });

  test('her page names the plan that is announced, its day and what goes', async () => {
    const { users } = world.house.sample.planted;
    const { territories } = (await world.rep<{ territories: { id: string }[] }>('GET', `/api/users/${users.rep}/territory`)).json; // prettier-ignore
    const { announced } = (await world.rep<Story>('GET', `/api/territories/${territories[0]!.id}/story`)).json;
    expect(announced).toMatchObject({ name: 'Whole cycle', effectiveOn: world.day(1) });
    expect(announced!.lost.flatMap(({ zips }) => zips)).toHaveLength(6);
  });
});

describe('what explains a plan', () => {
  test('its fairness in sentences without names, also for a rep whom it concerns and for nobody else', async () => {
    const url = `/api/alignments/${planId}/fairness`;
    const { json } = await world.ops<{ sentences: string[] }>('GET', url);
    expect(json.sentences[0]).toMatch(/^\d+ of 25 territories are within ±10 % of their target in hours of work; today \d+ of 25 are\.$/); // prettier-ignore
    expect(json.sentences.at(-1)).toMatch(/% of the accounts and [\d.]+ % of the sales change rep/);
    expect(json.sentences.join(' ')).not.toContain('Boston');
    expect((await world.rep('GET', url)).status).toBe(200);
    const { users } = world.house.sample.planted;
    const ids = (await world.house.query<{ Id: string }>("SELECT Id FROM User WHERE Title LIKE '%Rep%' ORDER BY Id")).map(({ Id }) => Id); // prettier-ignore
    const other = ids.find((id) => id !== users.rep && id !== users.neighborRep)!;
    expect((await world.house.api(other)('GET', url)).status).toBe(404);
  });

  test('a territory on paper: outline, figures, what changes, whom to ask, accounts that she may see', async () => {
    const { users } = world.house.sample.planted;
    const live = await world.live();
    const { id, name } = live.territories[world.indexOf(live, users.rep)]!;
    const { status, text } = await world.rep('GET', `/api/territories/${id}/sheet.pdf`);
    expect(status).toBe(200);
    expect(text.startsWith('%PDF-1.4')).toBe(true);
    for (const words of [
      name,
      'Market potential',
      'What changes next',
      'Whole cycle',
      'Goes to',
      'Questions',
      await personOf(users.manager),
    ])
      // prettier-ignore
      expect([words, text.includes(words)]).toEqual([words, true]);
    expect(text).toMatch(/ rg [^Q]* h B Q/);
    expect((await world.neighbor('GET', `/api/territories/${id}/sheet.pdf`)).status).toBe(404);
  });
});

describe('afterwards', () => {
  beforeAll(async () => {
    world.forward(1);
    await world.look();
    await world.look();
    const list = (await world.ops<{ publishes: { id: string; alignmentId: string }[] }>('GET', '/api/publishes')).json;
    publishId = list.publishes.find(({ alignmentId }) => alignmentId === planId)!.id;
  });

  test('the log of an account names who approved and who set the date', async () => {
    const { users } = world.house.sample.planted;
    const { moves } = (await world.ops<{ moves: { what: string; from: string; to: string; approvedBy: string | null }[] }>('GET', `/api/accounts/${moved[0]![0]}/owners`)).json; // prettier-ignore
    const [manager, ops] = await Promise.all([users.manager, users.salesOps].map(personOf));
    for (const move of moves) expect(move.approvedBy).toBe(`${manager}; date set by ${ops}`);
    expect(moves.map(({ what }) => what)).toContain('Change owner');
  });

  test('introductions are tasks of both reps, once, and their progress is read back from the org', async () => {
    const { users } = world.house.sample.planted;
    const url = `/api/publishes/${publishId}/introductions`;
    expect((await world.manager<Progress>('GET', url)).json).toMatchObject({ done: 0, total: 0 });
    const made = await world.ops<Progress & Refusal>('POST', url, { accounts: 'all' });
    expect([made.status, made.json.total, made.json.refused]).toEqual([200, moved.length, 0]);
    const tasks = await world.house.query<{ Id: string; OwnerId: string; WhatId: string; Description: string }>(
      `SELECT Id, OwnerId, WhatId, Description FROM Task WHERE WhatId IN (${moved.map(([id]) => `'${id}'`).join()}) ORDER BY Id`,
    );
    expect(tasks.length).toBe(2 * moved.length);
    expect(new Set(tasks.map(({ OwnerId }) => OwnerId))).toEqual(new Set([users.rep, users.neighborRep]));
    const withDeal = tasks.find(({ Description }) => Description.includes('Open deal:'));
    expect(withDeal === undefined || /\$[\d,]+/.test(withDeal.Description)).toBe(true);
    await world.ops('POST', url, { accounts: 'all' });
    const again = await world.house.query('SELECT Id FROM Task WHERE WhatId != null');
    expect(again.length).toBe(tasks.length);

    // both reps tick one account off in Salesforce
    for (const { Id } of tasks.filter(({ WhatId }) => WhatId === moved[0]![0]))
      await fetch(`${world.house.org.url}/services/data/v66.0/sobjects/Task/${Id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${world.house.options.orgToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ Status: 'Completed' }),
      });
    const { json } = await world.manager<Progress>('GET', url);
    expect([json.done, json.pairs.reduce((sum, { done }) => sum + done, 0)]).toEqual([1, 1]);
  });

  test('a whole cycle can be read from the log by somebody who was not there', async () => {
    const { text, json } = await houseCommand('audit', ['--team', world.teamId, '--plan', 'Whole cycle', ...data()]);
    const what = (json as { log: { what: string }[] }).log.map((each) => each.what);
    expect(what.filter((each) => each !== 'notified')).toEqual(['submitted', 'returned', 'submitted', 'announced', 'approved', 'scheduled', 'goingLive', 'wentLive', 'introductions', 'introductions']); // prettier-ignore
    for (const words of ['Boston is overloaded.', 'One ZIP too many.', 'Agreed.', 'Goes live on', 'Plan is live'])
      expect(text).toContain(words);
    const told = what.flatMap((each, k) => (each === 'notified' ? [k] : []));
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...told)).toBeLessThan(what.indexOf('wentLive'));

    const file = await houseCommand('audit', ['--team', world.teamId, '--csv', path.join(world.house.options.dataDir, 'audit.csv'), ...data()]); // prettier-ignore
    const { rows } = parseCsv(file.file ?? '', 'audit.csv');
    const lines = rows.map(({ cells }) => cells.join(' | '));
    for (const pattern of [
      /Plan made .*Whole cycle/,
      /Plan edited: 6 ZIPs/,
      /Feedback said \(distance\).*Is it too far/,
      /Plan approved .*Agreed/,
      /Person told/,
      /Change owner/,
      /Introductions asked for/,
    ])
      // prettier-ignore
      expect([pattern.source, lines.some((line) => pattern.test(line))]).toEqual([pattern.source, true]);
    const times = rows.map(({ cells }) => cells[0]!);
    expect(times).toEqual([...times].sort());
    const byHttp = await world.ops('GET', `/api/teams/${world.teamId}/audit.csv`);
    expect([byHttp.status, byHttp.text.split('\n').length]).toEqual([200, (file.file ?? '').split('\n').length]);
    expect((await world.manager('GET', `/api/teams/${world.teamId}/audit.csv`)).status).toBe(403);
  });

  test('nobody changes what is written down', async () => {
    const rows = (await world.life(planId)).steps.length;
    const { store } = world.service.house;
    await expect(store.db.execute('update plan_log set note = null')).rejects.toThrow();
    await expect(store.db.execute('delete from plan_log')).rejects.toThrow();
    expect((await world.life(planId)).steps).toHaveLength(rows);
  });
});
