import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import { salesforceError, type SalesforceError } from '../errors.ts';
import type { FieldSchema } from '../schema.ts';

export interface Expression {
  sql: string;
  field: FieldSchema;
  isAggregate: boolean;
}

export const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
const NUMBERS = new Set(['double', 'currency', 'percent', 'int']);
const int: FieldSchema = { name: 'expr', type: 'int' };
const double: FieldSchema = { name: 'expr', type: 'double' };
const day: FieldSchema = { name: 'expr', type: 'date' };
const whole = (format: string) => (column: string) => `CAST(strftime('${format}', ${column}) AS INTEGER)`;
const quarter = (column: string) => `((CAST(strftime('%m', ${column}) AS INTEGER) + 2) / 3)`;

/** Date functions over ISO text in UTC; the fiscal year begins in January. */
const DATE_FUNCTIONS: Record<string, (column: string) => string> = {
  CALENDAR_YEAR: whole('%Y'),
  CALENDAR_MONTH: whole('%m'),
  CALENDAR_QUARTER: quarter,
  FISCAL_YEAR: whole('%Y'),
  FISCAL_MONTH: whole('%m'),
  FISCAL_QUARTER: quarter,
  DAY_IN_MONTH: whole('%d'),
  DAY_IN_WEEK: (column) => `(CAST(strftime('%w', ${column}) AS INTEGER) + 1)`,
  DAY_IN_YEAR: whole('%j'),
  DAY_ONLY: (column) => `substr(${column}, 1, 10)`,
  HOUR_IN_DAY: whole('%H'),
  WEEK_IN_MONTH: (column) => `((CAST(strftime('%d', ${column}) AS INTEGER) + 6) / 7)`,
  WEEK_IN_YEAR: (column) => `((CAST(strftime('%j', ${column}) AS INTEGER) + 6) / 7)`,
};

const refused = (text: string): SalesforceError => salesforceError.malformedQuery(text);

/** The field that a function is about. @throws MALFORMED_QUERY when it is given something else */
export function argumentOf(fn: FunctionExp): string {
  const [first] = fn.parameters ?? [];
  if (typeof first === 'string') return first;
  // every user of this org is in UTC and there is one currency
  if (first && /^(convertTimezone|convertCurrency)$/i.test(first.functionName ?? '')) return argumentOf(first);
  throw refused(`unexpected token: '${fn.rawValue ?? fn.functionName ?? ''}'`);
}

function aggregate(name: string, path: { sql: string; field: FieldSchema }): Expression {
  const { sql, field } = path;
  if ((name === 'SUM' || name === 'AVG') && !NUMBERS.has(field.type))
    throw refused(`field ${field.name} does not support aggregate operator ${name}`);
  if ((name === 'MIN' || name === 'MAX') && (field.type === 'boolean' || field.type === 'multipicklist'))
    throw refused(`field ${field.name} does not support aggregate operator ${name}`);
  if (name === 'COUNT_DISTINCT') return { sql: `COUNT(DISTINCT ${sql})`, field: int, isAggregate: true };
  const type = name === 'COUNT' ? int : name === 'MIN' || name === 'MAX' ? field : double;
  return { sql: `${name}(${sql})`, field: type, isAggregate: true };
}

/** A function of SELECT, WHERE, GROUP BY, HAVING or ORDER BY as SQL. @throws MALFORMED_QUERY when there is none like it */
export function expressionOf(
  fn: FunctionExp,
  column: (path: string) => { sql: string; field: FieldSchema },
): Expression {
  const name = (fn.functionName ?? '').toUpperCase();
  if (name === 'COUNT' && (fn.parameters ?? []).length === 0) return { sql: 'COUNT(*)', field: int, isAggregate: true };
  if (AGGREGATES.has(name)) return aggregate(name, column(argumentOf(fn)));
  const date = DATE_FUNCTIONS[name];
  if (date) {
    const { sql, field } = column(argumentOf(fn));
    const isRight = field.type === 'datetime' || (field.type === 'date' && !/^(DAY_ONLY|HOUR_IN_DAY)$/.test(name));
    if (!isRight) throw refused(`field ${field.name} does not support function ${name}`);
    return { sql: date(sql), field: name === 'DAY_ONLY' ? day : int, isAggregate: false };
  }
  if (/^(TOLABEL|FORMAT|CONVERTCURRENCY)$/.test(name)) {
    // FORMAT(MIN(CloseDate)): "You can also nest it with aggregate or convertCurrency() functions"
    const [inner] = fn.parameters ?? [];
    if (inner && typeof inner !== 'string' && AGGREGATES.has((inner.functionName ?? '').toUpperCase()))
      return expressionOf(inner, column);
    return { ...column(argumentOf(fn)), isAggregate: false };
  }
  if (/^(ROLLUP|CUBE|GROUPING)$/.test(name)) throw refused(`${name} is not served by this stand-in org.`);
  if (name === 'DISTANCE' || name === 'GEOLOCATION') throw refused('DISTANCE is not served by this stand-in org.');
  throw refused(`unexpected token: '${fn.functionName ?? ''}'`);
}
