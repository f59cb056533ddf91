import { longId } from '../../../core/ids.ts';
import { SalesforceError, salesforceError } from '../errors.ts';
import { MultipleChoices } from '../records.ts';
import type { Input } from '../recordInput.ts';
import type { ResolvedObject } from '../schema.ts';
import type { OrgState } from '../state.ts';
import { idValue } from '../values.ts';
import { baseOf, bodyOf, contextOf, listOf, noContent, ok, type RestCall, type RestReply } from './call.ts';
import { entityTag, isUnchanged, modifiedMs } from './conditional.ts';
import type { Dispatcher } from './dispatcher.ts';
import { changedRecords, deletedRecords, readRow, requireRow } from './reads.ts';

/** From this version on an upsert that updates answers 200 with a body; before, 204. */
const UPSERT_BODY_SINCE = 46;

function objectOf(org: OrgState, call: RestCall, name = ''): ResolvedObject {
  const object = org.access.schemaFor(call.userId).find(name);
  if (!object) throw salesforceError.notFound();
  return object;
}

/** A single record that is not there answers 404, where a collection says INVALID_CROSS_REFERENCE_KEY. */
export function asSingle<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SalesforceError && error.code === 'MALFORMED_ID' && error.fields.length === 0)
      throw salesforceError.noSuchExternalId(error.message.replace('bad id ', ''));
    if (error instanceof SalesforceError && error.code === 'INVALID_CROSS_REFERENCE_KEY' && error.fields.length === 0)
      throw salesforceError.notFound();
    throw error;
  }
}

function refuseId(fields: Input, extra?: string): void {
  const named = Object.keys(fields).find((name) => [extra?.toLowerCase(), 'id'].includes(name.toLowerCase()));
  if (named !== undefined) throw salesforceError.notSpecified(named);
}

function read(org: OrgState, call: RestCall, at: { object: ResolvedObject; id: string }): RestReply {
  const row = asSingle(() => requireRow(org, at.object, { id: at.id, userId: call.userId }));
  const headers: Record<string, string> = { 'Last-Modified': new Date(modifiedMs(row)).toUTCString() };
  if (at.object.name === 'Account') headers['ETag'] = entityTag(row);
  if (isUnchanged(call, at.object.name, row)) return { status: 304, headers };
  const fields = listOf(call.query['fields']);
  const what = { objectName: at.object.name, row, fields, base: baseOf(call), version: call.version };
  return { status: 200, body: readRow(org, what, call.userId), headers };
}

function update(org: OrgState, call: RestCall, at: { object: ResolvedObject; id: string }): RestReply {
  const fields = bodyOf(call);
  refuseId(fields);
  const context = contextOf(call);
  // the body is read, and the id's own letters are checked, before the record is looked for
  org.records.requireFields(at.object, fields);
  if (at.id.length === 18 && longId(at.id.slice(0, 15)) !== at.id)
    throw salesforceError.malformedId('Record ID', at.id, ['Id']);
  asSingle(() =>
    org.db.transaction(() => {
      const row = /^[a-zA-Z0-9]{15,18}$/.test(at.id) ? org.db.row(at.object.name, idValue(at.id)) : undefined;
      if (row) isUnchanged(call, at.object.name, row);
      org.records.update(at.object.name, at.id, { fields, context });
    }),
  );
  return noContent;
}

function remove(org: OrgState, call: RestCall, at: { object: ResolvedObject; id: string }): RestReply {
  asSingle(() => org.db.transaction(() => org.records.remove(at.id, contextOf(call), at.object.name)));
  return noContent;
}

function choices(call: RestCall, object: ResolvedObject, ids: string[]): RestReply {
  return { status: 300, body: ids.map((id) => `${baseOf(call)}/sobjects/${object.name}/${id}`) };
}

interface Keyed {
  object: ResolvedObject;
  field: string;
  value: string;
}

function upsert(org: OrgState, call: RestCall, at: Keyed): RestReply {
  const fields = bodyOf(call);
  refuseId(fields, at.field);
  const context = contextOf(call);
  const key = { field: at.field, value: at.value };
  try {
    const saved = org.db.transaction(() => {
      const [id, second] = org.records.withKey(at.object, at.field, at.value);
      if (id === undefined && call.query['updateOnly'] === 'true') throw salesforceError.notFound();
      const row = id !== undefined && second === undefined ? org.db.row(at.object.name, id) : undefined;
      if (row) isUnchanged(call, at.object.name, row);
      return org.records.upsert(at.object.name, key, { fields, context });
    });
    if (!saved.created && Number(call.version) < UPSERT_BODY_SINCE) return noContent;
    return {
      status: saved.created ? 201 : 200,
      body: { id: saved.id, success: true, errors: [], created: saved.created },
    };
  } catch (error) {
    if (error instanceof MultipleChoices) return choices(call, at.object, error.ids);
    throw error;
  }
}

/** GET and DELETE of the record that an external id names. */
function byKey(org: OrgState, call: RestCall, at: Keyed): RestReply {
  const ids = org.records.withKey(at.object, at.field, at.value);
  const [id] = ids;
  if (id === undefined) throw salesforceError.notFound();
  if (ids.length > 1) return choices(call, at.object, ids);
  return call.method === 'DELETE'
    ? remove(org, call, { object: at.object, id })
    : read(org, call, { object: at.object, id });
}

/** /sobjects/Contact/003…/Account: the parent record; /sobjects/Account/001…/Contacts: its children. */
function related(org: OrgState, call: RestCall, at: { object: ResolvedObject; id: string; name: string }): RestReply {
  const row = asSingle(() => requireRow(org, at.object, { id: at.id, userId: call.userId }));
  const name = at.name.toLowerCase();
  const up = at.object.references.find((field) => field.relationshipName?.toLowerCase() === name);
  if (up) {
    const id = row[up.name];
    const object = typeof id === 'string' ? org.schema.ofId(id) : undefined;
    if (!object || typeof id !== 'string') throw salesforceError.notFound();
    return read(org, call, { object, id });
  }
  const down = org.schema
    .children(at.object.name)
    .find(({ field }) => field.childRelationshipName?.toLowerCase() === name);
  if (!down) throw salesforceError.notFound();
  const asked = listOf(call.query['fields']);
  const fields = asked.length ? asked : down.object.fields.map((field) => field.name);
  const soql = `SELECT ${fields.join(', ')} FROM ${down.object.name} WHERE ${down.field.name} = '${String(row['Id'])}'`;
  const request = { userId: call.userId, includeDeleted: false, version: call.version, batchSize: 2000 };
  return ok(org.queries.run(soql, request));
}

/** Two segments after the object: an external id where the first names a field, else a relationship of a record. */
function second(org: OrgState, work: 'key' | 'upsert') {
  return (call: RestCall, params: Record<string, string>): RestReply => {
    const { first = '', second: value = '' } = params;
    const object = objectOf(org, call, params['object']);
    if (object.byName.has(first.toLowerCase())) {
      const at = { object, field: org.records.keyField(object, first).name, value };
      return work === 'upsert' ? upsert(org, call, at) : byKey(org, call, at);
    }
    if (!/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(first)) throw salesforceError.noSuchExternalId(first);
    if (call.method !== 'GET') throw salesforceError.outside('writing through a relationship path');
    return related(org, call, { object, id: first, name: value });
  };
}

/** /sobjects/X/…: single records. */
export function recordRoutes(rest: Dispatcher, org: OrgState): void {
  rest.add('GET', '/sobjects/:object/updated', (call, { object }) =>
    ok(changedRecords(org, objectOf(org, call, object).name, call.query)),
  );
  rest.add('GET', '/sobjects/:object/deleted', (call, { object }) =>
    ok(deletedRecords(org, objectOf(org, call, object).name, call.query)),
  );
  rest.add('POST', '/sobjects/:object', (call, { object }) => {
    const input = bodyOf(call);
    const { name } = objectOf(org, call, object);
    const id = org.db.transaction(() => org.records.create(name, input, contextOf(call)));
    return {
      status: 201,
      body: { id, success: true, errors: [] },
      headers: { Location: `${baseOf(call)}/sobjects/${name}/${id}` },
    };
  });
  const single = (work: typeof read) => (call: RestCall, params: Record<string, string>) =>
    work(org, call, { object: objectOf(org, call, params['object']), id: params['id'] ?? '' });
  rest.add('GET', '/sobjects/:object/:id', single(read));
  rest.add('PATCH', '/sobjects/:object/:id', single(update));
  rest.add('DELETE', '/sobjects/:object/:id', single(remove));
  rest.add('GET', '/sobjects/:object/:first/:second', second(org, 'key'));
  rest.add('DELETE', '/sobjects/:object/:first/:second', second(org, 'key'));
  rest.add('PATCH', '/sobjects/:object/:first/:second', second(org, 'upsert'));
}
