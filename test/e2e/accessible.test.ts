import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Demo } from '../../service/local/demo.ts';
import type { HostUser } from '../../service/local/host/startHost.ts';
import { startFilledDemo } from '../kit/filledSample.ts';
import { axeFindings } from './axe.ts';
import { openBrowser, openPage } from './browser.ts';
import { layoutFindings } from './layout.ts';
import {
  accountScreens,
  crmScreens,
  demandScreens,
  ownScreens,
  planScreens,
  sayElsewhere,
  type Look,
} from './screens.ts';

const START_MS = 240_000;
const TEST_MS = 300_000;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 360, height: 740 },
] as const;
/** What axe finds inside Salesforce's own base components, which are not ours to change: exactly this and nothing more. */
const IN_BASE_COMPONENTS: readonly string[] = [];

const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-accessible-'));
let demo: Demo;
let browser: Browser;
let users: { admin: string; salesOps: string; rep: string; neighborRep: string };
/** A hospital of the rep. */
let accountPath: string;
const inBase = new Map<string, number>();
let looks = 0;

beforeAll(async () => {
  demo = await startFilledDemo(dataDir);
  const known = (JSON.parse(readFileSync(demo.detailsFile, 'utf8')) as { users: HostUser[] }).users;
  const called = (title: RegExp) => known.find((user) => title.test(user.title))!.id;
  users = {
    admin: called(/^Territory Admin/),
    salesOps: called(/^Sales Operations/),
    rep: called(/Boston Metro/),
    neighborRep: called(/Merrimack Valley/),
  };
  browser = await openBrowser();
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What axe says of our own components; what it says of Salesforce's is counted by rule and component. */
async function ownFindings(page: Page): Promise<string[]> {
  const own: string[] = [];
  for (const { rule, component, target, what } of await axeFindings(page)) {
    if (!component.startsWith('lightning-')) own.push(`${rule} in ${component}: ${target}: ${what}`);
    else inBase.set(`${rule} in ${component}`, (inBase.get(`${rule} in ${component}`) ?? 0) + 1);
  }
  return own;
}

/** Axe on a desk, and on a phone where the page is for one; what does not fit at all three widths. */
function looking(problems: string[], isForPhones: boolean): Look {
  return async (page, name) => {
    looks += 1;
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const isPhone = size.width === 360;
      const found = (await layoutFindings(page, { fingers: isPhone })).map(
        ({ what, component, text }) => `${what} in ${component}: ${text}`,
      );
      if (size.width === 1440 || (isPhone && isForPhones)) found.push(...(await ownFindings(page)));
      problems.push(...found.map((text) => `${name} at ${size.width} px: ${text}`));
    }
    await page.setViewportSize(SIZES[0]);
  };
}

/** Opens a page as somebody, goes through its screens, and holds that nothing was found. */
async function hold(
  userId: string,
  isForPhones: boolean,
  screens: (page: Page, look: Look) => Promise<void>,
): Promise<void> {
  const problems: string[] = [];
  const { page, complaints } = await openPage(browser, demo.url, { userId });
  await screens(page, looking(problems, isForPhones));
  await page.context().close();
  expect(problems).toEqual([]);
  // a request that a test aborts is told on the console
  expect(complaints.filter((text) => !/ERR_FAILED/.test(text))).toEqual([]);
}

const at = (where: string): string => demo.url + where;
const shows = (page: Page, words: RegExp) => page.getByText(words).first().waitFor();

describe('a rep', () => {
  test('my territory with all its tabs, and the form that says what is wrong', { timeout: TEST_MS }, () =>
    hold(users.rep, true, async (page, look) => {
      await ownScreens(page, at('/lightning/page/home'), look);
      await page.getByRole('tab', { name: 'Focus', exact: true }).click();
      const id = await page.locator('c-focus-list a').first().getAttribute('data-id');
      accountPath = `/lightning/r/Account/${id}/view`;
    }),
  );

  test('an account with all its tabs', { timeout: TEST_MS }, () =>
    hold(users.rep, true, async (page, look) => {
      await accountScreens(page, at(accountPath), look);
      await sayElsewhere(page);
    }),
  );

  test('the page of another rep; the workbench, which is not for reps', { timeout: TEST_MS }, () =>
    hold(users.rep, true, async (page, look) => {
      await page.goto(at(`/lightning/r/User/${users.neighborRep}/view`));
      await shows(page, /^You see what it is called and where it lies/);
      await look(page, 'Page of another rep');
      await page.goto(at('/lightning/app/territories'));
      await shows(page, /^The workbench is for Territory Admins and Sales Ops/);
      await look(page, 'Workbench of a rep');
    }),
  );
});

describe('a Territory Admin', () => {
  test('an account with the panel that reassigns it', { timeout: TEST_MS }, () =>
    hold(users.admin, true, (page, look) => accountScreens(page, at(accountPath), look)),
  );

  test('a user without a territory; the service out of reach on both kinds of pages', { timeout: TEST_MS }, () =>
    hold(users.admin, true, async (page, look) => {
      await page.goto(at('/lightning/page/home'));
      await page.locator('c-territory-empty p').first().waitFor();
      await look(page, 'No territory');
      await page.route(`${demo.serviceUrl}/**`, (route) => route.abort());
      for (const [name, where] of [
        ['My territory', '/lightning/page/home'],
        ['Account', accountPath],
        ['Workbench', '/'],
      ] as const) {
        await page.goto(at(where));
        await page.locator('c-error-panel .message').first().waitFor();
        await look(page, `${name}, service out of reach`);
      }
    }),
  );
});

describe('Sales Ops', () => {
  test('demand, today, every pane of Design, Compare and Publish', { timeout: TEST_MS }, () =>
    hold(users.salesOps, false, async (page, look) => {
      await demandScreens(page, demo.url, look);
      await planScreens(page, look);
    }),
  );

  test('Salesforce beside the steps', { timeout: TEST_MS }, () =>
    hold(users.salesOps, false, async (page, look) => {
      await page.goto(demo.url);
      await crmScreens(page, look);
    }),
  );
});

describe('the checks themselves', () => {
  test('what is found inside base components is on the list, and the list has nothing else', () => {
    console.log(`${looks} states; inside base components: ${JSON.stringify(Object.fromEntries(inBase))}`);
    expect([...inBase.keys()].sort()).toEqual([...IN_BASE_COMPONENTS].sort());
  });

  test(
    'they find a control without a name, pale words, words cut off, buttons over one another and a wide page',
    { timeout: TEST_MS },
    async () => {
      const { page } = await openPage(browser, demo.url, { userId: users.rep });
      await page.goto(at('/lightning/page/home'));
      await page.locator('c-focus-list a').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(await layoutFindings(page)).toEqual([]);
      await page.locator('c-map-layers button').evaluate((button) => button.replaceChildren());
      const name = page.locator('c-user-territory p.territory');
      await name.evaluate((words: HTMLElement) => words.style.setProperty('color', '#ddd'));
      const spoiled = (await axeFindings(page)).map(({ rule, component }) => `${rule} in ${component}`);
      expect(spoiled.sort()).toEqual(['button-name in c-map-layers', 'color-contrast in lightning-card']);
      await name.evaluate((words: HTMLElement) => {
        for (const [property, value] of [
          ['width', '30px'],
          ['overflow', 'hidden'],
          ['white-space', 'nowrap'],
        ] as const)
          words.style.setProperty(property, value);
      });
      const save = page.locator('c-map-export .save');
      await save.evaluate((button: HTMLElement) => button.style.setProperty('transform', 'translateX(-40px)'));
      await page.evaluate(() => document.body.style.setProperty('width', '2000px'));
      const found = (await layoutFindings(page)).map(({ what, component }) => `${what} in ${component}`);
      for (const one of ['sideways in page', 'cut off in c-user-territory', 'overlap in c-map-layers'])
        expect(found).toContain(one);
      await page.context().close();
    },
  );
});
