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

const fieldsOf = async (object: string) => {
  const { fields } = await conn.sobject(object).describe();
  return new Map(fields.map((field) => [field.name, field as unknown as Record<string, unknown>]));
};

describe('describe', () => {
  it('is cached by describe$ and describe$$, fresh by describe', async () => {
    const first = await conn.sobject('Account').describe();
    expect(await conn.sobject('Account').describe$()).toBe(first);
    expect(conn.sobject('Account').describe$$()).toBe(first);
    const fresh = await conn.sobject('Account').describe();
    expect(fresh).not.toBe(first);
    expect(fresh).toEqual(first);
  });
  it('has every attribute that jsforce names', async () => {
    const described = await conn.sobject('Account').describe();
    expect(described).toMatchObject({
      name: 'Account',
      label: 'Account',
      labelPlural: 'Accounts',
      keyPrefix: '001',
      custom: false,
      createable: true,
      queryable: true,
      actionOverrides: [],
      namedLayoutInfos: [],
      recordTypeInfos: [{ name: 'Master', master: true, recordTypeId: '012000000000000AAA', available: true }],
      urls: {
        sobject: '/services/data/v66.0/sobjects/Account',
        describe: '/services/data/v66.0/sobjects/Account/describe',
        rowTemplate: '/services/data/v66.0/sobjects/Account/{ID}',
      },
    });
    expect(described.supportedScopes?.map((scope) => scope.name)).toEqual(['everything', 'mine']);
    expect(described.childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' }),
    );
  });
  it('tells of each field what can be done with it', async () => {
    const fields = await fieldsOf('Kind__c');
    expect(fields.get('Id')).toMatchObject({
      type: 'id',
      soapType: 'tns:ID',
      length: 18,
      idLookup: true,
      nillable: false,
      createable: false,
    });
    expect(fields.get('Name')).toMatchObject({
      nameField: true,
      nillable: false,
      length: 10,
      byteLength: 30,
      custom: false,
    });
    expect(fields.get('Amount__c')).toMatchObject({
      type: 'currency',
      precision: 8,
      scale: 2,
      soapType: 'xsd:double',
      length: 0,
    });
    expect(fields.get('Total__c')).toMatchObject({ calculated: true, createable: false, updateable: false });
    expect(fields.get('Is_On__c')).toMatchObject({
      type: 'boolean',
      defaultedOnCreate: true,
      defaultValue: false,
      nillable: false,
    });
    expect(fields.get('Notes__c')).toMatchObject({ filterable: false, sortable: false, groupable: false });
    expect(fields.get('Color__c')).toMatchObject({
      restrictedPicklist: true,
      picklistValues: [
        { value: 'Red', label: 'Red', active: true, defaultValue: true },
        { value: 'Green', defaultValue: false },
      ],
    });
    expect(fields.get('Parent__c')).toMatchObject({
      type: 'reference',
      referenceTo: ['UpsertTable__c'],
      relationshipName: 'Parent__r',
      cascadeDelete: true,
    });
    expect((await fieldsOf('UpsertTable__c')).get('Code__c')).toMatchObject({
      externalId: true,
      unique: true,
      idLookup: true,
    });
    expect((await fieldsOf('Task')).get('WhatId')).toMatchObject({ polymorphicForeignKey: true, namePointing: true });
    expect((await fieldsOf('BigTable__c')).get('Name')).toMatchObject({ autoNumber: true, createable: false });
  });
  it('takes the name in any case and refuses an unknown one', async () => {
    expect((await conn.sobject('account').describe()).name).toBe('Account');
    expect((await failure(conn.sobject('Nothing').describe())).errorCode).toBe('NOT_FOUND');
  });
  it('answers 304 when nothing changed since', async () => {
    for (const path of ['/sobjects', '/sobjects/Account/describe']) {
      const first = await raw(org, path);
      const since = first.headers.get('last-modified') ?? '';
      const again = await raw(org, path, { headers: { 'If-Modified-Since': since } });
      expect([again.status, again.text]).toEqual([304, '']);
      const before = { 'If-Modified-Since': new Date(Date.parse(since) - 60_000).toUTCString() };
      expect((await raw(org, path, { headers: before })).status).toBe(200);
      expect((await raw(org, path, { headers: { 'If-Modified-Since': 'yesterday' } })).status).toBe(400);
    }
  });
  it('lists all objects, without fields', async () => {
    const { sobjects, encoding, maxBatchSize } = await conn.describeGlobal();
    expect([encoding, maxBatchSize]).toEqual(['UTF-8', 200]);
    expect(sobjects.map((each) => each.name)).toEqual(
      expect.arrayContaining(['Account', 'UpsertTable__c', 'Territory2']),
    );
    expect(sobjects.find((each) => each.name === 'UpsertTable__c')).toMatchObject({ custom: true, keyPrefix: 'a01' });
    expect(sobjects[0]).not.toHaveProperty('fields');
    expect(await conn.describeGlobal$()).toHaveProperty('sobjects');
  });
});

describe('the org about itself', () => {
  it('lists versions and resources', async () => {
    const response = await fetch(`${org.url}/services/data`);
    expect(await response.json()).toContainEqual({ label: 'v66.0', url: '/services/data/v66.0', version: '66.0' });
    const root = await conn.request<Record<string, string>>('/');
    expect(root).toMatchObject({ sobjects: '/services/data/v66.0/sobjects', query: '/services/data/v66.0/query' });
    expect(root['identity']).toContain(`/id/${org.orgId}/`);
    expect((await raw(org, '/services/data/v99.0/limits')).status).toBe(404);
  });
  it('serves jsforce’s own default version', async () => {
    const old = connect(org, '50.0');
    expect((await old.sobject('Account').create({ Name: 'Old' })).success).toBe(true);
    expect((await old.query('SELECT Id FROM Account')).records[0]?.attributes?.url).toContain('/v50.0/');
  });
  it('has tabs and a theme', async () => {
    const tabs = (await conn.tabs()) as { label: string; name: string; url: string }[];
    expect(tabs.find((tab) => tab.name === 'standard-Account')).toMatchObject({
      label: 'Accounts',
      url: expect.any(String),
    });
    const { themeItems } = (await conn.theme()) as {
      themeItems: { name: string; colors: unknown[]; icons: unknown[] }[];
    };
    expect(themeItems.every((item) => Array.isArray(item.colors) && Array.isArray(item.icons))).toBe(true);
  });
  it('has one layout with every field, a compact one, and no approval layouts or quick actions', async () => {
    const account = conn.sobject('Account');
    const { layouts, recordTypeMappings, recordTypeSelectorRequired } = await account.layouts();
    expect(layouts[0]).toMatchObject({
      buttonLayoutSection: {},
      quickActionList: { quickActionListItems: [] },
      relatedLists: [],
    });
    expect(JSON.stringify(layouts[0]?.detailLayoutSections)).toContain('"NPI__c"');
    expect([recordTypeMappings.length, recordTypeSelectorRequired]).toEqual([1, [false]]);
    expect(await account.layouts$()).toBe(account.layouts$$());
    expect((await conn.sobject('User').layouts('UserAlt')).layouts).toHaveLength(1);
    expect((await account.compactLayouts()).compactLayouts[0]).toMatchObject({ objectType: 'Account', actions: [] });
    expect((await account.approvalLayouts()).approvalLayouts).toEqual([]);
    expect(await account.quickActions()).toEqual([]);
  });
  it('tells an object’s address and recent items', async () => {
    expect((await raw(org, '/sobjects/Account')).json).toMatchObject({
      objectDescribe: { name: 'Account' },
      recentItems: [],
    });
  });
  it('carries the API usage on every answer', async () => {
    for (const path of ['/limits', '/sobjects/Nothing', '/nowhere'])
      expect((await raw(org, path)).headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/\d+$/);
  });
  it.each([
    ['/tooling/query?q=x', 'This stand-in org does not serve the Tooling API.'],
    ['/analytics/reports', 'This stand-in org does not serve reports and dashboards.'],
    ['/chatter/feeds', 'This stand-in org does not serve Chatter.'],
    ['/process/rules', 'This stand-in org does not serve approvals and process rules.'],
    ['/sobjects/Account/listviews', 'This stand-in org does not serve list views.'],
    ['/quickActions', 'This stand-in org does not serve quick actions.'],
    ['/services/apexrest/x', 'This stand-in org does not serve Apex REST.'],
    ['/services/async/66.0/job', 'This stand-in org does not serve Bulk API 1.0; use Bulk API 2.0 (/jobs/ingest).'],
    ['/nowhere', 'The requested resource does not exist'],
  ])('says what %s is outside of', async (path, message) => {
    expect(await raw(org, path)).toMatchObject({ status: 404, json: [{ errorCode: 'NOT_FOUND', message }] });
  });
});

describe('changes', () => {
  it('lists what was updated and deleted, from dates and from their texts', async () => {
    const [one, two] = await conn.sobject('Account').create([{ Name: 'Hello' }, { Name: 'World' }]);
    await conn
      .sobject('Account')
      .record(one?.id ?? '')
      .update({ Name: 'Hello2' });
    await conn
      .sobject('Account')
      .record(two?.id ?? '')
      .destroy();
    const end = new Date(Date.now() + 60_000);
    const start = new Date(end.getTime() - 86_400_000);
    const account = conn.sobject('Account');
    for (const [from, to] of [
      [start, end],
      [start.toString(), end.toString()],
    ] as const) {
      const { ids, latestDateCovered } = await account.updated(from, to);
      expect(ids).toContain(one?.id);
      expect(ids).not.toContain(two?.id);
      expect(latestDateCovered).toMatch(/\+0000$/);
      const { deletedRecords } = await account.deleted(from, to);
      expect(deletedRecords).toContainEqual({ id: two?.id, deletedDate: expect.stringMatching(/\+0000$/) });
    }
    expect((await failure(account.updated(end, start))).errorCode).toBe('INVALID_REPLICATION_DATE');
    expect((await failure(conn.request('/sobjects/Account/updated?start=x&end=y'))).errorCode).toBe('MISSING_ARGUMENT');
  });
});
