/** How evenly figures are spread; all 0 for perfectly even ones, and for none. */
export interface Evenness {
  /** Standard deviation ÷ mean, over all (not a sample). */
  readonly variation: number;
  /** Most ÷ least; null where the least is 0. */
  readonly mostToLeast: number | null;
  /** Gini 1912: 0 where all have the same, towards 1 where one has all. */
  readonly gini: number;
}

/** Figures of at least 0. Gini = Σ (2·i − n − 1)·x_i ÷ (n·Σ x), x ascending, i from 1. */
export function evenness(values: readonly number[]): Evenness {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (n === 0 || total <= 0) return { variation: 0, mostToLeast: null, gini: 0 };
  const mean = total / n;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  const ranked = sorted.reduce((sum, value, i) => sum + (2 * (i + 1) - n - 1) * value, 0);
  return {
    variation: Math.sqrt(variance) / mean,
    mostToLeast: sorted[0]! > 0 ? sorted.at(-1)! / sorted[0]! : null,
    gini: ranked / (n * total),
  };
}
