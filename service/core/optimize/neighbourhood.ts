import { Best, isBetter } from './best.ts';
import { bisection } from './bisection.ts';
import { Energy } from './energy.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import { reach } from './reach.ts';
import { Region } from './region.ts';
import { repair } from './repair.ts';
import { COLD, COOL, EDGE, HOT, SQUEEZED, STIFFER, triesForRegion, WARM } from './schedule.ts';
import { anneal } from './search.ts';
import type { Random } from '../random.ts';

/** A region that is cut anew holds at most so many territories: larger ones come out too long. */
const MOST_CUT = 60;
/** How deep inside the ranges a region aims, as shares of a tolerance, by turns. */
const DEPTHS = [0.12, 0.25, 0.4];
/** From today's map what goes deeper than needed is a handover too many; what resists is aimed at deeper soon. */
const CAREFUL = [0.05, 0.05, 0.12, 0.25, 0.05, 0.12, 0.25, 0.4];

/** Regions that are off by less than this in all, in targets, go on in this many ways before they are cut anew. */
const SLIGHTLY = 0.05;
const WAYS_ON = 4;

/** Searches go on from where they are, or look for shape first; from cuts they can also hold the balance that the cuts have. */
const ONWARD = { start: WARM, hardness: STIFFER };
const ANEW = { start: HOT, hardness: 1 };
/** Little is off and keeps its shape: what is missing is passed on from territory to territory. */
const COOLLY = { start: 0.1, hardness: STIFFER };
const FROM_NOTHING = [ONWARD, COOLLY, ANEW];
const FROM_TODAY = [ONWARD, ANEW];
/** From today's map first: warmer or stiffer hands over more than it must, but often settles what this leaves. */
const GENTLY = { start: 0.1, hardness: 3 };
const BALANCED = { start: COOL, hardness: STIFFER };

export interface Turn {
  readonly effort: number;
  readonly random: Random;
  readonly stop: () => boolean;
  /** Number of the attempt: each tries something else. */
  readonly turn: number;
  /** Attempts in a row before it that brought nothing. */
  readonly inVain: number;
  /** Told the share of the work that is done. */
  readonly report: (share: number) => void;
}

/**
 * A large neighbourhood: the territories of a region are solved again as a problem of its own, with the targets that they
 * have in the whole; the plan takes over what is better. By turns the search goes on from where it is, or from fresh cuts
 * of all they hold (recombination; DeFord, Duchin, Solomon 2021): these lose the shape that was found, so what is off by
 * little is not cut at first. Returns the moves tried.
 */
export function solveRegion(plan: Plan, energy: Energy, region: readonly number[], how: Turn): number {
  const depths = plan.problem.current ? CAREFUL : DEPTHS;
  const off = region.reduce((sum, j) => sum + energy.violation(j), 0);
  const isSlight = off < SLIGHTLY && how.inVain < WAYS_ON;
  const cuts = !isSlight && how.turn % 2 === 1 && region.length <= MOST_CUT && isFree(plan.problem);
  const way = !cuts ? goingOn(plan, how) : how.turn % 4 === 1 ? ANEW : BALANCED;
  return searchRegion(plan, energy, region, { ...how, ...way, cuts, depth: depths[how.turn % depths.length]! });
}

/** How a search goes on from where the region is: what one way left off target is tried another way next. */
function goingOn({ problem }: Plan, { inVain }: Turn): { start: number; hardness: number } {
  if (!problem.current) return FROM_NOTHING[inVain % FROM_NOTHING.length]!;
  return inVain === 0 ? GENTLY : FROM_TODAY[(inVain - 1) % FROM_TODAY.length]!;
}

/** Room for shape: a region with all on target is searched up to the reserve. Returns the moves tried. */
export function shapeRegion(plan: Plan, energy: Energy, region: readonly number[], how: Turn): number {
  return searchRegion(plan, energy, region, { ...how, ...ONWARD, cuts: false, depth: Math.max(EDGE, energy.reserve) });
}

interface Search extends Turn {
  readonly cuts: boolean;
  /** Temperature and stiffness at the begin. */
  readonly start: number;
  readonly hardness: number;
  /** How deep inside the ranges the search aims, as a share of a tolerance. */
  readonly depth: number;
}

function searchRegion(plan: Plan, energy: Energy, territories: readonly number[], how: Search): number {
  const region = new Region(plan, energy, territories);
  const sub = region.plan;
  const inner = new Energy(sub, region.prices);
  const best = new Best(sub, inner);
  const before = best.state;
  if (how.cuts) cutAnew(sub, how);
  inner.aim(how.depth);
  inner.refresh();
  const steps = anneal(sub, inner, {
    tries: triesForRegion(sub, how.effort),
    start: how.start,
    end: COLD,
    hardness: [how.hardness, SQUEEZED],
    random: how.random,
    after: (share) => {
      best.keep();
      how.report(share);
      return how.stop();
    },
  });
  best.restore();
  if (best.outside > 0) {
    reach(sub, inner, how.stop);
    best.restore();
  }
  if (isBetter(best.state, before)) region.adopt();
  return steps;
}

function cutAnew(sub: Plan, { turn, stop }: Search): void {
  sub.set(bisection(sub.instance, { start: turn >> 1, stop }));
  repair(sub, (u, j) => sub.squaredKm(u, j));
}

/** May territories change places freely: no homes, no map of today, no rule for single units or territories? */
function isFree({ homes, current, forbidden, apart, frozen }: Problem): boolean {
  return !current && !forbidden && !apart?.length && !frozen.includes(true) && homes.every((home) => home === null);
}
