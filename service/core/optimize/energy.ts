import type { Plan } from './plan.ts';
import { corridors, type Corridor } from './problem.ts';

/** Searches aim inside the target range, so that rounding and moving targets do not push a territory out again. */
const AIM = 0.85;
/** Weight of being outside the range; inside it only the pull counts. Both act on squared deviations. */
const OUTSIDE = 10;
/** A small pull to the target: a flat range stalls the search (optimizer.md). */
const PULL = 0.05;
/** Weight of compactness, as a share of the squared distance at the start. */
const COMPACT = 1;
/** Cost of one neighbour across a territory border, times the number of units: keeps outlines short where distances say little. */
const RAGGED = 0.3;
/** From today's map moves are few and its borders are liked: less weight, or the search stays where it is. */
const RAGGED_TODAY = 0.1;
/** The same while outlines are tidied and balance is only kept. */
const TIDY = 1;

/** What the search minimises, and how much one move changes it. Lower is better; no unit. */
export class Energy {
  private readonly plan: Plan;
  private readonly tolerance: number[];
  private targets: Float64Array;
  private readonly distanceScale: number;
  private readonly ragged: number;
  /** Share of shape that counts: below 1 the search may spend shape on balance. */
  shape = 1;
  private readonly accountsShare: Float64Array | null;
  private readonly salesShare: Float64Array | null;
  movedAccounts = 0;
  movedSales = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    this.tolerance = plan.problem.measures.map((measure) => measure.tolerance * AIM);
    this.targets = new Float64Array(plan.loads.length);
    this.retarget();
    let total = 0;
    for (let u = 0; u < plan.n; u++) {
      if (plan.owner[u]! >= 0) total += plan.weight[u]! * plan.squaredKm(u, plan.owner[u]!);
    }
    this.distanceScale = COMPACT / Math.max(total, 1e-9);
    const { disruption, current, disruptionWeight } = plan.problem;
    this.ragged = (disruptionWeight > 0 ? RAGGED_TODAY : RAGGED) / plan.n;
    this.accountsShare = disruption && current ? shareOf(disruption.accounts) : null;
    this.salesShare = disruption && current ? shareOf(disruption.salesUsd) : null;
    this.recountMoved();
  }

  /** Targets follow the totals, which move a little where travel depends on the owner. */
  retarget(): void {
    corridors(this.plan.problem, this.plan.loads).forEach((row, m) =>
      row.forEach((corridor, j) => (this.targets[m * this.plan.k + j] = corridor.target)),
    );
  }

  /** Corridors as they stand, for reports and stopping. */
  corridors(): Corridor[][] {
    return corridors(this.plan.problem, this.plan.loads);
  }

  recountMoved(): void {
    const { current } = this.plan.problem;
    this.movedAccounts = this.movedSales = 0;
    if (!current) return;
    for (let u = 0; u < this.plan.n; u++) if (this.changed(u, this.plan.owner[u]!)) this.countMoved(u, 1);
  }

  /** Change of the energy if u went to territory b. */
  delta(u: number, b: number): number {
    const { plan } = this;
    const a = plan.owner[u]!;
    let change = 0;
    for (let m = 0; m < this.tolerance.length; m++) {
      if (a >= 0) change += this.step(m, a, -plan.amount(m, u, a));
      change += this.step(m, b, plan.amount(m, u, b));
    }
    const far = plan.squaredKm(u, b) - (a >= 0 ? plan.squaredKm(u, a) : 0);
    const outline = this.ragged * (this.touching(u, a) - this.touching(u, b));
    const shape = far * plan.weight[u]! * this.distanceScale + outline;
    return change + this.shape * shape + this.disruptionDelta(u, a, b);
  }

  /** Change of the energy if all these units went from one territory to another at once, without their outline. */
  deltaOfAll(units: readonly number[], from: number, to: number): number {
    let change = 0;
    for (let m = 0; m < this.tolerance.length; m++) {
      let given = 0;
      let taken = 0;
      for (const u of units) {
        given += this.plan.amount(m, u, from);
        taken += this.plan.amount(m, u, to);
      }
      change += this.step(m, from, -given) + this.step(m, to, taken);
    }
    for (const u of units) {
      const far = this.plan.squaredKm(u, to) - this.plan.squaredKm(u, from);
      change += this.shape * far * this.plan.weight[u]! * this.distanceScale + this.disruptionDelta(u, from, to);
    }
    return change + (this.shape * this.ragged * units.length) / 2;
  }

  /** Change of outline, distance and handovers if u went to territory b, without any balance; outlines count most. */
  shapeDelta(u: number, b: number): number {
    const a = this.plan.owner[u]!;
    const far = (this.plan.squaredKm(u, b) - this.plan.squaredKm(u, a)) * this.plan.weight[u]! * this.distanceScale;
    const outline = (TIDY / this.plan.n) * (this.touching(u, a) - this.touching(u, b));
    return far + outline + this.disruptionDelta(u, a, b);
  }

  /** Neighbours of u that territory j has. */
  private touching(u: number, j: number): number {
    let count = 0;
    if (j >= 0) for (const next of this.plan.problem.neighbors[u]!) if (this.plan.owner[next] === j) count++;
    return count;
  }

  /** May u go to territory b: it is not frozen, and the limits on accounts and sales changing rep are kept? */
  allowed(u: number, b: number): boolean {
    const { limits, frozen } = this.plan.problem;
    if (frozen[b]) return false;
    if (!limits || !this.accountsShare || !this.salesShare) return true;
    if (this.changed(u, this.plan.owner[u]!) || !this.changed(u, b)) return true;
    return (
      this.movedAccounts + this.accountsShare[u]! <= limits.accountsShare &&
      this.movedSales + this.salesShare[u]! <= limits.salesShare
    );
  }

  /** Moves u and keeps the account of what changes rep. */
  move(u: number, b: number): void {
    if (this.changed(u, this.plan.owner[u]!)) this.countMoved(u, -1);
    this.plan.move(u, b);
    if (this.changed(u, b)) this.countMoved(u, 1);
  }

  /** How far outside its corridors a territory is, summed over the measures; 0 inside. Corridors can be taken narrower. */
  violation(j: number, narrow = 1): number {
    let sum = 0;
    for (let m = 0; m < this.tolerance.length; m++) {
      const at = m * this.plan.k + j;
      const target = this.targets[at]!;
      const off = target > 0 ? Math.abs(this.plan.loads[at]! / target - 1) : 0;
      sum += Math.max(0, off - this.plan.problem.measures[m]!.tolerance * narrow);
    }
    return sum;
  }

  private step(m: number, j: number, amount: number): number {
    const at = m * this.plan.k + j;
    const target = this.targets[at]!;
    if (target <= 0) return 0;
    const before = this.plan.loads[at]! / target - 1;
    return this.cost(m, before + amount / target) - this.cost(m, before);
  }

  private cost(m: number, deviation: number): number {
    const outside = Math.max(0, Math.abs(deviation) - this.tolerance[m]!);
    return OUTSIDE * outside * outside + PULL * deviation * deviation;
  }

  /** A unit that nobody has today disrupts nobody. */
  private changed(u: number, j: number): boolean {
    const today = this.plan.problem.current?.[u] ?? -1;
    return today >= 0 && today !== j;
  }

  private countMoved(u: number, sign: 1 | -1): void {
    this.movedAccounts += sign * (this.accountsShare?.[u] ?? 0);
    this.movedSales += sign * (this.salesShare?.[u] ?? 0);
  }

  private disruptionDelta(u: number, a: number, b: number): number {
    if (this.plan.problem.disruptionWeight <= 0) return 0;
    const change = Number(this.changed(u, b)) - Number(this.changed(u, a));
    if (change === 0) return 0;
    const share = this.plan.moving[u]! + 0.02 / this.plan.n;
    return change * this.plan.problem.disruptionWeight * this.distanceScale * share;
  }
}

function shareOf(values: readonly number[]): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0);
  return Float64Array.from(values, (value) => (total > 0 ? value / total : 0));
}
