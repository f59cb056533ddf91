import type { Instance } from './instance.ts';
import { liftsOf } from './lifts.ts';
import { Shortlist } from './shortlist.ts';

/** Territories looked at per unit: farther ones win only at prices that hardly any plan needs; the proof looks at all. */
export const CANDIDATES = 16;

/** What is known where candidates are picked. */
interface Ground {
  /** Centres in km, x y z, and prices as shares of the totals in km² (measure * k + territory). */
  readonly centers: Float64Array;
  readonly prices: Float64Array;
  /** Candidates that cost more than the cheapest by so many of the unit's scale do not count. */
  readonly within: number;
  /** What the prices make of unit u in territory j, in km². */
  readonly worth: (u: number, j: number) => number;
}

/** The territories that each unit may be cheapest in, with what it costs there before any price. */
export class Candidates {
  readonly width: number;
  /** Candidates of u are who[u * width] to who[(u + 1) * width - 1], and what it costs there in km²; Infinity where it may not go. */
  readonly who: Int32Array;
  readonly cost: Float64Array;
  /** Weight times the mean squared distance to the two nearest: the scale of a unit's temperature. */
  readonly scale: Float64Array;
  /** So many of each unit's candidates count: the first. */
  readonly counts: Int32Array;
  private readonly instance: Instance;

  /** With up to twice as many territories as are to be looked at for a unit, all are. */
  constructor(instance: Instance, most: number) {
    const { n, k } = instance;
    this.instance = instance;
    this.width = k <= 2 * most ? k : most;
    this.who = new Int32Array(n * this.width);
    this.cost = new Float64Array(n * this.width);
    this.scale = new Float64Array(n);
    this.counts = new Int32Array(n).fill(this.width);
  }

  /** Picks those that cost least at the present prices, and today's owner where keeping him is worth something. */
  renew(ground: Ground): void {
    const { instance, width } = this;
    const { k, fixed, blocks } = instance;
    const today = instance.problem.disruptionWeight > 0 ? instance.problem.current : null;
    const found = new Int32Array(k);
    const ask = { centers: ground.centers, ...liftsOf(instance, ground.prices), rank: width };
    const list = new Shortlist(width);
    for (let b = 0; b < blocks.count; b++) {
      // where every territory counts there is nothing to pick
      const count = width === k ? 0 : blocks.candidates(b, ask, found);
      for (let i = blocks.starts[b]!; i < blocks.starts[b + 1]!; i++) {
        const u = blocks.units[i]!;
        this.pick(u, found.subarray(0, count), list, ground);
        const must = fixed[u]! >= 0 ? fixed[u]! : today ? today[u]! : -1;
        if (must >= 0 && !list.who.includes(must)) list.who[width - 1] = must;
        this.take(u, list.who, ground.centers);
        if (width < k) this.counts[u] = this.near(u, list.keys, { must, within: ground.within });
      }
    }
  }

  /** How many candidates of u, cheapest first, are near enough to count; the one that must count is brought among them. */
  private near(u: number, keys: Float64Array, { must, within }: { must: number; within: number }): number {
    const { width, who, cost, scale } = this;
    if (within === Infinity) return width;
    const most = keys[0]! + (within * scale[u]!) / (this.instance.weight[u]! || 1);
    let near = 1;
    while (near < width && keys[near]! <= most) near++;
    const [first, last] = [u * width, u * width + near];
    const at = must < 0 ? -1 : who.indexOf(must, first);
    if (at < last) return near;
    [who[at], who[last]] = [who[last]!, who[at]!];
    [cost[at], cost[last]] = [cost[last]!, cost[at]!];
    return near + 1;
  }

  /** The cheapest of some territories for u, cheapest first; all in order where all count. */
  private pick(u: number, among: Int32Array, list: Shortlist, { centers, worth }: Ground): void {
    const { k, weight } = this.instance;
    if (this.width === k) {
      for (let j = 0; j < k; j++) list.who[j] = j;
      return;
    }
    list.clear();
    const p = weight[u]! || 1;
    for (const j of among) list.offer(squaredKm(this.instance, u, centers, j) - worth(u, j) / p, j);
  }

  private take(u: number, who: Int32Array, centers: Float64Array): void {
    const { instance, width } = this;
    let [least, second] = [Infinity, Infinity];
    for (let c = 0; c < width; c++) {
      const j = who[c]!;
      const d2 = squaredKm(instance, u, centers, j);
      if (d2 < least) {
        second = least;
        least = d2;
      } else if (d2 < second) second = d2;
      this.who[u * width + c] = j;
      this.cost[u * width + c] = instance.allows(u, j)
        ? instance.weight[u]! * d2 + instance.changeCost(u, j)
        : Infinity;
    }
    this.scale[u] = instance.weight[u]! * (instance.k > 1 ? (least + second) / 2 : least);
  }
}

/** Squared distance from unit u to the centre of territory j, in km². */
export function squaredKm({ xyz }: Instance, u: number, centers: Float64Array, j: number): number {
  const x = xyz[u * 3]! - centers[j * 3]!;
  const y = xyz[u * 3 + 1]! - centers[j * 3 + 1]!;
  const z = xyz[u * 3 + 2]! - centers[j * 3 + 2]!;
  return x * x + y * y + z * z;
}
