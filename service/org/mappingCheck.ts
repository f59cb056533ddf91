import {
  ACCOUNT_CLASSES,
  ACCOUNT_ROLES,
  USER_ROLES,
  type ClassRule,
  type CrmMapping,
  type DescribedField,
  type DescribedObject,
} from './mapping.ts';
import { ACCOUNT_SPECS, USER_SPECS } from './mappingRoles.ts';

/** Something that a mapping names and the org does not have. */
export interface MappingProblem {
  /** "account.npi", "user.quotaUsd", "classes.physician" */
  readonly role: string;
  readonly field: string;
  readonly code: 'missing' | 'wrongType' | 'unknownValue';
  readonly message: string;
  readonly action: string;
}

interface Described {
  readonly account: DescribedObject;
  readonly user: DescribedObject;
}

const found = (object: DescribedObject, name: string): DescribedField | undefined =>
  object.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());

function missing(role: string, object: string, field: string): MappingProblem {
  return {
    role,
    field,
    code: 'missing',
    message: `${object}.${field} is not in this org, or the integration user may not read it.`,
    action: 'Give the integration user Read access to the field, or choose another field.',
  };
}

function typeProblem(role: string, field: DescribedField, types: readonly string[]): MappingProblem | null {
  if (types.includes(field.type)) return null;
  return {
    role,
    field: field.name,
    code: 'wrongType',
    message: `${field.name} is of type ${field.type}; ${role} needs ${types.join(', ')}.`,
    action: 'Choose a field of a fitting type.',
  };
}

function ruleProblems(name: string, { field, values }: ClassRule, account: DescribedObject): MappingProblem[] {
  const role = `classes.${name}`;
  const isRecordType = field === 'RecordType.DeveloperName';
  const described = isRecordType ? found(account, 'RecordTypeId') : found(account, field);
  if (!described) return [missing(role, 'Account', field)];
  const known = isRecordType ? account.recordTypes.map((type) => type.developerName) : described.values;
  if (known.length === 0) return [];
  const strange = values.filter((value) => !known.some((each) => each.toLowerCase() === value.toLowerCase()));
  return strange.map((value) => ({
    role,
    field,
    code: 'unknownValue' as const,
    message: `${field} has no value "${value}"; it has ${known.slice(0, 20).join(', ')}.`,
    action: 'Choose one of its values.',
  }));
}

/** Everything that the mapping names and this org does not have as named; empty when it fits. */
export function mappingProblems(mapping: CrmMapping, described: Described): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const check = (
    role: string,
    at: { object: 'Account' | 'User'; names: readonly string[]; types: readonly string[] },
  ) => {
    for (const name of at.names) {
      const field = found(at.object === 'Account' ? described.account : described.user, name);
      const problem = field ? typeProblem(role, field, at.types) : missing(role, at.object, name);
      if (problem) problems.push(problem);
    }
  };
  for (const role of ACCOUNT_ROLES)
    check(`account.${role}`, { object: 'Account', names: mapping.account[role], types: ACCOUNT_SPECS[role].types });
  for (const role of USER_ROLES)
    check(`user.${role}`, { object: 'User', names: mapping.user[role], types: USER_SPECS[role].types });
  for (const name of ACCOUNT_CLASSES)
    for (const rule of mapping.classes[name]) problems.push(...ruleProblems(name, rule, described.account));
  return problems;
}

/** The mapping without what would make every query fail; the problems are told, and the rest of the product works on. */
export function usableMapping(mapping: CrmMapping, problems: readonly MappingProblem[]): CrmMapping {
  const isBad = (role: string, field: string): boolean =>
    problems.some((each) => each.role === role && each.field === field && each.code !== 'unknownValue');
  const kept = <T extends string>(prefix: string, roles: Readonly<Record<T, readonly string[]>>) =>
    Object.fromEntries(
      Object.entries<readonly string[]>(roles).map(([role, names]) => [
        role,
        names.filter((name) => !isBad(`${prefix}.${role}`, name)),
      ]),
    ) as Record<T, string[]>;
  return {
    version: 1,
    account: kept('account', mapping.account),
    user: kept('user', mapping.user),
    classes: Object.fromEntries(
      ACCOUNT_CLASSES.map((name) => [
        name,
        mapping.classes[name].filter((rule) => !isBad(`classes.${name}`, rule.field)),
      ]),
    ) as unknown as CrmMapping['classes'],
  };
}
