import { count, usd } from './format';
import type { BoundRow } from './propose';

const WORDS: Readonly<Record<string, (value: number) => string>> = {
  workloadHours: (value) => `${count(value)} hours`,
  potentialUsd: (value) => `${usd(value)} of market potential`,
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
    territories.find(({ value }) => value === id)?.label.split(' · ')[0] ?? 'every territory';
  const typed = rows.flatMap(({ min, max }) => [number(min), number(max)]).filter((value) => value !== null);
  if (typed.some((value) => !Number.isFinite(value) || value < 0)) return 'Least and most are numbers from 0 up.';
  for (const measure of Object.keys(WORDS)) {
    const own = rows.filter((row) => row.measure === measure);
    for (const territory of [null, ...new Set(own.flatMap((row) => row.territory ?? []))]) {
      const about = own.filter((row) => row.territory === null || row.territory === territory);
      const least = tightest(about, 'min');
      const most = tightest(about, 'max');
      if (!least || !most || least.value <= most.value) continue;
      const [atLeast, atMost] = [least, most].map(({ value }) => WORDS[measure]?.(value) ?? '');
      const where =
        [least, most].some(({ of }) => of === null) && territory !== null ? ', as one limit is on every territory' : '';
      return `At least ${atLeast} and at most ${atMost} cannot both hold for ${nameOf(territory)}${where}.`;
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
