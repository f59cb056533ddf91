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
};
const demand = {
  procedures: zips.map(() => 2),
  opportunityUsd: zips.map(() => 1000),
  providers: zips.map(() => 1),
  suppressed: zips.map(() => 0),
  noData: zips.map(() => 0),
  total: { procedures: 128, opportunityUsd: 64_000, providers: 64, suppressedShare: 0.03 },
  source: {
    label: 'Claims',
    file: 'claims.csv',
    period: '2025',
    importedAt: '2026-01-02T00:00:00Z',
    formula: 'procedures × value',
  },
};
const answers = {
  'GET /api/markets': {
    markets: [
      { id: 'market', name: 'Implants', period: '2025', addressableShare: 0.7, sites: ['11', '24'], specialties: [] },
    ],
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

  it('says how much of a national file lies outside the map', async () => {
    const far = facets.sites.map((site) => ({ ...site, procedures: site.procedures * 5 }));
    serve({ ...answers, 'GET /api/markets/market/facets': { ...facets, sites: far } });
    const element = mount('c-market-step', MarketStep);
    await until('the sentence', () => textOf(element).includes('472 of 600 procedures (79 %) are not on this map'));
  });

  it('without a market says how to get one', async () => {
    serve({ ...answers, 'GET /api/markets': { markets: [] } });
    const element = mount('c-market-step', MarketStep);
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('Load a claims file below');
  });
});
