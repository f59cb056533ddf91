import type { Row } from '../database.ts';
import { SalesforceError, salesforceError } from '../errors.ts';
import type { HookDeps } from '../hooks.ts';
import type { ObjectSchema } from '../schema.ts';
import { address, of, picklist, readOnly, reference, text } from '../schemas/fields.ts';

/**
 * What Person Accounts add (Object Reference, Account and Contact): the person's fields on Account, the contact's custom
 * fields as `__pc`, and a contact behind every person account.
 */
export function personAccountObjects(contact: ObjectSchema | undefined): ObjectSchema[] {
  const custom = (contact?.fields ?? [])
    .filter((field) => field.name.endsWith('__c') && field.type !== 'reference')
    .map((field) => ({ ...field, name: field.name.replace(/__c$/, '__pc') }));
  return [
    {
      name: 'Account',
      label: 'Account',
      keyPrefix: '001',
      fields: [
        of('boolean', 'IsPersonAccount', { ...readOnly, defaultValue: false }),
        reference('PersonContactId', 'Contact', '', readOnly),
        picklist('Salutation', ['Dr.', 'Mr.', 'Ms.', 'Mrs.', 'Prof.']),
        text('FirstName', 40),
        text('LastName', 80),
        text('PersonTitle', 80),
        of('email', 'PersonEmail', { length: 80 }),
        of('phone', 'PersonMobilePhone', { length: 40 }),
        ...address('PersonMailing'),
        ...custom,
      ],
    },
    {
      name: 'Contact',
      label: 'Contact',
      keyPrefix: '003',
      fields: [of('boolean', 'IsPersonAccount', { ...readOnly, defaultValue: false })],
    },
  ];
}

/** Account field → the field of the contact behind it. */
function mirrored(row: Row): Row {
  const contact: Row = {};
  for (const [name, value] of Object.entries(row)) {
    if (name === 'FirstName' || name === 'LastName') contact[name] = value;
    else if (name.startsWith('PersonMailing')) contact[name.replace('Person', '')] = value;
    else if (name === 'PersonEmail' || name === 'PersonTitle') contact[name.replace('Person', '')] = value;
    else if (name.endsWith('__pc')) contact[name.replace(/__pc$/, '__c')] = value;
  }
  return contact;
}

function isPerson(row: Row, { schema }: HookDeps): boolean {
  const types = schema.object('Account').recordTypes;
  return types?.find((each) => each.id === row['RecordTypeId'])?.isPersonType === true;
}

/** A person's name is made of its parts. */
export function personName(row: Row, deps: HookDeps): void {
  if (!isPerson(row, deps)) return;
  if (row['LastName'] == null) throw salesforceError.requiredFieldMissing(['LastName']);
  row['Name'] = [row['FirstName'], row['LastName']].filter(Boolean).join(' ');
}

/** Makes a row of a person record type a person: name, flag, and the contact behind it. */
export function asPerson(row: Row, deps: HookDeps): void {
  const { db, schema } = deps;
  if (!schema.object('Account').byName.has('ispersonaccount')) return;
  const isNow = isPerson(row, deps);
  if (row['IsPersonAccount'] === 1 && !isNow && row['PersonContactId'])
    throw new SalesforceError('INVALID_OPERATION', 'A person account cannot become a business account here.');
  row['IsPersonAccount'] = isNow ? 1 : 0;
  if (!isNow) return;
  personName(row, deps);
  const contact = schema.object('Contact');
  const stamp = db.stamp();
  const shared = {
    Name: row['Name'] ?? null,
    OwnerId: row['OwnerId'] ?? null,
    LastModifiedDate: stamp,
    SystemModstamp: stamp,
  };
  const values = Object.fromEntries(
    Object.entries(mirrored(row)).filter(([name]) => contact.byName.has(name.toLowerCase())),
  );
  if (typeof row['PersonContactId'] === 'string')
    return db.patch('Contact', row['PersonContactId'], { ...values, ...shared });
  const id = db.nextId(contact);
  row['PersonContactId'] = id;
  const made = { Id: id, IsDeleted: 0, IsPersonAccount: 1, AccountId: row['Id'] ?? null, CreatedDate: stamp };
  db.insert('Contact', { ...made, ...values, ...shared });
}
