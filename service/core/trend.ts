/** Ratio by which something moved; null where there was nothing before. */
export const change = (now: number, before: number): number | null => (before > 0 ? now / before - 1 : null);

/** How far a part moved beyond the whole: (1 + change here) ÷ (1 + change of the nation) − 1; null where either is unknown. */
export function localChange(here: number | null, nation: number | null): number | null {
  return here === null || nation === null || nation === -1 ? null : (1 + here) / (1 + nation) - 1;
}

/** Beyond the nation by more than this a territory has moved by itself: the target range of potential (product.md). */
export const DRIFT_RANGE = 0.15;

/** One period: a figure of every unit, and of the nation with what stands in no unit. */
export interface PeriodOfUnits {
  readonly units: readonly number[];
  readonly nation: number;
}

export interface TerritoryTrend {
  /** Its figure in each period, oldest first. */
  readonly figures: readonly number[];
  /** Ratios from the last period but one to the last. */
  readonly change: number | null;
  readonly localChange: number | null;
  readonly hasDrifted: boolean;
}

/**
 * What every territory was worth period by period, under the borders of today. A drop of the whole nation is nobody's drift: only what a
 * territory moved beyond it is. With fewer than two periods nothing has changed.
 */
export function territoryTrends(
  periods: readonly PeriodOfUnits[],
  territories: readonly (readonly number[])[],
): TerritoryTrend[] {
  const [before, last] = periods.length < 2 ? [] : [periods.at(-2), periods.at(-1)];
  const nation = before && last ? change(last.nation, before.nation) : null;
  return territories.map((units) => {
    const figures = periods.map((period) => units.reduce((sum, unit) => sum + (period.units[unit] ?? 0), 0));
    const here = before && last ? change(figures.at(-1) ?? 0, figures.at(-2) ?? 0) : null;
    const beyond = localChange(here, nation);
    return {
      figures,
      change: here,
      localChange: beyond,
      hasDrifted: beyond !== null && Math.abs(beyond) > DRIFT_RANGE,
    };
  });
}
