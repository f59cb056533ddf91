import { objectiveOf } from './certify.ts';
import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';

const ROUNDING = 1e-9;

export interface State {
  /** How much is outside the ranges, as shares of targets; 0 where every territory is on target. */
  readonly outside: number;
  /** The plan's objective and what the reserve costs that it uses up, in km². */
  readonly objective: number;
}

/** Less outside the ranges, or as much and a smaller objective. */
export function isBetter(a: State, b: State): boolean {
  if (Math.abs(a.outside - b.outside) > ROUNDING) return a.outside < b.outside;
  return a.objective < b.objective;
}

/** Is what it takes in distance to bring less outside the ranges no dearer than this, in km² for each target outside? */
export function isWorth(after: State, before: State, priceKm2: number): boolean {
  const rise = after.objective - before.objective;
  return rise <= 0 || rise <= priceKm2 * (before.outside - after.outside);
}

/** The best plan seen: least outside the ranges, then the smallest objective. */
export class Best {
  onTarget = 0;
  state: State = { outside: Infinity, objective: Infinity };
  private readonly plan: Plan;
  private readonly energy: Energy;
  private readonly owner: Int32Array;

  constructor(plan: Plan, energy: Energy) {
    this.plan = plan;
    this.energy = energy;
    this.owner = plan.owner.slice();
    this.keep();
  }

  get outside(): number {
    return this.state.outside;
  }

  /** Takes over the plan as it stands where it is better. */
  keep(): void {
    const outside = this.energy.outside();
    if (outside > this.state.outside + ROUNDING) return;
    const state = { outside, objective: objectiveOf(this.plan) + this.energy.strain() };
    if (!isBetter(state, this.state)) return;
    this.state = state;
    this.onTarget = this.energy.onTarget();
    this.owner.set(this.plan.owner);
  }

  /** Takes over the plan as it stands as the best, whatever it is worth by what counted so far. */
  adopt(): void {
    this.state = { outside: Infinity, objective: Infinity };
    this.keep();
  }

  /** Goes back to the best plan. */
  restore(): void {
    this.keep();
    this.plan.set(this.owner);
    this.energy.refresh();
  }
}
