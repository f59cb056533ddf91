import type { Page } from 'playwright-core';
import { step } from './designPage.ts';
import { tabTo } from './keyboard.ts';

/** The Publish step and the way of a plan in a page: what tests of plans that go live need of them. */
export const DAY_MS = 86_400_000;

export async function openPublish(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/lightning/app/territories`);
  await page.locator('c-balance-bars tr[data-index]').first().waitFor();
  await step(page, 'publish');
}
export async function pickOption(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).first().click();
}
/** Where the plan is on its way. */
export const now = (page: Page) => page.locator('c-plan-life .place-now .name').textContent();
/** A day of the org from this moment on. */
export const dayFrom = (ms: number, days: number): string =>
  new Date(ms + days * DAY_MS).toLocaleDateString('en-CA', { timeZone: 'America/New_York' });

/** Types a day into a field, as a keyboard of an American locale does. */
export async function typeDay(page: Page, label: string | RegExp, iso: string): Promise<void> {
  await tabTo(page, label);
  const [year, month, date] = iso.split('-');
  await page.keyboard.type(`${month}${date}${year}`);
}
