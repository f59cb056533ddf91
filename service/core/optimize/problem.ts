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
  /** Target of each territory; absent where it is a share of the total. */
  readonly targets?: readonly number[];
  /** Hard least and most of each territory beside the tolerance; null where there is none. */
  readonly min?: readonly (number | null)[];
  readonly max?: readonly (number | null)[];
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
  readonly disruption: Disrupted | null;
  /** At most this share of everything may change rep; null for no limit. */
  readonly limits: DisruptionLimits | null;
  /**
   * Weight λ of disruption against squared distance, in km²: the objective is Σ p_i d² + λ Σ q_i [changes rep].
   * What it takes to hold today's map is a multiple of `spreadKm2`.
   */
  readonly disruptionWeight: number;
  /** Territories that single units may not join; absent where all may join all. */
  readonly forbidden?: Forbidden | null;
  /** Pairs of units that may not share a territory. */
  readonly apart?: readonly (readonly [number, number])[];
  /**
   * For an account group split from a unit: the unit it belongs to, else -1. Such a part is a leaf: it may go to any
   * territory that has its unit or one of its unit's neighbours, and no territory is held together by it.
   */
  readonly partOf?: readonly number[] | null;
  /** County of each unit, numbered from 0, -1 for none: kept whole where balance does not need the split. */
  readonly regions?: readonly number[] | null;
  /**
   * What each territory counts that is off target, beside how far off it is, in targets; absent where all count as usual
   * (`offCountsOf`).
   */
  readonly offCounts?: readonly number[];
  /** Half width of each territory's ranges as a multiple of the tolerances; absent where all are 1. */
  readonly wider?: readonly number[];
}

/** What changes rep with each unit. */
export interface Disrupted {
  readonly accounts: readonly number[];
  readonly salesUsd: readonly number[];
  readonly pipelineUsd?: readonly number[];
}

/** Shares of all accounts, sales and open pipeline, 0 to 1. */
export interface DisruptionLimits {
  readonly accountsShare: number;
  readonly salesShare: number;
  readonly pipelineShare?: number;
}

/** A set of forbidden pairs of unit and territory: one bit each, because a distance rule may forbid most of them. */
export class Forbidden {
  private readonly bits: Uint8Array;
  private readonly k: number;

  constructor(n: number, k: number, bits: Uint8Array = new Uint8Array(Math.ceil((n * k) / 8))) {
    this.k = k;
    this.bits = bits;
  }

  add(u: number, j: number): void {
    const at = u * this.k + j;
    this.bits[at >> 3]! |= 1 << (at & 7);
  }

  has(u: number, j: number): boolean {
    const at = u * this.k + j;
    return (this.bits[at >> 3]! & (1 << (at & 7))) !== 0;
  }
}

/** Is there a map of today, and is it worth something to keep it? */
export function isFromToday({ current, disruptionWeight }: Problem): boolean {
  return current !== null && disruptionWeight > 0;
}

/** How the engine is told to work and how it reports. */
export interface EngineOptions {
  /** Multiplies the default number of steps; 1 meets the published times. */
  readonly effort: number;
  /** Every start draws its own numbers from this seed. */
  readonly seed: number;
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

/** ± share of the target of one territory, as a ratio. */
export function toleranceOf({ measures, wider }: Problem, m: number, j: number): number {
  return measures[m]!.tolerance * (wider?.[j] ?? 1);
}

/** Corridors per measure and territory from what the territories hold in total. */
export function corridors(problem: Problem, loads: ArrayLike<number>): Corridor[][] {
  const shares = problem.shares.reduce((sum, share) => sum + share, 0);
  return problem.measures.map(({ targets, min, max }, m) => {
    let total = 0;
    for (let j = 0; j < problem.k; j++) total += loads[m * problem.k + j] ?? 0;
    return problem.shares.map((share, j) => {
      const target = targets?.[j] ?? (total * share) / shares;
      const tolerance = toleranceOf(problem, m, j);
      const low = Math.max(target * (1 - tolerance), min?.[j] ?? -Infinity);
      return { target, low, high: Math.min(target * (1 + tolerance), max?.[j] ?? Infinity) };
    });
  });
}
