import type { Instance } from './instance.ts';

/** Between what prices lift the reduced cost of any unit for each territory, per weight of the unit. */
export interface Lifts {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/**
 * Prices (measure * k + territory, as shares of the totals in km²) times a unit's amounts, divided by its weight: the weight
 * is the mean of the amounts, so that this lies between the least and the most price of the measures times their number. In
 * km², where nothing depends on the owner.
 */
export function liftsOf({ k, measures, totals }: Instance, prices: ArrayLike<number>): Lifts {
  const [least, most] = [new Float64Array(k).fill(Infinity), new Float64Array(k).fill(-Infinity)];
  for (let m = 0; m < measures; m++) {
    if (totals[m]! <= 0) continue;
    for (let j = 0; j < k; j++) {
      const lift = prices[m * k + j]! * measures;
      least[j] = Math.min(least[j]!, lift);
      most[j] = Math.max(most[j]!, lift);
    }
  }
  if (totals.some((total) => total > 0)) return { least, most };
  return { least: new Float64Array(k), most: new Float64Array(k) };
}
