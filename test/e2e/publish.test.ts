import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGeography } from '../../service/geography/geography.ts';
import type { Demo } from '../../service/local/demo.ts';
import { writeSample } from '../../service/local/sample/writeSample.ts';
import type { HostUser } from '../../service/local/host/startHost.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { openBrowser, openPage } from './browser.ts';
import { giveOwners, heldBy, regionOf, withRegionBack, type Held } from './heldRows.ts';
import { associations, pairs } from './orgRows.ts';

interface Preview {
  add: { accountId: string; territoryId: string }[];
  remove: { accountId: string; territoryId: string }[];
  owners: { accountId: string; accountName: string; fromId: string; toId: string }[];
  deals: { id: string; stage: string; fromName: string; toName: string; action: 'stay' | 'move' }[];
  conflicts: { accountId: string }[];
}

const START_MS = 240_000;
const JOB_MS = 120_000;
const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-publish-'));
let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];
let users: HostUser[];
let preview: Preview;
/** The CRM as an independent client finds it: before the publish, and with what somebody else changed meanwhile. */
let before: Held;
let published: Held;

const button = (name: string) => page.getByRole('button', { name, exact: true });
const step = (name: string) => page.locator(`button[data-step=${name}]`).click();
const user = (role: HostUser['role']): HostUser => {
  const found = users.find((one) => one.role === role);
  if (!found) throw new Error(`The sample has no ${role}.`);
  return found;
};
const held = () => heldBy(demo);

/** What is listed after this: the next preview that the service answers. */
async function listing(act: () => Promise<unknown>): Promise<Preview> {
  const answer = page.waitForResponse((response) => response.url().endsWith('/publishes/preview'));
  await act();
  return (await (await answer).json()) as Preview;
}

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  users = (JSON.parse(readFileSync(demo.detailsFile, 'utf8')) as { users: HostUser[] }).users;
  browser = await openBrowser();
  ({ page, complaints } = await openPage(browser, demo.url, { userId: user('salesOps').id }));
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('from a draft to Salesforce and back, as Sales Ops', () => {
  test('a draft with moves is ready to publish', { timeout: JOB_MS }, async () => {
    await page.goto(demo.url);
    await page.locator('c-balance-bars tr[data-index]').first().waitFor();
    await step('design');
    await button('Start from today’s map').click();
    await button('Fix it').click();
    await button('Accept into the draft').click({ timeout: JOB_MS });
    await page.locator('c-compare-step').waitFor();
    preview = await listing(() => step('publish'));
    expect(preview.owners.length).toBeGreaterThan(2);
    expect(preview.deals.every(({ action }) => action === 'stay')).toBe(true);
  });

  test('what somebody else changed meanwhile is a conflict; one is left out', { timeout: JOB_MS }, async () => {
    const [first, second] = preview.owners.filter(({ fromId, toId }) => ![fromId, toId].includes(user('admin').id));
    if (!first || !second) throw new Error('The draft changes too few owners.');
    await giveOwners(demo, user('admin').id, [first.accountId, second.accountId]);
    before = await held();
    preview = await listing(() => button('List again').click());
    expect(preview.conflicts.map(({ accountId }) => accountId).sort()).toEqual(
      [first.accountId, second.accountId].sort(),
    );
    await page.locator('[data-tab=conflicts]').click();
    await page
      .getByText(`Belongs to ${user('admin').name} now.`)
      .first()
      .waitFor();
    await page.getByRole('checkbox', { name: first.accountName }).check();
    preview = await listing(() => button('Leave 1 account out and list again').click());
    expect(preview.owners.map(({ accountId }) => accountId)).not.toContain(first.accountId);
    expect(preview.owners.map(({ accountId }) => accountId)).toContain(second.accountId);
  });

  test('open deals move until a stage', { timeout: JOB_MS }, async () => {
    preview = await listing(() =>
      page.locator('c-publish-options').getByText('Move, but stay from a stage on').click(),
    );
    const actions = new Set(preview.deals.map(({ action }) => action));
    expect([...actions].sort()).toEqual(['move', 'stay']);
    const staying = new Set(preview.deals.filter(({ action }) => action === 'stay').map(({ stage }) => stage));
    expect(preview.deals.filter(({ action, stage }) => action === 'move' && staying.has(stage))).toEqual([]);
  });

  test('it writes exactly that, with progress, and proves it', { timeout: JOB_MS }, async () => {
    await button('Publish to the CRM').click();
    await page.locator('c-publish-run').getByText('Published and verified').waitFor({ timeout: JOB_MS });
    const text = await page.locator('c-publish-run').innerText();
    expect(text).toMatch(/Verified: ([\d,]+) of \1 changes read back are as planned\./);
    expect(text).toMatch(/([\d,]+) of \1 accounts seen by their reps/);
    const after = await held();
    const owners = new Map(before.owners);
    for (const { accountId, toId } of preview.owners) owners.set(accountId, toId);
    expect(after.owners).toEqual(owners);
    const deals = new Map(before.deals);
    for (const { id, toName, action } of preview.deals) if (action === 'move') deals.set(id, toName);
    expect(after.deals).toEqual(deals);
    const rows = new Set(before.pairs);
    for (const pair of pairs(preview.remove)) expect(rows.delete(pair)).toBe(true);
    for (const pair of pairs(preview.add)) rows.add(pair);
    expect(after.pairs).toEqual([...rows].sort());
    published = after;
  });

  test('the handover list names pairs of reps, and is a file', { timeout: JOB_MS }, async () => {
    await page.locator('c-publish-handover [data-pair]').first().waitFor();
    const waiting = page.waitForEvent('download');
    await page.locator('c-publish-handover [data-do=save]').click();
    const file = await waiting;
    expect(file.suggestedFilename()).toBe('handover.csv');
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines[0]).toMatch(/^from,to,account_id/);
    expect(lines.length).toBeGreaterThan(preview.owners.length);
  });

  test('one region is taken back, and an independent client finds its former state', { timeout: JOB_MS }, async () => {
    const region = await regionOf(demo, 'New England');
    const wanted = withRegionBack(before, published, region);
    expect(wanted.pairs).not.toEqual(before.pairs);
    expect(wanted.pairs).not.toEqual(published.pairs);
    await button('Take it back').click();
    const list = page.locator('c-take-back-preview');
    await list.getByText('Only some territories').click();
    await list.getByText('New England', { exact: true }).click();
    await expect.poll(() => list.getByLabel('Boston Metro', { exact: true }).isChecked()).toBe(true);
    await list.locator('[data-tab=undo]').waitFor({ timeout: JOB_MS });
    await list.getByRole('button', { name: 'Take it back', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back', exact: true }).click();
    await page.getByText('as they were before').waitFor({ timeout: JOB_MS });
    expect(await held()).toEqual(wanted);
  });

  test('taking the rest back lists first what it would do, then restores everything', { timeout: JOB_MS }, async () => {
    await button('List again').click();
    await page
      .locator('c-publish-step c-run-list li', { hasText: /^Publish: / })
      .locator('[data-run]')
      .click();
    await button('Take it back').click();
    await page.locator('c-take-back-preview [data-tab=undo]').waitFor({ timeout: JOB_MS });
    expect(pairs(await associations(demo.orgUrl, demo.orgToken))).not.toEqual(before.pairs);
    await page.locator('c-take-back-preview').getByRole('button', { name: 'Take it back', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('c-take-back-preview').getByRole('button', { name: 'Take it back', exact: true }).click();
    await dialog.getByRole('button', { name: 'Take it back', exact: true }).click();
    await page.getByText('as they were before').waitFor({ timeout: JOB_MS });
    expect(await held()).toEqual(before);
  });
});

describe('Salesforce beside the steps', () => {
  test('lists the runs, newest first', { timeout: JOB_MS }, async () => {
    await page.locator('[data-crm]').click();
    const runs = page.locator('c-run-list li');
    await expect.poll(() => runs.count()).toBe(3);
    for (const nth of [0, 1]) expect(await runs.nth(nth).innerText()).toMatch(/^Take-back: [\s\S]*Done/);
    expect(await runs.nth(2).innerText()).toMatch(/^Publish: [\s\S]*API calls/);
  });

  test('the account tells who had it and why', { timeout: JOB_MS }, async () => {
    const moved = preview.owners.at(-1);
    if (!moved) throw new Error('No account was moved.');
    const other = await openPage(browser, demo.url, { userId: user('salesOps').id });
    await other.page.goto(`${demo.url}/lightning/r/Account/${moved.accountId}/view`);
    await other.page.getByRole('tab', { name: 'History', exact: true }).click();
    const history = other.page.locator('c-account-owners');
    await history.getByText('Change owner').first().waitFor();
    await history.locator('[data-day]').fill(new Date().toISOString().slice(0, 10));
    await history.getByText(/^On .*: .*, owner /).waitFor();
    await other.page.context().close();
  });

  test('fields show candidates with samples, and are confirmed', { timeout: JOB_MS }, async () => {
    await page.locator('c-crm-panel [data-tab=fields]').click();
    await page
      .locator('c-mapping-role')
      .first()
      .getByText(/^Such as /)
      .first()
      .waitFor();
    await button('Confirm these fields').click();
    await page.getByText(`Confirmed by ${user('salesOps').name}`).waitFor();
  });

  test('the automatic sync runs by hand and is saved', { timeout: JOB_MS }, async () => {
    await page.locator('c-crm-panel [data-tab=automatic]').click();
    await button('Run now').click();
    const run = page.locator('c-sync-runs li').first();
    await run.getByText(/Nothing to do|Waits for you|Done/).waitFor({ timeout: JOB_MS });
    expect(await run.innerText()).toMatch(/accounts compared/);
    await page.getByLabel('% of all accounts would change territory').fill('1.5');
    await button('Save the schedule').click();
    await page.getByText(`Saved by ${user('salesOps').name}`).waitFor();
  });

  test(
    'a bad ZIP sheet in the inbox writes nothing; a great change waits and is approved',
    { timeout: JOB_MS },
    async () => {
      const inbox = path.join(dataDir, 'service', 'inbox');
      const { salesSheet } = writeSample(dataDir, { geography: createGeography().geography });
      mkdirSync(inbox, { recursive: true });
      const today = readFileSync(salesSheet, 'utf8').trim().split('\n').slice(1);
      const sheet = (lines: readonly string[]) =>
        writeFileSync(path.join(inbox, 'zips.csv'), ['zip,territory', ...lines].join('\n'));
      const latest = page.locator('c-sync-runs li').first();
      const start = pairs(await associations(demo.orgUrl, demo.orgToken));
      await page.getByLabel('ZIP sheet to take').fill('zips.csv');
      await button('Save the schedule').click();
      await page.getByText('Saved.', { exact: true }).waitFor();
      sheet(today.map((line) => line.slice(2)));
      await button('Run now').click();
      await latest.getByText('zips.csv was refused').waitFor({ timeout: JOB_MS });
      expect(pairs(await associations(demo.orgUrl, demo.orgToken))).toEqual(start);
      const territories = today.map((line) => line.split(',')[1]!);
      const [from, to] = [territories[0]!, territories.find((one) => one !== territories[0])!];
      sheet(today.map((line) => line.replace(from, to)));
      await button('Run now').click();
      const waiting = page.locator('c-waiting-run');
      await waiting.getByText('nothing is written yet').waitFor({ timeout: JOB_MS });
      expect(await waiting.innerText()).toMatch(/It would write “From zips\.csv”: [1-9]\d* accounts to a territory/);
      expect(pairs(await associations(demo.orgUrl, demo.orgToken))).toEqual(start);
      await waiting.getByRole('button', { name: 'Approve once' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve once' }).click();
      await latest.getByText(/Done/).waitFor({ timeout: JOB_MS });
      const now = pairs(await associations(demo.orgUrl, demo.orgToken));
      const gone = start.filter((pair) => !now.includes(pair));
      expect(gone.length).toBeGreaterThan(0);
      expect(gone.every((pair) => pair.includes(from))).toBe(true);
    },
  );

  test('drift asks before it acts, and set-up says what is in order', { timeout: JOB_MS }, async () => {
    await page.locator('c-crm-panel [data-tab=drift]').click();
    await page.locator('c-drift-view [data-kind=ruleRow]').click();
    await page.locator('c-drift-view [data-action=accept]').click();
    await page.getByRole('dialog', { name: 'Accept into the plan?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('c-crm-panel [data-tab=setup]').click();
    await page.locator('c-setup-checks').getByText('Integration login').waitFor();
    await page.locator('c-setup-checks [data-do=check]').click();
    await page
      .locator('c-setup-checks')
      .getByText(/check(s are in order| of \d+ to look at|s of \d+ to look at)/)
      .waitFor();
  });

  test('a run can be followed on a phone', { timeout: JOB_MS }, async () => {
    await page.locator('c-crm-panel [data-tab=runs]').click();
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator('c-run-list li', { hasText: 'Take-back' }).first().locator('[data-run]').click();
    await page.locator('c-publish-run').getByText('Taken back').waitFor();
    const widest = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(widest).toBeLessThanOrEqual(360);
  });

  test('it is for Sales Ops alone', { timeout: JOB_MS }, async () => {
    const admin = await openPage(browser, demo.url, { userId: user('admin').id });
    await admin.page.goto(demo.url);
    await admin.page.locator('c-balance-bars tr[data-index]').first().waitFor();
    expect(await admin.page.locator('[data-crm]').count()).toBe(0);
    await admin.page.context().close();
  });

  test('the browser complained about nothing on the way', () => {
    expect(complaints).toEqual([]);
  });
});
