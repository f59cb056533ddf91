import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { layoutFindings } from './layout.ts';

/** Nothing is cut off or lies over something else, and neither the page nor the card scrolls sideways. */
export async function fits(page: Page): Promise<void> {
  const isPhone = (page.viewportSize()?.width ?? 0) < 500;
  expect(await layoutFindings(page, { fingers: isPhone })).toEqual([]);
  const wide = await page.evaluate(() => {
    const card = document.querySelector<HTMLElement>('#page')!;
    return Math.max(document.documentElement.scrollWidth - innerWidth, card.scrollWidth - card.clientWidth);
  });
  expect(wide).toBeLessThanOrEqual(0);
}
