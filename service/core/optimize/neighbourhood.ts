import { beginAnew } from './anew.ts';
import { begin } from './begin.ts';
import { Best, isBetter, isWorth } from './best.ts';
import { Energy } from './energy.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import { reach } from './reach.ts';
import { Region } from './region.ts';
import { COLD, EDGE, HOT, SQUEEZED, STIFFER, triesForRegion, WARM, type Grip } from './schedule.ts';
import { anneal } from './search.ts';
import type { Random } from '../random.ts';

/** A region that is begun anew holds at most so many territories: larger ones take too long. */
const MOST_BEGUN = 60;
/** So many starts are tried on it. */
const STARTS = 3;
/** How deep inside the ranges a region aims, as shares of a tolerance, by turns. */
const DEPTHS = [0.12, 0.25, 0.4];
/** From today's map what goes deeper than needed is a handover too many; what resists is aimed at deeper soon. */
const CAREFUL = [0.05, 0.05, 0.12, 0.25, 0.05, 0.12, 0.25, 0.4];

/** Regions that are off by less than this in all, in targets, go on in this many ways before they are begun anew. */
const SLIGHTLY = 0.05;
const WAYS_ON = 4;
/**
 * What a target less outside the ranges may cost in distance at first, as a share of what the plan costs; after all ways in
 * vain it may cost anything. From today's map handovers are what counts.
 */
const PRICE = 0.2;

/** How a search goes: its temperature at the begin, and how it holds the ranges. */
interface Way extends Grip {
  readonly start: number;
  /** Are temperatures in handovers, where these cost more than distance does? */
  readonly isOfHandovers?: boolean;
  /** How deep inside the ranges it aims, as a share of a tolerance, where that is not the turn's. */
  readonly depth?: number;
}

/** Searches go on from where they are, or look for shape first. */
const ONWARD: Way = { start: WARM, hardness: [STIFFER, SQUEEZED] };
const ANEW: Way = { start: HOT, hardness: [1, SQUEEZED] };
/** Little is off and keeps its shape: what is missing is passed on from territory to territory. */
const COOLLY: Way = { start: 0.1, hardness: [STIFFER, SQUEEZED] };
const FROM_NOTHING = [ONWARD, COOLLY, ANEW];
const FROM_TODAY = [ONWARD, ANEW];
/**
 * From today's map first: who hands over what to whom is sought at temperatures of handovers, or the first way found is
 * the one taken. Prices learn slowly, ranges are very stiff in the end, and nothing goes deeper inside them than it must.
 */
const GENTLY: Way = { start: WARM, hardness: [1, 400], lesson: 0.1, isOfHandovers: true, depth: EDGE };

export interface Turn {
  readonly effort: number;
  readonly random: Random;
  readonly stop: () => boolean;
  /** Number of the attempt: each tries something else. */
  readonly turn: number;
  /** Attempts in a row before it that brought nothing. */
  readonly inVain: number;
  /** Is the plan a part that was begun anew itself? Then it is only searched from where it is. */
  readonly isPart?: boolean | undefined;
  /** Told the share of the work that is done. */
  readonly report: (share: number) => void;
}

/**
 * A large neighbourhood: the territories of a region are solved again as a problem of its own, with the targets that they
 * have in the whole; the plan takes over what is better. By turns the search goes on from where it is, or from nothing
 * (recombination; DeFord, Duchin, Solomon 2021): that loses the shape that was found, so what is off by little is not
 * begun anew at first. Returns the moves tried.
 */
export function solveRegion(plan: Plan, energy: Energy, region: readonly number[], how: Turn): number {
  const depths = plan.problem.current ? CAREFUL : DEPTHS;
  const off = region.reduce((sum, j) => sum + energy.violation(j), 0);
  const isSlight = off < SLIGHTLY && how.inVain < WAYS_ON;
  const price = plan.problem.current || how.inVain >= WAYS_ON ? Infinity : PRICE;
  const search = { ...how, price, depth: depths[how.turn % depths.length]! };
  return !isSlight && !how.isPart && how.turn % 2 === 1 && region.length <= MOST_BEGUN && isFree(plan.problem)
    ? beginRegion(plan, energy, region, search)
    : searchRegion(plan, energy, region, { ...search, ...goingOn(plan, how) });
}

/** The territories from nothing, until a start has all on target over no more distance. */
function beginRegion(plan: Plan, energy: Energy, territories: readonly number[], how: Aimed): number {
  const { effort, random, stop } = how;
  return beginAnew(plan, energy, territories, {
    first: (how.turn >> 1) * STARTS,
    count: STARTS,
    price: how.price,
    stop,
    isEnough: ({ outside, objective }, before) => outside === 0 && objective <= before.objective,
    solve: (sub, start) => {
      const inner = new Energy(sub, begin(sub, start, { effort, random, shouldStop: stop }));
      const best = new Best(sub, inner);
      return { steps: settle(sub, inner, best, { ...how, ...ANEW }), state: best.state };
    },
  });
}

/** How a search goes on from where the region is: what one way left off target is tried another way next. */
function goingOn({ problem }: Plan, { inVain }: Turn): Way {
  if (!problem.current) return FROM_NOTHING[inVain % FROM_NOTHING.length]!;
  return inVain === 0 ? GENTLY : FROM_TODAY[(inVain - 1) % FROM_TODAY.length]!;
}

/** Room for shape: a region with all on target is searched up to the reserve. Returns the moves tried. */
export function shapeRegion(plan: Plan, energy: Energy, region: readonly number[], how: Turn): number {
  return searchRegion(plan, energy, region, {
    ...how,
    ...ONWARD,
    price: Infinity,
    depth: Math.max(EDGE, energy.reserve),
  });
}

/** The same ranges with less that changes rep. Returns the moves tried. */
export function lightenRegion(plan: Plan, energy: Energy, region: readonly number[], how: Turn): number {
  return searchRegion(plan, energy, region, { ...how, ...GENTLY, price: Infinity, depth: EDGE });
}

interface Aimed extends Turn {
  /** How deep inside the ranges the search aims, as a share of a tolerance. */
  readonly depth: number;
  /** The most that each target outside the ranges that is saved may cost, as a share of what the whole plan costs. */
  readonly price: number;
}

type Search = Aimed & Way;

function searchRegion(plan: Plan, energy: Energy, territories: readonly number[], how: Search): number {
  const region = new Region(plan, energy, territories);
  const inner = new Energy(region.plan, region.prices);
  const best = new Best(region.plan, inner);
  const before = best.state;
  const steps = settle(region.plan, inner, best, how);
  if (isBetter(best.state, before) && isWorth(best.state, before, region.costKm2(how.price))) region.adopt();
  return steps;
}

/** The search itself, and what it leaves outside is reached for. The plan is left at the best seen. */
function settle(sub: Plan, inner: Energy, best: Best, how: Search): number {
  inner.aim(how.depth);
  inner.refresh();
  const steps = anneal(sub, inner, {
    tries: triesForRegion(sub, how.effort),
    start: how.start,
    end: COLD,
    scale: how.isOfHandovers ? sub.problem.disruptionWeight : 0,
    hardness: how.hardness,
    ...(how.lesson === undefined ? {} : { lesson: how.lesson }),
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
  return steps;
}

/** May territories change places freely: no homes, no map of today, no rule for single units or territories? */
function isFree({ homes, current, forbidden, apart, frozen }: Problem): boolean {
  return !current && !forbidden && !apart?.length && !frozen.includes(true) && homes.every((home) => home === null);
}
