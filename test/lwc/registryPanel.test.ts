import RegistryPanel from 'c/registryPanel';
import { fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until, type Answers } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
jest.mock('@salesforce/customPermission/Bailiwick_Reassign', () => ({ default: true }), { virtual: true });
afterEach(unmountAll);

const record = {
  key: '220001',
  npi: '1234567893',
  ccn: '220001',
  isPerson: false,
  name: 'Mercy Hospital',
  kind: 'hospital',
  address: '1 Main St',
  city: 'Boston',
  state: 'MA',
  zip: '02115',
  lat: 42.3,
  lon: -71.1,
  coordinates: 'zipPoint',
  phone: '6175550100',
  ownership: 'Voluntary non-profit',
  emergency: true,
  beds: 120,
};
const correction = {
  id: '0c7a6c1e-0000-4000-8000-000000000001',
  key: '220001',
  name: 'Mercy Hospital',
  zip: '02115',
  kind: 'volume',
  factor: 1.4,
  reason: 'Claims miss a payer or a site',
  byName: 'Dana',
  at: '2026-01-02T12:00:00Z',
  endedAt: null as string | null,
  endedByName: null as string | null,
  endedReason: null as string | null,
  effect: {
    id: 'x',
    keys: ['220001'],
    proceduresBefore: 100,
    proceduresAfter: 140,
    opportunityUsdBefore: 50_000,
    opportunityUsdAfter: 70_000,
  } as object | null,
};
const ended = { ...correction, id: '0c7a6c1e-0000-4000-8000-000000000002', kind: 'access', factor: 0.5, endedAt: '2026-02-03T12:00:00Z', endedByName: 'Sam', endedReason: 'Contract is over', effect: null }; // prettier-ignore
const volume = { facilityKey: '220001', facilityName: 'Mercy Hospital', zip: '02115', opportunityUsd: 40_000, counts: true, suppressed: false }; // prettier-ignore
const source = {
  snapshotId: 's',
  file: 'hospitals.csv',
  importedAt: '2026-01-01T12:00:00Z',
  npi: null,
  ccn: '220001',
  name: 'MERCY HOSPITAL',
  zipKm: 412.4,
};
const page = {
  record,
  keys: ['1234567893', '220001', '1992999999'],
  specialties: [
    { npi: '1234567893', slot: 1, code: '282N00000X', isPrimary: false, name: null },
    { npi: '1234567893', slot: 2, code: '261QA1903X', isPrimary: true, name: 'Ambulatory surgery' },
  ],
  sources: [source],
  alternatives: [{ field: 'zip', value: '02116', file: 'old.csv' }],
  affiliations: [
    {
      key: '1679576722',
      name: 'Jane Roe',
      zip: '02115',
      hasRecord: true,
      basis: 'claims',
      procedures: 60,
      share: 0.75,
    },
    { key: '1588667638', name: 'John Roe', zip: null, hasRecord: false, basis: 'list', procedures: null, share: null },
  ],
  volumes: [
    { ...volume, siteName: 'Outpatient hospital', procedures: 80 },
    { ...volume, siteName: 'Inpatient hospital', procedures: 20, suppressed: true },
    { ...volume, siteName: 'Office', procedures: 5, suppressed: true },
    { ...volume, siteName: 'Surgery center', procedures: 30, counts: false },
  ],
  corrections: [correction],
  account: { id: '001', name: 'Mercy', how: 'key' },
};
const other = { ...page, record: { ...record, key: '1679576722', name: 'Jane Roe', isPerson: true, kind: 'physician', coordinates: 'source' }, volumes: [], corrections: [] }; // prettier-ignore

const mounted = async (more: Answers = {}) => {
  const calls = serve({
    'GET /api/registry/search?': { records: [record], total: 23, offset: 0 },
    'GET /api/registry/220001': page,
    'GET /api/registry/1679576722': other,
    'GET /api/registry/corrections': { corrections: [correction, ended] },
    'GET /api/registry/matches': { counts: { matched: 0, toReview: 0, rejected: 0, none: 0 }, matches: [], total: 0, offset: 0 }, // prettier-ignore
    'POST /api/registry/220001/corrections': correction,
    'POST /api/registry/corrections/': { ...correction, endedAt: '2026-03-01T00:00:00Z' },
    ...more,
  });
  const element = mount('c-registry-panel', RegistryPanel);
  return { calls, element, search: find(element, 'c-registry-search') };
};
const type = (element: Element, label: string, value: string) =>
  labelled(element, label).dispatchEvent(new CustomEvent('change', { detail: { value } }));
const button = (element: Element, text: string) =>
  findAll(element, 'button').find(({ textContent }) => textContent?.trim() === text)!;
const view = (element: Element, text: string) => button(find(element, 'c-button-row'), text).click();
const opened = async (more: Answers = {}) => {
  const all = await mounted(more);
  type(all.search, 'Find a provider or facility', 'mercy');
  await until('what is found', () => button(all.search, 'Mercy Hospital'));
  button(all.search, 'Mercy Hospital').click();
  await until('the record', () => find(all.element, 'c-registry-record'));
  await until('its page', () => textOf(find(all.element, 'c-registry-record')).includes('1 Main St'));
  return { ...all, page: find(all.element, 'c-registry-record') };
};

describe('c-registry-panel', () => {
  it('finds by words and kind, page by page', async () => {
    const { calls, element, search } = await mounted();
    await expect(element).toBeAccessible();
    expect(calls).toEqual([]);
    type(search, 'Find a provider or facility', 'mercy boston');
    await until('what is found', () => textOf(search).includes('1–1 of 23'));
    expect(textOf(search)).toContain('Hospital · 1 Main St, Boston MA 02115');
    expect(textOf(search)).toContain('NPI 1234567893 · CCN 220001');
    labelled(search, 'Next').click();
    await until('the next page', () => calls.some(({ path }) => path.includes('offset=10')));
    type(search, 'Kind', 'hospital');
    await until('hospitals', () => calls.at(-1)?.path.endsWith('q=mercy+boston&offset=0&limit=10&kind=hospital'));
    await expect(element).toBeAccessible();
  });

  it('says when nothing is found', async () => {
    const { search } = await mounted({ 'GET /api/registry/search?': { records: [], total: 0, offset: 0 } });
    type(search, 'Find a provider or facility', 'nowhere');
    await until('the words', () => textOf(search).includes('Nothing is found'));
    await expect(search).toBeAccessible();
  });

  it('shows what is known of a record, and how well', async () => {
    const { element, page: shown } = await opened();
    const text = textOf(shown);
    expect(text).toContain('Hospital, Voluntary non-profit');
    expect(text).toContain('Also known as 1992999999');
    expect(text).toContain('Account in Salesforce: Mercy (by NPI or CCN)');
    expect(text).toContain('hospitals.csv puts it 412 km away from its ZIP');
    expect(text).toContain('105 counted for it, before corrections.');
    const cells = [...find(shown, '[data-part=volumes] tbody').children].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    expect(cells.map((row) => row.slice(1))).toEqual([
      ['80', '76 %', '$40k'],
      ['≈ 20', '19 %', '$40k'],
      ['< 11', '—', '—'],
      ['30', '—', '$40k'],
    ]);
    expect(cells[3]?.[0]).toContain('takes part');
    const slots = findAll(shown, '[data-part=specialties] li').map(({ textContent }) => textContent);
    expect(slots[0]).toContain('Ambulatory surgery primary');
    expect(slots[1]).toContain('282N00000X');
    expect(find(shown, '[data-part=affiliations]').textContent).toContain('60 procedures, 75 % of the provider’s');
    expect(find(shown, '[data-part=affiliations]').textContent).toContain('John Roe1588667638, in no loaded file');
    expect(button(shown, 'John Roe')).toBeUndefined();
    expect(find(shown, '[data-part=sources]').textContent).toContain('loaded Jan 1, 2026');
    expect(find(shown, '[data-part=alternatives]').textContent).toContain('another ZIP, in old.csv');
    await expect(element).toBeAccessible();
  });

  it('goes from a record to another one, and back to what was found', async () => {
    const { element, page: shown, search } = await opened();
    button(shown, 'Jane Roe').click();
    await until('her record', () => textOf(shown).includes('On the map where its file says.'));
    expect(textOf(shown)).toContain('The market’s claims do not show it.');
    find(shown, '[data-do=back]').click();
    await until('the list', () => !find(element, 'c-registry-record'));
    expect(textOf(search)).toContain('1–1 of 23');
  });

  it('tells of a record that is not there', async () => {
    const { element, search } = await mounted({ 'GET /api/registry/220001': fail(404, 'It is not known.', 'Check.') });
    type(search, 'Find a provider or facility', 'mercy');
    await until('what is found', () => button(search, 'Mercy Hospital'));
    button(search, 'Mercy Hospital').click();
    await until('the record', () => find(element, 'c-registry-record'));
    await until('the problem', () => find(find(element, 'c-registry-record'), 'c-error-panel'));
    expect(textOf(find(find(element, 'c-registry-record'), 'c-error-panel'))).toContain('It is not known.');
  });

  it('corrects a volume, with a reason', async () => {
    const { calls, element, page: shown } = await opened();
    find(shown, 'button[data-kind=volume]').click();
    await until('the form', () => find(shown, 'c-correction-form'));
    const form = find(shown, 'c-correction-form');
    expect(textOf(form)).toContain('Claims show 105 procedures a year.');
    expect((labelled(form, 'Save') as HTMLButtonElement).disabled).toBe(true);
    type(form, 'Percent of what claims show', '10001');
    await until('the limit', () => textOf(form).includes('from 0 to 10,000'));
    type(form, 'Percent of what claims show', '140');
    await until('what it makes', () => textOf(form).includes('This makes it 147'));
    type(form, 'Reason', 'Another reason');
    await until('the question', () => textOf(form).includes('Say the reason in a few words.'));
    await expect(element).toBeAccessible();
    type(form, 'Reason', 'Claims miss a payer or a site');
    await until('the note', () => labelled(form, 'Note (may stay empty)'));
    type(form, 'Note (may stay empty)', ' Medicaid ');
    await until('all of it', () => !(labelled(form, 'Save') as HTMLButtonElement).disabled);
    labelled(form, 'Save').click();
    await until('no form', () => !find(shown, 'c-correction-form'));
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      kind: 'volume',
      factor: 1.4,
      reason: 'Claims miss a payer or a site: Medicaid',
    });
    const rows = find(shown, 'c-correction-rows');
    expect(textOf(rows)).toContain('Volume at 140 % of claims');
    expect(textOf(rows)).toContain('100 → 140 procedures a year, potential $50k → $70k.');
  });

  it('limits access to all of it at most', async () => {
    const { calls, page: shown } = await opened();
    find(shown, 'button[data-kind=access]').click();
    await until('the form', () => find(shown, 'c-correction-form'));
    const form = find(shown, 'c-correction-form');
    type(form, 'Percent that can be reached', '101');
    await until('the limit', () => textOf(form).includes('from 0 to 100.'));
    type(form, 'Percent that can be reached', '0');
    type(form, 'Reason', 'Vendors are not let in');
    await until('all of it', () => !(labelled(form, 'Save') as HTMLButtonElement).disabled);
    labelled(form, 'Save').click();
    await until('the call', () => calls.some(({ method }) => method === 'POST'));
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      kind: 'access',
      factor: 0,
      reason: 'Vendors are not let in',
    });
  });

  it('lists every correction, ends one with its date, and gives all as a file', async () => {
    const { calls, element } = await mounted({ 'GET /api/registry/corrections.csv': 'key\n' });
    view(element, 'Corrections');
    await until('the list', () => find(element, 'c-correction-list'));
    const list = find(element, 'c-correction-list');
    await until('rows', () => textOf(list).includes('1 in force, 1 ended.'));
    const rows = find(list, 'c-correction-rows');
    expect(textOf(rows)).toContain('Ended Feb 3, 2026 by Sam: Contract is over');
    expect(findAll(rows, '[data-do=end]')).toHaveLength(1);
    await expect(element).toBeAccessible();
    find(rows, '[data-do=end]').click();
    await until('the question', () => find(rows, '[data-do=confirm]'));
    type(rows, 'Why it ends (may stay empty)', 'It grew');
    await expect(element).toBeAccessible();
    find(rows, '[data-do=confirm]').click();
    await until('the call', () => calls.some(({ method }) => method === 'POST'));
    expect(calls.find(({ method }) => method === 'POST')).toMatchObject({
      path: `/api/registry/corrections/${correction.id}/end`,
      body: { reason: 'It grew' },
    });
    await until('the list anew', () => calls.filter(({ path }) => path === '/api/registry/corrections').length === 2);
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => undefined;
    const saved = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    button(list, 'All corrections as CSV').click();
    await until('the file', () => saved.mock.calls.length === 1);
    button(rows, 'Mercy Hospital').click();
    await until('its record', () => find(element, 'c-registry-record'));
  });

  it('says that nothing is corrected', async () => {
    const { element } = await mounted({ 'GET /api/registry/corrections': { corrections: [] } });
    view(element, 'Corrections');
    await until('the list', () => find(element, 'c-correction-list'));
    await until('the words', () => textOf(find(element, 'c-correction-list')).includes('Nothing is corrected.'));
    await expect(element).toBeAccessible();
  });
});
