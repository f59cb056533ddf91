import { SalesforceError } from '../errors.ts';
import type { FieldSchema } from '../schema.ts';

/** Long text areas and addresses can be shown, never filtered, sorted or grouped. */
const MAX_SHORT_TEXT = 255;

/** @throws INVALID_FIELD in Salesforce's words when a field cannot be used so */
export function requireUse(field: FieldSchema, use: 'filtered' | 'sorted' | 'grouped'): void {
  const isLong = field.type === 'textarea' && (field.length ?? MAX_SHORT_TEXT) > MAX_SHORT_TEXT;
  const isRefused = isLong || field.type === 'address' || (field.type === 'multipicklist' && use !== 'filtered');
  if (isRefused) throw new SalesforceError('INVALID_FIELD', `field '${field.name}' can not be ${use} in a query call`);
}
