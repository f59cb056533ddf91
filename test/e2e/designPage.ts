import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** The design step in a page: what tests of drawing need of it. */
const bars = (on: Page) => on.locator('c-balance-bars tr[data-index]');
export const changed = (on: Page) => on.locator('c-balance-bars tr.row-changed').count();
export const values = (on: Page) => on.locator('c-balance-bars .value').allTextContents();
export const button = (on: Page, name: string | RegExp) =>
  on.getByRole('button', { name, exact: typeof name === 'string' });
export const step = (on: Page, name: string) => on.locator(`button[data-step=${name}]`).click();
export const tab = (on: Page, name: string) => on.locator(`c-plan-pane [data-tab=${name}]`).click();
export const design = (on: Page) => on.locator('c-design-step');
export const tool = (on: Page, name: string) => on.locator(`c-design-step [data-value=${name}]`).click();
/** By the attribute: a base button is disabled as its inner one is. */
export const isOff = (on: Page, name: string) => button(on, name).isDisabled();

/** Opens the newest draft of the team in the design step, with a territory picked. */
export async function openDesign(on: Page, url: string, territory: string): Promise<void> {
  await on.goto(url);
  await bars(on).first().waitFor();
  await step(on, 'design');
  const start = button(on, 'Start from today’s map');
  await design(on).or(start).first().waitFor();
  if (await start.isVisible()) await start.click();
  await design(on).waitFor();
  await pick(on, territory);
}

export async function pick(on: Page, territory: string): Promise<void> {
  await bars(on).filter({ hasText: territory }).first().click();
  await on.locator('c-balance-bars tr.row-on').filter({ hasText: territory }).waitFor();
  await on.locator('c-territory-map .leaflet-tile-loaded').first().waitFor();
}

export async function place(on: Page, x: number, y: number): Promise<[number, number]> {
  const box = await on.locator('c-territory-map .map').boundingBox();
  if (!box) throw new Error('The map has no place on the page.');
  return [box.x + box.width * x, box.y + box.height * y];
}

/** Drags over these places, in shares of the map, and answers what the bars say before the button is let go. */
export async function drag(on: Page, places: readonly (readonly [number, number])[]): Promise<number> {
  const [first, ...others] = await Promise.all(places.map(([x, y]) => place(on, x, y)));
  await on.mouse.move(...first!);
  await on.mouse.down();
  for (const [x, y] of others) await on.mouse.move(x, y, { steps: 8 });
  await expect.poll(() => changed(on)).toBeGreaterThanOrEqual(2);
  const before = await changed(on);
  await on.mouse.up();
  return before;
}

export const undoAll = async (on: Page): Promise<void> => {
  while (!(await isOff(on, 'Undo'))) await button(on, 'Undo').click();
};
export const saved = (on: Page) => design(on).getByText('All moves saved in the draft').waitFor();
