import { flatNeighbors } from '../contiguity.ts';
import { EARTH_RADIUS_KM, unitVector } from '../geography.ts';
import { Blocks } from './blocks.ts';
import type { Problem } from './problem.ts';

/** A unit that may go anywhere that its rules allow; -1 means that it stays with nobody. */
export const FREE = -2;

/**
 * A problem as flat typed arrays: what every part of the engine reads and none changes. Built once a problem.
 * Indices: u unit, j territory, m measure; pairs stand at m * k + j and u * k + j.
 */
export class Instance {
  readonly problem: Problem;
  readonly n: number;
  readonly k: number;
  readonly measures: number;
  /** `FlatNeighbors`, in the order of the problem. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Unit vectors of the units times the Earth's radius, x y z: chords come out in km. */
  readonly xyz: Float64Array;
  /** Mean share of each unit over the balanced measures: the weight p of the certificate. */
  readonly weight: Float64Array;
  /** What changes rep with each unit, the weight q of the certificate: a share of all. */
  readonly moving: Float64Array;
  /** What each unit holds whoever owns it, per measure. */
  readonly amounts: readonly Float64Array[];
  /** What it adds on top in each territory, per measure (u * k + j); null where nothing. */
  readonly pairs: readonly (Float64Array | null)[];
  /** Sum of each measure over the units, without what depends on the owner. */
  readonly totals: Float64Array;
  /** The only territory that a unit may have (locks, frozen territories), else FREE. */
  readonly fixed: Int32Array;
  /** The unit that an account group belongs to, else -1. */
  readonly partOf: Int32Array;
  /** Are there account groups? */
  readonly hasParts: boolean;
  private ofNeighbours: Blocks | null = null;

  constructor(problem: Problem) {
    this.problem = problem;
    this.n = problem.lat.length;
    this.k = problem.k;
    this.measures = problem.measures.length;
    const { n } = this;
    ({ offsets: this.offsets, targets: this.targets } = flatNeighbors(problem.neighbors));
    this.xyz = new Float64Array(n * 3);
    for (let u = 0; u < n; u++) {
      const place = unitVector({ lat: problem.lat[u]!, lon: problem.lon[u]! });
      for (let d = 0; d < 3; d++) this.xyz[u * 3 + d] = place[d]! * EARTH_RADIUS_KM;
    }
    this.amounts = problem.measures.map(({ perUnit }) => Float64Array.from(perUnit));
    this.pairs = problem.measures.map(({ perPair }) => (perPair ? Float64Array.from(perPair) : null));
    this.totals = Float64Array.from(this.amounts, (values) => values.reduce((sum, value) => sum + value, 0));
    this.weight = this.meanShares();
    this.moving = movingOf(problem, this.weight);
    this.fixed = fixedOf(problem);
    this.partOf = problem.partOf ? Int32Array.from(problem.partOf) : new Int32Array(n).fill(-1);
    this.hasParts = this.partOf.some((unit) => unit >= 0);
  }

  /** The units in blocks of neighbours, made when they are first asked for. */
  get blocks(): Blocks {
    return (this.ofNeighbours ??= new Blocks(this.xyz, this.k));
  }

  /** May u go to j by locks, frozen territories and forbidden pairs? */
  allows(u: number, j: number): boolean {
    const only = this.fixed[u]!;
    if (only !== FREE) return only === j;
    if (this.problem.frozen[j] === true) return false;
    return !(this.problem.forbidden?.has(u, j) ?? false);
  }

  /** λ q_u where territory j is not today's owner of u, else 0; in km². */
  changeCost(u: number, j: number): number {
    const today = this.problem.current ? this.problem.current[u]! : -1;
    return today >= 0 && today !== j ? this.problem.disruptionWeight * this.moving[u]! : 0;
  }

  /** p_i = mean over the measures of a_im ÷ Σ a_im: the objective then reads in km². */
  private meanShares(): Float64Array {
    const weight = new Float64Array(this.n);
    this.amounts.forEach((values, m) => {
      const total = this.totals[m]!;
      if (total > 0) for (let u = 0; u < this.n; u++) weight[u]! += values[u]! / total / this.measures;
    });
    return weight;
  }
}

/** Locked units stay; a frozen territory keeps what it has. */
function fixedOf({ lat, locked, current, frozen }: Problem): Int32Array {
  const fixed = new Int32Array(lat.length).fill(FREE);
  if (!current) return fixed;
  for (let u = 0; u < fixed.length; u++) {
    const today = current[u]!;
    if (locked[u] === true || (today >= 0 && frozen[today] === true)) fixed[u] = today;
  }
  return fixed;
}

/** q_i = mean of p_i and of the shares of accounts and sales where they are known: demand without accounts moves too. */
function movingOf({ disruption }: Problem, weight: Float64Array): Float64Array {
  const known = disruption ? [disruption.accounts, disruption.salesUsd] : [];
  const shares = known.map(sharesOf).filter((share) => share !== null);
  return weight.map((p, u) => shares.reduce((sum, share) => sum + share[u]!, p) / (shares.length + 1));
}

/** Each value's share of all; null where there is nothing. */
export function sharesOf(values: readonly number[]): Float64Array | null {
  const total = values.reduce((sum, value) => sum + value, 0);
  return total > 0 ? Float64Array.from(values, (value) => value / total) : null;
}
