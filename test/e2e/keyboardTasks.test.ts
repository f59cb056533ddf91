import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGeography } from '../../service/geography/geography.ts';
import type { Demo } from '../../service/local/demo.ts';
import { writeSample } from '../../service/local/sample/writeSample.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import { cmsYear, HEAD, LAB_FILE, LAB_WARNING, vendorRows } from './claimFiles.ts';
import { choose, chooseFile, press, tabTo, write } from './keyboard.ts';
import { associations, pairs } from './orgRows.ts';

/** Tasks of sales operations with the keyboard alone; each with its mouse is in a file of its own. */
const START_MS = 240_000;
const JOB_MS = 120_000;
const LONG = { timeout: JOB_MS };
const SALES_OPS = '0055g0000000002AAA';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-keys-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

const market = () => page.locator('c-market-step');
const report = () => page.locator('c-import-report');
const procedures = async () =>
  Number((/([\d,]+) procedures · /.exec(await market().locator('.total').innerText())?.[1] ?? '').replaceAll(',', ''));
const legend = () => page.locator('c-territory-map li').allTextContents();
const written = async () => pairs(await associations(demo.orgUrl, demo.orgToken));

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  browser = await openBrowser();
  ({ page, complaints } = await openPage(browser, demo.url, { userId: SALES_OPS }));
  await page.goto(demo.url);
  await page.locator('c-balance-bars tr[data-index]').first().waitFor(LONG);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('S4 by keyboard: unattended, and a ZIP sheet that asks first', () => {
  test('the schedule is set and saved', { timeout: JOB_MS }, async () => {
    await press(page, 'CRM');
    await tabTo(page, 'Runs');
    const automatic = page.getByRole('tab', { name: 'Automatic', exact: true });
    for (let turn = 0; turn < 5 && (await automatic.getAttribute('aria-selected')) !== 'true'; turn++)
      await page.keyboard.press('ArrowRight');
    await page.getByText('Schedule', { exact: true }).waitFor(LONG);
    await tabTo(page, 'Write changes to Salesforce automatically');
    await page.keyboard.press('Space');
    await choose(page, 'When', 'Every Sunday night');
    await write(page, '% of all accounts would change territory', '1.5');
    await write(page, /^ZIP sheet to take/, 'zips.csv');
    await press(page, 'Save the schedule');
    await page.getByText('Saved.', { exact: true }).waitFor(LONG);
    await page.getByText(/^Next run .*Saved by /).waitFor(LONG);
  });

  test('a bad sheet writes nothing; a great change waits, is approved once, and is written', LONG, async () => {
    const inbox = path.join(dataDir, 'service', 'inbox');
    const { salesSheet } = writeSample(dataDir, { geography: createGeography().geography });
    mkdirSync(inbox, { recursive: true });
    const today = readFileSync(salesSheet, 'utf8').trim().split('\n').slice(1);
    const sheet = (lines: readonly string[]) =>
      writeFileSync(path.join(inbox, 'zips.csv'), ['zip,territory', ...lines].join('\n'));
    const latest = page.locator('c-sync-runs li').first();
    const start = await written();
    sheet(today.map((line) => line.slice(2)));
    await press(page, 'Run now');
    await latest.getByText('zips.csv was refused').waitFor(LONG);
    expect(await written()).toEqual(start);
    const territories = today.map((line) => line.split(',')[1]!);
    const [from, to] = [territories[0]!, territories.find((one) => one !== territories[0])!];
    sheet(today.map((line) => line.replace(from, to)));
    await press(page, 'Run now');
    await page.locator('c-waiting-run').getByText('nothing is written yet').waitFor(LONG);
    expect(await written()).toEqual(start);
    await press(page, 'Approve once');
    await page.getByRole('dialog').waitFor();
    await press(page, 'Approve once');
    await latest.getByText(/Done/).waitFor(LONG);
    const gone = new Set(start);
    for (const pair of await written()) gone.delete(pair);
    expect(gone.size).toBeGreaterThan(0);
    expect([...gone].every((pair) => pair.includes(from))).toBe(true);
  });
});

describe('S1 by keyboard: new claims', () => {
  test('a file with odd columns is chosen, named and imported; every row is accounted for', LONG, async () => {
    await press(page, /Market$/);
    await market().locator('.total').waitFor(LONG);
    await chooseFile(page, 'vendor 2024.csv', HEAD + vendorRows);
    await page.locator('c-column-mapper').waitFor(LONG);
    await choose(page, 'What Q7 holds', 'Count of procedures or claims');
    await choose(page, 'What Zone holds', 'ZIP of the performing provider');
    await write(page, /Save these columns/, 'Vendor Q');
    await press(page, 'Import with these columns');
    await report().waitFor(LONG);
    expect(await report().innerText()).toContain('2,000 rows read, 2,000 kept, 0 set aside');
    await press(page, 'Show its demand on the map');
    const counted = Array.from({ length: 2000 }, (_, i) => 20 + (i % 7)).reduce((a, b) => a + b, 0);
    await expect.poll(procedures, LONG).toBe(counted);
    const before = await legend();
    await tabTo(page, /^Rheumatology · /);
    await page.keyboard.press('Space');
    await expect.poll(procedures, LONG).toBeLessThan(counted * 0.6);
    await expect.poll(legend).not.toEqual(before);
    await page.keyboard.press('Space');
    await expect.poll(procedures, LONG).toBe(counted);
  });

  test('two years beside each other: a drop of the nation is nobody’s drift', { timeout: JOB_MS * 2 }, async () => {
    for (const [name, { head, body }] of [
      ['cms 2023.csv', cmsYear(dataDir, 10, 10)],
      ['cms 2024.csv', cmsYear(dataDir, 7, 3)],
    ] as const) {
      await chooseFile(page, name, head + body);
      await report().getByText(name).waitFor(LONG);
    }
    await press(page, 'Show its demand on the map');
    await market().locator('.total').getByText('2024', { exact: false }).first().waitFor(LONG);
    await press(page, 'Year to year');
    const said = page.locator('c-trend-panel').getByText(/territories moved more than 15 % beyond that/);
    await said.waitFor(LONG);
    const [, drifted = ''] = /(\d+) of 25/.exec(await said.innerText()) ?? [];
    expect([1, 2, 3, 4]).toContain(Number(drifted));
    await press(page, 'Colour the map by change');
    await expect.poll(legend, LONG).toContain('25 % less or lower');
  });

  test('a file that cannot be used leaves what was loaded in use', LONG, async () => {
    const before = await procedures();
    await chooseFile(page, 'broken.csv', 'no,claims\nin,here\n');
    await page.locator('c-import-panel [role=alert]').or(page.locator('c-column-mapper')).first().waitFor(LONG);
    if (await page.locator('c-column-mapper').count()) await press(page, 'Cancel');
    else await page.getByText('what was loaded before stays in use').waitFor();
    expect(await procedures()).toBe(before);
  });
});

describe('S2 by keyboard: a laboratory’s file', () => {
  test('warns with the share, spreads by one switch, and shows small counts guarded', LONG, async () => {
    await chooseFile(page, 'lab 2026.csv', LAB_FILE.head + LAB_FILE.body);
    await report().getByText('lab 2026.csv').waitFor(LONG);
    expect(await report().innerText()).toContain(LAB_WARNING);
    await press(page, 'Show its demand on the map');
    await market().getByText(LAB_WARNING).first().waitFor(LONG);
    await expect.poll(procedures, LONG).toBe(Math.round(LAB_FILE.counted));
    await press(page, 'Count with who orders them');
    await market().getByText('Counted with who orders them. No case hours.').waitFor(LONG);
    await expect.poll(procedures, LONG).toBe(Math.round(LAB_FILE.counted));
    await press(page, 'Where this figure comes from');
    await page.locator('c-figure-rows').getByRole('button', { name: 'Next' }).waitFor(LONG);
    await press(page, 'Next');
    await expect.poll(() => page.locator('c-figure-rows').innerText(), LONG).toContain('< 11');
  });

  test('carries plans, and the map answers over guarded counts', LONG, async () => {
    await press(page, 'Count plans under this market');
    await market().getByText('Plans, accounts and bars count under this market.').waitFor(LONG);
    await press(page, /Design$/);
    // the sheet that was approved has made a draft
    await page.locator('c-design-step').waitFor(LONG);
    await press(page, 'Start another draft');
    await expect.poll(() => page.locator('c-balance-bars tr.row-changed').count(), LONG).toBe(0);
    await tabTo(page, 'Bars');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await press(page, 'County');
    await page.getByText('whole counties change hands').waitFor();
    await tabTo(page, 'Map of territories');
    const changed = () => page.locator('c-balance-bars tr.row-changed').count();
    for (let turn = 0; turn < 60 && (await changed()) < 2; turn++)
      await page.keyboard.press(turn % 3 === 2 ? 'ArrowUp' : 'ArrowRight');
    expect(await changed()).toBeGreaterThanOrEqual(2);
  });

  test('the browser complained about nothing but what was asked for', () => {
    expect(complaints.filter((one) => !/status of 4\d\d/.test(one))).toEqual([]);
  });
});
