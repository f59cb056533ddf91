import { below } from '../random.ts';
import { annealChains, type Chains, type Cooling, type Step } from './chains.ts';
import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';

/** What is outside a range is worth this many times the squared distance of its territory. */
const OUTSIDE = 4;

/**
 * Less distance, and no territory is further outside its ranges, or in the reserve at their ends, than it is now: where
 * single moves are stuck between full ranges, units change places. For plans from nothing. Returns the chains tried.
 */
export function reshape(plan: Plan, energy: Energy, how: Cooling): number {
  const kind = {
    outside: OUTSIDE,
    reserve: energy.reserve,
    begin: () => true,
    first: (chains: Chains) => chains.out(below(how.random, plan.k)),
    scale: ({ from, to }: Step) => Math.min(energy.spread[from]!, energy.spread[to]!),
    allow: () => true,
  };
  return annealChains(plan, energy, kind, how);
}
