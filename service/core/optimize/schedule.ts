import type { Plan } from './plan.ts';
import { isFromToday, type Problem } from './problem.ts';

/** Beyond so many territories the first search is shorter: what it leaves, regions settle faster. */
export const MANY = 400;

/** Moves across a border tried on the default effort: this often for every unit on a border of round territories. */
const TRIES = 2400;
const LEAST_TRIES = 2000;
/** But not more than so many for each territory, or in all: a few territories of many units settle sooner. */
const MOST_FOR_A_TERRITORY = 64_000;
const MOST_OF_THE_LEAST = 3_200_000;
/** And on no effort at all, for each unit: the first plan to look at. */
const FIRST_TRIES = 8;
/** A region searched again: it is small, and many are. */
const MOST_OF_A_REGION = 240_000;

/** Temperatures of the search from nothing and from today's map, as shares of what an average unit costs locally. */
export const HOT = 0.3;
export const WARM = 0.5;
export const COLD = 0.02;
/** How much stiffer ranges are at the end of the search than at its begin, and at the end of the squeeze. */
export const STIFFER = 20;
export const SQUEEZED = 60;

/** How a search holds the target ranges. */
export interface Grip {
  /** Their stiffness at the begin and at the end. */
  readonly hardness: readonly [number, number];
  /** Part of the missing price that a lesson adds; all of it by default. */
  readonly lesson?: number;
}

const FIRM: Grip = { hardness: [1, STIFFER] };
/**
 * Up to so many territories settle in better places where ranges are soft at first and their prices learn slowly; among
 * more of them that leaves more off target.
 */
const LOOSE: Grip = { hardness: [0.25, STIFFER], lesson: 0.25 };
const MOST_LOOSE = 48;

/**
 * Searches aim this part of a tolerance inside the ranges, so that rounding and moving targets push nothing out; those for
 * shape, and the first one at its end, at least so much.
 */
export const MARGIN = 0.12;
export const EDGE = 0.03;

/** Border moves to try on a whole plan. */
export function triesFor({ n, k }: Plan, effort: number): number {
  const least = Math.min(LEAST_TRIES * n, MOST_FOR_A_TERRITORY * k, MOST_OF_THE_LEAST);
  const wanted = Math.max(least, TRIES * Math.sqrt(n * k));
  return Math.max(FIRST_TRIES * n, wanted * effort);
}

/** How the first search holds the ranges: loosely on a whole map from nothing that has few territories. */
export function gripFor({ k, problem }: Plan, isPart = false): Grip {
  return problem.current === null && !isPart && k <= MOST_LOOSE ? LOOSE : FIRM;
}

/** Border moves to try on a region that is solved again. */
export function triesForRegion({ n, k }: Plan, effort: number): number {
  return effort * Math.max(Math.min(LEAST_TRIES * n, MOST_OF_A_REGION), TRIES * Math.sqrt(n * k));
}

/**
 * What each territory outside its ranges counts beside how far it is outside, in targets: few far ones come before many
 * near ones, and among many territories more so, because there hardly ever all can be on target.
 */
const COUNTS = 0.05;
const COUNTS_OF_MANY = 0.2;

/** The same for every territory, where the problem does not say it. */
export function offCountsOf({ k, offCounts }: Problem): readonly number[] {
  return offCounts ?? Array<number>(k).fill(k > MANY ? COUNTS_OF_MANY : COUNTS);
}

/** The most of a tolerance that is kept in reserve, and the units of a mean territory from which on; nothing up to the fewer. */
const RESERVE = 0.2;
const FINE = 150;
const COARSE = 80;

/**
 * Part of each tolerance that a plan from nothing leaves free where that costs little: what stands at the very end of
 * its range is outside after the next quarter's claims. Coarse territories have nothing to spare, and keep none.
 */
export function reserveFor({ n, k }: Plan): number {
  return RESERVE * Math.min(1, Math.max(0, n / k - COARSE) / (FINE - COARSE));
}

/** Chains that look for shape where everything is on target: so many for each unit, on a map that is not too large for them. */
const SHAPE_CHAINS = 30;
const MOST_SHAPE_CHAINS = 60_000;

/** Chains to try for better shape; none from today's map, and none where regions are searched for it instead. */
export function shapeChainsFor({ n, problem }: Plan, effort: number): number {
  return isFromToday(problem) || n * SHAPE_CHAINS > MOST_SHAPE_CHAINS ? 0 : Math.round(effort * n * SHAPE_CHAINS);
}

/** Temperatures of that search, in what a mean unit costs locally. */
export const LUKEWARM = 0.05;
export const FROZEN = 0.005;
