import { Candidates, CANDIDATES, squaredKm } from './candidates.ts';
import { Curvature } from './newton.ts';
import type { Instance } from './instance.ts';
import { alone, together, type Level } from './levels.ts';
import { spacingOf } from './spacing.ts';

/** Target ranges as shares of the measure's total, per m * k + j, without what a territory holds by itself. */
export interface Ranges {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

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
  private readonly candidates: Candidates;
  private readonly bend: Curvature;
  /** Squared distance to the next centre, per territory, in km². */
  private readonly spacing: Float64Array;
  private readonly perUnit: readonly Float64Array[];
  private readonly single: Level;
  /** Groups of neighbours at the present centres, made when they are first asked for. */
  private groups: Level[] | undefined;
  /** Temperature of the last evaluation where that is at the present prices. */
  private known = NaN;
  /** Value of the smoothed dual at the present prices, at the temperature of the last step; in km². */
  value = 0;

  /** `centers` (km, x y z) may be changed by the caller, who then calls `recenter`; `most` as in `Candidates`. */
  constructor(instance: Instance, centers: Float64Array, ranges: Ranges, most = CANDIDATES) {
    this.instance = instance;
    this.centers = centers;
    this.ranges = ranges;
    const { k, measures } = instance;
    this.candidates = new Candidates(instance, most);
    this.prices = new Float64Array(k * measures);
    this.held = new Float64Array(k * measures);
    this.bend = new Curvature(k, measures);
    this.spacing = new Float64Array(k);
    this.single = alone(this.spacing);
    this.perUnit = instance.amounts.map((values, m) =>
      values.map((value) => (instance.totals[m]! > 0 ? value / instance.totals[m]! : 0)),
    );
    this.recenter();
  }

  /** Is every territory looked at for every unit? */
  get looksAtAll(): boolean {
    return this.candidates.width === this.instance.k;
  }

  /** Share of measure m's total that u adds to j. */
  amount(m: number, u: number, j: number): number {
    const pair = this.instance.pairs[m];
    return this.perUnit[m]![u]! + (pair ? pair[u * this.instance.k + j]! / this.instance.totals[m]! : 0);
  }

  /**
   * Picks the candidates anew, those that cost least at the present prices, and takes the distances from the centres as
   * they now stand. `within` as in `Candidates`.
   */
  recenter(within = Infinity): void {
    this.known = NaN;
    const { centers, prices } = this;
    this.spacing.set(spacingOf(centers));
    this.groups = undefined;
    this.candidates.renew({ centers, prices, within, worth: (u, j) => this.worth(u, j) });
  }

  /** What u brings j at the present prices; units without weight go by the mean price. */
  private worth(u: number, j: number): number {
    const { measures, k, weight } = this.instance;
    const isEmpty = weight[u] === 0;
    let sum = 0;
    for (let m = 0; m < measures; m++) sum += (isEmpty ? 1 / measures : this.amount(m, u, j)) * this.prices[m * k + j]!;
    return sum;
  }

  /**
   * One damped Newton step up the smoothed dual; `heat` is the temperature as a share of the local squared spacing.
   * Returns false where no step climbs any more.
   */
  step(heat: number): boolean {
    return this.climb(heat, this.single);
  }

  /**
   * The same where all prices of a group of neighbours move alike, by ever larger groups: what a whole coast lacks comes
   * from far, and prices that move alone learn that slowly.
   */
  shift(heat: number): void {
    this.groups ??= together(this.centers, this.spacing);
    for (const level of this.groups) this.climb(heat, level);
  }

  private climb(heat: number, level: Level): boolean {
    const { prices, held, ranges, spacing } = this;
    const { k, measures } = this.instance;
    const { of, count, reach } = level;
    const value = this.known === heat ? this.value : this.hold(prices, heat);
    const bend = level === this.single ? this.bend : this.bend.grouped(of, count);
    const slope = new Float64Array(count * measures);
    const kinks = new Float64Array(count * measures);
    const firm = new Float64Array(count * measures);
    for (let at = 0; at < prices.length; at++) {
      const [low, high] = [ranges.low[at]!, ranges.high[at]!];
      const soft = heat * spacing[at % k]!;
      const w = prices[at]!;
      const to = Math.floor(at / k) * count + of[at % k]!;
      slope[to]! +=
        (w >= soft ? low : w <= -soft ? high : (high + low) / 2 - ((high - low) * w) / (2 * soft)) - held[at]!;
      if (Math.abs(w) < soft) kinks[to]! += (high - low) / (2 * soft);
      firm[to]! += (level.firmness * LEAST_BEND * Math.max(high, 1e-12)) / spacing[at % k]!;
    }
    for (let at = 0; at < firm.length; at++) firm[at] = Math.max(bend.diagonal[at]!, firm[at]!);
    const extra = new Float64Array(count * measures);
    const from = prices.slice();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      for (let at = 0; at < extra.length; at++) extra[at] = kinks[at]! + level.damping * firm[at]!;
      const way = bend.solve(slope, extra);
      for (let at = 0; at < prices.length; at++) {
        const g = of[at % k]!;
        const most = REACH * reach[g]!;
        prices[at] = from[at]! + Math.max(-most, Math.min(most, way[Math.floor(at / k) * count + g]!));
      }
      const reached = this.hold(prices, heat);
      if (reached > value) {
        this.known = heat;
        this.value = reached;
        if (attempt === 0) level.damping = Math.max(1e-5, level.damping * 0.2);
        return true;
      }
      level.damping *= 6;
    }
    prices.set(from);
    this.known = NaN;
    level.damping = 1;
    return false;
  }

  /** Value of the smoothed dual, what each territory holds when units split softly, and the curvature. */
  private hold(prices: Float64Array, heat: number): number {
    const { instance, held, bend, perUnit, ranges, spacing } = this;
    const { width, who: candidate, cost, scale, counts } = this.candidates;
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
      const near = counts[u]!;
      let least = Infinity;
      for (let c = 0; c < near; c++) {
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
      const temperature = heat * scale[u]!;
      let sum = 0;
      let count = 0;
      for (let c = 0; c < near; c++) {
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
    const { instance } = this;
    const d2 = squaredKm(instance, u, this.centers, j);
    const p = instance.weight[u]!;
    return (p === 0 ? d2 : p * d2 + instance.changeCost(u, j)) - this.worth(u, j);
  }

  /** Every unit where it is cheapest now; units without weight go by the mean price. Writes into `owner`. */
  cheapest(owner: Int32Array): void {
    const { width, who, cost } = this.candidates;
    for (let u = 0; u < this.instance.n; u++) {
      let least = Infinity;
      let best = -1;
      for (let c = 0; c < width; c++) {
        const j = who[u * width + c]!;
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
