/** What may have changed between two states of a plan. */
export const CAUSES = ['demand', 'accounts', 'reps', 'parameters'] as const;
export type Cause = (typeof CAUSES)[number];

/** Which causes are as they are after; the others are as they were before. */
export type Mix = Readonly<Record<Cause, boolean>>;

export interface Caused {
  readonly before: number;
  readonly after: number;
  /** Parts of the change; they add up to after − before. */
  readonly parts: Readonly<Record<Cause, number>>;
}

/**
 * Splits the change of each figure among its causes: the mean of what a cause adds over all orders in which the causes may
 * come (Shapley 1953), so no order is preferred and the parts add up exactly. `figures` is asked once for each of the 16 mixes.
 */
export function driftCauses(figures: (mix: Mix) => readonly number[]): Caused[] {
  const known = Array.from({ length: 1 << CAUSES.length }, (_, bits) => figures(mixOf(bits)));
  const [before, after] = [known[0]!, known.at(-1)!];
  return before.map((value, i) => {
    const parts = CAUSES.map((cause, c) => [cause, shapley(c, (bits) => known[bits]![i]!)] as const);
    return { before: value, after: after[i]!, parts: Object.fromEntries(parts) as Record<Cause, number> };
  });
}

const mixOf = (bits: number): Mix =>
  Object.fromEntries(CAUSES.map((cause, c) => [cause, (bits & (1 << c)) !== 0])) as Mix;

/** Weight of a set of s others that come first: s! (n − s − 1)! ÷ n!. */
function shapley(cause: number, valueOf: (bits: number) => number): number {
  const n = CAUSES.length;
  let sum = 0;
  for (let bits = 0; bits < 1 << n; bits++) {
    if (bits & (1 << cause)) continue;
    const size = CAUSES.filter((_, c) => bits & (1 << c)).length;
    const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n);
    sum += weight * (valueOf(bits | (1 << cause)) - valueOf(bits));
  }
  return sum;
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
