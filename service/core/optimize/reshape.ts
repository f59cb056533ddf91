import type { Random } from '../random.ts';
import { Chains } from './chains.ts';
import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';

/** Chains between two looks at the stop flag and two recentrings; after so many sweeps loads are counted from scratch. */
const SWEEP = 2000;
const RECOUNT_EVERY = 16;

export interface Cooling {
  /** Chains tried. */
  readonly tries: number;
  /** Temperatures at the begin and at the end, in what a mean unit costs. */
  readonly start: number;
  readonly end: number;
  readonly random: Random;
  /** Called before every sweep; true ends the search. */
  readonly after: (share: number) => boolean;
}

/**
 * Simulated annealing over chains, for less distance with no territory further outside its ranges than it is now: where
 * single moves are stuck between full ranges, units change places. For plans from nothing. Returns the chains tried.
 */
export function reshape(plan: Plan, energy: Energy, { tries, start, end, random, after }: Cooling): number {
  const chains = new Chains(plan, energy, random);
  for (let tried = 0; tried < tries; tried++) {
    if (tried % SWEEP === 0) {
      if ((tried / SWEEP) % RECOUNT_EVERY === 0) plan.recount();
      energy.refresh();
      if (after(tried / tries)) return tried;
    }
    chains.attempt(start * (end / start) ** (tried / tries));
  }
  return tries;
}
