import type { Random } from '../random.ts';
import { bordering } from './bordering.ts';
import { objectiveOf } from './certify.ts';
import { Energy } from './energy.ts';
import type { Plan } from './plan.ts';
import { polish } from './polish.ts';
import type { EngineOptions } from './problem.ts';
import { reach } from './reach.ts';
import { anneal, descend } from './search.ts';
import { takeBack } from './takeBack.ts';

/** Border moves tried on the default effort: this often for every unit on a border of round territories. */
const TRIES = 6000;
const LEAST_TRIES = 2500;
/** And on no effort at all, for each unit: the first plan to look at. */
const FIRST_TRIES = 20;
const MOST_OF_THE_LEAST = 4_000_000;
/** Temperatures of the search from nothing and from today's map, as shares of what an average unit costs locally. */
const HOT = 0.3;
const WARM = 0.5;
const COLD = 0.02;
/** How much stiffer ranges are at the end of the search than at its begin, and at the end of the squeeze. */
const STIFFER = 20;
const SQUEEZED = 60;
/** Rounds that squeeze what is still off target, and their part of the tries. */
const SQUEEZES = 3;
const SQUEEZE_PART = 0.25;
/** Rounds among the last territories off target and those around them, so many borders away: there the search is denser. */
const LOCAL_ROUNDS = 8;
const HOPS = 2;
const DENSER = 3;
/** So many of them where that is nearly everywhere. */
const WIDE_ROUNDS = 3;
/** And that of the search for shape once everything is on target. */
const SHAPE_PART = 0.3;

export interface ImproveOptions extends Omit<EngineOptions, 'seed'> {
  readonly random: Random;
  /** Prices of the transport problem (measure * k + territory), as shares of the totals in km². */
  readonly prices?: Float64Array;
}

/**
 * Improves a legal plan in place and leaves the best legal plan seen: moves at the border under prices that learn
 * (an augmented Lagrangian), rounds that squeeze what is off target, then outlines. Returns the moves tried.
 */
export function improve(plan: Plan, options: ImproveOptions): number {
  const energy = new Energy(plan, options.prices);
  const best = new Best(plan, energy);
  const stop = () => options.shouldStop?.() ?? false;
  const fromToday = plan.problem.disruptionWeight > 0 && plan.problem.current !== null;
  const report = (phase: string, share: number) =>
    options.onProgress?.({ phase, share, onTarget: best.onTarget, territories: plan.k });
  const wanted = Math.max(Math.min(LEAST_TRIES * plan.n, MOST_OF_THE_LEAST), TRIES * Math.sqrt(plan.n * plan.k));
  const tries = Math.max(FIRST_TRIES * plan.n, wanted * options.effort);
  const search = (
    phase: string,
    schedule: { tries: number; start: number; from: number; to: number; shares: [number, number]; region?: Uint8Array },
  ) =>
    anneal(plan, energy, {
      tries: schedule.tries,
      start: schedule.start,
      end: COLD,
      hardness: [schedule.from, schedule.to],
      random: options.random,
      region: schedule.region ?? null,
      after: (share) => {
        best.keep();
        report(phase, schedule.shares[0] + (schedule.shares[1] - schedule.shares[0]) * share);
        return stop();
      },
    });

  let steps = 0;
  report('start', 0.2);
  if (fromToday) steps += descend(plan, energy, { most: plan.n, stop });
  best.keep();
  const isDone = () => stop() || (fromToday && best.onTarget === plan.k);
  if (!isDone())
    steps += search('balance', { tries, start: fromToday ? WARM : HOT, from: 1, to: STIFFER, shares: [0.2, 0.7] });
  const isOff = () => options.effort > 0 && !stop() && best.onTarget < plan.k;
  for (let round = 0; round < SQUEEZES && isOff(); round++) {
    best.restore();
    const shares: [number, number] = [0.7 + 0.04 * round, 0.74 + 0.04 * round];
    const hard = { from: STIFFER, to: SQUEEZED, shares };
    steps += search('squeeze', { tries: tries * SQUEEZE_PART, start: WARM * (round + 1), ...hard });
    best.restore();
    reach(plan, energy, stop);
    best.keep();
  }
  for (let round = 0; round < LOCAL_ROUNDS && isOff(); round++) {
    best.restore();
    const region = regionOff(plan, energy);
    const part = Math.min(1, (DENSER * region.reduce((sum, inside) => sum + inside, 0)) / plan.k);
    if (part === 1 && round >= WIDE_ROUNDS) break;
    const hard = { from: STIFFER, to: SQUEEZED, shares: [0.86, 0.9] as [number, number], region };
    steps += search('squeeze', { tries: tries * SQUEEZE_PART * part, start: WARM * ((round % SQUEEZES) + 1), ...hard });
  }
  if (best.onTarget === plan.k && options.effort > 0 && !fromToday && !stop()) {
    best.restore();
    energy.aimAtEdge();
    const hard = { from: STIFFER, to: SQUEEZED, shares: [0.9, 0.93] as [number, number] };
    steps += search('shape', { tries: tries * SHAPE_PART, start: WARM, ...hard });
  }
  best.restore();
  polish(plan, energy, stop);
  if (fromToday) takeBack(plan, energy);
  report('prove', 0.95);
  return steps;
}

/** 1 for each territory off target and for those around it. */
function regionOff(plan: Plan, energy: Energy): Uint8Array {
  const region = new Uint8Array(plan.k);
  for (let j = 0; j < plan.k; j++) if (energy.violation(j) > 0) region[j] = 1;
  const links = bordering(plan);
  for (let hop = 0; hop < HOPS; hop++) {
    const before = region.slice();
    for (let i = 0; i < links.length; i += 2) if (before[links[i]!] === 1) region[links[i + 1]!] = 1;
  }
  return region;
}

/** The best plan seen: most territories on target, then least outside, then the smallest objective. */
class Best {
  onTarget = 0;
  private readonly plan: Plan;
  private readonly energy: Energy;
  private readonly owner: Int32Array;
  private outside = Infinity;
  private objective = Infinity;

  constructor(plan: Plan, energy: Energy) {
    this.plan = plan;
    this.energy = energy;
    this.owner = plan.owner.slice();
    this.keep();
  }

  keep(): void {
    let outside = 0;
    let onTarget = 0;
    for (let j = 0; j < this.plan.k; j++) {
      const off = this.energy.violation(j);
      if (off > 0) outside += 0.05 + off;
      else onTarget++;
    }
    if (outside > this.outside + 1e-9) return;
    const objective = objectiveOf(this.plan);
    if (outside > this.outside - 1e-9 && objective >= this.objective) return;
    this.outside = outside;
    this.objective = objective;
    this.onTarget = onTarget;
    this.owner.set(this.plan.owner);
  }

  restore(): void {
    this.keep();
    this.plan.set(this.owner);
    this.energy.refresh();
  }
}
