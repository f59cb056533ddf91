import type { Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import type { Download } from 'playwright-core';
import { parseCsv } from '../../service/core/csv.ts';

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

/** R2: the five sites, with what is done where. */
export async function tellsSites(page: Page): Promise<string[]> {
  const sites = page.locator('c-account-territory .sites tr');
  await sites.nth(4).waitFor();
  return sites.allTextContents();
}
