import type { Browser } from 'playwright-core';
import { createGeography } from '../../../service/geography/geography.ts';
import { openBrowser } from '../../e2e/browser.ts';
import { makeMarket } from '../../kit/mapPage/market.ts';
import { serveMap } from '../../kit/mapPage/mapServer.ts';
import { quantile } from '../timing.ts';
import { playMap, type Figures } from './playMap.ts';

/** All but the Pacific coast, Arizona and the outlying states: over 33,000 ZIP units. */
const STATES =
  'AL AR CO CT DC DE FL GA IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK PA RI SC SD TN TX UT VA VT WI WV WY';
/** What is promised, in milliseconds, outside and inside. */
const LIMITS: Readonly<Record<keyof Figures, number | null>> = {
  firstMapMs: 2000,
  dragFrameMs: 20,
  dragScriptMs: 20,
  zoomMs: 250,
  recolorMs: 150,
  lassoMs: 50,
  realmMs: null,
  idleFrameMs: null,
};
const WORDS: Readonly<Record<keyof Figures, string>> = {
  firstMapMs: 'first useful map',
  dragFrameMs: 'drag: frames, p95',
  dragScriptMs: 'drag: script a move, p95',
  zoomMs: 'zoom until all tiles are drawn, median of 8',
  recolorMs: 'recolour all units, median of 6',
  lassoMs: 'lasso of ~200 units: all bars, median move',
  realmMs: 'making the realm',
  idleFrameMs: 'machine: frames while nothing happens, p95',
};
/** Inside Lightning's sandbox at most so many times outside. */
const MOST_INSIDE = 3;

/** The map in a browser, by itself and in a sandboxed realm, run by run in turn; prints medians and holds them to the limits. */
export async function mapBench(runs: number): Promise<void> {
  const geography = createGeography({ states: STATES.split(' ') });
  const size = { territories: 300, places: 2000, points: 20_000 };
  const units = geography.geography.ids.length;
  process.stdout.write(
    `${units} units, ${size.territories} territories, ${size.points} points and ${size.places} circles; 1400 × 900 pixels.\n`,
  );
  const server = await serveMap(geography, makeMarket(geography.geography, size));
  const browser = await openBrowser();
  try {
    // The service cuts each tile once; that is not the browser's time.
    await playMap(browser, server.url, 'outside');
    const figures = await alternated(browser, server.url, runs);
    const isWell = report(figures);
    if (!isWell) process.exitCode = 1;
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Both {
  readonly outside: Figures[];
  readonly inside: Figures[];
}

async function alternated(browser: Browser, url: string, runs: number): Promise<Both> {
  const both: Both = { outside: [], inside: [] };
  for (let run = 0; run < runs; run++) {
    both.outside.push(await playMap(browser, url, 'outside'));
    both.inside.push(await playMap(browser, url, 'inside'));
  }
  return both;
}

function report({ outside, inside }: Both): boolean {
  let isWell = true;
  process.stdout.write(
    `medians of ${outside.length} alternated runs\n${line(['', 'outside', 'inside', 'ratio', 'limit'])}`,
  );
  for (const key of Object.keys(WORDS) as (keyof Figures)[]) {
    const middle = (figures: readonly Figures[]) =>
      quantile(
        figures.map((figure) => figure[key]).sort((a, b) => a - b),
        0.5,
      );
    const [out, within, limit] = [middle(outside), middle(inside), LIMITS[key]];
    // Below a millisecond a ratio says nothing.
    const isSlow = limit !== null && (Math.max(out, within) > limit || within > Math.max(MOST_INSIDE * out, out + 1));
    isWell &&= !isSlow;
    const ratio = key === 'realmMs' ? '' : (within / Math.max(out, 0.01)).toFixed(2);
    const cells = [
      WORDS[key],
      `${out.toFixed(1)} ms`,
      `${within.toFixed(1)} ms`,
      ratio,
      limit === null ? '' : `${limit} ms`,
    ];
    process.stdout.write(`${line(cells).trimEnd()}${isSlow ? '   MISSED' : ''}\n`);
  }
  return isWell;
}

function line([name = '', ...cells]: readonly string[]): string {
  return `${name.padEnd(46)}${cells.map((cell) => cell.padStart(12)).join('')}\n`;
}
