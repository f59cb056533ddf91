import MarketStep from 'c/marketStep';
import { fail, find, labelled, mount, serve, textOf, unmountAll, until, zips } from './kit';

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
const report = {
  id: 'snapshot',
  file: 'my claims.csv',
  layoutName: 'Vendor aggregate',
  period: '2025',
  rowsRead: 10,
  rowsKept: 8,
  rowsSetAside: 2,
  setAside: [{ reason: 'ZIP unknown', rows: 2 }],
  repaired: [],
  cells: 8,
  guarded: { cells: 2, below: 11 },
  warnings: [],
  alreadyThere: false,
};
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

  it('loads an own file and says where its rows went', async () => {
    const calls = serve({
      ...answers,
      'POST /api/imports/claims': { id: 'i', report },
      'GET /api/markets/preset': { preset: 'medtech' },
      'POST /api/markets': { id: 'mine', name: 'my claims.csv', sites: [], specialties: [] },
      'GET /api/markets/mine/facets': facets,
    });
    const element = mount('c-market-step', MarketStep);
    await until('the total', () => textOf(element).includes('$64k'));
    change(labelled(element, 'Claims file'), { files: [new File(['a'], 'my claims.csv')] });
    await until('the report', () => textOf(element).includes('2 set aside: ZIP unknown'));
    expect(calls.find(({ method }) => method === 'POST')?.path).toBe('/api/imports/claims?name=my%20claims.csv');
    expect(textOf(element)).toContain('25 % of counts under 11');
    labelled(element, 'Show its demand on the map').click();
    await until('its market', () => calls.some(({ path }) => path === '/api/markets/mine/facets'));
    expect(calls.find(({ method, path }) => method === 'POST' && path === '/api/markets')?.body).toEqual({
      preset: 'medtech',
      name: 'my claims',
    });
  });

  it('says what is wrong with a file that is not claims', async () => {
    serve({ ...answers, 'POST /api/imports/claims': fail(422, 'This is not a claims file.', 'Take the CSV of CMS.') });
    const element = mount('c-market-step', MarketStep);
    await until('the total', () => textOf(element).includes('$64k'));
    change(labelled(element, 'Claims file'), { files: [new File(['a'], 'cat.png')] });
    await until('the problem', () => find(element, '.upload [role=alert]'));
    expect(find(element, '.upload [role=alert]').textContent).toContain('This is not a claims file.');
    expect(textOf(element)).toContain('$64k');
    expect(textOf(element)).not.toContain('on this map');
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
