import type { Page } from 'playwright-core';
import { HEAD, vendorRows } from './claimFiles.ts';
import { dropFile } from './filePage.ts';
import { button, step, tab as paneTab } from './designPage.ts';

/** Looks at the page as it stands; `name` says which state it is in. */
export type Look = (page: Page, name: string) => Promise<void>;

const JOB_MS = 120_000;
const pageTab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const drawn = (page: Page) => page.locator('c-territory-map .leaflet-tile-loaded').first().waitFor();
const bars = (page: Page) => page.locator('c-balance-bars tr[data-index]').first().waitFor();
/** Nothing in the panel says any more that it waits. */
const settled = (page: Page) =>
  page.waitForFunction(() => !/(Loading|Asking|Reading|Looking|Adding) .*…/.test(document.body.innerText));

/** Today, and Market with its editor and the import panel. */
export async function demandScreens(page: Page, url: string, look: Look): Promise<void> {
  await page.goto(url);
  await bars(page);
  await drawn(page);
  await page.getByText('of its hours driving').first().waitFor();
  await look(page, 'Today');
  for (const name of ['Audit', 'White space', 'Size', 'Drift']) {
    await pageTab(page, name);
    await page.locator('c-audit-panel table, c-white-space-panel li, c-size-panel table, c-drift-panel .sentence').first().waitFor({ timeout: JOB_MS }); // prettier-ignore
    if (name === 'White space') await page.locator('c-white-space-panel .pocket').first().click();
    if (name === 'Size') await page.locator('c-size-panel [data-region="New England"]').first().click();
    await settled(page);
    await look(page, `Today, ${name}`);
  }
  await page.locator('c-drift-panel summary').click();
  await page.locator('c-alert-form .pair').waitFor();
  await look(page, 'Today, rules of the drift alarm');
  await step(page, 'market');
  await page.locator('c-market-step .total').waitFor({ timeout: JOB_MS });
  await page.locator('c-import-panel').waitFor();
  await settled(page);
  await look(page, 'Market, with the import panel');
  await button(page, 'Edit this market').click();
  await page.locator('c-market-editor').waitFor();
  await settled(page);
  await look(page, 'Market, editing');
  await page.locator('c-trend-panel summary').click();
  await settled(page);
  await look(page, 'Market, year to year');
  await dropFile(page, 'vendor.csv', { head: HEAD, body: vendorRows });
  await page.locator('c-column-mapper').waitFor({ timeout: JOB_MS });
  await look(page, 'Market, columns of a file');
  await page.locator('c-column-mapper').getByRole('button', { name: 'Cancel' }).click();
}

/** Design with every pane, the limits of the compute form and a proposal; Compare; Publish with its preview. */
export async function planScreens(page: Page, look: Look): Promise<void> {
  await step(page, 'design');
  const start = button(page, 'Start from today’s map');
  await start.waitFor();
  await look(page, 'Design, no draft yet');
  await start.click();
  await page.locator('c-design-step').waitFor();
  await page.locator('c-balance-bars tr[data-index]').filter({ hasText: 'Merrimack Valley' }).first().click();
  await page.locator('c-design-step').getByText('Drag on the map').waitFor();
  await look(page, 'Design, bars');
  for (const name of ['hours', 'table', 'units', 'scatter']) {
    await paneTab(page, name);
    await settled(page);
    await look(page, `Design, ${name}`);
  }
  await paneTab(page, 'units');
  await page.locator('c-unit-table').getByRole('button', { name: /^Accounts of/ }).first().click(); // prettier-ignore
  await page.locator('c-unit-accounts h3').first().waitFor();
  await look(page, 'Design, accounts');
  await paneTab(page, 'bars');
  await page.locator('c-compute-form summary').click();
  await page.getByText('Counties stay whole').waitFor();
  await look(page, 'Design, limits of the compute form');
  await contradict(page);
  await look(page, 'Design, a least and a most that contradict each other');
  await page.locator('c-bound-rows').getByRole('button', { name: /^Remove/ }).last().click(); // prettier-ignore
  await page.locator('c-compute-form summary').click();
  await page.locator('c-kept-accounts summary').click();
  await keepFirst(page, 'boston');
  await look(page, 'Design, an account that stays');
  // before anything is mended there is something to choose between
  await step(page, 'compare');
  await button(page, 'Compute plans to choose from').click();
  await page.locator('c-trade-off-picker svg').waitFor({ timeout: JOB_MS });
  await look(page, 'Compare, plans to choose from');
  await step(page, 'design');
  await page.locator('c-design-step').waitFor();
  await button(page, 'Fix it').click();
  await button(page, 'Accept into the draft').waitFor({ timeout: JOB_MS });
  await look(page, 'Design, a proposal');
  await button(page, 'Accept into the draft').click();
  await page.locator('c-compare-step li').first().waitFor();
  await settled(page);
  await look(page, 'Compare');
  await page.locator('c-hours-panel summary').click();
  await page.locator('c-hours-panel fieldset').first().waitFor();
  await look(page, 'Compare, what the hours are made of');
  await step(page, 'publish');
  await page.locator('c-publish-preview').waitFor();
  await settled(page);
  await look(page, 'Publish, the preview');
  await page.locator('c-plan-life ol').waitFor();
  await button(page, 'Send to review').click();
  await button(page, 'Announce to reps').waitFor();
  await page.locator('c-plan-life summary').last().click();
  await page.locator('c-leave-covers summary').click();
  await page.locator('c-leave-covers').getByText('No leave was covered yet').waitFor();
  await settled(page);
  await look(page, 'Publish, the way of the plan and a leave cover');
}

/** More for one territory than every one may have. */
async function contradict(page: Page): Promise<void> {
  const rows = page.locator('c-bound-rows');
  await button(page, 'Add a least or most').click();
  await rows.getByLabel('Most hours').fill('1800');
  await button(page, 'Add another').click();
  await rows.getByRole('combobox', { name: 'Territory' }).nth(1).click();
  await rows.getByRole('option', { name: /^Boston Metro/ }).click();
  await rows.getByLabel('Least hours').nth(1).fill('1900');
  await rows.getByText(/^At least 1,900 hours and at most 1,800 hours cannot both hold for Boston Metro/).waitFor();
}

/** The first account that is found by these words stays with its rep. */
async function keepFirst(page: Page, words: string): Promise<void> {
  await page.locator('c-kept-accounts input').fill(words);
  await page.locator('c-kept-accounts [role=option]').first().click();
  await page.locator('c-kept-accounts li .quiet').first().waitFor();
}

/** The inbox and Salesforce beside the steps, for Sales Ops. */
export async function crmScreens(page: Page, look: Look): Promise<void> {
  await page.locator('[data-aside=inbox]').click();
  await page
    .locator('c-feedback-rules')
    .getByText(/is accepted by itself|are given within/)
    .waitFor();
  await page.locator('c-feedback-decision c-target-bar').nth(1).waitFor();
  await page.locator('c-feedback-decision').getByRole('button', { name: 'Pass on…' }).click();
  await look(page, 'Inbox, with something to decide');
  await page.locator('[data-crm]').click();
  for (const name of ['runs', 'automatic', 'plans', 'drift', 'setup', 'fields']) {
    await page.locator(`c-crm-panel [data-tab=${name}]`).click();
    await page.waitForLoadState('networkidle');
    await settled(page);
    await look(page, `Salesforce, ${name}`);
  }
}

/** The account page with all its tabs, and the panel of its button. */
export async function accountScreens(page: Page, url: string, look: Look): Promise<void> {
  await page.goto(url);
  await page.getByText('Rep:').waitFor();
  await drawn(page);
  await look(page, 'Account, procedures');
  for (const name of ['Trend', 'Against peers', 'Nearby', 'History', 'Feedback']) {
    await pageTab(page, name);
    await page.waitForLoadState('networkidle');
    await settled(page);
    await look(page, `Account, ${name}`);
  }
  await page.locator('c-account-territory .act button').click();
  await page.locator('c-reassign-panel, c-feedback-form').waitFor();
  await look(page, 'Account, the panel of its button');
}

/** A rep's own page with all its tabs, and the form that says what is wrong. */
export async function ownScreens(page: Page, url: string, look: Look): Promise<void> {
  await page.goto(url);
  await drawn(page);
  await page.locator('c-focus-list a').first().waitFor();
  await look(page, 'My territory, focus');
  for (const name of ['Field plan', 'Feedback', 'What changed']) {
    await pageTab(page, name);
    await page.waitForLoadState('networkidle');
    await settled(page);
    await look(page, `My territory, ${name}`);
  }
  await page.getByRole('button', { name: /is wrong/ }).first().click(); // prettier-ignore
  await page.locator('c-feedback-form').waitFor();
  await look(page, 'My territory, feedback form');
}

/** Says on an account's page, with the form open, that it belongs elsewhere: the inbox has something to decide. */
export async function sayElsewhere(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'What is wrong?' }).click();
  await page.getByRole('option', { name: /^Distance/ }).click();
  await page.getByRole('combobox', { name: 'Where does it belong?' }).click();
  await page.getByRole('option', { name: /^Merrimack Valley/ }).click();
  await page.getByLabel('In your words').fill('It is too far from me.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(/^Sent\. It is with /).waitFor();
}
