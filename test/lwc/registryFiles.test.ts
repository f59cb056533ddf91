import RegistryFiles from 'c/registryFiles';
import RegistryPanel from 'c/registryPanel';
import { fail, find, findAll, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
jest.mock('@salesforce/customPermission/Bailiwick_Operate', () => ({ default: true }), { virtual: true });
afterEach(unmountAll);

const listed = {
  id: 'new',
  file: 'hospitals.csv',
  layoutName: 'facility list',
  rowsKept: 1200,
  rowsSetAside: 3,
  repaired: [],
  importedAt: '2026-01-01T12:00:00Z',
  active: true,
};

describe('c-registry-files', () => {
  it('lists loaded files, and brings an older one back', async () => {
    let active = 'new';
    const calls = serve({
      'GET /api/registry/imports': () => ({
        imports: [
          { ...listed, active: active === 'new' },
          { ...listed, id: 'old', rowsSetAside: 0, active: active === 'old' },
        ],
      }),
      'POST /api/registry/imports/old/activate': () => ((active = 'old'), listed),
    });
    const panel = mount('c-registry-panel', RegistryPanel);
    findAll(find(panel, 'c-button-row'), 'button')
      .find(({ textContent }) => textContent === 'Files')!
      .click();
    await until('the list', () => find(panel, 'c-registry-files'));
    const files = find(panel, 'c-registry-files');
    await until('rows', () => findAll(files, 'li').length === 2);
    expect(textOf(files)).toContain('facility list; 1,200 rows kept, 3 set aside; Jan 1, 2026');
    expect(findAll(files, '[data-do=lines]').map(({ dataset }) => dataset['id'])).toEqual(['new']);
    expect(findAll(files, '[data-do=bring]').map(({ dataset }) => dataset['id'])).toEqual(['old']);
    await expect(panel).toBeAccessible();
    find(files, '[data-do=bring]').click();
    await until('the other one', () => findAll(files, '[data-do=bring]')[0]?.dataset['id'] === 'new');
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('says that nothing is loaded, and what went wrong', async () => {
    serve({ 'GET /api/registry/imports': { imports: [] } });
    const empty = mount('c-registry-files', RegistryFiles, { stamp: 0 });
    await until('the words', () => textOf(empty).includes('Nothing is loaded yet'));
    await expect(empty).toBeAccessible();
    serve({ 'GET /api/registry/imports': fail(503, 'Away.', 'Wait.') });
    const broken = mount('c-registry-files', RegistryFiles, { stamp: 0 });
    await until('the problem', () => find(broken, 'c-error-panel'));
  });
});
