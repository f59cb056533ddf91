import type { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { column, connect, refusal } from '../kit/orgClient.ts';
import { account, accounts, startSmallOrg, USER } from '../kit/smallOrg.ts';

let org: LocalOrg;
let admin: Connection;
let ann: Connection;
let profileSet: string;
beforeEach(async () => {
  org = await startSmallOrg();
  org.seed({ Account: accounts(2, { NPI__c: '1234567893' }) });
  admin = connect(org);
  ann = connect(org, USER.ann);
  [profileSet = ''] = await column(admin, 'SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true');
});
afterEach(() => org.close());

const field = (PermissionsRead: boolean, PermissionsEdit: boolean, ParentId = profileSet) =>
  admin
    .sobject('FieldPermissions')
    .create({ ParentId, SobjectType: 'Account', Field: 'Account.NPI__c', PermissionsRead, PermissionsEdit });
const object = (more: Record<string, boolean>) =>
  admin.sobject('ObjectPermissions').create({ ParentId: profileSet, SobjectType: 'Account', ...more });
const NEW_SET = { Name: 'More', Label: 'More' };
const give = async (fields: Record<string, unknown>): Promise<string> => {
  const { id = '' } = await admin.sobject('PermissionSet').create({ ...NEW_SET, ...fields });
  await admin.sobject('PermissionSetAssignment').create({ AssigneeId: USER.ann, PermissionSetId: id });
  return id;
};
const described = async (name = 'NPI__c') => (await ann.describe('Account')).fields.find((each) => each.name === name);
const npi = () => refusal(ann.sobject('Account').update({ Id: account(1), NPI__c: '1' }));

describe('fields', () => {
  it('without Edit are refused by name, and describe says so', async () => {
    await field(true, false);
    expect(await npi()).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE: Unable to create/update fields: NPI__c. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    );
    expect(await described()).toMatchObject({ createable: false, updateable: false });
    expect(await column(ann, 'SELECT NPI__c FROM Account LIMIT 1')).toEqual(['1234567893']);
  });
  it('of an address without Read take the whole address with them', async () => {
    expect(await described('BillingAddress')).toMatchObject({ type: 'address' });
    const [SobjectType, Field] = ['Account', 'Account.BillingStreet'];
    const closed = { ParentId: profileSet, SobjectType, Field, PermissionsRead: false, PermissionsEdit: false };
    await admin.sobject('FieldPermissions').create(closed);
    expect(await described('BillingAddress')).toBeUndefined();
    expect(await described('BillingCity')).toBeDefined();
    expect(await column(ann, 'SELECT BillingCity FROM Account LIMIT 1')).toHaveLength(1);
  });
  it('without Read are not there', async () => {
    await field(false, false);
    expect(await described()).toBeUndefined();
    expect(await refusal(ann.query('SELECT NPI__c FROM Account'))).toMatch(
      /^INVALID_FIELD: [^]*No such column 'NPI__c' on entity 'Account'/,
    );
    expect(await refusal(ann.query(`SELECT Id FROM Account WHERE NPI__c = '1'`))).toMatch(/^INVALID_FIELD/);
    expect(await npi()).toBe("INVALID_FIELD: No such column 'NPI__c' on sobject of type Account");
    expect(await ann.sobject('Account').retrieve(account(1))).not.toHaveProperty('NPI__c');
  });
  it('come back with a permission set, at once, and bind the integration user too', async () => {
    await field(false, false);
    expect(await refusal(admin.query('SELECT NPI__c FROM Account'))).toMatch(/^INVALID_FIELD/);
    await field(true, true, await give({}));
    expect(await npi()).toBe('none');
    expect(await described()).toMatchObject({ updateable: true });
  });
  it('never close a required field', async () => {
    await admin
      .sobject('FieldPermissions')
      .create({ ParentId: profileSet, SobjectType: 'Account', Field: 'Account.Name', PermissionsRead: false });
    expect(await column(ann, 'SELECT Name FROM Account')).toHaveLength(2);
  });
});

describe('objects', () => {
  it('without Read are unknown', async () => {
    await object({});
    expect(await refusal(ann.query('SELECT Id FROM Account'))).toMatch(
      /^INVALID_TYPE: [^]*sObject type 'Account' is not supported/,
    );
    expect((await ann.describeGlobal()).sobjects.map((each) => each.name)).not.toContain('Account');
  });
  it('without Create, Edit, Delete refuse these', async () => {
    await object({ PermissionsRead: true });
    expect(await refusal(ann.sobject('Account').create({ Name: 'x' }))).toBe(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: entity type cannot be inserted: Account',
    );
    expect(await npi()).toMatch(/entity type cannot be updated/);
    expect(await refusal(ann.sobject('Account').destroy(account(1)))).toMatch(/entity type cannot be deleted/);
    expect(await ann.describe('Account')).toMatchObject({ createable: false, updateable: false, deletable: false });
    expect(await refusal(admin.sobject('Account').create({ Name: 'x' }))).toBe('none');
  });
  it('View All of an object opens its rows', async () => {
    org.seed({ Account: [{ Name: 'Of Bob', OwnerId: USER.bob }] });
    expect(await column(ann, 'SELECT Id FROM Account')).toHaveLength(2);
    const set = await give({});
    await admin
      .sobject('ObjectPermissions')
      .create({ ParentId: set, SobjectType: 'Account', PermissionsRead: true, PermissionsViewAllRecords: true });
    expect(await column(ann, 'SELECT Id FROM Account')).toHaveLength(3);
  });
});

it('a user without API Enabled gets nothing', async () => {
  await admin.sobject('PermissionSet').update({ Id: profileSet, PermissionsApiEnabled: false });
  expect(await refusal(ann.query('SELECT Id FROM Account'))).toBe(
    'API_DISABLED_FOR_ORG: The REST API is not enabled for this Organization.',
  );
});
