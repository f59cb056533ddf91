import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemo, type Demo } from '../../service/local/demo.ts';
import type { HostUser } from '../../service/local/host/startHost.ts';
import { orgOfTest } from '../kit/testOrg.ts';
import { openBrowser, openPage } from './browser.ts';
import { press, tabTo } from './keyboard.ts';

const START_MS = 240_000;
const STEP_MS = 90_000;
const SOON = { timeout: 20_000 };
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-e2e-inbox-'));
let demo: Demo;
let browser: Browser;
let users: { rep: string; manager: string; salesOps: string };
const complaints: string[] = [];

beforeAll(async () => {
  demo = await startDemo({ port: 0, dataDir, reset: false, say: () => {}, ...orgOfTest() });
  const known = (JSON.parse(readFileSync(demo.detailsFile, 'utf8')) as { users: HostUser[] }).users;
  const called = (title: RegExp) => known.find((user) => title.test(user.title))!.id;
  users = { rep: called(/Boston Metro/), manager: called(/^Regional Manager/), salesOps: called(/^Sales Op/) };
  browser = await openBrowser();
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(userId: string, url: string, width = 1440): Promise<Page> {
  const watched = await openPage(browser, demo.url, { userId, width, height: width < 500 ? 740 : 900 });
  watched.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await watched.page.goto(demo.url + url);
  return watched.page;
}
const accountUrl = (id: string) => `/lightning/r/Account/${id}/view`;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const rows = (page: Page) => page.locator('c-feedback-list > ul > li, c-feedback-list li:has(.what)');
const row = (page: Page, words: string) => rows(page).filter({ hasText: words });

async function pickIn(page: Page, box: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: box }).click();
  await page.getByRole('option', { name: option }).first().click();
}

/** The rep says on her account's page that it belongs elsewhere. */
async function say(page: Page, { id, words, to }: { id: string; words: string; to: RegExp }): Promise<void> {
  await page.goto(demo.url + accountUrl(id));
  await button(page, 'This is wrong').click();
  await pickIn(page, 'What is wrong?', /^I have the relationship/);
  await pickIn(page, 'Where does it belong?', to);
  await page.getByLabel('In your words').fill(words);
  await button(page, 'Send').click();
  await page.getByText(/It is with your manager, .*, due /).waitFor();
}

async function openInbox(userId: string): Promise<Page> {
  const page = await open(userId, '/');
  await button(page, 'Inbox').click();
  await page.locator('c-feedback-rules').getByText('Nothing is accepted by itself.').waitFor();
  return page;
}

describe('feedback is decided in the inbox', () => {
  let accounts: string[];

  test(
    'R4 at 360 px: “wrong, I cover that surgeon”, with a place; a manager meets it in her inbox',
    { timeout: STEP_MS },
    async () => {
      const home = await open(users.rep, '/lightning/page/home', 360);
      const links = home.locator('c-focus-list a');
      await links.first().waitFor();
      accounts = await links.evaluateAll((all) => all.map((link) => (link as HTMLElement).dataset['id'] ?? ''));
      for (const [i, id] of accounts.slice(0, 3).entries())
        await say(home, { id, words: `I cover that surgeon (${i}).`, to: /^Merrimack Valley/ });
      const wide = await home.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      await home.context().close();

      const inbox = await openInbox(users.manager);
      await inbox.getByText('Feedback: 3 for you to decide').waitFor();
      await inbox.context().close();
    },
  );

  test(
    'A4 by mouse: the effect on both territories, accepted into a draft; the rep sees it',
    { timeout: STEP_MS },
    async () => {
      const inbox = await openInbox(users.manager);
      const first = row(inbox, '(0)');
      await first.locator('c-target-bar').nth(1).waitFor();
      expect(await first.locator('c-target-bar .label').allTextContents()).toEqual([
        expect.stringContaining('Boston Metro'),
        expect.stringContaining('Merrimack Valley'),
      ]);
      await first.getByLabel('What do you tell who said it?').fill('She knows him best.');
      await first.getByRole('button', { name: 'Accept and move' }).click();
      await inbox.getByText('Accepted: it is a move in the draft “Accepted feedback”.').waitFor();
      await row(inbox, '(0)').getByText('It is a move in the draft “Accepted feedback”.').waitFor();
      // the draft is there to be looked at
      await inbox.locator('button[data-step=design]').click();
      await inbox.locator('c-design-step').waitFor();
      expect(await inbox.locator('header.top').textContent()).toContain('Accepted feedback');
      await inbox.context().close();

      const page = await open(users.rep, accountUrl(accounts[0]!), 360);
      await page.getByRole('tab', { name: 'Feedback', exact: true }).click();
      await row(page, '(0)')
        .getByText('It is in the next plan. Nothing changes in Salesforce before that is live.')
        .waitFor();
      await row(page, '(0)').getByText('“She knows him best.”').first().waitFor();
      await page.context().close();
    },
  );

  test(
    'A4 by keyboard: one is declined with the reason, one is passed on to whose it is',
    { timeout: STEP_MS },
    async () => {
      const inbox = await openInbox(users.manager);
      const field = /What do you tell who said it\?/;
      await inbox.locator('c-feedback-decision').nth(1).waitFor();
      await tabTo(inbox, field);
      const said = await rows(inbox).filter({ has: inbox.locator('c-feedback-decision') }).first().locator('.what').textContent(); // prettier-ignore
      await inbox.keyboard.type('It stays where it is.');
      await press(inbox, 'Decline');
      await inbox.getByText('Declined. Who said it reads why.').waitFor();
      await expect.poll(() => inbox.locator('c-feedback-decision').count(), SOON).toBe(1);
      expect(said).toBeTruthy();

      await press(inbox, 'Pass on…');
      await tabTo(inbox, /To whose territory does it belong\?/);
      await inbox.keyboard.press('Enter');
      await inbox.keyboard.press('Enter');
      await press(inbox, 'Pass it on');
      await inbox.getByText('It is with Sales Ops now.').waitFor();
      await expect.poll(() => inbox.locator('c-feedback-decision').count(), SOON).toBe(0);
      await inbox.context().close();

      const ops = await openInbox(users.salesOps);
      await ops.getByText('Feedback: 1 for you to decide').waitFor();
      await ops.locator('c-feedback-decision').waitFor();
      await ops.context().close();
    },
  );

  test('Sales Ops sets rules, and others read them', { timeout: STEP_MS }, async () => {
    const ops = await openInbox(users.salesOps);
    await ops.getByLabel('Decide within (days)').fill('3');
    await ops.getByLabel(/^Leave to Sales Ops/).fill('1');
    await button(ops, 'Save the rules').click();
    await ops.getByText('Saved. They hold for what is said from now on.').waitFor();
    await ops.context().close();
    const inbox = await open(users.manager, '/');
    await button(inbox, 'Inbox').click();
    await inbox.getByText('From $1 a year on Sales Ops decides. Everything else is due within 3 days.').waitFor();
    expect(await inbox.getByLabel('Decide within (days)').count()).toBe(0);
    await inbox.context().close();

    const page = await open(users.rep, accountUrl(accounts[3]!));
    await button(page, 'This is wrong').click();
    await pickIn(page, 'What is wrong?', /^I have the relationship/);
    await page.getByLabel('In your words').fill('Too big for one of us.');
    await button(page, 'Send').click();
    await page.getByText(/^Sent\. It is with Sales Ops, due /).waitFor();
    await page.context().close();
  });

  test('the browser had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
