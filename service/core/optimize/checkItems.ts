import type { CheckGround } from './checkGround.ts';
import { KM_ROUNDING, kmFromHome } from './checkMap.ts';

const EARTH_KM = 6371.0088;

/**
 * Units (split ones without what their accounts hold), then every account of a split unit. Amounts are flat: measure m of
 * item i at m * count + i.
 */
export interface CheckItems {
  readonly count: number;
  readonly unit: Int32Array;
  readonly owner: Int32Array;
  readonly amounts: Float64Array;
  /** Mean share over the measures: p and q of the objective. */
  readonly p: Float64Array;
  readonly xyz: Float64Array;
}

export function checkItems({ input, owner, given, n }: CheckGround): CheckItems {
  const { units, accounts, plan } = input;
  const split = new Set([...given.keys()].map((a) => accounts!.unitOf[a]!));
  const extra = [...(accounts?.unitOf.keys() ?? [])].filter((a) => split.has(accounts!.unitOf[a]!));
  const count = n + extra.length;
  const unit = new Int32Array(count).map((_, i) => (i < n ? i : accounts!.unitOf[extra[i - n]!]!));
  const owners = new Int32Array(count).map((_, i) =>
    i < n ? owner[i]! : (given.get(extra[i - n]!) ?? owner[unit[i]!]!),
  );
  const M = plan.measures.length;
  const amounts = new Float64Array(count * M);
  const p = new Float64Array(count);
  plan.measures.forEach(({ name }, m) => {
    const whole = units.measures.get(name.toLowerCase())!;
    const total = whole.reduce((sum, value) => sum + value, 0);
    const held = accounts?.measures.get(name.toLowerCase());
    const row = amounts.subarray(m * count, (m + 1) * count);
    row.set(whole);
    extra.forEach((a, i) => {
      row[n + i] = held![a]!;
      row[unit[n + i]!]! -= held![a]!;
    });
    row.forEach((value, i) => {
      row[i] = Math.max(0, value);
      if (total > 0) p[i]! += row[i]! / (total * M);
    });
  });
  const xyz = new Float64Array(count * 3);
  for (let i = 0; i < count; i++) xyz.set(onSphere(units.lat[unit[i]!]!, units.lon[unit[i]!]!), i * 3);
  return { count, unit, owner: owners, amounts, p, xyz };
}

export function onSphere(lat: number, lon: number): [number, number, number] {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** Writes the territories that a unit may go to as 1 into `allowed`; false where it may go to all of them. */
export type Allow = (u: number, allowed: Uint8Array) => boolean;

export function allowedOf(ground: CheckGround): Allow {
  const { rules, territoryAt, lock, today, isFixed, k } = ground;
  const forbids = new Map<number, number[]>();
  for (const rule of rules)
    if (rule.kind === 'forbid')
      forbids.set(rule.unit, [...(forbids.get(rule.unit) ?? []), territoryAt.get(rule.territory) ?? -1]);
  const isFar = farFromHome(ground);
  const isSomeFixed = isFixed.includes(1);
  return (u, allowed) => {
    const stays = today[u]! >= 0 && isFixed[today[u]!] ? today[u]! : lock[u]!;
    if (stays < 0 && !isSomeFixed && !isFar && !forbids.has(u)) return false;
    for (let j = 0; j < k; j++) allowed[j] = stays >= 0 ? Number(stays === j) : 1 - isFixed[j]!;
    if (stays >= 0) return true;
    for (const j of forbids.get(u) ?? []) if (j >= 0) allowed[j] = 0;
    if (isFar) for (let j = 0; j < k; j++) if (allowed[j] && isFar(u, j)) allowed[j] = 0;
    return true;
  };
}

/** Within this share of the limit the straight line does not decide, and the great circle is computed. */
const CLOSE = 1e-6;

/** Is unit u farther from the home of territory j than the rules allow? Null where no rule limits distance. */
function farFromHome(ground: CheckGround): ((u: number, j: number) => boolean) | null {
  const { rules, territoryAt, homes, input, k, n } = ground;
  const reach = new Float64Array(k).fill(Infinity);
  for (const rule of rules) {
    if (rule.kind !== 'max_km') continue;
    for (let j = 0; j < k; j++)
      if (rule.territory === null || territoryAt.get(rule.territory) === j) reach[j] = Math.min(reach[j]!, rule.km);
  }
  if (!reach.some((km) => km < Infinity)) return null;
  const straight = reach.map((km) => (km < 2 * EARTH_KM ? (2 * Math.sin(km / (2 * EARTH_KM))) ** 2 : NaN));
  const at = Float64Array.from({ length: n * 3 });
  for (let u = 0; u < n; u++) at.set(onSphere(input.units.lat[u]!, input.units.lon[u]!), u * 3);
  const home = new Float64Array(k * 3);
  homes.forEach((place, j) => place && home.set(onSphere(place.lat, place.lon), j * 3));
  return (u, j) => {
    if (reach[j] === Infinity) return false;
    const x = at[u * 3]! - home[j * 3]!;
    const y = at[u * 3 + 1]! - home[j * 3 + 1]!;
    const z = at[u * 3 + 2]! - home[j * 3 + 2]!;
    const ratio = (x * x + y * y + z * z) / straight[j]!;
    return ratio > 1 + CLOSE || (!(ratio < 1 - CLOSE) && kmFromHome(ground, u, j) > reach[j]! + KM_ROUNDING);
  };
}

export interface Priced {
  /** Unit vectors of the centres, x y z. */
  readonly centers: Float64Array;
  /** Price of measure m in territory j at m * k + j. */
  readonly w: Float64Array;
  readonly lambda: number;
}

/** Σ over the items of the least cost over all allowed territories, with prices and without; `seen` gets each with prices. */
export function leastSums(
  ground: CheckGround,
  items: CheckItems,
  { centers, w, lambda }: Priced,
  seen?: (i: number, cost: Float64Array, least: number) => void,
) {
  const { k, today } = ground;
  const { count, amounts, p, xyz, unit } = items;
  const M = Math.round(amounts.length / Math.max(1, count));
  const [cx, cy, cz] = [0, 1, 2].map((d) => Float64Array.from({ length: k }, (_, j) => centers[3 * j + d]!)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const allowed = new Uint8Array(k);
  const allow = allowedOf(ground);
  const cost = new Float64Array(k);
  let [priced, free] = [0, 0];
  for (let i = 0; i < count; i++) {
    const u = unit[i]!;
    const [x, y, z] = [xyz[i * 3]!, xyz[i * 3 + 1]!, xyz[i * 3 + 2]!];
    const scale = p[i]! * EARTH_KM * EARTH_KM;
    const change = today[u]! >= 0 ? lambda * p[i]! : 0;
    // one simple pass after the other: the compiler makes them several times faster than one loop of all
    for (let j = 0; j < k; j++) {
      const dx = x - cx[j]!;
      const dy = y - cy[j]!;
      const dz = z - cz[j]!;
      cost[j] = scale * (dx * dx + dy * dy + dz * dz) + change;
    }
    if (change > 0) cost[today[u]!]! -= change;
    if (allow(u, allowed)) for (let j = 0; j < k; j++) if (allowed[j] === 0) cost[j] = Infinity;
    free += least(cost);
    for (let m = 0; m < M; m++) {
      const amount = amounts[m * count + i]!;
      if (amount === 0) continue;
      const row = m * k;
      for (let j = 0; j < k; j++) cost[j]! -= amount * w[row + j]!;
    }
    const lowest = least(cost);
    priced += lowest;
    seen?.(i, cost, lowest);
  }
  return { priced, free };
}

function least(values: Float64Array): number {
  let found = Infinity;
  for (let j = 0; j < values.length; j++) if (values[j]! < found) found = values[j]!;
  return found;
}
