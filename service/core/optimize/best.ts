import { objectiveOf } from './certify.ts';
import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';

/** Each territory outside its ranges counts this much beside how far it is outside: few far ones come before many near ones. */
const PER_TERRITORY = 0.05;

/** The best plan seen: least outside the ranges, then the smallest objective. */
export class Best {
  onTarget = 0;
  /** How much is outside the ranges, as shares of targets; 0 where every territory is on target. */
  outside = Infinity;
  private objective = Infinity;
  private readonly plan: Plan;
  private readonly energy: Energy;
  private readonly owner: Int32Array;

  constructor(plan: Plan, energy: Energy) {
    this.plan = plan;
    this.energy = energy;
    this.owner = plan.owner.slice();
    this.keep();
  }

  /** Takes over the plan as it stands where it is better. */
  keep(): void {
    let outside = 0;
    let onTarget = 0;
    for (let j = 0; j < this.plan.k; j++) {
      const off = this.energy.violation(j);
      if (off > 0) outside += PER_TERRITORY + off;
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

  /** Goes back to the best plan. */
  restore(): void {
    this.keep();
    this.plan.set(this.owner);
    this.energy.refresh();
  }
}
