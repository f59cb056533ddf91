import { count, hours, sentence, usd } from 'c/bailiwick';
import type { UserPage, UserTerritory } from 'c/bailiwick';

export const TABS = [
  { value: 'focus', label: 'Focus' },
  { value: 'plan', label: 'Field plan' },
  { value: 'story', label: 'What changed' },
  { value: 'feedback', label: 'Feedback' },
];

export const emptyText = (isSelf: boolean, canDesign: boolean): string =>
  isSelf && canDesign
    ? 'You work no territory yourself. The territories that you manage are in the workbench; what their reps say is wrong is below.'
    : `${isSelf ? 'You have' : 'This person has'} no territory. Territory Admins give territories their reps in Salesforce’s Territory Management.`;

/** Why there are no figures beside a territory. */
export const outlineText = ({ user, hasNoClaims }: UserPage): string =>
  hasNoClaims
    ? 'No claims are loaded yet, so nothing can be counted. Sales Ops loads them in the Market step.'
    : `You see what it is called and where it lies. Its figures are for ${user.name}, for managers above and for Sales Ops.`;

export function figures(territory: UserTerritory | null) {
  if (!territory) return [];
  const { potentialUsd, salesUsd, headroomUsd, accounts } = territory;
  return [
    { label: 'Market potential', value: usd(potentialUsd) },
    { label: 'Current sales', value: usd(salesUsd) },
    { label: 'Headroom', value: usd(headroomUsd) },
    { label: 'Accounts', value: count(accounts) },
  ];
}

export function workNote(t: UserTerritory | null): string {
  if (!t) return '';
  const parts = `${hours(t.callHours)} calls, ${hours(t.caseHours)} cases, ${hours(t.travelHours)} travel, ${hours(t.administrationHours)} administration`;
  return `${hours(t.workloadHours)} of ${hours(t.capacityHours)} a year: ${parts}`;
}

export const potentialNote = (t: UserTerritory | null): string =>
  t ? `${usd(t.potentialUsd)} of a target of ${usd(t.target.potentialUsd)}; the target range is ±15 %` : '';

export const sourceText = (t: UserTerritory | null): string =>
  t ? `${t.source.label}, ${t.source.period}. ${sentence(t.source.formula)}` : '';
