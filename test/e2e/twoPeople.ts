import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { button, design, drag, pick, saved, tab, tool } from './designPage.ts';

/** Two pages of two people, both with the same draft open in the design step. */
export interface TwoPeople {
  readonly mine: Page;
  readonly theirs: Page;
}

/** Both draw elsewhere: both keep theirs, and the second one to save is told whose came in. */
export async function disjointMerges({ mine, theirs }: TwoPeople): Promise<void> {
  await Promise.all([tool(mine, 'box'), tool(theirs, 'box')]);
  await drag(mine, [
    [0.18, 0.55],
    [0.3, 0.7],
  ]);
  await pick(theirs, 'Southern Maine');
  await drag(theirs, [
    [0.1, 0.45],
    [0.3, 0.75],
  ]);
  await button(theirs, 'Save').click();
  await saved(theirs);
  await button(mine, 'Save').click();
  await design(mine)
    .getByText(/Merged: .+ gave \d+ ZIPs? to Southern Maine/)
    .waitFor();
  await saved(mine);
  expect(await mine.locator('c-edit-conflicts').count()).toBe(0);
}

async function give(on: Page, zip: string, to: string): Promise<void> {
  await tab(on, 'units');
  await on.locator('c-unit-table input[type=search]').fill(zip);
  await on.locator(`c-unit-table input[aria-label^="Choose ${zip}"]`).check();
  const option = on.locator('c-unit-table option').filter({ hasText: to });
  await on.locator('c-unit-table select').selectOption((await option.getAttribute('value')) ?? '');
  await on.locator('c-unit-table').getByRole('button', { name: 'Give', exact: true }).click();
  await button(on, 'Save').waitFor();
}

/** Both give the same ZIP of this territory away: the second one to save chooses, and nothing is lost. Answers the ZIP. */
export async function overlapIsAsked({ mine, theirs }: TwoPeople, territory: string): Promise<string> {
  await tab(mine, 'units');
  const first = mine.locator('c-unit-table tbody th').first();
  const zip = ((await first.textContent()) ?? '').trim();
  await pick(theirs, territory);
  await give(theirs, zip, 'Boston Metro');
  await give(mine, zip, 'Central Massachusetts');
  await button(theirs, 'Save').click();
  await saved(theirs);
  // the other one's edit comes in with the save, or by itself a moment before it
  const conflicts = mine.locator('c-edit-conflicts');
  await button(mine, 'Save').or(conflicts).first().waitFor();
  if ((await conflicts.count()) === 0) await button(mine, 'Save').click();
  await conflicts.waitFor();
  expect(await conflicts.textContent()).toMatch(new RegExp(`${zip}.*Boston Metro.*Central Massachusetts`));
  await conflicts.locator('[data-take=mine]').first().click();
  await expect.poll(() => conflicts.count()).toBe(0);
  await button(mine, 'Save').click();
  await saved(mine);
  await tab(mine, 'bars');
  return zip;
}
