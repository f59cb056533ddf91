import { Curvature } from './newton.ts';
import type { Instance } from './instance.ts';
import { spacingOf } from './spacing.ts';

/** Target ranges as shares of the measure's total, per m * k + j, without what a territory holds by itself. */
export interface Ranges {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Territories looked at per unit: farther ones win only at prices that no plan needs; the proof looks at all. */
const CANDIDATES = 16;
/** Differences of more than so many temperatures do not count. */
const COLD = 18;
/** Shares of a unit smaller than this do not count in the curvature: it only guides the steps. */
const SLIGHT = 0.02;
/** A price moves at most so many squared spacings of the centres in one step. */
const REACH = 2;
/** Dampings tried in one step, each heavier. */
const ATTEMPTS = 5;
/** Where hardly a unit is undecided, curvature is taken as that of a territory of the target size. */
const LEAST_BEND = 0.5;

/**
 * Units to territories as a transport problem at fixed centres: prices per territory and measure such that every unit
 * going where it is cheapest fills every target range. The dual is smoothed (a unit splits between nearly equal
 * territories, by a temperature that follows the local spacing of the centres) and climbed by damped Newton steps.
 * Amounts are shares of each measure's total, prices km².
 */
export class Transport {
  readonly prices: Float64Array;
  readonly held: Float64Array;
  private readonly instance: Instance;
  private readonly centers: Float64Array;
  private readonly ranges: Ranges;
  private readonly width: number;
  private readonly candidate: Int32Array;
  private readonly cost: Float64Array;
  private readonly key: Float64Array;
  private readonly scale: Float64Array;
  private readonly bend: Curvature;
  /** Squared distance to the next centre, per territory, in km². */
  private readonly spacing: Float64Array;
  private readonly perUnit: readonly Float64Array[];
  private damping = 1;
  /** Temperature of the last evaluation, which is at the present prices, and its value. */
  private known = NaN;
  private value = 0;

  /** `centers` (km, x y z) may be changed by the caller, who then calls `recenter`. */
  constructor(instance: Instance, centers: Float64Array, ranges: Ranges, prices?: Float64Array) {
    this.instance = instance;
    this.centers = centers;
    this.ranges = ranges;
    const { n, k, measures } = instance;
    this.width = Math.min(k, k <= 2 * CANDIDATES ? k : CANDIDATES);
    this.candidate = new Int32Array(n * this.width);
    this.cost = new Float64Array(n * this.width);
    this.key = new Float64Array(this.width);
    this.scale = new Float64Array(n);
    this.prices = prices ? prices.slice() : new Float64Array(k * measures);
    this.held = new Float64Array(k * measures);
    this.bend = new Curvature(k, measures);
    this.spacing = new Float64Array(k);
    this.perUnit = instance.amounts.map((values, m) =>
      values.map((value) => (instance.totals[m]! > 0 ? value / instance.totals[m]! : 0)),
    );
    this.recenter();
  }

  /** Share of measure m's total that u adds to j. */
  amount(m: number, u: number, j: number): number {
    const pair = this.instance.pairs[m];
    return this.perUnit[m]![u]! + (pair ? pair[u * this.instance.k + j]! / this.instance.totals[m]! : 0);
  }

  /** Picks the candidates anew and takes the distances from the centres as they now stand. */
  recenter(): void {
    this.known = NaN;
    const { instance, width, candidate, cost, centers } = this;
    const { k, measures, weight, fixed } = instance;
    const today = instance.problem.disruptionWeight > 0 ? instance.problem.current : null;
    const mean = new Float64Array(k);
    for (let j = 0; j < k; j++) for (let m = 0; m < measures; m++) mean[j]! += this.prices[m * k + j]! / measures;
    this.spacing.set(spacingOf(centers));
    const who = new Int32Array(width);
    const found = new Int32Array(k);
    const { blocks } = instance;
    for (let b = 0; b < blocks.count; b++) {
      // where every territory counts there is nothing to pick
      const count = width === k ? 0 : blocks.candidates(b, { centers, least: mean, most: mean, rank: width }, found);
      for (let i = blocks.starts[b]!; i < blocks.starts[b + 1]!; i++) {
        const u = blocks.units[i]!;
        this.nearest(u, mean, found.subarray(0, count), who);
        const must = fixed[u]! >= 0 ? fixed[u]! : today ? today[u]! : -1;
        if (must >= 0 && !who.includes(must)) who[width - 1] = must;
        let least = Infinity;
        let second = Infinity;
        for (let c = 0; c < width; c++) {
          const j = who[c]!;
          candidate[u * width + c] = j;
          const d2 = this.squaredKm(u, j);
          if (d2 < least) {
            second = least;
            least = d2;
          } else if (d2 < second) second = d2;
          cost[u * width + c] = instance.allows(u, j) ? weight[u]! * d2 + instance.changeCost(u, j) : Infinity;
        }
        this.scale[u] = weight[u]! * (k > 1 ? (least + second) / 2 : least);
      }
    }
  }

  /** The best of some territories for u by squared distance less mean price, best first; all in order where all count. */
  private nearest(u: number, mean: Float64Array, among: Int32Array, who: Int32Array): void {
    const { key } = this;
    const width = who.length;
    if (width === this.instance.k) {
      for (let j = 0; j < width; j++) who[j] = j;
      return;
    }
    let count = 0;
    for (const j of among) {
      const reduced = this.squaredKm(u, j) - mean[j]!;
      if (count === width && reduced >= key[width - 1]!) continue;
      let at = count < width ? count++ : width - 1;
      for (; at > 0 && key[at - 1]! > reduced; at--) {
        key[at] = key[at - 1]!;
        who[at] = who[at - 1]!;
      }
      key[at] = reduced;
      who[at] = j;
    }
  }

  private squaredKm(u: number, j: number): number {
    const { centers } = this;
    const { xyz } = this.instance;
    const x = xyz[u * 3]! - centers[j * 3]!;
    const y = xyz[u * 3 + 1]! - centers[j * 3 + 1]!;
    const z = xyz[u * 3 + 2]! - centers[j * 3 + 2]!;
    return x * x + y * y + z * z;
  }

  /**
   * One damped Newton step up the smoothed dual; `heat` is the temperature as a share of the local squared spacing.
   * Returns false where no step climbs any more.
   */
  step(heat: number): boolean {
    const { prices, held, bend, ranges, spacing } = this;
    const { k } = this.instance;
    const value = this.known === heat ? this.value : this.hold(prices, heat);
    const slope = new Float64Array(prices.length);
    const extra = new Float64Array(prices.length);
    const kinks = new Float64Array(prices.length);
    const firm = new Float64Array(prices.length);
    for (let at = 0; at < prices.length; at++) {
      const [low, high] = [ranges.low[at]!, ranges.high[at]!];
      const soft = heat * spacing[at % k]!;
      const w = prices[at]!;
      slope[at] =
        (w >= soft ? low : w <= -soft ? high : (high + low) / 2 - ((high - low) * w) / (2 * soft)) - held[at]!;
      const kink = Math.abs(w) < soft ? (high - low) / (2 * soft) : 0;
      const least = Math.max(bend.diagonal[at]!, (LEAST_BEND * Math.max(high, 1e-12)) / spacing[at % k]!);
      kinks[at] = kink;
      firm[at] = least;
    }
    const from = prices.slice();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      for (let at = 0; at < extra.length; at++) extra[at] = kinks[at]! + this.damping * firm[at]!;
      const way = bend.solve(slope, extra);
      for (let at = 0; at < prices.length; at++) {
        const reach = REACH * spacing[at % k]!;
        prices[at] = from[at]! + Math.max(-reach, Math.min(reach, way[at]!));
      }
      const reached = this.hold(prices, heat);
      if (reached > value) {
        this.known = heat;
        this.value = reached;
        if (attempt === 0) this.damping = Math.max(1e-5, this.damping * 0.2);
        return true;
      }
      this.damping *= 6;
    }
    prices.set(from);
    this.known = NaN;
    this.damping = 1;
    return false;
  }

  /** Value of the smoothed dual, what each territory holds when units split softly, and the curvature. */
  private hold(prices: Float64Array, heat: number): number {
    const { instance, width, candidate, cost, held, bend, perUnit, ranges, spacing } = this;
    const { n, k, measures, weight, pairs } = instance;
    const size = k * measures;
    held.fill(0);
    bend.clear();
    const value = new Float64Array(width);
    const who = new Int32Array(width);
    const amounts = new Float64Array(width * measures);
    const hasPairs = pairs.some((pair) => pair !== null);
    const [first, second] = [perUnit[0]!, perUnit[1]];
    let total = 0;
    for (let u = 0; u < n; u++) {
      if (weight[u] === 0) continue;
      let least = Infinity;
      for (let c = 0; c < width; c++) {
        const j = candidate[u * width + c]!;
        let g = cost[u * width + c]!;
        if (hasPairs) for (let m = 0; m < measures; m++) g -= this.amount(m, u, j) * prices[m * k + j]!;
        else {
          g -= first[u]! * prices[j]!;
          if (second) g -= second[u]! * prices[k + j]!;
          for (let m = 2; m < measures; m++) g -= perUnit[m]![u]! * prices[m * k + j]!;
        }
        value[c] = g;
        if (g < least) least = g;
      }
      if (least === Infinity) continue;
      const temperature = heat * this.scale[u]!;
      let sum = 0;
      let count = 0;
      for (let c = 0; c < width; c++) {
        const over = (value[c]! - least) / temperature;
        if (over > COLD) continue;
        const share = Math.exp(-over);
        who[count] = candidate[u * width + c]!;
        value[count++] = share;
        sum += share;
      }
      total += least - temperature * Math.log(sum);
      for (let c = 0; c < count; c++) {
        const j = who[c]!;
        value[c]! /= sum;
        for (let m = 0; m < measures; m++) {
          const a = hasPairs ? this.amount(m, u, j) : perUnit[m]![u]!;
          amounts[c * measures + m] = a;
          held[m * k + j]! += a * value[c]!;
        }
      }
      if (count === 1) continue;
      for (let c = 0; c < count; c++) {
        if (value[c]! < SLIGHT) continue;
        for (let e = 0; e < count; e++) {
          if (value[e]! < SLIGHT) continue;
          const link = ((c === e ? value[c]! : 0) - value[c]! * value[e]!) / temperature;
          let into = bend.block(who[c]!, who[e]!);
          const { values } = bend;
          for (let m = 0; m < measures; m++)
            for (let o = 0; o < measures; o++)
              values[into++]! += link * amounts[c * measures + m]! * amounts[e * measures + o]!;
        }
      }
    }
    for (let at = 0; at < size; at++) {
      const [low, high, w] = [ranges.low[at]!, ranges.high[at]!, prices[at]!];
      const soft = heat * spacing[at % k]!;
      if (Math.abs(w) < soft) total += ((high + low) / 2) * w - ((high - low) * w * w) / (4 * soft);
      else total += (w > 0 ? low : high) * w + ((high - low) * soft) / 4;
    }
    bend.complete();
    return total;
  }

  /** What u costs in j at these prices; units without weight go by the mean price. */
  reduced(u: number, j: number): number {
    const { measures, k, weight } = this.instance;
    const isEmpty = weight[u] === 0;
    let g = isEmpty ? this.squaredKm(u, j) : weight[u]! * this.squaredKm(u, j) + this.instance.changeCost(u, j);
    for (let m = 0; m < measures; m++) g -= (isEmpty ? 1 / measures : this.amount(m, u, j)) * this.prices[m * k + j]!;
    return g;
  }

  /** Every unit where it is cheapest now; units without weight go by the mean price. Writes into `owner`. */
  cheapest(owner: Int32Array): void {
    const { instance, width, candidate, cost } = this;
    for (let u = 0; u < instance.n; u++) {
      let least = Infinity;
      let best = -1;
      for (let c = 0; c < width; c++) {
        const j = candidate[u * width + c]!;
        if (cost[u * width + c] === Infinity) continue;
        const g = this.reduced(u, j);
        if (g < least) {
          least = g;
          best = j;
        }
      }
      if (best >= 0) owner[u] = best;
    }
  }
}
