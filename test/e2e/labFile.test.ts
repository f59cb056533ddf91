import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import { LAB_FILE as FILE, LAB_WARNING as WARNING, ORDERING } from './claimFiles.ts';
import { dropFile } from './filePage.ts';

const START_MS = 240_000;
const JOB_MS = 120_000;
const SALES_OPS = '0055g0000000002AAA';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-lab-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

const step = () => page.locator('c-market-step');
const totals = () => step().locator('.total').innerText();
const procedures = async () => Number((/([\d,]+) procedures · /.exec(await totals())?.[1] ?? '').replaceAll(',', ''));
const legend = () => page.locator('c-territory-map li').allTextContents();
const bars = () => page.locator('c-balance-bars tr[data-index]');
const button = (name: string) => page.getByRole('button', { name, exact: true });

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  browser = await openBrowser();
  ({ page, complaints } = await openPage(browser, demo.url, { userId: SALES_OPS }));
  await page.goto(demo.url);
  await page.locator('button[data-step=market]').click();
  await step().locator('.total').waitFor({ timeout: JOB_MS });
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a laboratory’s file, as sales operations', () => {
  test('says on import and beside the figures that laboratories hold the volume', { timeout: JOB_MS }, async () => {
    await dropFile(page, 'lab 2026.csv', FILE);
    const report = page.locator('c-import-report');
    await report.waitFor({ timeout: JOB_MS });
    expect(await report.innerText()).toContain(WARNING);
    await button('Show its demand on the map').click();
    await step().getByText(WARNING).first().waitFor({ timeout: JOB_MS });
    await expect.poll(procedures, { timeout: JOB_MS }).toBe(Math.round(FILE.counted));
  });

  test(
    'spreads the demand to who orders by one switch; the total stays and cases are gone',
    { timeout: JOB_MS },
    async () => {
      const [total, before] = [await totals(), await legend()];
      const money = total.split(' ')[0];
      await button('Count with who orders them').click();
      await step().getByText('Counted with who orders them. No case hours.').waitFor({ timeout: JOB_MS });
      await expect.poll(legend, { timeout: JOB_MS }).not.toEqual(before);
      expect(await procedures()).toBe(Math.round(FILE.counted));
      expect((await totals()).split(' ')[0]).toBe(money);
      expect(await totals()).toContain(`${ORDERING.length + 1} providers`);
      expect(await page.locator('c-market-use .told').count()).toBe(0);
    },
  );

  test('shows a guarded count as “< 11” among the rows of a figure', { timeout: JOB_MS }, async () => {
    const rows = page.locator('c-figure-rows');
    await rows.getByText('Where this figure comes from').click();
    // biggest first: the small ones stand on the last page
    await rows.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => rows.innerText(), { timeout: JOB_MS }).toContain('< 11');
    const counts = await rows.locator('td.number').allTextContents();
    expect(counts.filter((text) => /^(5\.5|[1-9]|10)$/.test(text.trim()))).toEqual([]);
  });

  test('carries plans: no case hours, and the lasso answers over guarded counts', { timeout: JOB_MS }, async () => {
    const inputs = page.waitForResponse((one) => /\/alignments\/[^/]+\/inputs/.test(one.url()), { timeout: JOB_MS });
    await button('Count plans under this market').click();
    await step().getByText('Plans, accounts and bars count under this market.').waitFor({ timeout: JOB_MS });
    const { inputs: vectors } = (await (await inputs).json()) as {
      inputs: { caseHours: number[]; potentialUsd: number[] };
    };
    expect(vectors.caseHours.every((hours) => hours === 0)).toBe(true);
    expect(vectors.potentialUsd.filter((usd) => usd > 0)).toHaveLength(ORDERING.length);
    await page.locator('button[data-step=design]').click();
    await button('Start from today’s map').click();
    await page.locator('c-design-step').waitFor();
    await bars().filter({ hasText: 'Merrimack Valley' }).click();
    await page.locator('c-design-step').getByText('Drag on the map').waitFor();
    const box = await page.locator('c-territory-map .map').boundingBox();
    if (!box) throw new Error('The map has no place on the page.');
    const [x, y] = [box.x + box.width * 0.5, box.y + box.height * 0.6];
    await page.mouse.move(x + 140, y);
    await page.mouse.down();
    for (let angle = 0; angle < 6.3; angle += 0.3)
      await page.mouse.move(x + 140 * Math.cos(angle), y + 120 * Math.sin(angle));
    await expect.poll(() => page.locator('c-balance-bars tr.row-changed').count()).toBeGreaterThanOrEqual(2);
    await page.mouse.up();
    await expect.poll(() => button('Undo').isDisabled()).toBe(false);
    expect(complaints).toEqual([]);
  });
});
