import { count, usd } from './format';
import type { BoundRow } from './propose';
import { filled } from './filled';
import { texts } from './texts';

const WORDS: Readonly<Record<string, (value: number) => string>> = {
  workloadHours: (value) => filled(texts.hours, count(value)),
  potentialUsd: (value) => filled(texts.ofMarketPotential, usd(value)),
};
const number = (text: string): number | null => (text.trim() === '' ? null : Number(text));

interface Side {
  value: number;
  of: string | null;
}

/** What cannot be kept together, in words; empty where all fits. Rules on every territory count in each of them. */
export function boundProblem(
  rows: readonly BoundRow[],
  territories: readonly { label: string; value: string }[],
): string {
  const nameOf = (id: string | null) =>
    territories.find(({ value }) => value === id)?.label.split(' · ')[0] ?? texts.everyTerritory;
  const typed = rows.flatMap(({ min, max }) => [number(min), number(max)]).filter((value) => value !== null);
  if (typed.some((value) => !Number.isFinite(value) || value < 0)) return texts.leastAndMostAreNumbersFrom0Up;
  for (const measure of Object.keys(WORDS)) {
    const own = rows.filter((row) => row.measure === measure);
    for (const territory of [null, ...new Set(own.flatMap((row) => row.territory ?? []))]) {
      const about = own.filter((row) => row.territory === null || row.territory === territory);
      const least = tightest(about, 'min');
      const most = tightest(about, 'max');
      if (!least || !most || least.value <= most.value) continue;
      const [atLeast, atMost] = [least, most].map(({ value }) => WORDS[measure]?.(value) ?? '');
      const where =
        [least, most].some(({ of }) => of === null) && territory !== null ? texts.asOneLimitIsOnEveryTerritory : '';
      return filled(texts.atLeastAndAtMostCannotBothHoldFor, atLeast, atMost, nameOf(territory), where);
    }
  }
  return '';
}

function tightest(rows: readonly BoundRow[], side: 'min' | 'max'): Side | null {
  const sign = side === 'min' ? 1 : -1;
  return rows.reduce<Side | null>((found, row) => {
    const value = number(row[side]);
    if (value === null || (found && sign * value <= sign * found.value)) return found;
    return { value, of: row.territory };
  }, null);
}
