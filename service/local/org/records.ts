import { RuleBook } from './assignmentRules.ts';
import type { OrgDatabase, Row } from './database.ts';
import { quoted } from './database.ts';
import { SalesforceError, salesforceError } from './errors.ts';
import type { DmlContext, HookDeps } from './hooks.ts';
import { OBJECT_HOOKS } from './objectHooks.ts';
import type { RecordGuard } from './recordGuard.ts';
import type { FieldSchema, ResolvedObject, Schema } from './schema.ts';
import { idValue, storedValue } from './values.ts';

export type Input = Record<string, unknown>;

/** Create, update and delete of single records with Salesforce's checks. Every method throws a SalesforceError or has done it. */
export class Records {
  readonly #db: OrgDatabase;
  readonly #schema: Schema;
  readonly #deps: HookDeps;
  readonly #guard: RecordGuard;

  constructor(db: OrgDatabase, schema: Schema, guard: RecordGuard) {
    this.#db = db;
    this.#schema = schema;
    this.#guard = guard;
    this.#deps = { db, schema, access: guard.access, rules: new RuleBook(db, schema) };
  }

  /** Assignment rules were written. */
  forgetRules(): void {
    this.#deps.rules.forget();
  }

  create(objectName: string, input: Input, context: DmlContext): string {
    const object = this.#schema.object(objectName);
    if (object.createable === false) throw this.#readOnlyObject(object, 'createable');
    const mine = this.#guard.create(object, input, context.userId);
    const row = this.#parse(mine, input, 'create');
    const same = this.#guard.sameKey(object, row);
    if (same) return this.update(objectName, same, { fields: this.#guard.changesOnly(object, input), context });
    for (const field of object.fields)
      if (row[field.name] === undefined) row[field.name] = this.#initial(field, context);
    OBJECT_HOOKS[object.name]?.prepare?.(row, this.#deps);
    this.#requireFields(object, row);
    this.#requireReferences(object, row);
    row['Id'] = this.#db.nextId(object);
    this.#save(object, row, { before: undefined, context });
    return row['Id'];
  }

  update(objectName: string, id: unknown, input: { fields: Input; context: DmlContext }): string {
    const object = this.#schema.object(objectName);
    if (object.updateable === false) throw this.#readOnlyObject(object, 'updateable');
    const before = this.#existing(object, id);
    const mine = this.#guard.update(object, before, { fields: input.fields, userId: input.context.userId });
    const changes = this.#parse(mine, input.fields, 'update');
    const row = { ...before, ...changes };
    OBJECT_HOOKS[object.name]?.prepare?.(row, this.#deps);
    this.#requireFields(object, row);
    this.#requireReferences(object, changes);
    this.#save(object, row, { before, context: input.context });
    return String(before['Id']);
  }

  remove(id: unknown, context: DmlContext, objectName?: string): string {
    const long = idValue(id);
    const object = objectName ? this.#schema.object(objectName) : this.#schema.ofId(long);
    if (!object) throw salesforceError.invalidCrossReference();
    if (object.deletable === false) throw this.#readOnlyObject(object, 'deletable');
    const row = this.#existing(object, long);
    this.#guard.remove(object, row, context.userId);
    const hooks = OBJECT_HOOKS[object.name];
    hooks?.beforeDelete?.(row, { ...this.#deps, context });
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
          row[field.name] = isStamp ? stamp : this.#initial(field, { userId, autoAssign: false });
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

  #parse(object: ResolvedObject, input: Input, verb: 'create' | 'update'): Row {
    const row: Row = {};
    const refused: string[] = [];
    for (const [name, value] of Object.entries(input)) {
      if (name === 'attributes' || name.toLowerCase() === 'id') continue;
      const field = object.byName.get(name.toLowerCase());
      if (!field) throw salesforceError.noSuchColumn(name, object.name);
      const isAllowed = verb === 'create' ? field.createable : field.updateable;
      if (isAllowed === false) refused.push(field.name);
      else row[field.name] = storedValue(field, value);
    }
    if (refused.length) throw salesforceError.readOnlyFields(refused);
    return row;
  }

  #initial(field: FieldSchema, context: DmlContext): Row[string] {
    if (field.defaultValue !== undefined) return storedValue(field, field.defaultValue);
    if (field.name === 'OwnerId' || field.name === 'CreatedById' || field.name === 'LastModifiedById')
      return context.userId;
    return field.type === 'boolean' ? 0 : null;
  }

  #requireFields(object: ResolvedObject, row: Row): void {
    const missing = object.fields
      .filter((field) => field.required && row[field.name] == null)
      .map((field) => field.name);
    if (missing.length) throw salesforceError.requiredFieldMissing(missing);
  }

  #requireReferences(object: ResolvedObject, row: Row): void {
    for (const field of object.fields) {
      const id = row[field.name];
      if (!field.referenceTo || typeof id !== 'string') continue;
      const targets = field.referenceTo.flatMap((name) => this.#schema.find(name) ?? []);
      const found = targets.map((target) => this.#db.row(target.name, id)).find((target) => target !== undefined);
      if (found?.['IsDeleted'] === 1) throw salesforceError.entityIsDeleted();
      if (found) continue;
      const owner = this.#schema.ofId(id);
      if (owner && !field.referenceTo.includes(owner.name))
        throw salesforceError.malformedId(field.label ?? field.name, id, [field.name]);
      throw salesforceError.invalidCrossReference([field.name]);
    }
  }

  #requireUnique(object: ResolvedObject, row: Row): void {
    const live = object.softDelete ? ' AND IsDeleted = 0' : '';
    const sets = object.fields.filter((field) => field.unique).map((field) => [field.name]);
    if (object.uniqueTogether) sets.push(object.uniqueTogether);
    for (const names of sets) {
      if (names.some((name) => row[name] == null)) continue;
      const same = this.#db.get(
        `SELECT Id FROM ${quoted(object.name)} WHERE ${names.map((name) => `${quoted(name)} = ?`).join(' AND ')} AND Id <> ?${live}`,
        [...names.map((name) => row[name] ?? null), row['Id'] ?? null],
      );
      if (same) throw salesforceError.duplicateValue(names[0] ?? '', String(same['Id']));
    }
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
    this.#requireUnique(object, row);
    const stamp = this.#db.stamp();
    Object.assign(row, this.#stamps(object, { stamp, userId: write.context.userId }));
    if (write.before) this.#db.patch(object.name, String(row['Id']), row);
    else this.#db.insert(object.name, { ...row, ...(object.byName.has('createddate') ? { CreatedDate: stamp } : {}) });
    hooks?.afterSave?.(row, { ...this.#deps, ...write });
  }

  #readOnlyObject(object: ResolvedObject, what: string): SalesforceError {
    return new SalesforceError('METHOD_NOT_ALLOWED', `entity type ${object.name} is not ${what} through the API`, {
      status: 405,
    });
  }
}
