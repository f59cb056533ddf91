import type { Energy } from './energy.ts';
import { corridors, type Problem } from './problem.ts';

/** Who is off target anyway may be off by this many tolerances. */
const WIDER = 2;
/** What a territory beyond that counts, in targets: only how many there are matters. Who is on target counts for two. */
const COUNTS = 1;
const COUNTS_ON_TARGET = 2;

/**
 * The problem of sharing where not all can be on target: who is off has wider ranges, whoever is on target keeps his own,
 * and what is far off goes to those around it that are off anyway, until as few as possible are beyond the wider ranges.
 */
export function sharingProblem(energy: Energy): Problem {
  const { problem, loads, k } = energy.plan;
  const isOff = Array.from({ length: k }, (_, j) => energy.violation(j) > 0);
  const rows = corridors(problem, loads);
  return {
    ...problem,
    offCounts: isOff.map((off) => (off ? COUNTS : COUNTS_ON_TARGET)),
    measures: problem.measures.map((measure, m) => ({
      ...measure,
      tolerance: measure.tolerance * WIDER,
      min: rows[m]!.map(({ low }, j) => (isOff[j] ? (measure.min?.[j] ?? null) : low)),
      max: rows[m]!.map(({ high }, j) => (isOff[j] ? (measure.max?.[j] ?? null) : high)),
    })),
  };
}
