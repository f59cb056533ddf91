import type { Plan } from './plan.ts';
import type { Corridor } from './problem.ts';

/** A proof: no plan inside these corridors at these centres has a smaller objective. */
export interface Bound {
  /** Lower bound on Σ p_i d_ij², in km². */
  readonly value: number;
  /** Price per territory and measure (measure * k + territory). */
  readonly prices: number[];
}

/** Passes over all units; each improves the bound, none is needed for its truth. */
const PASSES = 120;
/** Larger problems get fewer passes: units × territories × passes stays below this. */
const WORK = 200_000_000;

/**
 * LB(w) = Σ_i min_j (c_ij − Σ_m a_im w_jm) + Σ_jm [w_jm > 0 ? w_jm L_jm : w_jm U_jm], a lower bound for any prices w
 * (optimizer.md, "Certificate"); the prices are raised by a projected ascent with shrinking steps. Measures that depend
 * on the owner enter with what they hold per pair, so the bound stays true for them.
 */
export function lowerBound(plan: Plan, corridors: readonly (readonly Corridor[])[]): Bound {
  const size = plan.loads.length;
  const ascent = new Ascent(plan, corridors);
  let best: Bound = { value: ascent.evaluate(new Float64Array(size)), prices: new Array<number>(size).fill(0) };
  const prices = new Float64Array(size);
  const passes = Math.min(PASSES, Math.max(10, Math.floor(WORK / (plan.n * plan.k))));
  for (let pass = 0; pass < passes; pass++) {
    const step = (1.5 * ascent.spacing) / Math.sqrt(pass + 1);
    ascent.climb(prices, step);
    const value = ascent.evaluate(prices);
    if (value > best.value) best = { value, prices: [...prices] };
  }
  return best;
}

/** The bound at given prices (measure * k + territory), in km². */
export function boundAt(plan: Plan, corridors: readonly (readonly Corridor[])[], prices: Float64Array): number {
  return new Ascent(plan, corridors).evaluate(prices);
}

class Ascent {
  /** A price unit: mean cost of a unit at the start over its mean amount, per measure folded into the slope. */
  readonly spacing: number;
  private readonly plan: Plan;
  private readonly corridors: readonly (readonly Corridor[])[];
  private readonly held: Float64Array;

  constructor(plan: Plan, corridors: readonly (readonly Corridor[])[]) {
    this.plan = plan;
    this.corridors = corridors;
    this.held = new Float64Array(plan.loads.length);
    this.spacing = this.evaluate(new Float64Array(plan.loads.length)) / 10;
  }

  /** The bound at these prices; leaves in `held` what each territory would hold. */
  evaluate(prices: Float64Array): number {
    const { plan, held } = this;
    const { measures } = plan.problem;
    measures.forEach(({ base }, m) => {
      for (let j = 0; j < plan.k; j++) held[m * plan.k + j] = base[j] ?? 0;
    });
    let sum = 0;
    for (let u = 0; u < plan.n; u++) {
      if (plan.owner[u]! < 0) continue;
      let least = Infinity;
      let taker = 0;
      for (let j = 0; j < plan.k; j++) {
        let cost = plan.weight[u]! * plan.squaredKm(u, j) + plan.changeCost(u, j);
        for (let m = 0; m < measures.length; m++) cost -= plan.amount(m, u, j) * prices[m * plan.k + j]!;
        if (cost < least) {
          least = cost;
          taker = j;
        }
      }
      sum += least;
      for (let m = 0; m < measures.length; m++) held[m * plan.k + taker]! += plan.amount(m, u, taker);
    }
    this.corridors.forEach((row, m) =>
      row.forEach(({ low, high }, j) => {
        const w = prices[m * plan.k + j]!;
        const base = measures[m]!.base[j] ?? 0;
        sum += w > 0 ? w * (low - base) : w * (high - base);
      }),
    );
    return sum;
  }

  /** One step along the subgradient at the last evaluated prices. */
  climb(prices: Float64Array, step: number): void {
    const { plan, held } = this;
    this.corridors.forEach((row, m) =>
      row.forEach(({ low, high, target }, j) => {
        const at = m * plan.k + j;
        const w = prices[at]!;
        const wanted = w > 0 ? low : w < 0 ? high : Math.min(high, Math.max(low, held[at]!));
        if (target > 0) prices[at] = w + (step * (wanted - held[at]!)) / (target * target);
      }),
    );
  }
}
