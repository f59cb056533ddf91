import type { Neighbors } from '../geography.ts';
import { EARTH_RADIUS_KM, unitVector } from '../geography.ts';
import type { Problem } from './problem.ts';

/**
 * A plan under change: owners, loads and centres kept in step. Arrays are typed and flat (measure * k + territory),
 * because a search makes millions of moves; ids exist only outside the engine.
 */
export class Plan {
  readonly problem: Problem;
  readonly n: number;
  readonly k: number;
  readonly owner: Int32Array;
  readonly loads: Float64Array;
  readonly sizes: Int32Array;
  /** Unit vectors of the units, x y z. */
  readonly xyz: Float64Array;
  /** Mean share of each unit over the balanced measures: the weight p of the certificate. */
  readonly weight: Float64Array;
  /** What changes rep with each unit, the weight q of the certificate: a share of all. */
  readonly moving: Float64Array;
  readonly centers: Float64Array;
  private readonly mark: Int32Array;
  private stamp = 0;
  private readonly queueA: Int32Array;
  private readonly queueB: Int32Array;

  constructor(problem: Problem, owner: ArrayLike<number>) {
    this.problem = problem;
    this.n = problem.lat.length;
    this.k = problem.k;
    this.owner = Int32Array.from(owner);
    this.loads = new Float64Array(problem.measures.length * this.k);
    this.sizes = new Int32Array(this.k);
    this.xyz = placesOf(problem);
    this.weight = weightsOf(problem);
    this.moving = movingOf(problem, this.weight);
    this.centers = new Float64Array(this.k * 3);
    this.mark = new Int32Array(this.n);
    this.queueA = new Int32Array(this.n);
    this.queueB = new Int32Array(this.n);
    this.recount();
    this.recenter();
  }

  /** Amount that unit u adds to territory j in measure m. */
  amount(m: number, u: number, j: number): number {
    const measure = this.problem.measures[m]!;
    return measure.perUnit[u]! + (measure.perPair ? measure.perPair[u * this.k + j]! : 0);
  }

  move(u: number, to: number): void {
    const from = this.owner[u]!;
    for (let m = 0; m < this.problem.measures.length; m++) {
      if (from >= 0) this.loads[m * this.k + from]! -= this.amount(m, u, from);
      if (to >= 0) this.loads[m * this.k + to]! += this.amount(m, u, to);
    }
    if (from >= 0) this.sizes[from]!--;
    if (to >= 0) this.sizes[to]!++;
    this.owner[u] = to;
  }

  /** Loads and sizes from scratch. */
  recount(): void {
    this.loads.fill(0);
    this.sizes.fill(0);
    this.problem.measures.forEach(({ base }, m) => {
      for (let j = 0; j < this.k; j++) this.loads[m * this.k + j] = base[j] ?? 0;
    });
    for (let u = 0; u < this.n; u++) {
      const j = this.owner[u]!;
      if (j < 0) continue;
      this.sizes[j]!++;
      for (let m = 0; m < this.problem.measures.length; m++) this.loads[m * this.k + j]! += this.amount(m, u, j);
    }
  }

  /** Centres: the homes, else the normalised weighted mean vector, which is the exact best centre for squared chords. */
  recenter(): void {
    const { centers, xyz, k } = this;
    centers.fill(0);
    for (let u = 0; u < this.n; u++) {
      const j = this.owner[u]!;
      if (j < 0) continue;
      const p = this.weight[u]! + 1e-15;
      for (let d = 0; d < 3; d++) centers[j * 3 + d]! += p * xyz[u * 3 + d]!;
    }
    for (let j = 0; j < k; j++) {
      const home = this.problem.homes[j];
      const vector = home ? unitVector(home) : [centers[j * 3]!, centers[j * 3 + 1]!, centers[j * 3 + 2]!];
      const length = Math.hypot(...vector) || 1;
      for (let d = 0; d < 3; d++) centers[j * 3 + d] = vector[d]! / length;
    }
  }

  /** Squared chord between unit u and the centre of territory j, in km². */
  squaredKm(u: number, j: number): number {
    const { xyz, centers } = this;
    const x = xyz[u * 3]! - centers[j * 3]!;
    const y = xyz[u * 3 + 1]! - centers[j * 3 + 1]!;
    const z = xyz[u * 3 + 2]! - centers[j * 3 + 2]!;
    return (x * x + y * y + z * z) * EARTH_RADIUS_KM * EARTH_RADIUS_KM;
  }

  /** λ q_i where territory j is not today's owner of u, else 0; in km². */
  changeCost(u: number, j: number): number {
    const today = this.problem.current?.[u] ?? -1;
    return today >= 0 && today !== j ? this.problem.disruptionWeight * this.moving[u]! : 0;
  }

  /**
   * Would the owner of u stay in one piece without it? Searches from two of u's own neighbours at once, smaller side
   * first, so that a small piece cut off is found without walking the whole territory.
   */
  canLeave(u: number): boolean {
    const around = ownNeighbors(u, this.owner, this.problem.neighbors);
    if (around.length <= 1) return true;
    for (let i = 1; i < around.length; i++) {
      if (!this.joined(around[0]!, around[i]!, u)) return false;
    }
    return true;
  }

  private joined(a: number, b: number, without: number): boolean {
    if (a === b || this.problem.neighbors[a]!.includes(b)) return true;
    const { mark, queueA, queueB } = this;
    const stampA = (this.stamp += 2);
    const stampB = stampA + 1;
    const j = this.owner[a]!;
    queueA[0] = a;
    queueB[0] = b;
    mark[a] = stampA;
    mark[b] = stampB;
    let headA = 0,
      tailA = 1,
      headB = 0,
      tailB = 1;
    while (headA < tailA && headB < tailB) {
      for (const next of this.problem.neighbors[queueA[headA++]!]!) {
        if (mark[next] === stampB) return true;
        if (next === without || this.owner[next] !== j || mark[next] === stampA) continue;
        mark[next] = stampA;
        queueA[tailA++] = next;
      }
      for (const next of this.problem.neighbors[queueB[headB++]!]!) {
        if (mark[next] === stampA) return true;
        if (next === without || this.owner[next] !== j || mark[next] === stampB) continue;
        mark[next] = stampB;
        queueB[tailB++] = next;
      }
    }
    return false;
  }
}

function ownNeighbors(u: number, owner: Int32Array, neighbors: Neighbors): number[] {
  return neighbors[u]!.filter((next) => owner[next] === owner[u]);
}

function placesOf(problem: Problem): Float64Array {
  const xyz = new Float64Array(problem.lat.length * 3);
  problem.lat.forEach((lat, u) => xyz.set(unitVector({ lat, lon: problem.lon[u]! }), u * 3));
  return xyz;
}

/** p_i = mean over the measures of a_im ÷ Σ a_im: the objective then reads in km². */
export function weightsOf(problem: Problem): Float64Array {
  const weight = new Float64Array(problem.lat.length);
  for (const { perUnit } of problem.measures) {
    const total = perUnit.reduce((sum, value) => sum + value, 0);
    if (total > 0) perUnit.forEach((value, u) => (weight[u]! += value / total / problem.measures.length));
  }
  return weight;
}

/** q_i = mean of p_i and of the shares of accounts and sales where they are known: demand without accounts moves too. */
function movingOf({ disruption }: Problem, weight: Float64Array): Float64Array {
  const known = disruption ? [disruption.accounts, disruption.salesUsd] : [];
  const shares = known.map(sharesOf).filter((share) => share !== null);
  return weight.map((p, u) => shares.reduce((sum, share) => sum + share[u]!, p) / (shares.length + 1));
}

function sharesOf(values: readonly number[]): Float64Array | null {
  const total = values.reduce((sum, value) => sum + value, 0);
  return total > 0 ? Float64Array.from(values, (value) => value / total) : null;
}
