import { Improvement, MANY, type ImproveOptions } from './improvement.ts';
import type { Plan } from './plan.ts';
import { HOT } from './schedule.ts';

/** The most that rounds over regions may try together, as a multiple of the first search; where that is short, they do its work. */
const ROUNDS_PART = 1.5;
const ROUNDS_PART_OF_MANY = 2.5;
/** And those that share what is off between territories. */
const SHARING_PART = 0.5;

/**
 * Improves a legal plan in place and leaves the best legal plan seen: moves at the border under prices that learn
 * (an augmented Lagrangian), regions off target solved again, then outlines. Returns the moves tried.
 */
export function improve(plan: Plan, options: ImproveOptions): number {
  const work = new Improvement(plan, options);
  work.report('start', 0.2);
  work.search(HOT, [0.2, 0.7]);
  work.mend([0.7, 0.88], plan.k > MANY ? ROUNDS_PART_OF_MANY : ROUNDS_PART);
  work.shape([0.88, 0.94]);
  work.finish();
  work.share([0.94, 0.95], SHARING_PART);
  work.report('prove', 0.95);
  return work.steps;
}
