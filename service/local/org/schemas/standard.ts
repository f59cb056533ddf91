import type { ObjectSchema } from '../schema.ts';
import { address, flag, of, picklist, readOnly, reference, text } from './fields.ts';

const SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const RATINGS = ['Hot', 'Warm', 'Cold'];
const person = [
  text('LastName', 80, { required: true, partOf: 'Name' }),
  text('FirstName', 40, { partOf: 'Name' }),
  text('Name', 121, readOnly),
];
const more = (name: string, keyPrefix: string, fields: ObjectSchema['fields']): ObjectSchema => ({
  name,
  label: name,
  keyPrefix,
  fields,
});

/** Standard objects and fields that every org has and the product never reads: clients of all kinds expect them. */
export const STANDARD_FAMILY: ObjectSchema[] = [
  more('Account', '001', [
    of('phone', 'Fax', { length: 40 }),
    picklist('Rating', RATINGS),
    picklist('Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
    picklist('AccountSource', SOURCES),
    text('Sic', 20, { label: 'SIC Code' }),
    text('TickerSymbol', 20),
  ]),
  more('Contact', '003', [
    picklist('Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.']),
    reference('ReportsToId', 'Contact'),
    text('Department', 80),
    of('date', 'Birthdate'),
    of('phone', 'MobilePhone', { length: 40 }),
    of('phone', 'HomePhone', { length: 40 }),
    of('phone', 'Fax', { length: 40 }),
    picklist('LeadSource', SOURCES),
    of('textarea', 'Description', { length: 32_000 }),
  ]),
  more('Opportunity', '006', [
    picklist('Type', ['New Customer', 'Existing Customer - Upgrade', 'Existing Customer - Replacement']),
    picklist('LeadSource', SOURCES),
    text('NextStep', 255),
    of('textarea', 'Description', { length: 32_000 }),
  ]),
  {
    name: 'Lead',
    label: 'Lead',
    keyPrefix: '00Q',
    fields: [
      ...person,
      text('Company', 255, { required: true }),
      reference('OwnerId', 'User'),
      text('Title', 128),
      of('email', 'Email', { length: 80 }),
      of('phone', 'Phone', { length: 40 }),
      of('url', 'Website', { length: 255 }),
      picklist(
        'Status',
        ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
        {
          defaultValue: 'Open - Not Contacted',
        },
      ),
      picklist('LeadSource', SOURCES),
      picklist('Rating', RATINGS),
      ...address(''),
      of('currency', 'AnnualRevenue'),
      of('int', 'NumberOfEmployees'),
      flag('IsConverted', false, readOnly),
      of('textarea', 'Description', { length: 32_000 }),
    ],
  },
  {
    name: 'Case',
    label: 'Case',
    keyPrefix: '500',
    fields: [
      text('CaseNumber', 30, { autoNumber: '{00000000}' }),
      text('Subject', 255),
      reference('AccountId', 'Account', 'Cases'),
      reference('ContactId', 'Contact', 'Cases'),
      reference('OwnerId', 'User'),
      picklist('Status', ['New', 'Working', 'Escalated', 'Closed'], { defaultValue: 'New' }),
      picklist('Priority', ['High', 'Medium', 'Low'], { defaultValue: 'Medium' }),
      picklist('Origin', ['Phone', 'Email', 'Web']),
      of('textarea', 'Description', { length: 32_000 }),
    ],
  },
  {
    name: 'Event',
    label: 'Event',
    keyPrefix: '00U',
    fields: [
      text('Subject', 255),
      reference('WhatId', ['Account', 'Opportunity'], 'Events'),
      reference('WhoId', ['Contact', 'Lead'], 'Events'),
      reference('OwnerId', 'User'),
      of('datetime', 'StartDateTime', { required: true }),
      of('datetime', 'EndDateTime', { required: true }),
      text('Location', 255),
      of('textarea', 'Description', { length: 32_000 }),
    ],
  },
];
