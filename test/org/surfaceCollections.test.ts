import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { codes, connect, failure, raw, startSurfaceOrg } from '../kit/surfaceOrg.ts';

let org: LocalOrg;
let conn: Connection;
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = connect(org);
});
afterAll(() => org.close());

const table = () => conn.sobject('UpsertTable__c');
const accounts = (count: number, name = 'n') => Array.from({ length: count }, (_, k) => ({ Name: `${name}${k}` }));
const count = async () => (await conn.query('SELECT COUNT() FROM Account')).totalSize;

describe('many records', () => {
  it('are created, retrieved in order, updated and destroyed', async () => {
    const ids = (await conn.sobject('Account').create(accounts(2, 'Account #'))).map((each) => each.id ?? '');
    const records = await conn.sobject('Account').retrieve(ids);
    expect(records.map((each) => each['Name'])).toEqual(['Account #0', 'Account #1']);
    const changes = records.map((each) => ({ Id: String(each.Id), Name: `Updated ${String(each['Name'])}` }));
    expect(codes(await conn.sobject('Account').update(changes))).toEqual(['ok', 'ok']);
    expect((await conn.sobject('Account').retrieve([...ids].reverse())).map((each) => each['Name'])).toEqual([
      'Updated Account #1',
      'Updated Account #0',
    ]);
    expect(codes(await conn.sobject('Account').destroy(ids))).toEqual(['ok', 'ok']);
    expect(await conn.sobject('Account').retrieve(ids)).toEqual([null, null]);
  });
  it('go in steps of 200 with allowRecursive, and are refused in one', async () => {
    expect(await conn.sobject('Account').create(accounts(450), { allowRecursive: true })).toHaveLength(450);
    expect(await failure(conn.sobject('Account').create(accounts(201)))).toMatchObject({
      errorCode: 'EXCEEDED_ID_LIMIT',
      message: 'record limit reached. cannot submit more than 200 records into this call',
    });
  });
  it('go one by one before version 42', async () => {
    const old = connect(org, '41.0').sobject('Account');
    const made = await old.create(accounts(3));
    expect(codes(made)).toEqual(['ok', 'ok', 'ok']);
    const ids = made.map((each) => each.id ?? '');
    expect(await old.retrieve(ids)).toHaveLength(3);
    expect(codes(await old.destroy(ids))).toEqual(['ok', 'ok', 'ok']);
  });
  it('fail each for itself, or all together', async () => {
    const before = await count();
    const mixed = [{ Name: 'A' }, { Site: 'no name' }, { Name: 'B', Foo: 1 }] as { Name: string }[];
    const each = await conn.sobject('Account').create(mixed);
    expect(codes(each)).toEqual(['ok', 'REQUIRED_FIELD_MISSING', 'INVALID_FIELD']);
    expect(each[1]).toEqual({
      success: false,
      errors: [
        { statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] },
      ],
    });
    const all = await conn.sobject('Account').create(mixed, { allOrNone: true });
    expect(codes(all)).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING', 'INVALID_FIELD']);
    expect(await count()).toBe(before + 1);
  });
  it('of several objects travel together', async () => {
    const records = [
      { attributes: { type: 'Account' }, Name: 'One' },
      { attributes: { type: 'Contact' }, LastName: 'Two' },
      { attributes: { type: 'Nothing' }, Name: 'Three' },
      { Name: 'Four' },
    ];
    const { json } = await raw(org, '/composite/sobjects', { method: 'POST', body: { records } });
    expect(codes(json)).toEqual(['ok', 'ok', 'INVALID_TYPE', 'INVALID_TYPE']);
  });
  it('with a value of a wrong type make the whole request unreadable', async () => {
    const records = [{ Name: 'A' }, { Name: 'B', AnnualRevenue: 'much' }] as { Name: string }[];
    expect((await failure(conn.sobject('Account').create(records))).errorCode).toBe('JSON_PARSER_ERROR');
  });
  it('may repeat an id twelve times and no more', async () => {
    const [made] = await conn.sobject('Account').create(accounts(1));
    const changes = Array.from({ length: 15 }, (_, k) => ({ Id: made?.id ?? '', Name: `again ${k}` }));
    const results = codes(await conn.sobject('Account').update(changes));
    expect(results.filter((code) => code === 'ok')).toHaveLength(13);
    expect(results.slice(13)).toEqual(['DUPLICATE_VALUE', 'DUPLICATE_VALUE']);
  });
  it('are retrieved without those that are unknown, and never by malformed ids', async () => {
    const [made] = await conn.sobject('Account').create(accounts(1));
    const found = await conn.sobject('Account').retrieve(['001Bw0zzzzzzzzz', made?.id ?? ''], { fields: ['Name'] });
    expect(found).toEqual([null, expect.objectContaining({ Id: made?.id, Name: 'n0' })]);
    expect((await failure(conn.sobject('Account').retrieve(['nonsense']))).errorCode).toBe('MALFORMED_ID');
    expect((await failure(conn.sobject('Account').retrieve([made?.id ?? ''], { fields: ['Foo'] }))).errorCode).toBe(
      'INVALID_FIELD',
    );
    const path = `/composite/sobjects/Account?ids=${made?.id}&fields=Name`;
    expect((await raw(org, path)).json).toEqual([expect.objectContaining({ Name: 'n0' })]);
  });
});

describe('many upserts', () => {
  it('create and update by external id', async () => {
    await table().create({ Name: 'there', ExtId__c: 'U1' });
    const results = await table().upsert(
      [
        { Name: 'one', ExtId__c: 'U1' },
        { Name: 'two', ExtId__c: 'U2' },
        { Name: 'twice', ExtId__c: 'U2' },
      ],
      'ExtId__c',
    );
    expect(results.map((each) => (each as { created?: boolean }).created)).toEqual([false, true, undefined]);
    expect(codes(results)).toEqual(['ok', 'ok', 'DUPLICATE_VALUE']);
    expect(results[2]).toMatchObject({ errors: [{ message: 'Duplicate external id specified: U2' }] });
  });
  it('say when an external id is there twice', async () => {
    await table().create([
      { Name: 'a', ExtId__c: 'UU' },
      { Name: 'b', ExtId__c: 'UU' },
    ]);
    expect(codes(await table().upsert([{ Name: 'c', ExtId__c: 'UU' }], 'ExtId__c'))).toEqual(['DUPLICATE_VALUE']);
  });
  it('take Id as the key', async () => {
    const made = await table().create({ Name: 'by id' });
    const body = { records: [{ attributes: { type: 'UpsertTable__c' }, Id: made.id, Name: 'renamed' }] };
    const { json } = await raw(org, '/composite/sobjects/UpsertTable__c/Id', { method: 'PATCH', body });
    expect(json).toEqual([{ id: made.id, success: true, errors: [], created: false }]);
  });
  it('undo all with allOrNone', async () => {
    const records = [
      { Name: 'x', ExtId__c: 'V1' },
      { Name: 'y'.repeat(81), ExtId__c: 'V2' },
    ];
    expect(codes(await table().upsert(records, 'ExtId__c', { allOrNone: true }))).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'STRING_TOO_LONG',
    ]);
    expect((await conn.query("SELECT COUNT() FROM UpsertTable__c WHERE ExtId__c LIKE 'V%'")).totalSize).toBe(0);
  });
});
