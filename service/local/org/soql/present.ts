import type { SQLInputValue } from 'node:sqlite';
import type { OrgDatabase } from '../database.ts';
import type { Schema } from '../schema.ts';
import { shownValue } from '../values.ts';
import { compileQuery, type CompiledQuery, type CompileOptions, type ParentColumn } from './compile.ts';
import { parseSoql } from './parse.ts';
import type { Column } from './select.ts';

type RecordBody = Record<string, unknown>;
type SqlRow = SQLInputValue[];

/** Rows of one compiled query, to be shown page by page. */
export interface RowSet {
  compiled: CompiledQuery;
  rows: SqlRow[];
}

export interface PresentContext {
  db: OrgDatabase;
  schema: Schema;
  options: CompileOptions;
  /** "/services/data/v66.0/sobjects" */
  base: string;
  /** The first page of a child query. */
  childPage: (set: RowSet, presenter: Presenter) => unknown;
}

interface Step {
  name: string;
  parent: ParentColumn;
}

const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const plain = new Intl.NumberFormat('en-US');

function formatted(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return column.field.type === 'currency' ? money.format(value) : plain.format(value);
  if (column.field.type !== 'date' && column.field.type !== 'datetime') return String(value);
  const date = new Date(String(value).replace(/\+0000$/, 'Z'));
  const time = column.field.type === 'datetime' ? { timeStyle: 'short' as const } : {};
  return date.toLocaleString('en-US', { timeZone: 'UTC', dateStyle: 'short', ...time });
}

function valueOf(column: Column, stored: SQLInputValue | undefined): unknown {
  const value = shownValue(column.field, stored);
  return column.isFormatted ? formatted(column, value) : value;
}

/** Turns the rows of one compiled query into records; prepared once, used for many rows. */
export class Presenter {
  readonly #compiled: CompiledQuery;
  readonly #context: PresentContext;
  readonly #steps: Step[][];
  readonly #children: {
    name: string;
    compiled: CompiledQuery;
    run: (values: SqlRow) => SqlRow[];
    presenter: Presenter;
  }[];
  readonly #targets = new Map<string, { presenter: Presenter; compiled: CompiledQuery } | null>();

  constructor(compiled: CompiledQuery, context: PresentContext) {
    this.#compiled = compiled;
    this.#context = context;
    this.#steps = compiled.columns.map(({ relationships }) =>
      relationships.map((name, k) => ({
        name,
        parent: compiled.parents.get(relationships.slice(0, k + 1).join('.')) ?? { index: -1, type: undefined },
      })),
    );
    this.#children = compiled.children.map((child) => {
      const options = { ...context.options, parentId: { field: child.field, id: '' } };
      const inner = compileQuery(child.query, options, child.object);
      return {
        name: child.name,
        compiled: inner,
        run: context.db.prepared(inner.sql),
        presenter: new Presenter(inner, context),
      };
    });
  }

  record(row: SqlRow): RecordBody {
    const { columns, kind, object, idIndex } = this.#compiled;
    if (kind === 'aggregate') {
      const record: RecordBody = { attributes: { type: 'AggregateResult' } };
      columns.forEach((column, k) => (record[column.name] = valueOf(column, row[k])));
      return record;
    }
    const id = String(row[idIndex]);
    const record: RecordBody = { attributes: { type: object.name, url: `${this.#context.base}/${object.name}/${id}` } };
    columns.forEach((column, k) => {
      const target = this.#parent(record, this.#steps[k] ?? [], row);
      if (target) target[column.name] = valueOf(column, row[k]);
    });
    this.#compiled.typeofs.forEach((each, k) => {
      record[each.name] = this.#target(k, row[this.#compiled.typeofIndexes[k] ?? -1]);
    });
    for (const child of this.#children) {
      const rows = child.run([id, ...child.compiled.values.slice(1)]);
      record[child.name] = rows.length
        ? this.#context.childPage({ compiled: child.compiled, rows }, child.presenter)
        : null;
    }
    return record;
  }

  /** record.Account.Owner, made on the way; undefined below a parent that is not there. */
  #parent(record: RecordBody, steps: Step[], row: SqlRow): RecordBody | undefined {
    let target = record;
    for (const { name, parent } of steps) {
      if (target[name] === undefined) {
        const id = row[parent.index];
        target[name] = typeof id === 'string' ? this.#stub(parent.type, id) : null;
      }
      if (target[name] === null) return undefined;
      target = target[name] as RecordBody;
    }
    return target;
  }

  /** A polymorphic parent is of the type "Name", at the address of the record it really is. */
  #stub(type: string | undefined, id: string): RecordBody {
    const actual = type ?? this.#context.schema.ofId(id)?.name ?? 'Name';
    return { attributes: { type: type ?? 'Name', url: `${this.#context.base}/${actual}/${id}` } };
  }

  #target(index: number, id: SQLInputValue | undefined): RecordBody | null {
    const each = this.#compiled.typeofs[index];
    const object = typeof id === 'string' ? this.#context.schema.ofId(id) : undefined;
    if (!each || !object || typeof id !== 'string') return null;
    const key = `${index}:${object.name}`;
    let found = this.#targets.get(key);
    if (found === undefined) {
      const fields = each.fieldsOf.get(object.name) ?? each.otherwise;
      found = null;
      if (fields.length) {
        const query = parseSoql(`SELECT ${fields.join(', ')} FROM ${object.name}`);
        const idField = object.byName.get('id') ?? { name: 'Id', type: 'id' as const };
        const options = { ...this.#context.options, includeDeleted: true, parentId: { field: idField, id } };
        const compiled = compileQuery(query, options, object);
        found = { compiled, presenter: new Presenter(compiled, this.#context) };
      }
      this.#targets.set(key, found);
    }
    if (!found) return this.#stub(object.name, id);
    const [row] = this.#context.db.arrays(found.compiled.sql, [id, ...found.compiled.values.slice(1)]);
    return row ? found.presenter.record(row) : null;
  }
}
