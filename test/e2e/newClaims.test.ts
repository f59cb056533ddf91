import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import { cmsYear, HEAD, vendorRows } from './claimFiles.ts';
import { dropFile, pick } from './filePage.ts';

const START_MS = 240_000;
const JOB_MS = 120_000;
const SALES_OPS = '0055g0000000002AAA';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-claims-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

const panel = () => page.locator('c-import-panel');
const report = () => panel().locator('c-import-report');
const totals = () => page.locator('c-market-step .total').innerText();
const procedures = async () => Number((/([\d,]+) procedures/.exec(await totals())?.[1] ?? '').replaceAll(',', ''));
const legend = () => page.locator('c-territory-map li').allTextContents();
const mapPicture = () => page.locator('c-territory-map .map').screenshot();
beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  browser = await openBrowser();
  ({ page, complaints } = await openPage(browser, demo.url, { userId: SALES_OPS }));
  await page.goto(demo.url);
  await page.locator('button[data-step=market]').click();
  await page.locator('c-market-step .total').waitFor({ timeout: JOB_MS });
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('new claims, as sales operations', () => {
  test(
    'a big file is sent part by part and imported, each with a number to watch',
    { timeout: JOB_MS * 2 },
    async () => {
      const busy = panel().locator('.busy');
      // The second part waits until the first one was seen.
      let goOn = (): void => undefined;
      const seen = new Promise<void>((resolve) => (goOn = resolve));
      await page.route(/\/part\?offset=[1-9]/, async (route) => {
        await seen;
        await route.continue();
      });
      await dropFile(page, 'vendor 2024.csv', { head: HEAD, body: vendorRows, times: 150 });
      await busy.getByText(/vendor 2024\.csv: 8 of \d\d MB sent/).waitFor({ timeout: JOB_MS });
      goOn();
      const mapper = page.locator('c-column-mapper');
      await mapper.waitFor({ timeout: JOB_MS });
      await page.unroute(/\/part\?offset=[1-9]/);
      expect(await mapper.innerText()).toMatch(/Still needed: .*Count of procedures or claims/);
      await pick(mapper, 'What Q7 holds', 'Count of procedures or claims');
      await pick(mapper, 'What Zone holds', 'ZIP of the performing provider');
      await mapper.getByRole('textbox', { name: /Save these columns/ }).fill('Vendor Q');
      const share = busy
        .getByText(/(checking the file|reading rows|adding up), \d+ % of this step/)
        .waitFor({ timeout: JOB_MS });
      await mapper.getByRole('button', { name: 'Import with these columns' }).click();
      await share;
    },
  );

  test('its report accounts for every row', { timeout: JOB_MS }, async () => {
    await report().waitFor({ timeout: JOB_MS });
    const text = await report().innerText();
    expect(text).toContain('300,000 rows read, 300,000 kept, 0 set aside');
    expect(text).toContain('Put right: lost leading zeros of a ZIP put back');
    expect(text).toContain('Columns not used: Fluff');
    await report().scrollIntoViewIfNeeded();
  });

  test('facets change total, map and legend', { timeout: JOB_MS }, async () => {
    await panel().getByRole('button', { name: 'Show its demand on the map' }).click();
    const counted = Array.from({ length: 2000 }, (_, i) => 20 + (i % 7)).reduce((a, b) => a + b, 0) * 150;
    await expect.poll(procedures, { timeout: JOB_MS }).toBe(counted);
    const [before, picture] = [await legend(), await mapPicture()];
    const box = (name: RegExp) => page.locator('c-market-step').getByText(name).first();
    await box(/^Rheumatology · /).click();
    await expect.poll(procedures, { timeout: JOB_MS }).toBeLessThan(counted * 0.6);
    const one = await procedures();
    await expect.poll(legend).not.toEqual(before);
    expect((await mapPicture()).equals(picture)).toBe(false);
    // all of this specialty is done in the office
    await box(/^Office · /).click();
    await expect.poll(procedures, { timeout: JOB_MS }).toBe(0);
    await box(/^Office · /).click();
    await expect.poll(procedures, { timeout: JOB_MS }).toBe(one);
  });

  test('two years of CMS: a drop of the nation is nobody’s drift', { timeout: JOB_MS * 2 }, async () => {
    for (const [name, year] of [
      ['cms 2023.csv', cmsYear(dataDir, 10, 10)],
      ['cms 2024.csv', cmsYear(dataDir, 7, 3)],
    ] as const) {
      await dropFile(page, name, year);
      await report().getByText(name).waitFor({ timeout: JOB_MS });
    }
    await panel().getByRole('button', { name: 'Show its demand on the map' }).click();
    await page.locator('c-market-step .total').getByText('2024', { exact: false }).first().waitFor({ timeout: JOB_MS });
    const trend = page.locator('c-trend-panel');
    await trend.getByText('Year to year').click();
    const said = trend.getByText(/territories moved more than 15 % beyond that/);
    await said.waitFor({ timeout: JOB_MS });
    await trend.scrollIntoViewIfNeeded();
    const text = await said.innerText();
    const [, nation = '', drifted = ''] = /moved by −([\d.]+) %\. (\d+) of 25/.exec(text) ?? [];
    expect(Number(nation)).toBeGreaterThan(29);
    expect(Number(nation)).toBeLessThan(40);
    expect(Number(drifted)).toBeGreaterThan(0);
    expect(Number(drifted)).toBeLessThan(5);
    const rows = trend.locator('tr.drifted');
    expect(await rows.count()).toBe(Number(drifted));
    expect(await rows.first().innerText()).toContain('Maine');
    await trend.getByRole('button', { name: 'Colour the map by change' }).click();
    await expect.poll(legend).toContain('25 % less or lower');
  });

  test('the browser complained about nothing but what was asked for', () => {
    expect(complaints.filter((one) => !/status of 4\d\d/.test(one))).toEqual([]);
  });
});
