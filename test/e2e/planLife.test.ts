import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import jsforce from 'jsforce';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemo, type Demo } from '../../service/local/demo.ts';
import { orgOfTest } from '../kit/testOrg.ts';
import { waitFor } from '../kit/waitFor.ts';
import { openBrowser, openPage } from './browser.ts';
import { button, step } from './designPage.ts';
import { choose, press, tabTo } from './keyboard.ts';
import { associations, pairs } from './orgRows.ts';

const START_MS = 240_000;
const JOB_MS = 180_000;
const SALES_OPS = '0055g0000000002AAA';
const DAY_MS = 86_400_000;
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-life-'));
/** How far the service's clock is ahead: days go by when the test says so. */
let aheadMs = 0;
let demo: Demo;
let browser: Browser;
let ops: Page;
let people: { id: string; title: string; role: string }[];
const complaints: string[][] = [];
/** A busy machine answers within this. */
const SOON = { timeout: 20_000 };

const begin = () =>
  startDemo({
    ...{ port: 0, dataDir, reset: false, say: () => undefined, now: () => new Date(Date.now() + aheadMs) },
    ...orgOfTest(),
  });
const at = (where: string) => `${demo.url}${where}`;
/** A day of the org from today on, as the service's clock has it. */
const day = (from: number) =>
  new Date(Date.now() + aheadMs + from * DAY_MS).toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
const rows = () => associations(demo.orgUrl, demo.orgToken);
const query = async <Row extends Record<string, unknown>>(soql: string): Promise<Row[]> => {
  const connection = new jsforce.Connection({ instanceUrl: demo.orgUrl, accessToken: demo.orgToken, version: '66.0' });
  return (await connection.query<Row>(soql, { autoFetch: true, maxFetch: 200_000 })).records as Row[];
};
const differences = (a: readonly string[], b: readonly string[]) => {
  const [was, is] = [new Set(a), new Set(b)];
  return [...a.filter((key) => !is.has(key)), ...b.filter((key) => !was.has(key))];
};

async function as(userId: string, size: { width?: number; height?: number } = {}): Promise<Page> {
  const opened = await openPage(browser, demo.url, { userId, ...size });
  complaints.push(opened.complaints);
  return opened.page;
}
async function openPublish(page: Page): Promise<void> {
  await page.goto(at('/lightning/app/territories'));
  await page.locator('c-balance-bars tr[data-index]').first().waitFor();
  await step(page, 'publish');
}
async function pickOption(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).first().click();
}
const now = (page: Page) => page.locator('c-plan-life .place-now .name').textContent();
const setDate = (page: Page, iso: string) => page.locator('c-plan-life [data-date]').fill(iso);

beforeAll(async () => {
  demo = await begin();
  browser = await openBrowser();
  ({ users: people } = JSON.parse(readFileSync(demo.detailsFile, 'utf8')) as { users: typeof people });
  ops = await as(SALES_OPS);
}, START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a plan that goes live on its date', () => {
  let account: { id: string; name: string };
  let to = '';
  let before: string[];

  test('sales ops makes it by mouse and sends it to review', { timeout: JOB_MS }, async () => {
    before = pairs(await rows());
    await ops.goto(at('/lightning/app/territories'));
    await ops.locator('c-balance-bars tr[data-index]').first().waitFor();
    await step(ops, 'design');
    await button(ops, 'Start from today’s map').click();
    await ops.locator('c-compute-form').waitFor();
    await pickOption(ops, 'What should be computed', 'The best few moves');
    await pickOption(ops, 'Repair', 'Boston Metro');
    await button(ops, 'Fix it').click();
    await button(ops, 'Accept into the draft').click({ timeout: JOB_MS });
    await ops.locator('c-compare-step').waitFor();
    await step(ops, 'publish');
    await ops.locator('c-plan-life ol').waitFor();
    expect(await now(ops)).toBe('Draft');
    await ops.locator('c-plan-life textarea').fill('Boston has too much work.');
    await button(ops, 'Send to review').click();
    await expect.poll(() => now(ops), SOON).toBe('In review');
  });

  test(
    'the manager announces and approves it by keyboard (A4), and then nobody changes it',
    { timeout: JOB_MS },
    async () => {
      const manager = people.find(({ title }) => title.startsWith('Regional Manager'))!;
      const page = await as(manager.id);
      await openPublish(page);
      await page.locator('c-plan-life ol').waitFor();
      expect(await page.locator('c-plan-life').textContent()).toContain('Bastian Adeyru');
      await press(page, 'Announce to reps');
      await expect.poll(() => now(page), SOON).toBe('Announced');
      await tabTo(page, /^Note/);
      await page.keyboard.type('Good for New England.');
      await press(page, 'Approve');
      // one of the territories is in another branch: its manager has a say too
      await page.locator('c-plan-life').getByText('Still to be approved: Capital District.').first().waitFor();
      expect(await now(page)).toBe('Announced');
      const admin = await as(people.find(({ title }) => title.startsWith('Territory Admin'))!.id);
      await openPublish(admin);
      await button(admin, 'Approve').click();
      await expect.poll(() => now(admin), SOON).toBe('Approved');
      await admin.context().close();
      await openPublish(page);
      await expect.poll(() => now(page), SOON).toBe('Approved');
      await page.locator('c-plan-life').getByText('Nobody can change it').waitFor();
      const told = await page.locator('c-plan-life .place-now .who').textContent();
      expect(told).not.toContain('Bastian');
      await page.context().close();
    },
  );

  test(
    'the rep reads on the phone what leaves her: to whom and why (R3); the date is set by keyboard (S4)',
    { timeout: JOB_MS },
    async () => {
      const rep = people.find(({ title }) => title.includes('Boston Metro'))!;
      const phone = await as(rep.id, { width: 360, height: 780 });
      await phone.goto(at('/lightning/page/home'));
      await phone.getByRole('tab', { name: 'What changed', exact: true }).click();
      const next = phone.locator('c-territory-story .coming');
      await next.waitFor();
      expect(await next.textContent()).toMatch(/What changes soon\?.*Goes to .+ZIP/s);
      const story = (await next.textContent()) ?? '';
      const [, territory = '', first = ''] = /Goes to ([^:]+): [^;]*; ([^,.]+)/.exec(story) ?? [];
      to = territory;
      const like = `${first.replace(/'/g, "\\'")}%`;
      const found = await query<{ Id: string; Name: string }>(`SELECT Id, Name FROM Account WHERE Name LIKE '${like}'`);
      const named = found.find(({ Name }) => story.includes(Name))!;
      account = { id: named.Id, name: named.Name };

      await openPublish(ops);
      await ops.locator('c-plan-life [data-date]').waitFor();
      await tabTo(ops, /^Live from/);
      const [year, month, date] = day(2).split('-');
      await ops.keyboard.type(`${month}${date}${year}`);
      await press(ops, 'Set the date');
      await expect.poll(() => now(ops)).toBe('Scheduled');

      await phone.goto(at(`/lightning/r/Account/${account.id}/view`));
      const coming = phone.locator('c-account-coming section');
      await coming.waitFor();
      const text = (await coming.textContent()) ?? '';
      expect(text).toContain('This account changes hands on');
      expect(text).toContain(`Then`);
      expect(text).toContain(to);
      expect(text).toContain('Boston Metro');
      expect(text).toMatch(/approved by \w+/);
      expect(text).toMatch(/Why.+\d+ %/s);
      expect(text).toContain('Open deals');
      await expect(phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).resolves.toBe(true);
      await phone.context().close();
    },
  );

  test(
    'it goes live on its day with nobody present; an independent client finds it, and each rep was told once, before',
    { timeout: JOB_MS },
    async () => {
      await ops.context().close();
      expect(differences(before, pairs(await rows()))).toEqual([]);
      const tasks = () =>
        query<{ OwnerId: string }>(`SELECT OwnerId FROM Task WHERE Subject LIKE '%your accounts change%'`);
      const told = await waitFor(tasks, (all) => all.length >= 2, 60_000);
      expect(new Set(told.map(({ OwnerId }) => OwnerId)).size).toBe(told.length);
      aheadMs += 2 * DAY_MS;
      const after = await waitFor(rows, (all) => differences(before, pairs(all)).length > 0, 60_000);
      const names = new Map((await query<{ Id: string; Name: string }>('SELECT Id, Name FROM Territory2')).map(({ Id, Name }) => [Id, Name])); // prettier-ignore
      await waitFor(rows, (all) => all.filter(({ accountId }) => accountId === account.id).map(({ territoryId }) => names.get(territoryId)).includes(to)); // prettier-ignore
      expect(after.length).toBeGreaterThan(0);
      expect(await tasks()).toHaveLength(told.length);
    },
  );

  test('afterwards the history shows both owners and who approved', { timeout: JOB_MS }, async () => {
    ops = await as(SALES_OPS);
    await ops.goto(at(`/lightning/r/Account/${account.id}/view`));
    await ops.getByRole('tab', { name: 'History', exact: true }).click();
    const history = ops.locator('c-account-owners');
    await history.locator('li').first().waitFor();
    const text = (await history.textContent()) ?? '';
    expect(text).toContain(`Boston Metro → ${to}`);
    expect(text).toMatch(/approved by \w+ \w+; \w+ \w+; date set by Bastian Adeyru/);
    await expect(ops.locator('c-account-coming section').count()).resolves.toBe(0);
  });
});

describe('the handover', () => {
  test('introductions are tasks of both reps, and the manager sees how far they are', { timeout: JOB_MS }, async () => {
    await ops.goto(at('/lightning/app/territories'));
    await ops.locator('c-balance-bars tr[data-index]').first().waitFor();
    await ops.locator('[data-crm]').click();
    await ops.locator('c-run-list [data-run]').first().click();
    const list = ops.locator('c-introduction-list');
    await list.getByText('No tasks yet.').waitFor();
    await press(ops, 'Tasks for all accounts');
    await list.getByText(/^0 of \d+ introductions done/).waitFor({ timeout: JOB_MS });
    const tasks = await query<{ Id: string; WhatId: string }>(`SELECT Id, WhatId FROM Task WHERE WhatId != null`);
    const [first] = tasks;
    const connection = new jsforce.Connection({
      instanceUrl: demo.orgUrl,
      accessToken: demo.orgToken,
      version: '66.0',
    });
    for (const { Id } of tasks.filter(({ WhatId }) => WhatId === first!.WhatId))
      await connection.sobject('Task').update({ Id, Status: 'Completed' });
    await press(ops, 'Ask again');
    await list.getByText(/^1 of \d+ introductions done/).waitFor();
  });
});

describe('a rep on leave (A2)', () => {
  test(
    'the cover is split by keyboard, published alone, and comes back by itself after a restart',
    { timeout: 2 * JOB_MS },
    async () => {
      const before = pairs(await rows());
      await openPublish(ops);
      await press(ops, 'Leave cover');
      await choose(ops, 'Who is on leave?', 'Southern Tier');
      for (const [label, from] of [
        ['First day', 1],
        ['Back on', 85],
      ] as const) {
        await tabTo(ops, label);
        const [year, month, date] = day(from).split('-');
        await ops.keyboard.type(`${month}${date}${year}`);
      }
      await press(ops, 'Split the cover');
      const made = ops.locator('c-leave-covers .made');
      await made.waitFor({ timeout: JOB_MS });
      const shares = [...((await made.textContent()) ?? '').matchAll(/→ (\d+) % of the hours/g)].map(([, share]) =>
        Number(share),
      );
      expect(shares.length).toBeGreaterThan(1);
      expect(Math.max(...shares)).toBeLessThanOrEqual(115);
      await press(ops, 'Open this plan');
      await ops.locator('c-plan-life').getByText('It covers').waitFor();
      await press(ops, 'Send to review');
      await expect.poll(() => now(ops), SOON).toBe('In review');
      await press(ops, 'Approve without announcing');
      await expect.poll(() => now(ops)).toBe('Approved');
      await setDate(ops, day(1));
      await press(ops, 'Set the date');
      await expect.poll(() => now(ops)).toBe('Scheduled');
      await ops.context().close();

      aheadMs += DAY_MS;
      const names = new Map((await query<{ Id: string; Name: string }>('SELECT Id, Name FROM Territory2')).map(({ Id, Name }) => [Id, Name])); // prettier-ignore
      // two teams have a territory of this name; only one of them has a rep on leave
      const inTier = (all: readonly { territoryId: string }[]) =>
      [...names].filter(([, name]) => name === 'Southern Tier').map(([id]) => all.filter(({ territoryId }) => territoryId === id).length); // prettier-ignore
      const begun = await waitFor(rows, (all) => inTier(all).includes(0), 90_000);
      const touched = new Set(differences(before, pairs(begun)).map((pair) => names.get(pair.split(' ')[1] ?? '')));
      expect(touched.has('Southern Tier')).toBe(true);
      expect(touched.has('Boston Metro')).toBe(false);
      expect(touched.size).toBeLessThan(8);

      await demo.close();
      demo = await begin();
      aheadMs += 84 * DAY_MS;
      const ended = await waitFor(rows, (all) => differences(before, pairs(all)).length === 0, 120_000);
      expect(inTier(ended)).not.toContain(0);
      ops = await as(SALES_OPS);
      await openPublish(ops);
      await ops.locator('c-leave-covers summary').click();
      await ops
        .locator('c-leave-covers')
        .getByText(/Southern Tier: .*over/)
        .waitFor();
    },
  );

  test('the browser complained about nothing on the way', () => {
    expect(complaints.flat()).toEqual([]);
  });
});
