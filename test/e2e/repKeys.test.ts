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
import { press } from './keyboard.ts';
import { goToAccount, planDay } from './recordKeys.ts';
import { HOURS, listFigures, RANK, shownFigures, SITES, tellsItsWorth, tellsSites } from './repPage.ts';

/** What a rep does on her pages with the keyboard alone, at a desk and on a phone; recordPages.test.ts has the mouse. */
const START_MS = 240_000;
const STEP_MS = 120_000;
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-e2e-rep-'));
let demo: Demo;
let browser: Browser;
let repId: string;

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  const { users } = JSON.parse(readFileSync(demo.detailsFile, 'utf8')) as { users: HostUser[] };
  repId = users.find(({ title }) => title.includes('Boston Metro'))!.id;
  browser = await openBrowser();
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

for (const width of [1440, 360]) {
  describe(`a rep at ${width} px, by keyboard`, () => {
    let page: Page;
    let complaints: string[];

    test(
      'R1: what is mine, what is it worth, am I treated fairly; the list adds up to it',
      { timeout: STEP_MS },
      async () => {
        const size = { width, height: width < 500 ? 740 : 900 };
        ({ page, complaints } = await openPage(browser, demo.url, { userId: repId, ...size }));
        await page.goto(`${demo.url}/lightning/page/home`);
        await page.locator('c-territory-map .leaflet-tile-loaded').first().waitFor();
        const told = await tellsItsWorth(page);
        expect(told).toMatch(RANK);
        expect(told).toMatch(HOURS);
        expect(await page.locator('c-user-territory p.territory').textContent()).toBe('Boston Metro');
        const [list] = await Promise.all([page.waitForEvent('download'), press(page, 'Save account list')]);
        expect(await shownFigures(page)).toEqual(await listFigures(list));
        await fits(page);
      },
    );

    test(
      'R2: from the home page to a hospital, its five sites, three nearby accounts, a day to print',
      { timeout: STEP_MS },
      async () => {
        await goToAccount(page, 0);
        expect(await tellsSites(page)).toEqual(SITES);
        await fits(page);
        const file = await planDay(page);
        expect(readFileSync(file, 'latin1')).toMatch(/^%PDF-1\.4[\s\S]*Day plan/);
        expect(await page.locator('c-day-plan ol li').count()).toBe(4);
        await fits(page);
        const times = await page.locator('c-day-plan ol .time').allTextContents();
        const minutes = times.map((time) => new Date(`2026-01-01 ${time}`).getTime());
        expect([...minutes].sort((one, other) => one - other)).toEqual(minutes);
      },
    );

    test('the browser complained about nothing on the way', async () => {
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });
}
