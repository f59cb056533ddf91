import type { FieldType, FunctionExp, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import type { SQLInputValue } from 'node:sqlite';
import { quoted } from '../database.ts';
import { SalesforceError, salesforceError } from '../errors.ts';
import type { FieldSchema, ResolvedObject, Schema } from '../schema.ts';
import { Scope, type FieldPath } from './scope.ts';
import { whereSql, type SqlPart, type WhereContext } from './where.ts';

export interface Column {
  name: string;
  field: FieldSchema;
  relationships: string[];
}

export interface ChildQuery {
  name: string;
  query: Subquery;
  object: ResolvedObject;
  field: FieldSchema;
}

export interface CompiledQuery {
  sql: string;
  values: SQLInputValue[];
  object: ResolvedObject;
  columns: Column[];
  /** Index of the column that tells whether a parent is there, and the parent's type, by relationship path. */
  parents: Map<string, { index: number; type: string }>;
  children: ChildQuery[];
  kind: 'records' | 'aggregate' | 'count';
}

export interface CompileOptions {
  schema: Schema;
  nowMs: number;
  includeDeleted: boolean;
  /** Rows of the object that the asking user may see; undefined = all. */
  visible?: (object: ResolvedObject, alias: string) => SqlPart | undefined;
  /** Condition on the root that a parent query adds to its child query. */
  parentId?: { field: FieldSchema; id: string };
}

const MAX_OFFSET = 2000;
const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
const asList = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const number: FieldSchema = { name: 'expr', type: 'double' };

function pathOf(field: FieldType): string {
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  return 'field' in field ? field.field : '';
}

class Compiler {
  readonly columns: (Column & { sql: string })[] = [];
  readonly children: ChildQuery[] = [];
  readonly scope: Scope;
  readonly object: ResolvedObject;
  readonly #options: CompileOptions;
  #isAggregate = false;

  constructor(object: ResolvedObject, rootAlias: string | undefined, options: CompileOptions) {
    this.object = object;
    this.scope = new Scope(options.schema, object, rootAlias);
    this.#options = options;
  }

  get isAggregate(): boolean {
    return this.#isAggregate;
  }

  add(path: FieldPath, name = path.field.name): void {
    const key = [...path.relationships, name].join('.').toLowerCase();
    if (this.columns.some((column) => [...column.relationships, column.name].join('.').toLowerCase() === key))
      throw new SalesforceError(
        'INVALID_FIELD',
        `duplicate field selected: ${[...path.relationships, name].join('.')}`,
      );
    this.columns.push({ name, field: path.field, relationships: path.relationships, sql: path.sql });
  }

  select(field: FieldType): void {
    if (field.type === 'FieldSubquery') return this.#child(field.subquery);
    if (field.type === 'FieldTypeof') throw salesforceError.malformedQuery('TYPEOF is not supported by this org');
    if (field.type !== 'FieldFunctionExpression') return this.add(this.scope.resolve(pathOf(field)));
    const name = field.functionName.toUpperCase();
    if (AGGREGATES.has(name)) {
      this.#isAggregate = true;
      const { sql, field: type } = this.aggregate(field);
      const taken = this.columns.filter((column) => /^expr\d+$/.test(column.name)).length;
      this.columns.push({ name: field.alias ?? `expr${taken}`, field: type, relationships: [], sql });
    } else if (name === 'FIELDS') {
      const which = String(field.parameters[0]).toUpperCase();
      const isCustom = (each: FieldSchema) => each.name.endsWith('__c');
      for (const each of this.object.fields)
        if (which === 'ALL' || (which === 'CUSTOM') === isCustom(each)) this.add(this.scope.resolve(each.name));
    } else if (name === 'TOLABEL' || name === 'FORMAT') {
      this.add(this.scope.resolve(String(field.parameters[0])), field.alias);
    } else throw salesforceError.malformedQuery(`unexpected token: '${field.functionName}'`);
  }

  aggregate(fn: FunctionExp): { sql: string; field: FieldSchema } {
    const name = (fn.functionName ?? '').toUpperCase();
    if (fn.parameters?.length === 0) return { sql: 'COUNT(*)', field: number };
    const path = this.scope.resolve(String(fn.parameters?.[0] ?? 'Id'));
    const sql = name === 'COUNT_DISTINCT' ? `COUNT(DISTINCT ${path.sql})` : `${name}(${path.sql})`;
    return { sql, field: name === 'MIN' || name === 'MAX' ? path.field : number };
  }

  #child(query: Subquery): void {
    const found = this.#options.schema
      .children(this.object.name)
      .find(({ field }) => field.childRelationshipName?.toLowerCase() === query.relationshipName.toLowerCase());
    if (!found) throw salesforceError.noSuchRelationship(query.relationshipName);
    this.children.push({ name: found.field.childRelationshipName ?? '', query, ...found });
  }

  checkGrouped(query: Query | Subquery): void {
    const groups = asList(query.groupBy).map((group) => ('field' in group ? this.scope.resolve(group.field).sql : ''));
    const loose = this.columns.find((column) => !/^[A-Z]+\(/.test(column.sql) && !groups.includes(column.sql));
    if (loose) throw salesforceError.malformedQuery(`Field must be grouped or aggregated: ${loose.name}`);
  }

  conditions(query: Query | Subquery): SqlPart {
    const parts: SqlPart[] = [];
    const { includeDeleted, parentId, visible } = this.#options;
    if (this.object.softDelete && !includeDeleted) parts.push({ sql: `${this.scope.alias}.IsDeleted = 0`, values: [] });
    if (parentId) parts.push({ sql: `${this.scope.alias}.${quoted(parentId.field.name)} = ?`, values: [parentId.id] });
    const limit = visible?.(this.object, this.scope.alias);
    if (limit) parts.push(limit);
    if (query.where) {
      const part = whereSql(query.where, this.#context());
      parts.push({ sql: `(${part.sql})`, values: part.values });
    }
    return {
      sql: parts.length ? ` WHERE ${parts.map((part) => part.sql).join(' AND ')}` : '',
      values: parts.flatMap((part) => part.values),
    };
  }

  #context(): WhereContext {
    return {
      column: (path) => this.scope.resolve(path),
      fn: (fn) => this.aggregate(fn),
      semiJoin: (inner) => compileQuery(inner, { ...this.#options, includeDeleted: false }),
      nowMs: this.#options.nowMs,
    };
  }

  tail(query: Query | Subquery): SqlPart {
    const values: SQLInputValue[] = [];
    let sql = '';
    const groups = asList(query.groupBy).map((group) => ('field' in group ? this.scope.resolve(group.field).sql : ''));
    if (groups.length) sql += ` GROUP BY ${groups.join(', ')}`;
    if (query.having) {
      const part = whereSql(query.having, this.#context());
      sql += ` HAVING ${part.sql}`;
      values.push(...part.values);
    }
    const orders = asList(query.orderBy).map((order) => {
      const column = 'field' in order ? this.#orderColumn(order.field) : this.aggregate(order.fn).sql;
      const direction = order.order ?? 'ASC';
      // Salesforce: nulls first unless asked otherwise, in both directions
      return `${column} ${direction} NULLS ${order.nulls ?? 'FIRST'}`;
    });
    if (orders.length) sql += ` ORDER BY ${orders.join(', ')}`;
    if (query.limit !== undefined || query.offset !== undefined) sql += ` LIMIT ${query.limit ?? -1}`;
    if (query.offset !== undefined) sql += ` OFFSET ${query.offset}`;
    return { sql, values };
  }

  #orderColumn(path: string): string {
    const aliased = this.columns.find((column) => column.name === path && this.#isAggregate && column.field === number);
    return aliased ? aliased.sql : this.scope.resolve(path).sql;
  }
}

/** SOQL (parsed) → one SQL statement and the plan to turn its rows into records. */
export function compileQuery(query: Query | Subquery, options: CompileOptions, root?: ResolvedObject): CompiledQuery {
  const object = root ?? options.schema.object('sObject' in query ? (query.sObject ?? '') : '');
  if ((query.offset ?? 0) > MAX_OFFSET)
    throw new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  const compiler = new Compiler(object, query.sObjectAlias, options);
  const fields = query.fields ?? [];
  const first = fields[0];
  const isCount =
    fields.length === 1 && first?.type === 'FieldFunctionExpression' && /^COUNT\(\s*\)$/i.test(first.rawValue ?? '');
  for (const field of fields) compiler.select(field);
  if (fields.some((field) => field.type === 'FieldFunctionExpression' && field.functionName.toUpperCase() === 'FIELDS'))
    if (query.limit === undefined || query.limit > 200)
      throw salesforceError.malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200');
  const isGrouped = compiler.isAggregate || asList(query.groupBy).length > 0;
  if (isGrouped) compiler.checkGrouped(query);
  const where = compiler.conditions(query);
  const tail = compiler.tail(query);
  const sqlColumns = compiler.columns.map((column) => column.sql);
  const parents = new Map<string, { index: number; type: string }>();
  for (const { relationships } of isGrouped ? [] : compiler.columns)
    for (let depth = 1; depth <= relationships.length; depth++) {
      const path = relationships.slice(0, depth);
      if (parents.has(path.join('.'))) continue;
      parents.set(path.join('.'), { index: sqlColumns.length, type: compiler.scope.typeAt(path) });
      sqlColumns.push(compiler.scope.presence(path));
    }
  if (!isGrouped && compiler.children.length) sqlColumns.push(`${compiler.scope.alias}."Id"`);
  const from = `${quoted(object.name)} ${compiler.scope.alias} ${compiler.scope.joins.join(' ')}`;
  return {
    sql: `SELECT ${sqlColumns.join(', ')} FROM ${from}${where.sql}${tail.sql}`,
    values: [...where.values, ...tail.values],
    object,
    columns: compiler.columns,
    parents,
    children: compiler.children,
    kind: isCount ? 'count' : isGrouped ? 'aggregate' : 'records',
  };
}
