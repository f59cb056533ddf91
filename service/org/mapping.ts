/** What an account can tell, in the product's words. */
export const ACCOUNT_ROLES = [
  'npi',
  'ccn',
  'specialty',
  'kind',
  'salesUsd',
  'street',
  'city',
  'state',
  'postalCode',
  'latitude',
  'longitude',
  'lastActivity',
  'parent',
] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

export const USER_ROLES = ['postalCode', 'city', 'latitude', 'longitude', 'quotaUsd'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** In the order in which rules are tried: a health system that is also called a hospital is a parent. */
export const ACCOUNT_CLASSES = ['parent', 'facility', 'physician'] as const;
export type AccountClass = (typeof ACCOUNT_CLASSES)[number];

/** Records whose field has one of the values, such as RecordType.DeveloperName in (HCP) or IsPersonAccount in (true). */
export interface ClassRule {
  readonly field: string;
  readonly values: readonly string[];
}

/**
 * Where the product's values stand in this org. A role may name several fields: the first that is filled counts, so that
 * facilities keep their ZIP in one place and person accounts in another. An empty list: the org has no such value.
 */
export interface CrmMapping {
  readonly version: 1;
  readonly account: Readonly<Record<AccountRole, readonly string[]>>;
  readonly user: Readonly<Record<UserRole, readonly string[]>>;
  /** A record is of the first class with a rule that holds; without one it is told by its numbers (CCN: a facility). */
  readonly classes: Readonly<Record<AccountClass, readonly ClassRule[]>>;
}

/** A field of an object as describe tells it. */
export interface DescribedField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly referenceTo: readonly string[];
}

export interface DescribedObject {
  readonly fields: readonly DescribedField[];
  readonly recordTypes: readonly { readonly developerName: string; readonly name: string }[];
}

type Values = Readonly<Record<string, unknown>>;

/** "RecordType.DeveloperName" of a record as a query gave it. */
export function valueAt(record: Values, path: string): unknown {
  let value: unknown = record;
  for (const name of path.split('.')) value = (value as Values | null | undefined)?.[name];
  return value;
}

/** The first value of these fields that is not empty. */
export function firstValue(record: Values, fields: readonly string[]): unknown {
  return fields.map((name) => valueAt(record, name)).find((value) => value != null && value !== '') ?? null;
}

/** The class that a rule gives, null when none holds. Texts compare without case. */
export function classOf(record: Values, mapping: CrmMapping): AccountClass | null {
  const holds = ({ field, values }: ClassRule): boolean => {
    const value = valueAt(record, field);
    const told = String(value ?? '').toLowerCase();
    return values.some((wanted) => wanted.toLowerCase() === told);
  };
  return ACCOUNT_CLASSES.find((name) => mapping.classes[name].some(holds)) ?? null;
}

/** "ParentId" → "Parent.Name", "Health_System__c" → "Health_System__r.Name". */
export const nameBehind = (lookup: string): string =>
  `${lookup.endsWith('__c') ? lookup.replace(/__c$/, '__r') : lookup.replace(/Id$/, '')}.Name`;

/** Every field that a query of accounts must ask for. */
export function accountFields(mapping: CrmMapping): string[] {
  const rules = ACCOUNT_CLASSES.flatMap((name) => mapping.classes[name].map((rule) => rule.field));
  const roles = ACCOUNT_ROLES.flatMap((role) => [...mapping.account[role]]);
  return [...new Set([...roles, ...mapping.account.parent.map(nameBehind), ...rules])];
}

export const userFields = (mapping: CrmMapping): string[] => [
  ...new Set(USER_ROLES.flatMap((role) => [...mapping.user[role]])),
];
