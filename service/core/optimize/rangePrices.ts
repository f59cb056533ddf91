import type { Random } from '../random.ts';
import type { Plan } from './plan.ts';
import { corridors, toleranceOf, type Corridor } from './problem.ts';
import { MARGIN } from './schedule.ts';

/** How fast a price rises outside a range: the local spread times this for every half width of the range. */
const STIFF = 1;
/** One step of learning, in local spreads at most. */
const LEARN_MOST = 2;

/** What a total in the reserve costs: the local spread times this for every squared half width. */
const STRAIN = 10;

interface Held {
  /** Amount on top of what is held. */
  readonly more: number;
  readonly reserve: number;
}

/**
 * Target ranges under a search (an augmented Lagrangian): a price per territory and measure that learns, and a stiffness
 * that grows. Both together cost what a range shifted by price ÷ stiffness costs without a price (complete the square),
 * so a move is judged by its distance to the shifted range alone. Pairs stand at m * k + j.
 */
export class RangePrices {
  private readonly plan: Plan;
  /** What a squared half width outside a range costs in each territory, km². */
  private readonly worth: Float64Array;
  private readonly price: Float64Array;
  private readonly stiff: Float64Array;
  /** What the search aims at, a little inside the ranges, and the same shifted by the prices. */
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly shiftedLow: Float64Array;
  private readonly shiftedHigh: Float64Array;
  /** The ranges themselves. */
  private readonly floor: Float64Array;
  private readonly ceiling: Float64Array;
  private readonly target: Float64Array;
  private inside = MARGIN;

  /** `prices` come from the transport problem, as shares of the totals in km². */
  constructor(plan: Plan, worth: Float64Array, prices?: Float64Array) {
    this.plan = plan;
    this.worth = worth;
    const size = plan.loads.length;
    this.price = new Float64Array(size);
    if (prices) for (let at = 0; at < size; at++) this.price[at] = prices[at]! / this.total(at);
    this.stiff = new Float64Array(size);
    this.low = new Float64Array(size);
    this.high = new Float64Array(size);
    this.shiftedLow = new Float64Array(size);
    this.shiftedHigh = new Float64Array(size);
    this.floor = new Float64Array(size);
    this.ceiling = new Float64Array(size);
    this.target = new Float64Array(size);
  }

  /** Targets follow the totals, which move a little where travel depends on the owner. */
  retarget(hardness: number): void {
    const { k } = this.plan;
    this.corridors().forEach((row, m) => {
      const total = this.total(m * k);
      row.forEach(({ low, high, target }, j) => {
        const at = m * k + j;
        const tolerance = toleranceOf(this.plan.problem, m, j);
        const inside = Math.min(this.inside * tolerance * target, (high - low) * 0.45);
        this.floor[at] = low;
        this.ceiling[at] = high;
        this.low[at] = low + inside;
        this.high[at] = high - inside;
        this.target[at] = target;
        const width = Math.max((this.high[at]! - this.low[at]!) / 2, tolerance * target * 0.1, 1e-12 * total);
        this.stiff[at] = (STIFF * hardness * this.worth[j]!) / (width * total);
        this.shift(at);
      });
    });
  }

  /** Aims this part of a tolerance inside the ranges from now on. */
  aim(inside: number, hardness: number): void {
    this.inside = inside;
    this.retarget(hardness);
  }

  /** Learns prices: this part of what a range still lacks is added to its price, never more than a bounded step. */
  learn(hardness: number, part: number): void {
    const { price, plan, stiff } = this;
    for (let at = 0; at < price.length; at++) {
      const load = plan.loads[at]!;
      const free = load - price[at]! / stiff[at]!;
      const aim = Math.min(this.high[at]!, Math.max(this.low[at]!, free));
      const most = (LEARN_MOST * this.worth[at % plan.k]!) / this.total(at);
      const lack = (part * stiff[at]! * (load - aim)) / hardness;
      price[at]! -= Math.max(-most, Math.min(most, lack));
      this.shift(at);
    }
  }

  /** Prices of these territories as shares of what they hold, for a search among them alone. */
  pricesOf(territories: readonly number[]): Float64Array {
    const { plan, price } = this;
    const own = new Float64Array(territories.length * plan.instance.measures);
    territories.forEach((j, i) => {
      for (let m = 0; m < plan.instance.measures; m++)
        own[m * territories.length + i] = price[m * plan.k + j]! * this.total(m * plan.k);
    });
    return own;
  }

  /** Corridors as they stand. */
  corridors(): Corridor[][] {
    return corridors(this.plan.problem, this.plan.loads);
  }

  /** What it costs that the load at `at` changes by this amount, in km². */
  rise(at: number, amount: number): number {
    const before = this.plan.loads[at]!;
    const after = before + amount;
    const low = this.shiftedLow[at]!;
    const high = this.shiftedHigh[at]!;
    const out = before > high ? before - high : before < low ? low - before : 0;
    const then = after > high ? after - high : after < low ? low - after : 0;
    return 0.5 * this.stiff[at]! * (then - out) * (then + out);
  }

  /**
   * How far outside its ranges a territory is, as shares of the target summed over the measures; 0 inside. With a reserve
   * the ranges are narrower by this part of their half width at both ends.
   */
  violation(j: number, reserve = 0): number {
    let sum = 0;
    for (let m = 0; m < this.plan.instance.measures; m++) sum += this.off(m, j, { more: 0, reserve });
    return sum;
  }

  /** The same once unit u has come to j (sign 1) or has left it (sign -1); targets stay. */
  violationWith(j: number, u: number, { sign, reserve }: { sign: number; reserve: number }): number {
    let sum = 0;
    for (let m = 0; m < this.plan.instance.measures; m++)
      sum += this.off(m, j, { more: sign * this.plan.amount(m, u, j), reserve });
    return sum;
  }

  /** What it costs that totals stand in the reserve at the ends of their ranges, in km². */
  strain(reserve: number): number {
    let sum = 0;
    for (let at = 0; at < this.price.length; at++) {
      const over = this.beyond(at, { more: 0, reserve });
      if (over === 0) continue;
      const half = Math.max(((1 - reserve) * (this.ceiling[at]! - this.floor[at]!)) / 2, 1e-12 * this.total(at));
      sum += (STRAIN * this.worth[at % this.plan.k]! * over * over) / (half * this.total(at));
    }
    return sum;
  }

  /** Has a territory outside its ranges less the reserve too much? Where too much of one and too little of another, by lot. */
  isOver(j: number, random: Random, reserve: number): boolean {
    let [over, under] = [false, false];
    for (let m = 0; m < this.plan.instance.measures; m++) {
      const at = m * this.plan.k + j;
      const kept = (reserve * (this.ceiling[at]! - this.floor[at]!)) / 2;
      over ||= this.plan.loads[at]! > this.ceiling[at]! - kept;
      under ||= this.plan.loads[at]! < this.floor[at]! + kept;
    }
    return over && under ? random() < 0.5 : over;
  }

  /** How far a measure of j with so much more is outside its range less the reserve, as a share of its target. */
  private off(m: number, j: number, how: Held): number {
    const at = m * this.plan.k + j;
    const target = this.target[at]!;
    const over = this.beyond(at, how);
    if (over <= 1e-9 * target) return 0;
    return target > 0 ? over / target : 1;
  }

  /** How far a total with so much more is outside its range less the reserve. */
  private beyond(at: number, { more, reserve }: Held): number {
    const [low, high] = [this.floor[at]!, this.ceiling[at]!];
    const load = this.plan.loads[at]! + more;
    const kept = (reserve * (high - low)) / 2;
    return Math.max(0, load - high + kept, low + kept - load);
  }

  private total(at: number): number {
    return this.plan.instance.totals[Math.floor(at / this.plan.k)]! || 1;
  }

  private shift(at: number): void {
    const by = this.price[at]! / this.stiff[at]!;
    this.shiftedLow[at] = this.low[at]! + by;
    this.shiftedHigh[at] = this.high[at]! + by;
  }
}
