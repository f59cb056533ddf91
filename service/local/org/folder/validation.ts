import type { Row } from '../database.ts';
import { SalesforceError } from '../errors.ts';
import type { ResolvedObject } from '../schema.ts';
import { evaluated, type Formula, type FormulaRow, type Value } from './formula.ts';

/** A validation rule: when its condition is true, the record is refused with its message. */
export interface ValidationRule {
  object: string;
  name: string;
  when: Formula;
  message: string;
  /** Where the message is shown; the record as a whole when absent. */
  field?: string | undefined;
}

function valueOf(object: ResolvedObject, row: Row | undefined, name: string): Value {
  const field = object.byName.get(name.toLowerCase());
  const value = field ? (row?.[field.name] ?? null) : null;
  if (field?.type === 'boolean') return value === 1;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** Salesforce runs every rule of the object and answers the first that holds. @throws FIELD_CUSTOM_VALIDATION_EXCEPTION */
export function requireValid(
  rules: readonly ValidationRule[],
  object: ResolvedObject,
  rows: { row: Row; before: Row | undefined },
): void {
  const at: FormulaRow = {
    value: (name) => valueOf(object, rows.row, name),
    prior: (name) => valueOf(object, rows.before, name),
    isNew: rows.before === undefined,
  };
  for (const rule of rules)
    if (rule.object === object.name && evaluated(rule.when, at) === true)
      throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, {
        fields: rule.field ? [rule.field] : [],
      });
}
