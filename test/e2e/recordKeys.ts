import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { choose, holdsFocus, press, tabTo } from './keyboard.ts';

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

/** From the home page to the page of an account that the rep's list names, by its link. */
export async function goToAccount(page: Page, nth: number): Promise<string> {
  const link = page.locator('c-focus-list a').nth(nth);
  await link.waitFor();
  const [id, words] = [await link.getAttribute('data-id'), ((await link.textContent()) ?? '').trim()];
  await press(page, words);
  await page.waitForURL(`**/lightning/r/Account/${id}/view`);
  await page.getByText('Rep:').waitFor();
  return id ?? '';
}

/** R2: from the procedures to three accounts nearby and a plan of the day, printed. */
export async function planDay(page: Page): Promise<string> {
  await walkTabs(page, 'Procedures', ['Trend', 'Against peers', 'Nearby']);
  const boxes = page.locator('c-near-accounts input[type=checkbox]');
  await boxes.first().waitFor();
  for (let chosen = 0; chosen < 3; chosen++) {
    await tabTo(page, /last activity|tier [ABC]/);
    await page.keyboard.press('Space');
  }
  await expect.poll(() => boxes.evaluateAll((all) => all.filter((box) => (box as HTMLInputElement).checked).length), SOON).toBe(3); // prettier-ignore
  await press(page, /^Day plan with 4 visits$/);
  await page.getByText(/^4 visits, .* on the road, .* with customers\.$/).waitFor();
  await holdsFocus(page);
  const [plan] = await Promise.all([page.waitForEvent('download'), press(page, 'Save to print (PDF)')]);
  expect(plan.suggestedFilename()).toMatch(/^Day plan \d{4}-\d\d-\d\d\.pdf$/);
  return plan.path();
}

/** R4: this is wrong, with a reason, where it belongs and these words. */
export async function sayWrong(page: Page, words: string, to: RegExp): Promise<void> {
  await press(page, 'This is wrong');
  await page.getByRole('combobox', { name: 'Where does it belong?' }).waitFor();
  await choose(page, 'What is wrong?', 'I have the relationship');
  await choose(page, 'Where does it belong?', to);
  await tabTo(page, /In your words/);
  await page.keyboard.type(words);
  await press(page, 'Send');
  await page.getByText(/It is with your manager, .*, due /).waitFor();
  await holdsFocus(page);
}

/** On to this one of the fields that every piece of feedback has. */
async function answerField(page: Page, item: Locator): Promise<void> {
  const answer = item.getByLabel('What do you tell who said it?');
  const isThere = () => answer.evaluate((field) => field === document.activeElement || field.matches(':focus'));
  for (let turn = 0; turn < 12; turn++) {
    await tabTo(page, /What do you tell who said it\?/, true);
    if (await isThere()) return;
  }
  throw new Error('Tab does not reach the answer to this feedback.');
}

/** A4: the manager answers what was said with these words, and presses what decides it. */
export async function answerSaid(page: Page, item: Locator, { answer, verdict }: Answer): Promise<void> {
  await item.locator('c-feedback-decision').waitFor();
  await answerField(page, item);
  await page.keyboard.type(answer);
  await press(page, verdict);
  await item.getByText(/(declined|accepted) it on/).waitFor(SOON);
  await holdsFocus(page);
}
interface Answer {
  readonly answer: string;
  readonly verdict: 'Decline' | 'Accept and move';
}

/** A4: the manager passes it on to whose it is. */
export async function passOn(page: Page, item: Locator, to: RegExp): Promise<void> {
  await item.locator('c-feedback-decision').waitFor();
  await answerField(page, item);
  await press(page, 'Pass on…');
  await choose(page, 'To whose territory does it belong?', to);
  await press(page, 'Pass it on');
  await item.locator('c-feedback-decision').waitFor({ state: 'detached', ...SOON });
  await holdsFocus(page);
}
