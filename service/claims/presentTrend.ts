import { change, localChange } from '../core/trend.ts';
import type { PeriodSums } from './trend.ts';
import type { Visible } from './presentDemand.ts';

/**
 * The market period by period: nationally, over the chosen units, and how far these moved beyond the nation. National sums are for those who see everything; its change is for everybody.
 */
export function presentTrend(periods: readonly PeriodSums[], units: readonly number[], visible: Visible) {
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const over = (values: readonly number[]) => units.reduce((sum, unit) => sum + (values[unit] ?? 0), 0);
  const nation = periods.map((each) => ({
    procedures: total(each.procedures) + each.unplaced.procedures,
    opportunityUsd: total(each.potentialUsd) + each.unplaced.potentialUsd,
  }));
  const steps = periods.map(({ period, file, importedAt, procedures, potentialUsd, imputedProcedures }, i) => {
    const [now, before] = [over(procedures), i > 0 ? over(periods[i - 1]?.procedures ?? []) : 0];
    const national = change(nation[i]?.procedures ?? 0, nation[i - 1]?.procedures ?? 0);
    const here = change(now, before);
    const all = nation[i]?.procedures ?? 0;
    return {
      period,
      file,
      importedAt,
      national: visible === 'all' ? (nation[i] ?? null) : null,
      nationalChange: national,
      selected: { procedures: now, opportunityUsd: over(potentialUsd) },
      selectedChange: here,
      localChange: localChange(here, national),
      suppressedShare: all > 0 ? imputedProcedures / all : 0,
    };
  });
  const [before, last] = [periods.at(-2), periods.at(-1)];
  const changes = last?.procedures.map((now, unit) =>
    visible === 'all' || visible.has(unit) ? change(now, before?.procedures[unit] ?? 0) : null,
  );
  return { periods: steps, unitChange: changes ?? [] };
}
