import CrmPanel from 'c/crmPanel';
import { deep, deepAll, mount, serve, unmountAll, until } from './kit';
import { run } from './publishWorld';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const VIEWS: [string, string][] = [
  ['runs', 'c-run-list'],
  ['automatic', 'c-schedule-editor'],
  ['drift', 'c-drift-view'],
  ['setup', 'c-setup-checks'],
  ['fields', 'c-mapping-editor'],
];

describe('c-crm-panel', () => {
  it('shows one view at a time, by its tab', async () => {
    serve({ 'GET /api/publishes?team': { publishes: [run] } });
    const element = mount('c-crm-panel', CrmPanel, { teamId: 'team' });
    for (const [tab, bundle] of VIEWS) {
      deep(element, `[data-tab=${tab}]`).click();
      await until(bundle, () => deepAll(element, bundle).length === 1);
      expect(VIEWS.filter(([, name]) => deepAll(element, name).length > 0)).toEqual([[tab, bundle]]);
    }
    await expect(element).toBeAccessible();
  });
});
