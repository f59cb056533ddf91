import type { Measure, TerritoryTotals } from './measures.ts';

/** Least and most of a measure in one territory, named by its id, or in every one. */
export interface Bound {
  readonly territory: string | null;
  readonly measure: Measure;
  readonly min: number | null;
  readonly max: number | null;
}

/** One territory under a rule on least and most, with what a plan gives it. */
export interface BoundKept extends Bound {
  /** Its name. */
  readonly territory: string;
  readonly value: number;
  readonly isKept: boolean;
  /** False where the rule is on every territory alike. */
  readonly isNamed: boolean;
}

/** A value this share of a bound beyond it is rounding. */
const ROUNDING = 1e-9;

/**
 * How a plan keeps the rules on least and most: every rule on every territory that it is about, in the order of the rules.
 * A rule on a territory that the plan does not have is left out.
 */
export function boundsKept(
  bounds: readonly Bound[],
  rows: readonly (TerritoryTotals & { readonly id: string; readonly name: string })[],
): BoundKept[] {
  return bounds.flatMap(({ territory, measure, min, max }) =>
    rows.flatMap((row): BoundKept[] => {
      if (territory !== null && territory !== row.id) return [];
      const value = row[measure];
      const isKept = value >= (min ?? -Infinity) * (1 - ROUNDING) && value <= (max ?? Infinity) * (1 + ROUNDING);
      return [{ territory: row.name, measure, min, max, value, isKept, isNamed: territory !== null }];
    }),
  );
}
