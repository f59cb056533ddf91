import {
  ACCOUNT_ROLES,
  USER_ROLES,
  type AccountRole,
  type ClassRule,
  type CrmMapping,
  type DescribedField,
  type DescribedObject,
} from './mapping.ts';
import { guessClasses } from './mappingClasses.ts';
import { ACCOUNT_SPECS, USER_SPECS, type RoleSpec } from './mappingRoles.ts';

/** Values of a field in the sample that was read. */
export interface FieldSample {
  readonly rows: number;
  readonly filled: number;
  /** The most frequent values first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
}
export type Samples = ReadonlyMap<string, FieldSample>;

export type Confidence = 'high' | 'medium' | 'low';

/** A field that may be meant for a role. */
export interface Candidate {
  readonly field: string;
  readonly label: string;
  readonly type: string;
  readonly confidence: Confidence;
  /** Why it was found, in one sentence. */
  readonly reason: string;
  readonly sample: FieldSample | null;
}

export interface MappingGuess {
  readonly mapping: CrmMapping;
  readonly account: Readonly<Record<string, readonly Candidate[]>>;
  readonly user: Readonly<Record<string, readonly Candidate[]>>;
  readonly classes: readonly { readonly name: string; readonly rule: ClassRule; readonly reason: string }[];
}

/** Shares of valid values from which on what stands in a field tells what it is. */
const MOSTLY = 0.9;
const MAX_CANDIDATES = 8;

/** "Facility_Kind__c" → "Facility Kind", "PersonMailingPostalCode" → "Person Mailing Postal Code", "NPI__pc" → "NPI". */
export const spelled = (name: string): string =>
  name
    .replace(/__(c|pc|s)$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');

interface Scored extends Candidate {
  readonly score: number;
}

function scored(field: DescribedField, spec: RoleSpec, sample: FieldSample | null): Scored | null {
  const texts = [spelled(field.name), field.label];
  if (!spec.types.includes(field.type) || (spec.not && texts.some((text) => spec.not?.test(text)))) return null;
  const word = spec.words.findIndex((words) => texts.some((text) => words.test(text)));
  const isStandard = spec.standard?.includes(field.name) ?? false;
  const { holds } = spec;
  const told = holds && sample && sample.filled > 0 ? validShare(sample, holds) : null;
  const listed = holds && field.values.length > 0 ? field.values.filter(holds).length / field.values.length : null;
  const content = told ?? (listed !== null && listed > 0 ? Math.max(listed, MOSTLY) : null);
  const isNamed = word >= 0 || isStandard;
  const isTold = content !== null && content >= MOSTLY;
  if (!isNamed && !isTold) return null;
  if (spec.maxValues !== undefined && (content === null || (sample && sample.values.length > spec.maxValues)))
    return null;
  // what stands in it speaks against its name
  if (isNamed && told !== null && told < 0.1 && listed === null) return null;
  const filled = sample && sample.rows > 0 ? sample.filled / sample.rows : 0;
  const byName = isNamed ? 1 - Math.max(0, word) * 0.1 : 0;
  const score = byName + (isTold ? 0.9 : 0) + filled * 0.5;
  const isSure = isNamed && (holds ? isTold : filled > 0 || sample === null || isStandard);
  return {
    field: field.name,
    label: field.label,
    type: field.type,
    confidence: isSure ? 'high' : isNamed || spec.isDistinctive ? 'medium' : 'low',
    reason: reasonOf({ isNamed, told, sample }),
    sample,
    score,
  };
}

function reasonOf(at: { isNamed: boolean; told: number | null; sample: FieldSample | null }): string {
  const parts = [at.isNamed ? 'Its name says so' : 'Its name does not say so'];
  if (at.told !== null) parts.push(`${Math.round(at.told * 100)} % of its values are valid`);
  if (at.sample) parts.push(`filled in ${at.sample.filled} of ${at.sample.rows} records read`);
  return `${parts.join('; ')}.`;
}

function validShare({ values }: FieldSample, holds: (text: string) => boolean): number {
  const all = values.reduce((sum, { count }) => sum + count, 0);
  const valid = values.reduce((sum, { value, count }) => sum + (holds(value) ? count : 0), 0);
  return all === 0 ? 0 : valid / all;
}

function candidates(described: DescribedObject, spec: RoleSpec, samples: Samples): Scored[] {
  return described.fields
    .flatMap((field) => scored(field, spec, samples.get(field.name) ?? null) ?? [])
    .sort((a, b) => b.score - a.score || (a.field < b.field ? -1 : 1))
    .slice(0, MAX_CANDIDATES);
}

const plain = ({ score: _score, ...candidate }: Scored): Candidate => candidate;
const isPersonField = (name: string): boolean => name.endsWith('__pc');
const FAMILY: readonly AccountRole[] = ['street', 'city', 'state', 'latitude', 'longitude'];
const SUFFIX = {
  street: 'Street',
  city: 'City',
  state: 'State',
  latitude: 'Latitude',
  longitude: 'Longitude',
} as const;

/** The address that holds the ZIP also holds the rest; person accounts may keep theirs elsewhere, which comes second. */
function addressFields(
  found: Record<AccountRole, Scored[]>,
  described: DescribedObject,
): Partial<Record<AccountRole, string[]>> {
  const has = (name: string): boolean => described.fields.some((field) => field.name === name);
  const isUsed = (candidate: Scored): boolean => candidate.sample === null || candidate.sample.filled > 0;
  const zips = found.postalCode.filter((candidate) => candidate.confidence !== 'low');
  // Billing is where most orgs keep it, as long as it is not empty where another address is filled
  const best =
    zips.filter(isUsed).sort((a, b) => b.score - a.score)[0] ?? zips.find(({ field }) => field === 'BillingPostalCode');
  if (!best) return {};
  const person = zips.find((zip) => zip !== best && zip.field.startsWith('Person') && isUsed(zip));
  const postal = [best, ...(person ? [person] : [])].map(({ field }) => field);
  const fields: Partial<Record<AccountRole, string[]>> = { postalCode: postal };
  for (const role of FAMILY) {
    const own = postal.flatMap((zip) => {
      const prefix = /^(.*)PostalCode$/.exec(zip)?.[1];
      const name = `${prefix}${SUFFIX[role as keyof typeof SUFFIX]}`;
      return prefix !== undefined && has(name) ? [name] : [];
    });
    const custom = found[role].filter(({ field, sample }) =>
      field.endsWith('__c') || /__s$/.test(field) ? (sample?.filled ?? 1) > 0 : false,
    );
    const isPlace = role === 'latitude' || role === 'longitude';
    fields[role] = own.length === 0 || isPlace ? [...own, ...custom.slice(0, 1).map(({ field }) => field)] : own;
  }
  return fields;
}

/** Reads a mapping off the fields' names, labels, types and values; an admin confirms or corrects it. */
export function guessMapping(
  described: { account: DescribedObject; user: DescribedObject },
  samples: { account: Samples; user: Samples } = { account: new Map(), user: new Map() },
): MappingGuess {
  const found = Object.fromEntries(
    ACCOUNT_ROLES.map((role) => [role, candidates(described.account, ACCOUNT_SPECS[role], samples.account)]),
  ) as Record<AccountRole, Scored[]>;
  const users = Object.fromEntries(
    USER_ROLES.map((role) => [role, candidates(described.user, USER_SPECS[role], samples.user)]),
  );
  // business accounts keep a value in one field, the contacts of Person Accounts in another
  const best = (list: readonly Scored[]): string[] => {
    const [first, ...others] = list.filter(({ confidence }) => confidence !== 'low');
    if (!first) return [];
    const second = others.find(
      ({ field, confidence, sample }) =>
        confidence === 'high' && isPersonField(field) !== isPersonField(first.field) && (sample?.filled ?? 0) > 0,
    );
    return second && (isPersonField(first.field) || isPersonField(second.field))
      ? [first.field, second.field]
      : [first.field];
  };
  const account = Object.fromEntries(ACCOUNT_ROLES.map((role) => [role, best(found[role])]));
  Object.assign(account, addressFields(found, described.account));
  const kind = (account['kind'] as string[])[0];
  const classes = guessClasses(described.account, kind, samples.account);
  return {
    mapping: {
      version: 1,
      account: account as unknown as CrmMapping['account'],
      user: Object.fromEntries(
        USER_ROLES.map((role) => [role, best(users[role] ?? [])]),
      ) as unknown as CrmMapping['user'],
      classes: {
        parent: classes.filter(({ name }) => name === 'parent').map(({ rule }) => rule),
        facility: classes.filter(({ name }) => name === 'facility').map(({ rule }) => rule),
        physician: classes.filter(({ name }) => name === 'physician').map(({ rule }) => rule),
      },
    },
    account: Object.fromEntries(ACCOUNT_ROLES.map((role) => [role, found[role].map(plain)])),
    user: Object.fromEntries(USER_ROLES.map((role) => [role, (users[role] ?? []).map(plain)])),
    classes,
  };
}
