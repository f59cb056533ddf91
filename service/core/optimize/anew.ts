import { Best, isBetter, isWorth, type State } from './best.ts';
import { Energy } from './energy.ts';
import type { Plan } from './plan.ts';
import { Region } from './region.ts';

/** What one start left, as it stands on its plan, and the moves it tried. */
export interface Started {
  readonly state: State;
  readonly steps: number;
}

/** Starts on a region from nothing. */
export interface Starts {
  /** Number of the first start, and how many there are at most. */
  readonly first: number;
  readonly count: number;
  /** Solves the region's plan in place. */
  readonly solve: (plan: Plan, start: number) => Started;
  /** Does what a start left make the others needless? */
  readonly isEnough: (state: State, before: State) => boolean;
  /** The most that each target outside the ranges that is saved may cost, as a share of what the whole plan costs. */
  readonly price: number;
  readonly stop: () => boolean;
}

/**
 * Solves territories as a problem of their own from nothing, start by start until one is enough; the plan takes over the
 * best of them where it is better than what is there. Returns the moves tried.
 */
export function beginAnew(plan: Plan, energy: Energy, territories: readonly number[], starts: Starts): number {
  const region = new Region(plan, energy, territories);
  const before = new Best(region.plan, new Energy(region.plan)).state;
  const priceKm2 = region.costKm2(starts.price);
  let [least, owners, steps]: [State, Int32Array | null, number] = [before, null, 0];
  for (let i = 0; i < starts.count && !starts.stop(); i++) {
    const started = starts.solve(region.plan, starts.first + i);
    steps += started.steps;
    if (!isBetter(started.state, least) || !isWorth(started.state, before, priceKm2)) continue;
    [least, owners] = [started.state, region.plan.owner.slice()];
    if (starts.isEnough(least, before)) break;
  }
  if (!owners) return steps;
  region.plan.set(owners);
  region.adopt();
  return steps;
}
