import { count, filled, hours, percent } from 'c/bailiwick';
import type { BalanceRow } from 'c/bailiwick';
import { texts } from './texts';

const ON_TARGET = 0.1;
const OVERLOADED = 1.15;

/** What a change of parameters does, before and after: the whole first, then the territories that change most. */
export function effectOf(before: readonly BalanceRow[], after: readonly BalanceRow[]) {
  const sum = (rows: readonly BalanceRow[]) => rows.reduce((all, { workloadHours }) => all + workloadHours, 0);
  const within = (rows: readonly BalanceRow[]) =>
    rows.filter(({ ofTarget }) => Math.abs((ofTarget['workloadHours'] ?? 1) - 1) <= ON_TARGET).length;
  const over = (rows: readonly BalanceRow[]) => rows.filter(({ utilization }) => utilization > OVERLOADED).length;
  const arrow = (was: string, is: string) => (was === is ? is : `${was} → ${is}`);
  return {
    figures: [
      { label: texts.hoursOfAll, value: arrow(hours(sum(before)), hours(sum(after))) },
      {
        label: texts.onTargetInHours,
        value: filled(texts.of, arrow(count(within(before)), count(within(after))), after.length),
      },
      { label: texts.over115OfTheHours, value: arrow(count(over(before)), count(over(after))) },
    ],
    rows: after
      .map((row, i) => ({
        name: row.name,
        was: before[i]?.utilization ?? 0,
        is: row.utilization,
        fair: row.quotaFairness,
      }))
      .filter(({ was, is }) => Math.abs(was - is) > 0.0005)
      .sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was))
      .slice(0, 5)
      .map(({ name, was, is }) => ({ name, value: filled(texts.ofTheHoursWasIs, percent(was), percent(is)) })),
    quotas: after
      .filter(({ quotaFairness }) => quotaFairness !== null)
      .map(({ name, quotaFairness }) => ({ name, value: percent(quotaFairness ?? 0) })),
  };
}
