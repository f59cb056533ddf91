import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGeography } from '../../service/geography/geography.ts';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';

const START_MS = 240_000;
const STEP_MS = 60_000;
const SALES_OPS = '0055g0000000002AAA';
const REP = '0055g000000002SAAQ';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-map-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

const layers = () => page.locator('c-map-layers');
const color = (value: string) => layers().locator('select[data-field=color]').selectOption(value);
const legend = (of = page) => of.locator('c-territory-map li').allInnerTexts();
const picture = () => page.locator('c-territory-map .map').screenshot();
/** The 40 ZIPs nearest to a place. */
function around(lat: number, lon: number): number[] {
  const { geography } = createGeography();
  const away = geography.lat.map((y, unit) => Math.hypot(y - lat, geography.lon[unit]! - lon));
  const order = [...away.keys()].sort((a, b) => away[a]! - away[b]!);
  return order.slice(0, 40);
}
/** The middle of the pixels of a pocket's label, in pixels of the page. */
const badge = () =>
  page.locator('c-territory-map .leaflet-above-pane canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const [xs, ys]: [number[], number[]] = [[], []];
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] !== 0x9d || data[i + 1] !== 0x0b || data[i + 2] !== 0x28 || data[i + 3] !== 255) continue;
      xs.push((i / 4) % canvas.width);
      ys.push(Math.floor(i / 4 / canvas.width));
    }
    const middle = (all: number[]) => (Math.min(...all) + Math.max(...all)) / 2;
    const { left, top, width } = canvas.getBoundingClientRect();
    const ratio = canvas.width / width;
    return { x: left + middle(xs) / ratio, y: top + middle(ys) / ratio };
  });
const hasLegend = (row: RegExp) =>
  expect.poll(async () => (await legend()).some((text) => row.test(text)), { timeout: STEP_MS }).toBe(true);

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  browser = await openBrowser();
  ({ page, complaints } = await openPage(browser, demo.url, { userId: SALES_OPS }));
  await page.goto(demo.url);
  await page.locator('c-balance-bars tbody tr').first().waitFor({ timeout: STEP_MS });
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('layers', () => {
  test(
    'any measure, any classes: map and legend follow, and the page comes back',
    { timeout: STEP_MS * 3 },
    async () => {
      await hasLegend(/one colour = one territory/);
      await hasLegend(/procedures a year/);
      const [before, shown] = [await legend(), await picture()];
      await layers().getByRole('button', { name: 'Layers' }).click();
      const words = { salesUsd: /^Current sales per/, workload: /^Workload per/, accounts: /^Accounts per/ };
      for (const [measure, heading] of Object.entries(words)) {
        await color(measure);
        await hasLegend(heading);
      }
      expect((await picture()).equals(shown)).toBe(false);
      const quantile = await legend();
      await layers().locator('select[data-field=method]').selectOption('equal');
      await hasLegend(/equal steps/);
      expect(await legend()).not.toEqual(quantile);
      await layers().locator('select[data-field=method]').selectOption('own');
      await layers().locator('input[type=text]').fill('5, 50');
      await layers().locator('input[type=text]').press('Enter');
      await hasLegend(/^5 – 50 accounts$/);
      await layers().getByRole('button', { name: 'As the page shows it' }).click();
      await layers().getByRole('button', { name: 'Layers' }).click();
      await expect.poll(() => legend(), { timeout: STEP_MS }).toEqual(before);
    },
  );

  test('physicians, facilities, homes and drive times, each told in the legend', { timeout: STEP_MS * 3 }, async () => {
    await layers().getByRole('button', { name: 'Layers' }).click();
    for (const field of ['physicians', 'facilities', 'homes'])
      await layers().locator(`input[data-field=${field}]`).check();
    await hasLegend(/^[\d,]+ physicians/);
    await hasLegend(/^[\d,]+ facilities/);
    await hasLegend(/rep homes \(ZIP\)/);
    await layers().locator('select[data-field=rings]').selectOption({ index: 2 });
    await hasLegend(/^30, 60, 90 min by car from the home ZIP of .*estimate: straight line × 1\.3/);
    await layers().getByRole('button', { name: 'Layers' }).click();
  });
});

describe('pockets', () => {
  test('outlined with their rank, clicked by it, switched off with the layers', { timeout: STEP_MS * 2 }, async () => {
    const map = page.locator('c-territory-map');
    const before = await picture();
    await map.evaluate(
      (element, units) => {
        element.addEventListener('pocketpick', (event) =>
          element.setAttribute('data-said', String((event as CustomEvent).detail)),
        );
        Object.assign(element, { pockets: [{ id: 'p7', label: '7', units, kind: 'whiteSpace' }] });
      },
      around(42.6, -72.6),
    );
    await hasLegend(/^white space: high demand that nobody works, by rank$/);
    await expect.poll(async () => (await picture()).equals(before), { timeout: STEP_MS }).toBe(false);
    const { x, y } = await badge();
    await page.mouse.move(x, y);
    await page.locator('.bailiwick-card', { hasText: 'White space 7' }).waitFor();
    await page.mouse.click(x, y);
    expect(await map.getAttribute('data-said')).toBe('p7');
    await layers().getByRole('button', { name: 'Layers' }).click();
    await layers().locator('input[data-field=pockets]').uncheck();
    await expect.poll(async () => (await legend()).some((row) => row.startsWith('white space'))).toBe(false);
    await layers().getByRole('button', { name: 'Layers' }).click();
    await map.evaluate((element) => Object.assign(element, { pockets: [] }));
  });
});

describe('search', () => {
  test('by keyboard alone: a city, then a rep, whose territory is picked', { timeout: STEP_MS * 2 }, async () => {
    const box = page.getByRole('combobox', { name: /Find a ZIP/ });
    await box.focus();
    await page.keyboard.type('Burlington');
    await page.locator('c-map-search li', { hasText: 'Burlington, VT' }).waitFor({ timeout: STEP_MS });
    while (!(await page.locator('c-map-search .on').innerText()).includes('Burlington, VT'))
      await page.keyboard.press('ArrowDown');
    const before = await picture();
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .filter({ hasText: 'Burlington, VT is in the middle' })
      .waitFor({ state: 'attached' });
    await expect.poll(async () => (await picture()).equals(before), { timeout: STEP_MS }).toBe(false);
    await box.fill('Connecticut');
    await page.locator('c-map-search .on', { hasText: 'Rep' }).waitFor({ timeout: STEP_MS });
    await page.keyboard.press('Enter');
    await page
      .locator('c-balance-bars tr', { hasText: 'Connecticut' })
      .and(page.locator('.picked, .selected, [aria-selected=true]'))
      .first()
      .waitFor({ timeout: STEP_MS });
  });
});

describe('what is shown can be saved', () => {
  test('as a picture and as a page', { timeout: STEP_MS * 2 }, async () => {
    const save = async (kind: string) => {
      await page.locator('c-map-export').getByRole('button', { name: 'Save map' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download', { timeout: STEP_MS }),
        page.locator(`c-map-export [data-kind=${kind}]`).click(),
      ]);
      return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
    };
    const png = await save('png');
    expect(png.name).toMatch(/^sales-today-.*\.png$/);
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    // wider than the map by its legend, twice as sharp
    const width = (await page.locator('c-territory-map .map').boundingBox())!.width;
    expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(2 * (width + 200));
    const pdf = await save('pdf');
    expect(pdf.bytes.subarray(0, 8).toString()).toBe('%PDF-1.4');
    expect(pdf.bytes.subarray(-6).toString()).toBe('%%EOF\n');
    expect(pdf.bytes.length).toBeGreaterThan(50_000);
  });
});

describe('on a rep’s phone', () => {
  test('a tap shows the card, the legend is folded, and no home can be shown', { timeout: STEP_MS * 3 }, async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true });
    await context.addCookies([{ name: 'bailiwick_user', value: REP, url: demo.url }]);
    await context.addInitScript(() => localStorage.setItem('bailiwick-tour-skipped', 'yes'));
    const phone = await context.newPage();
    await phone.goto(`${demo.url}/lightning/r/User/${REP}/view`);
    const map = phone.locator('c-territory-map .map');
    await phone.locator('c-territory-map .legend-button').waitFor({ timeout: STEP_MS });
    expect(await legend(phone)).toEqual([]);
    const { width, height } = (await map.boundingBox())!;
    await expect
      .poll(
        async () => {
          await map.tap({ position: { x: width / 2, y: height / 2 } });
          return phone.locator('.bailiwick-card:not([hidden])').count();
        },
        { timeout: STEP_MS },
      )
      .toBe(1);
    await phone.locator('c-map-layers').getByRole('button', { name: 'Layers' }).click();
    await phone.locator('c-map-layers input[data-field=physicians]').waitFor();
    expect(await phone.locator('c-map-layers input[data-field=homes]').count()).toBe(0);
    await context.close();
  });

  test('the browser complained about nothing', () => {
    expect(complaints).toEqual([]);
  });
});
