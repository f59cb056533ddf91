import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { connect, failure, raw, startSurfaceOrg } from '../kit/surfaceOrg.ts';

let org: LocalOrg;
let conn: Connection;
let id = '';
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = connect(org);
  const made = await conn.sobject('Account').create({
    Name: 'Clinic',
    BillingStreet: '1 "Main"\nSuite 2',
    BillingCity: 'Davenport',
    BillingPostalCode: '02801',
    BillingLatitude: 41.5,
  });
  id = made.id ?? '';
});
afterAll(() => org.close());

const BILLING = {
  street: '1 "Main"\nSuite 2',
  city: 'Davenport',
  state: null,
  postalCode: '02801',
  country: null,
  latitude: 41.5,
  longitude: null,
  geocodeAccuracy: null,
};

describe('the compound fields of an address', () => {
  it('show the parts together, in SOQL, on a parent, in a record and in FIELDS()', async () => {
    const { records } = await conn.query(`SELECT BillingAddress, ShippingAddress FROM Account WHERE Id = '${id}'`);
    expect(records[0]).toMatchObject({ BillingAddress: BILLING, ShippingAddress: null });
    expect(await conn.sobject('Account').retrieve(id)).toMatchObject({ BillingAddress: BILLING });
    await conn.sobject('Contact').create({ LastName: 'Ng', AccountId: id, OtherCity: 'Moline' });
    const below = await conn.query(
      `SELECT Account.BillingAddress, OtherAddress, MailingAddress FROM Contact WHERE AccountId = '${id}'`,
    );
    expect(below.records[0]).toMatchObject({
      Account: { BillingAddress: BILLING },
      OtherAddress: { city: 'Moline' },
      MailingAddress: null,
    });
    const [all] = (await conn.query(`SELECT FIELDS(ALL) FROM Account WHERE Id = '${id}' LIMIT 1`)).records;
    expect(all).toMatchObject({ BillingAddress: BILLING, BillingCity: 'Davenport' });
  });
  it('follow their parts, which alone are written', async () => {
    const error = await failure(conn.sobject('Account').update({ Id: id, BillingAddress: { city: 'Moline' } }));
    expect(error.errorCode).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
    await conn.sobject('Account').update({ Id: id, BillingCity: 'Moline' });
    expect((await conn.sobject('Account').retrieve(id))['BillingAddress']).toEqual({ ...BILLING, city: 'Moline' });
    await conn.sobject('Account').update({ Id: id, BillingCity: 'Davenport' });
  });
  it('are neither filtered, sorted, grouped nor read in bulk', async () => {
    const message = async (soql: string) => (await failure(conn.query(soql))).message;
    expect(await message(`SELECT Id FROM Account WHERE BillingAddress = 'x'`)).toContain('can not be filtered');
    expect(await message('SELECT Id FROM Account ORDER BY BillingAddress')).toContain('can not be sorted');
    expect(await message('SELECT BillingAddress FROM Account GROUP BY BillingAddress')).toContain('can not be grouped');
    const bulk = await failure(conn.bulk2.query('SELECT Id, BillingAddress FROM Account'));
    expect(bulk.message).toContain('Selecting compound data not supported in Bulk Query');
  });
  it('are told by describe, and by their parts', async () => {
    const { fields } = await conn.describe('Account');
    const of = (name: string) => fields.find((field) => field.name === name);
    expect(of('BillingAddress')).toMatchObject({
      type: 'address',
      soapType: 'urn:address',
      createable: false,
      updateable: false,
      sortable: false,
      groupable: false,
      nillable: true,
      queryByDistance: true,
    });
    expect(of('BillingPostalCode')).toMatchObject({ compoundFieldName: 'BillingAddress', createable: true });
    const names = (await conn.describe('Contact')).fields.filter((field) => field.compoundFieldName === 'Name');
    expect(names.map((field) => field.name).toSorted()).toEqual(['FirstName', 'LastName']);
  });
});

describe('activity timelines', () => {
  it('show open and closed tasks below account and contact', async () => {
    const whole = { WhatId: id, Subject: 'Visit' };
    await conn.sobject('Task').create([whole, { ...whole, Subject: 'Call', Status: 'Completed' }]);
    const { records } = await conn.query(
      `SELECT Id, (SELECT Subject, IsClosed, What.Name, Owner.Username FROM ActivityHistories),
        (SELECT Subject FROM OpenActivities) FROM Account WHERE Id = '${id}'`,
    );
    expect(records[0]).toMatchObject({
      ActivityHistories: { records: [{ Subject: 'Call', IsClosed: true, What: { Name: 'Clinic' } }] },
      OpenActivities: { records: [{ Subject: 'Visit' }] },
    });
  });
  it('are neither queried by themselves nor written', async () => {
    expect(await failure(conn.query('SELECT Id FROM ActivityHistory'))).toMatchObject({
      errorCode: 'INVALID_TYPE_FOR_OPERATION',
      message: expect.stringContaining('entity type ActivityHistory does not support query') as string,
    });
    const error = await failure(conn.sobject('OpenActivity').create({ Subject: 'x' }));
    expect(error.errorCode).toBe('METHOD_NOT_ALLOWED');
    const { json } = await raw(org, '/sobjects/OpenActivity/describe');
    expect(json).toMatchObject({ queryable: false, createable: false, keyPrefix: null });
  });
});
