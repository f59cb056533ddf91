import type { Instance } from './instance.ts';
import type { Plan } from './plan.ts';
import type { Corridor } from './problem.ts';
import { Transport, type Ranges } from './transport.ts';

/** A proof: no plan inside these corridors at these centres has a smaller objective. */
export interface Bound {
  /** Lower bound on Σ p_i d_ij² + λ Σ q_i [changes rep], in km². */
  readonly value: number;
  /** Price per territory and measure (measure * k + territory), in km² per amount. */
  readonly prices: number[];
}

/** Temperatures of the smoothed dual, as shares of the local squared spacing, and Newton steps at each. */
const HEATS = [0.3, 0.1, 0.03, 0.01];
const STEPS = 20;
/** From this temperature on the candidates stay. */
const FINE = 0.03;

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
  const { instance, k } = plan;
  const scale = Float64Array.from(plan.loads, (_, at) => instance.totals[Math.floor(at / k)]! || 1);
  const raw = (prices: Float64Array) => prices.map((price, at) => price / scale[at]!);
  let best: Bound = { value: free, prices: [...scale].fill(0) };
  if (k === 1 || stop()) return best;
  const transport = new Transport(instance, plan.centers.slice(), rangesAt(instance, corridors));
  for (const heat of HEATS) {
    for (let step = 0; step < STEPS && !stop() && transport.step(heat); step++);
    if (stop()) break;
    const prices = raw(transport.prices);
    const value = boundAt(plan, corridors, prices);
    if (value > best.value) best = { value, prices: [...prices] };
    if (heat > FINE) transport.recenter();
  }
  return best;
}

/**
 * LB(w) = Σ_i min_j (c_ij − Σ_m a_im w_jm) + Σ_jm [w_jm > 0 ? w_jm L_jm : w_jm U_jm], a lower bound for any prices w
 * (optimizer.md, "Certificate"). What depends on the owner enters per pair, so the bound stays true for it. In km².
 */
export function boundAt(plan: Plan, corridors: readonly (readonly Corridor[])[], prices: ArrayLike<number>): number {
  const { instance, n, k, owner, centers } = plan;
  const { measures, weight, xyz, amounts, problem } = instance;
  const plain = instance.pairs.every((pair) => pair === null) && !problem.current && !problem.forbidden;
  let sum = 0;
  for (let u = 0; u < n; u++) {
    if (owner[u]! < 0) continue;
    const p = weight[u]!;
    const x = xyz[u * 3]!;
    const y = xyz[u * 3 + 1]!;
    const z = xyz[u * 3 + 2]!;
    let least = Infinity;
    for (let j = 0; j < k; j++) {
      if (!plain && !instance.allows(u, j)) continue;
      const dx = x - centers[j * 3]!;
      const dy = y - centers[j * 3 + 1]!;
      const dz = z - centers[j * 3 + 2]!;
      let cost = p * (dx * dx + dy * dy + dz * dz);
      if (plain) for (let m = 0; m < measures; m++) cost -= amounts[m]![u]! * prices[m * k + j]!;
      else {
        cost += instance.changeCost(u, j);
        for (let m = 0; m < measures; m++) cost -= plan.amount(m, u, j) * prices[m * k + j]!;
      }
      if (cost < least) least = cost;
    }
    if (least < Infinity) sum += least;
  }
  corridors.forEach((row, m) =>
    row.forEach(({ low, high }, j) => {
      const w = prices[m * k + j]!;
      const base = problem.measures[m]!.base[j] ?? 0;
      sum += w > 0 ? w * (low - base) : w * (high - base);
    }),
  );
  return sum;
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
