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

describe('external ids', () => {
  it('creates, then updates, then says that there are two', async () => {
    const created = await table().upsert({ Name: 'New Record', ExtId__c: 'E1' }, 'ExtId__c');
    expect(created).toMatchObject({ success: true, created: true });
    const updated = await table().upsert({ Name: 'Updated Record', ExtId__c: 'E1' }, 'ExtId__c');
    expect(updated).toEqual({ id: created.id, success: true, errors: [], created: false });
    expect((await table().retrieve(created.id ?? ''))['Name']).toBe('Updated Record');
    await table().create({ Name: 'Duplicated Record', ExtId__c: 'E1' });
    const error = (await failure(table().upsert({ Name: 'Twice', ExtId__c: 'E1' }, 'ExtId__c'))) as {
      content?: unknown;
    } & Error;
    expect(error.name).toBe('MULTIPLE_CHOICES');
    expect(error.content).toEqual([
      expect.stringMatching(/^\/services\/data\/v66\.0\/sobjects\/UpsertTable__c\/a01/),
      expect.stringMatching(/^\/services\/data\/v66\.0\/sobjects\/UpsertTable__c\/a01/),
    ]);
  });
  it('answers an update with 204 before version 46', async () => {
    await table().create({ Name: 'Old', ExtId__c: 'E45' });
    const old = connect(org, '45.0').sobject('UpsertTable__c');
    const result = await old.upsert({ Name: 'Old 2', ExtId__c: 'E45' }, 'ExtId__c');
    expect(result).toEqual({ success: true, errors: [] });
  });
  it('takes only fields that are external ids, and not the key in the body', async () => {
    expect(await failure(table().upsert({ Name: 'x' }, 'Name'))).toMatchObject({
      errorCode: 'NOT_FOUND',
      message: 'Provided external ID field does not exist or is not accessible: Name',
    });
    const body = { Name: 'x', ExtId__c: 'E9' };
    expect(await raw(org, '/sobjects/UpsertTable__c/ExtId__c/E9', { method: 'PATCH', body })).toMatchObject({
      json: [
        { errorCode: 'INVALID_FIELD', message: 'The ExtId__c field should not be specified in the sobject data.' },
      ],
    });
    const unknown = await raw(org, '/sobjects/UpsertTable__c/ExtId__c/none?updateOnly=true', {
      method: 'PATCH',
      body: { Name: 'x' },
    });
    expect(unknown.status).toBe(404);
  });
  it('heeds conditions on the record it would update', async () => {
    const { id = '' } = await table().create({ Name: 'held', ExtId__c: 'held' });
    const headers = { 'If-Unmodified-Since': new Date(Date.now() - 60_000).toUTCString() };
    const error = await failure(table().upsert({ Name: 'changed', ExtId__c: 'held' }, 'ExtId__c', { headers }));
    expect(error.errorCode).toBe('PRECONDITION_FAILED');
    expect((await table().retrieve(id))['Name']).toBe('held');
  });
  it('reads and deletes by external id, also one with a space', async () => {
    const id = await made(table().create({ Name: 'By key', ExtId__c: 'with space' }));
    const path = '/sobjects/UpsertTable__c/ExtId__c/with%20space';
    expect(await raw(org, path)).toMatchObject({ status: 200, json: { Id: id, Name: 'By key' } });
    expect((await raw(org, path, { method: 'DELETE' })).status).toBe(204);
    expect((await raw(org, path)).status).toBe(404);
  });
  it('points at a parent by its external id, in a body', async () => {
    const parent = await made(table().create({ Name: 'P', ExtId__c: 'parent' }));
    const id = await made(kinds().create({ Name: 'kid', Parent__r: { ExtId__c: 'parent' } }));
    expect((await kinds().retrieve(id))['Parent__c']).toBe(parent);
    expect(await failure(kinds().create({ Name: 'kid', Parent__r: { ExtId__c: 'nobody' } }))).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: 'Foreign key external ID: nobody not found for field ExtId__c in entity UpsertTable__c',
    });
  });
  it('follows relationships by path, up and down, and deletes details with their master', async () => {
    const parent = await made(table().create({ Name: 'Master' }));
    const id = await made(kinds().create({ Name: 'detail', Parent__c: parent }));
    expect((await raw(org, `/sobjects/Kind__c/${id}/Parent__r`)).json).toMatchObject({ Id: parent, Name: 'Master' });
    expect((await raw(org, `/sobjects/UpsertTable__c/${parent}/Kinds__r?fields=Name`)).json).toMatchObject({
      totalSize: 1,
      records: [{ Name: 'detail' }],
    });
    expect((await raw(org, `/sobjects/Kind__c/${id}/Nothing__r`)).status).toBe(404);
    await table().destroy(parent);
    expect((await failure(kinds().retrieve(id))).errorCode).toBe('NOT_FOUND');
  });
});

describe('standard objects', () => {
  it('go with their account', async () => {
    const AccountId = await made(conn.sobject('Account').create({ Name: 'Parent' }));
    const contact = await made(conn.sobject('Contact').create({ LastName: 'Kid', AccountId }));
    const task = await made(conn.sobject('Task').create({ Subject: 'Call', WhatId: AccountId }));
    await conn.sobject('Account').destroy(AccountId);
    expect((await failure(conn.sobject('Contact').retrieve(contact))).errorCode).toBe('NOT_FOUND');
    expect((await failure(conn.sobject('Task').retrieve(task))).errorCode).toBe('NOT_FOUND');
  });
  it('include leads, cases and events', async () => {
    const lead = await made(conn.sobject('Lead').create({ LastName: 'Ada', FirstName: 'B', Company: 'C' }));
    expect(await conn.sobject('Lead').retrieve(lead)).toMatchObject({ Name: 'B Ada', Status: 'Open - Not Contacted' });
    const kase = await made(conn.sobject('Case').create({ Subject: 'Help' }));
    expect((await conn.sobject('Case').retrieve(kase))['CaseNumber']).toMatch(/^\d{8}$/);
    const event = { Subject: 'Meet', StartDateTime: '2026-01-01T10:00:00Z', EndDateTime: '2026-01-01T11:00:00Z' };
    expect((await conn.sobject('Event').create(event)).success).toBe(true);
  });
});

describe('search', () => {
  it('finds words by their beginning, in the objects and fields named', async () => {
    await conn
      .sobject('Account')
      .create([{ Name: 'Searchable Acorn' }, { Name: 'Acorn, too', Site: 'x' }, { Name: 'Macorn' }]);
    await conn.sobject('Contact').create({ LastName: 'Acorn', Email: 'a@acorn.example' });
    const sosl =
      "FIND {Aco*} IN ALL FIELDS RETURNING Account(Id, Name WHERE Name LIKE '%corn%' ORDER BY Name LIMIT 5), Contact(LastName)";
    const { searchRecords } = await conn.search(sosl);
    expect(searchRecords.map((each) => each['Name'] ?? each['LastName'])).toEqual([
      'Acorn, too',
      'Searchable Acorn',
      'Acorn',
    ]);
    expect(searchRecords[0]?.attributes).toMatchObject({ type: 'Account' });
    const byName = await raw(org, '/parameterizedSearch?q=Acorn&sobject=Contact&fields=LastName');
    expect(byName.json).toMatchObject({ searchRecords: [{ LastName: 'Acorn' }] });
  });
  it('refuses what it cannot read', async () => {
    expect((await failure(conn.search('FIND something'))).errorCode).toBe('MALFORMED_SEARCH');
    expect((await failure(conn.search('FIND {a} RETURNING Account'))).message).toBe(
      'search term must be longer than one character',
    );
  });
});
