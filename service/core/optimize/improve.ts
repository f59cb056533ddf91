import type { Random } from '../random.ts';
import { Best } from './best.ts';
import { Energy } from './energy.ts';
import type { Plan } from './plan.ts';
import { polish } from './polish.ts';
import type { EngineOptions } from './problem.ts';
import { groupsOf, regionsOff, shapeRegion, solveRegion } from './neighbourhood.ts';
import { COLD, HOT, SQUEEZED, STIFFER, triesFor, WARM } from './schedule.ts';
import { anneal, descend } from './search.ts';
import { takeBack } from './takeBack.ts';

/** Beyond so many territories the first search is shorter: what it leaves, regions settle faster. */
const MANY = 400;
const MANY_PART = 0.4;
/** Rounds over the regions that are still off target, and the most they may try together, as a share of the first search. */
const ROUNDS = 12;
/** Borders between what is off and what is solved again with it, by turns. */
const HOPS = 4;
const ROUNDS_PART = 1.5;
/** Territories that are searched for shape together, and how often everything is. */
const SHAPE_SIZE = 20;
const SHAPE_TURNS = 1;

export interface ImproveOptions extends Omit<EngineOptions, 'seed'> {
  readonly random: Random;
  /** Prices of the transport problem (measure * k + territory), as shares of the totals in km². */
  readonly prices?: Float64Array;
}

interface Search {
  readonly tries: number;
  readonly start: number;
  readonly hardness: readonly [number, number];
  /** Part of the progress. */
  readonly shares: readonly [number, number];
}

/**
 * Improves a legal plan in place and leaves the best legal plan seen: moves at the border under prices that learn
 * (an augmented Lagrangian), regions off target solved again, then outlines. Returns the moves tried.
 */
export function improve(plan: Plan, options: ImproveOptions): number {
  const energy = new Energy(plan, options.prices);
  const best = new Best(plan, energy);
  const stop = () => options.shouldStop?.() ?? false;
  const fromToday = plan.problem.disruptionWeight > 0 && plan.problem.current !== null;
  const report = (phase: string, share: number) =>
    options.onProgress?.({ phase, share, onTarget: best.onTarget, territories: plan.k });
  const tries = triesFor(plan, options.effort);
  const search = (phase: string, { tries, start, hardness, shares: [from, to] }: Search) =>
    anneal(plan, energy, {
      tries,
      start,
      end: COLD,
      hardness,
      random: options.random,
      after: (share) => {
        best.keep();
        report(phase, from + (to - from) * share);
        return stop();
      },
    });

  let steps = 0;
  report('start', 0.2);
  if (fromToday) steps += descend(plan, energy, { most: plan.n, stop });
  best.keep();
  const isOff = () => !stop() && best.onTarget < plan.k;
  const squeeze = (turns: readonly [number, number], most: number) => {
    const given = steps;
    for (let turn = turns[0]; turn < turns[1] && isOff() && steps < given + most; turn++) {
      best.restore();
      for (const region of regionsOff(plan, energy, 1 + (turn % HOPS))) {
        if (stop()) break;
        steps += solveRegion(plan, energy, region, { effort: options.effort, random: options.random, stop, turn });
        report('squeeze', 0.7 + (0.2 * turn) / ROUNDS);
      }
      energy.refresh();
      best.keep();
    }
  };
  // from today's map what is off is mended where it is, before anything else may move
  if (fromToday && options.effort > 0) squeeze([0, ROUNDS], 2 * tries);
  if (!fromToday || isOff())
    steps += search('balance', {
      tries: plan.k > MANY ? tries * MANY_PART : tries,
      start: fromToday ? WARM : HOT,
      hardness: [1, STIFFER],
      shares: [0.2, 0.7],
    });
  if (options.effort > 0) squeeze([0, ROUNDS], ROUNDS_PART * tries);
  for (let turn = 0; turn < SHAPE_TURNS && options.effort > 0 && !fromToday && !isOff() && !stop(); turn++) {
    best.restore();
    const groups = groupsOf(plan, SHAPE_SIZE, turn);
    for (const [i, group] of groups.entries()) {
      if (stop()) break;
      steps += shapeRegion(plan, energy, group, { effort: options.effort, random: options.random, stop, turn });
      report('shape', 0.9 + (0.05 * (turn + i / groups.length)) / SHAPE_TURNS);
    }
    energy.refresh();
    best.keep();
  }
  best.restore();
  polish(plan, energy, stop);
  if (fromToday) takeBack(plan, energy);
  report('prove', 0.95);
  return steps;
}
