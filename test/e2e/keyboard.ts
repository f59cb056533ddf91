import type { Page } from 'playwright-core';

/** More than the longest way through a page. */
const MOST_TABS = 120;

/** What has the focus, through all shadow roots, as text to compare: its label or its words. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active) return '';
    const own = active.getAttribute('aria-label') ?? (active as HTMLInputElement).labels?.[0]?.textContent;
    return (own ?? active.textContent ?? '').trim();
  });
}

/** Presses Tab until what has the focus is called so; a thing that Tab does not reach fails. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let turn = 0; turn < MOST_TABS; turn++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    seen.push(now.slice(0, 30));
  }
  throw new Error(`Tab does not reach ${name}; it went by ${seen.join(' | ')}`);
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Picks from a combobox without the mouse: opens it, walks down to the option, takes it. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press('Enter');
  const wanted = page.getByRole('option', { name: option }).first();
  await wanted.waitFor();
  const box = page.getByRole('combobox', { name: label });
  const id = (await wanted.getAttribute('id')) ?? '';
  const active = () => box.getAttribute('aria-activedescendant');
  for (let turn = 0; turn < MOST_TABS && (await active()) !== id; turn++) {
    const before = await active();
    await page.keyboard.press('ArrowDown');
    // the next look must be at the option that the key brought
    await page.waitForFunction(
      ([name, was]) => {
        const find = (root: Document | ShadowRoot): Element | null => {
          for (const each of root.querySelectorAll('*')) {
            if (each.getAttribute('role') === 'combobox' && each.getAttribute('aria-label') === name) return each;
            const inner = each.shadowRoot && find(each.shadowRoot);
            if (inner) return inner;
          }
          return null;
        };
        const found = find(document);
        return !found || found.getAttribute('aria-activedescendant') !== was;
      },
      [label, before],
    );
  }
  await page.keyboard.press('Enter');
  await wanted.waitFor({ state: 'hidden' });
}
