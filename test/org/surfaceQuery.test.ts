import type { Connection } from 'jsforce';
import { SfDate } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { connect, failure, startSurfaceOrg } from '../kit/surfaceOrg.ts';

let org: LocalOrg;
let conn: Connection;
const ids: Record<string, string> = {};

beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = connect(org);
  const add = async (object: string, record: Record<string, unknown>) =>
    (await conn.sobject(object).create(record)).id ?? '';
  ids['acme'] = await add('Account', { Name: 'Acme', Industry: 'Healthcare', AnnualRevenue: 100, BillingState: 'NY' });
  ids['beta'] = await add('Account', {
    Name: 'Beta',
    Industry: 'Healthcare',
    AnnualRevenue: 300,
    ParentId: ids['acme'],
  });
  ids['gamma'] = await add('Account', { Name: 'Gamma', Industry: 'Biotechnology', ParentId: ids['beta'] });
  ids['lone'] = await add('Account', { Name: 'Lone' });
  for (const [name, accountId] of [
    ['Ann', 'acme'],
    ['Bob', 'acme'],
    ['Cy', 'beta'],
  ] as const)
    ids[name] = await add('Contact', { LastName: name, AccountId: ids[accountId], Email: `${name}@example.com` });
  ids['deal'] = await add('Opportunity', {
    Name: 'Deal',
    AccountId: ids['acme'],
    StageName: 'Prospecting',
    CloseDate: '2026-05-17',
    Amount: 1234.5,
  });
  await add('Task', { Subject: 'Call', WhatId: ids['acme'], WhoId: ids['Ann'] });
  await add('Task', { Subject: 'Sell', WhatId: ids['deal'] });
  await add('Task', { Subject: 'Think' });
  await add('Kind__c', { Name: 'one', Tags__c: 'a;b', Day__c: '2026-01-31', Notes__c: 'long' });
  await add('Kind__c', { Name: 'two', Tags__c: 'b;c', Day__c: '2026-04-01' });
  await add('Kind__c', { Name: 'three', Day__c: '2025-04-01' });
});
afterAll(() => org.close());

const records = async (soql: string) => (await conn.query(soql)).records as Record<string, unknown>[];
const namesOf = async (soql: string): Promise<unknown[]> => (await records(soql)).map((record) => record['Name']);
const plain = (record: Record<string, unknown> | undefined) =>
  Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => name !== 'attributes'));

describe('relationships', () => {
  it('go up five levels and stop at what is not there', async () => {
    const soql = `SELECT Name, Parent.Parent.Name, Parent.Parent.Owner.Name, Parent.Parent.Parent.Parent.Parent.Name
      FROM Account WHERE Name IN ('Gamma', 'Lone') ORDER BY Name`;
    const [gamma, lone] = await records(soql);
    expect(gamma).toMatchObject({
      Parent: { Parent: { Name: 'Acme', Owner: { Name: 'Integration User' }, Parent: null } },
    });
    expect(lone).toMatchObject({ Name: 'Lone', Parent: null });
  });
  it('carry the address of every record, also where no id was asked for', async () => {
    const [contact] = await records("SELECT LastName, Account.Name FROM Contact WHERE LastName = 'Ann'");
    expect(contact).toMatchObject({
      attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${ids['Ann']}` },
      Account: {
        attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${ids['acme']}` },
        Name: 'Acme',
      },
    });
    expect(contact).not.toHaveProperty('Id');
  });
  it('go down, each child query with its own filter, order and limit', async () => {
    const soql = `SELECT Name, (SELECT LastName FROM Contacts WHERE LastName != 'Zed' ORDER BY LastName DESC LIMIT 1),
      (SELECT Name FROM Opportunities) FROM Account WHERE Name IN ('Acme', 'Lone') ORDER BY Name`;
    const [acme, lone] = await records(soql);
    expect(acme).toMatchObject({
      Contacts: { totalSize: 1, done: true, records: [{ LastName: 'Bob' }] },
      Opportunities: { totalSize: 1, records: [{ Name: 'Deal' }] },
    });
    expect(lone).toMatchObject({ Contacts: null, Opportunities: null });
  });
  it('are polymorphic: TYPEOF, What.Type and What.Name', async () => {
    const soql = `SELECT Subject, TYPEOF What WHEN Account THEN Industry, Owner.Name WHEN Opportunity THEN Amount END
      FROM Task ORDER BY Subject`;
    const tasks = await records(soql);
    expect(tasks.map((task) => task['What'])).toEqual([
      expect.objectContaining({
        attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${ids['acme']}` },
        Industry: 'Healthcare',
      }),
      expect.objectContaining({ Amount: 1234.5 }),
      null,
    ]);
    expect(tasks[0]).toMatchObject({ What: { Owner: { Name: 'Integration User' } } });
    const named = await records("SELECT What.Name, What.Type, Who.Email FROM Task WHERE What.Type = 'Account'");
    expect(named).toMatchObject([{ What: { attributes: { type: 'Name' }, Name: 'Acme', Type: 'Account' } }]);
  });
});

describe('groups', () => {
  it('name what has no alias expr0, expr1, …', async () => {
    const soql = `SELECT Industry, COUNT(Id), SUM(AnnualRevenue) total, AVG(AnnualRevenue), MIN(Name), MAX(Name)
      FROM Account WHERE Industry != null GROUP BY Industry ORDER BY Industry`;
    const rows = await records(soql);
    expect(rows.map(plain)).toEqual([
      { Industry: 'Biotechnology', expr0: 1, total: null, expr1: null, expr2: 'Gamma', expr3: 'Gamma' },
      { Industry: 'Healthcare', expr0: 2, total: 400, expr1: 200, expr2: 'Acme', expr3: 'Beta' },
    ]);
    expect(rows[0]).toMatchObject({ attributes: { type: 'AggregateResult' } });
  });
  it('count distinct, by a parent’s field, having enough', async () => {
    const soql = `SELECT Account.Name company, COUNT_DISTINCT(LastName) n FROM Contact GROUP BY Account.Name
      HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC`;
    expect((await records(soql)).map(plain)).toEqual([{ company: 'Acme', n: 2 }]);
  });
  it('go by date functions', async () => {
    const soql =
      'SELECT CALENDAR_YEAR(Day__c) y, COUNT(Id) n FROM Kind__c GROUP BY CALENDAR_YEAR(Day__c) ORDER BY CALENDAR_YEAR(Day__c)';
    expect((await records(soql)).map(plain)).toEqual([
      { y: 2025, n: 1 },
      { y: 2026, n: 2 },
    ]);
    expect(await namesOf('SELECT Name FROM Kind__c WHERE CALENDAR_QUARTER(Day__c) = 2 ORDER BY Day__c')).toEqual([
      'three',
      'two',
    ]);
    expect(await namesOf('SELECT Name FROM Kind__c WHERE DAY_IN_YEAR(Day__c) = 31')).toEqual(['one']);
  });
  it('answer COUNT() with a size and no records', async () => {
    expect(await conn.query('SELECT COUNT() FROM Account')).toMatchObject({ totalSize: 4, done: true, records: [] });
    expect((await conn.query('SELECT COUNT() FROM Account LIMIT 3')).totalSize).toBe(3);
    expect(await conn.sobject('Contact').count({ AccountId: ids['acme'] ?? '' })).toBe(2);
  });
  it.each([
    ['SELECT Name, COUNT(Id) FROM Account', 'Field must be grouped or aggregated: Name'],
    ['SELECT Name, Industry FROM Account GROUP BY Name', 'Field must be grouped or aggregated: Industry'],
    ['SELECT Name n FROM Account', 'only aggregate expressions use field aliasing'],
    ['SELECT SUM(Name) FROM Account', 'field Name does not support aggregate operator SUM'],
    ['SELECT Industry, COUNT(Id) FROM Account GROUP BY ROLLUP(Industry)', 'ROLLUP is not served by this stand-in org.'],
    ['SELECT COUNT(Id) n, COUNT(Name) n FROM Account', 'duplicate alias: n'],
  ])('refuse %s', async (soql, words) => {
    const error = await failure(conn.query(soql));
    expect(error.errorCode).toBe('MALFORMED_QUERY');
    expect(error.message).toContain(words);
  });
});

describe('conditions', () => {
  it.each([
    ["Id IN (SELECT AccountId FROM Contact) AND Name != 'Beta'", ['Acme']],
    ['Id NOT IN (SELECT AccountId FROM Contact)', ['Gamma', 'Lone']],
    ['Id NOT IN (SELECT ParentId FROM Account)', ['Gamma', 'Lone']],
    [
      "Id IN (SELECT AccountId FROM Opportunity WHERE AccountId IN (SELECT AccountId FROM Contact WHERE LastName = 'Ann'))",
      ['Acme'],
    ],
    ["NOT (Industry = 'Healthcare' OR Name LIKE 'l%')", ['Gamma']],
    ["(Industry = 'Healthcare' AND AnnualRevenue > 150) OR Name = 'lone'", ['Beta', 'Lone']],
    ["Name LIKE '_eta'", ['Beta']],
    ["Parent.Name = 'Acme'", ['Beta']],
    ['CreatedDate = TODAY AND AnnualRevenue = null', ['Gamma', 'Lone']],
    ['CreatedDate = LAST_N_DAYS:2 AND CreatedDate = THIS_FISCAL_YEAR AND AnnualRevenue >= 300', ['Beta']],
    ['CreatedDate < LAST_WEEK', []],
  ])('%s', async (where, names) => {
    expect(await namesOf(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`)).toEqual(names);
  });
  it('INCLUDES and EXCLUDES, and-ed by semicolons', async () => {
    expect(await namesOf("SELECT Name FROM Kind__c WHERE Tags__c INCLUDES ('a', 'b;c') ORDER BY Name")).toEqual([
      'one',
      'two',
    ]);
    expect(await namesOf("SELECT Name FROM Kind__c WHERE Tags__c EXCLUDES ('a') ORDER BY Name")).toEqual([
      'three',
      'two',
    ]);
  });
  it('texts without case, in every alphabet', async () => {
    await conn.sobject('Kind__c').create([{ Name: 'Übung' }, { Name: 'Ärzte' }]);
    const where = async (condition: string) => namesOf(`SELECT Name FROM Kind__c WHERE ${condition} ORDER BY Name`);
    expect(await where("Name = 'übung'")).toEqual(['Übung']);
    expect(await where("Name LIKE 'ÄRZ%'")).toEqual(['Ärzte']);
    expect(await where("Name IN ('ÜBUNG', 'ONE')")).toEqual(['one', 'Übung']);
    expect(await where("Name NOT IN ('ÜBUNG', 'one', 'ärzte')")).toEqual(['three', 'two']);
    await conn
      .sobject('Kind__c')
      .find({ Name: { $in: ['Übung', 'Ärzte'] } })
      .destroy();
  });
  it('nulls first or last, and OFFSET', async () => {
    const soql = 'SELECT Name FROM Account ORDER BY AnnualRevenue';
    expect(await namesOf(`${soql} NULLS LAST, Name LIMIT 3 OFFSET 1`)).toEqual(['Beta', 'Gamma', 'Lone']);
    expect(await namesOf(`${soql}, Name LIMIT 1`)).toEqual(['Gamma']);
  });
  it('toLabel, FORMAT, convertCurrency, FIELDS and USING SCOPE', async () => {
    const soql =
      'SELECT toLabel(StageName), FORMAT(Amount) money, convertCurrency(Amount) FROM Opportunity USING SCOPE mine';
    expect((await records(soql)).map(plain)).toEqual([
      { StageName: 'Prospecting', money: '$1,234.50', Amount: 1234.5 },
    ]);
    const nested = 'SELECT FORMAT(MIN(Amount)) least, FORMAT(MAX(CloseDate)) latest FROM Opportunity';
    expect((await records(nested)).map(plain)).toEqual([
      { least: '$1,234.50', latest: expect.stringMatching(/^\d+\/\d+\/\d\d$/) as string },
    ]);
    const converted = 'SELECT FORMAT(convertCurrency(Amount)) money FROM Opportunity';
    expect((await records(converted)).map(plain)).toEqual([{ money: '$1,234.50' }]);
    expect(await records('SELECT FIELDS(ALL) FROM Account LIMIT 200')).toHaveLength(4);
    expect(Object.keys((await records('SELECT FIELDS(CUSTOM) FROM Account LIMIT 1'))[0] ?? {})).toContain('NPI__c');
    expect(await records('SELECT FIELDS(STANDARD) FROM Account')).toHaveLength(4);
  });
});

describe('what jsforce builds itself', () => {
  it('find, conditions, sort, limit, offset, include and asterisks', async () => {
    const found = await conn
      .sobject('Account')
      .find({ Industry: 'Healthcare', CreatedDate: { $gt: SfDate.YESTERDAY } }, '*, Parent.*')
      .sort({ Name: -1 })
      .include('Contacts')
      .select('LastName')
      .where({ LastName: { $like: '%' } })
      .end()
      .limit(5)
      .execute();
    expect(found).toMatchObject([{ Name: 'Beta', Parent: { Name: 'Acme' } }, { Name: 'Acme' }]);
    expect(found[1]).toMatchObject({ Contacts: { records: [{ LastName: 'Ann' }, { LastName: 'Bob' }] } });
    const one = await conn.sobject('Account').findOne({ Name: { $in: ['Acme', 'Beta'] } }, ['Name'], { offset: 1 });
    expect(one).toHaveProperty('Name');
  });
  it('explain', async () => {
    const { plans } = await conn
      .sobject('Contact')
      .find({ AccountId: ids['acme'] ?? '' })
      .explain();
    expect(plans[0]).toMatchObject({
      cardinality: 2,
      fields: ['AccountId'],
      leadingOperationType: 'Index',
      sobjectCardinality: 3,
      sobjectType: 'Contact',
    });
    expect(typeof plans[0]?.relativeCost).toBe('number');
  });
  it('update and destroy by query', async () => {
    await conn
      .sobject('Account')
      .create(Array.from({ length: 20 }, (_, k) => ({ Name: `New #${k}`, BillingState: 'CA' })));
    const found = () => conn.sobject('Account').find({ Name: { $like: 'New #%' } });
    const updated = await found().update({ Name: '${Name} (Updated)', BillingState: null } as never);
    expect(updated.map((each) => each.success)).toEqual(Array.from({ length: 20 }, () => true));
    const now = await conn.sobject('Account').find({ Name: { $like: 'New #%' } }, 'Name, BillingState');
    expect(now.every((each) => /\(Updated\)$/.test(String(each['Name'])) && each['BillingState'] === null)).toBe(true);
    expect((await found().destroy()).map((each) => each.success)).toHaveLength(20);
    const none = conn.sobject('Account').find({ CreatedDate: { $lt: new SfDate('1970-01-01T00:00:00Z') } });
    expect(await none.destroy()).toEqual([]);
  });
  it('streams CSV', async () => {
    let csv = '';
    for await (const part of conn.query('SELECT Id, Name FROM Account ORDER BY Name LIMIT 2').stream('csv'))
      csv += String(part);
    expect(csv).toBe(`Id,Name\n${ids['acme']},Acme\n${ids['beta']},Beta\n`);
  });
  it('scans deleted records', async () => {
    const { id = '' } = await conn.sobject('Account').create({ Name: 'Deleting Account #1' });
    await conn.sobject('Account').record(id).destroy();
    const soql = 'SELECT Id, IsDeleted, Name FROM Account WHERE IsDeleted = true';
    expect((await conn.query(soql)).totalSize).toBe(0);
    expect((await conn.query(soql, { scanAll: true })).records).toContainEqual(
      expect.objectContaining({ Id: id, IsDeleted: true }),
    );
  });
  it('remembers what was queried FOR VIEW', async () => {
    await conn.query("SELECT Id, Name FROM Account WHERE Name IN ('Acme', 'Beta') ORDER BY Name FOR VIEW");
    expect(await conn.recent(1)).toMatchObject([{ attributes: { type: 'Account' }, Id: ids['acme'], Name: 'Acme' }]);
    expect(await conn.sobject('Account').recent()).toHaveLength(2);
    expect(await conn.sobject('Contact').recent()).toEqual([]);
  });
});
