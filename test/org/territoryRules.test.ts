import type { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { column, connect, refusal, rows } from '../kit/orgClient.ts';
import { account, accounts, association, id, MODEL, startSmallOrg, TERRITORY } from '../kit/smallOrg.ts';

let org: LocalOrg;
let admin: Connection;
beforeEach(async () => {
  org = await startSmallOrg();
  admin = connect(org);
});
afterEach(() => org.close());

type Item = [field: string, operation: string, value: string];
const rule = (name: string) => id('0MR', name);
/** A rule on territories, written as Setup does; "!" before a territory marks the rule as inherited there. */
function seedRule(name: string, territories: string[], items: Item[], more = {}): void {
  org.seed({
    ObjectTerritory2AssignmentRule: [
      { Id: rule(name), MasterLabel: name, DeveloperName: name, Territory2ModelId: MODEL, IsActive: true, ...more },
    ],
    ObjectTerritory2AssignmentRuleItem: items.map(([Field, Operation, Value], k) => ({
      RuleId: rule(name),
      Field,
      Operation,
      Value,
      SortOrder: k + 1,
    })),
    RuleTerritory2Association: territories.map((territory) => ({
      RuleId: rule(name),
      Territory2Id: territory.replace('!', ''),
      IsInherited: territory.startsWith('!'),
    })),
  });
}
const names: Record<string, string> = Object.fromEntries(Object.entries(TERRITORY).map(([name, key]) => [key, name]));
const placed = async (accountId: string): Promise<string[]> =>
  (await column(admin, `SELECT Territory2Id FROM ObjectTerritory2Association WHERE ObjectId = '${accountId}'`))
    .map((key) => names[key] ?? key)
    .sort();
const created = async (fields: Record<string, unknown>): Promise<string[]> => {
  const made = await admin.sobject('Account').create({ Name: 'Probe', ...fields });
  return placed(made.id ?? '');
};

describe('operations', () => {
  it.each<[Item, Record<string, unknown>, Record<string, unknown>]>([
    [['BillingState', 'equals', 'MA, NY'], { BillingState: 'ny' }, { BillingState: 'CT' }],
    [['BillingState', 'notEqual', 'MA,NY'], { BillingState: 'CT' }, { BillingState: 'MA' }],
    [['BillingPostalCode', 'startsWith', '021'], { BillingPostalCode: '02115' }, { BillingPostalCode: '10021' }],
    [['Name', 'contains', 'rob'], { Name: 'Probe' }, { Name: 'Other' }],
    [['Name', 'notContain', 'rob,zzz'], { Name: 'Other' }, { Name: 'Probe' }],
    [['AnnualRevenue', 'greaterThan', '80000'], { AnnualRevenue: 900_000 }, { AnnualRevenue: 9 }],
    [['AnnualRevenue', 'lessOrEqual', '9'], { AnnualRevenue: 9 }, { AnnualRevenue: 10 }],
    [['NumberOfEmployees', 'lessThan', '10'], { NumberOfEmployees: 9 }, {}],
    // postal codes are text: 9 is above 80000
    [['BillingPostalCode', 'greaterOrEqual', '80000'], { BillingPostalCode: '9' }, { BillingPostalCode: '10000' }],
    [['Account.BillingState', 'equals', ''], {}, { BillingState: 'MA' }],
    [['IsExcludedFromRealign', 'equals', 'False'], {}, { IsExcludedFromRealign: true }],
  ])('%j', async (item, hit, miss) => {
    seedRule('r', [TERRITORY.eastA], [item]);
    expect(await created(hit)).toEqual(['eastA']);
    expect(await created(miss)).toEqual([]);
  });
  it('items are joined by AND, or as the filter says', async () => {
    const items: Item[] = [
      ['BillingState', 'equals', 'MA'],
      ['Type', 'equals', 'Customer'],
      ['Site', 'equals', 'North'],
    ];
    seedRule('all', [TERRITORY.eastA], items.slice(0, 2));
    seedRule('some', [TERRITORY.clinical], items, { BooleanFilter: '1 AND (2 OR NOT 3)' });
    expect(await created({ BillingState: 'MA', Type: 'Customer', Site: 'North' })).toEqual(['clinical', 'eastA']);
    expect(await created({ BillingState: 'MA', Site: 'North' })).toEqual([]);
    expect(await created({ BillingState: 'MA', Site: 'South' })).toEqual(['clinical']);
  });
});

describe('several rules', () => {
  const state: Item = ['BillingState', 'equals', 'MA'];
  const site: Item = ['Site', 'equals', 'North'];
  it('an account must match all rules of a territory', async () => {
    seedRule('a', [TERRITORY.eastA], [state]);
    seedRule('b', [TERRITORY.eastA], [site]);
    expect(await created({ BillingState: 'MA' })).toEqual([]);
    expect(await created({ BillingState: 'MA', Site: 'North' })).toEqual(['eastA']);
  });
  it('of one branch the lowest territory gets it; branches do not disturb each other', async () => {
    seedRule('east', [TERRITORY.east, `!${TERRITORY.eastA}`, `!${TERRITORY.eastB}`], [state]);
    seedRule('a', [TERRITORY.eastA], [site]);
    seedRule('b', [TERRITORY.eastB], [['Site', 'equals', 'South']]);
    seedRule('c', [TERRITORY.clinical], [state]);
    expect(await created({ BillingState: 'MA' })).toEqual(['clinical', 'east']);
    expect(await created({ BillingState: 'MA', Site: 'North' })).toEqual(['clinical', 'eastA']);
    // the local rule alone is not enough where one is inherited
    expect(await created({ Site: 'North' })).toEqual([]);
  });
  it('inactive rules and other models do nothing', async () => {
    seedRule('off', [TERRITORY.eastA], [state], { IsActive: false });
    expect(await created({ BillingState: 'MA' })).toEqual([]);
  });
});

describe('a second save', () => {
  const state: Item = ['BillingState', 'equals', 'MA'];
  beforeEach(() => {
    seedRule('r', [TERRITORY.eastA], [state]);
    org.seed({ Account: accounts(1) });
  });
  const save = (fields: Record<string, unknown>, headers: Record<string, string> = {}) =>
    admin.sobject('Account').update({ Id: account(1), ...fields }, { headers });
  it('adds and removes rule rows; rows made by hand stay, and no second one comes beside them', async () => {
    org.seed({
      ObjectTerritory2Association: [
        {
          Id: association(1),
          ObjectId: account(1),
          Territory2Id: TERRITORY.eastB,
          AssociationCause: 'Territory2Manual',
        },
      ],
    });
    await save({ BillingState: 'MA' });
    expect(await placed(account(1))).toEqual(['eastA', 'eastB']);
    await save({ BillingState: 'CT' });
    expect(await placed(account(1))).toEqual(['eastB']);
    await admin
      .sobject('ObjectTerritory2Association')
      .create({ ObjectId: account(1), Territory2Id: TERRITORY.eastA, AssociationCause: 'Territory2Manual' });
    await save({ BillingState: 'MA' });
    const found = await rows(
      admin,
      `SELECT AssociationCause FROM ObjectTerritory2Association WHERE Territory2Id = '${TERRITORY.eastA}'`,
    );
    expect(found).toEqual([{ AssociationCause: 'Territory2Manual' }]);
  });
  it('does nothing without the header’s leave, for excluded accounts, or into an excluded territory', async () => {
    await save({ BillingState: 'MA' }, { 'Sforce-Auto-Assign': 'FALSE' });
    expect(await placed(account(1))).toEqual([]);
    await admin.sobject('Territory2ObjectExclusion').create({ ObjectId: account(1), Territory2Id: TERRITORY.eastA });
    await save({ Site: 'x' });
    expect(await placed(account(1))).toEqual([]);
  });
  it('an exclusion takes the row away at the next save', async () => {
    await save({ BillingState: 'MA' });
    await admin.sobject('Territory2ObjectExclusion').create({ ObjectId: account(1), Territory2Id: TERRITORY.eastA });
    await save({ Site: 'x' });
    expect(await placed(account(1))).toEqual([]);
  });
  it('follows a rule that was changed meanwhile', async () => {
    await save({ BillingState: 'MA' });
    await admin.sobject('ObjectTerritory2AssignmentRule').update({ Id: rule('r'), IsActive: false });
    await save({ Site: 'x' });
    expect(await placed(account(1))).toEqual([]);
  });
});

it('items change only while there is no filter; ten a rule; the filter fits the items', async () => {
  seedRule(
    'r',
    [TERRITORY.eastA],
    Array.from({ length: 9 }, (_, k): Item => ['Site', 'notEqual', String(k)]),
  );
  const item = { RuleId: rule('r'), Field: 'Site', Operation: 'equals', Value: 'x', SortOrder: 10 };
  const add = () => refusal(admin.sobject('ObjectTerritory2AssignmentRuleItem').create(item));
  const filter = (BooleanFilter: string | null) =>
    refusal(admin.sobject('ObjectTerritory2AssignmentRule').update({ Id: rule('r'), BooleanFilter }));
  expect(await filter('1 AND 2')).toMatch(/does not fit the rule's 9 items/);
  expect(await filter('1 AND 2 AND 3 AND 4 AND 5 AND 6 AND 7 AND (8 OR 9)')).toBe('none');
  expect(await add()).toMatch(/^INVALID_OPERATION: Rule items can be created or deleted only while/);
  expect(await filter(null)).toBe('none');
  expect(await add()).toBe('none');
  expect(await add()).toBe('LIMIT_EXCEEDED: A rule can have 10 items.');
});
