import { Divider, type Sides, type Wanted } from './divider.ts';
import { evenSides } from './evenSides.ts';
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
/** Weight of stretched sides against uneven ones, and the stretch of two squares. */
const STRETCH = 0.02;
const SQUARE = 2;
/** Directions whose cut is made to see what its sides hold once they are in one piece each. */
const CLOSER = 3;
/** And all the others, where the sides of these hold too much or too little by so much, as `Sides.off`. */
const POOR = 0.02;

/** Shares of fewer territories are not evened out after a cut: a search over all of them mends it as well. */
const FEW = 8;

/** Units that go together to these territories. */
export interface Share {
  readonly units: Int32Array;
  readonly territories: readonly number[];
}

export interface CutOptions {
  /** Another start turns the directions. */
  readonly start?: number;
  /** Once it is told to stop it cuts without looking for the best direction. */
  readonly stop?: () => boolean;
  /** For a first look: the likeliest cut is taken, and nothing is evened out. */
  readonly quick?: boolean;
}

/** First owners: recursive cuts down to single territories. Every one comes out connected when the graph is. */
export function bisection(given: Problem | Instance, options: CutOptions = {}): Int32Array {
  const instance = given instanceof Instance ? given : new Instance(given);
  const owner = new Int32Array(instance.n).fill(-1);
  for (const { units, territories } of new Cuts(instance, options).all())
    for (const u of units) owner[u] = territories[0]!;
  return owner;
}

/**
 * Recursive weighted bisection: cut the units across the direction that splits all measures most evenly in the ratio of
 * the territories on either side, hand cut-off pieces to the other side, go on with both halves.
 */
export class Cuts {
  private readonly instance: Instance;
  private readonly cutter: Cutter;
  private readonly stop: () => boolean;
  private readonly fewest: number;

  constructor(instance: Instance, { start = 0, stop = () => false, quick = false }: CutOptions = {}) {
    this.instance = instance;
    this.stop = stop;
    this.fewest = quick ? Infinity : FEW;
    this.cutter = new Cutter(instance, { turn: start / FRESH_TURNS, stop, quick });
  }

  /** All units and territories in shares of at most so many territories. */
  all(most = 1): Share[] {
    const { n, problem } = this.instance;
    const units = Int32Array.from({ length: n }, (_, u) => u);
    return this.split({ units, territories: problem.shares.map((_, j) => j) }, most);
  }

  /** A share in smaller ones. */
  split(share: Share, most = 1): Share[] {
    const { territories } = share;
    if (territories.length <= most) return [share];
    const { shares } = this.instance.problem;
    const half = territories.length >> 1;
    const left = territories.slice(0, half);
    const right = territories.slice(half);
    const sum = (list: readonly number[]) => list.reduce((total, j) => total + shares[j]!, 0);
    const wanted: Wanted = { ratio: sum(left) / (sum(left) + sum(right)), least: [left.length, right.length] };
    const cut = this.cutter.best(share.units, wanted);
    const { a, b } =
      territories.length < this.fewest ? cut : evenSides(this.instance, cut, { ...wanted, stop: this.stop });
    return [
      ...this.split({ units: a, territories: left }, most),
      ...this.split({ units: b, territories: right }, most),
    ];
  }
}

interface Candidate {
  readonly angle: number;
  readonly score: number;
  readonly stretch: number;
  /** How much more of the first measure than of the second lies on side a. */
  readonly tilt: number;
}

/** Finds straight cuts. Places are flat (km east and north), which is enough for a first guess. */
class Cutter {
  private readonly instance: Instance;
  private readonly turn: number;
  private readonly stop: () => boolean;
  private readonly quick: boolean;
  private readonly east: Float64Array;
  private readonly north: Float64Array;
  private readonly along: Float64Array;
  private readonly sums: Float64Array;
  private readonly divider: Divider;
  private leastScore = Infinity;

  constructor(instance: Instance, { turn, stop, quick }: { turn: number; stop: () => boolean; quick: boolean }) {
    this.instance = instance;
    this.stop = stop;
    this.turn = turn;
    this.quick = quick;
    const { lat, lon } = instance.problem;
    const middle = lat.reduce((sum, value) => sum + value, 0) / Math.max(1, lat.length);
    const flat = Math.cos((middle * Math.PI) / 180);
    this.east = Float64Array.from(lon, (value) => value * flat);
    this.north = Float64Array.from(lat);
    this.along = new Float64Array(instance.n);
    this.divider = new Divider(instance);
    this.sums = new Float64Array(SLICES * (instance.measures + 1));
  }

  /**
   * The straight cut that splits all measures best. For two measures some direction splits both exactly (ham-sandwich
   * theorem): between two directions that tilt to opposite sides it is closed in on.
   */
  best(units: Int32Array, wanted: Wanted): Sides {
    if (this.stop()) return this.made(units, [], wanted);
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
    return this.made(units, tried, wanted);
  }

  /** The best of the likeliest cuts as they really come out; where none comes out well, the others are made too. */
  private made(units: Int32Array, tried: readonly Candidate[], wanted: Wanted): Sides {
    let best: Sides | null = null;
    let least = Infinity;
    for (const [i, { angle, score, stretch }] of tried.entries()) {
      if (least <= score || this.stop()) break;
      if (this.quick ? i > 0 : i >= CLOSER && best!.off < POOR) break;
      const sides = this.divider.cut(this.turned(units, angle), wanted, this.stop);
      const made = sides.off + STRETCH * stretch;
      if (best && made >= least) continue;
      best = sides;
      least = made;
    }
    return best ?? this.divider.cut(this.turned(units, 0), wanted, this.stop);
  }

  /** The units in the order in which they lie in a direction; ties by number, so that account groups follow their unit. */
  private turned(units: Int32Array, angle: number): Int32Array {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (const u of units) this.along[u] = this.east[u]! * cos + this.north[u]! * sin;
    return units.slice().sort((p, q) => this.along[p]! - this.along[q]! || p - q);
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
    const stretch = off + STRETCH * SQUARE < this.leastScore ? this.spread(units, least + slice * width) : SQUARE;
    const score = off + STRETCH * stretch;
    this.leastScore = Math.min(this.leastScore, score);
    return { angle, score, stretch, tilt: (shares[0] ?? 0) - (shares[1] ?? shares[0] ?? 0) };
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
}
