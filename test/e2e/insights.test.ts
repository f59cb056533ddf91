import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import { press, tabTo } from './keyboard.ts';

const START_MS = 240_000;
const JOB_MS = 120_000;
const SALES_OPS = '0055g0000000002AAA';
/** Task S3 in fewer clicks than this. */
const MOST_CLICKS = 10;
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-insights-'));
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  browser = await openBrowser();
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Everything that the CRM knows of who has what, past the service. */
async function crm(): Promise<string> {
  const rows = async (soql: string) => {
    const url = `${demo.orgUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${demo.orgToken}` } });
    return ((await response.json()) as { records: unknown[] }).records;
  };
  const all = await Promise.all([
    rows('SELECT Id, Name, ParentTerritory2Id FROM Territory2 ORDER BY Id'),
    rows('SELECT Id, OwnerId FROM Account ORDER BY Id LIMIT 2000'),
    rows('SELECT ObjectId, Territory2Id FROM ObjectTerritory2Association ORDER BY ObjectId LIMIT 2000'),
    rows('SELECT COUNT(Id) n FROM Lead').catch(() => []),
  ]);
  return JSON.stringify(all);
}

/** The parts of the screen, and the two ways of getting at them. */
interface Hands {
  open(tab: string): Promise<void>;
  press(name: string | RegExp): Promise<void>;
}

/** S3: how bad is today's map, what do we ignore, a rep for New England, where would she live, who gives up what. */
async function task(page: Page, hands: Hands): Promise<string> {
  await page.goto(`${demo.url}/lightning/app/territories`);
  await page.locator('c-balance-bars tr[data-index]').first().waitFor();

  await hands.open('Audit');
  const audit = page.locator('c-audit-panel');
  await audit.locator('table').waitFor({ timeout: JOB_MS });
  const told = await audit.innerText();
  expect(told).toMatch(/\d+ of 25 territories are on target in hours; a good plan with the same seats has \d+/);
  expect(told).toMatch(/ZIPs around Lancaster: \$[\d.]+M/);
  expect(told).toMatch(/(Southern Tier and Central Pennsylvania|Central Pennsylvania and Southern Tier) together fill/);
  const [download] = await Promise.all([page.waitForEvent('download'), hands.press('Save to print (PDF)')]);
  const pdf = readFileSync(await download.path(), 'latin1');
  expect(pdf.slice(0, 8)).toBe('%PDF-1.4');
  expect(pdf).toContain('/Count 1/');

  await hands.open('White space');
  const pocket = page.locator('c-white-space-panel .pocket').first();
  await pocket.waitFor({ timeout: JOB_MS });
  expect(await pocket.innerText()).toMatch(/1\. \d+ ZIPs around Lancaster\s+\$[\d.]+M · \d+ h · [\d.]+ FTE/);

  await hands.open('Size');
  await hands.press('New England');
  await page.getByText('Enough reps: rebalance before hiring.').waitFor();
  expect(await page.locator('c-size-panel .inside').innerText()).toMatch(
    /\d+ h .* [\d.]+ FTE, from Boston Metro \d+ h/,
  );
  await hands.press(/^Where would one more rep live in New England/);
  const tried = page.locator('c-what-if');
  await tried.locator('table').waitFor({ timeout: JOB_MS });
  const answer = await tried.innerText();
  expect(answer).toMatch(/Best home: .+, (MA|NH|ME|RI|CT|VT) \(\d{5}\)/);
  expect(answer).toMatch(/Boston Metro\s+\d+\s+\$[\d.]+[kM]\s+[\d,]+ h/);
  await hands.press('Save as draft');
  await page.getByText('Nothing in Salesforce has changed.').waitFor();
  return answer;
}

describe('S3: how bad is today’s map, a rep for New England, what do we ignore', () => {
  test('by mouse, in fewer than ten clicks, and the CRM is as before', { timeout: JOB_MS * 2 }, async () => {
    const { page, complaints } = await openPage(browser, demo.url, { userId: SALES_OPS });
    const before = await crm();
    let clicks = 0;
    await task(page, {
      open: async (name) => {
        clicks++;
        await page.getByRole('tab', { name, exact: true }).click();
      },
      press: async (name) => {
        clicks++;
        await page.getByRole('button', { name, exact: true }).first().click();
      },
    });
    expect(clicks).toBeLessThan(MOST_CLICKS);
    expect(await crm()).toBe(before);
    await page.getByRole('button', { name: /Compare$/ }).click();
    await page.locator('c-compare-step').getByText('One more rep in New England').first().waitFor();
    const effect = page.locator('c-yield-panel dl');
    await effect.waitFor();
    expect(await effect.innerText()).toMatch(/Both together\s+[+−]?\$[\d.]+[kM]? to \+?−?\$[\d.]+[kM]?/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('by keyboard alone, in as few steps', { timeout: JOB_MS * 2 }, async () => {
    const { page, complaints } = await openPage(browser, demo.url, { userId: SALES_OPS });
    const before = await crm();
    await task(page, {
      open: async (name) => {
        const tab = page.getByRole('tab', { name, exact: true });
        const isTabFocused = () =>
          tab.evaluate((element) => (element.getRootNode() as Document).activeElement === element);
        // one Tab key reaches the row; arrows walk in it
        await tabTo(page, /^(Findings|Audit|White space|Size)$/);
        for (let turn = 0; turn < 4 && !(await isTabFocused()); turn++) await page.keyboard.press('ArrowRight');
        await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true');
      },
      press: (name) => press(page, name),
    });
    expect(await crm()).toBe(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a rep gets none of it', async () => {
    const { page } = await openPage(browser, demo.url, { userId: '0055g000000002SAAQ' });
    await page.goto(`${demo.url}/lightning/app/territories`);
    await page.getByRole('button', { name: 'Open my territory' }).waitFor();
    expect(await page.locator('c-audit-panel, c-size-panel, c-white-space-panel').count()).toBe(0);
    await page.context().close();
  });
});
