import RunList from 'c/runList';
import { deepAll, fail, find, findAll, mount, serve, textOf, unmountAll, until } from './kit';
import { handover, run, running } from './publishWorld';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const show = (properties = {}) => mount('c-run-list', RunList, { teamId: 'team', stamp: 0, ...properties });

describe('c-run-list', () => {
  it('lists runs with state, who, when, counts, duration and API calls; one opens by its name', async () => {
    const back = { ...run, id: 'y', kind: 'takeBack', state: 'partial', outcomes: { ...run.outcomes, failed: 2 } };
    const night = { ...run, id: 'z', origin: 'schedule', isPartOnly: true };
    serve({
      'GET /api/publishes?team': { publishes: [back, night, run] },
      'GET /api/publishes/z': night,
      'GET /api/publishes/z/handover': handover,
    });
    const element = show();
    await until('the list', () => findAll(element, 'li').length === 3);
    const [first, second] = findAll(element, 'li').map(({ textContent }) => textContent);
    expect(first).toContain('Take-back: Draft of May');
    expect(first).toContain('3 written · 2 failed · 1 min 20 s · 9 API calls');
    expect(first).toContain('Done, except for some records');
    expect(second).toContain('Automatic run: Draft of May (a part)');
    expect(second).toMatch(/Dana, Jan \d, 2026/);
    await expect(element).toBeAccessible();
    find(element, '[data-run=z]').click();
    await until('the run', () => deepAll(element, 'c-publish-run').length === 1);
    expect(find(element, '[data-run=z]').getAttribute('aria-expanded')).toBe('true');
    find(element, '[data-run=z]').click();
    await until('it closes', () => deepAll(element, 'c-publish-run').length === 0);
  });

  it('shows the newest few, and all on demand', async () => {
    const publishes = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...run, id }));
    serve({ 'GET /api/publishes?team': { publishes } });
    const element = show({ most: 3 });
    await until('three', () => findAll(element, 'li').length === 3);
    expect(find(element, '[data-do=all]').textContent).toContain('Show 2 more');
    find(element, '[data-do=all]').click();
    await until('five', () => findAll(element, 'li').length === 5);
  });

  it('stays live while something runs', async () => {
    serve({ 'GET /api/publishes?team': { publishes: [running] } });
    const element = show();
    await until('its progress', () => textOf(element).includes('Running, 1 of 3'));
  });

  it('says that there is nothing, and what went wrong', async () => {
    serve({ 'GET /api/publishes?team': { publishes: [] } });
    const empty = show();
    await until('it is said', () => textOf(empty).includes('Nothing was published yet.'));
    serve({ 'GET /api/publishes?team': fail(503, 'No answer.', 'Wait.') });
    const broken = show();
    await until('the problem', () => find(broken, 'c-error-panel'));
    expect(textOf(broken)).not.toContain('Reading the runs');
  });
});
