/**
 * How far a potential may be off. Three sources: imputed counts, the year-to-year movement of single providers, and demand that could
 * not be placed. The first two are variances, independent from cell to cell and provider to provider, so they add up over any set of
 * units; the third only lifts the upper end.
 */

/** Additive parts of one unit, or of a set of units after `added`. */
export interface UncertainPart {
  /** The potential in US dollars. */
  readonly usd: number;
  /** Σ imputed counts × (US dollars per count)². */
  readonly imputedSquares: number;
  /** Σ over providers of (their US dollars)². */
  readonly providerSquares: number;
}

/** How one provider's volume moves within a year, as ratios: -0.26 means 26 % less. */
export interface YearlyChange {
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
}

/** Measured over all providers of CMS files of 2018 to 2020; used where no two periods of a file are there. */
export const CMS_YEARLY_CHANGE: YearlyChange = { p10: -0.26, median: 0.02, p90: 0.64 };

/** Standard deviations from the middle of a normal distribution to its 10th or 90th percentile. */
export const Z80 = 1.2816;

export interface UncertaintyRules {
  /** Counts below this were imputed, each of them somewhere from 1 to below − 1. */
  readonly below: number;
  readonly yearly: YearlyChange;
  /** Potential that counts and stands in no unit ÷ potential that does; 0 where everything is placed. */
  readonly unplacedShare: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Parts of several units together; zero for none. */
export function added(parts: Iterable<UncertainPart>): UncertainPart {
  let [usd, imputedSquares, providerSquares] = [0, 0, 0];
  for (const part of parts) {
    usd += part.usd;
    imputedSquares += part.imputedSquares;
    providerSquares += part.providerSquares;
  }
  return { usd, imputedSquares, providerSquares };
}

/** Variance of a count that is somewhere from 1 to below − 1, each as likely: ((below − 1)² − 1) ÷ 12; 8.25 for 1 to 10. */
export function imputedVariance(below: number): number {
  const most = Math.max(1, below - 1);
  return (most * most - 1) / 12;
}

/** Spread of one provider's volume from year to year as a ratio: (p90 − p10) ÷ (2 × 1.2816). */
export function yearlySpread({ p10, p90 }: YearlyChange): number {
  return Math.max(0, p90 - p10) / (2 * Z80);
}

/** Variance in US dollars²: imputed squares × imputed variance + provider squares × yearly spread². */
export function variance(part: UncertainPart, { below, yearly }: Pick<UncertaintyRules, 'below' | 'yearly'>): number {
  return part.imputedSquares * imputedVariance(below) + part.providerSquares * yearlySpread(yearly) ** 2;
}

/** Half an 80 % interval in US dollars: 1.2816 standard deviations. */
export function halfInterval(varianceUsd2: number): number {
  return Z80 * Math.sqrt(Math.max(0, varianceUsd2));
}

/** Variance of each territory's potential in US dollars²: those of its units add up; 0 for an empty one. */
export function territoryVariances(
  owners: readonly number[],
  varianceUsd2: readonly number[],
  territories: number,
): number[] {
  const sums = new Array<number>(territories).fill(0);
  owners.forEach((owner, unit) => {
    if (owner >= 0 && owner < territories) sums[owner] = (sums[owner] ?? 0) + (varianceUsd2[unit] ?? 0);
  });
  return sums;
}

/** Half the 80 % interval of each territory's potential; 0 for an empty one. */
export const territorySpreads = (...of: Parameters<typeof territoryVariances>): number[] =>
  territoryVariances(...of).map(halfInterval);

/** 80 % interval of a potential in US dollars: ± 1.2816 standard deviations, never below 0, the upper end lifted by the unplaced share. */
export function potentialInterval(part: UncertainPart, rules: UncertaintyRules): Interval {
  const half = halfInterval(variance(part, rules));
  return { low: Math.max(0, part.usd - half), high: part.usd * (1 + Math.max(0, rules.unplacedShare)) + half };
}

/**
 * Whether the difference of two sets of units that share none is noise: not more than 1.2816 standard deviations of it, so that one
 * in five equal pairs would differ more. Equal potentials are noise always.
 */
export function isNoise(
  a: UncertainPart,
  b: UncertainPart,
  rules: Pick<UncertaintyRules, 'below' | 'yearly'>,
): boolean {
  return Math.abs(a.usd - b.usd) <= halfInterval(variance(a, rules) + variance(b, rules));
}
