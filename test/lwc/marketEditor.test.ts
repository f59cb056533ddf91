import MarketEditor from 'c/marketEditor';
import { fail, find, labelled, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const codes = Array.from({ length: 45 }, (_, i) => ({
  code: `BW${100 + i}`,
  name: `Renewal ${i}`,
  family: 'Joints',
  rule: 'procedure' as const,
  valueUsd: null,
}));
const market = {
  id: 'm',
  version: 3,
  period: '2025',
  name: 'Implants',
  preset: 'medtech' as const,
  snapshotId: 's',
  specialties: [],
  codes,
  sites: [],
  role: 'facility' as const,
  addressableShare: 0.7,
  countedPeriod: null,
  scaleUp: [],
};
const change = (element: Element, value: unknown) =>
  element.dispatchEvent(new CustomEvent('change', { detail: { value } }));
const mounted = () => mount('c-market-editor', MarketEditor, { market, periods: ['2025', '2024'] } as never);

describe('c-market-editor', () => {
  it('saves what was changed as a new version: rule, value, range, role, period, share, payers', async () => {
    const calls = serve({ 'PUT /api/markets/m': (body: object) => ({ ...market, ...body, version: 4 }) });
    const element = mounted();
    const saved: { version: number }[] = [];
    element.addEventListener('saved', (event) => saved.push((event as CustomEvent<{ version: number }>).detail));
    expect(textOf(element)).toContain('Implants, version 3');
    const list = find(element, 'c-market-codes');
    expect(textOf(list)).toContain('5 more: find them by code, name or family.');
    change(labelled(list, 'How BW101 counts'), 'addOn');
    await until(
      'the rule',
      () => (labelled(list, 'How BW101 counts') as unknown as { value: string }).value === 'addOn',
    );
    change(labelled(list, 'Dollars for one BW102'), '1200');
    const value = () => (labelled(list, 'Dollars for one BW102') as unknown as { value: number | null }).value;
    await until('the value', () => value() === 1200);
    change(labelled(list, 'Add a code or a range (17311-17315)'), '17311-17315');
    labelled(list, 'Add').click();
    await until('the range', () => textOf(list).includes('17311-17315'));
    change(labelled(element, 'A procedure counts'), 'ordering');
    change(labelled(element, 'Period'), '2024');
    change(labelled(element, 'Share that you can address, in %'), '55');
    const payers = find(element, 'c-payer-scale');
    change(labelled(payers, 'State or county'), 'ma');
    change(labelled(payers, 'Factor'), '2.1');
    labelled(payers, 'Add').click();
    await until('what is missing', () => textOf(payers).includes('Say where the factor comes from'));
    change(labelled(payers, 'Where it comes from'), 'State report 2025');
    labelled(payers, 'Add').click();
    await until('the factor', () => textOf(payers).includes('MA × 2.1'));
    await expect(element).toBeAccessible();
    labelled(element, 'Save').click();
    await until('the new version', () => saved.length === 1);
    const body = calls.find(({ method }) => method === 'PUT')?.body as typeof market;
    expect(body).toMatchObject({
      role: 'ordering',
      countedPeriod: '2024',
      addressableShare: 0.55,
      scaleUp: [{ place: 'MA', factor: 2.1, source: 'State report 2025' }],
    });
    expect(body.codes).toHaveLength(46);
    expect(body.codes[0]).toMatchObject({ code: '17311-17315', rule: 'procedure' });
    expect(body.codes.find(({ code }) => code === 'BW101')).toMatchObject({ rule: 'addOn' });
    expect(body.codes.find(({ code }) => code === 'BW102')).toMatchObject({ valueUsd: 1200 });
    expect(textOf(element)).toContain('version 4');
  });

  it('says what keeps it from being saved, and what the service says against it', async () => {
    serve({ 'PUT /api/markets/m': fail(400, 'The file has no period 2019.', 'Choose 2025.') });
    const element = mounted();
    change(labelled(element, 'Name'), ' ');
    await until('the sentence', () => textOf(element).includes('The market needs a name.'));
    change(labelled(element, 'Name'), 'Implants');
    await until('nothing open', () => !textOf(element).includes('needs a name'));
    labelled(element, 'Save').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('The file has no period 2019.');
  });

  it('brings a former version back, and takes families from a file', async () => {
    const calls = serve({
      'GET /api/markets/m/versions': {
        versions: [
          { version: 3, savedAt: '2026-01-02T00:00:00Z', savedBy: 'Dana' },
          { version: 2, savedAt: null, savedBy: null },
        ],
      },
      'POST /api/markets/m/versions/2/restore': { ...market, version: 4 },
      'POST /api/markets/families': { codes: 3, families: 2, setAside: [{ line: 4, reason: 'no family' }] },
    });
    const element = mounted();
    const versions = find(element, 'c-market-versions');
    const details = find<HTMLDetailsElement>(versions, 'details');
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await until('the versions', () => textOf(versions).includes('Version 3, Jan 2, 2026, Dana (in use)'));
    find(versions, '[data-version="2"]').click();
    await until('the restored one', () => textOf(element).includes('version 4'));
    const families = labelled(element, 'Families of codes (CSV with the columns code and family)');
    families.dispatchEvent(new CustomEvent('change', { detail: { files: [new File(['code,family\n'], 'f.csv')] } }));
    await until('the sentence', () => textOf(element).includes('2 families for 3 codes taken.'));
    expect(textOf(element)).toContain('1 row set aside, such as line 4: no family.');
    expect(calls.some(({ path }) => path === '/api/markets/families?name=f.csv')).toBe(true);
  });
});
