import { bordering } from './bordering.ts';
import { Counties } from './counties.ts';
import { Handovers } from './handovers.ts';
import type { Plan } from './plan.ts';
import { isFromToday } from './problem.ts';
import { RangePrices } from './rangePrices.ts';
import { offCountsOf, reserveFor } from './schedule.ts';

/** Neighbouring territories weigh their ranges alike up to this factor: a prairie must not swallow the city inside it. */
const ALIKE = 3;
/** Borders between territories are looked up anew after so many refreshes. */
const LEVEL_EVERY = 8;
/** A range weighs at least this share of λ. */
const HANDOVER = 0.2;
/** Cost of an edge across a border, as a share of what an average unit costs locally: outlines stay short where distances say little. */
const RAGGED = 0.005;
/** Cost of a county in one more territory, in units of an average unit's local cost. */
const COUNTY = 6;

/** What the search minimises, in km² as the objective, and how much one move changes it. */
export class Energy {
  readonly plan: Plan;
  /** Mean squared distance in each territory, km²: the local scale of every cost. */
  readonly spread: Float64Array;
  /** What a squared half width outside a range costs in each territory, km²: the spread, alike among neighbours. */
  private readonly worth: Float64Array;
  readonly ranges: RangePrices;
  /** Grows while the search cools. */
  hardness = 1;
  /** Do totals, and with them targets, depend on who owns what? */
  readonly isDrifting: boolean;
  /** Part of every range that stays free at each end where that costs little; nothing where today's map is kept. */
  readonly reserve: number;
  private readonly offCounts: readonly number[];
  private readonly trace: number;
  private readonly handovers: Handovers;
  private readonly counties: Counties | null;
  private readonly rivals: readonly (readonly number[])[] | null;
  private links: Int32Array = new Int32Array(0);
  private age = 0;

  constructor(plan: Plan, prices?: Float64Array) {
    this.plan = plan;
    const { problem } = plan;
    this.spread = new Float64Array(plan.k);
    this.worth = new Float64Array(plan.k);
    this.ranges = new RangePrices(plan, this.worth, prices);
    this.isDrifting = plan.instance.pairs.some((pair) => pair !== null);
    this.reserve = isFromToday(problem) ? 0 : reserveFor(plan);
    this.offCounts = offCountsOf(problem);
    this.trace = 1 / plan.n;
    this.handovers = new Handovers(plan);
    this.counties = problem.regions ? new Counties(plan, problem.regions) : null;
    this.rivals = rivalsOf(plan);
    this.refresh();
  }

  /** Takes over centres, targets and everything else that drifts while units move. */
  refresh(): void {
    this.plan.recenter();
    this.rescale();
    this.retarget();
    this.handovers.recount();
    this.counties?.recount();
  }

  retarget(): void {
    this.ranges.retarget(this.hardness);
  }

  /** Aims this part of a tolerance inside the ranges from now on. */
  aim(inside: number): void {
    this.ranges.aim(inside, this.hardness);
  }

  /** Learns prices from this part of what the ranges still lack. */
  learn(part: number): void {
    this.ranges.learn(this.hardness, part);
  }

  /** Change of the energy if u went to territory b, in km². */
  delta(u: number, b: number): number {
    const { plan } = this;
    const a = plan.owner[u]!;
    return this.balanceDelta(u, a, b) + this.shapeDelta(u, b);
  }

  /** The same if all these units went from one territory to another at once, without their outline. */
  deltaOfAll(units: readonly number[], from: number, to: number): number {
    const { plan } = this;
    let change = 0;
    for (let m = 0; m < plan.instance.measures; m++) {
      let given = 0;
      let taken = 0;
      for (const u of units) {
        given += plan.amount(m, u, from);
        taken += plan.amount(m, u, to);
      }
      change += this.ranges.rise(m * plan.k + from, -given) + this.ranges.rise(m * plan.k + to, taken);
    }
    for (const u of units)
      change += (plan.squaredKm(u, to) - plan.squaredKm(u, from)) * plan.pull(u) + this.handovers.delta(u, from, to);
    return change;
  }

  /** Change of distance, outline, counties and handovers if u went to territory b, without any balance. */
  shapeDelta(u: number, b: number, ragged = RAGGED): number {
    const { plan } = this;
    const a = plan.owner[u]!;
    const further = a >= 0 ? plan.furtherKm2(u, a, b) : plan.squaredKm(u, b);
    const edge = ragged * this.trace * Math.min(this.spread[b]!, a >= 0 ? this.spread[a]! : Infinity);
    let change = further * plan.pull(u) + edge * this.crossing(u, a, b);
    if (this.handovers.matters) change += this.handovers.delta(u, a, b);
    if (this.counties) change += this.counties.delta(u, a, b) * COUNTY * this.trace * this.spread[b]!;
    return change;
  }

  /** May u go to territory b: locks, rules and limits? Contiguity is asked apart (`Plan.canLeave`, `Plan.touches`). */
  allowed(u: number, b: number): boolean {
    const { plan } = this;
    if (!plan.instance.allows(u, b)) return false;
    const a = plan.owner[u]!;
    if (a >= 0 && plan.sizes[a]! <= 1 && plan.instance.partOf[u]! < 0) return false;
    if (this.rivals) for (const other of this.rivals[u]!) if (plan.owner[other] === b) return false;
    return this.handovers.allowed(u, a, b);
  }

  /** Moves u and keeps the account of what changes rep. */
  move(u: number, b: number): void {
    const a = this.plan.owner[u]!;
    this.counties?.count(u, a, b);
    this.handovers.count(u, a, b);
    this.plan.move(u, b);
  }

  /** How far outside its ranges a territory is, as shares of the target summed over the measures; 0 inside. */
  violation(j: number, reserve = 0): number {
    return this.ranges.violation(j, reserve);
  }

  /** What it costs that totals stand in the reserve at the ends of their ranges, in km². */
  strain(): number {
    return this.reserve > 0 ? this.ranges.strain(this.reserve) : 0;
  }

  /**
   * Violations that a move between two territories can change: theirs; those of all where amounts depend on the owner,
   * because every target moves then.
   */
  violationsBetween(a: number, b: number, reserve = 0): number[] {
    if (!this.isDrifting) return [this.violation(a, reserve), this.violation(b, reserve)];
    this.retarget();
    return Array.from({ length: this.plan.k }, (_, j) => this.violation(j, reserve));
  }

  /** How much is outside the ranges in all; 0 where every territory is on target. */
  outside(): number {
    let sum = 0;
    for (let j = 0; j < this.plan.k; j++) {
      const off = this.violation(j);
      if (off > 0) sum += this.offCounts[j]! + off;
    }
    return sum;
  }

  /** Mean over the territories of how far each is outside its ranges, in targets summed over the measures. */
  meanViolation(): number {
    let sum = 0;
    for (let j = 0; j < this.plan.k; j++) sum += this.violation(j);
    return sum / this.plan.k;
  }

  /** Territories inside all their ranges. */
  onTarget(): number {
    let count = 0;
    for (let j = 0; j < this.plan.k; j++) if (this.violation(j) <= 0) count++;
    return count;
  }

  private rescale(): void {
    const { plan, spread } = this;
    const mass = new Float64Array(plan.k);
    spread.fill(0);
    for (let u = 0; u < plan.n; u++) {
      const j = plan.owner[u]!;
      if (j < 0) continue;
      const p = plan.weight[u]! + 1e-6 * this.trace;
      mass[j]! += p;
      spread[j]! += p * plan.squaredKm(u, j);
    }
    for (let j = 0; j < plan.k; j++) spread[j] = Math.max(1e-3, spread[j]! / Math.max(mass[j]!, 1e-12));
    this.level();
  }

  private level(): void {
    const { plan, worth, spread } = this;
    if (this.age++ % LEVEL_EVERY === 0) this.links = bordering(plan);
    // a range is worth more than what its keeping hands over
    const least = HANDOVER * (plan.problem.current ? plan.problem.disruptionWeight : 0);
    for (let j = 0; j < plan.k; j++) worth[j] = Math.max(spread[j]!, least);
    for (let hasRisen = true; hasRisen;) {
      hasRisen = false;
      for (let i = 0; i < this.links.length; i += 2) {
        const least = worth[this.links[i]!]! / ALIKE;
        const b = this.links[i + 1]!;
        if (worth[b]! < least - 1e-9) {
          worth[b] = least;
          hasRisen = true;
        }
      }
    }
  }

  private balanceDelta(u: number, a: number, b: number): number {
    const { plan, ranges } = this;
    const { amounts, pairs, measures } = plan.instance;
    let change = 0;
    for (let m = 0; m < measures; m++) {
      const pair = pairs[m]!;
      const own = amounts[m]![u]!;
      const gain = pair === null ? own : own + pair[u * plan.k + b]!;
      if (gain !== 0) change += ranges.rise(m * plan.k + b, gain);
      if (a < 0) continue;
      const loss = pair === null ? own : own + pair[u * plan.k + a]!;
      if (loss !== 0) change += ranges.rise(m * plan.k + a, -loss);
    }
    return change;
  }

  /** Edges across borders that u adds by going from a to b. */
  private crossing(u: number, a: number, b: number): number {
    const { offsets, targets } = this.plan.instance;
    let count = 0;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const j = this.plan.owner[targets[at]!]!;
      if (j === a) count++;
      else if (j === b) count--;
    }
    return count;
  }
}

/** Is what was on target still there, and is no more than `slack` added to what was outside (`violationsBetween`)? */
export function keepsRanges(before: readonly number[], after: readonly number[], slack = 0): boolean {
  let more = -slack - 1e-12;
  for (const [i, off] of after.entries()) {
    if (off > 0 && before[i]! <= 0) return false;
    more += off - before[i]!;
  }
  return more <= 0;
}

function rivalsOf({ problem, n }: Plan): number[][] | null {
  if (!problem.apart || problem.apart.length === 0) return null;
  const rivals = Array.from({ length: n }, (): number[] => []);
  for (const [a, b] of problem.apart) {
    rivals[a]!.push(b);
    rivals[b]!.push(a);
  }
  return rivals;
}
