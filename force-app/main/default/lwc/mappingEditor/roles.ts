import type { CrmMapping, FieldMapping, MappingProblem } from 'c/bailiwick';

interface Group {
  readonly label: string;
  readonly object: 'account' | 'user';
  readonly roles: readonly { name: string; label: string }[];
}

/** What an account and a user can tell, in the words of the screen. */
export const GROUPS: readonly Group[] = [
  {
    label: 'Who an account is',
    object: 'account',
    roles: [
      { name: 'npi', label: 'NPI' },
      { name: 'ccn', label: 'CCN (CMS certification number)' },
      { name: 'specialty', label: 'Specialty' },
      { name: 'kind', label: 'Kind of account' },
      { name: 'parent', label: 'Parent (health system, IDN)' },
    ],
  },
  {
    label: 'Where it is',
    object: 'account',
    roles: [
      { name: 'postalCode', label: 'ZIP' },
      { name: 'street', label: 'Street' },
      { name: 'city', label: 'City' },
      { name: 'state', label: 'State' },
      { name: 'latitude', label: 'Latitude' },
      { name: 'longitude', label: 'Longitude' },
    ],
  },
  {
    label: 'What it is worth',
    object: 'account',
    roles: [
      { name: 'salesUsd', label: 'Sales of twelve months' },
      { name: 'lastActivity', label: 'Last activity' },
    ],
  },
  {
    label: 'Reps',
    object: 'user',
    roles: [
      { name: 'postalCode', label: 'ZIP of the home' },
      { name: 'city', label: 'City of the home' },
      { name: 'latitude', label: 'Latitude of the home' },
      { name: 'longitude', label: 'Longitude of the home' },
      { name: 'quotaUsd', label: 'Quota' },
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
