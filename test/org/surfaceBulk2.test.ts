import type { Connection } from 'jsforce';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { bulkConnection, failure, raw, startSurfaceOrg } from '../kit/surfaceOrg.ts';

type Operation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';
let org: LocalOrg;
let conn: Connection;
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = bulkConnection(org);
});
afterAll(() => org.close());

const load = (operation: Operation, input: object[] | string | Readable, more: object = {}) =>
  conn.bulk2.loadAndWaitForResults({ object: 'Account', operation, input: input as never, ...more });
const names = async (like: string) =>
  (await conn.query(`SELECT Id, Name FROM Account WHERE Name LIKE '${like}' ORDER BY Name`)).records as {
    Id: string;
    Name: string;
  }[];

describe('ingest', () => {
  it('inserts what is right and says what is wrong with the rest', async () => {
    const good = Array.from({ length: 250 }, (_, k) => ({ Name: `Bulk ${k}`, NumberOfEmployees: 300 * (k + 1) }));
    const results = await load('insert', [...good, { BillingState: 'CA' }]);
    expect(results.successfulResults).toHaveLength(250);
    expect(results.successfulResults[0]).toMatchObject({
      sf__Id: expect.stringMatching(/^001\w{15}$/),
      sf__Created: 'true',
      Name: 'Bulk 0',
    });
    expect(results.failedResults).toEqual([
      expect.objectContaining({
        sf__Id: '',
        sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
      }),
    ]);
    expect(results.unprocessedRecords).toEqual([]);
  });
  it('updates and deletes by id, and tells ids apart', async () => {
    await load('insert', [{ Name: 'Up 1' }, { Name: 'Up 2' }]);
    const before = await names('Up _');
    const updated = await load(
      'update',
      before.map(({ Id, Name }) => ({ Id, Name: `${Name} (Updated)` })),
    );
    expect(updated.successfulResults.map((each) => each['sf__Created'])).toEqual(['false', 'false']);
    expect((await names('Up _ (Updated)')).map((each) => each.Id)).toEqual(before.map((each) => each.Id));
    const ids = [before[0]?.Id, before[0]?.Id, '001Bw0zzzzzzzzz', 'nonsense'].map((Id) => ({ Id }));
    const deleted = await load('delete', ids);
    expect(deleted.successfulResults).toHaveLength(1);
    expect(deleted.failedResults.map((each) => each['sf__Error'])).toEqual([
      'ENTITY_IS_DELETED:entity is deleted:--',
      'INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--',
      'MALFORMED_ID:bad id nonsense:--',
    ]);
    expect(deleted.failedResults[0]?.['sf__Id']).toBe(before[0]?.Id);
  });
  it('upserts by external id, points at parents by theirs, and leaves nothing of a hard delete', async () => {
    const table = { object: 'UpsertTable__c', externalIdFieldName: 'ExtId__c' };
    const first = await load(
      'upsert',
      [
        { Name: 'a', ExtId__c: 'B1' },
        { Name: 'b', ExtId__c: 'B2' },
      ],
      table,
    );
    expect(first.successfulResults.map((each) => each['sf__Created'])).toEqual(['true', 'true']);
    const second = await load(
      'upsert',
      [
        { Name: 'a2', ExtId__c: 'B1' },
        { Name: 'c', ExtId__c: 'B3' },
      ],
      table,
    );
    expect(second.successfulResults.map((each) => each['sf__Created'])).toEqual(['false', 'true']);
    const kids = await load('insert', 'Name,Parent__r.ExtId__c\nkid,B1\norphan,none\n', { object: 'Kind__c' });
    expect(kids.successfulResults).toHaveLength(1);
    expect(kids.failedResults[0]?.['sf__Error']).toBe(
      'INVALID_FIELD:Foreign key external ID: none not found for field ExtId__c in entity UpsertTable__c:--',
    );
    const gone = await load(
      'hardDelete',
      second.successfulResults.map((each) => ({ Id: each['sf__Id'] })),
      { object: 'UpsertTable__c' },
    );
    expect(gone.successfulResults).toHaveLength(2);
    const left = await conn.query("SELECT ExtId__c FROM UpsertTable__c WHERE ExtId__c LIKE 'B%'", { scanAll: true });
    expect(left.records.map((each) => each['ExtId__c'])).toEqual(['B2']);
  });
  it('empties a field with #N/A, and leaves it alone where the cell is empty', async () => {
    const { id = '' } = await conn.sobject('Account').create({ Name: 'Null', Site: 'here', Industry: 'Other' });
    await load('update', [{ Id: id, Site: null, Industry: '' }]);
    expect(await conn.sobject('Account').retrieve(id)).toMatchObject({ Site: null, Industry: 'Other' });
  });
  it.each(['insert', 'delete'] as const)('takes an empty input for %s', async (operation) => {
    expect(await load(operation, [])).toEqual({ successfulResults: [], failedResults: [], unprocessedRecords: [] });
  });
  it('reads a stream, quotes, delimiters in values, and a byte order mark', async () => {
    const csv = '\uFEFFName,Description\n"Quoted, ""Inc""","two\nlines"\nPlain,\n';
    const results = await load('insert', Readable.from([csv]));
    expect(results.successfulResults).toMatchObject([
      { Name: 'Quoted, "Inc"', Description: 'two\nlines' },
      { Name: 'Plain' },
    ]);
    expect((await names('Quoted%'))[0]?.Name).toBe('Quoted, "Inc"');
  });
  it.each([
    ['BACKQUOTE', '`'],
    ['CARET', '^'],
    ['PIPE', '|'],
    ['SEMICOLON', ';'],
    ['TAB', '\t'],
  ])('reads and writes %s with CRLF', async (columnDelimiter, mark) => {
    const job = conn.bulk2.createJob({
      object: 'Account',
      operation: 'insert',
      columnDelimiter: columnDelimiter as 'TAB',
      lineEnding: 'CRLF',
    });
    await job.open();
    await job.uploadData(`Name${mark}Site\r\nD, ${columnDelimiter}${mark}here\r\n`);
    await job.close();
    await job.poll(5, 30_000);
    const csv = await job.getSuccessfulResults(true);
    expect(csv).toMatch(new RegExp(`^"sf__Id"\\${mark}"sf__Created"\\${mark}"Name"\\${mark}"Site"\r\n"001\\w+"`));
    expect(csv).toContain(`"D, ${columnDelimiter}"${mark}"here"\r\n`);
  });
});

describe('jobs that cannot be', () => {
  const fails = async (csv: string, more: object = {}) => (await failure(load('insert', csv, more))).message;
  it.each([
    ['an unknown column', 'Name,Foo\nx,1\n', 'InvalidBatch : Field name not found : Foo'],
    ['a column given twice', 'Name,Name\nx,1\n', 'InvalidBatch : Duplicate field name : Name'],
    [
      'another line ending',
      'Name\r\nx\r\n',
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    ],
    ['a row too long', 'Name\nx,1\n', 'InvalidBatch : a row has 2 columns where the header has 1'],
    ['a quote left open', 'Name\n"x\n', 'is never closed'],
  ])('fail for %s', async (_, csv, words) => {
    expect(await fails(csv)).toContain(words);
  });
  it('give back what they never tried', async () => {
    const job = conn.bulk2.createJob({ object: 'Account', operation: 'insert' });
    await job.open();
    await job.uploadData('Name,Foo\nx,1\ny,2\n');
    await job.close();
    await expect(job.poll(5, 30_000)).rejects.toThrow('Field name not found : Foo');
    expect(await job.getUnprocessedRecords()).toEqual([
      { Name: 'x', Foo: '1' },
      { Name: 'y', Foo: '2' },
    ]);
    expect(await job.check()).toMatchObject({
      state: 'Failed',
      errorMessage: 'InvalidBatch : Field name not found : Foo',
    });
  });
  it.each([
    ['an unknown object', { object: 'Nothing', operation: 'insert' }, 'INVALIDENTITY'],
    ['an unknown operation', { object: 'Account', operation: 'merge' }, 'JSON_PARSER_ERROR'],
    ['an upsert without a key', { object: 'Account', operation: 'upsert' }, 'INVALIDJOB'],
    ['an upsert by any field', { object: 'Account', operation: 'upsert', externalIdFieldName: 'Site' }, 'INVALIDJOB'],
    ['an unknown delimiter', { object: 'Account', operation: 'insert', columnDelimiter: 'DOT' }, 'JSON_PARSER_ERROR'],
  ])('are refused for %s', async (_, body, code) => {
    expect(await raw(org, '/jobs/ingest', { method: 'POST', body })).toMatchObject({
      status: 400,
      json: [{ errorCode: code }],
    });
  });
});

describe('query jobs', () => {
  it('give every record as CSV, parents and booleans included', async () => {
    const stream = await conn.bulk2.query(
      "SELECT Id, Name, IsDeleted, Owner.Username, Site FROM Account WHERE Name = 'Bulk 0'",
    );
    expect(await stream.toArray()).toEqual([
      {
        Id: expect.stringMatching(/^001/),
        Name: 'Bulk 0',
        IsDeleted: 'false',
        'Owner.Username': org.integrationUser.username,
        Site: '',
      },
    ]);
    const all = await (await conn.bulk2.query('SELECT Id FROM Contact')).toArray();
    expect(all).toHaveLength((await conn.query('SELECT COUNT() FROM Contact')).totalSize);
  });
  it('see deleted records with scanAll', async () => {
    const { id = '' } = await conn.sobject('Account').create({ Name: 'Scanned' });
    await conn.sobject('Account').destroy(id);
    const soql = "SELECT Id FROM Account WHERE Name = 'Scanned'";
    expect(await (await conn.bulk2.query(soql, { scanAll: true })).toArray()).toEqual([{ Id: id }]);
    expect(await (await conn.bulk2.query(soql)).toArray()).toEqual([]);
  });
  it('page by locator and maxRecords, in the delimiter asked for', async () => {
    const body = {
      operation: 'query',
      query: "SELECT Name, Site FROM Account WHERE Name LIKE 'Bulk %' ORDER BY NumberOfEmployees",
      columnDelimiter: 'PIPE',
      lineEnding: 'CRLF',
    };
    const { json } = await raw(org, '/jobs/query', { method: 'POST', body });
    const { id } = json as { id: string };
    expect(json).toMatchObject({ state: 'UploadComplete', object: 'Account', operation: 'query' });
    const job = conn.bulk2.job('query', { id });
    await job.poll(5, 30_000);
    expect(job.getInfo()).toMatchObject({
      jobType: 'V2Query',
      numberRecordsProcessed: 250,
      isPkChunkingSupported: true,
    });
    const read: string[] = [];
    let locator = '';
    do {
      const page = await raw(org, `/jobs/query/${id}/results?maxRecords=100${locator && `&locator=${locator}`}`);
      const [header, ...lines] = page.text.trimEnd().split('\r\n');
      expect(header).toBe('"Name"|"Site"');
      expect(page.headers.get('sforce-numberofrecords')).toBe(String(lines.length));
      read.push(...lines);
      locator = page.headers.get('sforce-locator') ?? '';
    } while (locator !== 'null');
    expect(read).toEqual(Array.from({ length: 250 }, (_, k) => `"Bulk ${k}"|""`));
    expect((await raw(org, `/jobs/query/${id}/results?maxRecords=0`)).status).toBe(400);
    await job.delete();
    expect((await raw(org, `/jobs/query/${id}`)).status).toBe(404);
  });
  it.each([
    ['SELECT Id FROM Nothing', 'INVALID_TYPE'],
    ['SELECT Id FROM', 'MALFORMED_QUERY'],
    ['SELECT COUNT(Id) FROM Account', 'API_ERROR'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'API_ERROR'],
  ])('refuse %s', async (soql, code) => {
    expect((await failure(conn.bulk2.query(soql))).errorCode).toBe(code);
  });
});

describe('Query#update and Query#destroy over Bulk 2.0', () => {
  it('work beyond the threshold', async () => {
    await load(
      'insert',
      Array.from({ length: 250 }, (_, k) => ({ Name: `Mass ${k}`, BillingState: 'CA' })),
    );
    const found = () => conn.sobject('Account').find({ Name: { $like: 'Mass %' } });
    const changes = { Name: '${Name} (Updated)', BillingState: null };
    const updated = await found().update(changes as never, { bulkApiVersion: 2 });
    expect(updated.filter((each) => each.success)).toHaveLength(250);
    const now = await conn.sobject('Account').find({ Name: { $like: 'Mass %' } }, 'Name, BillingState');
    expect(now.every((each) => /\(Updated\)$/.test(String(each['Name'])) && each['BillingState'] === null)).toBe(true);
    expect(
      (await found().destroy({ bulkApiVersion: 2, bulkThreshold: 0 })).filter((each) => each.success),
    ).toHaveLength(250);
    expect(await found().destroy({ bulkApiVersion: 2 })).toEqual([]);
  });
});
