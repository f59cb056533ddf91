import { recordId, type RecordId } from '../core/ids.ts';
import type { CrmRecord } from './connection.ts';

/** Values of a CRM record with the types the product uses; what is missing or of another type is null. */
export const text = (record: CrmRecord | null | undefined, name: string): string | null => {
  const value = record?.[name];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
};
export const number = (record: CrmRecord, name: string): number | null => {
  const value = record[name];
  return typeof value === 'number' ? value : null;
};
export const reference = (record: CrmRecord, name: string): RecordId | null => {
  const value = text(record, name);
  return value === null ? null : recordId(value);
};
export const requiredId = (record: CrmRecord, name = 'Id'): RecordId => recordId(text(record, name) ?? '');
export const parent = (record: CrmRecord, name: string): CrmRecord | null => {
  const value = record[name];
  return typeof value === 'object' && value !== null ? (value as CrmRecord) : null;
};
