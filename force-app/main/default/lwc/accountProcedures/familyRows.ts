import { count } from 'c/bailiwick';
import type { AccountPage } from 'c/bailiwick';
import { texts } from './texts';

/** The five sites of care, by place-of-service code. */
export const SITES = [
  { code: '11', name: texts.office },
  { code: '19', name: texts.offCampusOutpatient },
  { code: '21', name: texts.inpatient },
  { code: '22', name: texts.onCampusOutpatient },
  { code: '24', name: texts.surgeryCenter },
] as const;

/** Counts under 11 are never told: they stand as a fraction in every sum, and as “< 11” on the screen. */
const SMALL = 11;
const told = (procedures: number): string =>
  procedures < SMALL && !Number.isInteger(procedures) ? `< ${SMALL}` : count(procedures);

/** Procedures by family and name, with one number a site. Codes never stand alone. */
export function familyRows(procedures: AccountPage['procedures']) {
  return [...procedures]
    .sort((a, b) => b.total - a.total)
    .map(({ family, code, name, bySite, total, suppressed }) => ({
      key: `${family}-${code}`,
      family,
      name: `${name} (${code})`,
      cells: SITES.map((site) => ({ code: site.code, text: bySite[site.code] ? told(bySite[site.code] ?? 0) : '–' })),
      total: suppressed ? `${count(total)} *` : count(total),
    }));
}
