import { CANDIDATES } from './candidates.ts';
import { FREE, type Instance } from './instance.ts';
import { liftsOf } from './lifts.ts';
import type { Plan } from './plan.ts';
import { isFromToday, type Corridor } from './problem.ts';
import { Transport, type Ranges } from './transport.ts';

/** A proof: no plan inside these corridors at these centres has a smaller objective. */
export interface Bound {
  /** Lower bound on Σ p_i d_ij² + λ Σ q_i [changes rep], in km². */
  readonly value: number;
  /** Price per territory and measure (measure * k + territory), in km² per amount. */
  readonly prices: number[];
}

/** Temperatures of the smoothed dual, as shares of the local squared spacing. */
const HEATS = [0.3, 0.1, 0.03, 0.01];
/** Where each unit counts for more, with few pairs of unit and territory or few units each, it is climbed further. */
const FEW = { pairs: 20_000, units: 20, heats: [0.003, 0.001] };
/** Steps at each temperature end where two in a row bring less than this share, at the highest one sooner, and after so many at the latest. */
const LITTLE = 1e-5;
const LITTLE_AT_FIRST = 3e-4;
const MOST_STEPS = 100;
/** With more pairs of unit and territory than these each step takes long; and a re-plan is waited for. */
const LARGE = { pairs: 3_000_000, steps: 40, fromToday: 8 };
const HUGE = { pairs: 12_000_000, steps: 12 };
/**
 * Once prices stand roughly, only territories that cost a unit at most so many of its scale more are looked at; not where
 * territories have fewer units than so many each: their ranges are filled from further away.
 */
const NEAR = { scales: 3, units: 150 };
/** The smoothed dual is higher than the bound by about this share of it, or of it times the temperature; not by more. */
const SMOOTHED = { least: 0.005, heats: 0.3 };
/** With so few pairs all territories are looked at for every unit where the cheapest do not suffice, and few units each are worth more steps. */
const WHOLE = 300_000;

export interface BoundOptions {
  /** True ends the climb: the bound so far is true, only weaker. */
  readonly stop?: (() => boolean) | undefined;
  /** The bound without prices, where it is known already. */
  readonly free?: number;
}

/**
 * The best prices found: they climb the smoothed dual of the transport problem at the plan's own centres. The bound is
 * true for any prices, so nothing depends on how far they climbed.
 */
export function lowerBound(
  plan: Plan,
  corridors: readonly (readonly Corridor[])[],
  { stop = () => false, free = boundAt(plan, corridors, new Float64Array(plan.loads.length)) }: BoundOptions = {},
): Bound {
  const { k } = plan;
  const first: Bound = { value: free, prices: Array<number>(plan.loads.length).fill(0) };
  if (k === 1 || stop()) return first;
  const ascent = new Ascent(plan, corridors, first, stop);
  if (!ascent.climbAll(CANDIDATES)) ascent.climbAll(k);
  return ascent.best;
}

/** Prices on their way up, from temperature to temperature. */
class Ascent {
  best: Bound;
  private readonly plan: Plan;
  private readonly corridors: readonly (readonly Corridor[])[];
  private readonly stop: () => boolean;

  constructor(plan: Plan, corridors: readonly (readonly Corridor[])[], first: Bound, stop: () => boolean) {
    this.plan = plan;
    this.corridors = corridors;
    this.best = first;
    this.stop = stop;
  }

  /**
   * Climbs from no prices through all temperatures with so many territories looked at for every unit (as in `Candidates`).
   * False where those do not suffice (ranges that none of them can fill drive the prices away) and all are few enough to
   * be looked at.
   */
  climbAll(most: number): boolean {
    const { instance, n, k, centers } = this.plan;
    const transport = new Transport(instance, centers.slice(), rangesAt(instance, this.corridors), most);
    let standing = transport.prices.slice();
    const mayGiveUp = !transport.looksAtAll && n * k <= WHOLE;
    let within = Infinity;
    for (const [i, heat] of heatsFor(instance).entries()) {
      if (i > 0) transport.recenter(within);
      let isTrue = this.keepBest(transport, heat);
      if (!isTrue && within < Infinity) {
        transport.prices.set(standing);
        transport.recenter();
        isTrue = this.keepBest(transport, heat);
      }
      if (this.stop()) break;
      // at the highest temperature prices only begin to stand
      if (!isTrue && i > 0 && mayGiveUp) return false;
      if (isTrue) standing = transport.prices.slice();
      within = isTrue && n >= NEAR.units * k ? NEAR.scales : Infinity;
    }
    return true;
  }

  /** Climbs at one temperature and keeps the best bound; is it about as high as the smoothed dual says? */
  private keepBest(transport: Transport, heat: number): boolean {
    const { plan, corridors } = this;
    const little = heat === HEATS[0] ? LITTLE_AT_FIRST : LITTLE;
    climb(transport, heat, { most: mostSteps(plan), little, stop: this.stop });
    if (this.stop()) return true;
    const prices = transport.prices.map((price, at) => price / (plan.instance.totals[Math.floor(at / plan.k)]! || 1));
    const value = boundAt(plan, corridors, prices);
    if (value > this.best.value) this.best = { value, prices: [...prices] };
    return value >= (1 - Math.max(SMOOTHED.least, SMOOTHED.heats * heat)) * transport.value;
  }
}

function heatsFor({ n, k }: Instance): readonly number[] {
  const pairs = n * k;
  return pairs <= FEW.pairs || (n < FEW.units * k && pairs <= WHOLE) ? [...HEATS, ...FEW.heats] : HEATS;
}

interface Climb {
  /** Steps at most, and the share of the value that one must bring. */
  readonly most: number;
  readonly little: number;
  readonly stop: () => boolean;
}

/** Steps of every price for itself and of groups of neighbours, while they bring something; one that fails is damped more the next time. */
function climb(transport: Transport, heat: number, { most, little, stop }: Climb): void {
  let [last, inVain] = [-Infinity, 0];
  for (let step = 0; step < most && inVain < 2 && !stop(); step++) {
    transport.step(heat);
    transport.shift(heat);
    inVain = transport.value - last < little * Math.abs(transport.value) ? inVain + 1 : 0;
    last = transport.value;
  }
}

function mostSteps({ instance, problem }: Plan): number {
  const pairs = instance.n * instance.k;
  if (pairs <= LARGE.pairs) return MOST_STEPS;
  if (isFromToday(problem)) return LARGE.fromToday;
  return pairs <= HUGE.pairs ? LARGE.steps : HUGE.steps;
}

/**
 * LB(w) = Σ_i min_j (c_ij − Σ_m a_im w_jm) + Σ_jm [w_jm > 0 ? w_jm L_jm : w_jm U_jm], a lower bound for any prices w
 * (optimizer.md, "Certificate"). What depends on the owner enters per pair, so the bound stays true for it. In km².
 */
export function boundAt(plan: Plan, corridors: readonly (readonly Corridor[])[], prices: ArrayLike<number>): number {
  const { instance, n, k, owner } = plan;
  const { problem, pairs } = instance;
  const isPlain = pairs.every((pair) => pair === null) && !problem.forbidden && !problem.frozen.includes(true);
  const { blocks } = instance;
  const shares = Float64Array.from(prices, (price, at) => price * instance.totals[Math.floor(at / k)]!);
  const ask = { centers: plan.centers, ...liftsOf(instance, shares), rank: 1 };
  const near = new Int32Array(k);
  const leasts = new Float64Array(n);
  for (let b = 0; b < blocks.count; b++) {
    const count = isPlain ? blocks.candidates(b, ask, near) : 0;
    for (let i = blocks.starts[b]!; i < blocks.starts[b + 1]!; i++) {
      const u = blocks.units[i]!;
      if (owner[u]! < 0) continue;
      const isOpen = isPlain && instance.fixed[u] === FREE;
      leasts[u] = isOpen ? leastOf(plan, u, { prices, near, count }) : leastAllowed(plan, u, prices);
    }
  }
  let sum = 0;
  for (const least of leasts) if (least < Infinity) sum += least;
  corridors.forEach((row, m) =>
    row.forEach(({ low, high }, j) => {
      const w = prices[m * k + j]!;
      const base = problem.measures[m]!.base[j] ?? 0;
      sum += w > 0 ? w * (low - base) : w * (high - base);
    }),
  );
  return sum;
}

/** The least reduced cost of a unit over the territories that may have it, in km²; Infinity where none may. */
function leastAllowed(plan: Plan, u: number, prices: ArrayLike<number>): number {
  const { instance, k } = plan;
  let least = Infinity;
  for (let j = 0; j < k; j++) {
    if (!instance.allows(u, j)) continue;
    let cost = instance.weight[u]! * plan.squaredKm(u, j) + instance.changeCost(u, j);
    for (let m = 0; m < instance.measures; m++) cost -= plan.amount(m, u, j) * prices[m * k + j]!;
    if (cost < least) least = cost;
  }
  return least;
}

interface Near {
  readonly prices: ArrayLike<number>;
  /** The first `count` are all territories that can be the cheapest. */
  readonly near: Int32Array;
  readonly count: number;
}

/** The same where every territory may have the unit and nothing depends on the owner: most of a large map. */
function leastOf(plan: Plan, u: number, { prices, near, count }: Near): number {
  const { instance, k } = plan;
  const { measures, weight, amounts, problem } = instance;
  const p = weight[u]!;
  const cost = (j: number) => {
    let sum = p * plan.squaredKm(u, j);
    for (let m = 0; m < measures; m++) sum -= amounts[m]![u]! * prices[m * k + j]!;
    return sum;
  };
  const today = problem.current?.[u] ?? -1;
  const handover = today < 0 ? 0 : instance.changeCost(u, -1);
  let least = today < 0 ? Infinity : cost(today);
  for (let i = 0; i < count; i++) {
    const other = cost(near[i]!) + handover;
    if (other < least) least = other;
  }
  return least;
}

/** Target ranges as shares of each measure's total, without what a territory holds by itself. */
export function rangesAt(instance: Instance, corridors: readonly (readonly Corridor[])[]): Ranges {
  const { problem, k, measures, totals } = instance;
  const [low, high] = [new Float64Array(k * measures), new Float64Array(k * measures)];
  corridors.forEach((row, m) =>
    row.forEach((corridor, j) => {
      const base = problem.measures[m]!.base[j] ?? 0;
      low[m * k + j] = Math.max(0, corridor.low - base) / (totals[m]! || 1);
      high[m * k + j] = Math.max(0, corridor.high - base) / (totals[m]! || 1);
    }),
  );
  return { low, high };
}
