import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOrg, type LocalOrg } from '../../service/local/org/org.ts';
import { guessMapping, type FieldSample } from '../../service/org/mappingGuess.ts';
import { mappingProblems, usableMapping } from '../../service/org/mappingCheck.ts';
import { isNpi } from '../../service/org/mappingRoles.ts';
import { classOf, type CrmMapping, type DescribedField } from '../../service/org/mapping.ts';
import { openOrg, type Org } from '../../service/org/org.ts';
import { inOtherNames, orgFolder } from '../kit/testOrg.ts';
import { id } from '../kit/smallOrg.ts';

const field = (name: string, type = 'string', more: Partial<DescribedField> = {}): DescribedField => ({
  name,
  type,
  label: name.replace(/__c$/, '').replaceAll('_', ' '),
  values: [],
  referenceTo: [],
  ...more,
});
const sample = (...values: string[]): FieldSample => ({
  rows: 10,
  filled: values.length,
  values: values.map((value) => ({ value, count: 1 })),
});
const user = { fields: [field('PostalCode'), field('City')], recordTypes: [] };
const guessed = (fields: DescribedField[], samples: Record<string, FieldSample> = {}) =>
  guessMapping(
    { account: { fields, recordTypes: [] }, user },
    { account: new Map(Object.entries(samples)), user: new Map() },
  );

describe('guessing', () => {
  it('finds an NPI by its check digit where no name tells it', () => {
    const guess = guessed([field('Ext_Key_7__c')], { Ext_Key_7__c: sample('1234567893', '1003000126') });
    expect(guess.mapping.account.npi).toEqual(['Ext_Key_7__c']);
    expect(guess.account['npi']?.[0]).toMatchObject({
      confidence: 'medium',
      reason: expect.stringContaining('does not say so; 100 % of its values are valid'),
    });
  });
  it('does not believe a name that its values deny', () => {
    const guess = guessed([field('NPI__c'), field('Registry_No__c')], {
      NPI__c: sample('see notes', 'pending'),
      Registry_No__c: sample('1234567893'),
    });
    expect(guess.mapping.account.npi).toEqual(['Registry_No__c']);
  });
  it('takes the address that is filled', () => {
    const fields = ['Billing', 'Shipping'].flatMap((kind) => [field(`${kind}PostalCode`), field(`${kind}City`)]);
    const shipped = guessed(fields, { BillingPostalCode: sample(), ShippingPostalCode: sample('02115') });
    expect(shipped.mapping.account).toMatchObject({ postalCode: ['ShippingPostalCode'], city: ['ShippingCity'] });
    expect(guessed(fields).mapping.account).toMatchObject({ postalCode: ['BillingPostalCode'], city: ['BillingCity'] });
  });
  it('never takes the customer’s own revenue or a target for sales', () => {
    const fields = [field('AnnualRevenue', 'currency'), field('Sales_Target__c', 'currency')];
    expect(guessed(fields).mapping.account.salesUsd).toEqual([]);
  });
  it('knows check digits', () => {
    expect(['1234567893', '1234567890', '3234567893', '123'].map(isNpi)).toEqual([true, false, false, false]);
  });
});

describe('checking', () => {
  const described = { account: { fields: [field('Zip__c'), field('Size__c', 'double')], recordTypes: [] }, user };
  const mapping: CrmMapping = {
    ...guessed([field('Zip__c')]).mapping,
    account: { ...guessed([]).mapping.account, postalCode: ['Zip__c', 'Old_Zip__c'], city: ['Size__c'] },
    classes: { parent: [], facility: [{ field: 'RecordType.DeveloperName', values: ['HCO'] }], physician: [] },
  };
  it('names what is missing and what is of another type, and works without it', () => {
    const problems = mappingProblems(mapping, described);
    expect(problems.map(({ role, code, field: name }) => [role, code, name])).toEqual([
      ['account.city', 'wrongType', 'Size__c'],
      ['account.postalCode', 'missing', 'Old_Zip__c'],
      ['classes.facility', 'missing', 'RecordType.DeveloperName'],
    ]);
    expect(problems[1]?.message).toBe(
      'Account.Old_Zip__c is not in this org, or the integration user may not read it.',
    );
    const usable = usableMapping(mapping, problems);
    expect(usable.account).toMatchObject({ postalCode: ['Zip__c'], city: [] });
    expect(usable.classes.facility).toEqual([]);
  });
  it('tries parents before facilities before people', () => {
    const rule = (value: string) => [{ field: 'Kind', values: [value] }];
    const classes = {
      parent: rule('IDN'),
      facility: rule('HCO'),
      physician: [{ field: 'IsPersonAccount', values: ['true'] }],
    };
    const at = (record: Record<string, unknown>) => classOf(record, { ...mapping, classes });
    expect(at({ Kind: 'idn', IsPersonAccount: true })).toBe('parent');
    expect(at({ Kind: null, IsPersonAccount: true })).toBe('physician');
    expect(at({ Kind: 'Other', IsPersonAccount: false })).toBeNull();
  });
});

describe('an org with other names', () => {
  let local: LocalOrg;
  let org: Org;
  const rows = [
    {
      Id: id('001', 'doc'),
      Name: 'Jane Q Doe',
      NPI__c: '1234567893',
      Specialty__c: 'Surgery',
      Facility_Kind__c: 'Physician',
      Annual_Sales__c: 5,
      BillingPostalCode: '02115',
    },
    {
      Id: id('001', 'hos'),
      Name: 'North Hospital',
      NPI__c: '1003000126',
      CCN__c: '220071',
      Facility_Kind__c: 'Hospital',
      ParentId: id('001', 'sys'),
      BillingPostalCode: '02116',
    },
    { Id: id('001', 'sys'), Name: 'North System', Facility_Kind__c: 'Health System', BillingPostalCode: '02116' },
  ];
  beforeAll(async () => {
    local = await startOrg({ port: 0, token: 'secret', folder: orgFolder('otherNames') });
    local.seed(
      inOtherNames({
        Account: rows,
        User: [{ Username: 'q@x', LastName: 'Q', Annual_Target__c: 7, PostalCode: '02115' }],
      }),
    );
    org = await openOrg({
      loginUrl: local.url,
      auth: { kind: 'token', instanceUrl: local.url, accessToken: 'secret' },
    });
  });
  afterAll(() => local.close());
  it('guesses every role', async () => {
    expect(await org.mapping()).toEqual({
      version: 1,
      account: {
        npi: ['Natl_Prov_Id__pc', 'Org_Prov_Id__c'],
        ccn: ['Medicare_Nbr__c'],
        specialty: ['Primary_Taxonomy__pc'],
        kind: ['Care_Setting__c'],
        salesUsd: ['Net_Sales_TTM__c'],
        street: ['ShippingStreet'],
        city: ['ShippingCity'],
        state: ['ShippingState'],
        postalCode: ['ShippingPostalCode'],
        latitude: ['ShippingLatitude'],
        longitude: ['ShippingLongitude'],
        lastActivity: ['LastActivityDate'],
        parent: ['ParentId'],
      },
      user: {
        postalCode: ['PostalCode'],
        city: ['City'],
        latitude: ['Latitude'],
        longitude: ['Longitude'],
        quotaUsd: ['Annual_Target__c'],
      },
      classes: {
        parent: [
          { field: 'Care_Setting__c', values: ['Health System'] },
          { field: 'RecordType.DeveloperName', values: ['IDN'] },
        ],
        facility: [
          { field: 'Care_Setting__c', values: ['Hospital', 'Surgery Center'] },
          { field: 'RecordType.DeveloperName', values: ['HCO_Site'] },
        ],
        physician: [
          { field: 'Care_Setting__c', values: ['Physician'] },
          { field: 'RecordType.DeveloperName', values: ['HCP'] },
          { field: 'IsPersonAccount', values: ['true'] },
        ],
      },
    });
  });
  it('reads accounts and users through it', async () => {
    const found = await org.accountsById(rows.map((row) => row.Id as never));
    expect(found.sort((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
      {
        name: 'Jane Q Doe',
        npi: '1234567893',
        specialty: 'Surgery',
        recordClass: 'physician',
        zip: '02115',
        salesUsd: 5,
      },
      { name: 'North Hospital', npi: '1003000126', ccn: '220071', recordClass: 'facility', parentName: 'North System' },
      { name: 'North System', npi: null, recordClass: 'parent' },
    ]);
    expect((await org.users()).find((each) => each.name === 'Q')).toMatchObject({ quotaUsd: 7, postalCode: '02115' });
  });
  it('works without fields that are gone', async () => {
    const mapping = await org.mapping();
    org.useMapping({ ...mapping, account: { ...mapping.account, ccn: ['Gone__c'] } });
    expect((await org.accountsById([rows[1]!.Id as never]))[0]).toMatchObject({ name: 'North Hospital', ccn: null });
    org.useMapping(null);
  });
});
