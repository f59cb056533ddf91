import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import { choose, press, tabTo } from './keyboard.ts';
import { walkTabs } from './recordKeys.ts';

const START_MS = 240_000;
const JOB_MS = 120_000;
const SALES_OPS = '0055g0000000002AAA';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-decisions-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

const button = (name: string) => page.getByRole('button', { name, exact: true });
const figures = () => page.locator('c-balance-bars .value').allTextContents();
/** What the bars of changed territories say, where it is more than 115 % of the hours. */
async function touchedHours(): Promise<string[]> {
  const touched = page.locator('c-balance-bars tr.row-changed');
  expect(await touched.count()).toBeGreaterThan(1);
  const texts = await touched.allInnerTexts();
  return texts.filter((text) => Number(/(\d+) %/.exec(text)?.[1] ?? 999) > 115);
}
/** Finds an account of the metro by name, by keyboard, and wants it to stay; answers its name. */
async function keepOne(): Promise<string> {
  await press(page, /^Accounts that stay with their rep: none/);
  await tabTo(page, 'Find an account that stays with its rep');
  await page.keyboard.type('boston');
  const list = page.locator('c-kept-accounts [role=option]');
  await list.filter({ hasText: 'Boston Metro' }).first().waitFor();
  const at = page.locator('c-kept-accounts [role=option][aria-selected=true]');
  while (!(await at.innerText()).includes('Boston Metro')) await page.keyboard.press('ArrowDown');
  const name = (await at.locator('.label').innerText()).trim();
  await page.keyboard.press('Enter');
  await page.getByText('Accounts that stay with their rep: 1 by name').waitFor();
  await page.locator('c-kept-accounts li', { hasText: name }).getByText('stays in Boston Metro').waitFor();
  return name;
}

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  browser = await openBrowser();
  ({ page, complaints } = await openPage(browser, demo.url, { userId: SALES_OPS }));
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('decisions with the engine, as sales operations, by keyboard and by mouse', () => {
  test('few moves bring the overloaded metro back, each with its gain', { timeout: JOB_MS }, async () => {
    await page.goto(`${demo.url}/lightning/app/territories`);
    await page.locator('c-balance-bars tr[data-index]').first().waitFor();
    await press(page, /Design$/);
    await press(page, 'Start from today’s map');
    await page.locator('c-compute-form').waitFor();
    const start = await figures();
    await choose(page, 'What should be computed', 'The best few moves');
    await choose(page, 'Repair', 'Boston Metro');
    const kept = await keepOne();
    await press(page, 'Fix it');
    const result = page.locator('c-proposal-result');
    await result.waitFor({ timeout: JOB_MS });
    const moves = await result.locator('li').allTextContents();
    expect(moves.length).toBeGreaterThan(0);
    expect(moves.length).toBeLessThanOrEqual(5);
    for (const text of moves) expect(text).toMatch(/of 25 are then on target/);
    await result.getByText(`${kept} stays with Boston Metro`).waitFor();
    const metro = page.locator('c-balance-bars tr[data-index]').filter({ hasText: 'Boston Metro' });
    expect(await metro.textContent()).not.toMatch(/13\d %/);
    await press(page, 'Reject');
    await page.getByText(/kept where (it is|they are)/).waitFor({ timeout: JOB_MS });
    expect(await result.locator('li').allTextContents()).not.toEqual(moves);
    await press(page, 'Accept into the draft');
    await page.locator('c-compare-step').waitFor();
    await press(page, /Design$/);
    await page.locator('c-design-step').waitFor();
    await walkTabs(page, 'Bars', ['Hours', 'Table', 'ZIPs', 'Scatter', 'Accounts']);
    const held = page.locator('c-unit-accounts tr[data-held]').filter({ hasText: kept });
    expect((await held.locator('td').allInnerTexts())[2]).toBe('Boston Metro');
    for (let turn = 0; turn < 5; turn++) await page.keyboard.press('ArrowLeft');
    await page.locator('c-balance-bars').waitFor();
    const repaired = await figures();
    expect(await touchedHours()).toEqual([]);
    await press(page, 'Undo');
    await expect.poll(figures).toEqual(start);
    await press(page, 'Redo');
    await expect.poll(figures).toEqual(repaired);
    await press(page, /Compare$/);
    await page.locator('c-compare-step').waitFor();
  });

  test('plans to choose from: a picture, a table, and one is taken', { timeout: JOB_MS }, async () => {
    await press(page, 'Compute plans to choose from');
    const picker = page.locator('c-trade-off-picker');
    await picker.locator('svg').waitFor({ timeout: JOB_MS });
    expect(await picker.locator('tbody tr').count()).toBeGreaterThanOrEqual(2);
    expect(await picker.locator('svg').getAttribute('aria-label')).toContain('of accounts');
    expect(await button('Take this plan').isDisabled()).toBe(true);
    await tabTo(page, /^A · /);
    await page.keyboard.press('Space');
    await picker.getByText('A: hours lie').waitFor();
    const figure = page.locator('c-compare-step dd').first();
    const was = await figure.textContent();
    await press(page, 'Take this plan');
    await picker.locator('svg').waitFor({ state: 'hidden' });
    await expect.poll(() => figure.textContent()).not.toBe(was);
  });

  test('the same by mouse: one is rejected, and undo brings back the exact start', { timeout: JOB_MS }, async () => {
    const pickOption = async (label: string, option: string) => {
      await page.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: option }).first().click();
    };
    await page.locator('button[data-step=design]').click();
    await button('Start another draft').click();
    await expect.poll(() => page.locator('c-balance-bars tr.row-changed').count()).toBe(0);
    const start = await figures();
    await pickOption('What should be computed', 'The best few moves');
    await pickOption('Repair', 'Boston Metro');
    await page.locator('c-kept-accounts summary').click();
    await page.locator('c-kept-accounts input').fill('boston');
    const kept = page.locator('c-kept-accounts [role=option]').filter({ hasText: 'Boston Metro' }).first();
    const name = (await kept.locator('.label').innerText()).trim();
    await kept.click();
    await page.locator('c-kept-accounts li', { hasText: name }).getByText('stays in Boston Metro').waitFor();
    await button('Fix it').click();
    const moves = page.locator('c-proposal-result li');
    await moves.first().waitFor({ timeout: JOB_MS });
    const told = await moves.allTextContents();
    expect(told.length).toBeLessThanOrEqual(5);
    await button('Reject').first().click();
    await page.getByText(/kept where (it is|they are)/).waitFor({ timeout: JOB_MS });
    expect(await moves.allTextContents()).not.toEqual(told);
    await page.getByText(`${name} stays with Boston Metro`).waitFor();
    await button('Accept into the draft').click();
    await page.locator('c-compare-step').waitFor();
    expect(await figures()).not.toEqual(start);
    expect(await touchedHours()).toEqual([]);
    await page.locator('button[data-step=design]').click();
    await button('Undo').click();
    await expect.poll(figures).toEqual(start);
  });

  test('the browser complained about nothing on the way', () => {
    expect(complaints).toEqual([]);
  });
});
