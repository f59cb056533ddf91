import { count, usd } from 'c/bailiwick';
import type { AccountPage } from 'c/bailiwick';

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
