import { Energy } from './energy.ts';
import { Improvement, type ImproveOptions } from './improvement.ts';
import { placeNewSeats } from './newSeats.ts';
import type { Plan } from './plan.ts';
import { WARM } from './schedule.ts';
import type { Trial } from './trials.ts';
import { takeBack } from './takeBack.ts';
import { fillVacancies } from './vacancies.ts';

/** The sites of new territories and who takes what nobody has take this share of the progress. */
const SITES_SHARE = 0.2;
/** What the rounds over regions may try, first and after a search over all, as multiples of that search. */
const MENDING_PART = 2;
const REST_PART = 0.75;
/** The search over all comes where more than this part of the territories is still off target, or where the map is small. */
const MANY_OFF = 0.05;
const SMALL = 8_000;

/**
 * Improves today's map in place with as few handovers as it finds: new territories are put where that takes least, what nobody
 * has goes to those around, what is
 * off target is mended where it is, before anything else may move, and then what has moved is replaced by less. Returns
 * the moves tried.
 */
export function keepToday(plan: Plan, options: ImproveOptions): number {
  const { effort, random } = options;
  const onTarget = new Energy(plan).onTarget();
  const trial: Trial = {
    ...{ effort, random, stop: () => options.shouldStop?.() ?? false },
    report: (share) =>
      options.onProgress?.({ phase: 'sites', share: SITES_SHARE * share, onTarget, territories: plan.k }),
  };
  const placed = placeNewSeats(plan, trial) + fillVacancies(plan, trial);
  const work = new Improvement(plan, options);
  work.report('start', SITES_SHARE);
  work.mend([SITES_SHARE, 0.6], MENDING_PART);
  if (work.off() > (plan.n > SMALL ? MANY_OFF * plan.k : 0)) work.search(WARM, [0.6, 0.8]);
  work.mend([0.8, 0.9], REST_PART);
  work.lighten([0.9, 0.95]);
  work.finish();
  takeBack(plan, work.energy);
  work.report('prove', 0.95);
  return placed + work.steps;
}
