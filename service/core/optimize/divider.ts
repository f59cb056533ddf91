import type { Instance } from './instance.ts';

export interface Wanted {
  /** Share of every measure on side a. */
  readonly ratio: number;
  /** At least this many whole units on side a, and on side b. */
  readonly least: readonly [number, number];
}

export interface Sides {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** How far the shares of the measures on side a are from the ratio, summed, as shares of the smaller side. */
  readonly off: number;
}

/** Probes for the place of one cut at most. */
const PROBES = 12;
/** A cut this good is not looked at again, as `off`. */
const GOOD = 0.004;
const [NONE, A, B] = [0, 1, 2];

/** Cuts an ordered list of units so that both sides are in one piece and hold their shares in the end. */
export class Divider {
  private readonly instance: Instance;
  private readonly side: Uint8Array;
  /** Units seen in a walk carry its stamp. */
  private readonly seen: Int32Array;
  private stamp = 0;
  private readonly queue: Int32Array;

  constructor(instance: Instance) {
    this.instance = instance;
    this.side = new Uint8Array(instance.n);
    this.seen = new Int32Array(instance.n);
    this.queue = new Int32Array(instance.n);
  }

  /**
   * What a cut leaves across a bay or a border goes to the other side; the cut is shifted until the shares are right
   * with it. Of all probes the one counts whose sides come out best; told to stop, the first that is legal.
   */
  cut(order: Int32Array, { ratio, least }: Wanted, stop: () => boolean = () => false): Sides {
    const { weight, partOf } = this.instance;
    let total = 0;
    let whole = 0;
    for (const u of order) {
      total += weight[u]!;
      if (partOf[u]! < 0) whole++;
    }
    let [low, high] = [1, order.length - 1];
    let aim = total * ratio;
    let best: Sides | null = null;
    for (let probe = 0; probe < PROBES && low <= high; probe++) {
      let at = this.lengthTo(order, aim);
      if (at < low || at > high) at = (low + high) >> 1;
      this.part(order, at);
      const held = this.heldBy(order);
      const off = this.off(order, ratio);
      if (held.whole >= least[0] && whole - held.whole >= least[1] && (!best || off < best.off)) {
        best = { ...this.sides(order), off };
        if (off < GOOD || stop()) break;
      }
      if (held.weight < total * ratio) low = at + 1;
      else high = at - 1;
      aim += total * ratio - held.weight;
    }
    for (const u of order) this.side[u] = NONE;
    return best ?? this.byCount(order, { ratio, least });
  }

  /** How many of the first units hold this weight. */
  private lengthTo(order: Int32Array, wanted: number): number {
    const { weight } = this.instance;
    let [sum, length] = [0, 0];
    while (length < order.length && sum + weight[order[length]!]! / 2 < wanted) sum += weight[order[length++]!]!;
    return length;
  }

  /** Sides for a cut after so many units, each in one piece where the whole is; account groups follow their unit. */
  private part(order: Int32Array, at: number): void {
    const { side } = this;
    const { partOf } = this.instance;
    for (let i = 0; i < order.length; i++) side[order[i]!] = i < at ? A : B;
    this.giveStrays(order, A);
    this.giveStrays(order, B);
    for (const u of order) if (partOf[u]! >= 0 && !this.touches(u, side[u]!)) side[u] = A + B - side[u]!;
  }

  /** All but the largest piece of one side goes to the other. */
  private giveStrays(order: Int32Array, from: number): void {
    const { side, seen } = this;
    const { partOf } = this.instance;
    const before = this.stamp;
    let [most, largest] = [0, 0];
    for (const u of order) {
      if (side[u] !== from || partOf[u]! >= 0 || seen[u]! > before) continue;
      const count = this.walk(u, from);
      if (count > most) [most, largest] = [count, this.stamp];
    }
    for (const u of order) if (side[u] === from && partOf[u]! < 0 && seen[u] !== largest) side[u] = A + B - from;
  }

  /** Stamps the piece of a unit; how many units it has. */
  private walk(first: number, from: number): number {
    const { side, seen, queue } = this;
    const { offsets, targets, partOf } = this.instance;
    const stamp = ++this.stamp;
    let [head, tail] = [0, 1];
    queue[0] = first;
    seen[first] = stamp;
    while (head < tail) {
      const u = queue[head++]!;
      for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
        const next = targets[at]!;
        if (side[next] !== from || seen[next] === stamp || partOf[next]! >= 0) continue;
        seen[next] = stamp;
        queue[tail++] = next;
      }
    }
    return tail;
  }

  private touches(u: number, side: number): boolean {
    const { offsets, targets, partOf } = this.instance;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++)
      if (this.side[targets[at]!] === side && partOf[targets[at]!]! < 0) return true;
    return false;
  }

  private heldBy(order: Int32Array): { weight: number; whole: number } {
    const { weight, partOf } = this.instance;
    const held = { weight: 0, whole: 0 };
    for (const u of order) {
      if (this.side[u] !== A) continue;
      held.weight += weight[u]!;
      if (partOf[u]! < 0) held.whole++;
    }
    return held;
  }

  private off(order: Int32Array, ratio: number): number {
    let off = 0;
    for (const values of this.instance.amounts) {
      let [total, inA] = [0, 0];
      for (const u of order) {
        total += values[u]!;
        if (this.side[u] === A) inA += values[u]!;
      }
      off += unevenness(inA, total, ratio);
    }
    return off;
  }

  private sides(order: Int32Array): { a: Int32Array; b: Int32Array } {
    return { a: order.filter((u) => this.side[u] === A), b: order.filter((u) => this.side[u] === B) };
  }

  /** Where no cut leaves enough units on both sides: by number alone, without a look at what touches. */
  private byCount(order: Int32Array, { ratio, least }: Wanted): Sides {
    const { partOf } = this.instance;
    const whole = order.filter((u) => partOf[u]! < 0);
    const first = Math.max(least[0], Math.min(whole.length - least[1], Math.round(whole.length * ratio)));
    const inA = new Set(whole.subarray(0, first));
    const isA = (u: number) => inA.has(partOf[u]! < 0 ? u : partOf[u]!);
    return { a: order.filter(isA), b: order.filter((u) => !isA(u)), off: Infinity };
  }
}

/** How far the part of a total on side a is from its ratio, as a share of the smaller side; 0 where there is nothing. */
export function unevenness(inA: number, total: number, ratio: number): number {
  return total > 0 ? Math.abs(inA / total - ratio) / Math.min(ratio, 1 - ratio) : 0;
}
