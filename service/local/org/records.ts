import { RuleBook } from './assignmentRules.ts';
import type { OrgDatabase, Row } from './database.ts';
import { quoted } from './database.ts';
import { SalesforceError, salesforceError } from './errors.ts';
import type { DmlContext, HookDeps } from './hooks.ts';
import { OBJECT_HOOKS } from './objectHooks.ts';
import type { RecordGuard } from './recordGuard.ts';
import { requireFields, requireReferences, requireUnique } from './recordChecks.ts';
import { RecordInput, rowsByKey, type Input } from './recordInput.ts';
import { isLookupKey, type FieldSchema, type ResolvedObject, type Schema } from './schema.ts';
import { idValue, storedValue } from './values.ts';

export type { Input } from './recordInput.ts';

export interface Upserted {
  id: string;
  created: boolean;
}

/** More than one record has the external id. */
export class MultipleChoices extends Error {
  readonly ids: string[];
  constructor(ids: string[]) {
    super(`${ids.length} records`);
    this.ids = ids;
  }
}

const readOnlyObject = (object: ResolvedObject, what: string): SalesforceError =>
  new SalesforceError('METHOD_NOT_ALLOWED', `entity type ${object.name} is not ${what} through the API`);

/** Create, update and delete of single records with Salesforce's checks. Every method throws a SalesforceError or has done it. */
export class Records {
  readonly #db: OrgDatabase;
  readonly #schema: Schema;
  readonly #deps: HookDeps;
  readonly #input: RecordInput;
  readonly #guard: RecordGuard;

  constructor(db: OrgDatabase, schema: Schema, guard: RecordGuard) {
    this.#db = db;
    this.#schema = schema;
    this.#guard = guard;
    this.#deps = { db, schema, access: guard.access, rules: new RuleBook(db, schema) };
    this.#input = new RecordInput(db, schema);
  }

  /** Assignment rules were written. */
  forgetRules(): void {
    this.#deps.rules.forget();
  }

  create(objectName: string, input: Input, context: DmlContext): string {
    const object = this.#schema.object(objectName);
    if (object.createable === false) throw readOnlyObject(object, 'createable');
    const mine = this.#guard.create(object, input, context.userId);
    const row = this.#input.parse(mine, input, 'create');
    const same = this.#guard.sameKey(object, row);
    if (same) return this.update(objectName, same, { fields: this.#guard.changesOnly(object, input), context });
    for (const field of object.fields)
      if (row[field.name] === undefined) row[field.name] = this.#input.initial(object, field, context);
    OBJECT_HOOKS[object.name]?.prepare?.(row, this.#deps);
    requireFields(object, row);
    requireReferences(this.#deps, object, row);
    row['Id'] = this.#db.nextId(object);
    this.#save(object, row, { before: undefined, context });
    return row['Id'];
  }

  update(objectName: string, id: unknown, input: { fields: Input; context: DmlContext }): string {
    const object = this.#schema.object(objectName);
    if (object.updateable === false) throw readOnlyObject(object, 'updateable');
    if (id === undefined || id === null || id === '')
      throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call', { fields: ['Id'] });
    const before = this.#existing(object, id);
    const mine = this.#guard.update(object, before, { fields: input.fields, userId: input.context.userId });
    const changes = this.#input.parse(mine, input.fields, 'update');
    const row = { ...before, ...changes };
    OBJECT_HOOKS[object.name]?.prepare?.(row, this.#deps);
    requireFields(object, row);
    requireReferences(this.#deps, object, changes);
    this.#save(object, row, { before, context: input.context });
    return String(before['Id']);
  }

  /** Whether the object has all these fields, or relationships for a parent's external id. @throws INVALID_FIELD */
  requireFields(object: ResolvedObject, fields: Input): void {
    this.#input.requireNames(object, Object.keys(fields));
  }

  /** The field that an upsert or a path names a record by. @throws NOT_FOUND when it may not */
  keyField(object: ResolvedObject, name: string): FieldSchema {
    const field = object.byName.get(name.toLowerCase());
    if (!field || !isLookupKey(field)) throw salesforceError.noSuchExternalId(name);
    return field;
  }

  /** Ids of the live records with this external id. */
  withKey(object: ResolvedObject, name: string, value: unknown): string[] {
    return rowsByKey(this.#db, object, { field: this.keyField(object, name), value });
  }

  /** `input` without the external id. @throws MultipleChoices */
  upsert(
    objectName: string,
    key: { field: string; value: unknown },
    input: { fields: Input; context: DmlContext },
  ): Upserted {
    const object = this.#schema.object(objectName);
    const field = this.keyField(object, key.field);
    if (field.type === 'id') {
      if (!key.value) return { id: this.create(object.name, input.fields, input.context), created: true };
      return { id: this.update(object.name, key.value, input), created: false };
    }
    if (key.value === null || key.value === undefined || key.value === '')
      throw new SalesforceError('MISSING_ARGUMENT', `${field.name} not specified`, { fields: [field.name] });
    const ids = this.withKey(object, field.name, key.value);
    if (ids.length > 1) throw new MultipleChoices(ids);
    if (ids[0] !== undefined) return { id: this.update(object.name, ids[0], input), created: false };
    const fields = { ...input.fields, [field.name]: key.value };
    return { id: this.create(object.name, fields, input.context), created: true };
  }

  remove(id: unknown, context: DmlContext, objectName?: string): string {
    const long = idValue(id);
    const object = objectName ? this.#schema.object(objectName) : this.#schema.ofId(long);
    if (!object) throw salesforceError.invalidCrossReference();
    if (object.deletable === false) throw readOnlyObject(object, 'deletable');
    const row = this.#existing(object, long);
    this.#guard.remove(object, row, context.userId);
    const hooks = OBJECT_HOOKS[object.name];
    hooks?.beforeDelete?.(row, { ...this.#deps, context });
    this.#removeChildren(object, long, context);
    const stamp = this.#db.stamp();
    if (object.softDelete)
      this.#db.patch(object.name, long, {
        IsDeleted: 1,
        ...this.#stamps(object, { stamp, userId: context.userId }),
      });
    else this.#db.run(`DELETE FROM ${quoted(object.name)} WHERE Id = ?`, [long]);
    hooks?.afterDelete?.(row, this.#deps);
    return long;
  }

  #removeChildren(object: ResolvedObject, id: string, context: DmlContext): void {
    for (const child of this.#schema.children(object.name)) {
      if (!child.field.cascadeDelete) continue;
      for (const childId of rowsByKey(this.#db, child.object, { field: child.field, value: id, limit: -1 }))
        this.remove(childId, context, child.object.name);
    }
  }

  /** Writes rows as they are, with the ids they bring; fills in only what is missing. For sample data and tests. */
  seed(objectName: string, rows: Input[], userId: string): void {
    const object = this.#schema.object(objectName);
    const stamp = this.#db.stamp();
    for (const input of rows) {
      const row: Row = {};
      for (const [name, value] of Object.entries(input)) {
        const field = object.byName.get(name.toLowerCase());
        if (!field) throw salesforceError.noSuchColumn(name, object.name);
        row[field.name] = storedValue(field, value);
      }
      for (const field of object.fields)
        if (row[field.name] === undefined) {
          const isStamp =
            field.type === 'datetime' && /^(CreatedDate|LastModifiedDate|SystemModstamp)$/.test(field.name);
          row[field.name] = isStamp ? stamp : this.#input.initial(object, field, { userId, autoAssign: false });
        }
      row['Id'] ??= this.#db.nextId(object);
      OBJECT_HOOKS[object.name]?.compute?.(row, this.#deps);
      this.#db.insert(object.name, row);
    }
  }

  #existing(object: ResolvedObject, id: unknown): Row {
    const row = this.#db.row(object.name, idValue(id));
    if (!row) throw salesforceError.invalidCrossReference();
    if (row['IsDeleted'] === 1) throw salesforceError.entityIsDeleted();
    return row;
  }

  #stamps(object: ResolvedObject, at: { stamp: string; userId: string }): Row {
    const row: Row = { SystemModstamp: at.stamp };
    if (object.byName.has('lastmodifieddate')) row['LastModifiedDate'] = at.stamp;
    if (object.byName.has('lastmodifiedbyid')) row['LastModifiedById'] = at.userId;
    return row;
  }

  #save(object: ResolvedObject, row: Row, write: { before: Row | undefined; context: DmlContext }): void {
    const hooks = OBJECT_HOOKS[object.name];
    hooks?.compute?.(row, this.#deps);
    hooks?.beforeSave?.(row, { ...this.#deps, ...write });
    this.#guard.validate(object, row, write.before);
    requireUnique(this.#db, object, row);
    const stamp = this.#db.stamp();
    Object.assign(row, this.#stamps(object, { stamp, userId: write.context.userId }));
    if (write.before) this.#db.patch(object.name, String(row['Id']), row);
    else {
      if (object.byName.has('createddate')) row['CreatedDate'] = stamp;
      this.#db.insert(object.name, row);
    }
    hooks?.afterSave?.(row, { ...this.#deps, ...write });
  }
}
