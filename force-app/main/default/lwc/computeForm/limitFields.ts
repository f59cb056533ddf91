import type { BoundRow, ComputeRequest } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

/** The limits as they stand in the form; an empty text is no limit. Shares in percent. */
export interface LimitFields {
  accounts: string;
  sales: string;
  pipeline: string;
  top: string;
  km: string;
  counties: boolean;
  only: string[];
  bounds: BoundRow[];
}

/** Fewest changes: at most 15 % of accounts and of sales change rep. */
export const DEFAULT_FIELDS: LimitFields = {
  accounts: '15',
  sales: '15',
  pipeline: '',
  top: '',
  km: '',
  counties: false,
  only: [],
  bounds: [],
};

const number = (text: string): number | null => (text.trim() === '' ? null : Number(text));
const share = (text: string): number => Math.min(1, Math.max(0, (number(text) ?? 100) / 100));

/** Limits and rules as the service takes them. */
export function asked(fields: LimitFields): Pick<ComputeRequest, 'limits' | 'rules'> {
  const { accounts, sales, pipeline, top, km, counties, only, bounds } = fields;
  const isLimited = [accounts, sales, pipeline].some((text) => number(text) !== null);
  return {
    limits: isLimited
      ? {
          accountsShare: share(accounts),
          salesShare: share(sales),
          ...(number(pipeline) === null ? {} : { pipelineShare: share(pipeline) }),
        }
      : null,
    rules: {
      topAccounts: number(top) ?? 0,
      wholeCounties: counties,
      onlyTerritories: only.length > 0 ? only : null,
      maxKm: number(km) === null ? [] : [{ territory: null, km: number(km) }],
      bounds: bounds
        .map(({ territory, measure, min, max }) => ({ territory, measure, min: number(min), max: number(max) }))
        .filter(({ min, max }) => min !== null || max !== null),
    },
  };
}

/** The limits in one line, for the closed form. */
export function inWords({ accounts, sales, pipeline, top, km, counties, only, bounds }: LimitFields): string {
  const limited = bounds.filter(({ min, max }) => `${min}${max}`.trim() !== '').length;
  const part = (text: string, words: (text: string) => string) => (number(text) === null ? [] : [words(text)]);
  const list = [
    ...part(accounts, (text) => filled(texts.atMostOfAccounts, text)),
    ...part(sales, (text) => filled(texts.ofSales, text)),
    ...part(pipeline, (text) => filled(texts.ofOpenPipeline, text)),
    ...part(top, (text) => filled(texts.topAccountsStay, text)),
    ...part(km, (text) => filled(texts.withinKm, text)),
    ...(counties ? [texts.countiesWhole] : []),
    ...(limited > 0 ? [filled(texts.leastOrMost, limited)] : []),
    ...(only.length > 0 ? [filled(texts.only, only.length, only.length === 1 ? 'territory' : 'territories')] : []),
  ];
  return list.length > 0 ? list.join(' · ') : 'none';
}
