import BoundaryList from 'c/boundaryList';
import { fail, find, findAll, mount, serve, textOf, unmountAll, until, type Answers } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const some = <T>(...first: T[]) => ({ count: first.length, first });
const change = {
  units: 70,
  added: some('06001'),
  gone: { count: 15, first: Array.from({ length: 15 }, (_, i) => `068${10 + i}`) },
  merged: some({ from: '06010', into: '06011' }),
  sentence: '1 unit is new, 1 hangs on another now, 15 are gone; 1 ZIP changes its territory.',
  plans: [
    {
      id: 'live',
      name: 'Today',
      territories: [{ id: 'west', name: 'West', gained: some('06001'), lost: some('06010', '06810') }],
      zips: some({ zip: '06010', from: 'West', to: null }),
    },
  ],
};
const version = {
  id: '00000000000000aa',
  kind: 'shapes',
  file: 'ct.json',
  vintage: '2010',
  importedAt: '2026-01-02T00:00:00Z',
  states: { CT: 282 },
  inUse: [] as string[],
  change,
};
const rhode = { ...version, id: '00000000000000bb', file: 'ri.json', vintage: null, states: { RI: 77 }, inUse: ['RI'], change: null }; // prettier-ignore
const boundaries = {
  geographyKey: 'k',
  units: 84,
  atNextStart: null,
  canApply: false,
  unitChoice: 'zip',
  versions: [version, rhode],
};
const states = [
  { state: 'CT', areaKind: 'approximate', file: null, importedAt: null },
  { state: 'RI', areaKind: 'exact', file: 'ri.json', importedAt: '2026-01-02T00:00:00Z' },
];
const former = {
  id: 'p',
  name: 'Today',
  version: 3,
  geographyKey: 'k',
  carriedAt: '2026-01-03T00:00:00Z',
  note: 'Carried over to ri.json.',
  file: 'plan-1-v3',
};
const mounted = async (more: Answers = {}) => {
  const calls = serve({
    'GET /api/geography/boundaries': boundaries,
    'GET /api/geography': { key: 'grid', states },
    'GET /api/geography/former-plans': [former],
    'POST /api/geography/boundaries/00000000000000aa/activate': { id: version.id, takesEffect: 'next_start', message: 'Used from the next start on.', change }, // prettier-ignore
    ...more,
  });
  const element = mount('c-boundary-list', BoundaryList, { stamp: 0 });
  await until('an answer', () => !textOf(element).includes('Working out'));
  return { calls, element };
};
const button = (element: Element, text: string) =>
  findAll(element, 'button').find(({ textContent }) => textContent?.trim() === text);

describe('c-boundary-list', () => {
  it('lists what is loaded, where it is in use, and which states are approximate', async () => {
    const { element } = await mounted();
    const [ct, ri] = findAll(element, 'li').map(({ textContent }) => textContent);
    expect(ct).toContain('ct.json');
    expect(ct).toContain('boundaries of 2010');
    expect(ct).toContain('CT 282');
    expect(ct).toContain('Not in use');
    expect(ri).toContain('year not stated');
    expect(ri).toContain('In use in RI');
    expect(textOf(element)).toContain('approximate in CT');
    expect(findAll(element, 'button').filter(({ textContent }) => textContent === 'Use it')).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('tells what using it would change before anybody presses', async () => {
    const { element, calls } = await mounted();
    const told = find(element, 'c-boundary-change');
    expect(textOf(told)).toContain(
      '15 are gone; 1 ZIP changes its territory. 1 territory gains or loses units in 1 live plan.',
    );
    expect(textOf(told)).toContain('06821 and 3 more');
    expect(textOf(told)).toContain('06010 → 06011');
    expect(textOf(told)).toContain('West');
    expect(textOf(told)).toContain('gains 1 unit, loses 2 units');
    expect(textOf(told)).toContain('06010 from West to nobody');
    expect(calls.every(({ method }) => method === 'GET')).toBe(true);
    await expect(told).toBeAccessible();
  });

  it('asks once more, and uses it only then', async () => {
    const { element, calls } = await mounted();
    button(element, 'Use it')!.click();
    await until('the question', () => find(element, '[data-confirm]'));
    expect(find(element, '[data-confirm]').textContent).toContain('once it is applied');
    expect(find(element, '[data-confirm]').textContent).toContain('carried over then as new versions');
    await expect(element).toBeAccessible();
    find(element, '[data-do=leave]').click();
    await until('no question', () => !find(element, '[data-confirm]'));
    expect(calls.some(({ method }) => method === 'POST')).toBe(false);
    button(element, 'Use it')!.click();
    await until('the question', () => find(element, '[data-confirm]'));
    find(element, '[data-do=use]').click();
    await until('the answer', () => textOf(element).includes('Used from the next start on.'));
    expect(calls.filter(({ path }) => path === '/api/geography/boundaries')).toHaveLength(2);
  });

  it('tells what the next start will change', async () => {
    const { element } = await mounted({ 'GET /api/geography/boundaries': { ...boundaries, atNextStart: change, versions: [{ ...version, inUse: ['CT'], change: null }] } }); // prettier-ignore
    expect(textOf(find(element, 'c-boundary-change'))).toContain('At the next start of the service: 1 unit is new');
    expect(textOf(element)).toContain('In use in CT once it is applied');
    await expect(element).toBeAccessible();
  });

  it('gives former plans as files', async () => {
    const { element, calls } = await mounted({
      'GET /api/geography/former-plans/plan-1-v3/zips.csv': 'zip,territory\n',
    });
    const plans = find(element, 'c-former-plans');
    await until('the plans', () => textOf(plans).includes('Version 3'));
    expect(textOf(plans)).toContain('Carried over to ri.json.');
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => undefined;
    const saved = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    button(plans, 'Download as CSV')!.click();
    await until('the file', () => saved.mock.calls.length === 1);
    expect(calls.some(({ path }) => path === '/api/geography/former-plans/plan-1-v3/zips.csv')).toBe(true);
    await expect(plans).toBeAccessible();
  });

  it('applies what is chosen without a restart, and is patient while the service changes its ground', async () => {
    let asked = 0;
    const { element } = await mounted({
      'GET /api/geography/boundaries': { ...boundaries, canApply: true, atNextStart: change },
      'POST /api/geography/boundaries/apply': { geographyKey: 'grid', change },
      'GET /api/geography': () => (++asked < 3 ? { key: 'grid', states } : { key: 'new', states }),
    });
    await until('the choice', () => findAll(element, '[data-do=apply]').length === 1);
    (find(element, '[data-do=apply]') as HTMLButtonElement).click();
    await until('the new ground', () => textOf(element).includes('The map and all plans stand on them now.'));
    expect(asked).toBeGreaterThanOrEqual(3);
    expect(textOf(element)).toContain('Reload the page to see it');
  });

  it('says that nothing is loaded, and that all areas are approximate', async () => {
    const { element } = await mounted({
      'GET /api/geography/boundaries': { ...boundaries, versions: [] },
      'GET /api/geography': { key: 'grid', states: states.slice(0, 1) },
      'GET /api/geography/former-plans': [],
    });
    expect(textOf(element)).toContain('Nothing is loaded yet');
    expect(textOf(element)).toContain('approximate in every state of this map');
    await expect(element).toBeAccessible();
  });

  it('tells what went wrong', async () => {
    const { element } = await mounted({ 'GET /api/geography/boundaries': fail(403, 'That is for Sales Ops.', 'Ask.') });
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('That is for Sales Ops.');
  });
});
