import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { connect, failure, raw, startSurfaceOrg } from '../kit/surfaceOrg.ts';

let org: LocalOrg;
let conn: Connection;
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = connect(org);
});
afterAll(() => org.close());

const kinds = () => conn.sobject('Kind__c');
const table = () => conn.sobject('UpsertTable__c');
const made = async (work: Promise<{ id?: string | undefined }>): Promise<string> => (await work).id ?? '';

describe('single records', () => {
  it('lives through create, retrieve, record().update and record().destroy', async () => {
    const account = conn.sobject('Account');
    const { id = '', success } = await account.create({ Name: 'Hello' });
    expect({ success, length: id.length }).toEqual({ success: true, length: 18 });
    const read = await account.retrieve(id);
    expect(read['attributes']).toEqual({ type: 'Account', url: `/services/data/v66.0/sobjects/Account/${id}` });
    const updated = await account.record(id).update({ Name: 'Hello2' }, { headers: { 'SForce-Auto-Assign': 'FALSE' } });
    expect(updated).toEqual({ id, success: true, errors: [] });
    expect((await account.record(id).retrieve())['Name']).toBe('Hello2');
    expect(await account.record(id).destroy()).toEqual({ id, success: true, errors: [] });
    expect((await failure(account.retrieve(id))).errorCode).toBe('NOT_FOUND');
  });
  it('reads the body of an update before it looks for the record, and checks the letters of the id', async () => {
    const missing = { Id: '001000000000999AAA', Nope__c: 1 };
    expect((await failure(conn.sobject('Account').update(missing))).errorCode).toBe('INVALID_FIELD');
    const wrong = { Id: '001000000000999AAB', Name: 'X' };
    const error = await failure(conn.sobject('Account').update(wrong));
    expect(error.errorCode).toBe('MALFORMED_ID');
    expect(error.message).toBe('Record ID: id value of incorrect type: 001000000000999AAB');
    expect((await failure(conn.sobject('Account').update({ ...wrong, Id: missing.Id }))).errorCode).toBe('NOT_FOUND');
  });
  it('answers 201 with a Location', async () => {
    const { status, headers, json } = await raw(org, '/sobjects/Account', { method: 'POST', body: { Name: 'L' } });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/services/data/v66.0/sobjects/Account/${(json as { id: string }).id}`);
  });
  it('retrieves only the fields asked for, and a parent’s', async () => {
    const id = await made(conn.sobject('Account').create({ Name: 'Fields' }));
    const { attributes, ...plain } = await conn.sobject('Account').retrieve(id, { fields: ['Name'] });
    expect(plain).toEqual({ Id: id, Name: 'Fields' });
    expect(attributes).toBeDefined();
    const deep = await conn.sobject('Account').retrieve(id, { fields: ['Name', 'Owner.Username'] });
    expect(deep).toMatchObject({ Name: 'Fields', Owner: { Username: org.integrationUser.username } });
  });
  it('tells unknown, malformed and deleted ids and unknown objects apart', async () => {
    const code = async (work: PromiseLike<unknown>) => (await failure(work)).errorCode;
    expect(await code(conn.sobject('Account').retrieve('001Bw0zzzzzzzzz'))).toBe('NOT_FOUND');
    expect(await failure(conn.sobject('Account').retrieve('nonsense'))).toMatchObject({
      errorCode: 'NOT_FOUND',
      message: 'Provided external ID field does not exist or is not accessible: nonsense',
    });
    expect(await code(conn.sobject('Account').update({ Id: '001Bw0zzzzzzzzz', Name: 'x' }))).toBe('NOT_FOUND');
    expect(await code(conn.sobject('Account').destroy('001Bw0zzzzzzzzz'))).toBe('NOT_FOUND');
    expect(await code(conn.sobject('Nothing__c').retrieve('001Bw0zzzzzzzzz'))).toBe('NOT_FOUND');
    expect(await code(conn.sobject('Nothing__c').create({ Name: 'x' }))).toBe('NOT_FOUND');
  });
  it('refuses an id in the body of a create or an update', async () => {
    const id = await made(conn.sobject('Account').create({ Name: 'x' }));
    const create = await raw(org, '/sobjects/Account', { method: 'POST', body: { Id: id, Name: 'x' } });
    expect(create).toMatchObject({ status: 400, json: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] });
    const update = await raw(org, `/sobjects/Account/${id}`, { method: 'PATCH', body: { Id: id, Name: 'y' } });
    expect(update).toMatchObject({
      status: 400,
      json: [{ errorCode: 'INVALID_FIELD', message: 'The Id field should not be specified in the sobject data.' }],
    });
  });
  it('says when a body is no JSON, is missing, or is of another kind', async () => {
    expect(await raw(org, '/sobjects/Account', { method: 'POST', body: '{"Name":' })).toMatchObject({
      status: 400,
      json: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    expect(await raw(org, '/sobjects/Account', { method: 'POST' })).toMatchObject({ status: 400 });
    const xml = { method: 'POST', headers: { 'Content-Type': 'application/xml' }, body: '<a/>' };
    expect(await raw(org, '/sobjects/Account', xml)).toMatchObject({ status: 415 });
  });
  it('takes PATCH as a POST with _HttpMethod, and names the methods it allows', async () => {
    const id = await made(conn.sobject('Account').create({ Name: 'x' }));
    const path = `/sobjects/Account/${id}?_HttpMethod=PATCH`;
    expect((await raw(org, path, { method: 'POST', body: { Name: 'patched' } })).status).toBe(204);
    expect((await conn.sobject('Account').retrieve(id))['Name']).toBe('patched');
    expect(await raw(org, '/limits', { method: 'POST', body: {} })).toMatchObject({
      status: 405,
      json: [{ errorCode: 'METHOD_NOT_ALLOWED', message: "HTTP Method 'POST' not allowed. Allowed are GET" }],
    });
  });
});

describe('values', () => {
  it.each([
    [
      'a long text',
      { Name: 'x'.repeat(11) },
      'STRING_TOO_LONG',
      'Name: data value too large: xxxxxxxxxxx (max length=10)',
    ],
    ['no email', { Name: 'x', Email__c: 'nobody' }, 'INVALID_EMAIL_ADDRESS', 'Email: invalid email address: nobody'],
    [
      'a wrong picklist value',
      { Name: 'x', Color__c: 'Blue' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Color: bad value for restricted picklist field: Blue',
    ],
    [
      'a wrong multi-select value',
      { Name: 'x', Tags__c: 'a;z' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Tags: bad value for restricted picklist field: a;z',
    ],
    [
      'a number that is none',
      { Name: 'x', Amount__c: 'much' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of currency from VALUE_STRING value much',
    ],
    [
      'a number too big',
      { Name: 'x', Amount__c: 1_000_000 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Amount: value outside of valid range on numeric field: 1000000',
    ],
    [
      'a whole number too big',
      { Name: 'x', Count__c: 3e9 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Count: value outside of valid range',
    ],
    [
      'a date that is none',
      { Name: 'x', Day__c: 'tomorrow' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of date from VALUE_STRING value tomorrow',
    ],
    [
      'a time that is none',
      { Name: 'x', At__c: 'noon' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of datetime',
    ],
    [
      'a boolean that is none',
      { Name: 'x', Is_On__c: 'perhaps' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of boolean from VALUE_STRING value perhaps',
    ],
    ['an object as a text', { Name: { a: 1 } }, 'JSON_PARSER_ERROR', 'START_OBJECT'],
    [
      'a formula',
      { Name: 'x', Total__c: 3 },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Total__c',
    ],
    [
      'an unknown field',
      { Name: 'x', Foo__c: 3 },
      'INVALID_FIELD',
      "No such column 'Foo__c' on sobject of type Kind__c",
    ],
    ['no name', { Name: '' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]'],
    [
      'an id of another object',
      { Name: 'x', Parent__c: '001Bw0000000001AAA' },
      'MALFORMED_ID',
      'Parent: id value of incorrect type: 001Bw0000000001AAA',
    ],
    [
      'nobody’s id',
      { Name: 'x', Parent__c: 'a01Bw0zzzzzzzzz' },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
  ])('refuses %s', async (_, record, code, words) => {
    const error = await failure(kinds().create(record as { Name: string }));
    expect(error.errorCode).toBe(code);
    expect(error.message).toContain(words);
  });
  it('keeps every kind of value, and what is not said gets its default', async () => {
    const record = {
      Name: 'all',
      Email__c: 'a.b@example.com',
      Amount__c: '12.345',
      Share__c: 7.25,
      Count__c: 3,
      Is_On__c: true,
      Day__c: '2026-02-28',
      At__c: '2026-02-28T10:00:00.000+0200',
      Tags__c: 'c;a',
      Notes__c: 'n'.repeat(1000),
    };
    const id = await made(kinds().create(record));
    expect(await kinds().retrieve(id)).toMatchObject({
      ...record,
      Amount__c: 12.35,
      Share__c: 7.3,
      At__c: '2026-02-28T08:00:00.000+0000',
      Tags__c: 'a;c',
      Color__c: 'Red',
      Total__c: null,
    });
  });
  it('counts up an automatic name', async () => {
    const ids = [
      await made(conn.sobject('BigTable__c').create({})),
      await made(conn.sobject('BigTable__c').create({})),
    ];
    const names = (await conn.sobject('BigTable__c').retrieve(ids)).map((each) => String(each['Name']));
    expect(names[0]).toMatch(/^BT-\d{5}$/);
    expect(Number(names[1]?.slice(3)) - Number(names[0]?.slice(3))).toBe(1);
  });
  it('refuses a second record with a unique value and names the first', async () => {
    const first = await made(table().create({ Name: 'a', Code__c: 'one' }));
    const error = await failure(table().create({ Name: 'b', Code__c: 'ONE' }));
    expect(error).toMatchObject({
      errorCode: 'DUPLICATE_VALUE',
      message: `duplicate value found: Code__c duplicates value on record with id: ${first.slice(0, 15)}`,
    });
  });
});
