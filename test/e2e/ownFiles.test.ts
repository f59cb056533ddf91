import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';

const START_MS = 240_000;
const JOB_MS = 60_000;
const SALES_OPS = '0055g0000000002AAA';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-files-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

/** A vendor's file with names of its own: two columns that no guess can know. */
function vendorFile(factor: number): string {
  const rows = ['02115', '2116', '10001', '19103', '04101'].flatMap((zip, i) =>
    [0, 1].map((code) => `${1234567893},${zip},1731${code + 1},${i % 2 ? 11 : 22},${(20 + i * 10 + code) * factor},X`),
  );
  return `Doc NPI,Doc Postal,Proc,Setting,Q7,Fluff\n${rows.join('\n')}\nnot an npi,02115,17311,22,50,X\n1234567893,02115,17311,22,7,X\n`;
}

/** Drops a file on the zone as a mouse does. */
async function drop(name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name: file, text: content }) => {
      const data = new DataTransfer();
      data.items.add(new File([content], file, { type: 'text/csv' }));
      return data;
    },
    { name, text },
  );
  await page.locator('c-import-panel [data-drop]').dispatchEvent('drop', { dataTransfer: transfer });
}
const panel = () => page.locator('c-import-panel');
const totals = () => page.locator('c-market-step .total').innerText();

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

describe('own files in the workbench', () => {
  test(
    'an odd file is dropped, its columns are named, and every row is accounted for',
    async () => {
      await drop('vendor 2024.csv', vendorFile(1));
      const mapper = page.locator('c-column-mapper');
      await mapper.waitFor({ timeout: JOB_MS });
      expect(await mapper.innerText()).toContain('Still needed: Count of procedures or claims.');
      expect(await mapper.innerText()).toContain('02115 · 2116 · 10001');
      await mapper.getByRole('combobox', { name: 'What Q7 holds' }).click();
      await page.getByRole('option', { name: 'Count of procedures or claims' }).click();
      await mapper.getByRole('textbox', { name: /Save these columns/ }).fill('Vendor Q');
      await mapper.getByRole('button', { name: 'Import with these columns' }).click();
      const report = panel().locator('c-import-report');
      await report.waitFor({ timeout: JOB_MS });
      const text = await report.innerText();
      expect(text).toContain('12 rows read, 11 kept, 1 set aside');
      expect(text).toContain('Set aside: the NPI has not ten digits');
      expect(text).toContain('Put right: lost leading zeros of a ZIP put back');
      expect(text).toContain('Columns not used: Fluff');
    },
    JOB_MS * 2,
  );

  test(
    'its demand is shown on the map, and the next year’s file needs no question and follows',
    async () => {
      await panel().getByRole('button', { name: 'Show its demand on the map' }).click();
      await expect.poll(totals, { timeout: JOB_MS }).toMatch(/\b412 procedures/);
      const before = await totals();
      await drop('vendor 2025.csv', vendorFile(2));
      await panel().locator('c-import-report').waitFor({ timeout: JOB_MS });
      expect(await panel().locator('c-import-report').innerText()).toContain('columns as saved under "Vendor Q"');
      await expect.poll(totals, { timeout: JOB_MS }).not.toBe(before);
      await expect.poll(() => page.locator('c-import-list li').count()).toBeGreaterThanOrEqual(4);
    },
    JOB_MS * 2,
  );

  test(
    'two years stand beside each other, in figures and on the map; a figure opens its rows',
    async () => {
      const trend = page.locator('c-trend-panel');
      await trend.getByText('Year to year').click();
      await expect.poll(() => trend.innerText(), { timeout: JOB_MS }).toContain('2024');
      expect(await trend.innerText()).toMatch(/\+9\d\.\d %/);
      await trend.getByRole('button', { name: 'Colour the map by change' }).click();
      const legend = page.locator('c-territory-map');
      await expect.poll(() => legend.innerText()).toContain('over 25 % more');
      await trend.getByRole('button', { name: 'Colour the map by potential' }).click();
      await expect.poll(() => legend.innerText()).not.toContain('over 25 % more');
      const rows = page.locator('c-figure-rows');
      await rows.getByText('Where this figure comes from').click();
      await expect.poll(() => rows.innerText(), { timeout: JOB_MS }).toMatch(/Rows 1–10 of 10; together/);
    },
    JOB_MS * 2,
  );

  test(
    'a market is edited: an add-on is not counted any more, and the former version can be brought back',
    async () => {
      const before = await totals();
      await page.getByRole('button', { name: 'Edit this market' }).click();
      const editor = page.locator('c-market-editor');
      await editor.getByRole('combobox', { name: 'How 17312 counts' }).click();
      await page.getByRole('option', { name: 'Add-on: not counted' }).click();
      await editor.getByRole('button', { name: 'Save', exact: true }).click();
      await expect.poll(totals, { timeout: JOB_MS }).not.toBe(before);
      await editor.getByText('Former versions').click();
      await editor.getByRole('button', { name: 'Bring back version 1' }).click();
      await expect.poll(totals, { timeout: JOB_MS }).toBe(before);
      await editor.getByRole('button', { name: 'Close' }).click();
    },
    JOB_MS * 2,
  );

  test(
    'an older import is brought back, and a file that is none changes nothing',
    async () => {
      const after = await totals();
      const older = page.locator('c-import-list li', { hasText: 'vendor 2024.csv' });
      await older.getByRole('button', { name: 'Bring back' }).click();
      await expect.poll(totals, { timeout: JOB_MS }).not.toBe(after);
      const kept = await totals();
      await drop('cat.csv', 'a\u0000b');
      await panel().locator('[role=alert]').waitFor({ timeout: JOB_MS });
      expect(await panel().locator('[role=alert]').innerText()).toContain('cat.csv is not a text file');
      expect(await totals()).toBe(kept);
      // the browser itself reports the refusals that are asked for here
      expect(complaints.filter((one) => !/status of 4\d\d/.test(one))).toEqual([]);
    },
    JOB_MS * 2,
  );
});
