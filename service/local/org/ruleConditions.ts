import type { Row } from './database.ts';
import type { FieldSchema } from './schema.ts';

/** Operations of a rule item (Metadata API, FilterOperation; "within" is for reports only). */
export const RULE_OPERATIONS = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
  'includes',
  'excludes',
] as const;
type Operation = (typeof RULE_OPERATIONS)[number];

const NUMBERS = new Set(['double', 'currency', 'percent', 'int']);

/** Numbers by size, everything else as text without case: "9" is above "80000" in a postal code, as Help says. */
function compared(field: FieldSchema | undefined, actual: string, wanted: string): number {
  if (field && NUMBERS.has(field.type)) return Number(actual) - Number(wanted);
  return actual < wanted ? -1 : actual > wanted ? 1 : 0;
}

function holdsFor(operation: Operation, field: FieldSchema | undefined, [actual, wanted]: [string, string]): boolean {
  const order = (): number => compared(field, actual, wanted);
  const isBlank = actual === '';
  const parts = actual.split(';');
  const tests: Record<Operation, () => boolean> = {
    equals: () => (isBlank || wanted === '' ? actual === wanted : order() === 0),
    notEqual: () => (isBlank || wanted === '' ? actual !== wanted : order() !== 0),
    lessThan: () => !isBlank && order() < 0,
    greaterThan: () => !isBlank && order() > 0,
    lessOrEqual: () => !isBlank && order() <= 0,
    greaterOrEqual: () => !isBlank && order() >= 0,
    contains: () => wanted !== '' && actual.includes(wanted),
    notContain: () => wanted === '' || !actual.includes(wanted),
    startsWith: () => wanted !== '' && actual.startsWith(wanted),
    includes: () => parts.includes(wanted),
    excludes: () => !parts.includes(wanted),
  };
  return tests[operation]();
}

const IS_NEGATIVE = new Set<Operation>(['notEqual', 'notContain', 'excludes']);

export interface RuleItem {
  name: string;
  field: FieldSchema | undefined;
  operation: Operation;
  wanted: string[];
}

export function ruleItem(item: Row, byName: ReadonlyMap<string, FieldSchema>): RuleItem {
  const name = String(item['Field']).replace(/^Account\./i, '');
  const field = byName.get(name.toLowerCase());
  const wanted = String(item['Value'] ?? '')
    .split(',')
    .map((value) => value.trim().toLowerCase())
    .map((value) => (field?.type === 'boolean' ? (value === 'true' || value === '1' ? '1' : '0') : value));
  return { name: field?.name ?? name, field, operation: String(item['Operation']) as Operation, wanted };
}

/** Values divided by commas: one of them for the positive operations, none of them for the negative ones. */
export function itemHolds({ name, field, operation, wanted }: RuleItem, account: Row): boolean {
  const actual = String(account[name] ?? (field?.type === 'boolean' ? 0 : '')).toLowerCase();
  const holds = (value: string): boolean => holdsFor(operation, field, [actual, value]);
  return IS_NEGATIVE.has(operation) ? wanted.every(holds) : wanted.some(holds);
}

/** "1 AND (2 OR 3)" over the items in SortOrder; without a filter all items must match. */
export function filterHolds(filter: string | null, results: boolean[]): boolean {
  if (!filter) return results.every(Boolean);
  let text = filter.toUpperCase().replace(/\d+/g, (n) => (results[Number(n) - 1] ? 'T' : 'F'));
  for (let before = ''; before !== text;) {
    before = text;
    text = text
      .replace(/\(\s*([TF])\s*\)/g, '$1')
      .replace(/NOT\s+([TF])/g, (_, value: string) => (value === 'T' ? 'F' : 'T'))
      .replace(/([TF])\s+AND\s+([TF])/, (_, a: string, b: string) => (a === 'T' && b === 'T' ? 'T' : 'F'));
    if (text === before)
      text = text.replace(/([TF])\s+OR\s+([TF])/, (_, a: string, b: string) => (a === 'T' || b === 'T' ? 'T' : 'F'));
  }
  return text.trim() === 'T';
}
