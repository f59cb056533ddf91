import { quoted, type Row } from '../database.ts';
import { SalesforceError, salesforceError } from '../errors.ts';
import type { ResolvedObject } from '../schema.ts';
import type { OrgState } from '../state.ts';
import { idValue, shownValue } from '../values.ts';

interface Read {
  objectName: string;
  fields: string[];
  base: string;
}

function shown(object: ResolvedObject, row: Row, read: Read): Record<string, unknown> {
  const names = read.fields.length
    ? ['Id', ...read.fields.filter((name) => name.toLowerCase() !== 'id')]
    : [...object.byName.keys()];
  const url = `${read.base}/sobjects/${object.name}/${String(row['Id'])}`;
  const record: Record<string, unknown> = { attributes: { type: object.name, url } };
  for (const name of names) {
    const field = object.byName.get(name.toLowerCase());
    if (!field) throw salesforceError.noSuchColumn(name, object.name);
    record[field.name] = shownValue(field, row[field.name]);
  }
  return record;
}

function visibleRow(org: OrgState, object: ResolvedObject, at: { id: string; userId: string }): Row | undefined {
  const row = org.db.row(object.name, at.id);
  return row && row['IsDeleted'] !== 1 && org.access.of(at.userId, at.id).read ? row : undefined;
}

/** The row of one record that this user may see. @throws NOT_FOUND, also for a deleted one; only writes say ENTITY_IS_DELETED */
export function requireRow(org: OrgState, object: ResolvedObject, at: { id: string; userId: string }): Row {
  const row = visibleRow(org, object, { id: idValue(at.id), userId: at.userId });
  if (!row) throw salesforceError.notFound();
  return row;
}

/** A record with all its fields, or with those named; "Owner.Name" reads a parent. */
export function readRow(org: OrgState, read: Read & { row: Row; version: string }, userId: string) {
  const object = org.access.schemaFor(userId).object(read.objectName);
  if (!read.fields.some((name) => name.includes('.'))) return shown(object, read.row, read);
  const fields = [...new Set(['Id', ...read.fields.filter((name) => name.toLowerCase() !== 'id')])].join(', ');
  const soql = `SELECT ${fields} FROM ${object.name} WHERE Id = '${String(read.row['Id'])}'`;
  const request = { userId, includeDeleted: false, version: read.version, batchSize: 1 };
  return org.queries.run(soql, request).records[0];
}

/** In the order of the ids; null where a record is deleted, hidden or was never there. */
export function readMany(
  org: OrgState,
  read: Read & { ids: string[] },
  userId: string,
): (Record<string, unknown> | null)[] {
  const object = org.access.schemaFor(userId).object(read.objectName);
  return read.ids.map((id) => {
    const row = visibleRow(org, object, { id, userId });
    return row ? shown(object, row, read) : null;
  });
}

function period(query: Record<string, unknown>): [string, string] {
  const [start, end] = ['start', 'end'].map((name) =>
    Date.parse(String(query[name] ?? '').replace(/ (\d{2}:?\d{2})$/, '+$1')),
  );
  if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end))
    throw new SalesforceError('MISSING_ARGUMENT', 'start and end are required as ISO 8601 date times');
  if (end <= start)
    throw new SalesforceError('INVALID_REPLICATION_DATE', 'endDate must be at least one minute greater than startDate');
  return [new Date(start).toISOString(), new Date(end).toISOString()];
}

/** getUpdated: ids changed in [start, end). */
export function changedRecords(org: OrgState, objectName: string, query: Record<string, unknown>) {
  const object = org.schema.object(objectName);
  const [start, end] = period(query);
  const live = object.softDelete ? ' AND IsDeleted = 0' : '';
  const rows = org.db.all(
    `SELECT Id FROM ${quoted(object.name)} WHERE SystemModstamp >= ? AND SystemModstamp < ?${live}`,
    [start, end],
  );
  return { ids: rows.map((row) => String(row['Id'])), latestDateCovered: end.replace('Z', '+0000') };
}

/** getDeleted: ids deleted in [start, end). */
export function deletedRecords(org: OrgState, objectName: string, query: Record<string, unknown>) {
  const object = org.schema.object(objectName);
  const [start, end] = period(query);
  const rows = object.softDelete
    ? org.db.all(
        `SELECT Id, SystemModstamp AS at FROM ${quoted(object.name)} WHERE IsDeleted = 1 AND SystemModstamp >= ? AND SystemModstamp < ?`,
        [start, end],
      )
    : [];
  return {
    deletedRecords: rows.map((row) => ({
      id: String(row['Id']),
      deletedDate: String(row['at']).replace('Z', '+0000'),
    })),
    earliestDateAvailable: start.replace('Z', '+0000'),
    latestDateCovered: end.replace('Z', '+0000'),
  };
}
