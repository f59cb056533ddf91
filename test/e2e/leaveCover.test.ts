import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import jsforce from 'jsforce';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { waitFor } from '../kit/waitFor.ts';
import { openBrowser, openPage } from './browser.ts';
import { button } from './designPage.ts';
import { fits } from './fits.ts';
import { choose, holdsFocus, press } from './keyboard.ts';
import { associations, pairs } from './orgRows.ts';
import { DAY_MS, dayFrom, now, openPublish, pickOption, typeDay } from './planPage.ts';

const START_MS = 240_000;
const JOB_MS = 180_000;
const SALES_OPS = '0055g0000000002AAA';
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-leave-'));
/** How far the service's clock is ahead: days go by when the test says so. */
let aheadMs = 0;
let demo: Demo;
let browser: Browser;
let ops: Page;
const complaints: string[][] = [];
/** A busy machine answers within this. */
const SOON = { timeout: 20_000 };

const begin = () => startFilledDemo(dataDir, { now: () => new Date(Date.now() + aheadMs) });
/** A day of the org from today on, as the service's clock has it. */
const day = (from: number) => dayFrom(Date.now() + aheadMs, from);
const rows = () => associations(demo.orgUrl, demo.orgToken);
const query = async <Row extends Record<string, unknown>>(soql: string): Promise<Row[]> => {
  const connection = new jsforce.Connection({ instanceUrl: demo.orgUrl, accessToken: demo.orgToken, version: '66.0' });
  return (await connection.query<Row>(soql, { autoFetch: true, maxFetch: 200_000 })).records as Row[];
};
const differences = (a: readonly string[], b: readonly string[]) => {
  const [was, is] = [new Set(a), new Set(b)];
  return [...a.filter((key) => !is.has(key)), ...b.filter((key) => !was.has(key))];
};

async function salesOps(): Promise<Page> {
  const opened = await openPage(browser, demo.url, { userId: SALES_OPS });
  complaints.push(opened.complaints);
  return opened.page;
}
beforeAll(async () => {
  demo = await begin();
  browser = await openBrowser();
  ops = await salesOps();
}, START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a rep on leave (A2)', () => {
  /** Who takes what stands there: several neighbours, none of them filled beyond what is allowed. */
  async function nobodyIsOverfilled(): Promise<void> {
    const made = ops.locator('c-leave-covers .made');
    await made.waitFor({ timeout: JOB_MS });
    const text = (await made.textContent()) ?? '';
    const shares = [...text.matchAll(/→ (\d+) % of the hours/g)].map(([, share]) => Number(share));
    expect(shares.length).toBeGreaterThan(1);
    expect(Math.max(...shares)).toBeLessThanOrEqual(115);
    await fits(ops);
  }

  test(
    'the cover is split by keyboard, published alone, and comes back by itself after a restart',
    { timeout: 2 * JOB_MS },
    async () => {
      const before = pairs(await rows());
      await openPublish(ops, demo.url);
      await press(ops, 'Leave cover');
      await choose(ops, 'Who is on leave?', 'Southern Tier');
      await typeDay(ops, 'First day', day(1));
      await typeDay(ops, 'Back on', day(85));
      await press(ops, 'Split the cover');
      await nobodyIsOverfilled();
      await holdsFocus(ops);
      await press(ops, 'Open this plan');
      await ops.locator('c-plan-life').getByText('It covers').waitFor();
      await press(ops, 'Send to review');
      await expect.poll(() => now(ops), SOON).toBe('In review');
      await press(ops, 'Approve without announcing');
      await expect.poll(() => now(ops)).toBe('Approved');
      await typeDay(ops, /^Live from/, day(1));
      await press(ops, 'Set the date');
      await expect.poll(() => now(ops)).toBe('Scheduled');
      await ops.context().close();

      aheadMs += DAY_MS;
      const names = new Map((await query<{ Id: string; Name: string }>('SELECT Id, Name FROM Territory2')).map(({ Id, Name }) => [Id, Name])); // prettier-ignore
      // two teams have a territory of this name; only one of them has a rep on leave
      const inTier = (all: readonly { territoryId: string }[]) =>
      [...names].filter(([, name]) => name === 'Southern Tier').map(([id]) => all.filter(({ territoryId }) => territoryId === id).length); // prettier-ignore
      const begun = await waitFor(rows, (all) => inTier(all).includes(0), 90_000);
      const touched = new Set(differences(before, pairs(begun)).map((pair) => names.get(pair.split(' ')[1] ?? '')));
      expect(touched.has('Southern Tier')).toBe(true);
      expect(touched.has('Boston Metro')).toBe(false);
      expect(touched.size).toBeLessThan(8);

      await demo.close();
      demo = await begin();
      aheadMs += 84 * DAY_MS;
      const ended = await waitFor(rows, (all) => differences(before, pairs(all)).length === 0, 120_000);
      expect(inTier(ended)).not.toContain(0);
      ops = await salesOps();
      await openPublish(ops, demo.url);
      await ops.locator('c-leave-covers summary').click();
      await ops
        .locator('c-leave-covers')
        .getByText(/Southern Tier: .*over/)
        .waitFor();
    },
  );

  test('by mouse: the cover is split, opened as a plan, approved and scheduled', { timeout: 2 * JOB_MS }, async () => {
    const written = pairs(await rows());
    const covers = ops.locator('c-leave-covers');
    await pickOption(ops, 'Who is on leave?', 'Southern Tier');
    await covers.locator('[data-day=from]').fill(day(10));
    await covers.locator('[data-day=back]').fill(day(94));
    await button(ops, 'Split the cover').click();
    await nobodyIsOverfilled();
    await button(ops, 'Open this plan').click();
    const life = ops.locator('c-plan-life');
    await life.getByText('It covers').waitFor();
    await expect.poll(() => now(ops), SOON).toBe('Draft');
    for (const [does, stage] of [
      ['Send to review', 'In review'],
      ['Approve without announcing', 'Approved'],
    ] as const) {
      await life.getByRole('button', { name: does, exact: true }).click();
      await expect.poll(() => now(ops), SOON).toBe(stage);
    }
    await life.locator('[data-date]').fill(day(10));
    await button(ops, 'Set the date').click();
    await expect.poll(() => now(ops), SOON).toBe('Scheduled');
    await fits(ops);
    expect(pairs(await rows())).toEqual(written);
  });

  test('the browser complained about nothing on the way', () => {
    expect(complaints.flat()).toEqual([]);
  });
});
