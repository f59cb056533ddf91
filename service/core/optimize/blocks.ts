import { Shortlist } from './shortlist.ts';

/** Units of one block at most. */
const MOST = 64;
/** Rounding of squared distances on the Earth, with much room, in km². */
const SLACK = 1e-3;

/**
 * Units in blocks of neighbours: what is too far for a whole block is passed over at once, and nothing is ever passed
 * over that could win for one of its units.
 */
export class Blocks {
  /** Units block by block; block b has those from starts[b] to starts[b + 1] - 1, ascending. */
  readonly units: Int32Array;
  readonly starts: readonly number[];
  /** Middle of each block in km, x y z, and the distance of its farthest unit from there. */
  private readonly middles: Float64Array;
  private readonly radii: Float64Array;
  private readonly near: Float64Array;
  private readonly far: Float64Array;

  /** `xyz` are places in km from the Earth's middle, `k` the number of centres that are asked for. */
  constructor(xyz: Float64Array, k: number) {
    const n = xyz.length / 3;
    this.units = Int32Array.from({ length: n }, (_, u) => u);
    this.starts = [...halved(xyz, this.units, { from: 0, to: n, most: MOST }), n];
    const count = this.starts.length - 1;
    this.middles = new Float64Array(count * 3);
    this.radii = new Float64Array(count);
    this.near = new Float64Array(k);
    this.far = new Float64Array(k);
    for (let b = 0; b < count; b++) this.measure(xyz, b);
  }

  get count(): number {
    return this.starts.length - 1;
  }

  /**
   * The centres j that can be among the `rank` best of some unit of block b by squared distance less lift, where the lift
   * of j lies between `least[j]` and `most[j]`, in km². Writes them ascending into `into` and returns how many they are.
   */
  candidates(b: number, { centers, least, most, rank }: Ask, into: Int32Array): number {
    const { near, far } = this;
    const k = near.length;
    const radius = this.radii[b]!;
    const [x, y, z] = [this.middles[b * 3]!, this.middles[b * 3 + 1]!, this.middles[b * 3 + 2]!];
    const best = new Shortlist(Math.min(rank, k));
    for (let j = 0, at = 0; j < k; j++, at += 3) {
      const away = Math.hypot(x - centers[at]!, y - centers[at + 1]!, z - centers[at + 2]!);
      const closest = Math.max(0, away - radius);
      near[j] = closest * closest - most[j]!;
      far[j] = (away + radius) * (away + radius) - least[j]!;
      best.offer(far[j]!, j);
    }
    let count = 0;
    for (let j = 0; j < k; j++) if (near[j]! <= best.limit + SLACK) into[count++] = j;
    return count;
  }

  private measure(xyz: Float64Array, b: number): void {
    const [from, to] = [this.starts[b]!, this.starts[b + 1]!];
    for (let i = from; i < to; i++)
      for (let d = 0; d < 3; d++) this.middles[b * 3 + d]! += xyz[this.units[i]! * 3 + d]! / (to - from);
    for (let i = from; i < to; i++) {
      const away = Math.hypot(...[0, 1, 2].map((d) => xyz[this.units[i]! * 3 + d]! - this.middles[b * 3 + d]!));
      if (away > this.radii[b]!) this.radii[b] = away;
    }
  }
}

export interface Ask {
  /** Places of the centres in km, x y z. */
  readonly centers: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly rank: number;
}

interface Range {
  readonly from: number;
  readonly to: number;
  /** Units of a block at most. */
  readonly most: number;
}

/** Sorts a range of units so that blocks lie together, by halves across their longest side. Returns where blocks begin. */
export function halved(xyz: Float64Array, units: Int32Array, { from, to, most }: Range): number[] {
  if (to - from <= most) {
    units.subarray(from, to).sort();
    return [from];
  }
  const side = longest(xyz, units.subarray(from, to));
  units.subarray(from, to).sort((u, v) => xyz[u * 3 + side]! - xyz[v * 3 + side]! || u - v);
  const middle = (from + to) >> 1;
  return [...halved(xyz, units, { from, to: middle, most }), ...halved(xyz, units, { from: middle, to, most })];
}

function longest(xyz: Float64Array, units: Int32Array): number {
  const spans = [0, 1, 2].map((d) => {
    let [least, most] = [Infinity, -Infinity];
    for (const u of units) {
      least = Math.min(least, xyz[u * 3 + d]!);
      most = Math.max(most, xyz[u * 3 + d]!);
    }
    return most - least;
  });
  return spans.indexOf(Math.max(...spans));
}
