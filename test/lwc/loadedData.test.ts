import LoadedData from 'c/loadedData';
import { find, mount, serve, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const SHOWN = ['c-import-list', 'c-registry-panel', 'c-boundary-list'];

describe('c-loaded-data', () => {
  it.each([
    ['claims', 'c-import-list'],
    ['registry', 'c-registry-panel'],
    ['geography', 'c-boundary-list'],
    ['crosswalk', 'c-boundary-list'],
    ['population', null],
  ])('shows of %s %s', async (kind, shown) => {
    serve({
      'GET /api/imports': { imports: [] },
      'GET /api/geography/boundaries': {
        units: 1,
        atNextStart: null,
        canApply: false,
        unitChoice: 'zip',
        versions: [],
      },
      'GET /api/geography/former-plans': [],
    });
    const element = mount('c-loaded-data', LoadedData, { kind, stamp: 0 });
    await Promise.resolve();
    expect(SHOWN.filter((name) => find(element, name))).toEqual(shown === null ? [] : [shown]);
  });

  it('passes on what the list of imports tells', async () => {
    const report = { id: 'old', file: 'may.csv', rowsKept: 1, importedAt: '2026-01-01T00:00:00Z', countedBy: [] };
    serve({ 'GET /api/imports': { imports: [report] } });
    const element = mount('c-loaded-data', LoadedData, { kind: 'claims', stamp: 0 });
    const told: string[] = [];
    element.addEventListener('show', (event) => told.push((event as CustomEvent<{ id: string }>).detail.id));
    await until('the list', () => find(find(element, 'c-import-list'), '[data-do=show]'));
    find(find(element, 'c-import-list'), '[data-do=show]').click();
    expect(told).toEqual(['old']);
  });
});
