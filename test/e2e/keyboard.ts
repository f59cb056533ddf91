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
