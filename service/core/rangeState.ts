import type { GroupJudge } from './moveGroups.ts';
import type { Plan } from './optimize/plan.ts';
import { corridors, type Corridor } from './optimize/problem.ts';

/** Loads aim this share of the range inside it, since totals move a little with every travel way. */
const INSIDE = 0.0075;
/** Less than this share of a target is no excess. */
const ROUNDING = 1e-9;
/** Weights of being outside: its amount, its square (many a little off is nearer the goal than one far off). */
const LINEAR = 1;
const SQUARE = 2;
/** Every step that an excess has to go to reach a territory with room. */
const WAY = 0.35;
/** What changes rep costs this much of the same amount of balance. */
const HANDOVER = 0.12;
/** Squared distance gained or lost, against that of the whole plan. */
const DISTANCE = 0.05;
/** Totals move a little with every travel way: so much more is no harm to a territory that is not repaired. */
const ACCEPTED = 0.003;
/** A territory has room for others from this share of its target on. */
const ROOM = 0.02;

/** A plan under repair, seen as how far its territories lie outside their target ranges; shares of the target. */
export class RangeState {
  readonly plan: Plan;
  private readonly start: Int32Array;
  private readonly focus: ReadonlySet<number> | null;
  /** Excess at the start of territories outside the focus: what they may keep. */
  private readonly accepted: Float64Array;
  private readonly spread: number;
  private readonly limits: readonly { share: Float64Array; most: number }[];
  /** A territory back in range is worth this much beside its excess. */
  reached = 0;
  private ranges: Corridor[][] = [];
  private readonly around: readonly (readonly number[])[];
  private ways: Int32Array;
  private readonly apart: ReadonlyMap<number, readonly number[]>;

  constructor(plan: Plan, owners: readonly number[], focus: readonly number[] | null) {
    this.plan = plan;
    this.start = Int32Array.from(owners);
    this.focus = focus && new Set(focus);
    this.accepted = new Float64Array(plan.problem.measures.length * plan.k);
    this.ways = new Int32Array(plan.k);
    this.around = touching(plan);
    this.spread = Math.max(1e-9, spreadOf(plan));
    this.limits = limitsOf(plan);
    this.apart = apartOf(plan);
    this.enter(owners);
    if (this.focus) {
      const excess = this.excesses();
      for (let j = 0; j < plan.k; j++)
        if (!this.focus.has(j))
          for (let m = 0; m < plan.problem.measures.length; m++)
            this.accepted[m * plan.k + j] = excess[m * plan.k + j]! + ACCEPTED;
    }
  }

  /** Looks at these owners from now on; centres stay those of the start. */
  enter(owners: ArrayLike<number>): void {
    this.plan.owner.set(owners);
    this.plan.recount();
    this.ranges = corridors(this.plan.problem, this.plan.loads);
    this.ways = this.waysToRoom();
  }

  /** How the plan stands: territories off target, how far in all, and the score that steers the search. */
  standing(): { off: number; excess: number; score: number; cost: number } {
    this.ranges = corridors(this.plan.problem, this.plan.loads);
    this.ways = this.waysToRoom();
    const { plan } = this;
    let [off, excess, score, cost] = [0, 0, 0, 0];
    for (let j = 0; j < plan.k; j++) {
      let own = 0;
      for (let m = 0; m < plan.problem.measures.length; m++) {
        const e = this.excess(m, j, plan.loads[m * plan.k + j]!);
        own += e;
        score += this.badness(e, j);
      }
      excess += own;
      if (own > 0) [off, score] = [off + 1, score + this.reached];
    }
    for (let u = 0; u < plan.n; u++) {
      const to = plan.owner[u]!;
      if (to !== this.start[u]) cost += this.unitCost(u, this.start[u]!, to);
    }
    return { off, excess, score: score + cost, cost };
  }

  /** Territories outside the ranges themselves: the search aims a little inside them. */
  offTarget(): number {
    const { plan } = this;
    this.ranges = corridors(plan.problem, plan.loads);
    return plan.sizes.reduce((off, _, j) => {
      const isOff = this.ranges.some((_, m) => this.excess(m, j, plan.loads[m * plan.k + j]!, 0) > ROUNDING);
      return off + Number(isOff);
    }, 0);
  }

  /** Is something gained where `from` gives to `to`: one has too much, or one too little, or nobody has the units? */
  isWanted(from: number, to: number): boolean {
    const { frozen } = this.plan.problem;
    if (frozen[to] || (from >= 0 && frozen[from])) return false;
    const measures = this.plan.problem.measures.keys();
    return [...measures].some((m) => (from >= 0 && this.side(m, from) > 0) || this.side(m, to) < 0);
  }

  keepsLimits(): boolean {
    const { current } = this.plan.problem;
    return this.limits.every(({ share, most }) => {
      let sum = 0;
      for (let u = 0; u < this.plan.n; u++)
        if (current![u]! >= 0 && current![u] !== this.plan.owner[u]) sum += share[u]!;
      return sum <= most + 1e-12;
    });
  }

  judge(): GroupJudge {
    const { plan } = this;
    const value = (m: number, j: number, load: number) => {
      const e = this.excess(m, j, load);
      return this.badness(e, j) + (e > 0 ? this.reached / plan.problem.measures.length : 0);
    };
    const change = (j: number, by: Float64Array, sign: 1 | -1) => {
      if (j < 0) return 0;
      let sum = 0;
      for (let m = 0; m < by.length; m++) {
        const load = plan.loads[m * plan.k + j]!;
        sum += value(m, j, load + sign * by[m]!) - value(m, j, load);
      }
      return sum;
    };
    return {
      value: (from, to, given, taken) => change(from, given, -1) + change(to, taken, 1),
      cost: (u, from, to) => this.unitCost(u, from, to),
      key: (j) =>
        j < 0 ? '' : `${this.ways[j]} ${plan.problem.measures.map((_, m) => plan.loads[m * plan.k + j]).join()}`,
      isEnough: (from, to, given, taken) => {
        for (let m = 0; m < given.length; m++) {
          const { low, high } = this.ranges[m]![to]!;
          if (from >= 0 && plan.loads[m * plan.k + from]! - given[m]! < this.ranges[m]![from]!.low) return true;
          if (plan.loads[m * plan.k + to]! + taken[m]! > high + (high - low) / 2) return true;
        }
        return false;
      },
    };
  }

  /** Cost of one unit changing hands, in shares of a territory's target; Infinity where it may not. */
  private unitCost(u: number, from: number, to: number): number {
    const { problem, k } = this.plan;
    if (problem.locked[u] || problem.forbidden?.has(u, to)) return Infinity;
    if (this.apart.get(u)?.some((other) => this.plan.owner[other] === to)) return Infinity;
    const today = problem.current?.[u] ?? -1;
    const handed = Number(today >= 0 && to !== today) - Number(today >= 0 && from !== today);
    const nearer = from < 0 ? 0 : this.plan.squaredKm(u, to) - this.plan.squaredKm(u, from);
    const bare = 1e-4;
    return (
      HANDOVER * handed * k * this.plan.moving[u]! + (DISTANCE * k * nearer * this.plan.weight[u]!) / this.spread + bare
    );
  }

  private badness(excess: number, j: number): number {
    return excess * (LINEAR + SQUARE * excess + WAY * this.ways[j]!);
  }

  /** How far outside its range, beyond what is accepted of a territory outside the focus; never negative. */
  private excess(m: number, j: number, load: number, inside = INSIDE): number {
    const { low, high, target } = this.ranges[m]![j]!;
    if (target <= 0) return 0;
    const edge = Math.max(0, high - low) * inside;
    const out = Math.max(0, load - (high - edge), low + edge - load) / target;
    return Math.max(0, out - this.accepted[m * this.plan.k + j]!);
  }

  private excesses(): Float64Array {
    return this.plan.loads.map((load, at) => this.excess(Math.floor(at / this.plan.k), at % this.plan.k, load));
  }

  /** 1 above the range, −1 below it, 0 inside or not to be repaired. */
  private side(m: number, j: number): number {
    const load = this.plan.loads[m * this.plan.k + j]!;
    if (this.excess(m, j, load) <= 0) return 0;
    const { low, high } = this.ranges[m]![j]!;
    return Math.sign(2 * load - low - high);
  }

  /** Steps over the territory graph from each territory off target to the next one with room for what it has too much or too little. */
  private waysToRoom(): Int32Array {
    const { plan, around } = this;
    const ways = new Int32Array(plan.k);
    for (let j = 0; j < plan.k; j++) {
      const side = plan.problem.measures.reduce((sum, _, m) => sum + this.side(m, j), 0);
      if (side === 0) continue;
      let ring = [j];
      const seen = new Set(ring);
      for (let steps = 0; ring.length > 0; steps++) {
        ring = ring.flatMap((at) => around[at]!).filter((at) => !seen.has(at) && (seen.add(at), true));
        ways[j] = steps;
        if (ring.some((at) => this.hasRoom(at, side))) break;
      }
    }
    return ways;
  }

  private hasRoom(j: number, side: number): boolean {
    return this.plan.problem.measures.every((_, m) => {
      const { low, high, target } = this.ranges[m]![j]!;
      const load = this.plan.loads[m * this.plan.k + j]!;
      return (side > 0 ? high - load : load - low) > ROOM * target;
    });
  }
}

/** Territories that touch each territory at the start and may take part. */
function touching({ owner, k, n, problem }: Plan): number[][] {
  const sets = Array.from({ length: k }, () => new Set<number>());
  for (let u = 0; u < n; u++) {
    const a = owner[u]!;
    if (a < 0 || problem.frozen[a]) continue;
    for (const next of problem.neighbors[u]!) {
      const b = owner[next]!;
      if (b >= 0 && b !== a && !problem.frozen[b]) sets[a]!.add(b);
    }
  }
  return sets.map((set) => [...set].sort((a, b) => a - b));
}

function spreadOf(plan: Plan): number {
  let sum = 0;
  for (let u = 0; u < plan.n; u++) if (plan.owner[u]! >= 0) sum += plan.weight[u]! * plan.squaredKm(u, plan.owner[u]!);
  return sum;
}

function limitsOf({ problem }: Plan): { share: Float64Array; most: number }[] {
  const { limits, disruption, current } = problem;
  if (!limits || !disruption || !current) return [];
  const limit = (values: readonly number[] | undefined, most: number | undefined) => {
    const total = values?.reduce((sum, value) => sum + value, 0) ?? 0;
    return values && most !== undefined && total > 0
      ? [{ share: Float64Array.from(values, (value) => value / total), most }]
      : [];
  };
  return [
    ...limit(disruption.accounts, limits.accountsShare),
    ...limit(disruption.salesUsd, limits.salesShare),
    ...limit(disruption.pipelineUsd, limits.pipelineShare),
  ];
}

function apartOf({ problem }: Plan): Map<number, number[]> {
  const apart = new Map<number, number[]>();
  for (const [a, b] of problem.apart ?? []) {
    apart.set(a, [...(apart.get(a) ?? []), b]);
    apart.set(b, [...(apart.get(b) ?? []), a]);
  }
  return apart;
}
