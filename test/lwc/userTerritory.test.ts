import UserTerritory from 'c/userTerritory';
import {
  deep,
  deepAll,
  deepText,
  fail,
  find,
  findPressable,
  mount,
  serve,
  source,
  standing,
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

const mine = {
  ...standing(2),
  teamId: 'team',
  teamName: 'Sales',
  alignmentId: 'live',
  version: 1,
  parentName: 'Northeast',
  capacityHours: 1840,
  source,
  fairness: {
    others: 24,
    rows: [{ measure: 'potentialUsd', mine: 9e6, others: 24, average: 8e6, low: 7e6, high: 1e7, position: 2 }],
  },
  pockets: [{ zip: '10009', town: 'Elsewhere', potentialUsd: 4e5, accounts: 0, why: 'noAccount' }],
  target: { potentialUsd: 9_000_000, workloadHours: 1800 },
  unitIndexes: world.owners.flatMap((owner, unit) => (owner === 2 ? [unit] : [])),
  topAccounts: [
    {
      id: '001',
      name: 'St. Alban',
      city: 'Town',
      kind: 'Hospital',
      tier: 'A',
      potentialUsd: 1e6,
      salesUsd: 4e5,
      headroomUsd: 6e5,
    },
  ],
};
const page = {
  user: { id: '005', name: 'Ana Ruiz' },
  isSelf: false,
  hasNoClaims: false,
  territories: [mine],
  outlines: [],
};
const story = {
  territoryId: 't',
  territoryName: 'North West',
  planVersion: 1,
  liveSince: '2026-01-05T00:00:00Z',
  liveBy: 'Dana',
  announced: null,
  changes: [
    {
      at: '2026-01-05T00:00:00Z',
      byName: 'Dana',
      gained: [
        { with: 'North East', zips: ['10001', '10002'], accounts: [{ id: '001', name: 'St. Alban' }], unnamed: 2 },
      ],
      lost: [],
      reasons: ['North East falls from 120 % to 104 % of its hours.'],
    },
  ],
  built: ['It is made of 16 ZIPs.'],
  managers: ['Gideon Ullmark'],
};
const all = {
  'GET /api/users/005/territory': page,
  [`GET /api/territories/${mine.id}/story`]: story,
  [`GET /api/territories/${mine.id}/field-plan`]: { territoryId: mine.id, territoryName: 'North West', from: '2026-12-01', workdays: 19, tiers: [], days: [] }, // prettier-ignore
  'GET /api/feedback': { feedback: [] },
};
const show = () => mount('c-user-territory', UserTerritory, { recordId: '005' });
const openTab = (element: Element, tab: string) => deep(element, `[data-tab="${tab}"]`).click();

describe('c-user-territory', () => {
  it('says what is mine, what it is worth and how fair it is, without names; is accessible', async () => {
    serve(all);
    const element = show();
    await until('the territory', () => textOf(element).includes('North West'));
    expect(deepText(element)).toContain('number 2 of 25');
    expect(deepText(element)).toContain('average of the others $8.0M');
    expect(deepAll(element, 'c-target-bar')).toHaveLength(2);
    expect(deepAll(element, 'li a')[0]?.textContent).toContain('St. Alban');
    expect(deepText(element)).toContain('Elsewhere 10009');
    expect(deepText(element)).toContain('no account in Salesforce');
    await until('the map', () => find(find(element, 'c-territory-map'), '.leaflet-pane'));
    await expect(element).toBeAccessible();
  });

  it('answers the seven questions from the plan', async () => {
    serve(all);
    const element = show();
    await until('the tabs', () => deep(element, '[data-tab=story]'));
    openTab(element, 'story');
    await until('the answers', () => deepText(element).includes('What changed, and why?'));
    for (const text of [
      'Came from North East: 2 ZIPs; St. Alban; 2 accounts not shared with you.',
      'Why: North East falls from 120 % to 104 % of its hours.',
      'It is made of 16 ZIPs.',
      'compared with 24 others, without names',
      'St. Alban ($600k headroom)',
      'live since Jan 5, 2026, published by Dana. No other version is announced.',
      'it goes to Gideon Ullmark',
    ])
      await until(text, () => deepText(element).includes(text));
    await expect(element).toBeAccessible();
  });

  it('an empty field plan and an empty list of feedback say so', async () => {
    serve(all);
    const element = show();
    await until('the tabs', () => deep(element, '[data-tab=plan]'));
    openTab(element, 'plan');
    await until('the sentence', () => deepText(element).includes('Nobody is to be called on'));
    openTab(element, 'feedback');
    await until('the sentence', () => deepText(element).includes('You said nothing yet'));
    await expect(element).toBeAccessible();
  });

  it('tells no figures of too few peers', async () => {
    const few = { ...mine, fairness: { others: 3, rows: [] } };
    serve({ ...all, 'GET /api/users/005/territory': { ...page, territories: [few] } });
    const element = show();
    await until('the sentence', () => deepText(element).includes('3 other reps in the team: peers are shown only in groups of five')); // prettier-ignore
    expect(deep(element, 'c-peer-rows')).toBeUndefined();
  });

  it('shows name and place alone to those who may not see more', async () => {
    const { id, name, teamId, teamName, alignmentId, index, unitIndexes } = mine;
    const outlines = [{ id, name, teamId, teamName, alignmentId, index, unitIndexes }];
    const calls = serve({ ...all, 'GET /api/users/005/territory': { ...page, territories: [], outlines }, 'GET /api/alignments/live': fail(404, 'There is no such plan.', 'x') }); // prettier-ignore
    const element = show();
    await until('the sentence', () => textOf(element).includes('Its figures are for Ana Ruiz'));
    expect(findPressable(element, 'Save account list')).toBeUndefined();
    expect(deep(element, 'c-tab-row')).toBeUndefined();
    await until('the request for the plan', () => calls.some(({ path }) => path.includes('/alignments/live')));
    await until('the legend', () => textOf(find(element, 'c-territory-map')).includes('not your territory'));
    expect(find(element, 'c-error-panel')).toBeNull();
  });

  it('paints a territory of others as not shown and draws no name of theirs', async () => {
    const territories = world.territories.map((territory, i) => (i === 2 ? territory : null));
    const owners = world.owners.map((owner) => (owner === 2 ? 2 : -2));
    const plan = { id: 'live', teamId: 'team', territories, owners };
    serve({ ...all, 'GET /api/alignments/live': plan });
    const element = show();
    await until('the legend', () => textOf(find(element, 'c-territory-map')).includes('not your territory'));
    expect(find(element, 'c-error-panel')).toBeNull();
  });

  it('says so when nobody assigned a territory', async () => {
    serve({ ...all, 'GET /api/users/005/territory': { ...page, territories: [] } });
    const element = show();
    await until('the sentence', () => deepText(element).includes('This person has no territory'));
    await expect(element).toBeAccessible();
  });

  it('says what went wrong', async () => {
    serve({ 'GET /api/users/005/territory': fail(503, 'The org does not answer.', 'Try later.') });
    const element = show();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('Try later.');
  });
});
