import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** More than the longest way through a page. */
const MOST_TABS = 200;

/** What has the focus, through all shadow roots, as text to compare: its label or its words; of fields alone, if so asked. */
function focused(page: Page, isField: boolean): Promise<string> {
  return page.evaluate((fieldsOnly) => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active || active === document.body || (fieldsOnly && !active.matches('input, textarea'))) return '';
    const own = active.getAttribute('aria-label') ?? (active as HTMLInputElement).labels?.[0]?.textContent;
    return (own ?? active.textContent ?? '').trim();
  }, isField);
}

/** Presses Tab until what has the focus is called so; a thing that Tab does not reach fails. */
export async function tabTo(page: Page, name: string | RegExp, isField = false): Promise<void> {
  const seen: string[] = [];
  for (let turn = 0; turn < MOST_TABS; turn++) {
    await page.keyboard.press('Tab');
    const now = await focused(page, isField);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    seen.push(now.slice(0, 30));
  }
  throw new Error(`Tab does not reach ${name}; it went by ${seen.join(' | ')}`);
}

/** The focus is on something: an action that takes its own button away hands it on. */
export async function holdsFocus(page: Page): Promise<void> {
  const isHeld = () => page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body);
  await expect.poll(isHeld, { timeout: 5_000 }).toBe(true);
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Picks from a combobox: opens it, walks down to the option, takes it. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press('Enter');
  const wanted = page.getByRole('option', { name: option }).first();
  await wanted.waitFor();
  const options = await page.getByRole('option').allTextContents();
  const box = page.getByRole('combobox', { name: label });
  const id = await wanted.getAttribute('id');
  for (let turn = 0; turn <= options.length; turn++) {
    const before = await box.getAttribute('aria-activedescendant');
    if (before === id) break;
    await page.keyboard.press('ArrowDown');
    // the next look must be at the option that the key brought
    await expect.poll(() => box.getAttribute('aria-activedescendant')).not.toBe(before);
  }
  expect(await box.getAttribute('aria-activedescendant')).toBe(id);
  await page.keyboard.press('Enter');
  await wanted.waitFor({ state: 'hidden' });
}

/** Writes over what stands in a field. */
export async function write(page: Page, name: string | RegExp, text: string): Promise<void> {
  // a field's help is called like the field
  await tabTo(page, name, true);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Chooses a file in the browser's own dialog, which the key opens. */
export async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, /Choose a file|Upload Files/, true);
  const dialog = page.waitForEvent('filechooser');
  // the browser knows that somebody waits for its dialog once it has answered something else
  await page.evaluate(() => undefined);
  await page.keyboard.press('Enter');
  await (await dialog).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}
