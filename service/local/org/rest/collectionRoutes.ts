import { SalesforceError, salesforceError } from '../errors.ts';
import type { Input } from '../recordInput.ts';
import type { OrgState } from '../state.ts';
import { idValue } from '../values.ts';
import { baseOf, bodyOf, contextOf, listOf, ok, type RestCall, type RestReply } from './call.ts';
import { repeatGuard, requireCollectionSize, saveEach, type Saved } from './collections.ts';
import type { Dispatcher } from './dispatcher.ts';
import { readMany } from './reads.ts';

const MAX_RETRIEVED = 2000;

function typeOf(record: Input): string {
  const type = (record['attributes'] as Input | undefined)?.['type'];
  if (typeof type !== 'string' || !type)
    throw new SalesforceError('INVALID_TYPE', 'The attributes.type of a record is required.');
  return type;
}

/** Saves the records of a body, each for itself or all together. */
function saveBody(org: OrgState, call: RestCall, save: (record: Input) => Saved): RestReply {
  const { records, allOrNone } = bodyOf(call);
  const items = requireCollectionSize(records) as Input[];
  return ok(saveEach(org.db, items, { allOrNone: allOrNone === true, save }));
}

function upsertAll(org: OrgState, call: RestCall, key: { object: string; field: string }): RestReply {
  const object = org.access.schemaFor(call.userId).find(key.object);
  if (!object) throw salesforceError.notFound();
  const field = org.records.keyField(object, key.field);
  const seen = new Set<string>();
  const context = contextOf(call);
  return saveBody(org, call, (record) => {
    const name = Object.keys(record).find((each) => each.toLowerCase() === field.name.toLowerCase());
    const { [name ?? '']: value, ...fields } = record;
    const text = String(value).toLowerCase();
    if (value !== undefined && value !== null && seen.has(text))
      throw new SalesforceError('DUPLICATE_VALUE', `Duplicate external id specified: ${String(value)}`, {
        fields: [field.name],
      });
    seen.add(text);
    return org.records.upsert(object.name, { field: field.name, value }, { fields, context });
  });
}

function removeAll(org: OrgState, call: RestCall): RestReply {
  const ids = requireCollectionSize(listOf(call.query['ids'])) as string[];
  const context = contextOf(call);
  const save = (id: string): string => org.records.remove(id, context);
  return ok(saveEach(org.db, ids, { allOrNone: call.query['allOrNone'] === 'true', save }));
}

function retrieve(org: OrgState, call: RestCall, asked: { object: string; ids: unknown; fields: unknown }): RestReply {
  const object = org.access.schemaFor(call.userId).find(asked.object);
  if (!object) throw salesforceError.notFound();
  if (!Array.isArray(asked.ids) || !Array.isArray(asked.fields))
    throw new SalesforceError('MISSING_ARGUMENT', 'ids and fields are required');
  const ids = requireCollectionSize(asked.ids, MAX_RETRIEVED).map((id) => idValue(id));
  const read = { objectName: object.name, ids, fields: asked.fields as string[], base: baseOf(call) };
  return ok(readMany(org, read, call.userId));
}

/** /composite/sobjects: up to 200 records in one request. */
export function collectionRoutes(rest: Dispatcher, org: OrgState): void {
  const { records } = org;
  rest.add('POST', '/composite/sobjects', (call) =>
    saveBody(org, call, (record) => records.create(typeOf(record), record, contextOf(call))),
  );
  rest.add('PATCH', '/composite/sobjects', (call) => {
    const guard = repeatGuard();
    const context = contextOf(call);
    return saveBody(org, call, (record) => {
      const id = record['id'] ?? record['Id'];
      guard(id);
      return records.update(typeOf(record), id, { fields: record, context });
    });
  });
  rest.add('DELETE', '/composite/sobjects', (call) => removeAll(org, call));
  rest.add('PATCH', '/composite/sobjects/:object/:field', (call, { object = '', field = '' }) =>
    upsertAll(org, call, { object, field }),
  );
  rest.add('POST', '/composite/sobjects/:object', (call, { object = '' }) => {
    const { ids, fields } = bodyOf(call);
    return retrieve(org, call, { object, ids, fields });
  });
  rest.add('GET', '/composite/sobjects/:object', (call, { object = '' }) =>
    retrieve(org, call, { object, ids: listOf(call.query['ids']), fields: listOf(call.query['fields']) }),
  );
}
