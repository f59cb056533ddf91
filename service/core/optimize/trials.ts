import { disruptedShare } from './certify.ts';
import { Energy } from './energy.ts';
import { solveRegion, type Turn } from './neighbourhood.ts';
import type { Plan } from './plan.ts';
import { regionsOff } from './regions.ts';

/** What a trial leaves outside the ranges is handed over about so often until all are inside. */
const HANDED_ON = 3;

/** How starts are tried. */
export type Trial = Omit<Turn, 'turn' | 'inVain'>;

/** How long each is tried: it is to compare starts only. */
export interface Tried {
  readonly trial: Trial;
  /** Rounds over what a start puts off target. */
  readonly rounds: number;
  /** Part of the trial's effort for each round. */
  readonly part: number;
  /** So many of the best are tried once more. */
  readonly again: number;
}

/** Puts something on the plan in one way; returns the territories that have it then. */
export type Start = () => Iterable<number>;

/**
 * Tries starts from the same plan, the best ones once more by other chance: what each puts off target around it is mended,
 * and the plan is left as after the trial that hands over least, the earlier of two. Returns the moves tried.
 */
export function tryStarts(plan: Plan, starts: readonly Start[], { trial, ...length }: Tried): number {
  const before = plan.owner.slice();
  let [best, least, steps] = [before, Infinity, 0];
  const costs: number[] = [];
  const tryOne = (start: Start): number => {
    plan.set(before);
    const tried = attempt(plan, start, { trial, most: least, ...length });
    steps += tried.steps;
    if (tried.cost < least) [best, least] = [plan.owner.slice(), tried.cost];
    return tried.cost;
  };
  const all = starts.length + length.again;
  for (const [i, start] of starts.entries()) {
    if (trial.stop() && least < Infinity) break;
    trial.report(i / all);
    costs.push(tryOne(start));
  }
  const order = [...costs.keys()].sort((a, b) => costs[a]! - costs[b]! || a - b);
  for (const [i, at] of order.slice(0, length.again).entries()) {
    if (trial.stop()) break;
    trial.report((starts.length + i) / all);
    tryOne(starts[at]!);
  }
  plan.set(best);
  return steps;
}

interface Attempt extends Omit<Tried, 'again'> {
  /** What is dearer already is not mended any further. */
  readonly most: number;
}

/** What one start hands over, as a share of all, with what that leaves outside the ranges. */
function attempt(plan: Plan, start: Start, { trial, rounds, part, most }: Attempt): { cost: number; steps: number } {
  const around = new Set(start());
  const energy = new Energy(plan);
  const how = { ...trial, effort: trial.effort * part, inVain: 0, report: () => undefined };
  let steps = 0;
  for (let turn = 0; turn < rounds && disruptedShare(plan) < most && !trial.stop(); turn++) {
    const regions = regionsOff(plan, energy, 1 + turn).filter((region) => region.some((j) => around.has(j)));
    for (const region of regions) steps += solveRegion(plan, energy, region, { ...how, turn });
    energy.refresh();
  }
  // as a share of all, as the other is
  const outside = energy.meanViolation() / plan.instance.measures;
  return { cost: disruptedShare(plan) + HANDED_ON * outside, steps };
}
