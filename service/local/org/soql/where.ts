import type { Condition, FunctionExp, HavingClause, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { SQLInputValue } from 'node:sqlite';
import { longId } from '../../../core/ids.ts';
import { SalesforceError, salesforceError } from '../errors.ts';
import type { FieldSchema } from '../schema.ts';
import { dateRange, stringLiteral } from './literals.ts';

export interface SqlPart {
  sql: string;
  values: SQLInputValue[];
}

export interface WhereContext {
  column: (path: string) => { sql: string; field: FieldSchema };
  /** Aggregates in HAVING. */
  fn: (fn: FunctionExp) => { sql: string; field: FieldSchema };
  semiJoin: (query: Query) => SqlPart;
  nowMs: number;
}

const badOperator = (text: string): SalesforceError => new SalesforceError('INVALID_QUERY_FILTER_OPERATOR', text);

type Literal = { value: SQLInputValue } | { range: [string, string] };

const NUMBERS = new Set(['double', 'currency', 'percent', 'int']);
const bad = (field: FieldSchema, type: string, isQuoted: boolean): SalesforceError =>
  new SalesforceError(
    'INVALID_FIELD',
    `value of filter criterion for field '${field.name}' must be of type ${type} and should ${isQuoted ? '' : 'not '}be enclosed in quotes`,
  );

function literalOf(field: FieldSchema, text: string, type: string, context: { nowMs: number; like: boolean }): Literal {
  if (type === 'NULL') return { value: null };
  if (field.type === 'boolean') {
    if (type !== 'BOOLEAN') throw bad(field, 'boolean', false);
    return { value: /^true$/i.test(text) ? 1 : 0 };
  }
  if (NUMBERS.has(field.type)) {
    if (type !== 'INTEGER' && type !== 'DECIMAL') throw bad(field, field.type === 'int' ? 'int' : 'double', false);
    return { value: Number(text) };
  }
  if (field.type === 'date' || field.type === 'datetime') {
    const isDay = field.type === 'date';
    const cut = (ms: number) => (isDay ? new Date(ms).toISOString().slice(0, 10) : new Date(ms).toISOString());
    if (type === 'DATE_LITERAL' || type === 'DATE_N_LITERAL') {
      const range = dateRange(text, context.nowMs);
      if (!range) throw salesforceError.malformedQuery(`unexpected token: '${text}'`);
      return { range: [cut(range[0]), cut(range[1])] };
    }
    if (type !== (isDay ? 'DATE' : 'DATETIME')) throw bad(field, isDay ? 'date' : 'dateTime', false);
    const time = Date.parse(text);
    if (Number.isNaN(time)) throw salesforceError.malformedQuery(`line 1:1 no viable alternative at '${text}'`);
    return { value: cut(time) };
  }
  if (type !== 'STRING') throw bad(field, field.type === 'picklist' ? 'string' : field.type, true);
  const value = stringLiteral(text, context.like);
  if ((field.type === 'id' || field.type === 'reference') && value !== '' && !context.like) {
    if (!/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(value))
      throw new SalesforceError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${value}`);
    return { value: longId(value) };
  }
  return { value: value === '' ? null : value };
}

/** SQLite knows the cases of ASCII alone; where a text has other letters both sides are folded. */
const WIDE = /[\u0080-\uffff]/;
function folded(column: string, value: SQLInputValue): { column: string; value: SQLInputValue } {
  if (typeof value !== 'string' || !WIDE.test(value)) return { column, value };
  return { column: `unicode_fold(${column})`, value: value.toLowerCase() };
}

function compare(rawColumn: string, operator: string, literal: Literal): SqlPart {
  const { column, value } = 'value' in literal ? folded(rawColumn, literal.value) : { column: rawColumn, value: null };
  if ('range' in literal) {
    const [start, end] = literal.range;
    const sqlOf: Record<string, SqlPart> = {
      '=': { sql: `(${column} >= ? AND ${column} < ?)`, values: [start, end] },
      '!=': { sql: `(${column} IS NULL OR ${column} < ? OR ${column} >= ?)`, values: [start, end] },
      '<': { sql: `${column} < ?`, values: [start] },
      '<=': { sql: `${column} < ?`, values: [end] },
      '>': { sql: `${column} >= ?`, values: [end] },
      '>=': { sql: `${column} >= ?`, values: [start] },
    };
    return sqlOf[operator] ?? { sql: '0', values: [] };
  }
  if (operator === '=')
    return value === null ? { sql: `${column} IS NULL`, values: [] } : { sql: `${column} = ?`, values: [value] };
  // != is true where the field is empty
  if (operator === '!=') return { sql: `${column} IS NOT ?`, values: [value] };
  if (operator === 'LIKE') return { sql: `${column} LIKE ? ESCAPE '\\'`, values: [value ?? ''] };
  return { sql: `${column} ${operator} ?`, values: [value] };
}

function multiPicklist(column: string, operator: string, literals: Literal[]): SqlPart {
  const sets = literals.map((literal) => String('value' in literal ? literal.value : '').split(';'));
  const one = (set: string[]) => `(${set.map(() => `(';' || ${column} || ';') LIKE ?`).join(' AND ')})`;
  const sql = `IFNULL(${sets.map(one).join(' OR ')}, 0)`;
  return { sql: operator === 'EXCLUDES' ? `NOT ${sql}` : sql, values: sets.flat().map((part) => `%;${part};%`) };
}

/** @throws INVALID_QUERY_FILTER_OPERATOR when a field's type does not know the operator */
function requireOperator(field: FieldSchema, operator: string): void {
  const isId = field.type === 'id' || field.type === 'reference';
  if (operator === 'LIKE' && isId) throw badOperator('invalid operator on id field');
  if (operator === 'LIKE' && (NUMBERS.has(field.type) || /^(boolean|date|datetime)$/.test(field.type)))
    throw badOperator('invalid operator');
  if (/^(INCLUDES|EXCLUDES)$/.test(operator) && field.type !== 'multipicklist') throw badOperator('invalid operator');
  if (/^[<>]=?$/.test(operator) && field.type === 'boolean') throw badOperator('invalid operator on boolean field');
}

/** IN and NOT IN value by value, for lists with other letters than those of ASCII. */
function eachOf(column: string, operator: string, values: SQLInputValue[]): SqlPart {
  const parts = values.map((value) => compare(column, operator === 'IN' ? '=' : '!=', { value }));
  const sql = parts.map((part) => part.sql).join(operator === 'IN' ? ' OR ' : ' AND ');
  return { sql: `(${sql})`, values: parts.flatMap((part) => part.values) };
}

function conditionSql(condition: Condition, context: WhereContext): SqlPart {
  if (!('operator' in condition)) return { sql: '', values: [] };
  const { sql: column, field } = 'fn' in condition ? context.fn(condition.fn) : context.column(condition.field);
  const operator = condition.operator.toUpperCase();
  if ('valueQuery' in condition) {
    if (field.type !== 'id' && field.type !== 'reference')
      throw salesforceError.malformedQuery(
        `Semi join sub-selects can only be used on Id and reference fields, not on ${field.name}`,
      );
    const inner = context.semiJoin(condition.valueQuery as Query);
    const empty = operator === 'NOT IN' ? `${column} IS NULL OR ` : '';
    return { sql: `(${empty}${column} ${operator} (${inner.sql}))`, values: inner.values };
  }
  requireOperator(field, operator);
  const values = Array.isArray(condition.value) ? condition.value : [condition.value];
  const types = condition.literalType;
  const literals = values.map((value, k) => {
    const type = Array.isArray(types) ? types[k] : types;
    return literalOf(field, String(value), type ?? 'STRING', { nowMs: context.nowMs, like: operator === 'LIKE' });
  });
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return multiPicklist(column, operator, literals);
  if (operator === 'IN' || operator === 'NOT IN') {
    const parts = literals.map((literal) => ('value' in literal ? literal.value : null));
    const present = parts.filter((value) => value !== null);
    const wide = present.filter((value) => typeof value === 'string' && WIDE.test(value));
    if (wide.length) return eachOf(column, operator, parts);
    const list = `(${present.map(() => '?').join(', ')})`;
    if (operator === 'IN')
      return {
        sql: `(${column} IN ${list}${present.length < parts.length ? ` OR ${column} IS NULL` : ''})`,
        values: present,
      };
    const nullToo = present.length < parts.length ? `${column} IS NOT NULL AND` : `${column} IS NULL OR`;
    return { sql: `(${nullToo} ${column} NOT IN ${list})`, values: present };
  }
  const first = literals[0];
  if (!first) throw salesforceError.malformedQuery('unexpected token: <EOF>');
  return compare(column, operator, first);
}

/**
 * The parser gives a list that leans to the right, each condition with its counts of opening and closing parentheses, so
 * SQL comes out token by token. Salesforce refuses AND beside OR at one level without parentheses.
 */
export function whereSql(clause: WhereClause | HavingClause, context: WhereContext): SqlPart {
  const tokens: string[] = [];
  const values: SQLInputValue[] = [];
  const connectors: (string | undefined)[] = [undefined];
  const hasNot = JSON.stringify(clause).includes('"operator":"NOT"');
  let node: WhereClause | HavingClause | undefined = clause;
  while (node) {
    const left = node.left as (Condition & { openParen?: number; closeParen?: number }) | null;
    for (let k = 0; k < (left?.openParen ?? 0); k++) {
      connectors.push(undefined);
      tokens.push('(');
    }
    if (left && 'operator' in left) {
      const part = conditionSql(left, context);
      // under NOT, three-valued SQL would lose rows with empty fields; SOQL has two values
      tokens.push(hasNot ? `IFNULL(${part.sql}, 0)` : `(${part.sql})`);
      values.push(...part.values);
    }
    for (let k = 0; k < (left?.closeParen ?? 0); k++) {
      connectors.pop();
      tokens.push(')');
    }
    const operator: string | undefined = 'operator' in node ? node.operator : undefined;
    if (operator === 'AND' || operator === 'OR') {
      const before = connectors.at(-1);
      if (before && before !== operator) throw salesforceError.malformedQuery(`unexpected token: '${operator}'`);
      connectors[connectors.length - 1] = operator;
    }
    if (operator) tokens.push(operator);
    node = 'right' in node ? node.right : undefined;
  }
  return { sql: tokens.join(' '), values };
}
