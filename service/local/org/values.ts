import type { SQLInputValue } from 'node:sqlite';
import { longId } from '../../core/ids.ts';
import { SalesforceError, salesforceError, WrongTypeError } from './errors.ts';
import { fieldLabel, type FieldSchema } from './schema.ts';

const wrongType = (field: FieldSchema, value: unknown): WrongTypeError =>
  new WrongTypeError({ ...field, label: fieldLabel(field) }, value);

/** An id as 18 characters. @throws MALFORMED_ID when it cannot be one */
export function idValue(value: unknown, field?: FieldSchema): string {
  if (typeof value !== 'string' || !/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(value)) {
    throw field ? salesforceError.malformedId(fieldLabel(field), value, [field.name]) : salesforceError.badId(value);
  }
  return longId(value);
}

/** Salesforce's numbers have 18 digits at most. */
const MAX_DIGITS = 18;
const MAX_INT = 2 ** 31 - 1;

function numberValue(field: FieldSchema, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongType(field, value);
  const whole = (field.precision ?? MAX_DIGITS) - (field.precision === undefined ? 0 : (field.scale ?? 0));
  const max = field.type === 'int' ? MAX_INT : 10 ** whole;
  if (Math.abs(number) > max || (field.type !== 'int' && Math.abs(number) === max))
    throw new SalesforceError(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${fieldLabel(field)}: value outside of valid range on numeric field: ${String(value)}`,
      { fields: [field.name] },
    );
  if (field.type === 'int') return Math.round(number);
  return field.scale === undefined ? number : Number(number.toFixed(field.scale));
}

function dateValue(field: FieldSchema, value: unknown): string {
  const text = typeof value === 'string' ? value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : '';
  const time = /^\d{4}-\d{2}-\d{2}(?:$|T)/.test(text) ? Date.parse(text) : Number.NaN;
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  // Date.parse moves the 30th of February on to March
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  if (Number.isNaN(time) || !isDay) throw wrongType(field, value);
  const iso = new Date(time).toISOString();
  return field.type === 'date' ? iso.slice(0, 10) : iso;
}

const fieldError = (code: 'STRING_TOO_LONG' | 'INVALID_EMAIL_ADDRESS', field: FieldSchema, text: string) =>
  new SalesforceError(code, `${fieldLabel(field)}: ${text}`, { fields: [field.name] });

function checkPicked(field: FieldSchema, text: string): string {
  const values = field.values ?? [];
  const parts = field.type === 'multipicklist' ? text.split(';').filter(Boolean) : [text];
  if (field.restricted && parts.some((part) => !values.some((value) => value.toLowerCase() === part.toLowerCase())))
    throw new SalesforceError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${fieldLabel(field)}: bad value for restricted picklist field: ${text}`,
      { fields: [field.name] },
    );
  if (field.type !== 'multipicklist') return text;
  // stored in the order of the picklist, as Salesforce keeps it
  const place = (part: string): number => (values.indexOf(part) + values.length + 1) % (values.length + 1);
  return [...new Set(parts)].sort((a, b) => place(a) - place(b)).join(';');
}

function textValue(field: FieldSchema, value: unknown): string {
  if (typeof value === 'object') throw wrongType(field, value);
  const text = String(value);
  const max = field.length ?? 255;
  if (text.length > max)
    throw fieldError('STRING_TOO_LONG', field, `data value too large: ${text.slice(0, 80)} (max length=${max})`);
  if (field.type === 'email' && !/^[^\s@<>(),;]+@[^\s@<>(),;.]+(?:\.[^\s@<>(),;.]+)+$/.test(text))
    throw fieldError('INVALID_EMAIL_ADDRESS', field, `invalid email address: ${text}`);
  return field.values ? checkPicked(field, text) : text;
}

/** What a caller sent for a field, as the value that is stored. Empty text is null, as in Salesforce. */
export function storedValue(field: FieldSchema, value: unknown): SQLInputValue {
  if (value === null || value === undefined || value === '') return field.type === 'boolean' ? 0 : null;
  switch (field.type) {
    case 'id':
    case 'reference':
      return idValue(value, field);
    case 'boolean':
      if (typeof value === 'boolean') return value ? 1 : 0;
      if (typeof value === 'string' && /^(true|false|1|0)$/i.test(value)) return /^(true|1)$/i.test(value) ? 1 : 0;
      throw wrongType(field, value);
    case 'double':
    case 'currency':
    case 'percent':
    case 'int':
      return numberValue(field, value);
    case 'date':
    case 'datetime':
      return dateValue(field, value);
    default:
      return textValue(field, value);
  }
}

/** A stored value as the REST API shows it: datetimes end in +0000. */
export function shownValue(field: FieldSchema, value: SQLInputValue | undefined): unknown {
  if (value === null || value === undefined) return field.type === 'boolean' ? false : null;
  if (field.type === 'boolean') return value === 1;
  if (field.type === 'address') return JSON.parse(String(value)) as unknown;
  if (field.type === 'datetime') return String(value).replace(/Z$/, '+0000');
  return value;
}
