import { count, day, usd } from 'c/bailiwick';
import type { AccountPage, AccountTeam } from 'c/bailiwick';

export const TABS = [
  { value: 'procedures', label: 'Procedures' },
  { value: 'trend', label: 'Trend' },
  { value: 'peers', label: 'Against peers' },
  { value: 'near', label: 'Nearby' },
  { value: 'history', label: 'History' },
  { value: 'feedback', label: 'Feedback' },
];

export const isShown = ({ unitIndexes }: AccountTeam): boolean => unitIndexes.length > 0;

/** The chosen team; first the one that cuts finest, of those whose territory this user may see. */
export function teamShown(teams: readonly AccountTeam[], teamId: string): AccountTeam | null {
  const [finest] = teams.filter(isShown).sort((a, b) => a.unitIndexes.length - b.unitIndexes.length);
  return teams.find((team) => team.teamId === teamId) ?? finest ?? teams[0] ?? null;
}

export function money(page: AccountPage | null) {
  if (!page) return [];
  const { potentialUsd, salesUsd, headroomUsd, source } = page;
  // without claims nothing is known, which is not zero
  const known = (value: number) => (source ? usd(value) : '—');
  return [
    { label: 'Market potential', value: known(potentialUsd) },
    { label: 'Current sales', value: usd(salesUsd) },
    { label: 'Headroom', value: known(headroomUsd) },
  ];
}

/** All procedures of the period that the claims cover. */
export function sitesTitle(page: AccountPage | null): string {
  const all = (page?.sites ?? []).reduce((sum, { procedures }) => sum + procedures, 0);
  const period = page?.source ? ` (${page.source.period})` : '';
  return `${count(all)} procedures by site of care${period}`;
}

/** Whose procedures count elsewhere, as a surgeon's at her hospitals, is told so: the potential above is what counts here. */
export function involvedText(page: AccountPage | null): string {
  if (!page?.source) return page ? 'No claims are loaded yet: Sales Ops loads them in the Market step.' : '';
  const elsewhere = page.involvedUsd - page.potentialUsd;
  return elsewhere >= 1 ? `It takes part in procedures worth ${usd(page.involvedUsd)}; ${usd(elsewhere)} of them count elsewhere, such as where they are performed.` : ''; // prettier-ignore
}

export function historyRows(page: AccountPage | null) {
  return (page?.history ?? []).map(({ at, byName, text }, i) => ({
    key: `${i}`,
    text: `${day(at)}, ${byName}: ${text}`,
  }));
}
