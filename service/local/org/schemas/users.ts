import type { ObjectSchema } from '../schema.ts';
import { longId } from '../../../core/ids.ts';
import { address, flag, of, picklist, readOnly, reference, text } from './fields.ts';

/** The profile that a user has when none is named: everything is open but what its rows close. */
export const STANDARD_PROFILE_ID = longId('00eBw0000000001');

export const USER_FAMILY: ObjectSchema[] = [
  {
    name: 'User',
    label: 'User',
    keyPrefix: '005',
    softDelete: false,
    deletable: false,
    fields: [
      text('Username', 80, { required: true, unique: true }),
      text('LastName', 80, { required: true, partOf: 'Name' }),
      text('FirstName', 40, { partOf: 'Name' }),
      text('Name', 121, { createable: false, updateable: false }),
      of('email', 'Email', { length: 128 }),
      text('Alias', 8),
      text('Title', 80),
      text('Department', 80),
      of('phone', 'Phone', { length: 40 }),
      ...address(''),
      flag('IsActive', true),
      // UserRole is the relationship, not "UserRoles"
      reference('UserRoleId', 'UserRole', 'Users'),
      reference('ManagerId', 'User', 'DelegatedUsers'),
      text('TimeZoneSidKey', 40, { defaultValue: 'America/New_York' }),
      reference('ProfileId', 'Profile', 'Users', { defaultValue: STANDARD_PROFILE_ID }),
    ],
  },
  {
    name: 'UserRole',
    label: 'Role',
    keyPrefix: '00E',
    softDelete: false,
    without: ['CreatedDate', 'CreatedById'],
    fields: [
      text('Name', 80, { required: true }),
      text('DeveloperName', 80),
      { name: 'ParentRoleId', type: 'reference', referenceTo: ['UserRole'], label: 'Parent Role ID' },
    ],
  },
  {
    name: 'PermissionSet',
    label: 'Permission Set',
    keyPrefix: '0PS',
    softDelete: false,
    fields: [
      text('Name', 80, { required: true, unique: true }),
      text('Label', 80, { required: true }),
      flag('IsOwnedByProfile', false, readOnly),
      reference('ProfileId', 'Profile', '', readOnly),
      flag('PermissionsViewAllData'),
      flag('PermissionsModifyAllData'),
      flag('PermissionsApiEnabled'),
      flag('PermissionsTransferAnyEntity'),
      flag('PermissionsManageTerritories'),
    ],
  },
  {
    name: 'RecordType',
    label: 'Record Type',
    keyPrefix: '012',
    softDelete: false,
    createable: false,
    deletable: false,
    fields: [
      text('Name', 80, { required: true }),
      text('DeveloperName', 80),
      text('SobjectType', 40),
      text('Description', 255),
      flag('IsActive', true),
      flag('IsPersonType', false, readOnly),
    ],
  },
  {
    name: 'Profile',
    label: 'Profile',
    keyPrefix: '00e',
    softDelete: false,
    createable: false,
    deletable: false,
    fields: [text('Name', 80, { required: true, unique: true }), text('Description', 255)],
  },
  {
    name: 'ObjectPermissions',
    label: 'Object Permissions',
    keyPrefix: '110',
    softDelete: false,
    uniqueTogether: ['ParentId', 'SobjectType'],
    fields: [
      reference('ParentId', 'PermissionSet', 'ObjectPerms', { required: true, updateable: false }),
      text('SobjectType', 80, { required: true, updateable: false }),
      ...['Create', 'Read', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'].map((name) =>
        flag(`Permissions${name}`),
      ),
    ],
  },
  {
    name: 'FieldPermissions',
    label: 'Field Permissions',
    keyPrefix: '01k',
    softDelete: false,
    uniqueTogether: ['ParentId', 'Field'],
    fields: [
      reference('ParentId', 'PermissionSet', 'FieldPerms', { required: true, updateable: false }),
      text('SobjectType', 80, { required: true, updateable: false }),
      // "Account.NPI__c"
      text('Field', 160, { required: true, updateable: false }),
      flag('PermissionsRead'),
      flag('PermissionsEdit'),
    ],
  },
  {
    name: 'PermissionSetAssignment',
    label: 'Permission Set Assignment',
    keyPrefix: '0Pa',
    softDelete: false,
    updateable: false,
    uniqueTogether: ['AssigneeId', 'PermissionSetId'],
    without: ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'],
    fields: [
      reference('AssigneeId', 'User', 'PermissionSetAssignments', { required: true }),
      reference('PermissionSetId', 'PermissionSet', 'Assignments', { required: true }),
    ],
  },
  {
    name: 'CustomPermission',
    label: 'Custom Permission',
    keyPrefix: '0CP',
    softDelete: false,
    fields: [text('DeveloperName', 80, { required: true, unique: true }), text('MasterLabel', 80, { required: true })],
  },
  {
    name: 'SetupEntityAccess',
    label: 'Setup Entity Access',
    keyPrefix: '0J0',
    softDelete: false,
    updateable: false,
    without: ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'],
    fields: [
      reference('ParentId', 'PermissionSet', 'SetupEntityAccessItems', { required: true }),
      { name: 'SetupEntityId', type: 'reference', referenceTo: ['CustomPermission'], required: true },
      text('SetupEntityType', 40, { defaultValue: 'CustomPermission' }),
    ],
  },
  {
    name: 'Organization',
    label: 'Organization',
    keyPrefix: '00D',
    softDelete: false,
    createable: false,
    deletable: false,
    fields: [
      text('Name', 80, { required: true }),
      text('OrganizationType', 40),
      flag('IsSandbox'),
      text('InstanceName', 10),
      text('TimeZoneSidKey', 40, { defaultValue: 'America/New_York' }),
      // organisation-wide defaults: None = private
      picklist('DefaultAccountAccess', ['None', 'Read', 'Edit'], { defaultValue: 'None' }),
      picklist('DefaultContactAccess', ['None', 'Read', 'Edit', 'ControlledByParent'], {
        defaultValue: 'ControlledByParent',
      }),
      picklist('DefaultOpportunityAccess', ['None', 'Read', 'Edit'], { defaultValue: 'None' }),
      picklist('DefaultCaseAccess', ['None', 'Read', 'Edit'], { defaultValue: 'None' }),
    ],
  },
];
