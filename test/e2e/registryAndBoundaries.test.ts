import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import { dropFile, pick } from './filePage.ts';

const START_MS = 240_000;
const JOB_MS = 120_000;
const SALES_OPS = '0055g0000000002AAA';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-ground-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

const panel = () => page.locator('c-import-panel');
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

interface SampleAccount {
  NPI__c?: string;
  Name: string;
  Facility_Kind__c: string;
  BillingStreet: string;
  BillingCity: string;
  BillingState: string;
  BillingPostalCode: string | null;
}

/** Hospitals of the CRM as somebody else lists them: another number, short forms, another door. */
function hospitalList(): string {
  const folder = readdirSync(dataDir).find((name) => name.startsWith('sample-'))!;
  const { Account } = JSON.parse(readFileSync(path.join(dataDir, folder, 'records.json'), 'utf8')) as {
    Account: SampleAccount[];
  };
  const some = Account.filter(({ Name, BillingPostalCode }) => /Hospital/.test(Name) && BillingPostalCode).slice(0, 6);
  const rows = some.map(({ Name, BillingStreet, BillingCity, BillingState, BillingPostalCode }, i) =>
    [
      2_999_999_000 + i,
      Name.replace('Hospital', 'Hosp'),
      BillingStreet.replace(/^\d+/, (door) => String(Number(door) + 2)),
      BillingCity,
      BillingState,
      BillingPostalCode,
    ]
      .map((cell) => `"${cell}"`)
      .join(','),
  );
  return `${rows.join('\n')}\n`;
}

/** Square areas for the first ZIPs of Rhode Island: far from all of the state. */
function someAreas(): string {
  const { codes } = createRequire(import.meta.url)('zipcodes') as {
    codes: Record<string, { zip: string; state: string; latitude: number; longitude: number }>;
  };
  const places = Object.values(codes)
    .filter(({ state, latitude }) => state === 'RI' && latitude > 0)
    .slice(0, 12);
  const features = places.map(({ zip, latitude: y, longitude: x }) => {
    const d = 0.01;
    const ring = [
      [x - d, y - d],
      [x + d, y - d],
      [x + d, y + d],
      [x - d, y + d],
      [x - d, y - d],
    ];
    return { type: 'Feature', properties: { ZCTA5CE20: zip }, geometry: { type: 'Polygon', coordinates: [ring] } };
  });
  return JSON.stringify({ type: 'FeatureCollection', features });
}

async function openFiles(kind: string): Promise<void> {
  await page.locator('button[data-step=market]').click();
  await page.locator('c-market-step .total').waitFor({ timeout: JOB_MS });
  await pick(panel(), 'What kind of file', kind);
}

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  browser = await openBrowser();
  ({ page, complaints } = await openPage(browser, demo.url, { userId: SALES_OPS }));
  await page.goto(demo.url);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the match queue', () => {
  test(
    'takes a list of hospitals and asks where names and addresses are only alike; a decision is kept',
    { timeout: JOB_MS * 2 },
    async () => {
      await openFiles('Providers and facilities');
      await dropFile(page, 'hospitals.csv', { head: 'npi,name,address,city,state,zip\n', body: hospitalList() });
      await panel().locator('c-import-report').waitFor({ timeout: JOB_MS });
      expect(await panel().locator('c-import-report').innerText()).toContain('6 rows read, 6 kept, 0 set aside');
      await page.locator('c-registry-panel').getByRole('button', { name: 'Matches' }).click();
      const entries = page.locator('c-match-entry');
      await entries.first().waitFor({ timeout: JOB_MS });
      const before = await entries.count();
      const name = await entries.first().locator('strong').first().innerText();
      await entries
        .first()
        .getByRole('button', { name: /^Accept/ })
        .first()
        .click();
      await expect.poll(() => entries.count(), { timeout: JOB_MS }).toBe(before - 1);
      await page
        .locator('c-match-queue')
        .getByRole('button', { name: /^Matched/ })
        .click();
      await expect.poll(() => page.locator('c-match-queue').innerText(), { timeout: JOB_MS }).toContain(name);
    },
  );
});

describe('boundaries', () => {
  test(
    'a few real areas are loaded, said to be partly exact, and applied without a restart',
    { timeout: JOB_MS * 2 },
    async () => {
      await page.reload();
      await openFiles('ZIP areas');
      await dropFile(page, 'ri.geojson', { head: '', body: someAreas() });
      await panel().locator('c-import-report').waitFor({ timeout: JOB_MS });
      const list = page.locator('c-boundary-list');
      await list.getByText('Chosen, and not applied yet:').waitFor({ timeout: JOB_MS });
      await list.scrollIntoViewIfNeeded();
      await button('Apply now').click();
      await list.getByText('The map and all plans stand on them now.').waitFor({ timeout: JOB_MS });
      expect(await list.innerText()).toMatch(/RI is partly exact: 12 of \d+ ZIPs have an area\./);
    },
  );

  test(
    'counties of a state become the units, chosen and applied on the screen; the plan is there',
    { timeout: JOB_MS * 2 },
    async () => {
      await page.reload();
      await openFiles('ZIP areas');
      const choice = page.locator('c-unit-choice');
      await choice.getByText('Units of the map: ZIPs').click({ timeout: JOB_MS });
      await pick(choice, 'Building blocks of the map', 'Counties in some states, ZIPs elsewhere');
      await choice.getByRole('textbox').fill('me, vt');
      await choice.getByRole('textbox').blur();
      await button('Choose these units').click();
      await button('Apply now').click({ timeout: JOB_MS });
      const list = page.locator('c-boundary-list');
      await list.getByText('The map and all plans stand on them now.').waitFor({ timeout: JOB_MS });
      await button('Reload the page to see it').click();
      await page.locator('c-balance-bars tr[data-index]').first().waitFor({ timeout: JOB_MS });
      expect(await page.locator('c-balance-bars tr[data-index]').count()).toBe(25);
      // while the ground changes the service refuses for a moment
      expect(complaints.filter((one) => !/status of (503|4\d\d)|ERR_FAILED|CORS/.test(one))).toEqual([]);
    },
  );
});
