import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { account, accounts, association, id, MODEL, startSmallOrg, TERRITORY, TYPE, USER } from '../kit/smallOrg.ts';

const RULE_TEXT =
  'An Object Territory Association Cannot Be Created Or Deleted With Territory Assignment Rule Association Cause.';
let org: LocalOrg;
let conn: Connection;

beforeAll(async () => {
  org = await startSmallOrg();
  org.seed({
    Account: accounts(30),
    Opportunity: [
      {
        Id: id('006', 'deal'),
        Name: 'Deal',
        AccountId: account(1),
        OwnerId: USER.ann,
        StageName: 'Prospecting',
        CloseDate: '2030-01-01',
      },
    ],
    ObjectTerritory2Association: [
      { Id: association(1), ObjectId: account(1), Territory2Id: TERRITORY.eastA, AssociationCause: 'Territory2Manual' },
      {
        Id: association(2),
        ObjectId: account(2),
        Territory2Id: TERRITORY.eastA,
        AssociationCause: 'Territory2AssignmentRule',
      },
    ],
  });
  conn = new Connection({ instanceUrl: org.url, accessToken: 'secret', version: '66.0' });
});
afterAll(() => org.close());

type Failure = { errorCode?: string; message: string };
const failure = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => ({ message: 'none' }),
    (error: Failure) => error,
  );
const codes = (results: unknown): string[] =>
  [results].flat().map((result) => {
    const { success, errors } = result as { success: boolean; errors: { statusCode: string }[] };
    return success ? 'ok' : (errors[0]?.statusCode ?? '?');
  });
const link = (accountId: string, territoryId: string, cause = 'Territory2Manual') => ({
  ObjectId: accountId,
  Territory2Id: territoryId,
  AssociationCause: cause,
});

describe('single records', () => {
  it('creates, reads, updates, deletes', async () => {
    const made = await conn.sobject('Account').create({ Name: 'New' });
    expect(made).toMatchObject({ success: true });
    const newId = made.id ?? '';
    expect(newId).toHaveLength(18);
    expect(await conn.sobject('Account').retrieve(newId)).toMatchObject({
      Name: 'New',
      OwnerId: org.integrationUser.id,
      IsDeleted: false,
    });
    await conn.sobject('Account').update({ Id: newId.slice(0, 15), Name: 'Newer', BillingPostalCode: '10001' });
    expect(await conn.sobject('Account').retrieve(newId)).toMatchObject({ Name: 'Newer' });
    await conn.sobject('Account').destroy(newId);
    expect((await failure(conn.sobject('Account').retrieve(newId))).errorCode).toBe('NOT_FOUND');
    expect((await failure(conn.sobject('Account').destroy(newId))).errorCode).toBe('ENTITY_IS_DELETED');
  });
  it.each([
    ['no name', {}, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]'],
    ['unknown field', { Name: 'x', Foo: 1 }, 'INVALID_FIELD', "No such column 'Foo' on sobject of type Account"],
    [
      'system field',
      { Name: 'x', CreatedDate: '2020-01-01' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: CreatedDate',
    ],
    ['no id at all', { Name: 'x', OwnerId: 'me' }, 'MALFORMED_ID', 'id value of incorrect type: me'],
    ['id of another object', { Name: 'x', OwnerId: account(1) }, 'MALFORMED_ID', 'id value of incorrect type'],
    [
      'nobody',
      { Name: 'x', OwnerId: id('005', 'nobody') },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
    ['inactive owner', { Name: 'x', OwnerId: USER.gone }, 'INACTIVE_OWNER_OR_USER', 'owner or user is inactive'],
    ['too long', { Name: 'x'.repeat(256) }, 'STRING_TOO_LONG', 'max length=255'],
    ['not a number', { Name: 'x', AnnualRevenue: 'much' }, 'JSON_PARSER_ERROR', 'from VALUE_STRING value much'],
  ])('refuses %s', async (_, record, code, words) => {
    const error = await failure(conn.sobject('Account').create(record as { Name: string }));
    expect(error.errorCode).toBe(code);
    expect(error.message).toContain(words);
  });
  it('moves SystemModstamp strictly forward', async () => {
    const stamps: string[] = [];
    for (let k = 0; k < 20; k++) {
      await conn.sobject('Account').update({ Id: account(9), Site: `s${k}` });
      stamps.push((await conn.sobject('Account').retrieve(account(9)))['SystemModstamp'] as string);
    }
    expect([...new Set(stamps)].sort()).toEqual(stamps);
  });
  it('leaves opportunities where they are when an account changes owner', async () => {
    await conn.sobject('Account').update({ Id: account(1), OwnerId: USER.bob });
    expect(await conn.sobject('Opportunity').retrieve(id('006', 'deal'))).toMatchObject({
      OwnerId: USER.ann,
      IsClosed: false,
    });
  });
});

describe('collections', () => {
  it('answers each record for itself', async () => {
    const results = await conn.sobject('Account').create([{ Name: 'A' }, {} as { Name: string }, { Name: 'B' }]);
    expect(codes(results)).toEqual(['ok', 'REQUIRED_FIELD_MISSING', 'ok']);
  });
  it('undoes all with allOrNone, keeping the code of the one that failed', async () => {
    const before = (await conn.query('SELECT COUNT() FROM Account')).totalSize;
    const results = await conn.sobject('Account').create([{ Name: 'A' }, {} as { Name: string }], { allOrNone: true });
    expect(codes(results)).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING']);
    expect((await conn.query('SELECT COUNT() FROM Account')).totalSize).toBe(before);
  });
  it('refuses more than 200 records', async () => {
    const many = Array.from({ length: 201 }, (_, k) => ({ Name: `n${k}` }));
    expect((await failure(conn.sobject('Account').create(many))).errorCode).toBe('EXCEEDED_ID_LIMIT');
    const deleted = conn.request({
      method: 'DELETE',
      url: `/composite/sobjects?ids=${many.map((_, k) => account(k)).join(',')}`,
    });
    expect((await failure(deleted)).errorCode).toBe('EXCEEDED_ID_LIMIT');
  });
  it('updates and deletes many, telling unknown, malformed and deleted ids apart', async () => {
    const updates = [account(20), id('001', 'nobody'), account(21)].map((Id) => ({ Id, Site: 'x' }));
    expect(codes(await conn.sobject('Account').update(updates))).toEqual(['ok', 'INVALID_CROSS_REFERENCE_KEY', 'ok']);
    const ids = [account(20), account(20), 'nonsense', id('001', 'nobody')];
    expect(codes(await conn.sobject('Account').destroy(ids))).toEqual([
      'ok',
      'ENTITY_IS_DELETED',
      'MALFORMED_ID',
      'INVALID_CROSS_REFERENCE_KEY',
    ]);
  });
  it('retrieves many, null where deleted', async () => {
    await conn.sobject('Account').destroy(account(22));
    const found = await conn.sobject('Account').retrieve([account(23), account(22), account(24)], { fields: ['Name'] });
    expect(found.map((record) => record?.['Name'] ?? null)).toEqual(['Account 00023', null, 'Account 00024']);
  });
  it('lists what changed and what was deleted', async () => {
    const start = new Date(Date.now() - 60_000).toISOString();
    const end = new Date(Date.now() + 60_000).toISOString();
    expect((await conn.sobject('Account').deleted(start, end)).deletedRecords.map((each) => each.id)).toContain(
      account(22),
    );
    const { ids } = await conn.sobject('Account').updated(start, end);
    expect(ids).toContain(account(9));
    expect(ids).not.toContain(account(22));
  });
});

describe('territory associations', () => {
  const rows = () => conn.sobject('ObjectTerritory2Association');
  it('refuses to create or delete rows of rules', async () => {
    const made = await failure(rows().create(link(account(5), TERRITORY.eastA, 'Territory2AssignmentRule')));
    expect(made).toMatchObject({ errorCode: 'INVALID_OPERATION', message: RULE_TEXT });
    expect(await failure(rows().destroy(association(2)))).toMatchObject({
      errorCode: 'INVALID_OPERATION',
      message: RULE_TEXT,
    });
  });
  it('refuses a second row for the same account and territory, takes one in another territory', async () => {
    const results = await rows().create([
      link(account(1), TERRITORY.eastA),
      link(account(1), TERRITORY.clinical),
      link(account(1), TERRITORY.clinical),
      link(account(1), id('0MI', 'nowhere')),
      link(account(22), TERRITORY.eastA),
    ]);
    expect(codes(results)).toEqual([
      'DUPLICATE_VALUE',
      'ok',
      'DUPLICATE_VALUE',
      'INVALID_CROSS_REFERENCE_KEY',
      'ENTITY_IS_DELETED',
    ]);
  });
  it('cannot be updated; a deleted row can be made again and is seen by queryAll only', async () => {
    expect((await failure(rows().update({ Id: association(1), Territory2Id: TERRITORY.eastB }))).errorCode).toBe(
      'METHOD_NOT_ALLOWED',
    );
    await rows().destroy(association(1));
    expect(codes(await rows().create([link(account(1), TERRITORY.eastA)]))).toEqual(['ok']);
    const soql = `SELECT Id FROM ObjectTerritory2Association WHERE ObjectId = '${account(1)}' AND Territory2Id = '${TERRITORY.eastA}'`;
    expect((await conn.query(soql)).totalSize).toBe(1);
    expect((await conn.query(soql, { scanAll: true })).totalSize).toBe(2);
  });
  it('keeps one model active and parents inside their model', async () => {
    const other = await conn.sobject('Territory2Model').create({ Name: 'Next', DeveloperName: 'Next' });
    expect(
      (await failure(conn.sobject('Territory2Model').update({ Id: other.id ?? '', State: 'Active' }))).errorCode,
    ).toBe('FIELD_INTEGRITY_EXCEPTION');
    const stray = {
      Name: 'T',
      DeveloperName: 'T',
      Territory2TypeId: TYPE,
      Territory2ModelId: other.id,
      ParentTerritory2Id: TERRITORY.east,
    };
    expect((await failure(conn.sobject('Territory2').create(stray))).errorCode).toBe('FIELD_INTEGRITY_EXCEPTION');
  });
});

it('runs assignment rules when an account is saved, unless told not to', async () => {
  const rule = id('0MR', 'rule');
  org.seed({
    ObjectTerritory2AssignmentRule: [{ Id: rule, MasterLabel: 'ZIP', DeveloperName: 'ZIP', Territory2ModelId: MODEL }],
    ObjectTerritory2AssignmentRuleItem: [
      { RuleId: rule, Field: 'Account.BillingPostalCode', Operation: 'equals', Value: '90210, 90211' },
    ],
    RuleTerritory2Association: [{ RuleId: rule, Territory2Id: TERRITORY.eastB }],
  });
  const causes = async (accountId: string) => {
    const soql = `SELECT Territory2Id, AssociationCause FROM ObjectTerritory2Association WHERE ObjectId = '${accountId}'`;
    return (await conn.query(soql)).records.map((row) => [row['Territory2Id'], row['AssociationCause']]);
  };
  const save = (BillingPostalCode: string, more = {}, headers = {}) =>
    conn.sobject('Account').update([{ Id: account(10), BillingPostalCode, ...more }], { headers });
  await save('90210', {}, { 'Sforce-Auto-Assign': 'FALSE' });
  expect(await causes(account(10))).toEqual([]);
  await save('90211');
  expect(await causes(account(10))).toEqual([[TERRITORY.eastB, 'Territory2AssignmentRule']]);
  await save('10001', { IsExcludedFromRealign: true });
  expect(await causes(account(10))).toHaveLength(1);
  await save('10001', { IsExcludedFromRealign: false });
  expect(await causes(account(10))).toEqual([]);
  await conn.sobject('Territory2ObjectExclusion').create({ ObjectId: account(10), Territory2Id: TERRITORY.eastB });
  await save('90210');
  expect(await causes(account(10))).toEqual([]);
});

it('describes objects with relationships', async () => {
  const { fields, childRelationships } = await conn.sobject('Account').describe();
  expect(fields.find((field) => field.name === 'OwnerId')).toMatchObject({
    relationshipName: 'Owner',
    referenceTo: ['User'],
  });
  expect(fields.find((field) => field.name === 'NPI__c')).toMatchObject({ custom: true, label: 'NPI', length: 10 });
  expect(childRelationships.map((child) => child.relationshipName)).toContain('Contacts');
  const starred = await conn.sobject('Territory2').find({ Id: TERRITORY.eastA }, '*, ParentTerritory2.*');
  expect(starred[0]).toMatchObject({ Name: 'East A', ParentTerritory2: { Name: 'East' } });
});
