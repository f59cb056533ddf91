import { seeded } from '../random.ts';
import { begin } from './begin.ts';
import { certify, type Solution } from './certify.ts';
import { Energy } from './energy.ts';
import { improve } from './improve.ts';
import type { ImproveOptions } from './improvement.ts';
import { keepToday } from './keepToday.ts';
import { Instance } from './instance.ts';
import { placeNewSeats } from './newSeats.ts';
import { Plan } from './plan.ts';
import { assertSolvable, isFromToday, type EngineOptions, type Problem } from './problem.ts';
import { repair } from './repair.ts';

export { certify, spreadKm2, type Certificate, type Solution } from './certify.ts';

/** Raised whenever the same inputs and seed could give another plan. */
export const ENGINE_VERSION = 'transport-anneal-21';

/**
 * Starts from nothing, taken until one is enough (`isEnough`): even ones from centres and prices, odd ones from
 * cuts that split every measure evenly. Problems beyond this many pairs of unit and territory get one start.
 */
const FRESH_STARTS = 2;
const LARGE = 7_000_000;
/** The next start comes also where a plan is so far above its bound: as a rule some corner of the map has settled badly. */
const WIDE = 1.04;

/** Length of the fixed list of starts: it depends on problem and effort only, never on the number of threads. */
export function startCount(problem: Problem, effort: number): number {
  return effort > 0 && problem.current === null && problem.lat.length * problem.k <= LARGE ? FRESH_STARTS : 1;
}

/**
 * Owners for every unit: contiguous, inside the target ranges where the search finds it, then compact. The budget is
 * steps, never seconds, so the same problem, seed and effort give the same plan on any machine.
 */
export function optimize(problem: Problem, options: EngineOptions): Solution {
  let best = solveStart(problem, 0, options);
  for (let start = 1; start < startCount(problem, options.effort) && !isEnough(problem, best); start++) {
    best = better(best, solveStart(problem, start, options));
  }
  return best;
}

/** Are later starts needless, with every territory on target and no wide gap? The answer is the first start that is enough, else the best of all. */
export function isEnough({ k }: Problem, { onTarget, stopped, objective, bound }: Solution): boolean {
  return stopped || (onTarget === k && objective <= WIDE * bound.value);
}

/** One start of the list, from its own numbers. */
export function solveStart(problem: Problem, start: number, { seed, ...options }: EngineOptions): Solution {
  assertSolvable(problem);
  const random = seeded(seed + start * 7919);
  const instance = new Instance(problem);
  const plan = new Plan(instance, problem.current ?? new Int32Array(instance.n).fill(-1));
  const steps = solved(plan, start, { ...options, random });
  const certificate = certify(plan, options.effort > 0 ? options.shouldStop : () => true);
  const energy = new Energy(plan);
  return {
    ...certificate,
    owners: [...plan.owner],
    onTarget: energy.onTarget(),
    stopped: options.shouldStop?.() ?? false,
    start,
    steps,
  };
}

/** Today's map improved, or a first plan from nothing. Returns the moves tried. */
function solved(plan: Plan, start: number, options: ImproveOptions): number {
  if (isFromToday(plan.problem)) return keepToday(plan, options);
  if (plan.problem.current === null) return improve(plan, { ...options, prices: begin(plan, start, options) });
  placeNewSeats(plan);
  repair(plan, (u, j) => plan.squaredKm(u, j));
  return improve(plan, options);
}

/** The better of two starts: fewer territories off target, then the smaller objective, then the earlier start. */
export function better(a: Solution, b: Solution): Solution {
  if (a.onTarget !== b.onTarget) return a.onTarget > b.onTarget ? a : b;
  if (a.objective !== b.objective) return a.objective < b.objective ? a : b;
  return a.start <= b.start ? a : b;
}
