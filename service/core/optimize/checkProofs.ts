import type { CheckGround } from './checkGround.ts';
import { allowedOf, leastSums, type CheckItems, type Priced } from './checkItems.ts';
import { componentsOf } from './checkMap.ts';
import type { CheckRanges } from './checkRanges.ts';

const EARTH_KM = 6371.0088;
/** Where no plan exists the bound grows along its prices without limit. */
const RAYS = [1, 10, 100, 1000];

interface Stated extends Priced {
  readonly ranges: CheckRanges;
}

/** Territories that are called impossible although nothing proves it. */
export function proofLies(ground: CheckGround, items: CheckItems, stated: Stated): string[] {
  const claimed = ground.input.plan.outside.filter(({ proof }) => proof);
  if (claimed.length === 0) return [];
  const { ranges } = stated;
  const proved = new Set([
    ...tooLarge(ground, ranges),
    ...cutOff(ground, items, ranges),
    ...unfitPieces(ground, items, ranges),
  ]);
  const open = claimed.filter(({ territory }) => !proved.has(ground.territoryAt.get(territory)!));
  if (open.length === 0 || exceedsFarthest(ground, items, stated)) return [];
  return open.map(({ territory }) => `Territory ${territory} is said to be impossible, but nothing proves it.`);
}

/** Territories that have a unit, group or account which exceeds the range of every territory that may have it. */
function tooLarge(ground: CheckGround, { high }: CheckRanges): Set<number> {
  const { input, k, owner, given, lock } = ground;
  const { units, accounts, plan } = input;
  const found = new Set<number>();
  const groups = new Map<string, number[]>();
  units.groups.forEach((group, u) => {
    if (group !== '') groups.set(group, [...(groups.get(group) ?? []), u]);
  });
  plan.measures.forEach(({ name }, m) => {
    const fitsNowhere = tooMuch(ground, high.subarray(m * k, (m + 1) * k));
    const values = units.measures.get(name.toLowerCase())!;
    const rest = Float64Array.from(values);
    accounts?.unitOf.forEach((u, a) => {
      // a unit of a group or lock is never split
      if (units.groups[u] !== '' || lock[u]! >= 0) return;
      const amount = accounts.measures.get(name.toLowerCase())![a]!;
      rest[u]! -= amount;
      if (fitsNowhere(amount, [u])) found.add(given.get(a) ?? owner[u]!);
    });
    rest.forEach((amount, u) => {
      if (fitsNowhere(amount, [u])) found.add(owner[u]!);
    });
    for (const list of groups.values()) {
      const amount = list.reduce((sum, u) => sum + values[u]!, 0);
      if (fitsNowhere(amount, list)) found.add(owner[list[0]!]!);
    }
  });
  return found;
}

/** Is an amount above the most of every territory that may have all these units? */
function tooMuch(ground: CheckGround, high: Float64Array): (amount: number, members: readonly number[]) => boolean {
  const allow = allowedOf(ground);
  const least = Math.min(...high);
  const one = new Uint8Array(ground.k);
  return (amount, members) => {
    if (amount <= least) return false;
    const may = new Uint8Array(ground.k).fill(1);
    for (const u of members) if (allow(u, one)) one.forEach((is, j) => (may[j] = Math.min(may[j]!, is)));
    return may.every((is, j) => is === 0 || amount > high[j]!);
  };
}

/** Territories with too much held in them by locks and rules, or with too little that may come to them. */
function cutOff({ k, input, ...ground }: CheckGround, items: CheckItems, { low, high }: CheckRanges): Set<number> {
  const size = k * input.plan.measures.length;
  const [held, reach] = [new Float64Array(size), new Float64Array(size)];
  const allow = allowedOf({ k, input, ...ground });
  const allowed = new Uint8Array(k);
  for (let i = 0; i < items.count; i++) {
    if (!allow(items.unit[i]!, allowed)) allowed.fill(1);
    let count = 0;
    for (let j = 0; j < k; j++) count += allowed[j]!;
    for (let m = 0; m * k < size; m++) {
      const amount = items.amounts[m * items.count + i]!;
      if (amount === 0) continue;
      for (let j = 0; j < k; j++) {
        if (allowed[j] === 0) continue;
        reach[m * k + j]! += amount;
        if (count === 1) held[m * k + j]! += amount;
      }
    }
  }
  const found = new Set<number>();
  for (let at = 0; at < size; at++) if (held[at]! > high[at]! || reach[at]! < low[at]!) found.add(at % k);
  return found;
}

/** Territories in a piece of a map without bridges that no whole number of territories fits in every measure. */
function unfitPieces({ input, n, k, owner }: CheckGround, items: CheckItems, { low, high }: CheckRanges): Set<number> {
  const M = input.plan.measures.length;
  const isEven = [low, high].every((limit) => limit.every((value, at) => value === limit[at - (at % k)]));
  const component = componentsOf(
    input.edges.map((set) => [...set]),
    n,
  );
  const found = new Set<number>();
  if (input.plan.bridges.length > 0 || !isEven) return found;
  const held = new Map<number, number[]>();
  for (let i = 0; i < items.count; i++) {
    const c = component[items.unit[i]!]!;
    const row = held.get(c) ?? new Array<number>(M).fill(0);
    for (let m = 0; m < M; m++) row[m]! += items.amounts[m * items.count + i]!;
    held.set(c, row);
  }
  if (held.size < 2) return found;
  const counts = Array.from({ length: k }, (_, q) => q + 1);
  for (const [c, row] of held)
    if (!counts.some((q) => row.every((amount, m) => q * low[m * k]! <= amount && amount <= q * high[m * k]!)))
      component.forEach((own, u) => own === c && found.add(owner[u]!));
  return found;
}

/** LB(w) > Σ p·max d² over the allowed territories (λ = 0), along the plan's prices: locks and rules leave no plan. */
function exceedsFarthest(ground: CheckGround, items: CheckItems, { centers, w, ranges }: Stated): boolean {
  const most = farthest(ground, items, centers);
  return RAYS.some((ray) => {
    const prices = w.map((price) => price * ray);
    let bound = leastSums(ground, items, { centers, w: prices, lambda: 0 }).priced;
    prices.forEach((price, at) => (bound += price * (price > 0 ? ranges.low[at]! : ranges.high[at]!)));
    return bound > most;
  });
}

function farthest(ground: CheckGround, { count, unit, p, xyz }: CheckItems, centers: Float64Array): number {
  const allow = allowedOf(ground);
  const allowed = new Uint8Array(ground.k);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (!allow(unit[i]!, allowed)) allowed.fill(1);
    let most = 0;
    for (let j = 0; j < ground.k; j++) {
      if (allowed[j] === 0) continue;
      let chord = 0;
      for (let d = 0; d < 3; d++) chord += (xyz[i * 3 + d]! - centers[j * 3 + d]!) ** 2;
      most = Math.max(most, chord);
    }
    sum += p[i]! * most;
  }
  return sum * EARTH_KM * EARTH_KM;
}
