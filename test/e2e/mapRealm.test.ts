import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGeography } from '../../service/geography/geography.ts';
import type { Driver, Realm } from '../kit/mapPage/driver.ts';
import { makeMarket } from '../kit/mapPage/market.ts';
import { serveMap, type MapServer } from '../kit/mapPage/mapServer.ts';
import { differingShare } from '../kit/mapPage/pixels.ts';
import { openBrowser } from './browser.ts';

declare const driver: Driver;

/** Of all pixels so many may differ, and places by so many pixels. */
const [MOST_SHARE, MOST_PIXELS] = [0.001, 1];
const LOOK = { lat: 42, lon: -72, zoom: 8 };
let server: MapServer;
let browser: Browser;

interface Seen {
  readonly picture: Buffer;
  readonly boxes: { readonly what: string; readonly x: number; readonly y: number }[];
}

beforeAll(async () => {
  const geography = createGeography();
  server = await serveMap(geography, makeMarket(geography.geography, { territories: 40, places: 500, points: 2000 }));
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** What is on the screen after everything a user does, step by step. */
async function walk(realm: Realm, script: string): Promise<{ seen: Record<string, Seen>; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 900, height: 640 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(server.url);
  const seen: Record<string, Seen> = {};
  const note = async (name: string) => (seen[name] = await look(page));
  await page.evaluate(([how, file]) => driver.start(how, file), [realm, script] as const);
  await note('loaded');
  await page.evaluate(() => driver.timed('color', 'demand'));
  await note('recoloured');
  await page.evaluate((to) => driver.timed('look', to), LOOK);
  await note('zoomed');
  await page.evaluate(() => driver.drag(13, 8));
  await page.evaluate(() => driver.ask('still'));
  await note('dragged');
  await page.evaluate(() => driver.timed('color', 'territory'));
  await page.evaluate(() => driver.timed('tool', 'lasso'));
  await page.evaluate(() => driver.lasso(120));
  await page.evaluate(() => driver.ask('still'));
  await note('lassoed');
  await close(context);
  return { seen, complaints };
}

const close = (context: BrowserContext) => context.close();

async function look(page: Page): Promise<Seen> {
  const boxes = await page.evaluate(() =>
    [...document.querySelectorAll('.leaflet-tile, .leaflet-pane canvas, .leaflet-control')].map((element) => {
      const { x, y } = element.getBoundingClientRect();
      return { what: String(element.getAttribute('class') ?? element.tagName), x, y };
    }),
  );
  boxes.sort((a, b) => a.what.localeCompare(b.what) || a.x - b.x || a.y - b.y);
  return { picture: await page.screenshot(), boxes };
}

/** How far apart two looks are. */
async function apart(a: Seen, b: Seen): Promise<{ share: number; pixels: number }> {
  const context = await browser.newContext();
  const share = await differingShare(await context.newPage(), [a.picture, b.picture]);
  await context.close();
  if (a.boxes.length !== b.boxes.length) return { share, pixels: Infinity };
  const off = a.boxes.map((box, i) => Math.hypot(box.x - (b.boxes[i]?.x ?? 0), box.y - (b.boxes[i]?.y ?? 0)));
  return { share, pixels: Math.max(0, ...off) };
}

describe('the map inside a realm like Lightning’s', () => {
  test('looks as it does outside after loading, recolouring, zoom, drag and lasso', async () => {
    const outside = await walk('outside', '/map.js');
    const inside = await walk('inside', '/map.js');
    expect([...outside.complaints, ...inside.complaints]).toEqual([]);
    for (const [name, seen] of Object.entries(outside.seen)) {
      const { share, pixels } = await apart(seen, inside.seen[name]!);
      expect(share, `${name}: share of differing pixels`).toBeLessThanOrEqual(MOST_SHARE);
      expect(pixels, `${name}: pixels off`).toBeLessThanOrEqual(MOST_PIXELS);
    }
    // and the steps are steps: the picture changes from one to the next
    const pictures = Object.values(outside.seen);
    for (const [i, seen] of pictures.entries()) {
      if (i > 0) expect((await apart(pictures[i - 1]!, seen)).share).toBeGreaterThan(MOST_SHARE);
    }
  });

  test('the control: Leaflet as it is, under the membrane’s pure defaults, is seen to be broken', async () => {
    const outside = await walk('outside', '/map.js');
    const broken = await walk('plainInside', '/unsafeMap.js');
    const { share, pixels } = await apart(outside.seen['zoomed']!, broken.seen['zoomed']!);
    expect(share).toBeGreaterThan(MOST_SHARE);
    expect(pixels).toBeGreaterThan(MOST_PIXELS);
  });

  test('what Lightning refuses is refused there', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(server.url);
    await page.evaluate(() => driver.start('inside', '/map.js'));
    expect(await page.evaluate(() => driver.ask('refused'))).toEqual({
      blob: 'Unsupported MIME type',
      allowedBlob: null,
      fullscreen: 'Element.requestFullscreen is prohibited by Lightning Web Security.',
    });
    await context.close();
  });
});
