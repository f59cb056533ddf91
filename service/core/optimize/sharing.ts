import type { Energy } from './energy.ts';
import { corridors, toleranceOf, type Problem } from './problem.ts';

/** One way to share where not all can be on target, in tolerances. */
export interface Way {
  /** Who is off by more than this is given up: off whatever the others do, it takes what they have too much of. */
  readonly givenUp: number;
  /** Who else is off has ranges so much wider. */
  readonly wider: number;
}

/**
 * First as many as possible on target, then as few as possible off by more than twice the tolerance: many are given up,
 * then those of them that are off least try to come back.
 */
export const WAYS: readonly Way[] = [
  { givenUp: 8, wider: 1 },
  { givenUp: 5, wider: 2 },
  { givenUp: 8, wider: 2 },
];
/** Who is given up takes so many tolerances at most, if it has not more already. */
const MOST = 12;
/** What a territory outside its ranges here counts, in targets: only how many there are matters. */
const COUNTS = 1;
/** And one that has to stay inside: given up, or on target while others have wider ranges. */
const COUNTS_OF_KEPT = 1000;

/**
 * The problem of sharing: ranges as wide as the way has them, and what is outside goes to those around it that have room,
 * until as few as possible are outside.
 */
export function sharingProblem(energy: Energy, way: Way): Problem {
  const { problem, loads, k } = energy.plan;
  const rows = corridors(problem, loads);
  /** How far a territory is from its target, in tolerances of the measure where that is most. */
  const tolerancesOff = (j: number): number =>
    rows.reduce((most, row, m) => {
      const { target } = row[j]!;
      return Math.max(most, Math.abs(loads[m * k + j]! - target) / (toleranceOf(problem, m, j) * target || Infinity));
    }, 0);
  const wider = Array.from({ length: k }, (_, j) => {
    if (energy.violation(j) <= 0) return 1;
    const off = tolerancesOff(j);
    return off > way.givenUp ? Math.max(MOST, off) : way.wider;
  });
  return { ...problem, wider, offCounts: wider.map((by) => (by === way.wider ? COUNTS : COUNTS_OF_KEPT)) };
}
