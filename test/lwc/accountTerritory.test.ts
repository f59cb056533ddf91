import AccountTerritory from 'c/accountTerritory';
import {
  change,
  deep,
  deepAll,
  deepText,
  fail,
  find,
  findPressable,
  mount,
  pressable,
  serve,
  source,
  textOf,
  unmountAll,
  until,
  world,
} from './kit';

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
    tier: 'A',
    specialty: null,
  },
  teams: [team],
  potentialUsd: 1_800_000,
  involvedUsd: 1_800_000,
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

const TABS = ['procedures', 'trend', 'peers', 'near', 'history', 'feedback'];
const owners = { moves: [], on: null };
const all = {
  'GET /api/accounts/001/territory': page,
  'GET /api/accounts/001/past': { periods: [] },
  'GET /api/accounts/001/peers': { group: 'Hospital', others: 2, rows: [] },
  'GET /api/accounts/001/near': { territoryId: 't', territoryName: 'South East', hasPlace: true, accounts: [] },
  'GET /api/accounts/001/owners': owners,
  'GET /api/feedback': { feedback: [] },
  'GET /api/feedback/places': { at: null, suggested: null, places: [], drafts: [] },
};
const openTab = async (element: Element, tab: string) => {
  deep(element, `[data-tab="${tab}"]`).click();
  await until(tab, () => deep(element, `[data-tab="${tab}"]`).getAttribute('aria-selected') === 'true');
};

describe('c-account-territory', () => {
  it('says whose it is and why, what it does at all five sites, what it is worth; is accessible', async () => {
    serve(all);
    const element = show();
    await until('the territory', () => textOf(element).includes('South East'));
    for (const text of ['Ben Cole', 'ZIP 10001', '$1.8M', '$1.2M', '846 procedures by site of care (2025)'])
      expect(deepText(element)).toContain(text);
    expect(deepText(element)).toContain('Knee renewal (BW1)');
    expect(deepAll(element, '.sites tr')).toHaveLength(5);
    await until('the map', () => find(find(element, 'c-territory-map'), '.leaflet-pane'));
    await expect(element).toBeAccessible();
  });

  it('has every tab behind one Tab key, and each says what it has', async () => {
    serve(all);
    const element = show();
    await until('the tabs', () => deep(element, '[data-tab=trend]'));
    const said = {
      trend: 'No claims are known for it',
      peers: 'fewer than five others',
      near: 'No other account of South East',
      history: 'Came to South East.',
      feedback: 'Nobody said that something is wrong with this account.',
    };
    for (const [tab, text] of Object.entries(said)) {
      await openTab(element, tab);
      await until(text, () => deepText(element).includes(text));
    }
    expect(TABS.filter((tab) => deep(element, `[data-tab="${tab}"]`).getAttribute('tabindex') === '0')).toEqual([
      'feedback',
    ]);
    await expect(element).toBeAccessible();
  });

  it('never shows a small count', async () => {
    serve(all);
    const element = show();
    await until('the sites', () => deepAll(element, '.sites tr').length === 5);
    const numbers = deepAll(element, '.sites .number').map((cell) => cell.textContent);
    expect(numbers).toEqual(['0', '< 11', '840', '0', '0']);
  });

  it('offers one button: to reassign to those who may, to everybody else to say what is wrong', async () => {
    serve(all);
    const rep = show();
    await until('the button', () => findPressable(rep, 'This is wrong'));
    expect(findPressable(rep, 'Reassign')).toBeUndefined();
    pressable(rep, 'This is wrong').click();
    await until('the form', () => find(rep, 'c-feedback-form'));
    expect(findPressable(rep, 'This is wrong')).toBeUndefined();
    unmountAll();
    serve({ ...all, 'GET /api/accounts/001/territory': { ...page, teams: [{ ...team, canReassign: true }] } });
    const admin = show();
    await until('the button', () => findPressable(admin, 'Reassign'));
    pressable(admin, 'Reassign').click();
    await until('the panel', () => find(admin, 'c-reassign-panel'));
  });

  it('an account without a ZIP is in no territory, and says what to correct', async () => {
    const why = { kind: 'unplaced', text: 'Its address has no ZIP. Correct the address in Salesforce to place it.' };
    const lost = { ...page, account: { ...page.account, zip: null, unit: -1 }, teams: [{ ...team, territory: null, why, unitIndexes: [] }] }; // prettier-ignore
    serve({ ...all, 'GET /api/accounts/001/territory': lost });
    const element = show();
    await until('the sentence', () => textOf(element).includes('Correct the address in Salesforce'));
    expect(textOf(element)).toContain('In no territory');
    await expect(element).toBeAccessible();
  });

  it('without claims it says that nothing is known, which is not zero', async () => {
    const bare = { ...page, potentialUsd: 0, involvedUsd: 0, headroomUsd: 0, source: null, sites: [], procedures: [] };
    serve({ ...all, 'GET /api/accounts/001/territory': bare });
    const element = show();
    await until('the sentence', () => deepText(element).includes('No claims are loaded yet'));
    expect(deepAll(element, '.money dd').map((one) => one.textContent)).toEqual(['—', '$600k', '—']);
  });

  it('says what it waits for, step by step', async () => {
    let answer: ((value: unknown) => void) | null = null;
    serve(all);
    const { fetch } = globalThis;
    globalThis.fetch = (async (url: string, options: object) => {
      if (url.includes('/accounts/001/territory')) await new Promise((resolve) => (answer = resolve));
      return fetch(url, options as never);
    }) as never;
    const element = show();
    await until('the first step', () => answer !== null && textOf(element).includes('Step 1 of 2'));
    answer!(null);
    await until('the end of waiting', () => !textOf(element).includes('Step '));
  });

  it('says that an account is not there or not visible', async () => {
    serve({ 'GET /api/accounts/001/territory': fail(404, 'There is no such account for you.', 'Search again.') });
    const element = show();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('There is no such account for you.');
  });

  it('service offline: a sentence and a way to try again, which then works', async () => {
    serve(all);
    const online = globalThis.fetch;
    globalThis.fetch = (() => Promise.reject(new TypeError('Failed to fetch'))) as never;
    const element = show();
    await until('the problem', () => deepText(element).includes('does not answer'));
    globalThis.fetch = online;
    change(find(element, 'c-error-panel'), {}, 'retry');
    await until('the territory', () => textOf(element).includes('South East'));
    expect(find(element, 'c-error-panel')).toBeNull();
  });
});
