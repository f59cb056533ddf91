import type { ObjectSchema } from '../schema.ts';
import { address, flag, of, picklist, readOnly, reference, text } from './fields.ts';

const STAGES = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
  'Closed Won',
  'Closed Lost',
];

export const ACCOUNT_FAMILY: ObjectSchema[] = [
  {
    name: 'Account',
    label: 'Account',
    keyPrefix: '001',
    fields: [
      text('Name', 255, { required: true, label: 'Account Name' }),
      reference('OwnerId', 'User', 'Accounts'),
      reference('ParentId', 'Account', 'ChildAccounts'),
      picklist('Type', ['Customer', 'Prospect', 'Partner', 'Other']),
      picklist('Industry', ['Healthcare', 'Biotechnology', 'Other']),
      text('AccountNumber', 40),
      text('Site', 80),
      of('phone', 'Phone', { length: 40 }),
      of('url', 'Website', { length: 255 }),
      of('textarea', 'Description', { length: 32_000 }),
      of('currency', 'AnnualRevenue'),
      of('int', 'NumberOfEmployees'),
      picklist('Rating', ['Hot', 'Warm', 'Cold']),
      picklist('Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
      picklist('AccountSource', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
      of('phone', 'Fax', { length: 40 }),
      text('Sic', 20),
      text('SicDesc', 80),
      text('TickerSymbol', 20),
      text('Jigsaw', 20),
      text('JigsawCompanyId', 20, readOnly),
      of('date', 'LastActivityDate', readOnly),
      flag('IsExcludedFromRealign'),
      ...address('Billing'),
      ...address('Shipping'),
    ],
  },
  {
    name: 'Contact',
    label: 'Contact',
    keyPrefix: '003',
    fields: [
      text('LastName', 80, { required: true, partOf: 'Name' }),
      text('FirstName', 40, { partOf: 'Name' }),
      text('Name', 121, readOnly),
      reference('AccountId', 'Account', 'Contacts', { cascadeDelete: true }),
      reference('OwnerId', 'User'),
      text('Title', 128),
      of('email', 'Email', { length: 80 }),
      of('phone', 'Phone', { length: 40 }),
      ...address('Mailing'),
      ...address('Other'),
    ],
  },
  {
    name: 'Opportunity',
    label: 'Opportunity',
    labelPlural: 'Opportunities',
    keyPrefix: '006',
    fields: [
      text('Name', 120, { required: true }),
      reference('AccountId', 'Account', 'Opportunities', { cascadeDelete: true }),
      reference('OwnerId', 'User'),
      picklist('StageName', STAGES, { required: true, label: 'Stage' }),
      of('date', 'CloseDate', { required: true }),
      of('currency', 'Amount'),
      of('percent', 'Probability'),
      of('string', 'NextStep', { length: 255 }),
      flag('IsClosed', false, readOnly),
      flag('IsWon', false, readOnly),
      reference('Territory2Id', 'Territory2', 'Opportunities'),
      flag('IsExcludedFromTerritory2Filter'),
    ],
  },
  {
    name: 'Task',
    label: 'Task',
    keyPrefix: '00T',
    fields: [
      text('Subject', 255),
      reference('WhatId', ['Account', 'Opportunity'], 'Tasks', { cascadeDelete: true }),
      reference('WhoId', ['Contact'], 'Tasks'),
      reference('OwnerId', 'User'),
      of('date', 'ActivityDate'),
      picklist('Status', ['Not Started', 'In Progress', 'Completed', 'Deferred'], { defaultValue: 'Not Started' }),
      flag('IsClosed', false, readOnly),
      picklist('Priority', ['High', 'Normal', 'Low'], { defaultValue: 'Normal' }),
      of('textarea', 'Description', { length: 32_000 }),
    ],
  },
];

/** Activities of a record as its timeline shows them (Object Reference, ActivityHistory and OpenActivity); tasks only. */
const timeline = (name: string, label: string, plural: string, isClosed: boolean): ObjectSchema => ({
  name,
  label,
  labelPlural: plural,
  keyPrefix: '',
  createable: false,
  updateable: false,
  deletable: false,
  viewOf: { object: 'Task', where: `IsClosed = ${isClosed ? 1 : 0}` },
  fields: [
    text('Subject', 255),
    reference('WhatId', ['Account', 'Opportunity'], plural.replace(' ', '')),
    reference('WhoId', ['Contact', 'Lead'], plural.replace(' ', '')),
    reference('OwnerId', 'User'),
    of('date', 'ActivityDate'),
    picklist('Status', ['Not Started', 'In Progress', 'Completed', 'Deferred']),
    flag('IsClosed'),
    picklist('Priority', ['High', 'Normal', 'Low']),
    of('textarea', 'Description', { length: 32_000 }),
  ].map((field) => ({ ...field, ...readOnly })),
});

export const TIMELINES: ObjectSchema[] = [
  timeline('OpenActivity', 'Open Activity', 'Open Activities', false),
  timeline('ActivityHistory', 'Activity History', 'Activity Histories', true),
];

/** Custom fields of the sample. Nothing in the product knows these names: its mapping is guessed from describe. */
export const SAMPLE_FIELDS: ObjectSchema[] = [
  {
    name: 'Account',
    label: 'Account',
    keyPrefix: '001',
    fields: [
      text('NPI__c', 10, { label: 'NPI' }),
      text('CCN__c', 6, { label: 'CCN' }),
      text('Specialty__c', 120, { label: 'Specialty' }),
      picklist('Facility_Kind__c', ['Physician', 'Hospital', 'Surgery Center', 'Health System']),
      of('currency', 'Annual_Sales__c', { label: 'Annual Sales' }),
    ],
  },
];
