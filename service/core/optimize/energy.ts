import { bordering } from './bordering.ts';
import { Counties } from './counties.ts';
import { Handovers } from './handovers.ts';
import type { Plan } from './plan.ts';
import { corridors, type Corridor } from './problem.ts';

/** Searches aim this part of a tolerance inside the range, so that rounding and moving targets push nothing out. */
const MARGIN = 0.12;
const EDGE = 0.03;
/** How fast a price rises outside a range: the local spread times this for every half width of the range. */
const STIFF = 1;
/** Neighbouring territories weigh their ranges alike up to this factor: a prairie must not swallow the city inside it. */
const ALIKE = 3;
/** Borders between territories are looked up anew after so many refreshes. */
const LEVEL_EVERY = 8;
/** A range weighs at least this share of λ. */
const HANDOVER = 0.2;
/** Part of the missing price that is added after a sweep. */
const LEARN = 1;
/** One step of learning, in local spreads at most. */
const LEARN_MOST = 2;
/** Cost of an edge across a border, as a share of what an average unit costs locally: outlines stay short where distances say little. */
const RAGGED = 0.02;
/** Cost of a county in one more territory, in units of an average unit's local cost. */
const COUNTY = 6;

/** What the search minimises, in km² as the objective, and how much one move changes it. */
export class Energy {
  readonly plan: Plan;
  /** Mean squared distance in each territory, km²: the local scale of every cost. */
  readonly spread: Float64Array;
  /** What a squared half width outside a range costs in each territory, km²: the spread, alike among neighbours. */
  private readonly worth: Float64Array;
  /** What the search aims at, a little inside the ranges. */
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  /** The ranges themselves. */
  private readonly floor: Float64Array;
  private readonly ceiling: Float64Array;
  private inside = MARGIN;
  private target: Float64Array;
  /** Multiplier and stiffness of each range (augmented Lagrangian), per raw amount. */
  readonly price: Float64Array;
  private readonly stiff: Float64Array;
  /** Grows while the search cools. */
  hardness = 1;
  private readonly trace: number;
  private readonly handovers: Handovers;
  private readonly counties: Counties | null;
  private readonly rivals: readonly (readonly number[])[] | null;
  private links: Int32Array = new Int32Array(0);
  private age = 0;

  constructor(plan: Plan, prices?: Float64Array) {
    this.plan = plan;
    const size = plan.loads.length;
    const { problem } = plan;
    this.price = new Float64Array(size);
    if (prices)
      for (let at = 0; at < size; at++)
        this.price[at] = prices[at]! / (plan.instance.totals[Math.floor(at / plan.k)]! || 1);
    this.low = new Float64Array(size);
    this.high = new Float64Array(size);
    this.floor = new Float64Array(size);
    this.ceiling = new Float64Array(size);
    this.target = new Float64Array(size);
    this.stiff = new Float64Array(size);
    this.spread = new Float64Array(plan.k);
    this.worth = new Float64Array(plan.k);
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

  /** Targets follow the totals, which move a little where travel depends on the owner. */
  retarget(): void {
    const { k } = this.plan;
    this.corridors().forEach((row, m) => {
      const tolerance = this.plan.problem.measures[m]!.tolerance;
      const total = this.plan.instance.totals[m]! || 1;
      row.forEach(({ low, high, target }, j) => {
        const at = m * k + j;
        const inside = Math.min(this.inside * tolerance * target, (high - low) / 4);
        this.floor[at] = low;
        this.ceiling[at] = high;
        this.low[at] = low + inside;
        this.high[at] = high - inside;
        this.target[at] = target;
        const width = Math.max((this.high[at]! - this.low[at]!) / 2, tolerance * target * 0.1, 1e-12 * total);
        this.stiff[at] = (STIFF * this.hardness * this.worth[j]!) / (width * total);
      });
    });
  }

  /** Aims at the very edge of the ranges: where all are kept, this makes room for shape. */
  aimAtEdge(): void {
    this.inside = EDGE;
    this.retarget();
  }

  /** Learns prices: what a range still lacks is added to its multiplier, never more than a bounded step. */
  learn(): void {
    const { price, plan, stiff, hardness } = this;
    for (let at = 0; at < price.length; at++) {
      const load = plan.loads[at]!;
      const most = (LEARN_MOST * this.worth[at % plan.k]!) / (plan.instance.totals[Math.floor(at / plan.k)]! || 1);
      const lack = (LEARN * stiff[at]! * (load - this.slack(at, load))) / hardness;
      price[at]! -= Math.max(-most, Math.min(most, lack));
    }
  }

  /** Corridors as they stand. */
  corridors(): Corridor[][] {
    return corridors(this.plan.problem, this.plan.loads);
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
      change += this.loadChange(m, from, -given) + this.loadChange(m, to, taken);
    }
    for (const u of units)
      change += (plan.squaredKm(u, to) - plan.squaredKm(u, from)) * plan.pull(u) + this.handovers.delta(u, from, to);
    return change;
  }

  /** Change of distance, outline, counties and handovers if u went to territory b, without any balance. */
  shapeDelta(u: number, b: number, ragged = RAGGED): number {
    const { plan } = this;
    const a = plan.owner[u]!;
    const near = a >= 0 ? plan.squaredKm(u, a) : 0;
    const edge = ragged * this.trace * Math.min(this.spread[b]!, a >= 0 ? this.spread[a]! : Infinity);
    let change = (plan.squaredKm(u, b) - near) * plan.pull(u) + this.handovers.delta(u, a, b);
    if (edge > 0) change += edge * this.crossing(u, a, b);
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
  violation(j: number): number {
    let sum = 0;
    for (let m = 0; m < this.plan.instance.measures; m++) {
      const at = m * this.plan.k + j;
      const [load, target] = [this.plan.loads[at]!, this.target[at]!];
      const over = Math.max(0, load - this.ceiling[at]!, this.floor[at]! - load);
      if (over > 1e-9 * target) sum += target > 0 ? over / target : 1;
    }
    return sum;
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
    const { plan } = this;
    let change = 0;
    for (let m = 0; m < plan.instance.measures; m++) {
      const gain = plan.amount(m, u, b);
      if (gain !== 0) change += this.loadChange(m, b, gain);
      const loss = a >= 0 ? plan.amount(m, u, a) : 0;
      if (loss !== 0) change += this.loadChange(m, a, -loss);
    }
    return change;
  }

  private loadChange(m: number, j: number, amount: number): number {
    const at = m * this.plan.k + j;
    const load = this.plan.loads[at]!;
    return this.cost(at, load + amount) - this.cost(at, load);
  }

  /** The load inside the range that serves best as a partner of this one. */
  private slack(at: number, load: number): number {
    const free = load - this.price[at]! / this.stiff[at]!;
    return free < this.low[at]! ? this.low[at]! : free > this.high[at]! ? this.high[at]! : free;
  }

  private cost(at: number, load: number): number {
    const rest = load - this.slack(at, load);
    return rest * (0.5 * this.stiff[at]! * rest - this.price[at]!);
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

function rivalsOf({ problem, n }: Plan): number[][] | null {
  if (!problem.apart || problem.apart.length === 0) return null;
  const rivals = Array.from({ length: n }, (): number[] => []);
  for (const [a, b] of problem.apart) {
    rivals[a]!.push(b);
    rivals[b]!.push(a);
  }
  return rivals;
}
