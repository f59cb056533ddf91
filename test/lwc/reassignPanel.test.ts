import ReassignPanel from 'c/reassignPanel';
import { deepText, fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const choices = [
  { id: 'a', name: 'North', repName: 'Ana' },
  { id: 'b', name: 'South', repName: 'Ben' },
];
const team = {
  teamId: 'team',
  teamName: 'Sales',
  version: 5,
  territory: { id: 'a', name: 'North' },
  choices,
  canReassign: true,
};
const effect = {
  accounts: [{ id: '001', name: 'St. Alban' }],
  units: [],
  before: [
    { id: 'a', name: 'North', utilization: 1.2, potentialUsd: 2e6, accounts: 9 },
    { id: 'b', name: 'South', utilization: 0.8, potentialUsd: 1e6, accounts: 5 },
  ],
  after: [
    { id: 'a', name: 'North', utilization: 1.1, potentialUsd: 1.5e6, accounts: 8 },
    { id: 'b', name: 'South', utilization: 0.9, potentialUsd: 1.5e6, accounts: 6 },
  ],
  deals: [],
  stages: [],
};
const deal = {
  name: 'Hips',
  accountName: 'St. Alban',
  ownerName: 'Ana',
  stage: 'Talks',
  amountUsd: 90_000,
  moves: false,
};
const show = () =>
  mount('c-reassign-panel', ReassignPanel, { accountId: '001', team, siblings: 2, zip: '02115', zipAccounts: 9 });
const pick = (element: Element, label: string, value: string) =>
  labelled(element, label).dispatchEvent(new CustomEvent('change', { detail: { value } }));

describe('c-reassign-panel', () => {
  it('asks account, all sites or ZIP first and offers every other territory; is accessible', async () => {
    const element = show();
    const options = (label: string) =>
      (labelled(element, label) as unknown as { options: { label: string }[] }).options.map((one) => one.label);
    expect(options('What moves?')).toEqual([
      'This account only',
      'All its sites (3 accounts of the family)',
      'The whole ZIP 02115 (10 accounts)',
    ]);
    expect(options('To which territory?')).toEqual(['South · Ben', 'A territory of another manager: ask for it…']);
    await expect(element).toBeAccessible();
  });

  it('shows both bars before anything is saved, and saves what was shown', async () => {
    const calls = serve({
      'POST /api/accounts/001/reassign': (body: { dryRun: boolean }) => (body.dryRun ? effect : { publishId: null }),
    });
    const element = show();
    const saved = jest.fn();
    element.addEventListener('reassigned', saved);
    expect((labelled(element, 'Reassign') as unknown as { disabled: boolean }).disabled).toBe(true);
    pick(element, 'What moves?', 'zip');
    pick(element, 'To which territory?', 'b');
    await until('both bars', () => findAll(element, 'c-target-bar').length === 2);
    expect(findAll(element, 'c-target-bar').map(textOf)).toEqual([
      expect.stringContaining('110 % −10'),
      expect.stringContaining('90 % +10'),
    ]);
    expect(calls.every(({ body }) => (body as { dryRun: boolean }).dryRun)).toBe(true);
    labelled(element, 'Reassign').click();
    await until('the save', () => saved.mock.calls.length === 1);
    expect(textOf(findAll(element, 'c-target-bar')[1]!)).toContain('Market potential $1.0M → $1.5M, accounts 5 → 6');
    expect(calls.at(-1)?.body).toEqual({
      ...{ teamId: 'team', to: 'b', scope: 'zip', version: 5, dryRun: false },
      ...{ deals: 'stay', dealStage: null, reason: null },
    });
  });

  it('lists open deals with what becomes of each; late ones may stay, and the reason goes along', async () => {
    const stages = ['First', 'Talks', 'Offer', 'Closed Won', 'Closed Lost'];
    const calls = serve({
      'POST /api/accounts/001/reassign': (body: { dryRun: boolean; deals: string }) =>
        body.dryRun ? { ...effect, stages, deals: [{ ...deal, moves: body.deals !== 'stay' }] } : { publishId: null },
    });
    const element = show();
    const saved = jest.fn();
    element.addEventListener('reassigned', saved);
    pick(element, 'To which territory?', 'b');
    await until('the deal', () => textOf(element).includes('Hips'));
    expect(find(element, '.deals strong').textContent).toBe('stays');
    pick(element, '1 open deal: what becomes of them?', 'untilStage');
    await until('its move', () => find(element, '.deals strong').textContent === 'moves');
    // the last third of the open stages is late
    expect(calls.at(-1)?.body).toMatchObject({ deals: 'untilStage', dealStage: 'Offer', dryRun: true });
    pick(element, 'Why? The reps read this', 'Her surgeon moved.');
    await expect(element).toBeAccessible();
    labelled(element, 'Reassign').click();
    await until('the save', () => saved.mock.calls.length === 1);
    expect(calls.at(-1)?.body).toMatchObject({ dealStage: 'Offer', reason: 'Her surgeon moved.', dryRun: false });
  });

  it('keeps what was entered when the Salesforce session has ended in between', async () => {
    serve({ 'POST /api/accounts/001/reassign': effect });
    const element = show();
    pick(element, 'To which territory?', 'b');
    await until('both bars', () => findAll(element, 'c-target-bar').length === 2);
    serve({ 'POST /api/accounts/001/reassign': fail(401, 'The token is over.', 'Reload.') });
    pick(element, 'Why? The reps read this', 'Her surgeon moved.');
    labelled(element, 'Reassign').click();
    await until('the problem', () => deepText(element).includes('The token is over.'));
    expect((labelled(element, 'To which territory?') as unknown as { value: string }).value).toBe('b');
    expect((labelled(element, 'Why? The reps read this') as unknown as { value: string }).value).toContain('surgeon');
  });

  it('says why it is refused', async () => {
    serve({ 'POST /api/accounts/001/reassign': fail(403, 'South is not in your branch.', 'Ask its Territory Admin.') });
    const element = show();
    pick(element, 'To which territory?', 'b');
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('Ask its Territory Admin.');
  });
});
