import MarketUse from 'c/marketUse';
import { fail, findAll, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const market = { id: 'lab', name: 'Lab', version: 1, period: '2026', preset: 'medtech', role: 'performing', snapshotId: 's', specialties: [], codes: [], sites: [], addressableShare: 1, countedPeriod: null, scaleUp: [] }; // prettier-ignore
const facets = { specialties: [], codes: [], sites: [], periods: [], roles: ['performing', 'ordering'], laboratoryShare: 0.83 }; // prettier-ignore
const mounted = (more: object = {}) =>
  mount('c-market-use', MarketUse, { market, markets: [market, { ...market, id: 'first', name: 'First' }], facets, planMarketId: 'first', canEdit: true, ...more }); // prettier-ignore
const button = (element: Element, text: string) =>
  findAll(element, 'button').find((one) => one.textContent === text) as HTMLButtonElement | undefined;

describe('c-market-use', () => {
  it('warns with the share of laboratories, and switches to who orders with one button', async () => {
    const calls = serve({ 'PUT /api/markets/lab': { ...market, role: 'ordering', preset: 'diagnostics' } });
    const element = mounted();
    const saved: unknown[] = [];
    element.addEventListener('saved', (event) => saved.push((event as CustomEvent).detail.role));
    await until('the warning', () => textOf(element).includes('Laboratories hold 83 % of the services'));
    await expect(element).toBeAccessible();
    button(element, 'Count with who orders them')!.click();
    await until('the answer', () => saved.length > 0);
    expect(calls[0]!.body).toMatchObject({ role: 'ordering', preset: 'diagnostics' });
    expect(saved).toEqual(['ordering']);
  });

  it('goes back to where they are performed, and says that there are no case hours', async () => {
    serve({});
    const element = mounted({ market: { ...market, role: 'ordering', preset: 'diagnostics' } });
    await until('the sentence', () => textOf(element).includes('Counted with who orders them. No case hours.'));
    expect(textOf(element)).not.toContain('Laboratories hold');
    expect(button(element, 'Count where they are performed')).toBeDefined();
  });

  it('says nothing of laboratories where they hold little, and lets nobody switch who may not', async () => {
    serve({});
    const few = mounted({ facets: { ...facets, laboratoryShare: 0.2 } });
    expect([textOf(few).includes('Laboratories'), button(few, 'Count with who orders them')]).toEqual([
      false,
      undefined,
    ]);
    const reader = mounted({ canEdit: false });
    expect(findAll(reader, 'button')).toEqual([]);
  });

  it('lets plans count under this market, and says so; a refusal is told', async () => {
    serve({ 'POST /api/markets/lab/plan': { markets: [], planMarketId: 'lab' } });
    const element = mounted();
    const planned: unknown[] = [];
    element.addEventListener('planned', (event) => planned.push((event as CustomEvent).detail));
    expect(textOf(element)).toContain('Today they count under First.');
    button(element, 'Count plans under this market')!.click();
    await until('the choice', () => planned.length > 0);
    expect(planned).toEqual(['lab']);
    serve({ 'POST /api/markets/lab/plan': fail(404, 'There is no such market.', 'Reload the list.') });
    button(element, 'Count plans under this market')!.click();
    await until('the refusal', () => textOf(element).includes('There is no such market.'));
    expect(textOf(mounted({ planMarketId: 'lab' }))).toContain('Plans, accounts and bars count under this market.');
  });
});
