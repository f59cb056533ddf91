import type { Page } from 'playwright-core';

export interface Urls {
  readonly url: string;
  readonly serviceUrl: string;
}

/** The service as whoever uses this page may ask it, past the page itself. */
export async function service(page: Page, { url, serviceUrl }: Urls) {
  const opened = await page.request.post(`${url}/apex/BailiwickSession.open`);
  const { token } = (await opened.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const read = async <Answer>(path: string) =>
    (await (await page.request.get(`${serviceUrl}/api${path}`, { headers })).json()) as Answer;
  return { headers, read };
}
