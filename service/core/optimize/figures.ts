import { EARTH_RADIUS_KM, placeOf, unitVector } from '../geography.ts';
import type { FileGround } from './fileProblem.ts';
import { mayGo } from './permits.ts';

/*
 * What a finished plan is worth, by item: whole units, what is left of split ones, and every account of split units.
 * So fine a grain makes the bound true for any way to share these accounts out.
 */

export interface Items {
  readonly count: number;
  readonly unitOf: Int32Array;
  /** Amount of item i in measure m at m * count + i. */
  readonly amounts: Float64Array;
  /** Mean share over the measures. */
  readonly weight: Float64Array;
  readonly xyz: Float64Array;
}

/** The units in their order, then these accounts. */
export function itemsOf(
  { units, accounts, measures }: Pick<FileGround, 'units' | 'accounts' | 'measures'>,
  split: readonly number[],
): Items {
  const n = units.ids.length;
  const count = n + split.length;
  const unitOf = Int32Array.from({ length: count }, (_, i) => (i < n ? i : accounts!.unitOf[split[i - n]!]!));
  const amounts = new Float64Array(count * measures.length);
  const weight = new Float64Array(count);
  measures.forEach(({ name }, m) => {
    const values = units.measures.get(name.toLowerCase())!;
    const held = accounts?.measures.get(name.toLowerCase());
    let total = 0;
    for (let u = 0; u < n; u++) {
      amounts[m * count + u] = values[u]!;
      total += values[u]!;
    }
    split.forEach((account, i) => {
      amounts[m * count + n + i] = held![account]!;
      amounts[m * count + unitOf[n + i]!]! -= held![account]!;
    });
    for (let i = 0; i < count; i++) {
      // accounts may add up to a rounding error more than their unit
      if (amounts[m * count + i]! < 0) amounts[m * count + i] = 0;
      if (total > 0) weight[i]! += amounts[m * count + i]! / total / measures.length;
    }
  });
  const xyz = new Float64Array(count * 3);
  for (let i = 0; i < count; i++)
    xyz.set(unitVector({ lat: units.lat[unitOf[i]!]!, lon: units.lon[unitOf[i]!]! }), i * 3);
  return { count, unitOf, amounts, weight, xyz };
}

export interface Figures {
  /** Load of territory j in measure m at m * k + j. */
  readonly loads: Float64Array;
  readonly centers: readonly (readonly [number, number])[];
  /** Σ p·d² in km². */
  readonly squared: number;
  /** Share of the weight p that is not with today's territory. */
  readonly moved: number;
  readonly objective: number;
  /** Lower bound at the prices, and at none (what nearness alone would cost). */
  readonly bound: number;
  readonly free: number;
  /** What of the cost above the bound is there because a unit's cheapest territory does not border it, in km². */
  readonly contiguity: number;
  /** Outside its range: territory j in measure m at m * k + j. */
  readonly outside: readonly number[];
}

/** A load this share of its target beyond the range is rounding. */
const ROUNDING = 1e-9;

export function loadsOf(items: Items, owners: Int32Array, k: number): Float64Array {
  const measures = items.amounts.length / Math.max(1, items.count);
  const loads = new Float64Array(measures * k);
  for (let m = 0; m < measures; m++)
    for (let i = 0; i < items.count; i++) loads[m * k + owners[i]!]! += items.amounts[m * items.count + i]!;
  return loads;
}

export function outsideAt({ low, high, target }: FileGround['ranges'], loads: Float64Array): number[] {
  const found: number[] = [];
  loads.forEach((load, at) => {
    const slack = ROUNDING * target[at]!;
    if (load < low[at]! - slack || load > high[at]! + slack) found.push(at);
  });
  return found;
}

/** Homes, else the normalised weighted mean vector of what each territory has; it is the best centre for squared chords. */
export function centersOf(
  ground: Pick<FileGround, 'roster'>,
  items: Items,
  owners: Int32Array,
): (readonly [number, number])[] {
  const { names, homes } = ground.roster;
  const k = names.length;
  const [weighted, plain] = [new Float64Array(k * 3), new Float64Array(k * 3)];
  for (let i = 0; i < items.count; i++) {
    const j = owners[i]!;
    if (j < 0) continue;
    for (let d = 0; d < 3; d++) {
      weighted[j * 3 + d]! += items.weight[i]! * items.xyz[i * 3 + d]!;
      plain[j * 3 + d]! += items.xyz[i * 3 + d]!;
    }
  }
  return names.map((_, j) => {
    const home = homes[j];
    if (home) return [home.lat, home.lon];
    const own = weighted.subarray(j * 3, j * 3 + 3);
    const length = Math.hypot(own[0]!, own[1]!, own[2]!);
    if (length > 0) return placeOf(own.map((value) => value / length));
    const all = plain.subarray(j * 3, j * 3 + 3);
    return placeOf(all.map((value) => value / (Math.hypot(all[0]!, all[1]!, all[2]!) || 1)));
  });
}

/** Σ p·d² of a map at its own centres, in km²; units without owner do not count. */
export function spreadOf(ground: Pick<FileGround, 'roster'>, items: Items, owners: Int32Array): number {
  const centers = vectors(centersOf(ground, items, owners));
  let sum = 0;
  for (let i = 0; i < items.count; i++)
    if (owners[i]! >= 0) sum += items.weight[i]! * squaredKm(items.xyz, i, { centers, j: owners[i]! });
  return sum;
}

export function figuresOf(
  ground: FileGround,
  items: Items,
  {
    owners,
    prices,
    neighbors,
  }: { owners: Int32Array; prices: ArrayLike<number>; neighbors: readonly (readonly number[])[] },
): Figures {
  const { roster, ranges, lambda } = ground;
  const k = roster.names.length;
  const loads = loadsOf(items, owners, k);
  const places = centersOf(ground, items, owners);
  const centers = vectors(places);
  let squared = 0;
  let moved = 0;
  for (let i = 0; i < items.count; i++) {
    const today = roster.today[items.unitOf[i]!]!;
    squared += items.weight[i]! * squaredKm(items.xyz, i, { centers, j: owners[i]! });
    if (today >= 0 && today !== owners[i]) moved += items.weight[i]!;
  }
  let contiguity = 0;
  const visit = (i: number, cost: Float64Array, least: number) => {
    const u = items.unitOf[i]!;
    let near = Math.min(cost[owners[i]!]!, cost[owners[u]!]!);
    for (const next of neighbors[u]!) near = Math.min(near, cost[owners[next]!]!);
    contiguity += near - least;
  };
  const { priced, free } = leastCosts(ground, items, { centers, prices, visit });
  let bound = priced;
  ranges.target.forEach((_, at) => {
    const w = prices[at]!;
    bound += w > 0 ? w * ranges.low[at]! : w * ranges.high[at]!;
  });
  return {
    loads,
    centers: places,
    squared,
    moved,
    objective: squared + lambda * moved,
    bound,
    free,
    contiguity,
    outside: outsideAt(ranges, loads),
  };
}

/**
 * Σ over the items of the least cost, with and without prices, over every territory that may have the item; `visit` sees
 * each item's costs with prices and the least of them.
 */
export function leastCosts(
  { roster, permits, lambda }: FileGround,
  { count, unitOf, amounts, weight, xyz }: Items,
  {
    centers,
    prices,
    visit,
  }: {
    centers: Float64Array;
    prices: ArrayLike<number>;
    visit?: (i: number, cost: Float64Array, least: number) => void;
  },
): { priced: number; free: number } {
  const k = roster.names.length;
  const measures = amounts.length / Math.max(1, count);
  const w = Float64Array.from(prices);
  const axes = [0, 1, 2].map((d) => Float64Array.from({ length: k }, (_, j) => centers[j * 3 + d]!));
  const cost = new Float64Array(k);
  const isBarred = permits.forbidden !== null || permits.frozen.includes(true);
  let [priced, free] = [0, 0];
  for (let i = 0; i < count; i++) {
    const u = unitOf[i]!;
    const today = roster.today[u]!;
    const stay = today >= 0 ? lambda * weight[i]! : 0;
    squaredInto(cost, axes, { xyz, i, scale: weight[i]! * EARTH_RADIUS_KM * EARTH_RADIUS_KM, extra: stay });
    if (stay > 0) cost[today]! -= stay;
    if (isBarred || permits.lockedTo[u]! >= 0)
      for (let j = 0; j < k; j++) if (!mayGo(permits, u, j)) cost[j] = Infinity;
    free += smallest(cost);
    for (let m = 0; m < measures; m++) {
      const amount = amounts[m * count + i]!;
      if (amount === 0) continue;
      for (let j = 0, at = m * k; j < k; j++, at++) cost[j]! -= amount * w[at]!;
    }
    const least = smallest(cost);
    priced += least;
    visit?.(i, cost, least);
  }
  return { priced, free };
}

interface From {
  readonly xyz: Float64Array;
  readonly i: number;
  readonly scale: number;
  readonly extra: number;
}

/** scale · squared chord + extra from item i to every centre; short passes are what the compiler makes fast. */
function squaredInto(cost: Float64Array, axes: readonly Float64Array[], { xyz, i, scale, extra }: From): void {
  const [cx, cy, cz] = axes as [Float64Array, Float64Array, Float64Array];
  const [x, y, z] = [xyz[i * 3]!, xyz[i * 3 + 1]!, xyz[i * 3 + 2]!];
  for (let j = 0; j < cost.length; j++) {
    const dx = x - cx[j]!;
    const dy = y - cy[j]!;
    const dz = z - cz[j]!;
    cost[j] = scale * (dx * dx + dy * dy + dz * dz) + extra;
  }
}

function smallest(values: Float64Array): number {
  let least = Infinity;
  for (let j = 0; j < values.length; j++) if (values[j]! < least) least = values[j]!;
  return least;
}

export function vectors(places: readonly (readonly [number, number])[]): Float64Array {
  const result = new Float64Array(places.length * 3);
  places.forEach(([lat, lon], j) => result.set(unitVector({ lat, lon }), j * 3));
  return result;
}

function squaredKm(xyz: Float64Array, i: number, { centers, j }: { centers: Float64Array; j: number }): number {
  const x = xyz[i * 3]! - centers[j * 3]!;
  const y = xyz[i * 3 + 1]! - centers[j * 3 + 1]!;
  const z = xyz[i * 3 + 2]! - centers[j * 3 + 2]!;
  return (x * x + y * y + z * z) * EARTH_RADIUS_KM * EARTH_RADIUS_KM;
}
