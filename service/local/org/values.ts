import type { SQLInputValue } from 'node:sqlite';
import { longId } from '../../core/ids.ts';
import { SalesforceError, salesforceError } from './errors.ts';
import { fieldLabel, type FieldSchema } from './schema.ts';

const wrongType = (field: FieldSchema, value: unknown): SalesforceError =>
  new SalesforceError(
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    `${fieldLabel(field)}: value not of required type: ${String(value)}`,
    {
      fields: [field.name],
    },
  );

/** An id as 18 characters. @throws MALFORMED_ID when it cannot be one */
export function idValue(value: unknown, field?: FieldSchema): string {
  if (typeof value !== 'string' || !/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(value)) {
    throw field ? salesforceError.malformedId(fieldLabel(field), value, [field.name]) : salesforceError.badId(value);
  }
  return longId(value);
}

function numberValue(field: FieldSchema, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongType(field, value);
  return field.type === 'int' ? Math.round(number) : number;
}

function dateValue(field: FieldSchema, value: unknown): string {
  const text = typeof value === 'string' ? value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : '';
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw wrongType(field, value);
  const iso = new Date(time).toISOString();
  return field.type === 'date' ? iso.slice(0, 10) : iso;
}

function textValue(field: FieldSchema, value: unknown): string {
  if (typeof value === 'object') throw wrongType(field, JSON.stringify(value));
  const text = String(value);
  const max = field.length ?? 255;
  if (text.length > max)
    throw new SalesforceError(
      'STRING_TOO_LONG',
      `${fieldLabel(field)}: data value too large: ${text.slice(0, 80)} (max length=${max})`,
      { fields: [field.name] },
    );
  if (field.restricted && !(field.values ?? []).includes(text))
    throw new SalesforceError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${fieldLabel(field)}: bad value for restricted picklist field: ${text}`,
      { fields: [field.name] },
    );
  return text;
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
      if (value === 'true' || value === 'false') return value === 'true' ? 1 : 0;
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
  if (field.type === 'datetime') return String(value).replace(/Z$/, '+0000');
  return value;
}
