import type { CrmMapping, FieldMapping, MappingProblem } from 'c/bailiwick';
import { texts } from './texts';

interface Group {
  readonly label: string;
  readonly object: 'account' | 'user';
  readonly roles: readonly { name: string; label: string }[];
}

/** What an account and a user can tell, in the words of the screen. */
export const GROUPS: readonly Group[] = [
  {
    label: texts.whoAnAccountIs,
    object: 'account',
    roles: [
      { name: 'npi', label: 'NPI' },
      { name: 'ccn', label: texts.ccnCmsCertificationNumber },
      { name: 'specialty', label: texts.specialty },
      { name: 'kind', label: texts.kindOfAccount },
      { name: 'parent', label: texts.parentHealthSystemIdn },
    ],
  },
  {
    label: texts.whereItIs,
    object: 'account',
    roles: [
      { name: 'postalCode', label: 'ZIP' },
      { name: 'street', label: texts.street },
      { name: 'city', label: texts.city },
      { name: 'state', label: texts.state },
      { name: 'latitude', label: texts.latitude },
      { name: 'longitude', label: texts.longitude },
    ],
  },
  {
    label: texts.whatItIsWorth,
    object: 'account',
    roles: [
      { name: 'salesUsd', label: texts.salesOfTwelveMonths },
      { name: 'lastActivity', label: texts.lastActivity },
    ],
  },
  {
    label: texts.reps,
    object: 'user',
    roles: [
      { name: 'postalCode', label: texts.zipOfTheHome },
      { name: 'city', label: texts.cityOfTheHome },
      { name: 'latitude', label: texts.latitudeOfTheHome },
      { name: 'longitude', label: texts.longitudeOfTheHome },
      { name: 'quotaUsd', label: texts.quota },
    ],
  },
];

interface Known {
  answer: FieldMapping;
  mapping: CrmMapping;
  problems: readonly MappingProblem[];
}

/** A group's roles with their fields, candidates and what does not fit. */
export function groupRows({ object, roles }: Group, { answer, mapping, problems }: Known) {
  return roles.map(({ name, label }) => {
    const role = `${object}.${name}`;
    return {
      role,
      label,
      fields: mapping[object][name] ?? [],
      candidates: answer.guess[object][name] ?? [],
      problems: problems.filter((one) => one.role === role).map(({ message, action }) => `${message} ${action}`),
    };
  });
}
