import { below, type Random } from '../random.ts';
import { Rims } from './border.ts';
import type { Energy } from './energy.ts';
import { FREE } from './instance.ts';
import type { Plan } from './plan.ts';

/** Steps of one chain at most, and steps looked at before each but the first. */
const LONGEST = 12;
const SAMPLES = 12;
/** A chain that costs so many temperatures already is given up. */
const HOPELESS = 1;
/** What it is worth to bring a whole target inside a range, as a multiple of a mean territory's squared distance. */
const OUTSIDE = 4;
const ROUNDING = 1e-12;

interface Step {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
  /** Change of distance, outline and handovers, in km². */
  readonly cost: number;
}

/**
 * Chains of moves that leave no territory further outside its ranges, or in the reserve at their ends, than it was at the
 * begin (ejection chains; Glover 1996): after the first step whoever has too much or too little passes it on, until all
 * are inside again.
 */
export class Chains {
  private readonly plan: Plan;
  private readonly energy: Energy;
  private readonly random: Random;
  private readonly rims: Rims;
  /** How far each territory was outside its ranges when it began. */
  private readonly before: Float64Array;
  /** km² for a whole target outside a range. */
  private worth = 0;
  private readonly chain: Step[] = [];
  private readonly touched: number[] = [];

  constructor(plan: Plan, energy: Energy, random: Random) {
    this.plan = plan;
    this.energy = energy;
    this.random = random;
    this.rims = new Rims(plan);
    this.before = Float64Array.from({ length: plan.k }, (_, j) => energy.violation(j, energy.reserve));
  }

  /** One chain, made where it is worth it at this temperature, in what a mean unit costs around its first step, else undone. */
  attempt(temperature: number): void {
    this.chain.length = 0;
    this.touched.length = 0;
    const { plan, energy } = this;
    const first = this.out(below(this.random, plan.k));
    if (!first || !this.take(first)) return;
    const scale = Math.min(energy.spread[first.from]!, energy.spread[first.to]!);
    const heat = (temperature * scale) / plan.n;
    this.worth = (OUTSIDE * scale) / plan.k;
    let cost = first.cost;
    for (let worst = this.worst(); worst >= 0; worst = this.worst()) {
      const isWorthIt = this.chain.length < LONGEST && cost < HOPELESS * heat;
      const next = isWorthIt ? this.remedy(worst) : undefined;
      if (!next) return this.undo();
      cost += next.cost;
    }
    if (cost >= 0 && this.random() >= Math.exp(-cost / heat)) this.undo();
  }

  /** Any unit at the border of a territory to a neighbour of it. */
  private out(from: number): Step | undefined {
    const unit = this.any(this.rims.of(from));
    const next = unit < 0 ? -1 : this.beside(unit);
    if (next < 0 || this.plan.instance.partOf[next]! >= 0) return undefined;
    return this.step(unit, from, this.plan.owner[next]!);
  }

  /** Any unit beside a territory into it. */
  private into(to: number): Step | undefined {
    const next = this.any(this.rims.of(to));
    if (next < 0 || this.plan.instance.partOf[next]! >= 0) return undefined;
    const unit = this.beside(next);
    return this.step(unit, this.plan.owner[unit]!, to);
  }

  private step(unit: number, from: number, to: number): Step | undefined {
    if (from < 0 || to < 0 || from === to || this.plan.instance.fixed[unit] !== FREE) return undefined;
    for (const made of this.chain) if (made.unit === unit) return undefined;
    return { unit, from, to, cost: this.energy.shapeDelta(unit, to) };
  }

  /** The territory that is furthest outside; -1 where all are inside. */
  private worst(): number {
    let worst = -1;
    let most = ROUNDING;
    for (const j of this.touched) {
      const off = this.excess(j);
      if (off > most) [most, worst] = [off, j];
    }
    return worst;
  }

  /** Makes the best of some steps that give a territory what it lacks, or take what it has too much of. */
  private remedy(territory: number): Step | undefined {
    const found: { step: Step; score: number }[] = [];
    const isOver = this.energy.ranges.isOver(territory, this.random, this.energy.reserve);
    for (let i = 0; i < SAMPLES; i++) {
      const step = isOver ? this.out(territory) : this.into(territory);
      if (step) found.push({ step, score: this.change(step) * this.worth + step.cost });
    }
    found.sort((a, b) => a.score - b.score);
    return found.find(({ step }) => this.take(step))?.step;
  }

  /** How much more is outside after a step, in targets. */
  private change({ unit, from, to }: Step): number {
    const { ranges, reserve } = this.energy;
    const then = (j: number, sign: number) =>
      Math.max(0, ranges.violationWith(j, unit, { sign, reserve }) - this.before[j]!);
    return then(from, -1) + then(to, 1) - this.excess(from) - this.excess(to);
  }

  private excess(j: number): number {
    return Math.max(0, this.energy.violation(j, this.energy.reserve) - this.before[j]!);
  }

  private any(units: readonly number[]): number {
    return units.length > 0 ? units[below(this.random, units.length)]! : -1;
  }

  private beside(unit: number): number {
    const { offsets, targets } = this.plan.instance;
    return targets[offsets[unit]! + below(this.random, offsets[unit + 1]! - offsets[unit]!)]!;
  }

  /** Makes a step where rules, limits and contiguity let it. */
  private take(step: Step): boolean {
    const { unit, from, to } = step;
    const { plan, energy } = this;
    if (!plan.touches(unit, to) || !energy.allowed(unit, to) || !plan.canLeave(unit)) return false;
    energy.move(unit, to);
    this.rims.moved(unit);
    this.chain.push(step);
    for (const j of [from, to]) if (!this.touched.includes(j)) this.touched.push(j);
    return true;
  }

  private undo(): void {
    while (this.chain.length > 0) {
      const { unit, from } = this.chain.pop()!;
      this.energy.move(unit, from);
      this.rims.moved(unit);
    }
  }
}
