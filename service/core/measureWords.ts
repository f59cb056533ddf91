import type { Measure } from './measures.ts';

/** Measures as people say them, within a sentence. */
export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  workloadHours: 'hours',
  potentialUsd: 'market potential',
  salesUsd: 'sales',
  headroomUsd: 'headroom',
  providers: 'providers',
  accounts: 'accounts',
  procedures: 'procedures',
};

/** The measure of an engine's problem in words; one of a file keeps its own name. */
export const measureWord = (name: string): string => MEASURE_WORDS[name as Measure] ?? name;

/** An amount with its unit: "1,800 hours", "$2,500,000 of market potential", "12 accounts". */
export function amountOf(measure: Measure, value: number): string {
  const text = Math.round(value).toLocaleString('en-US');
  return measure.endsWith('Usd') ? `$${text} of ${MEASURE_WORDS[measure]}` : `${text} ${MEASURE_WORDS[measure]}`;
}
