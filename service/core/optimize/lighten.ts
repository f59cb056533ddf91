import { below, type Random } from '../random.ts';
import { annealChains, type Chains, type ChainKind, type Cooling, type Step } from './chains.ts';
import type { Energy } from './energy.ts';
import { FREE } from './instance.ts';
import { Newcomers } from './newcomers.ts';
import type { Plan } from './plan.ts';

/** Part of the chains that begin with a unit that goes back to its rep of today; the others begin anywhere beside one. */
const BACK = 0.7;
/** What is outside a range is worth this much more than handing it over. */
const OUTSIDE = 1.5;

/** Less changes rep, and no territory is further outside its ranges than it is now. Returns the chains tried. */
export function lighten(plan: Plan, energy: Energy, how: Cooling): number {
  return annealChains(plan, energy, new Lightening(plan, how.random), how);
}

/** A unit goes back to its rep of today, or moves anywhere beside one that has moved. */
class Lightening implements ChainKind {
  readonly outside = OUTSIDE;
  readonly reserve = 0;
  private readonly plan: Plan;
  private readonly random: Random;
  private readonly newcomers: Newcomers;
  private moved: number[] = [];

  constructor(plan: Plan, random: Random) {
    this.plan = plan;
    this.random = random;
    this.newcomers = new Newcomers(plan);
  }

  /** Looks up what has moved; false where nothing has. */
  begin(): boolean {
    const { owner, problem, instance, n } = this.plan;
    this.moved = [];
    for (let u = 0; u < n; u++) {
      const today = problem.current?.[u] ?? -1;
      if (today >= 0 && owner[u]! >= 0 && today !== owner[u] && instance.fixed[u] === FREE) this.moved.push(u);
    }
    return this.moved.length > 0;
  }

  first(chains: Chains): Step | undefined {
    const { owner, problem } = this.plan;
    const unit = this.moved[below(this.random, this.moved.length)]!;
    if (this.random() >= BACK) return chains.into(owner[unit]!);
    return chains.step(unit, owner[unit]!, problem.current![unit]!);
  }

  /** A handover of all. */
  scale(): number {
    return this.plan.problem.disruptionWeight;
  }

  allow(unit: number, to: number): boolean {
    return this.newcomers.allow(unit, to);
  }
}
