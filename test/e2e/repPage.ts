import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import { expect } from 'vitest';
import { parseCsv } from '../../service/core/csv.ts';
import { press, write } from './keyboard.ts';
import { walkTabs } from './recordKeys.ts';

/** What a rep's home page says, and the account list that it saves. */
const facts = (page: Page) => page.locator('c-user-territory .facts');

/** Potential, sales, headroom and accounts as the page shows them. */
export const shownFigures = (page: Page): Promise<string[]> => facts(page).locator('dd').allTextContents();

/** The same four, added up from the list. */
export async function listFigures(file: Download): Promise<string[]> {
  const list = parseCsv(readFileSync(await file.path(), 'utf8'), 'accounts');
  const sum = (name: string) =>
    list.rows.reduce((all, { cells }) => all + Number(cells[list.columns.indexOf(name)]), 0);
  const millions = (usd: number) => (usd >= 9.95e6 ? `$${Math.round(usd / 1e6)}M` : `$${(usd / 1e6).toFixed(1)}M`);
  const money = ['market_potential_usd', 'current_sales_usd', 'headroom_usd'].map((name) => millions(sum(name)));
  return [...money, String(list.rows.length)];
}

/** R1: worth, hours and rank without names, with no click. */
export async function tellsItsWorth(page: Page): Promise<string> {
  await facts(page).getByText('Market potential', { exact: true }).first().waitFor();
  return (await facts(page).textContent()) ?? '';
}
export const RANK = /By market potential you are number \d+ of \d+ in the team/;
export const HOURS = /[\d,]+ h of 1,840 h a year/;

/** R2: the five sites, each with how many procedures are done there. */
export async function tellsSites(page: Page): Promise<string[]> {
  const sites = page.locator('c-account-territory .sites tr');
  await sites.nth(4).waitFor();
  return sites.allTextContents();
}
export const SITES: readonly unknown[] = [
  'Office',
  'Off-campus outpatient',
  'Inpatient',
  'On-campus outpatient',
  'Surgery center',
].map((name) => expect.stringMatching(new RegExp(`^${name}\\s*[\\d,]+$`)) as unknown);

/** The two ways of getting at things, at a desk and on a phone. */
export const HANDS = [
  [1440, 'mouse'],
  [360, 'mouse'],
  [1440, 'keyboard'],
  [360, 'keyboard'],
] as const;
export type Hand = (typeof HANDS)[number][1];

/** R3: what the rep's page says of the plan that comes next. */
export async function comingStory(page: Page, home: string, by: Hand = 'mouse'): Promise<string> {
  await page.goto(home);
  if (by === 'mouse') await page.getByRole('tab', { name: 'What changed', exact: true }).click();
  else await walkTabs(page, 'Focus', ['Field plan', 'What changed']);
  const next = page.locator('c-territory-story .coming');
  await next.waitFor();
  return (await next.textContent()) ?? '';
}

/** Finds an account by its name in the search of the page, and goes there. */
export async function openAccount(page: Page, name: string, by: Hand): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Search accounts' });
  if (by === 'mouse') await box.fill(name);
  else await write(page, 'Search accounts', name);
  const found = page.locator('#found a').filter({ hasText: name }).first();
  await found.waitFor();
  if (by === 'mouse') await found.click();
  else await press(page, new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  await page.waitForURL('**/lightning/r/Account/*/view');
}

/** A day as pages write it. */
export const plainDay = (iso: string): string =>
  new Date(`${iso}T12:00:00`).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric' });
