/** What one unit holds of all demand and of all heads, as ratios, and the difference: above 0 a plan by heads would miss it. */
export interface ShareGap {
  readonly unit: number;
  readonly demandShare: number;
  readonly headShare: number;
  readonly gap: number;
}

/**
 * Share of the demand beside share of the heads, per unit that has either of them, biggest difference first (either way), then by unit.
 * Where nothing is anywhere its share is 0 everywhere.
 */
export function shareGaps(demand: readonly number[], heads: readonly number[], units?: Iterable<number>): ShareGap[] {
  const chosen = [...(units ?? demand.keys())];
  const total = (values: readonly number[]) => chosen.reduce((sum, unit) => sum + (values[unit] ?? 0), 0);
  const [allDemand, allHeads] = [total(demand), total(heads)];
  const share = (value: number | undefined, all: number) => (all > 0 ? (value ?? 0) / all : 0);
  return chosen
    .map((unit) => {
      const [demandShare, headShare] = [share(demand[unit], allDemand), share(heads[unit], allHeads)];
      return { unit, demandShare, headShare, gap: demandShare - headShare };
    })
    .filter(({ demandShare, headShare }) => demandShare > 0 || headShare > 0)
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap) || a.unit - b.unit);
}
