import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../service/local/chromium.mjs';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

export interface Watched {
  readonly page: Page;
  /** What the browser complained about: errors on the console, refused requests, exceptions. */
  readonly complaints: string[];
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium: run `npm test`, or set BAILIWICK_CHROMIUM to its path.');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of its own session, seen as one user; the tour is skipped unless wanted. */
export async function openPage(
  browser: Browser,
  url: string,
  { userId, width = 1440, height = 900 }: { userId?: string; width?: number; height?: number } = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width, height } });
  if (userId) await context.addCookies([{ name: 'bailiwick_user', value: userId, url }]);
  await context.addInitScript(() => localStorage.setItem('bailiwick-tour-skipped', 'yes'));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}
