import type { Browser, Page } from 'playwright-core';
import type { Driver, Realm } from '../../kit/mapPage/driver.ts';
import { quantile } from '../timing.ts';

declare const driver: Driver;

/** One run through everything a user does, in milliseconds. */
export interface Figures {
  readonly firstMapMs: number;
  readonly dragFrameMs: number;
  readonly dragScriptMs: number;
  readonly zoomMs: number;
  readonly recolorMs: number;
  readonly lassoMs: number;
  readonly realmMs: number;
  readonly idleFrameMs: number;
}

/** A dense corner of the market, from afar to near and back. */
const MIDDLE = { lat: 40.4, lon: -79 };
const ZOOMS = [6, 7, 8, 9, 10, 9, 8, 7];
const COLORS = ['demand', 'territory', 'demand', 'territory', 'demand', 'territory'];
/** Of this radius in pixels around the middle of the map at this zoom a lasso holds about 200 units. */
const LASSO = { zoom: 8, radius: 105 };

export async function playMap(browser: Browser, url: string, realm: Realm): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url);
    const { realmMs, firstMapMs } = await page.evaluate((chosen) => driver.start(chosen, '/map.js'), realm);
    const figures = { firstMapMs, realmMs, ...(await use(page)) };
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
    return figures;
  } finally {
    await context.close();
  }
}

async function use(page: Page): Promise<Omit<Figures, 'firstMapMs' | 'realmMs'>> {
  const recolors = await each(COLORS, (color) => page.evaluate((to) => driver.timed('color', to), color));
  const looks = ZOOMS.map((zoom) => ({ ...MIDDLE, zoom }));
  const zooms = await each(looks, (look) => page.evaluate((to) => driver.timed('look', to), look));
  const idle = await page.evaluate(() => driver.idle(80));
  const drags = await page.evaluate(() => driver.drag(80, 9));
  await page.evaluate((to) => driver.timed('look', to), { ...MIDDLE, zoom: LASSO.zoom });
  await page.evaluate(() => driver.timed('tool', 'lasso'));
  // The first lasso makes the draft; the second one is what a user feels.
  await page.evaluate((radius) => driver.lasso(radius), LASSO.radius);
  const moves = await page.evaluate((radius) => driver.lasso(radius), LASSO.radius);
  const { units, bars } = (await page.evaluate(() => driver.ask('drawn'))) as { units: number; bars: number };
  if (units < 150 || units > 300 || bars < 300) throw new Error(`The lasso held ${units} units and told ${bars} bars.`);
  return {
    recolorMs: at(recolors, 0.5),
    zoomMs: at(zooms, 0.5),
    idleFrameMs: at(idle, 0.95),
    dragFrameMs: at(drags.frames, 0.95),
    dragScriptMs: at(drags.script, 0.95),
    // the last moves hold nearly all units
    lassoMs: at(moves.slice(-8), 0.5),
  };
}

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<number>): Promise<number[]> {
  const results: number[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

const at = (values: readonly number[], share: number) =>
  quantile(
    [...values].sort((a, b) => a - b),
    share,
  );
