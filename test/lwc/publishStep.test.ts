import PublishStep from 'c/publishStep';
import { fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const account = { accountId: '001', accountName: 'St. Alban Hospital' };
const preview = {
  previewHash: 'hash',
  counts: { add: 1, remove: 1, owners: 1, deals: 0, unchanged: 7, kept: 1 },
  apiCalls: { needed: 3, used: 10, limit: 1000 },
  add: [{ ...account, zip: '02115', territoryName: 'South', fromTerritoryName: 'North' }],
  remove: [{ ...account, territoryName: 'North' }],
  owners: [{ ...account, fromName: 'Ana', toName: 'Ben' }],
  deals: [
    {
      ...account,
      id: '006',
      name: 'Knee set',
      stage: 'Negotiation',
      amountUsd: 20000,
      fromName: 'Ana',
      toName: 'Ben',
      action: 'stay',
    },
  ],
  kept: [{ accountName: 'Old Mill', territoryName: 'North', why: 'rule-made' }],
  unplaced: [],
  perRep: [{ repId: '1', repName: 'Ben', gains: 1, loses: 0, gainsSalesUsd: 5000, losesSalesUsd: 0 }],
  warnings: ['1 row of an assignment rule stays.'],
};
const publish = {
  id: 'x',
  kind: 'publish',
  alignmentId: 'd',
  alignmentName: 'Draft',
  state: 'done',
  progress: { done: 3, total: 3, phase: 'verifying' },
  outcomes: { written: 3, alreadyThere: 0, failed: 0, skipped: 0 },
  failures: [],
  verified: { checked: 3, asPlanned: 3, differences: [] },
  canTakeBack: true,
  byName: 'Dana',
  at: '2026-01-02T00:00:00Z',
};
const answers = {
  'POST /api/publishes/preview': preview,
  'GET /api/publishes?team': { publishes: [] },
  'POST /api/publishes': { id: 'x' },
  'GET /api/publishes/x': publish,
};
const plan = { draftId: 'd', draftName: 'Draft', version: 2 };
const show = (properties = {}) => mount('c-publish-step', PublishStep, { plan, teamId: 'team', ...properties });

describe('c-publish-step', () => {
  it('lists what will change, list by list, and is accessible', async () => {
    serve(answers);
    const element = show();
    await until('the list', () => textOf(element).includes('gains 1 account, $5k sales'));
    find(element, '[data-tab=deals]').click();
    await until('the deals', () => textOf(element).includes('stays with Ana'));
    find(element, '[data-tab=kept]').click();
    await until('what is kept', () => textOf(element).includes('made by an assignment rule'));
    expect(textOf(element)).toContain('10 of 1,000 used today');
    await expect(element).toBeAccessible();
  });

  it('publishes exactly what was previewed, shows the proof, and takes it back', async () => {
    const back = { ...publish, id: 'y', kind: 'takeBack', canTakeBack: false };
    const calls = serve({ ...answers, 'POST /api/publishes/x/take-back': { id: 'y' }, 'GET /api/publishes/y': back });
    const element = show();
    const published = jest.fn();
    element.addEventListener('published', published);
    await until('the list', () => findAll(element, '[data-tab]').length > 0);
    labelled(element, 'Publish to the CRM').click();
    await until('the proof', () => textOf(element).includes('3 of 3 changes read back are as planned'));
    expect(calls.find(({ path, method }) => method === 'POST' && path === '/api/publishes')?.body).toEqual({
      alignmentId: 'd',
      version: 2,
      previewHash: 'hash',
      owners: true,
      deals: 'stay',
    });
    labelled(element, 'Take it back').click();
    await until('the way back', () => textOf(element).includes('as they were before'));
    expect(published).toHaveBeenCalledTimes(2);
  });

  it('asks again when owners are to stay', async () => {
    const calls = serve(answers);
    const element = show();
    await until('the list', () => findAll(element, '[data-tab]').length > 0);
    labelled(element, 'Account owner becomes the territory’s rep').dispatchEvent(
      new CustomEvent('change', { detail: { checked: false } }),
    );
    await until('a second list', () => calls.filter(({ path }) => path === '/api/publishes/preview').length === 2);
    expect(calls.filter(({ path }) => path === '/api/publishes/preview').at(-1)?.body).toMatchObject({ owners: false });
  });

  it('says that the org changed since, and makes the list again', async () => {
    serve({
      ...answers,
      'POST /api/publishes': fail(409, 'The org changed since the preview.', 'Look at the list again.'),
    });
    const element = show();
    await until('the list', () => findAll(element, '[data-tab]').length > 0);
    labelled(element, 'Publish to the CRM').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('The org changed since the preview.');
  });

  it('has nothing to publish without a draft but still takes an earlier publish back', async () => {
    const calls = serve({
      ...answers,
      'GET /api/publishes?team': { publishes: [publish] },
      'POST /api/publishes/x/take-back': { id: 'x' },
    });
    const element = show({ plan: { draftId: '', draftName: '', version: 0 } });
    await until('the earlier one', () => findAll(element, '[data-publish]').length === 1);
    expect(textOf(element)).toContain('There is no draft to publish');
    find(element, '[data-publish]').click();
    await until('the request', () => calls.some(({ path }) => path === '/api/publishes/x/take-back'));
    expect(calls.some(({ path }) => path.endsWith('/preview'))).toBe(false);
  });
});
