import type { FieldType, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import type { SQLInputValue } from 'node:sqlite';
import { quoted } from '../database.ts';
import { SalesforceError, salesforceError } from '../errors.ts';
import type { FieldSchema, ResolvedObject, Schema } from '../schema.ts';
import { expressionOf } from './functions.ts';
import { requireUse } from './fieldUse.ts';
import { Scope } from './scope.ts';
import { SelectList, type ChildQuery, type Column, type TypeofQuery } from './select.ts';
import { whereSql, type SqlPart, type WhereContext } from './where.ts';

/** Where in a row the id of a parent stands, and what it is. */
export interface ParentColumn {
  index: number;
  /** The parent's object; undefined when the relationship is polymorphic. */
  type: string | undefined;
}

export interface CompiledQuery {
  sql: string;
  values: SQLInputValue[];
  object: ResolvedObject;
  columns: Column[];
  /** By relationship path: "Account.Owner". */
  parents: Map<string, ParentColumn>;
  /** Where the record's own id stands. */
  idIndex: number;
  /** In the order of `typeofs`: where the id of the record that is pointed at stands. */
  typeofIndexes: number[];
  typeofs: TypeofQuery[];
  children: ChildQuery[];
  kind: 'records' | 'aggregate' | 'count';
}

export interface CompileOptions {
  schema: Schema;
  nowMs: number;
  includeDeleted: boolean;
  userId?: string;
  /** Rows of the object that the asking user may see; undefined = all. */
  visible?: (object: ResolvedObject, alias: string) => SqlPart | undefined;
  /** Condition on the root that a parent query adds to its child query: the first of the values. */
  parentId?: { field: FieldSchema; id: string };
}

type AnyQuery = Query | Subquery;
const MAX_OFFSET = 2000;
const MAX_FIELDS_ROWS = 200;
const asList = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const joined = (parts: SqlPart[], separator: string): SqlPart => ({
  sql: parts.map((part) => part.sql).join(separator),
  values: parts.flatMap((part) => part.values),
});

class Compiler {
  readonly scope: Scope;
  readonly list: SelectList;
  readonly #object: ResolvedObject;
  readonly #options: CompileOptions;
  readonly #query: AnyQuery;

  constructor(object: ResolvedObject, query: AnyQuery, options: CompileOptions) {
    this.#object = object;
    this.#options = options;
    this.#query = query;
    this.scope = new Scope(options.schema, object, query.sObjectAlias);
    this.list = new SelectList(options.schema, this.scope);
  }

  groups(): string[] {
    return asList(this.#query.groupBy).map((group) => {
      if ('fn' in group) return expressionOf(group.fn, (path) => this.scope.resolve(path)).sql;
      const path = this.scope.resolve(group.field);
      requireUse(path.field, 'grouped');
      return path.sql;
    });
  }

  conditions(): SqlPart {
    const parts: SqlPart[] = [];
    const { includeDeleted, parentId, visible, userId } = this.#options;
    const { alias } = this.scope;
    if (parentId) parts.push({ sql: `${alias}.${quoted(parentId.field.name)} = ?`, values: [parentId.id] });
    if (this.#object.softDelete && !includeDeleted) parts.push({ sql: `${alias}.IsDeleted = 0`, values: [] });
    const limit = visible?.(this.#object, alias);
    if (limit) parts.push(limit);
    const usingScope = 'usingScope' in this.#query ? this.#query.usingScope?.toLowerCase() : undefined;
    if (usingScope === 'mine') parts.push({ sql: `${alias}.OwnerId = ?`, values: [userId ?? null] });
    else if (usingScope !== undefined && usingScope !== 'everything')
      throw salesforceError.malformedQuery(`USING SCOPE ${usingScope} is not served by this stand-in org.`);
    if (this.#query.where) {
      const part = whereSql(this.#query.where, this.#context(false));
      parts.push({ sql: `(${part.sql})`, values: part.values });
    }
    const all = joined(parts, ' AND ');
    return { sql: parts.length ? ` WHERE ${all.sql}` : '', values: all.values };
  }

  #context(isHaving: boolean): WhereContext {
    return {
      column: (path) => {
        const found = this.scope.resolve(path);
        requireUse(found.field, 'filtered');
        return found;
      },
      fn: (fn) => {
        const expression = expressionOf(fn, (path) => this.scope.resolve(path));
        if (expression.isAggregate && !isHaving)
          throw salesforceError.malformedQuery(`unexpected token: '${fn.functionName ?? ''}'`);
        return expression;
      },
      semiJoin: (inner) => semiJoin(inner, this.#options),
      nowMs: this.#options.nowMs,
    };
  }

  having(): SqlPart {
    if (!this.#query.having) return { sql: '', values: [] };
    const part = whereSql(this.#query.having, this.#context(true));
    return { sql: ` HAVING ${part.sql}`, values: part.values };
  }

  order(isGrouped: boolean): string {
    const orders = asList(this.#query.orderBy).map((order) => {
      const column =
        'field' in order
          ? this.#orderColumn(order.field, isGrouped)
          : expressionOf(order.fn, (path) => this.scope.resolve(path)).sql;
      // Salesforce: nulls first unless asked otherwise, in both directions
      return `${column} ${order.order ?? 'ASC'} NULLS ${order.nulls ?? 'FIRST'}`;
    });
    return orders.length ? ` ORDER BY ${orders.join(', ')}` : '';
  }

  #orderColumn(path: string, isGrouped: boolean): string {
    const aliased = isGrouped && this.list.columns.find((column) => column.name.toLowerCase() === path.toLowerCase());
    if (aliased) return aliased.sql;
    const found = this.scope.resolve(path);
    requireUse(found.field, 'sorted');
    return found.sql;
  }

  limits(): string {
    const { limit, offset } = this.#query;
    const first = limit !== undefined || offset !== undefined ? ` LIMIT ${limit ?? -1}` : '';
    return `${first}${offset !== undefined ? ` OFFSET ${offset}` : ''}`;
  }
}

function semiJoin(inner: Query, options: CompileOptions): SqlPart {
  const compiled = compileQuery(inner, { ...options, includeDeleted: false });
  const [column] = compiled.columns;
  if (compiled.kind !== 'records' || compiled.columns.length !== 1 || !column)
    throw salesforceError.malformedQuery('A semi join sub-select must select exactly one field');
  if (column.field.type !== 'id' && column.field.type !== 'reference')
    throw salesforceError.malformedQuery(
      `The selected field '${column.name}' in the subquery and the left operand field in the where expression in the outer query should point to the same object type`,
    );
  return { sql: `SELECT c0 FROM (${compiled.sql}) WHERE c0 IS NOT NULL`, values: compiled.values };
}

const isCountAll = (fields: FieldType[]): boolean => {
  const [first] = fields;
  return (
    fields.length === 1 && first?.type === 'FieldFunctionExpression' && /^COUNT\(\s*\)$/i.test(first.rawValue ?? '')
  );
};

function checkLimits(query: AnyQuery, fields: FieldType[]): void {
  if ((query.offset ?? 0) > MAX_OFFSET)
    throw new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  const isUnbounded = fields.some(
    (field) =>
      field.type === 'FieldFunctionExpression' &&
      /^FIELDS$/i.test(field.functionName) &&
      !/^STANDARD$/i.test(String(field.parameters[0])),
  );
  if (isUnbounded && (query.limit === undefined || query.limit > MAX_FIELDS_ROWS))
    throw salesforceError.malformedQuery(`The SOQL FIELDS function must have a LIMIT of at most ${MAX_FIELDS_ROWS}`);
}

/** Hidden columns that turn a row into a record: ids of parents, of TYPEOF targets and of the record itself. */
function hiddenColumns(compiler: Compiler, sqlColumns: string[]) {
  const { list, scope } = compiler;
  const parents = new Map<string, ParentColumn>();
  for (const { relationships } of list.columns)
    for (let depth = 1; depth <= relationships.length; depth++) {
      const path = relationships.slice(0, depth);
      if (parents.has(path.join('.'))) continue;
      parents.set(path.join('.'), { index: sqlColumns.length, type: scope.typeAt(path) });
      sqlColumns.push(scope.presence(path));
    }
  const typeofIndexes = list.typeofs.map(
    ({ reference }) => sqlColumns.push(`${scope.alias}.${quoted(reference.name)}`) - 1,
  );
  const idIndex = sqlColumns.push(`${scope.alias}."Id"`) - 1;
  return { parents, typeofIndexes, idIndex };
}

function checkGrouped(columns: Column[], groups: string[]): void {
  const loose = columns.find((column) => !column.isAggregate && !groups.includes(column.sql));
  if (loose)
    throw salesforceError.malformedQuery(
      `Field must be grouped or aggregated: ${[...loose.relationships, loose.name].join('.')}`,
    );
}

/** SOQL (parsed) → one SQL statement and the plan to turn its rows into records. */
export function compileQuery(query: AnyQuery, options: CompileOptions, root?: ResolvedObject): CompiledQuery {
  const object = root ?? options.schema.object('sObject' in query ? (query.sObject ?? '') : '');
  if (object.viewOf && !root)
    throw new SalesforceError('INVALID_TYPE_FOR_OPERATION', `entity type ${object.name} does not support query`);
  const fields = query.fields ?? [];
  checkLimits(query, fields);
  const compiler = new Compiler(object, query, options);
  const isCount = isCountAll(fields);
  const groups = compiler.groups();
  const usesAggregate = fields.some(
    (field) => field.type === 'FieldFunctionExpression' && field.isAggregateFn === true,
  );
  for (const field of fields) compiler.list.select(field, groups.length > 0 || usesAggregate);
  const isGrouped = compiler.list.hasAggregate || groups.length > 0;
  const { columns, children, typeofs } = compiler.list;
  if (isGrouped) checkGrouped(columns, groups);
  if (isGrouped && isCount && groups.length) throw salesforceError.malformedQuery('Grouped query cannot use COUNT()');
  const sqlColumns = isCount ? ['1'] : columns.map((column) => column.sql);
  const hidden = isGrouped
    ? { parents: new Map<string, ParentColumn>(), typeofIndexes: [], idIndex: -1 }
    : hiddenColumns(compiler, sqlColumns);
  const where = compiler.conditions();
  const having = compiler.having();
  const order = isCount ? '' : compiler.order(isGrouped);
  const group = groups.length ? ` GROUP BY ${groups.join(', ')}` : '';
  const from = `${quoted(object.name)} ${compiler.scope.alias} ${compiler.scope.joins.join(' ')}`;
  const select = sqlColumns.map((sql, k) => `${sql} AS c${k}`).join(', ');
  const sql = `SELECT ${select} FROM ${from}${where.sql}${group}${having.sql}${order}${compiler.limits()}`;
  return {
    sql: isCount ? `SELECT COUNT(*) FROM (${sql})` : sql,
    values: [...where.values, ...having.values],
    object,
    columns,
    ...hidden,
    typeofs,
    children,
    kind: isCount ? 'count' : isGrouped ? 'aggregate' : 'records',
  };
}
