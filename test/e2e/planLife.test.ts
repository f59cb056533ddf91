import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import jsforce from 'jsforce';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { waitFor } from '../kit/waitFor.ts';
import { openBrowser, openPage } from './browser.ts';
import { button, step } from './designPage.ts';
import { fits } from './fits.ts';
import { heldBy, regionOf, withRegionBack, type Held } from './heldRows.ts';
import { holdsFocus, press, tabTo } from './keyboard.ts';
import { associations, ownersOf, pairs } from './orgRows.ts';
import { DAY_MS, dayFrom, now, openPublish, pickOption, typeDay } from './planPage.ts';
import { comingStory, HANDS, openAccount, plainDay } from './repPage.ts';
import { walkTabs } from './recordKeys.ts';
import { service } from './serviceSide.ts';

const START_MS = 240_000;
const JOB_MS = 180_000;
const SALES_OPS = '0055g0000000002AAA';
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

const begin = () => startFilledDemo(dataDir, { now: () => new Date(Date.now() + aheadMs) });
const at = (where: string) => `${demo.url}${where}`;
/** A day of the org from today on, as the service's clock has it. */
const day = (from: number) => dayFrom(Date.now() + aheadMs, from);
const rows = () => associations(demo.orgUrl, demo.orgToken);
const query = async <Row extends Record<string, unknown>>(soql: string): Promise<Row[]> => {
  const connection = new jsforce.Connection({ instanceUrl: demo.orgUrl, accessToken: demo.orgToken, version: '66.0' });
  return (await connection.query<Row>(soql, { autoFetch: true, maxFetch: 200_000 })).records as Row[];
};
const differences = (a: readonly string[], b: readonly string[]) => {
  const [was, is] = [new Set(a), new Set(b)];
  return [...a.filter((key) => !is.has(key)), ...b.filter((key) => !was.has(key))];
};

const repOf = (territory: string): string => people.find(({ title }) => title.includes(territory))!.id;
async function as(userId: string, size: { width?: number; height?: number } = {}): Promise<Page> {
  const opened = await openPage(browser, demo.url, { userId, ...size });
  complaints.push(opened.complaints);
  return opened.page;
}
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

/** What the CRM held before the plan. */
let start: Held;

describe('a plan that goes live on its date', () => {
  let account: { id: string; name: string; to: string };
  let to = '';
  let before: string[];

  /** An account with open deals that leaves the rep, and to where. */
  async function leavesWithDeals(page: Page): Promise<typeof account> {
    const { read } = await service(page, demo);
    for (const { id } of await ownersOf(demo.orgUrl, demo.orgToken, repOf('Boston Metro'))) {
      type Coming = { to: { territoryName: string } };
      const [coming] = (await read<{ coming: Coming[] }>(`/accounts/${id}/coming`)).coming;
      const [named] = await query<{ Name: string }>(`SELECT Name FROM Account WHERE Id = '${id}'`);
      // whom it goes to reads about it afterwards
      const isUser = people.some(({ title }) => coming && title.includes(coming.to.territoryName));
      if (coming && isUser) return { id, name: named!.Name, to: coming.to.territoryName };
    }
    throw new Error('No account with open deals leaves the rep.');
  }

  test('sales ops makes it by mouse and sends it to review', { timeout: JOB_MS }, async () => {
    before = pairs(await rows());
    start = await heldBy(demo);
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
      await openPublish(page, demo.url);
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
      await openPublish(admin, demo.url);
      await button(admin, 'Approve').click();
      await expect.poll(() => now(admin), SOON).toBe('Approved');
      await admin.context().close();
      await openPublish(page, demo.url);
      await expect.poll(() => now(page), SOON).toBe('Approved');
      await page.locator('c-plan-life').getByText('Nobody can change it').waitFor();
      const told = await page.locator('c-plan-life .place-now .who').textContent();
      expect(told).not.toContain('Bastian');
      await page.context().close();
    },
  );

  test('the rep is told what leaves her (R3)', { timeout: JOB_MS }, async () => {
    const phone = await as(repOf('Boston Metro'), { width: 360, height: 780 });
    const story = await comingStory(phone, at('/lightning/page/home'));
    expect(story).toMatch(/What changes soon\?.*Goes to .+ZIP/s);
    account = await leavesWithDeals(phone);
    to = account.to;
    expect(story).toContain(`Goes to ${to}`);
    await fits(phone);
    await phone.context().close();
  });

  test('the date is set by keyboard (S4)', { timeout: JOB_MS }, async () => {
    await openPublish(ops, demo.url);
    await ops.locator('c-plan-life [data-date]').waitFor();
    await typeDay(ops, /^Live from/, day(2));
    await press(ops, 'Set the date');
    await expect.poll(() => now(ops), SOON).toBe('Scheduled');
    await holdsFocus(ops);
  });

  test.each(HANDS)(
    'R3 at %i px, by %s: to whom, when, why, and what the deal does',
    { timeout: JOB_MS },
    async (width, by) => {
      const page = await as(repOf('Boston Metro'), { width, height: width < 500 ? 780 : 900 });
      expect(await comingStory(page, at('/lightning/page/home'), by)).toContain(`Goes to ${to}`);
      await openAccount(page, account.name, by);
      const coming = page.locator('c-account-coming section');
      await coming.waitFor();
      const text = (await coming.textContent()) ?? '';
      expect(text).toContain(`This account changes hands on ${plainDay(day(2))}`);
      expect(text).toMatch(/Now.+, Boston Metro/s);
      expect(text).toMatch(new RegExp(`Then.+, ${to} \\(\\d+ % → \\d+ % of the hours\\)`, 's'));
      expect(text).toMatch(/approved by \w+/);
      expect(text).toMatch(/Why.+\d+ %/s);
      expect(text).toMatch(/Open deals\d+ deals?: stays? with (its|their) owner/);
      await fits(page);
      await page.context().close();
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

  test.each(HANDS)(
    'afterwards, at %i px by %s: the history has both owners and who approved',
    { timeout: JOB_MS },
    async (width, by) => {
      const page = await as(repOf(to), { width, height: width < 500 ? 780 : 900 });
      await page.goto(at('/lightning/page/home'));
      await openAccount(page, account.name, by);
      await page.getByText('Rep:').waitFor();
      if (by === 'mouse') await page.getByRole('tab', { name: 'History', exact: true }).click();
      else await walkTabs(page, 'Procedures', ['Trend', 'Against peers', 'Nearby', 'History']);
      const history = page.locator('c-account-owners');
      await history.locator('li').first().waitFor();
      const text = (await history.textContent()) ?? '';
      expect(text).toContain(`Boston Metro → ${to}`);
      expect(text).toMatch(/approved by \w+ \w+; \w+ \w+; date set by Bastian Adeyru/);
      expect(await page.locator('c-account-coming section').count()).toBe(0);
      await fits(page);
      await page.context().close();
    },
  );
});

describe('the handover', () => {
  test('introductions are tasks of both reps, and the manager sees how far they are', { timeout: JOB_MS }, async () => {
    ops = await as(SALES_OPS);
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

  test(
    'one region is taken back by keyboard; an independent client finds its former state (S4)',
    { timeout: JOB_MS },
    async () => {
      const live = await heldBy(demo);
      const region = await regionOf(demo, 'Upstate and West');
      const wanted = withRegionBack(start, live, region);
      expect(wanted.pairs).not.toEqual(live.pairs);
      const list = ops.locator('c-take-back-preview');
      await press(ops, 'Take it back');
      await list.locator('[data-tab=undo]').waitFor({ timeout: JOB_MS });
      await press(ops, 'Only some territories');
      await tabTo(ops, 'Upstate and West');
      await ops.keyboard.press('Space');
      await expect.poll(() => list.getByLabel('Capital District', { exact: true }).isChecked(), SOON).toBe(true);
      await list.locator('[data-tab=undo]').waitFor({ timeout: JOB_MS });
      await fits(ops);
      await press(ops, 'Take it back');
      await ops.getByRole('dialog').waitFor();
      await press(ops, 'Take it back');
      await ops.getByText('as they were before').waitFor({ timeout: JOB_MS });
      expect(await heldBy(demo)).toEqual(wanted);
    },
  );
});

describe('the whole way', () => {
  test('the browser complained about nothing on it', () => {
    expect(complaints.flat()).toEqual([]);
  });
});
