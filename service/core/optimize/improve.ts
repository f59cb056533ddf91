import { Improvement, type ImproveOptions } from './improvement.ts';
import type { Plan } from './plan.ts';
import { HOT } from './schedule.ts';
import { WAYS } from './sharing.ts';

/** The most that rounds over regions may try together, as a multiple of the first search; where that is short, they do its work. */
const ROUNDS_PART = 1.5;
/** And those of each way to share what is off between territories. */
const SHARING_PART = 0.15;

/**
 * Improves a legal plan in place and leaves the best legal plan seen: moves at the border under prices that learn
 * (an augmented Lagrangian), regions off target solved again, then outlines. Returns the moves tried.
 */
export function improve(plan: Plan, options: ImproveOptions): number {
  const work = new Improvement(plan, options);
  work.report('start', 0.2);
  work.search(HOT, [0.2, 0.7]);
  work.mend([0.7, 0.8], ROUNDS_PART);
  work.anew([0.8, 0.87]);
  work.shape([0.87, 0.91]);
  work.finish();
  for (const [i, way] of WAYS.entries()) work.share([0.91 + i * 0.01, 0.92 + i * 0.01], way, SHARING_PART);
  work.report('prove', 0.95);
  return work.steps;
}
