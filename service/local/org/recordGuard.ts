import type { Access } from './access.ts';
import { quoted, type OrgDatabase, type Row } from './database.ts';
import { salesforceError } from './errors.ts';
import type { Faults } from './faults.ts';
import { requireValid, type ValidationRule } from './folder/validation.ts';
import type { ResolvedObject } from './schema.ts';

type Input = Record<string, unknown>;
const VERBS = { createable: 'inserted', updateable: 'updated', deletable: 'deleted' } as const;
/** Rows of these have no owner: whoever may edit the record they belong to may delete them. */
const DELETES_WITH_EDIT = new Set(['AccountTeamMember', 'AccountShare', 'ObjectTerritory2Association']);

/** What stands before every write of a record: ordered trouble, the user's rights on object and fields, sharing. */
export class RecordGuard {
  readonly access: Access;
  readonly #db: OrgDatabase;
  readonly #faults: Faults;
  readonly #rules: readonly ValidationRule[];

  constructor(deps: { db: OrgDatabase; access: Access; faults: Faults; rules?: readonly ValidationRule[] }) {
    this.#rules = deps.rules ?? [];
    this.#db = deps.db;
    this.access = deps.access;
    this.#faults = deps.faults;
  }

  /** @returns the object with the fields that the user may write */
  create(object: ResolvedObject, input: Input, userId: string): ResolvedObject {
    const mine = this.#mine(object, userId, 'createable');
    this.#faults.onWrite({ operation: 'create', object: object.name, values: Object.values(input) });
    return mine;
  }

  update(object: ResolvedObject, before: Row, write: { fields: Input; userId: string }): ResolvedObject {
    const mine = this.#mine(object, write.userId, 'updateable');
    this.#requireAccess(before, write.userId, 'edit');
    const values = [before['Id'], ...Object.values(write.fields)];
    this.#faults.onWrite({ operation: 'update', object: object.name, values });
    return mine;
  }

  remove(object: ResolvedObject, row: Row, userId: string): void {
    this.#mine(object, userId, 'deletable');
    this.#requireAccess(row, userId, DELETES_WITH_EDIT.has(object.name) ? 'edit' : 'all');
    this.#faults.onWrite({ operation: 'delete', object: object.name, values: Object.values(row) });
  }

  /** Validation rules, on the record as it will be. */
  validate(object: ResolvedObject, row: Row, before: Row | undefined): void {
    if (this.#rules.length > 0) requireValid(this.#rules, object, { row, before });
  }

  #mine(object: ResolvedObject, userId: string, right: keyof typeof VERBS): ResolvedObject {
    const mine = this.access.schemaFor(userId).object(object.name);
    if (mine[right] === false) throw salesforceError.noObjectRight(VERBS[right], object.name);
    return mine;
  }

  #requireAccess(row: Row, userId: string, what: 'edit' | 'all'): void {
    if (this.access.allData(userId) === 'modify') return;
    if (!this.access.of(userId, String(row['Id']))[what]) throw salesforceError.noRecordAccess();
  }

  /** The row that a create of this object changes instead of making a second one. */
  sameKey(object: ResolvedObject, row: Row): string | undefined {
    const names = object.insertUpdates;
    if (!names) return undefined;
    const live = object.softDelete ? ' AND IsDeleted = 0' : '';
    const values = names.map((name) => {
      const value = row[name] ?? object.byName.get(name.toLowerCase())?.defaultValue ?? null;
      return typeof value === 'boolean' ? Number(value) : value;
    });
    const where = names.map((name) => `${quoted(name)} = ?`).join(' AND ');
    const same = this.#db.get(`SELECT Id FROM ${quoted(object.name)} WHERE ${where}${live}`, values);
    return same ? String(same['Id']) : undefined;
  }

  /** What a create brought for a row that is there already, without the fields that found it. */
  changesOnly(object: ResolvedObject, input: Input): Input {
    return Object.fromEntries(
      Object.entries(input).filter(([name]) => object.byName.get(name.toLowerCase())?.updateable !== false),
    );
  }
}
