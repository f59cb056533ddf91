import { EARTH_RADIUS_KM, unitVector } from '../geography.ts';
import { Instance } from './instance.ts';
import type { Problem } from './problem.ts';

/** Weight of a unit that holds nothing, as a share of the mean weight: it still belongs near its territory. */
const TRACE = 0.02;

/**
 * A plan under change: owners, loads and centres kept in step. Arrays are typed and flat (measure * k + territory),
 * because a search makes millions of moves; ids exist only outside the engine.
 */
export class Plan {
  readonly instance: Instance;
  readonly problem: Problem;
  readonly n: number;
  readonly k: number;
  readonly owner: Int32Array;
  readonly loads: Float64Array;
  /** Whole units of each territory; account groups do not count. */
  readonly sizes: Int32Array;
  /** Account groups of each territory. */
  readonly leaves: Int32Array;
  /** Centres of the territories in km from the Earth's middle, x y z. */
  readonly centers: Float64Array;
  /** Weight p of each unit, a share of all, and what changes rep with it, q. */
  readonly weight: Float64Array;
  readonly moving: Float64Array;
  private readonly mark: Int32Array;
  private stamp = 0;
  private readonly queueA: Int32Array;
  private readonly queueB: Int32Array;
  private readonly around: Int32Array;

  constructor(problem: Problem | Instance, owner: ArrayLike<number>) {
    this.instance = problem instanceof Instance ? problem : new Instance(problem);
    this.problem = this.instance.problem;
    this.n = this.instance.n;
    this.k = this.instance.k;
    this.owner = Int32Array.from(owner);
    this.loads = new Float64Array(this.instance.measures * this.k);
    this.sizes = new Int32Array(this.k);
    this.leaves = new Int32Array(this.k);
    this.weight = this.instance.weight;
    this.moving = this.instance.moving;
    this.centers = new Float64Array(this.k * 3);
    this.mark = new Int32Array(this.n);
    this.queueA = new Int32Array(this.n);
    this.queueB = new Int32Array(this.n);
    this.around = new Int32Array(this.n);
    this.recount();
    this.recenter();
  }

  /** Amount that unit u adds to territory j in measure m. */
  amount(m: number, u: number, j: number): number {
    const pair = this.instance.pairs[m];
    const amount = this.instance.amounts[m]![u]!;
    return pair ? amount + pair[u * this.k + j]! : amount;
  }

  move(u: number, to: number): void {
    const from = this.owner[u]!;
    const { loads, k } = this;
    for (let m = 0; m < this.instance.measures; m++) {
      if (from >= 0) loads[m * k + from]! -= this.amount(m, u, from);
      if (to >= 0) loads[m * k + to]! += this.amount(m, u, to);
    }
    const counts = this.instance.partOf[u]! < 0 ? this.sizes : this.leaves;
    if (from >= 0) counts[from]!--;
    if (to >= 0) counts[to]!++;
    this.owner[u] = to;
  }

  /** Takes over other owners. */
  set(owner: ArrayLike<number>): void {
    this.owner.set(owner);
    this.recount();
    this.recenter();
  }

  /** Loads and sizes from scratch. */
  recount(): void {
    const { loads, sizes, leaves, owner, k, instance } = this;
    sizes.fill(0);
    leaves.fill(0);
    this.problem.measures.forEach(({ base }, m) => {
      for (let j = 0; j < k; j++) loads[m * k + j] = base[j] ?? 0;
    });
    for (let u = 0; u < this.n; u++) {
      const j = owner[u]!;
      if (j < 0) continue;
      if (instance.partOf[u]! < 0) sizes[j]!++;
      else leaves[j]!++;
      for (let m = 0; m < instance.measures; m++) loads[m * k + j]! += this.amount(m, u, j);
    }
  }

  /** Centres: the homes, else the normalised weighted mean vector, which is the exact best centre for squared chords. */
  recenter(): void {
    const { centers, k, weight } = this;
    const { xyz } = this.instance;
    const trace = 1e-9 / this.n;
    centers.fill(0);
    for (let u = 0; u < this.n; u++) {
      const j = this.owner[u]!;
      if (j < 0) continue;
      const p = weight[u]! + trace;
      centers[j * 3]! += p * xyz[u * 3]!;
      centers[j * 3 + 1]! += p * xyz[u * 3 + 1]!;
      centers[j * 3 + 2]! += p * xyz[u * 3 + 2]!;
    }
    for (let j = 0; j < k; j++) {
      const home = this.problem.homes[j];
      const vector = home ? unitVector(home) : [centers[j * 3]!, centers[j * 3 + 1]!, centers[j * 3 + 2]!];
      const length = Math.hypot(...vector) || 1;
      for (let d = 0; d < 3; d++) centers[j * 3 + d] = (vector[d]! / length) * EARTH_RADIUS_KM;
    }
  }

  /** Squared chord between unit u and the centre of territory j, in km². */
  squaredKm(u: number, j: number): number {
    const { centers } = this;
    const { xyz } = this.instance;
    const x = xyz[u * 3]! - centers[j * 3]!;
    const y = xyz[u * 3 + 1]! - centers[j * 3 + 1]!;
    const z = xyz[u * 3 + 2]! - centers[j * 3 + 2]!;
    return x * x + y * y + z * z;
  }

  /** Squared chord to the centre of b less that to the centre of a, in km²: both centres lie on the sphere. */
  furtherKm2(u: number, a: number, b: number): number {
    const { centers } = this;
    const { xyz } = this.instance;
    return (
      2 *
      (xyz[u * 3]! * (centers[a * 3]! - centers[b * 3]!) +
        xyz[u * 3 + 1]! * (centers[a * 3 + 1]! - centers[b * 3 + 1]!) +
        xyz[u * 3 + 2]! * (centers[a * 3 + 2]! - centers[b * 3 + 2]!))
    );
  }

  /** Weight of unit u in searches: with a trace for units that hold nothing, which would else stray. */
  pull(u: number): number {
    return this.weight[u]! + TRACE / this.n;
  }

  /** Does territory j reach unit u: has it a whole unit beside it (or the unit that an account group belongs to)? */
  touches(u: number, j: number): boolean {
    const { offsets, targets, partOf } = this.instance;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const next = targets[at]!;
      if (this.owner[next] === j && partOf[next]! < 0) return true;
    }
    return false;
  }

  /**
   * Would the owner of u stay in one piece without it? Searches from two of u's own neighbours at once, in turns, so that
   * a small piece cut off is found without walking the whole territory. Nothing is held together by an account group.
   */
  canLeave(u: number): boolean {
    const { around, owner } = this;
    const { offsets, targets, partOf } = this.instance;
    if (partOf[u]! >= 0) return true;
    const own = owner[u]!;
    let count = 0;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++)
      if (owner[targets[at]!] === own) around[count++] = targets[at]!;
    // an account group alone would hang in the air
    if (count <= 1) return count === 0 || partOf[around[0]!]! < 0;
    // a whole unit first: searches start from it
    for (let i = 1; partOf[around[0]!]! >= 0 && i < count; i++) {
      if (partOf[around[i]!]! < 0) [around[0], around[i]] = [around[i]!, around[0]!];
    }
    for (let i = 1; i < count; i++) if (!this.joined(around[0]!, around[i]!, u)) return false;
    return true;
  }

  /** Are all whole units of j in one piece, and does each of its account groups touch one of them? Has it any? */
  isWhole(j: number): boolean {
    const { mark, queueA, owner, n } = this;
    const { offsets, targets, partOf } = this.instance;
    let first = 0;
    while (first < n && (owner[first] !== j || partOf[first]! >= 0)) first++;
    if (first === n) return false;
    const stamp = (this.stamp += 2);
    let [head, tail] = [0, 0];
    let leaves = 0;
    queueA[tail++] = first;
    mark[first] = stamp;
    while (head < tail) {
      const u = queueA[head++]!;
      for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
        const next = targets[at]!;
        if (owner[next] !== j || mark[next] === stamp) continue;
        mark[next] = stamp;
        if (partOf[next]! < 0) queueA[tail++] = next;
        else leaves++;
      }
    }
    return tail === this.sizes[j] && leaves === this.leaves[j];
  }

  private joined(a: number, b: number, without: number): boolean {
    const { mark, queueA, queueB, owner } = this;
    const { offsets, targets, partOf } = this.instance;
    for (let at = offsets[a]!; at < offsets[a + 1]!; at++) if (targets[at] === b) return true;
    const stampA = (this.stamp += 2);
    const stampB = stampA + 1;
    const j = owner[a]!;
    queueA[0] = a;
    queueB[0] = b;
    mark[a] = stampA;
    mark[b] = stampB;
    let headA = 0,
      tailA = 1,
      headB = 0,
      tailB = 1;
    while (headA < tailA && headB < tailB) {
      let from = queueA[headA++]!;
      for (let at = offsets[from]!; at < offsets[from + 1]!; at++) {
        const next = targets[at]!;
        if (mark[next] === stampB) return true;
        if (next === without || owner[next] !== j || mark[next] === stampA || partOf[next]! >= 0) continue;
        mark[next] = stampA;
        queueA[tailA++] = next;
      }
      from = queueB[headB++]!;
      for (let at = offsets[from]!; at < offsets[from + 1]!; at++) {
        const next = targets[at]!;
        if (mark[next] === stampA) return true;
        if (next === without || owner[next] !== j || mark[next] === stampB || partOf[next]! >= 0) continue;
        mark[next] = stampB;
        queueB[tailB++] = next;
      }
    }
    return false;
  }
}

/** p_i = mean over the measures of a_im ÷ Σ a_im: the objective then reads in km². */
export function weightsOf(problem: Problem): Float64Array {
  return new Instance(problem).weight;
}
