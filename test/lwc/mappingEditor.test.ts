import MappingEditor from 'c/mappingEditor';
import {
  change,
  deep,
  deepAll,
  deepText,
  fail,
  find,
  findPressable,
  mount,
  pressable,
  serve,
  textOf,
  unmountAll,
  until,
} from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const ACCOUNT = [
  'npi',
  'ccn',
  'specialty',
  'kind',
  'salesUsd',
  'street',
  'city',
  'state',
  'postalCode',
  'latitude',
  'longitude',
  'lastActivity',
  'parent',
];
const empty = (roles: string[]) => Object.fromEntries(roles.map((role) => [role, [] as string[]]));
const mapping = {
  version: 1,
  account: { ...empty(ACCOUNT), npi: ['NPI__c'], postalCode: ['BillingPostalCode'] },
  user: empty(['postalCode', 'city', 'latitude', 'longitude', 'quotaUsd']),
  classes: { parent: [], facility: [], physician: [{ field: 'RecordType.DeveloperName', values: ['HCP'] }] },
};
const candidate = (field: string, confidence: string) => ({
  field,
  label: field.replace(/__c$/, ''),
  type: 'string',
  confidence,
  reason: `Its name says so: ${field}.`,
  rowsRead: 10,
  filled: 9,
  values: [{ value: '1234567893', count: 2 }],
});
const guessed = {
  state: 'guessed',
  mapping,
  saved: null,
  savedByName: null,
  savedAt: null,
  problems: [] as object[],
  guess: {
    mapping,
    account: { npi: [candidate('NPI__c', 'high'), candidate('Alt_Id__c', 'low')] },
    user: {},
    classes: [{ name: 'physician', rule: { field: 'RecordType.DeveloperName', values: ['HCP'] }, reason: 'Named so.' }],
  },
};
const confirmed = {
  ...guessed,
  state: 'confirmed',
  saved: mapping,
  savedByName: 'Dana',
  savedAt: '2026-01-02T00:00:00Z',
};
const mounted = async (more = {}) => {
  const calls = serve({ 'GET /api/mapping': guessed, ...more });
  const element = mount('c-mapping-editor', MappingEditor);
  await until('the fields', () => deepAll(element, 'c-mapping-role').length > 0);
  return { calls, element };
};

describe('c-mapping-editor', () => {
  it('shows candidates with reasons and sample values, and is accessible', async () => {
    const { element } = await mounted();
    expect(textOf(element)).toContain('nobody has confirmed it yet');
    expect(deepText(element)).toContain('Its name says so: NPI__c.');
    expect(deepText(element)).toContain('Such as 1234567893 (2).');
    const npi = pressable(element, 'NPI') as HTMLElement & { options: { label: string; value: string }[] };
    expect(npi.options.map(({ value }) => value)).toEqual(['', 'NPI__c', 'Alt_Id__c', '*']);
    expect(npi.options[2]?.label).toBe('Alt_Id (Alt_Id__c), a guess');
    await expect(element).toBeAccessible();
  });

  it('saves another field, a second one, one by name, and a rule', async () => {
    const { calls, element } = await mounted({ 'PUT /api/mapping': confirmed });
    change(pressable(element, 'NPI'), { value: 'Alt_Id__c' });
    await until('a way to add', () => deepAll(element, '[data-do=add]').length > 0);
    deep(deep(element, 'c-mapping-role'), '[data-do=add]').click();
    await until('a second one', () => deepAll(element, '[data-at="1"]').length > 0);
    change(pressable(element, 'NPI, where that is empty'), { value: '*' });
    await until('room for a name', () => findPressable(element, 'API name of the field'));
    change(pressable(element, 'API name of the field'), { value: ' NPI__pc ' });
    change(pressable(element, 'API name of the field'), {}, 'blur');
    const classes = deep(element, 'c-mapping-classes');
    deep(classes, '[data-name=facility][data-do=add]').click();
    await until('a rule', () => deepAll(classes, 'lightning-input[data-name=facility]').length === 2);
    const [, values] = deepAll(classes, 'lightning-input[data-name=facility]');
    Object.assign(values!, { value: 'Hospital, ASC' });
    change(values!, {}, 'blur');
    await until('it is taken', () => !(pressable(element, 'Confirm these fields') as HTMLButtonElement).disabled);
    pressable(element, 'Confirm these fields').click();
    await until('it is saved', () => textOf(element).includes('Saved.'));
    const sent = calls.find(({ method }) => method === 'PUT')?.body as { mapping: typeof mapping };
    expect(sent.mapping.account.npi).toEqual(['Alt_Id__c', 'NPI__pc']);
    expect(sent.mapping.classes.facility).toEqual([{ field: 'RecordType.DeveloperName', values: ['Hospital', 'ASC'] }]);
    expect(sent.mapping.classes.physician).toEqual(mapping.classes.physician);
    expect(textOf(element)).toContain('Confirmed by Dana');
  });

  it('says beside each field what does not fit', async () => {
    const details = [{ role: 'account.npi', field: 'X__c', code: 'missing', message: 'Account.X__c is not in this org.', action: 'Choose another.' }]; // prettier-ignore
    const refused = {
      fails: 400,
      error: { code: 'bad_request', message: 'It does not fit.', action: 'Look.', details },
    };
    const { element } = await mounted({ 'PUT /api/mapping': refused });
    pressable(element, 'Confirm these fields').click();
    await until('the problem', () =>
      deepText(deep(element, 'c-mapping-role')).includes('is not in this org. Choose another.'),
    );
    expect(deepText(element)).toContain('It does not fit.');
  });

  it('goes back to the guess after a question', async () => {
    const { calls, element } = await mounted({ 'GET /api/mapping': confirmed, 'DELETE /api/mapping': guessed });
    expect((pressable(element, 'Save') as HTMLButtonElement).disabled).toBe(true);
    pressable(element, 'Back to the guess').click();
    await until('the question', () => deepAll(element, '[role=dialog]').length === 1);
    await expect(element).toBeAccessible();
    deep(element, '[data-do=confirm]').click();
    await until('it is dropped', () => textOf(element).includes('nobody has confirmed it yet'));
    expect(calls.some(({ method }) => method === 'DELETE')).toBe(true);
  });

  it('says that the fields could not be read, and reads again', async () => {
    let asked = 0;
    serve({ 'GET /api/mapping': () => (asked++ === 0 ? fail(503, 'No answer.', 'Wait.') : guessed) });
    const element = mount('c-mapping-editor', MappingEditor);
    await until('the problem', () => find(element, 'c-error-panel'));
    change(find(element, 'c-error-panel'), {}, 'retry');
    await until('the fields', () => deepAll(element, 'c-mapping-role').length > 0);
  });
});
