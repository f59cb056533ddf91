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
import { choose, press, tabTo } from './keyboard.ts';
import { heldBy, without, type Held } from './heldRows.ts';
import { ownersOf, type OwnerRow } from './orgRows.ts';
import { walkTabs } from './recordKeys.ts';
import { HANDS, HOURS, listFigures, RANK, shownFigures, SITES, tellsItsWorth, tellsSites } from './repPage.ts';

const START_MS = 240_000;
const STEP_MS = 90_000;
/** A busy machine answers within this. */
const SOON = { timeout: 20_000 };
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-e2e-pages-'));
let demo: Demo;
let browser: Browser;
let users: { admin: string; rep: string; neighborRep: string; manager: string; salesOps: string };
const complaints: string[] = [];

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  const known = (JSON.parse(readFileSync(demo.detailsFile, 'utf8')) as { users: HostUser[] }).users;
  const called = (title: RegExp) => known.find((user) => title.test(user.title))!.id;
  users = {
    admin: called(/^Territory Admin/),
    rep: called(/Boston Metro/),
    neighborRep: called(/Merrimack Valley/),
    manager: called(/^Regional Manager/),
    salesOps: called(/^Sales Op/),
  };
  browser = await openBrowser();
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
async function open(userId: string, url: string, width = 1440): Promise<Page> {
  const watched = await openPage(browser, demo.url, { userId, width, height: width < 500 ? 740 : 900 });
  watched.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await watched.page.goto(demo.url + url);
  return watched.page;
}
const accountUrl = (id: string) => `/lightning/r/Account/${id}/view`;
/** Saves what a press offers, as text. */
async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readFileSync((await download.path())!, 'utf8');
}
/** The rep's account with most headroom, from her page. */
async function topAccount(page: Page): Promise<string> {
  return (await page.locator('c-focus-list a').first().getAttribute('data-id')) ?? '';
}

for (const width of [1440, 360]) {
  describe(`a rep at ${width} px`, () => {
    let page: Page;
    let hospital: string;

    test('R1: what is mine, what is it worth, am I treated fairly, without a click', { timeout: STEP_MS }, async () => {
      page = await open(users.rep, '/lightning/page/home', width);
      await page.locator('c-territory-map .leaflet-tile-loaded').first().waitFor();
      const told = await tellsItsWorth(page);
      expect(told).toMatch(RANK);
      expect(told).toMatch(HOURS);
      const [list] = await Promise.all([page.waitForEvent('download'), button(page, 'Save account list').click()]);
      expect(await shownFigures(page)).toEqual(await listFigures(list));
      await fits(page);
      hospital = await topAccount(page);
    });

    test(
      'prints a field plan: targets by tier, days of visits, and a calendar file',
      { timeout: STEP_MS },
      async () => {
        await tab(page, 'Field plan').click();
        const days = page.locator('c-field-plan details[data-day]');
        await days.first().waitFor();
        expect(await page.locator('c-field-plan tbody tr').count()).toBe(3);
        await days.first().locator('summary').click();
        await days.first().locator('li').first().waitFor();
        expect(await saved(page, 'Save to print (PDF)')).toMatch(/^%PDF-1\.4[\s\S]*Field plan, Boston Metro/);
        expect((await saved(page, 'Save for the calendar')).match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(50);
        await fits(page);
        await tab(page, 'Focus').click();
      },
    );

    test('R2: what does it do, and three nearby accounts as a day plan to print', { timeout: STEP_MS }, async () => {
      await page.locator('c-focus-list a').first().click();
      await page.waitForURL(`**${accountUrl(hospital)}`);
      expect(await tellsSites(page)).toEqual(SITES);
      await tab(page, 'Nearby').click();
      const boxes = page.locator('c-near-accounts input[type=checkbox]');
      await boxes.first().waitFor();
      for (const i of [0, 1, 2]) await boxes.nth(i).check();
      await button(page, 'Day plan with 4 visits').click();
      await page.getByText(/^4 visits, .* on the road, .* with customers\.$/).waitFor();
      expect(await page.locator('c-day-plan ol li').count()).toBe(4);
      expect(await saved(page, 'Save to print (PDF)')).toMatch(/^%PDF-1\.4[\s\S]*Day plan/);
      const calendar = await saved(page, 'Save for the calendar');
      expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(4);
      await fits(page);
    });

    test('the trend, the peers and the history have something to say', { timeout: STEP_MS }, async () => {
      await tab(page, 'Trend').click();
      await page.locator('c-account-trend tbody tr').first().waitFor();
      await tab(page, 'Against peers').click();
      await page
        .getByText(/^Number \d+ of \d+; average of the others/)
        .first()
        .waitFor();
      await tab(page, 'History').click();
      await page.getByText('Who had this account, and why').waitFor();
      await fits(page);
    });

    test('R4: “wrong, I cover that surgeon” goes to the manager with a date', { timeout: STEP_MS }, async () => {
      await button(page, 'This is wrong').click();
      await page.getByRole('combobox', { name: 'What is wrong?' }).click();
      await page.getByRole('option', { name: 'I have the relationship' }).click();
      await page.getByLabel('In your words').fill(`I cover that surgeon (${width}).`);
      await button(page, 'Send').click();
      await page.getByText(/It is with your manager, .*, due /).waitFor();
      await button(page, 'Close').click();
      await page.getByText(`I cover that surgeon (${width}).`).waitFor();

      const manager = await open(users.manager, `/lightning/r/User/${users.manager}/view`, width);
      const item = manager.locator('c-feedback-list li').filter({ hasText: `(${width})` });
      await item.waitFor();
      await item.getByLabel('What do you tell who said it?').fill('It stays where it is.');
      await item.getByRole('button', { name: 'Decline' }).click();
      await expect.poll(() => item.textContent(), SOON).toContain('declined it on');
      await manager.context().close();

      await page.reload();
      await tab(page, 'Feedback').click();
      await page.locator('c-feedback-list li').filter({ hasText: `(${width})` }).getByText('“It stays where it is.”').first().waitFor(); // prettier-ignore
      await page.context().close();
    });
  });
}

describe('A1: one hospital to a neighbour, its late-stage deal stays', () => {
  let accountId: string;
  let before: OwnerRow;
  /** What the whole CRM held before. */
  let start: Held;

  /** An account of the rep with an early and a late deal of hers. */
  async function withBothDeals(): Promise<string> {
    const rows = await ownersOf(demo.orgUrl, demo.orgToken, users.rep);
    const found = rows.find(({ deals }) => deals.some(({ isLate }) => isLate) && deals.some(({ isLate }) => !isLate));
    if (!found) throw new Error('The sample has no such account.');
    return found.id;
  }
  const owned = async (id: string) => {
    const rows = await ownersOf(demo.orgUrl, demo.orgToken, null);
    return rows.find((row) => row.id === id)!;
  };

  test('by mouse: both bars before saving, then the CRM holds exactly that', { timeout: STEP_MS }, async () => {
    const id = await withBothDeals();
    before = await owned(id);
    start = await heldBy(demo);
    const page = await open(users.admin, accountUrl(id));
    await button(page, 'Reassign').click();
    await page.getByText('This account only').click();
    await page.getByRole('combobox', { name: 'To which territory?' }).click();
    await page.getByRole('option', { name: /^Merrimack Valley/ }).click();
    await expect.poll(() => page.locator('c-reassign-panel c-target-bar').count(), SOON).toBe(2);
    await page.getByText('Early ones move, late ones stay').click();
    await expect.poll(() => page.locator('.deals strong').allTextContents(), SOON).toContain('moves');
    expect((await page.locator('.deals strong').allTextContents()).sort()).toEqual(
      before.deals.map(({ isLate }) => (isLate ? 'stays' : 'moves')).sort(),
    );
    expect(await owned(id)).toEqual(before);
    await page.getByLabel('Why? The reps read this').fill('Its surgeons moved north.');
    await page.locator('c-reassign-panel').getByRole('button', { name: 'Reassign', exact: true }).click();
    await page.getByText('The CRM was updated and read back.').waitFor({ timeout: STEP_MS });
    await page
      .getByText(/Assigned by name to Merrimack Valley/)
      .first()
      .waitFor();

    const after = await owned(id);
    expect(after.ownerId).toBe(users.neighborRep);
    for (const { id: deal, isLate } of before.deals)
      expect(after.deals.find((each) => each.id === deal)!.ownerId).toBe(isLate ? users.rep : users.neighborRep);
    // sister sites and everything else are as they were
    expect(without(await heldBy(demo), id)).toEqual(without(start, id));
    accountId = id;
    await tab(page, 'History').click();
    await page.getByText('Its surgeons moved north.').waitFor();
    await page.context().close();
  });

  test('the nightly sync keeps it', { timeout: STEP_MS }, async () => {
    const written = await heldBy(demo);
    const page = await open(users.salesOps, '/');
    await page.locator('[data-crm]').click();
    await page.locator('c-crm-panel [data-tab=automatic]').click();
    await button(page, 'Run now').click();
    await page.locator('c-sync-runs li').first().getByText('Nothing to do').waitFor({ timeout: STEP_MS });
    expect(await heldBy(demo)).toEqual(written);
    await page.context().close();
  });

  test.each(HANDS)(
    'R3 at %i px, by %s: the rep reads when it left, to whom and why',
    { timeout: STEP_MS },
    async (width, by) => {
      const page = await open(users.rep, '/lightning/page/home', width);
      if (by === 'mouse') await tab(page, 'What changed').click();
      else await walkTabs(page, 'Focus', ['Field plan', 'What changed']);
      const change = page.locator('c-territory-story .change').first();
      await change.waitFor();
      expect(await change.textContent()).toMatch(/Went to Merrimack Valley: /);
      expect(await change.textContent()).toContain('Why: Its surgeons moved north.');
      await page.context().close();
    },
  );

  test('by keyboard: the quick action gives it back, deals as before, and says why', { timeout: STEP_MS }, async () => {
    const page = await open(users.admin, accountUrl(accountId));
    await page.getByText('Rep:').waitFor();
    await press(page, 'Reassign territory');
    await page.locator('dialog c-reassign-panel').waitFor();
    await choose(page, 'To which territory?', /^Boston Metro/);
    await expect.poll(() => page.locator('dialog c-target-bar').count(), SOON).toBe(2);
    const late = page.getByRole('radio', { name: 'Early ones move, late ones stay' });
    await tabTo(page, /^All stay with their owner$/);
    for (let turn = 0; turn < 4 && !(await late.isChecked()); turn++) await page.keyboard.press('ArrowDown');
    expect(await late.isChecked()).toBe(true);
    await expect.poll(() => page.locator('.deals strong').allTextContents(), SOON).toContain('moves');
    await tabTo(page, 'Why? The reps read this', true);
    await page.keyboard.type('They moved back.');
    await press(page, 'Reassign');
    await page.getByText('The CRM was updated and read back.').waitFor({ timeout: STEP_MS });
    await expect.poll(() => heldBy(demo), SOON).toEqual(start);
    await expect.poll(() => page.locator('dialog').count(), SOON).toBe(0);
    await page.context().close();
  });
});

describe('what others see', () => {
  test('another rep meets name and place alone, and no figures', { timeout: STEP_MS }, async () => {
    const page = await open(users.rep, `/lightning/r/User/${users.neighborRep}/view`);
    await page.getByText(/^You see what it is called and where it lies/).waitFor();
    await page.locator('c-territory-map .leaflet-tile-loaded').first().waitFor();
    expect(await page.locator('c-user-territory').textContent()).not.toMatch(/\$|Hours used/);
    await page.context().close();
  });

  test('the browser complained about nothing on the way', () => {
    expect(complaints).toEqual([]);
  });
});
