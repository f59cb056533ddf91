import MarketStep from 'c/marketStep';
import { find, labelled, mount, serve, textOf, unmountAll, until, zips } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
jest.mock('@salesforce/customPermission/Bailiwick_Operate', () => ({ default: true }), { virtual: true });
afterEach(unmountAll);

const facets = {
  specialties: [{ name: 'Orthopedic Surgery', procedures: 120 }],
  codes: [
    { code: 'BW1', name: 'Knee renewal', family: 'Joints', rule: 'procedure', procedures: 100 },
    { code: 'BW2', name: 'Hip renewal', family: 'Joints', rule: 'procedure', procedures: 20 },
  ],
  sites: [
    { code: '11', name: 'Office', procedures: 30 },
    { code: '24', name: 'Ambulatory surgical center', procedures: 90 },
  ],
  periods: [],
  roles: ['facility'],
  laboratoryShare: 0,
};
const demand = {
  procedures: zips.map(() => 2),
  opportunityUsd: zips.map(() => 1000),
  providers: zips.map(() => 1),
  suppressed: zips.map(() => 0),
  noData: zips.map(() => 0),
  suppressedShare: zips.map(() => 0),
  interval: { low: zips.map(() => 900), high: zips.map(() => 1200) },
  total: {
    procedures: 128,
    opportunityUsd: 64_000,
    providers: 64,
    suppressedShare: 0.03,
    interval: { low: 60_000, high: 70_000 },
    remainder: [{ reason: 'the ZIP is in no unit of this map', procedures: 472, opportunityUsd: 9000 }],
  },
  source: {
    label: 'Claims',
    file: 'claims.csv',
    period: '2025',
    importedAt: '2026-01-02T00:00:00Z',
    formula: 'procedures × value',
    notes: [],
  },
};
const answers = {
  'GET /api/markets': {
    markets: [
      { id: 'market', name: 'Implants', period: '2025', addressableShare: 0.7, sites: ['11', '24'], specialties: [] },
    ],
    planMarketId: 'market',
  },
  'GET /api/markets/market/facets': facets,
  'GET /api/demand?': demand,
};
const report = { id: 'snapshot', file: 'my claims.csv' };
const change = (element: Element, detail: unknown) => element.dispatchEvent(new CustomEvent('change', { detail }));

describe('c-market-step', () => {
  it('adds up demand before any territory and hands it to the map; no bare code stands on the screen', async () => {
    serve(answers);
    const element = mount('c-market-step', MarketStep);
    const demands: unknown[] = [];
    element.addEventListener('demand', (event) => demands.push((event as CustomEvent).detail.demand.total.procedures));
    await until('the total', () => textOf(element).includes('$64k'));
    expect(demands).toEqual([128]);
    const families = labelled(element, 'Procedure families (none ticked = all)') as unknown as {
      options: { label: string }[];
    };
    expect(families.options.map(({ label }) => label)).toEqual(['Joints · 120']);
    await expect(element).toBeAccessible();
  });

  it('asks again with the sites and codes that were ticked', async () => {
    const calls = serve(answers);
    const element = mount('c-market-step', MarketStep);
    await until('the total', () => textOf(element).includes('$64k'));
    change(labelled(element, 'Sites of care (procedures)'), { value: ['24'] });
    change(labelled(element, 'Procedure families (none ticked = all)'), { value: ['Joints'] });
    await until('two more questions', () => calls.filter(({ path }) => path.startsWith('/api/demand?')).length === 3);
    const last = new URLSearchParams(
      calls
        .filter(({ path }) => path.startsWith('/api/demand?'))
        .at(-1)!
        .path.split('?')[1],
    );
    expect(Object.fromEntries(last)).toMatchObject({ market: 'market', by: 'zip', sites: '24', codes: 'BW1,BW2' });
  });

  it('makes a market of a loaded file and shows it', async () => {
    const calls = serve({
      ...answers,
      'GET /api/markets/preset': { preset: 'medtech' },
      'POST /api/markets': { id: 'mine', name: 'my claims.csv', sites: [], specialties: [] },
      'GET /api/markets/mine/facets': facets,
    });
    const element = mount('c-market-step', MarketStep);
    await until('the total', () => textOf(element).includes('$64k'));
    find(element, 'c-import-panel').dispatchEvent(new CustomEvent('show', { detail: report }));
    await until('its market', () => calls.some(({ path }) => path === '/api/markets/mine/facets'));
    expect(calls.find(({ method, path }) => method === 'POST' && path === '/api/markets')?.body).toEqual({
      preset: 'medtech',
      name: 'my claims',
    });
  });

  it('says what counts and stands nowhere on this map, and how sure the total is', async () => {
    serve(answers);
    const element = mount('c-market-step', MarketStep);
    await until('the sentence', () => textOf(element).includes('472 procedures ($9k) are not on this map'));
    expect(textOf(element)).toContain('Between $60k and $70k');
  });

  it('colours the map by change from year to year when asked to', async () => {
    const period = (year: string, change: number | null) => ({
      period: year,
      file: `${year}.csv`,
      national: { procedures: 200, opportunityUsd: 1 },
      nationalChange: change,
      selected: { procedures: 100, opportunityUsd: 1 },
      selectedChange: change,
      localChange: change,
      suppressedShare: 0,
    });
    const trend = { periods: [period('2024', null), period('2025', 0.043)], unitChange: zips.map(() => 0.1) };
    serve({ ...answers, 'GET /api/demand/trend?': trend });
    const element = mount('c-market-step', MarketStep);
    const changes: unknown[] = [];
    element.addEventListener('demand', (event) => changes.push((event as CustomEvent).detail.demand.change?.[0]));
    await until('the panel', () => find(element, 'c-trend-panel'));
    const panel = find(element, 'c-trend-panel');
    const details = find<HTMLDetailsElement>(panel, 'details');
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await until('the years', () => textOf(panel).includes('+4.3 %'));
    labelled(panel, 'Colour the map by change').click();
    expect(changes.at(-1)).toBe(0.1);
    await expect(element).toBeAccessible();
  });

  it('without a market says how to get one', async () => {
    serve({ ...answers, 'GET /api/markets': { markets: [] } });
    const element = mount('c-market-step', MarketStep);
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('Load a claims file below');
  });
});
