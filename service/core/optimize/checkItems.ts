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

/** Territories that unit u may go to, written as 1 into `allowed`. */
export function allowedOf(ground: CheckGround): (u: number, allowed: Uint8Array) => void {
  const { rules, territoryAt, lock, today, isFixed, k } = ground;
  const forbids = new Map<number, number[]>();
  const reaches = new Float64Array(k).fill(Infinity);
  for (const rule of rules) {
    if (rule.kind === 'forbid')
      forbids.set(rule.unit, [...(forbids.get(rule.unit) ?? []), territoryAt.get(rule.territory) ?? -1]);
    if (rule.kind === 'max_km')
      for (let j = 0; j < k; j++)
        if (rule.territory === null || territoryAt.get(rule.territory) === j)
          reaches[j] = Math.min(reaches[j]!, rule.km);
  }
  const isFar = reaches.some((km) => km < Infinity);
  return (u, allowed) => {
    const stays = today[u]! >= 0 && isFixed[today[u]!] ? today[u]! : lock[u]!;
    for (let j = 0; j < k; j++) allowed[j] = stays >= 0 ? Number(stays === j) : 1 - isFixed[j]!;
    if (stays >= 0) return;
    for (const j of forbids.get(u) ?? []) if (j >= 0) allowed[j] = 0;
    if (isFar)
      for (let j = 0; j < k; j++)
        if (allowed[j] && reaches[j]! < Infinity && kmFromHome(ground, u, j) > reaches[j]! + KM_ROUNDING)
          allowed[j] = 0;
  };
}

interface Priced {
  /** Unit vectors of the centres, x y z. */
  readonly centers: Float64Array;
  /** Price of measure m in territory j at m * k + j. */
  readonly w: Float64Array;
  readonly lambda: number;
}

/** Σ over the items of the least cost over all allowed territories: with prices, without, and the greatest distance cost. */
export function leastSums(ground: CheckGround, items: CheckItems, { centers, w, lambda }: Priced) {
  const { k, today } = ground;
  const { count, amounts, p, xyz, unit } = items;
  const M = Math.round(amounts.length / Math.max(1, count));
  const allowed = new Uint8Array(k);
  const allow = allowedOf(ground);
  let [priced, free, far] = [0, 0, 0];
  let last = -1;
  for (let i = 0; i < count; i++) {
    const u = unit[i]!;
    if (u !== last) allow(u, allowed);
    last = u;
    const [x, y, z] = [xyz[i * 3]!, xyz[i * 3 + 1]!, xyz[i * 3 + 2]!];
    const scale = p[i]! * EARTH_KM * EARTH_KM;
    const was = today[u]!;
    const change = was >= 0 ? lambda * p[i]! : 0;
    let [least, nearest, most] = [Infinity, Infinity, 0];
    for (let j = 0; j < k; j++) {
      if (allowed[j] === 0) continue;
      const [dx, dy, dz] = [x - centers[3 * j]!, y - centers[3 * j + 1]!, z - centers[3 * j + 2]!];
      const distance = scale * (dx * dx + dy * dy + dz * dz);
      let cost = j === was ? distance : distance + change;
      if (distance > most) most = distance;
      if (cost < nearest) nearest = cost;
      for (let m = 0; m < M; m++) cost -= amounts[m * count + i]! * w[m * k + j]!;
      if (cost < least) least = cost;
    }
    priced += least;
    free += nearest;
    far += most;
  }
  return { priced, free, far };
}
