/** Rounds of conjugate gradients at most; few are needed, because prices act on near territories only. */
const MOST_ROUNDS = 200;
const SMALL = 1e-4;

/**
 * A symmetric matrix of blocks, one for every pair of territories that share an undecided unit. A block holds a value for
 * every pair of measures; rows are numbered measure * k + territory.
 */
export class Curvature {
  readonly size: number;
  /** Diagonal, kept apart because steps are damped by it. */
  readonly diagonal: Float64Array;
  private readonly k: number;
  private readonly measures: number;
  /** Block of a pair of territories, 0 for none yet. */
  private readonly slot: Int32Array;
  private pairs: Int32Array = new Int32Array(1024);
  private blocks: Float64Array;
  private count = 1;

  constructor(k: number, measures: number) {
    this.k = k;
    this.measures = measures;
    this.size = k * measures;
    this.diagonal = new Float64Array(this.size);
    this.slot = new Int32Array(k * k);
    this.blocks = new Float64Array(1024 * measures * measures);
  }

  clear(): void {
    this.diagonal.fill(0);
    this.blocks.fill(0, 0, this.count * this.measures * this.measures);
    for (let s = 1; s < this.count; s++) this.slot[this.pairs[s]!] = 0;
    this.count = 1;
  }

  /** Where the block of territories i and j begins in `values`; made where it is missing. */
  block(i: number, j: number): number {
    const wide = this.measures * this.measures;
    const pair = i * this.k + j;
    if (this.slot[pair] === 0) {
      if (this.count === this.pairs.length) {
        const pairs = new Int32Array(this.count * 2);
        pairs.set(this.pairs);
        this.pairs = pairs;
        const blocks = new Float64Array(this.count * 2 * wide);
        blocks.set(this.blocks);
        this.blocks = blocks;
      }
      this.slot[pair] = this.count;
      this.pairs[this.count++] = pair;
    }
    return this.slot[pair]! * wide;
  }

  get values(): Float64Array {
    return this.blocks;
  }

  /** Call after the sums are complete. */
  complete(): void {
    const { k, measures, blocks } = this;
    for (let j = 0; j < k; j++) {
      const s = this.slot[j * k + j]!;
      for (let m = 0; s > 0 && m < measures; m++)
        this.diagonal[m * k + j] = blocks[s * measures * measures + m * measures + m]!;
    }
  }

  /** The same with territories in groups that share one price: `of` gives each territory's group. */
  grouped(of: Int32Array, count: number): Curvature {
    const own = new Curvature(count, this.measures);
    const wide = this.measures * this.measures;
    for (let s = 1; s < this.count; s++) {
      const i = Math.floor(this.pairs[s]! / this.k);
      const into = own.block(of[i]!, of[this.pairs[s]! - i * this.k]!);
      for (let w = 0; w < wide; w++) own.values[into + w]! += this.blocks[s * wide + w]!;
    }
    own.complete();
    return own;
  }

  private times(x: Float64Array, into: Float64Array): void {
    const { k, measures, blocks, pairs, count } = this;
    for (let s = 1; s < count; s++) {
      const i = Math.floor(pairs[s]! / k);
      const j = pairs[s]! - i * k;
      let at = s * measures * measures;
      for (let m = 0; m < measures; m++)
        for (let o = 0; o < measures; o++) into[m * k + i]! += blocks[at++]! * x[o * k + j]!;
    }
  }

  /** x with (this + diag(extra)) x = b, by conjugate gradients with the diagonal as preconditioner. */
  solve(b: Float64Array, extra: Float64Array): Float64Array {
    const { size, diagonal } = this;
    const x = new Float64Array(size);
    const rest = b.slice();
    const scaled = new Float64Array(size);
    const towards = new Float64Array(size);
    const image = new Float64Array(size);
    let rho = 0;
    for (let i = 0; i < size; i++) {
      scaled[i] = rest[i]! / (diagonal[i]! + extra[i]!);
      towards[i] = scaled[i]!;
      rho += rest[i]! * scaled[i]!;
    }
    const enough = rho * SMALL * SMALL;
    for (let round = 0; round < MOST_ROUNDS && rho > enough; round++) {
      for (let i = 0; i < size; i++) image[i] = extra[i]! * towards[i]!;
      this.times(towards, image);
      let bend = 0;
      for (let i = 0; i < size; i++) bend += image[i]! * towards[i]!;
      if (!(bend > 0)) break;
      const pace = rho / bend;
      let next = 0;
      for (let i = 0; i < size; i++) {
        x[i]! += pace * towards[i]!;
        rest[i]! -= pace * image[i]!;
        scaled[i] = rest[i]! / (diagonal[i]! + extra[i]!);
        next += rest[i]! * scaled[i]!;
      }
      for (let i = 0; i < size; i++) towards[i] = scaled[i]! + (next / rho) * towards[i]!;
      rho = next;
    }
    return x;
  }
}
