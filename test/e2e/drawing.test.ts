import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import {
  button,
  changed,
  design,
  drag,
  isOff,
  openDesign,
  pick,
  place,
  saved,
  step,
  tab,
  tool,
  undoAll,
  values,
} from './designPage.ts';
import { disjointMerges, overlapIsAsked } from './twoPeople.ts';
import { press, tabTo } from './keyboard.ts';

const START_MS = 240_000;
const TEST_MS = 90_000;
const ADMIN = '0055g0000000001AAA';
const SALES_OPS = '0055g0000000002AAA';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-drawing-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

const HOME = 'Merrimack Valley';
const designing = (on: Page) => openDesign(on, demo.url, HOME);

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  browser = await openBrowser();
  ({ page, complaints } = await openPage(browser, demo.url, { userId: ADMIN }));
  await designing(page);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** South-west of the picked territory, where another one begins. */
const CORNER = [
  [0.18, 0.55],
  [0.36, 0.55],
  [0.36, 0.78],
  [0.18, 0.78],
] as const;

describe('drawing', () => {
  test(
    'every tool moves the bars before it is let go, and undo brings back the start',
    { timeout: TEST_MS },
    async () => {
      const start = await values(page);
      const strokes: [string, (readonly [number, number])[]][] = [
        ['lasso', [...CORNER, CORNER[0]]],
        ['box', [CORNER[0], CORNER[2]]],
        ['county', [CORNER[0], CORNER[1]]],
        ['brush1', [CORNER[3], CORNER[2]]],
        ['brush2', [CORNER[3], CORNER[2]]],
        ['brush3', [CORNER[0], CORNER[3]]],
      ];
      for (const [name, places] of strokes) {
        await tool(page, name);
        expect([name, (await drag(page, places)) >= 2]).toEqual([name, true]);
        await expect.poll(() => isOff(page, 'Undo'), { message: name }).toBe(false);
        await button(page, 'Undo').click();
        await expect.poll(() => values(page), { message: name }).toEqual(start);
      }
    },
  );

  test(
    'a click takes a county; a swap changes sides and leaves the number of others alone',
    { timeout: TEST_MS },
    async () => {
      await tool(page, 'county');
      await page.mouse.click(...(await place(page, 0.25, 0.68)));
      await expect.poll(() => changed(page)).toBe(2);
      await undoAll(page);
      await tool(page, 'box');
      await design(page).locator('[data-value=swap]').click();
      await drag(page, [
        [0.3, 0.4],
        [0.5, 0.75],
      ]);
      expect(await changed(page)).toBe(2);
      await undoAll(page);
      await design(page).locator('[data-value=give]').click();
    },
  );

  test('a finger draws a lasso and does not move the page', { timeout: TEST_MS }, async () => {
    await tool(page, 'lasso');
    const session = await page.context().newCDPSession(page);
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: readonly [number, number]) => {
      const [x, y] = at ? await place(page, ...at) : [0, 0];
      await session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x, y }] : [] });
    };
    await touch('touchStart', CORNER[0]);
    for (const corner of [...CORNER.slice(1), CORNER[0]]) await touch('touchMove', corner);
    await expect.poll(() => changed(page)).toBeGreaterThanOrEqual(2);
    expect(await isOff(page, 'Undo')).toBe(true);
    await touch('touchEnd');
    await expect.poll(() => isOff(page, 'Undo')).toBe(false);
    await undoAll(page);
  });

  test('what lies apart is told and repaired as one step', { timeout: TEST_MS }, async () => {
    await tool(page, 'brush1');
    await page.mouse.click(...(await place(page, 0.12, 0.75)));
    await design(page).getByText('apart from the rest').waitFor();
    await button(page, 'Repair').click();
    await expect.poll(() => design(page).getByText('apart from the rest').count()).toBe(0);
    await button(page, 'Undo').click();
    await design(page).getByText('apart from the rest').waitFor();
    await undoAll(page);
  });

  test('unsaved moves and steps outlive a reload', { timeout: TEST_MS }, async () => {
    const start = await values(page);
    await tool(page, 'box');
    await drag(page, [CORNER[0], CORNER[2]]);
    await design(page).getByText('moved, not saved yet').waitFor();
    const drawn = await values(page);
    await designing(page);
    await design(page).getByText('moved before and not saved: on the map again').waitFor();
    expect(await values(page)).toEqual(drawn);
    await button(page, 'Undo').click();
    await expect.poll(() => values(page)).toEqual(start);
    await saved(page);
  });
});

describe('two people on one draft', () => {
  test('disjoint edits merge, the rest is shown with who did it, nothing is lost', { timeout: TEST_MS }, async () => {
    const other = await openPage(browser, demo.url, { userId: SALES_OPS });
    await designing(other.page);
    await disjointMerges({ mine: page, theirs: other.page });
    const zip = await overlapIsAsked({ mine: page, theirs: other.page }, HOME);

    // what the other one sees after a reload is what both made
    await designing(other.page);
    await pick(other.page, 'Central Massachusetts');
    await tab(other.page, 'units');
    await other.page.locator('c-unit-table input[type=search]').fill(zip);
    await expect.poll(() => other.page.locator('c-unit-table tbody th').count()).toBe(1);
    expect(other.complaints.filter((text) => !/409/.test(text))).toEqual([]);
    await other.page.context().close();
  });
});

describe('the table twin, by keyboard', () => {
  test(
    'a target of 70 % is given in the table and moves every bar; the picked row is the picked territory',
    { timeout: TEST_MS },
    async () => {
      await tab(page, 'table');
      await press(page, `Edit ${HOME}`);
      // the name has the focus now
      await tabTo(page, `Target of ${HOME} in % of a full seat`);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('70');
      await press(page, 'Save');
      const row = page.locator('c-territory-table tr[data-index]').filter({ hasText: HOME });
      await row.filter({ hasText: '70 %' }).waitFor();
      await row.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => row.getAttribute('aria-selected')).toBe('true');
      await tab(page, 'scatter');
      await expect
        .poll(() => page.locator('c-plan-scatter g[aria-pressed=true]').getAttribute('aria-label'))
        .toContain(HOME);
    },
  );

  test('a locked territory keeps its ZIPs, and the stroke says so', { timeout: TEST_MS }, async () => {
    await tab(page, 'table');
    await press(page, 'Lock Central Massachusetts');
    await design(page).getByText('Locked: 1 territory.').waitFor();
    await tab(page, 'bars');
    await pick(page, HOME);
    await tool(page, 'box');
    const start = await values(page);
    const [[x1, y1], [x2, y2]] = await Promise.all([place(page, 0.2, 0.6), place(page, 0.34, 0.76)]);
    await page.mouse.move(x1, y1);
    await page.mouse.down();
    await page.mouse.move(x2, y2, { steps: 8 });
    await page.mouse.up();
    await design(page).getByText('stayed: Central Massachusetts is locked').waitFor();
    expect(await values(page)).toEqual(start);
    await tab(page, 'table');
    await press(page, 'Unlock Central Massachusetts');
    await expect.poll(() => design(page).getByText('Locked: 1 territory.').count()).toBe(0);
  });

  test('one account is given away from its ZIP, listed, and let go again', { timeout: TEST_MS }, async () => {
    await tab(page, 'bars');
    await pick(page, HOME);
    await tab(page, 'units');
    await page.locator('c-unit-table [data-key=accounts]').click();
    await page
      .locator('c-unit-table')
      .getByRole('button', { name: /^Accounts of/ })
      .first()
      .click();
    const accounts = page.locator('c-unit-accounts');
    const target = accounts.locator('tr[data-account] select').first();
    await target.selectOption({ index: 1 });
    await accounts.getByText('of calls and cases go from').waitFor();
    await accounts.locator('[data-do=give]').first().click();
    await accounts.locator('tr[data-held]').first().waitFor();
    await design(page).getByText('1 account held by name.').waitFor();
    await accounts.locator('tr[data-held]').getByRole('button').click();
    await accounts.getByText('every one follows its ZIP').waitFor();
    // the same from the map: the tool opens the accounts of the ZIP that is clicked
    const first = await accounts.locator('h3').first().textContent();
    await tool(page, 'pick');
    await page.mouse.click(...(await place(page, 0.5, 0.3)));
    await expect.poll(() => accounts.locator('h3').first().textContent()).not.toBe(first);
    await tool(page, 'box');
  });

  test('a finder goes from one ZIP without a territory to the next', { timeout: TEST_MS }, async () => {
    await tab(page, 'bars');
    await press(page, /^Next unassigned ZIP/);
    await design(page)
      .getByText(/^1 of \d+: \d{5} .+ has no territory\.$/)
      .waitFor();
    await page.keyboard.press('Enter');
    await design(page)
      .getByText(/^2 of \d+: /)
      .waitFor();
  });
});

describe('comparing', () => {
  test(
    'two versions of the draft: who gains and who loses, and a map of the difference',
    { timeout: TEST_MS },
    async () => {
      await step(page, 'compare');
      const panel = page.locator('c-compare-step');
      await panel.getByText('What changes for whom').waitFor();
      expect(await panel.locator('li').count()).toBeGreaterThanOrEqual(2);
      await button(page, 'Difference').click();
      await page.locator('c-territory-map li').filter({ hasText: 'keeps its territory' }).waitFor();
      await button(page, 'By rep').click();
      expect(await panel.locator('li:has(.who)').first().textContent()).toContain('accounts');
      await panel.getByText('Compare other plans or versions').click();
      const choose = async (label: string, option: RegExp) => {
        await page.getByRole('combobox', { name: label, exact: true }).click();
        await page.getByRole('option', { name: option }).first().click();
      };
      await choose('Before', /Draft of/);
      await choose('Before: version', /The plan as it began/);
      await button(page, 'Compare these').click();
      await panel.getByRole('heading', { name: /version 1/ }).waitFor();
      expect(await isOff(page, 'Prepare to publish')).toBe(true);
      expect(complaints.filter((text) => !/409/.test(text))).toEqual([]);
    },
  );
});
