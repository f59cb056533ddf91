import { count, hours, percent } from 'c/bailiwick';
import type { BalanceRow } from 'c/bailiwick';

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
      { label: 'Hours of all', value: arrow(hours(sum(before)), hours(sum(after))) },
      {
        label: 'On target in hours',
        value: `${arrow(count(within(before)), count(within(after)))} of ${after.length}`,
      },
      { label: 'Over 115 % of the hours', value: arrow(count(over(before)), count(over(after))) },
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
      .map(({ name, was, is }) => ({ name, value: `${percent(was)} → ${percent(is)}` })),
    quotas: after
      .filter(({ quotaFairness }) => quotaFairness !== null)
      .map(({ name, quotaFairness }) => ({ name, value: percent(quotaFairness ?? 0) })),
  };
}
