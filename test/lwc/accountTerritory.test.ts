import AccountTerritory from 'c/accountTerritory';
import { fail, find, findAll, labelled, mount, serve, source, textOf, unmountAll, until, world } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const unitIndexes = world.owners.flatMap((owner, unit) => (owner === 1 ? [unit] : []));
const team = {
  teamId: 'team',
  teamName: 'Sales',
  alignmentId: 'live',
  version: 1,
  territory: { id: 't', name: 'South East', index: 1, repId: 'r', repName: 'Ben Cole' },
  why: { kind: 'zip', text: 'Its address lies in ZIP 10001.' },
  canReassign: false,
  choices: [],
  unitIndexes,
};
const page = {
  account: {
    id: '001',
    name: 'St. Alban',
    kind: 'Hospital',
    zip: '10001',
    city: 'Town',
    unit: 1,
    lat: null,
    lon: null,
    parentName: null,
  },
  teams: [team],
  potentialUsd: 1_800_000,
  salesUsd: 600_000,
  headroomUsd: 1_200_000,
  source,
  sites: [
    { code: '21', name: 'Inpatient', procedures: 840 },
    { code: '19', name: 'Off-campus', procedures: 5.5 },
  ],
  procedures: [
    {
      family: 'Joints',
      code: 'BW1',
      name: 'Knee renewal',
      bySite: { '21': 840, '19': 5.5 },
      total: 845.5,
      suppressed: true,
    },
  ],
  places: [],
  siblings: 0,
  zipAccounts: 3,
  history: [{ at: '2026-01-02T00:00:00Z', byName: 'Dana', text: 'Came to South East.' }],
};
const show = () => mount('c-account-territory', AccountTerritory, { recordId: '001' });

describe('c-account-territory', () => {
  it('says whose it is and why, what it does at all five sites, what it is worth; is accessible', async () => {
    serve({ 'GET /api/accounts/001/territory': page });
    const element = show();
    await until('the territory', () => textOf(element).includes('South East'));
    for (const text of ['Ben Cole', 'ZIP 10001', '$1.8M', '$1.2M', 'Knee renewal (BW1)', 'Came to South East.'])
      expect(textOf(element)).toContain(text);
    expect(findAll(element, '.sites tr')).toHaveLength(5);
    await until('the map', () => find(find(element, 'c-territory-map'), '.leaflet-pane'));
    await expect(element).toBeAccessible();
  });

  it('never shows a small count', async () => {
    serve({ 'GET /api/accounts/001/territory': page });
    const element = show();
    await until('the sites', () => findAll(element, '.sites tr').length === 5);
    const numbers = findAll(element, '.sites .number').map((cell) => cell.textContent);
    expect(numbers).toEqual(['0', '< 11', '840', '0', '0']);
  });

  it('offers to reassign only to those who may', async () => {
    serve({ 'GET /api/accounts/001/territory': page });
    const rep = show();
    await until('the territory', () => textOf(rep).includes('South East'));
    expect(labelled(rep, 'Reassign')).toBeUndefined();
    unmountAll();
    serve({ 'GET /api/accounts/001/territory': { ...page, teams: [{ ...team, canReassign: true }] } });
    const admin = show();
    await until('the button', () => labelled(admin, 'Reassign'));
    labelled(admin, 'Reassign').click();
    await until('the panel', () => find(admin, 'c-reassign-panel'));
  });

  it('says that an account is not there or not visible', async () => {
    serve({ 'GET /api/accounts/001/territory': fail(404, 'There is no such account for you.', 'Search again.') });
    const element = show();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('There is no such account for you.');
  });
});
