import { Instance } from './instance.ts';
import type { Problem } from './problem.ts';

/** Directions tried for each cut, all around: the smaller side may lie on either hand. */
const ANGLES = 12;
/** Halvings between two directions: 5 close in on about one degree. */
const REFINEMENTS = 5;
/** A start turns the directions by this part of the step between two. */
const FRESH_TURNS = 3;
/** Slices across a direction in which weight is summed up: so many for each unit, and the most of them. */
const SLICES_PER_UNIT = 4;
const SLICES = 2048;
/** Weight of stretched sides against uneven ones. */
const STRETCH = 0.02;

/**
 * First owners by recursive weighted bisection: cut the units across the direction that splits all measures most evenly
 * in the ratio of the territories on either side, hand cut-off pieces to the other side, go on with both halves.
 * Every territory comes out connected when the graph is. Another start turns the directions. Once it is told to stop it
 * cuts without looking for the best direction.
 */
export function bisection(given: Problem | Instance, start = 0, stop: () => boolean = () => false): Int32Array {
  const instance = given instanceof Instance ? given : new Instance(given);
  const { problem } = instance;
  const owner = new Int32Array(instance.n).fill(-1);
  const cutter = new Cutter(instance, start / FRESH_TURNS, stop);
  split(
    Int32Array.from({ length: instance.n }, (_, u) => u),
    problem.shares.map((_, j) => j),
  );
  return owner;

  function split(units: Int32Array, territories: number[]): void {
    if (territories.length === 1) {
      for (const u of units) owner[u] = territories[0]!;
      return;
    }
    const half = territories.length >> 1;
    const left = territories.slice(0, half);
    const right = territories.slice(half);
    const sum = (list: number[]) => list.reduce((total, j) => total + problem.shares[j]!, 0);
    const { a, b } = cutter.best(units, {
      ratio: sum(left) / (sum(left) + sum(right)),
      least: left.length,
      most: units.length - right.length,
    });
    split(a, left);
    split(b, right);
  }
}

interface Wanted {
  /** Share of every measure on side a. */
  readonly ratio: number;
  /** At least this many units on side a, and at most. */
  readonly least: number;
  readonly most: number;
}

interface Sides {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

interface Candidate {
  readonly angle: number;
  readonly score: number;
  /** How much more of the first measure than of the second lies on side a. */
  readonly tilt: number;
}

/** Finds straight cuts. Places are flat (km east and north), which is enough for a first guess. */
class Cutter {
  private readonly instance: Instance;
  private readonly turn: number;
  private readonly stop: () => boolean;
  private readonly east: Float64Array;
  private readonly north: Float64Array;
  private readonly along: Float64Array;
  private readonly sums: Float64Array;
  /** Piece of each unit while pieces are counted: -1 not seen yet, 0 not asked about. */
  private readonly piece: Int32Array;
  private leastScore = Infinity;

  constructor(instance: Instance, turn: number, stop: () => boolean) {
    this.instance = instance;
    this.stop = stop;
    this.turn = turn;
    const { lat, lon } = instance.problem;
    const middle = lat.reduce((sum, value) => sum + value, 0) / Math.max(1, lat.length);
    const flat = Math.cos((middle * Math.PI) / 180);
    this.east = Float64Array.from(lon, (value) => value * flat);
    this.north = Float64Array.from(lat);
    this.along = new Float64Array(instance.n);
    this.piece = new Int32Array(instance.n);
    this.sums = new Float64Array(SLICES * (instance.measures + 1));
  }

  /**
   * The straight cut that splits all measures best. For two measures some direction splits both exactly (ham-sandwich
   * theorem): between two directions that tilt to opposite sides it is closed in on.
   */
  best(units: Int32Array, wanted: Wanted): Sides {
    if (this.stop()) return this.cut(units, 0, wanted);
    const step = (2 * Math.PI) / ANGLES;
    const angleOf = (i: number) => (i + this.turn) * step;
    this.leastScore = Infinity;
    const coarse = Array.from({ length: ANGLES }, (_, i) => this.attempt(units, angleOf(i), wanted));
    const tried = coarse.slice();
    coarse.forEach((from, i) => {
      if (from.tilt * coarse[(i + 1) % ANGLES]!.tilt >= 0) return;
      let [low, high] = [angleOf(i), angleOf(i + 1)];
      for (let round = 0; round < REFINEMENTS; round++) {
        const middle = this.attempt(units, (low + high) / 2, wanted);
        tried.push(middle);
        if (middle.tilt * from.tilt > 0) low = middle.angle;
        else high = middle.angle;
      }
    });
    tried.sort((p, q) => p.score - q.score || p.angle - q.angle);
    return this.cut(units, tried[0]!.angle, wanted);
  }

  /** How well a straight cut across this direction does, by slices. */
  private attempt(units: Int32Array, angle: number, { ratio }: Wanted): Candidate {
    const { instance, sums, along } = this;
    const { measures, weight, amounts } = instance;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    let [least, most] = [Infinity, -Infinity];
    for (const u of units) {
      const at = this.east[u]! * cos + this.north[u]! * sin;
      along[u] = at;
      if (at < least) least = at;
      if (at > most) most = at;
    }
    const wide = measures + 1;
    const slices = Math.min(SLICES, SLICES_PER_UNIT * units.length);
    sums.fill(0, 0, slices * wide);
    const width = (most - least) / slices || 1;
    for (const u of units) {
      const slice = Math.min(slices - 1, Math.floor((along[u]! - least) / width)) * wide;
      sums[slice]! += weight[u]!;
      for (let m = 0; m < measures; m++) sums[slice + 1 + m]! += amounts[m]![u]!;
    }
    const total = new Float64Array(wide);
    for (let at = 0; at < slices * wide; at++) total[at % wide]! += sums[at]!;
    const inA = new Float64Array(wide);
    let slice = 0;
    for (; slice < slices && inA[0]! + sums[slice * wide]! / 2 < total[0]! * ratio; slice++)
      for (let i = 0; i < wide; i++) inA[i]! += sums[slice * wide + i]!;
    const shares = Array.from({ length: measures }, (_, m) =>
      total[m + 1]! > 0 ? inA[m + 1]! / total[m + 1]! : ratio,
    );
    const off = shares.reduce((sum, share) => sum + Math.abs(share - ratio), 0) / Math.min(ratio, 1 - ratio);
    // sides are square at best: a cut that cannot win any more is not looked at closer
    const atBest = off + STRETCH * 2;
    const score = atBest < this.leastScore ? off + STRETCH * this.spread(units, least + slice * width) : atBest;
    this.leastScore = Math.min(this.leastScore, score);
    return { angle, score, tilt: (shares[0] ?? 0) - (shares[1] ?? shares[0] ?? 0) };
  }

  /** How stretched both sides of a cut are: the longer box side over the shorter one. */
  private spread(units: Int32Array, limit: number): number {
    const boxes = [
      [Infinity, -Infinity, Infinity, -Infinity],
      [Infinity, -Infinity, Infinity, -Infinity],
    ];
    for (const u of units) {
      const box = boxes[this.along[u]! < limit ? 0 : 1]!;
      const x = this.east[u]!;
      const y = this.north[u]!;
      if (x < box[0]!) box[0] = x;
      if (x > box[1]!) box[1] = x;
      if (y < box[2]!) box[2] = y;
      if (y > box[3]!) box[3] = y;
    }
    return boxes.reduce((sum, [west, east, south, north]) => {
      const [width, height] = [Math.max(0, east! - west!) + 1e-9, Math.max(0, north! - south!) + 1e-9];
      return sum + Math.max(width / height, height / width);
    }, 0);
  }

  /** The cut itself, unit by unit, both sides in one piece each: what is cut off goes to the other side. */
  private cut(units: Int32Array, angle: number, { ratio, least, most }: Wanted): Sides {
    const { weight } = this.instance;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (const u of units) this.along[u] = this.east[u]! * cos + this.north[u]! * sin;
    const order = units.slice().sort((p, q) => this.along[p]! - this.along[q]! || p - q);
    let total = 0;
    for (const u of order) total += weight[u]!;
    let [sum, length] = [0, 0];
    while (length < order.length && sum + weight[order[length]!]! / 2 < total * ratio) sum += weight[order[length++]!]!;
    length = Math.min(most, Math.max(least, length));
    const { main, rest: stray } = this.parts(order.subarray(0, length));
    const { main: b, rest: back } = this.parts(joined(order.subarray(length), stray));
    const sides = { a: joined(main, back), b };
    const fits = sides.a.length >= least && sides.a.length <= most;
    return fits ? sides : { a: order.slice(0, length), b: order.slice(length) };
  }

  /** The largest connected piece of these units, and all the others. */
  private parts(units: Int32Array): { main: Int32Array; rest: Int32Array } {
    const { piece } = this;
    const { offsets, targets } = this.instance;
    const queue = new Int32Array(units.length);
    for (const u of units) piece[u] = -1;
    let [best, most, count] = [0, -1, 0];
    for (const first of units) {
      if (piece[first] !== -1) continue;
      const mine = ++count;
      let [head, tail] = [0, 1];
      queue[0] = first;
      piece[first] = mine;
      while (head < tail) {
        const u = queue[head++]!;
        for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
          const next = targets[at]!;
          if (piece[next] !== -1) continue;
          piece[next] = mine;
          queue[tail++] = next;
        }
      }
      if (tail > most) [best, most] = [mine, tail];
    }
    const inside = units.filter((u) => piece[u] === best);
    const rest = units.filter((u) => piece[u] !== best);
    for (const u of units) piece[u] = 0;
    return { main: inside, rest };
  }
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
