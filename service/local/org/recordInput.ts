import type { OrgDatabase, Row } from './database.ts';
import { quoted } from './database.ts';
import { salesforceError, SalesforceError } from './errors.ts';
import type { DmlContext } from './hooks.ts';
import { isLookupKey, type FieldSchema, type ResolvedObject, type Schema } from './schema.ts';
import { storedValue } from './values.ts';

export type Input = Record<string, unknown>;
type Verb = 'create' | 'update';

/** Live rows where a field has a value; Id included. At most `limit`, the oldest first. */
export function rowsByKey(
  db: OrgDatabase,
  object: ResolvedObject,
  key: { field: FieldSchema; value: unknown; limit?: number },
): string[] {
  const live = object.softDelete ? ' AND IsDeleted = 0' : '';
  const stored = storedValue(key.field, key.value);
  const collate = key.field.caseSensitive ? ' COLLATE BINARY' : '';
  return db
    .all(`SELECT Id FROM ${quoted(object.name)} WHERE ${quoted(key.field.name)} = ?${collate}${live} LIMIT ?`, [
      stored,
      key.limit ?? 200,
    ])
    .map((row) => String(row['Id']));
}

/** What a caller sent, as a row of stored values; refuses unknown and read-only fields with Salesforce's words. */
export class RecordInput {
  readonly #db: OrgDatabase;
  readonly #schema: Schema;

  constructor(db: OrgDatabase, schema: Schema) {
    this.#db = db;
    this.#schema = schema;
  }

  parse(object: ResolvedObject, input: Input, verb: Verb): Row {
    const row: Row = {};
    const refused: string[] = [];
    for (const name in input) {
      if (name === 'attributes') continue;
      const lower = name.toLowerCase();
      const value = input[name];
      if (lower === 'id') {
        if (verb === 'create' && value) throw salesforceError.idInInsert();
        continue;
      }
      const field = object.byName.get(lower);
      if (!field) {
        Object.assign(row, this.#foreign(object, name, value));
        continue;
      }
      const isAllowed = verb === 'create' ? field.createable : field.updateable;
      if (isAllowed === false || field.calculated || field.autoNumber) refused.push(field.name);
      else row[field.name] = storedValue(field, value);
    }
    if (refused.length) throw salesforceError.readOnlyFields(refused);
    return row;
  }

  /** @throws INVALID_FIELD for a name that is neither a field nor a relationship to a parent */
  requireNames(object: ResolvedObject, names: readonly string[]): void {
    for (const name of names)
      if (name !== 'attributes' && !object.byName.has(name.toLowerCase())) this.#relation(object, name);
  }

  #relation(object: ResolvedObject, name: string): FieldSchema {
    const [relation = ''] = name.split('.');
    const field = object.references.find((each) => each.relationshipName?.toLowerCase() === relation.toLowerCase());
    if (!field) throw salesforceError.noSuchColumn(name, object.name);
    return field;
  }

  /** {"Parent": {"Ext__c": "x"}}, or the CSV column Parent.Ext__c, as the parent's id. */
  #foreign(object: ResolvedObject, name: string, value: unknown): Row {
    const [, column] = name.split('.');
    const field = this.#relation(object, name);
    if (value === null || (column !== undefined && value === '')) return { [field.name]: null };
    const keys = column === undefined ? (value as Input) : { [column]: value };
    if (typeof keys !== 'object') throw salesforceError.noSuchColumn(name, object.name);
    const type = (keys['attributes'] as Input | undefined)?.['type'];
    const target = this.#schema.object(typeof type === 'string' ? type : (field.referenceTo?.[0] ?? ''));
    const entries = Object.entries(keys).filter(([key]) => key !== 'attributes');
    const [key, wanted] = entries[0] ?? [];
    const lookup = key === undefined ? undefined : target.byName.get(key.toLowerCase());
    if (entries.length !== 1 || !lookup || !isLookupKey(lookup))
      throw new SalesforceError(
        'INVALID_FIELD',
        `More than 1 field provided in an external foreign key reference in entity: ${target.name}`,
      );
    const [id, second] = rowsByKey(this.#db, target, { field: lookup, value: wanted, limit: 2 });
    if (id === undefined) throw salesforceError.foreignKey(String(wanted), lookup.name, target.name);
    if (second !== undefined)
      throw new SalesforceError(
        'INVALID_FIELD',
        `Foreign key external ID: ${String(wanted)} is not unique in ${target.name}`,
      );
    return { [field.name]: id };
  }

  /** What a field holds when the caller of a create said nothing. */
  initial(object: ResolvedObject, field: FieldSchema, context: DmlContext): Row[string] {
    if (field.autoNumber) return this.#counted(object, field);
    if (field.defaultValue !== undefined) return storedValue(field, field.defaultValue);
    if (field.name === 'OwnerId' || field.name === 'CreatedById' || field.name === 'LastModifiedById')
      return context.userId;
    return field.type === 'boolean' ? 0 : null;
  }

  #counted(object: ResolvedObject, field: FieldSchema): string {
    const n = this.#db.nextNumber(`${object.name}.${field.name}`);
    return (field.autoNumber ?? '{0}').replace(/\{(0+)\}/, (_, zeros: string) => String(n).padStart(zeros.length, '0'));
  }
}
