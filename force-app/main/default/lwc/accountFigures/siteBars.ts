import { count } from 'c/bailiwick';
import type { AccountPage } from 'c/bailiwick';
import { texts } from './texts';

/** The five sites of care, by place-of-service code. */
const SITES = [
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

/** One bar a site, all five always shown; the longest fills its track. */
export function siteBars(sites: AccountPage['sites']) {
  const most = Math.max(1, ...sites.map(({ procedures }) => procedures));
  return SITES.map(({ code, name }) => {
    const procedures = sites.find((site) => site.code === code)?.procedures ?? 0;
    return { code, name, text: told(procedures), style: `width:${((100 * procedures) / most).toFixed(1)}%` };
  });
}
