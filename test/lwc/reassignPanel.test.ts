import ReassignPanel from 'c/reassignPanel';
import { fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until } from './kit';

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
    { id: 'a', name: 'North', utilization: 1.2 },
    { id: 'b', name: 'South', utilization: 0.8 },
  ],
  after: [
    { id: 'a', name: 'North', utilization: 1.1 },
    { id: 'b', name: 'South', utilization: 0.9 },
  ],
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
      'The whole ZIP 02115 (9 accounts)',
    ]);
    expect(options('To which territory?')).toEqual(['South · Ben']);
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
    expect(calls.at(-1)?.body).toEqual({ teamId: 'team', to: 'b', scope: 'zip', version: 5, dryRun: false });
  });

  it('says why it is refused', async () => {
    serve({ 'POST /api/accounts/001/reassign': fail(403, 'South is not in your branch.', 'Ask its Territory Admin.') });
    const element = show();
    pick(element, 'To which territory?', 'b');
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('Ask its Territory Admin.');
  });
});
