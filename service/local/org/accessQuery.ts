import type { Condition, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { Access } from './access.ts';
import { SalesforceError, salesforceError } from './errors.ts';
import type { QueryResult } from './soql/queryResult.ts';
import { stringLiteral } from './soql/literals.ts';
import { idValue } from './values.ts';

/** Salesforce: "When the running user is querying …, up to 200 record IDs". */
const MAX_RECORDS = 200;
const refuse = (text: string): SalesforceError => salesforceError.malformedQuery(text);

function conditionsOf(where: WhereClause | undefined): Condition[] {
  const found: Condition[] = [];
  for (let node = where; node; node = 'right' in node ? node.right : undefined) {
    if ('operator' in node && node.operator !== 'AND')
      throw refuse('UserRecordAccess takes UserId and RecordId joined by AND');
    if (node.left) found.push(node.left as Condition);
  }
  return found;
}

function idsOf(conditions: Condition[], name: string): string[] {
  const values = conditions.flatMap((condition) => {
    if (!('field' in condition) || condition.field.toLowerCase() !== name.toLowerCase()) return [];
    if (condition.operator !== '=' && condition.operator !== 'IN') return [];
    return 'value' in condition ? [condition.value].flat() : [];
  });
  return [...new Set(values.map((value) => idValue(stringLiteral(value))))];
}

/** `AND HasReadAccess = true`: conditions on the levels themselves. */
function levelConditions(conditions: Condition[]): [name: string, wanted: boolean][] {
  return conditions.flatMap((condition) => {
    if (!('field' in condition) || !/^Has\w+Access$/i.test(condition.field)) return [];
    if (condition.operator !== '=' || !('value' in condition))
      throw refuse(`${condition.field} can only be compared by =`);
    return [[condition.field.toLowerCase(), String(condition.value).toLowerCase() === 'true']];
  });
}

/** `SELECT … FROM UserRecordAccess WHERE UserId = X AND RecordId IN (…)`: exactly one user and at most 200 records. */
export function readUserRecordAccess(
  query: Query,
  access: Access,
  asker: { userId: string; version: string },
): QueryResult {
  const base = `/services/data/v${asker.version}`;
  const conditions = conditionsOf(query.where);
  const users = idsOf(conditions, 'UserId');
  const records = idsOf(conditions, 'RecordId');
  const [userId] = users;
  if (users.length !== 1 || !userId || records.length === 0)
    throw refuse(
      'Can select only RecordId, a Has*Access field, or MaxAccessLevel and filter on one UserId and RecordId',
    );
  if (records.length > MAX_RECORDS)
    throw refuse(`Can query at most ${MAX_RECORDS} records of UserRecordAccess at a time`);
  const names = (query.fields ?? []).flatMap((field) => (field.type === 'Field' ? [field.field] : []));
  // Object Reference: records that the running user cannot read are filtered out of the results
  const byAsker = access.scopeOf(asker.userId);
  const readable = records.filter((recordId) => access.of(asker.userId, recordId, byAsker).read);
  const scope = access.scopeOf(userId);
  const wanted = levelConditions(conditions);
  const rows = readable.flatMap((recordId) => {
    const { read, edit, all, transfer } = access.of(userId, recordId, scope);
    const values: Record<string, unknown> = {
      recordid: recordId,
      userid: userId,
      hasreadaccess: read,
      haseditaccess: edit,
      hasdeleteaccess: all,
      hastransferaccess: transfer,
      hasallaccess: all,
      maxaccesslevel: all ? 'All' : transfer ? 'Transfer' : edit ? 'Edit' : read ? 'Read' : 'None',
    };
    if (wanted.some(([name, value]) => values[name] !== value)) return [];
    const record: Record<string, unknown> = {
      attributes: { type: 'UserRecordAccess', url: `${base}/sobjects/UserRecordAccess/${recordId}` },
    };
    for (const name of names) {
      if (!(name.toLowerCase() in values)) throw salesforceError.noSuchColumnInQuery(name, 'UserRecordAccess');
      record[name] = values[name.toLowerCase()];
    }
    return record;
  });
  return { totalSize: rows.length, done: true, records: rows };
}
