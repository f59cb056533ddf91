import { RULE_OPERATIONS } from '../ruleConditions.ts';
import type { ObjectSchema } from '../schema.ts';
import { flag, of, picklist, readOnly, reference, text } from './fields.ts';

const MODEL_STATES = [
  'Planning',
  'Activating',
  'Activation Failed',
  'Active',
  'Archiving',
  'Archiving Failed',
  'Archived',
  'Deleting',
  'Deletion Failed',
];
const ACCESS = ['Read', 'Edit', 'All'];
const access = (name: string, values: string[], more = {}) =>
  picklist(name, values, { restricted: true, defaultValue: values[0] ?? 'None', ...more });

/** Sales Territories. Left out of the org when it has none: then Territory2 is an unknown type. */
export const TERRITORY_FAMILY: ObjectSchema[] = [
  {
    name: 'Territory2Model',
    label: 'Territory Model',
    keyPrefix: '0MA',
    softDelete: false,
    fields: [
      text('Name', 80, { required: true }),
      text('DeveloperName', 80, { unique: true }),
      text('Description', 1000),
      picklist('State', MODEL_STATES, { restricted: true, defaultValue: 'Planning', createable: false }),
      of('datetime', 'ActivatedDate', readOnly),
      of('datetime', 'DeactivatedDate', readOnly),
      of('datetime', 'LastRunRulesEndDate', readOnly),
      of('datetime', 'LastOppTerrAssignEndDate', readOnly),
    ],
  },
  {
    name: 'Territory2Type',
    label: 'Territory Type',
    keyPrefix: '0M5',
    softDelete: false,
    fields: [
      text('MasterLabel', 80, { required: true }),
      text('DeveloperName', 80, { unique: true }),
      text('Description', 1000),
      text('Language', 10, { defaultValue: 'en_US' }),
      of('int', 'Priority', { required: true, unique: true }),
    ],
  },
  {
    name: 'Territory2',
    label: 'Territory',
    labelPlural: 'Territories',
    keyPrefix: '0MI',
    softDelete: false,
    uniqueTogether: ['Territory2ModelId', 'DeveloperName'],
    without: ['CreatedDate', 'CreatedById'],
    fields: [
      text('Name', 80, { required: true }),
      text('DeveloperName', 80),
      text('Description', 1000),
      reference('ParentTerritory2Id', 'Territory2', 'ChildTerritories'),
      reference('Territory2ModelId', 'Territory2Model', 'Territories', { required: true, updateable: false }),
      reference('Territory2TypeId', 'Territory2Type', 'Territories', { required: true }),
      access('AccountAccessLevel', ACCESS),
      access('OpportunityAccessLevel', ['None', 'Read', 'Edit']),
      access('CaseAccessLevel', ['None', 'Read', 'Edit']),
      access('ContactAccessLevel', ['None', 'Read', 'Edit'], { createable: false }),
      reference('ForecastUserId', 'User', '', { createable: false }),
    ],
  },
  {
    name: 'ObjectTerritory2Association',
    label: 'Object Territory Association',
    keyPrefix: '0Ma',
    updateable: false,
    uniqueTogether: ['ObjectId', 'Territory2Id'],
    without: ['CreatedDate', 'CreatedById'],
    fields: [
      reference('ObjectId', ['Account', 'Lead'], 'ObjectTerritory2Associations', { required: true, updateable: false }),
      reference('Territory2Id', 'Territory2', 'ObjectTerritory2Associations', { required: true, updateable: false }),
      picklist('AssociationCause', ['Territory2AssignmentRule', 'Territory2Manual'], {
        restricted: true,
        required: true,
      }),
      text('SobjectType', 40, readOnly),
    ],
  },
  {
    name: 'UserTerritory2Association',
    label: 'User Territory Association',
    keyPrefix: '0Mb',
    softDelete: false,
    updateable: false,
    uniqueTogether: ['UserId', 'Territory2Id'],
    without: ['CreatedDate', 'CreatedById'],
    fields: [
      reference('UserId', 'User', 'UserTerritory2Associations', { required: true }),
      reference('Territory2Id', 'Territory2', 'UserTerritory2Associations', { required: true }),
      flag('IsActive', true, readOnly),
      picklist('RoleInTerritory2', ['Owner', 'Administrator', 'Sales Rep']),
    ],
  },
  {
    name: 'Territory2ObjectExclusion',
    label: 'Territory Object Exclusion',
    keyPrefix: '0Mx',
    softDelete: false,
    uniqueTogether: ['ObjectId', 'Territory2Id'],
    fields: [
      reference('ObjectId', 'Account', 'Territory2ObjectExclusions', { required: true }),
      reference('Territory2Id', 'Territory2', 'Territory2ObjectExclusions', { required: true }),
      text('Note', 255),
    ],
  },
  {
    name: 'ObjectTerritory2AssignmentRule',
    label: 'Territory Assignment Rule',
    keyPrefix: '0MR',
    softDelete: false,
    fields: [
      text('MasterLabel', 80, { required: true }),
      text('DeveloperName', 80),
      reference('Territory2ModelId', 'Territory2Model', 'AssignmentRules', { required: true }),
      flag('IsActive', true),
      text('ObjectType', 40, { defaultValue: 'Account' }),
      text('BooleanFilter', 255),
    ],
  },
  {
    name: 'ObjectTerritory2AssignmentRuleItem',
    label: 'Territory Assignment Rule Item',
    keyPrefix: '0Mi',
    softDelete: false,
    fields: [
      reference('RuleId', 'ObjectTerritory2AssignmentRule', 'RuleItems', { required: true }),
      text('Field', 255, { required: true }),
      picklist('Operation', [...RULE_OPERATIONS], { restricted: true, required: true }),
      text('Value', 1048),
      of('int', 'SortOrder', { defaultValue: 1 }),
    ],
  },
  {
    name: 'RuleTerritory2Association',
    label: 'Rule Territory Association',
    keyPrefix: '0Mr',
    softDelete: false,
    createable: false,
    updateable: false,
    deletable: false,
    fields: [
      reference('RuleId', 'ObjectTerritory2AssignmentRule', 'RuleTerritory2Associations', { required: true }),
      reference('Territory2Id', 'Territory2', 'RuleTerritory2Associations', { required: true }),
      flag('IsInherited'),
    ],
  },
];
