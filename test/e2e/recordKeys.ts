import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { press, tabTo } from './keyboard.ts';

/** What people do on record pages, without the mouse. */
const SOON = { timeout: 20_000 };
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

/** From the tab that is open to the last of these, by arrows. */
export async function walkTabs(page: Page, from: string, names: readonly string[]): Promise<void> {
  await tabTo(page, from);
  for (const name of names) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => tab(page, name).getAttribute('aria-selected'), SOON).toBe('true');
  }
}

/** R2: from the procedures to three accounts nearby and a plan of the day. */
export async function planDay(page: Page): Promise<void> {
  await page.getByText('Rep:').waitFor();
  await walkTabs(page, 'Procedures', ['Trend', 'Against peers', 'Nearby']);
  await page.locator('c-near-accounts input[type=checkbox]').first().waitFor();
  for (let chosen = 0; chosen < 3; chosen++) {
    await tabTo(page, /last activity|tier [ABC]/);
    await page.keyboard.press('Space');
  }
  await press(page, /^Day plan with 4 visits$/);
  await page.getByText(/^4 visits, .* on the road, .* with customers\.$/).waitFor();
  const [plan] = await Promise.all([page.waitForEvent('download'), press(page, 'Save to print (PDF)')]);
  expect(plan.suggestedFilename()).toMatch(/^Day plan \d{4}-\d\d-\d\d\.pdf$/);
}

/** R4: this is wrong, with a reason and these words. */
export async function sayWrong(page: Page, words: string): Promise<void> {
  await page.getByText('Rep:').waitFor();
  await press(page, 'This is wrong');
  await tabTo(page, /What is wrong\?/);
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor({ state: 'hidden' });
  await tabTo(page, /In your words/);
  await page.keyboard.type(words);
  await press(page, 'Send');
  await page.getByText(/It is with your manager, .*, due /).waitFor();
}

/** A4: the manager declines what was said with these words, and tells the rep why. */
export async function declineSaid(page: Page, words: string): Promise<void> {
  const item = page.locator('c-feedback-list li').filter({ hasText: words });
  await item.waitFor();
  const answer = item.getByLabel('What do you tell who said it?');
  const isThere = () => answer.evaluate((field) => field === document.activeElement || field.matches(':focus'));
  // one such field for every feedback: on to the one of this
  for (let turn = 0; turn < 10; turn++) {
    await tabTo(page, /What do you tell who said it\?/);
    if (await isThere()) break;
  }
  expect(await isThere()).toBe(true);
  await page.keyboard.type('It stays, by keyboard.');
  await press(page, 'Decline');
  await expect.poll(() => item.textContent(), SOON).toContain('declined it on');
}
