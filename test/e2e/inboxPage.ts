import type { Page } from 'playwright-core';
import { service, type Urls } from './serviceSide.ts';

/** The inbox and the form that fills it, in a page: what tests of feedback need of them. */
export const accountUrl = (id: string) => `/lightning/r/Account/${id}/view`;
export const rows = (page: Page) => page.locator('c-feedback-list > ul > li, c-feedback-list li:has(.what)');
/** The piece of feedback that says these words. */
export const row = (page: Page, words: string) => rows(page).filter({ hasText: words });
export const pressButton = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).click();

export async function pickIn(page: Page, box: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: box }).click();
  await page.getByRole('option', { name: option }).first().click();
}

/** How much there is to decide, once the inbox has been read. */
export async function waiting(page: Page): Promise<number> {
  const list = page.locator('c-feedback-list');
  await list.locator('h3').waitFor();
  await list.getByText('Looking up feedback…').waitFor({ state: 'detached' });
  return Number(/(\d+) for you/.exec((await list.locator('h3').textContent()) ?? '')?.[1] ?? 0);
}

/** What the service answers where a rep asks it past the pages, with the token of her own session, to give an account away. */
export async function reassignByHand(page: Page, demo: Urls, accountId: string): Promise<number> {
  const { headers, read } = await service(page, demo);
  const { teams } = await read<{ teams: { teamId: string; version: number }[] }>(`/accounts/${accountId}/territory`);
  const { teamId, version } = teams[0]!;
  const { places } = await read<{ places: { id: string; name: string }[] }>(`/feedback/places?teamId=${teamId}`);
  const to = places.find(({ name }) => name === 'Merrimack Valley')!.id;
  const data = { teamId, version, to, scope: 'account', deals: 'stay', dealStage: null, reason: null, dryRun: false };
  const answer = await page.request.post(`${demo.serviceUrl}/api/accounts/${accountId}/reassign`, { headers, data });
  return answer.status();
}
