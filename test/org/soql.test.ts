import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { account, accounts, id, startSmallOrg, TERRITORY, USER } from '../kit/smallOrg.ts';

let org: LocalOrg;
let conn: Connection;

beforeAll(async () => {
  org = await startSmallOrg();
  org.seed({
    Account: [
      {
        Id: account(1),
        Name: "O'Hara Clinic",
        OwnerId: USER.ann,
        BillingPostalCode: '02115',
        Annual_Sales__c: 100,
        Facility_Kind__c: 'Hospital',
      },
      {
        Id: account(2),
        Name: 'back\\slash',
        OwnerId: USER.bob,
        BillingPostalCode: '02116',
        Annual_Sales__c: 50,
        ParentId: account(1),
      },
      { Id: account(3), Name: '100% Care', OwnerId: USER.bob, NPI__c: '1234567893' },
      {
        Id: account(4),
        Name: '100 Care',
        OwnerId: USER.ann,
        Annual_Sales__c: 10,
        CreatedDate: '2020-02-03T04:05:06.000Z',
      },
    ],
    Contact: [{ LastName: 'Lee', FirstName: 'Kim', AccountId: account(1), OwnerId: USER.ann }],
    ObjectTerritory2Association: [
      { ObjectId: account(1), Territory2Id: TERRITORY.eastA, AssociationCause: 'Territory2Manual' },
    ],
  });
  conn = new Connection({ instanceUrl: org.url, accessToken: 'secret', version: '66.0' });
});
afterAll(() => org.close());

const names = async (where: string): Promise<string[]> => {
  const result = await conn.query<{ Name: string }>(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`);
  return result.records.map((record) => record.Name);
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { errorCode: string }) => error.errorCode,
  );

describe('conditions', () => {
  it.each([
    [`Name = 'O\\'Hara Clinic'`, ["O'Hara Clinic"]],
    [`name = 'o\\'hara clinic'`, ["O'Hara Clinic"]],
    [`Name = 'back\\\\slash'`, ['back\\slash']],
    [`Name LIKE '100\\% %'`, ['100% Care']],
    [`Name LIKE '100%'`, ['100 Care', '100% Care']],
    [`BillingPostalCode IN ('02115', '02116')`, ['back\\slash', "O'Hara Clinic"]],
    [`BillingPostalCode != '02115'`, ['100 Care', '100% Care', 'back\\slash']],
    [`BillingPostalCode = null`, ['100 Care', '100% Care']],
    [`NOT (BillingPostalCode = '02115' OR Annual_Sales__c > 20)`, ['100 Care', '100% Care']],
    [
      `(Annual_Sales__c >= 50 AND OwnerId = '${USER.bob.slice(0, 15)}') OR Name = '100 Care'`,
      ['100 Care', 'back\\slash'],
    ],
    [`Owner.Name = 'Bob Test' AND Parent.Name = null`, ['100% Care']],
    [`Parent.Owner.FirstName = 'Ann'`, ['back\\slash']],
    [`Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Lee')`, ["O'Hara Clinic"]],
    [`CreatedDate < 2020-02-04T00:00:00Z`, ['100 Care']],
    [`CreatedDate = LAST_N_DAYS:1`, ['100% Care', 'back\\slash', "O'Hara Clinic"]],
  ])('%s', async (where, expected) => {
    expect(await names(where)).toEqual(expected);
  });
});

describe('shapes', () => {
  it('nests parents, null where there is none', async () => {
    const { records } = await conn.query(
      `SELECT Id, Parent.Owner.Name FROM Account WHERE Name LIKE '%c%' ORDER BY Id LIMIT 2`,
    );
    expect(records[0]).toMatchObject({ Id: account(1), Parent: null });
    expect(records[1]).toMatchObject({ Id: account(2), Parent: { Owner: { Name: 'Ann Test' } } });
  });
  it('follows territories up and the polymorphic Object by its name', async () => {
    const { records } = await conn.query(
      'SELECT Object.Name, Object.Type, Territory2.ParentTerritory2.Name FROM ObjectTerritory2Association',
    );
    expect(records).toMatchObject([
      { Object: { Name: "O'Hara Clinic", Type: 'Account' }, Territory2: { ParentTerritory2: { Name: 'East' } } },
    ]);
  });
  it('answers children, counts and groups', async () => {
    const { records } = await conn.query(
      `SELECT Name, (SELECT Name FROM Contacts) FROM Account WHERE Id = '${account(1)}'`,
    );
    expect(records[0]).toMatchObject({ Contacts: { totalSize: 1, records: [{ Name: 'Kim Lee' }] } });
    expect((await conn.query('SELECT COUNT() FROM Account')).totalSize).toBe(4);
    const groups = await conn.query(
      'SELECT Owner.Name, COUNT(Id) n, SUM(Annual_Sales__c) FROM Account GROUP BY Owner.Name HAVING COUNT(Id) > 1 ORDER BY Owner.Name',
    );
    expect(groups.records).toMatchObject([
      { attributes: { type: 'AggregateResult' }, Name: 'Ann Test', n: 2, expr0: 110 },
      { Name: 'Bob Test', n: 2, expr0: 50 },
    ]);
  });
  it('orders nulls first unless told otherwise', async () => {
    const order = async (by: string) =>
      (await conn.query<{ Id: string }>(`SELECT Id FROM Account ORDER BY ${by}`)).records.map((record) => record.Id);
    expect((await order('Annual_Sales__c'))[0]).toBe(account(3));
    expect((await order('Annual_Sales__c DESC NULLS LAST'))[3]).toBe(account(3));
    expect(await order('Id LIMIT 2 OFFSET 1')).toEqual([account(2), account(3)]);
  });
});

describe('refusals', () => {
  it.each([
    ['SELECT Foo FROM Account', 'INVALID_FIELD'],
    ['SELECT Id FROM Foo', 'INVALID_TYPE'],
    ['SELECT Foo.Name FROM Account', 'INVALID_FIELD'],
    ['SELECT FROM Account', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY'],
    ["SELECT Id FROM Account WHERE Annual_Sales__c = '5'", 'INVALID_FIELD'],
    ['SELECT Id FROM Account WHERE Name = 5', 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE Id = 'nonsense'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['SELECT Id, Id FROM Account', 'INVALID_FIELD'],
    ['SELECT Name, COUNT(Id) FROM Account GROUP BY OwnerId', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY'],
    [`SELECT RecordId FROM UserRecordAccess WHERE RecordId = '${account(1)}'`, 'MALFORMED_QUERY'],
  ])('%s → %s', async (soql, code) => {
    expect(await codeOf(conn.query(soql).then())).toBe(code);
  });
  it('uses the words of Salesforce', async () => {
    await expect(conn.query('SELECT Foo FROM Account')).rejects.toThrow("No such column 'Foo' on entity 'Account'");
    await expect(conn.query('SELECT Id FROM Foo')).rejects.toThrow("sObject type 'Foo' is not supported");
  });
  it('does not know Territory2 in an org without Sales Territories', async () => {
    const bare = await startSmallOrg({ territories: false });
    const other = new Connection({ instanceUrl: bare.url, accessToken: 'secret', version: '66.0' });
    expect(await codeOf(other.query('SELECT Id FROM Territory2').then())).toBe('INVALID_TYPE');
    expect((await other.describeGlobal()).sobjects.some((each) => each.name === 'Territory2')).toBe(false);
    await bare.close();
  });
});

it('pages by locator, each row once, and keeps the snapshot', async () => {
  const big = await startSmallOrg();
  big.seed({ Account: accounts(4500) });
  const other = new Connection({ instanceUrl: big.url, accessToken: 'secret', version: '66.0' });
  const first = await other.query<{ Id: string }>('SELECT Id FROM Account ORDER BY Id');
  expect([first.totalSize, first.records.length, first.done]).toEqual([4500, 2000, false]);
  await other.sobject('Account').destroy(account(4500));
  const second = await other.queryMore<{ Id: string }>(first.nextRecordsUrl ?? '');
  const third = await other.queryMore<{ Id: string }>(second.nextRecordsUrl ?? '');
  expect(third.done).toBe(true);
  expect(new Set([first, second, third].flatMap((page) => page.records.map((record) => record.Id))).size).toBe(4500);
  expect(await codeOf(other.queryMore('/services/data/v66.0/query/01gnone-2000').then())).toBe('INVALID_QUERY_LOCATOR');
  expect((await other.query('SELECT COUNT() FROM Account')).totalSize).toBe(4499);
  expect((await other.query('SELECT COUNT() FROM Account', { scanAll: true })).totalSize).toBe(4500);
  await big.close();
});

it('seeds 25,000 records and counts them', async () => {
  const big = await startSmallOrg();
  const rows = accounts(25_000);
  big.seed({ Account: rows });
  const bigConn = new Connection({ instanceUrl: big.url, accessToken: 'secret', version: '66.0' });
  expect((await bigConn.query('SELECT COUNT() FROM Account')).totalSize).toBeGreaterThanOrEqual(25_000);
  await big.close();
});

it('treats 15 and 18 characters of an id as the same', async () => {
  const short = id('001', 'a1').slice(0, 15);
  expect((await conn.sobject('Account').retrieve(short)).Id).toBe(account(1));
});
