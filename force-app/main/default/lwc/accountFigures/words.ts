import { count, filled, usd } from 'c/bailiwick';
import type { AccountPage } from 'c/bailiwick';
import { texts } from './texts';

export function money(page: AccountPage | null) {
  if (!page) return [];
  const { potentialUsd, salesUsd, headroomUsd, source } = page;
  // without claims nothing is known, which is not zero
  const known = (value: number) => (source ? usd(value) : '—');
  return [
    { label: texts.marketPotential, value: known(potentialUsd) },
    { label: texts.currentSales, value: usd(salesUsd) },
    { label: texts.headroom, value: known(headroomUsd) },
  ];
}

/** All procedures of the period that the claims cover. */
export function sitesTitle(page: AccountPage | null): string {
  const all = (page?.sites ?? []).reduce((sum, { procedures }) => sum + procedures, 0);
  const period = page?.source ? ` (${page.source.period})` : '';
  return filled(texts.proceduresBySiteOfCare, count(all), period);
}

/** Whose procedures count elsewhere, as a surgeon's at her hospitals, is told so: the potential above is what counts here. */
export function involvedText(page: AccountPage | null): string {
  if (!page?.source) return page ? texts.noClaimsAreLoadedYetSalesOpsLoads : '';
  const elsewhere = page.involvedUsd - page.potentialUsd;
  return elsewhere >= 1 ? filled(texts.itTakesPartInProceduresWorthOfThem, usd(page.involvedUsd), usd(elsewhere)) : ''; // prettier-ignore
}
