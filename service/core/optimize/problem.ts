import type { Neighbors, Point } from '../geography.ts';
import { BailiwickError } from '../errors.ts';

/** One measure that the plan must balance. */
export interface BalancedMeasure {
  readonly name: string;
  /** ± share of the target, as a ratio. */
  readonly tolerance: number;
  /** What each unit holds whoever owns it. */
  readonly perUnit: readonly number[];
  /** What a unit adds on top in each territory (travel from its home): unit * k + territory; null where it adds nothing. */
  readonly perPair: readonly number[] | Float64Array | null;
  /** What each territory holds without any unit (administration). */
  readonly base: readonly number[];
}

/** Units to territories: everything the engine needs, by index. */
export interface Problem {
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  readonly neighbors: Neighbors;
  /** Number of territories. */
  readonly k: number;
  /** Share of the total that each territory should hold; any positive scale. */
  readonly shares: readonly number[];
  readonly measures: readonly BalancedMeasure[];
  /** Home of each territory; null where the centre is free. */
  readonly homes: readonly (Point | null)[];
  /** Owner of each unit today, -1 for nobody; null for a plan from nothing. */
  readonly current: readonly number[] | null;
  /** Units that stay with their current owner. */
  readonly locked: readonly boolean[];
  /** Territories that may gain nothing: locked ones and those outside the user's branch. */
  readonly frozen: readonly boolean[];
  /** What changes rep with a unit, for the limits: accounts and sales. */
  readonly disruption: { readonly accounts: readonly number[]; readonly salesUsd: readonly number[] } | null;
  /** At most this share of all accounts and sales may change rep; null for no limit. */
  readonly limits: { readonly accountsShare: number; readonly salesShare: number } | null;
  /** Weight λ of disruption against squared distance, in km². */
  readonly disruptionWeight: number;
}

/** How the engine is told to work and how it reports. */
export interface EngineOptions {
  /** Multiplies the default number of steps; 1 meets the published times. */
  readonly effort: number;
  readonly random: () => number;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly phase: string;
  /** Share of the work done, 0 to 1. */
  readonly share: number;
  readonly onTarget: number;
  readonly territories: number;
}

/** Target range of one territory in one measure. */
export interface Corridor {
  readonly target: number;
  readonly low: number;
  readonly high: number;
}

/** @throws BailiwickError bad_request naming the first thing that cannot be solved */
export function assertSolvable(problem: Problem): void {
  const n = problem.lat.length;
  const refuse = (message: string, action: string) => {
    throw new BailiwickError('bad_request', message, { action });
  };
  if (n === 0) refuse('There are no units.', 'Give at least one unit per territory.');
  if (!Number.isInteger(problem.k) || problem.k < 1 || problem.k > n) {
    refuse(`${problem.k} territories cannot be made of ${n} units.`, `Ask for 1 to ${n} territories.`);
  }
  for (const { name, tolerance, perUnit } of problem.measures) {
    if (!(tolerance > 0))
      refuse(`The tolerance of ${name} is ${tolerance}.`, 'Give a ratio above 0, such as 0.1 for ±10 %.');
    const bad = perUnit.findIndex((value) => !Number.isFinite(value) || value < 0);
    if (bad >= 0) refuse(`Unit ${bad} has ${perUnit[bad]} of ${name}.`, 'Every measure needs a number of at least 0.');
    if (perUnit.every((value) => value === 0))
      refuse(`${name} is 0 everywhere.`, 'Balance a measure that some unit has.');
  }
}

/** Corridors per measure and territory from what the territories hold in total. */
export function corridors(problem: Problem, loads: ArrayLike<number>): Corridor[][] {
  const shares = problem.shares.reduce((sum, share) => sum + share, 0);
  return problem.measures.map(({ tolerance }, m) => {
    let total = 0;
    for (let j = 0; j < problem.k; j++) total += loads[m * problem.k + j] ?? 0;
    return problem.shares.map((share) => {
      const target = (total * share) / shares;
      return { target, low: target * (1 - tolerance), high: target * (1 + tolerance) };
    });
  });
}
