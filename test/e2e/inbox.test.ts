import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import type { HostUser } from '../../service/local/host/startHost.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import { fits } from './fits.ts';
import { accountUrl, pickIn, pressButton, reassignByHand, row, waiting } from './inboxPage.ts';
import { holdsFocus, press } from './keyboard.ts';
import { associations, pairs } from './orgRows.ts';
import { answerSaid, goToAccount, passOn, sayWrong, walkTabs } from './recordKeys.ts';

const START_MS = 240_000;
const STEP_MS = 120_000;
const SOON = { timeout: 20_000 };
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-e2e-inbox-'));
let demo: Demo;
let browser: Browser;
let users: { rep: string; manager: string; salesOps: string };
const complaints: string[] = [];
/** What the rep's list names, the greatest headroom first. */
let accounts: string[];

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
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
const written = async () => pairs(await associations(demo.orgUrl, demo.orgToken));

/** The rep says on her account's page that it belongs elsewhere. */
async function say(page: Page, { id, words, to }: { id: string; words: string; to: RegExp }): Promise<void> {
  await page.goto(demo.url + accountUrl(id));
  await pressButton(page, 'This is wrong');
  await pickIn(page, 'What is wrong?', /^I have the relationship/);
  await pickIn(page, 'Where does it belong?', to);
  await page.getByLabel('In your words').fill(words);
  await pressButton(page, 'Send');
  await page.getByText(/It is with your manager, .*, due /).waitFor();
}

async function openInbox(userId: string): Promise<Page> {
  const page = await open(userId, '/');
  await pressButton(page, 'Inbox');
  await page.locator('c-feedback-rules').getByText('Nothing is accepted by itself.').waitFor();
  return page;
}
/** How much the manager has to decide, as her inbox says it. */
async function managersCount(): Promise<number> {
  const inbox = await openInbox(users.manager);
  const count = await waiting(inbox);
  await inbox.context().close();
  return count;
}

describe('R4: “wrong, I cover that surgeon”', () => {
  test('at 360 px, by mouse: with a place; a manager meets it in her inbox', { timeout: STEP_MS }, async () => {
    const home = await open(users.rep, '/lightning/page/home', 360);
    const links = home.locator('c-focus-list a');
    await links.first().waitFor();
    accounts = await links.evaluateAll((all) => all.map((link) => (link as HTMLElement).dataset['id'] ?? ''));
    expect(await managersCount()).toBe(0);
    for (const [i, id] of accounts.slice(0, 3).entries())
      await say(home, { id, words: `I cover that surgeon (${i}).`, to: /^Merrimack Valley/ });
    await fits(home);
    await home.context().close();
    expect(await managersCount()).toBe(3);
  });

  test.each([
    [360, 3],
    [1440, 4],
    [360, 5],
  ])(
    'at %i px, by keyboard: her inbox has one more, and nobody gives it away by hand',
    { timeout: STEP_MS },
    async (width, nth) => {
      const before = await managersCount();
      const start = await written();
      const page = await open(users.rep, '/lightning/page/home', width);
      const id = await goToAccount(page, nth);
      expect(id).toBe(accounts[nth]);
      await fits(page);
      await sayWrong(page, `I cover that surgeon (${nth}).`, /^Merrimack Valley/);
      await fits(page);
      expect(await reassignByHand(page, demo, id)).toBe(403);
      expect(await written()).toEqual(start);
      await press(page, 'Close');
      await holdsFocus(page);
      await row(page, `(${nth})`).waitFor();
      await fits(page);
      await page.context().close();
      expect(await managersCount()).toBe(before + 1);
    },
  );
});

describe('A4: six pieces of feedback are decided in the inbox', () => {
  /** The design step shows the account in the other territory. */
  async function inDraft(inbox: Page, id: string): Promise<void> {
    const held = inbox.locator(`c-unit-accounts tr[data-held="${id}"]`);
    await held.waitFor();
    expect((await held.locator('td').allInnerTexts())[2]).toBe('Merrimack Valley');
  }

  test(
    'by mouse: the effect on both territories, accepted into a draft; the rep sees it',
    { timeout: STEP_MS },
    async () => {
      const inbox = await openInbox(users.manager);
      expect(await waiting(inbox)).toBe(6);
      const first = row(inbox, '(0)');
      await first.locator('c-target-bar').nth(1).waitFor();
      expect(await first.locator('c-target-bar .label').allTextContents()).toEqual([
        expect.stringContaining('Boston Metro'),
        expect.stringContaining('Merrimack Valley'),
      ]);
      await fits(inbox);
      await first.getByLabel('What do you tell who said it?').fill('She knows him best.');
      await first.getByRole('button', { name: 'Accept and move' }).click();
      await inbox.getByText('Accepted: it is a move in the draft “Accepted feedback”.').waitFor();
      await row(inbox, '(0)').getByText('It is a move in the draft “Accepted feedback”.').waitFor();
      // the draft is there to be looked at
      await inbox.locator('button[data-step=design]').click();
      await inbox.locator('c-design-step').waitFor();
      expect(await inbox.locator('header.top').textContent()).toContain('Accepted feedback');
      await inbox.getByRole('tab', { name: 'Accounts', exact: true }).click();
      await inDraft(inbox, accounts[0]!);
      await inbox.context().close();

      const page = await open(users.rep, accountUrl(accounts[0]!), 360);
      await page.getByRole('tab', { name: 'Feedback', exact: true }).click();
      await row(page, '(0)').getByText('It is in the next plan. Nothing changes in Salesforce before that is live.').waitFor(); // prettier-ignore
      await row(page, '(0)').getByText('“She knows him best.”').first().waitFor();
      await fits(page);
      await page.context().close();
    },
  );

  test(
    'by mouse: one is declined with the reason; one is not hers, and she is told whose',
    { timeout: STEP_MS },
    async () => {
      const inbox = await openInbox(users.manager);
      const second = row(inbox, '(1)');
      await second.getByLabel('What do you tell who said it?').fill('It stays for this year.');
      await second.getByRole('button', { name: 'Decline' }).click();
      await second.getByText('declined it on').waitFor();
      const third = row(inbox, '(2)');
      await third.getByRole('button', { name: 'Pass on…' }).click();
      await third.getByRole('combobox', { name: 'To whose territory does it belong?' }).click();
      await third.getByRole('option', { name: /^Capital District/ }).click();
      await third.getByRole('button', { name: 'Pass it on' }).click();
      await inbox.getByText(/^It is with .+ now, for Capital District\.$/).waitFor();
      await fits(inbox);
      expect(await waiting(inbox)).toBe(3);
      await inbox.context().close();
    },
  );

  test('by keyboard: accepted, declined with the reason, passed on to whose it is', { timeout: STEP_MS }, async () => {
    const inbox = await open(users.manager, '/');
    await inbox.locator('c-balance-bars tr[data-index]').first().waitFor();
    await press(inbox, /^Inbox/);
    await row(inbox, '(3)').locator('c-target-bar').nth(1).waitFor();
    await answerSaid(inbox, row(inbox, '(3)'), { answer: 'You know her best.', verdict: 'Accept and move' });
    await row(inbox, '(3)').getByText('It is a move in the draft “Accepted feedback”.').waitFor();
    await answerSaid(inbox, row(inbox, '(4)'), { answer: 'It stays where it is.', verdict: 'Decline' });
    await passOn(inbox, row(inbox, '(5)'), /^Sales Ops/);
    await inbox.getByText('It is with Sales Ops now.').waitFor();
    expect(await waiting(inbox)).toBe(0);
    await press(inbox, /Design$/);
    await inbox.locator('c-design-step').waitFor();
    await walkTabs(inbox, 'Bars', ['Hours', 'Table', 'ZIPs', 'Scatter', 'Accounts']);
    await inDraft(inbox, accounts[3]!);
    await inbox.context().close();

    for (const [nth, words] of [
      [3, 'It is in the next plan. Nothing changes in Salesforce before that is live.'],
      [4, '“It stays where it is.”'],
    ] as const) {
      const page = await open(users.rep, accountUrl(accounts[nth]!), 360);
      await page.getByText('Rep:').waitFor();
      await walkTabs(page, 'Procedures', ['Trend', 'Against peers', 'Nearby', 'History', 'Feedback']);
      await row(page, `(${nth})`).getByText(words).first().waitFor();
      await fits(page);
      await page.context().close();
    }
    const ops = await openInbox(users.salesOps);
    await row(ops, '(5)').locator('c-feedback-decision').waitFor();
    await ops.context().close();
  });

  test(
    'by mouse: the region is approved and nobody changes it; the rep sees every decision',
    { timeout: STEP_MS },
    async () => {
      const page = await open(users.manager, '/');
      await page.locator('c-balance-bars tr[data-index]').first().waitFor();
      await page.locator('button[data-step=publish]').click();
      const life = page.locator('c-plan-life');
      const now = () => life.locator('.place-now .name').textContent();
      for (const [does, stage] of [
        ['Send to review', 'In review'],
        ['Announce to reps', 'Announced'],
        ['Approve', 'Approved'],
      ] as const) {
        await life.getByRole('button', { name: does, exact: true }).click();
        await expect.poll(now, SOON).toBe(stage);
      }
      await life.getByText('Nobody can change it').waitFor();
      await page.locator('button[data-step=design]').click();
      await page.locator('c-design-step').waitFor();
      expect(await page.getByRole('button', { name: 'Fix it', exact: true }).count()).toBe(0);
      await page.context().close();

      const rep = await open(users.rep, '/lightning/page/home', 360);
      await rep.getByRole('tab', { name: 'Feedback', exact: true }).click();
      for (const [nth, words] of [
        [0, 'accepted it on'],
        [1, 'declined it on'],
        [2, /with .+, due/],
        [3, 'accepted it on'],
        [4, 'declined it on'],
        [5, /with Sales Ops, due/],
      ] as const)
        await row(rep, `(${nth})`).getByText(words).first().waitFor();
      await fits(rep);
      await rep.context().close();
    },
  );
});

describe('rules of the inbox', () => {
  test('Sales Ops sets them, and others read them', { timeout: STEP_MS }, async () => {
    const ops = await openInbox(users.salesOps);
    await ops.getByLabel('Decide within (days)').fill('3');
    await ops.getByLabel(/^Leave to Sales Ops/).fill('1');
    await pressButton(ops, 'Save the rules');
    await ops.getByText('Saved. They hold for what is said from now on.').waitFor();
    await ops.context().close();
    const inbox = await open(users.manager, '/');
    await pressButton(inbox, 'Inbox');
    await inbox.getByText('From $1 a year on Sales Ops decides. Everything else is due within 3 days.').waitFor();
    expect(await inbox.getByLabel('Decide within (days)').count()).toBe(0);
    await inbox.context().close();

    const page = await open(users.rep, accountUrl(accounts[6]!));
    await pressButton(page, 'This is wrong');
    await pickIn(page, 'What is wrong?', /^I have the relationship/);
    await page.getByLabel('In your words').fill('Too big for one of us.');
    await pressButton(page, 'Send');
    await page.getByText(/^Sent\. It is with Sales Ops, due /).waitFor();
    await page.context().close();
  });

  test('the browser had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
