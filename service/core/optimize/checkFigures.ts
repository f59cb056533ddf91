import type { CheckGround } from './checkGround.ts';
import { NEGLIGIBLE_KM2, PRESETS } from './planFile.ts';
import { leastSums, onSphere, type CheckItems } from './checkItems.ts';
import { proofLies } from './checkProofs.ts';
import { near, RELATIVE, type CheckRanges } from './checkRanges.ts';

const EARTH_KM = 6371.0088;
/** A centre printed in degrees and read again is off by less than this. */
const CENTER_KM = 0.001;

/** Centres, objective, disruption, bound, price of the ranges and gap, as recomputed from the plan's own centres and prices. */
export function figureLies(ground: CheckGround, items: CheckItems, ranges: CheckRanges): string[] {
  const { plan } = ground.input;
  const centers = statedCenters(ground);
  const lies = [...centerLies(ground, items, centers), ...lambdaLies(ground, items)];
  const moved = movedShare(ground, items);
  const { lambda } = plan.disruption;
  const objective = spread(items, items.owner, centers) + lambda * moved;
  if (!near(moved, plan.disruption.moved))
    lies.push(`The share moved is ${moved}, the plan says ${plan.disruption.moved}.`);
  if (!near(objective, plan.objective)) lies.push(`The objective is ${objective}, the plan says ${plan.objective}.`);
  const w = new Float64Array(plan.measures.length * ground.k);
  plan.measures.forEach(({ name }, m) =>
    ground.names.forEach((territory, j) => (w[m * ground.k + j] = plan.prices[territory]![name]!)),
  );
  const beside = besideUnits(ground);
  let apart = 0;
  const { priced, free } = leastSums(ground, items, { centers, w, lambda }, (i, cost, lowest) => {
    let near = cost[items.owner[i]!]!;
    for (const j of beside[items.unit[i]!]!) if (cost[j]! < near) near = cost[j]!;
    apart += near - lowest;
  });
  let bound = priced;
  let size = Math.abs(priced);
  w.forEach((price, at) => {
    const part = price * (price > 0 ? ranges.low[at]! : ranges.high[at]!);
    bound += part;
    size += Math.abs(part);
  });
  // sums of large terms that nearly cancel lose digits
  if (
    !(Math.abs(plan.bound - bound) <= RELATIVE * Math.max(Math.abs(bound), Math.abs(plan.bound)) + 1e-11 * size + 1e-12)
  )
    lies.push(`The prices prove a bound of ${bound}, the plan claims ${plan.bound}.`);
  lies.push(...proofLies(ground, items, { centers, w, lambda, ranges }));
  lies.push(...ratioLies(ground, { free, isInside: ranges.out.size === 0 }));
  if (plan.contiguity !== null && !near(plan.contiguity, plan.bound > 0 ? apart / plan.bound : NaN, 1))
    lies.push(`Contiguity costs ${apart / plan.bound} of the bound, the plan says ${plan.contiguity}.`);
  if (plan.contiguity === null && plan.gap !== null && plan.bound > 0)
    lies.push(`The plan tells a gap, but not that contiguity costs ${apart / plan.bound} of it.`);
  return lies;
}

/** Territories of each unit and of the units that touch it, bridges of the plan included. */
function besideUnits({ input, owner }: CheckGround): Set<number>[] {
  const sets = Array.from(owner, (j, u) => new Set([j, ...[...input.edges[u]!].map((next) => owner[next]!)]));
  const at = new Map(input.units.ids.map((id, u) => [id, u]));
  for (const [a, b] of input.plan.bridges) {
    const [u, v] = [at.get(a), at.get(b)];
    if (u === undefined || v === undefined) continue;
    sets[u]!.add(owner[v]!);
    sets[v]!.add(owner[u]!);
  }
  return sets;
}

function ratioLies({ input }: CheckGround, { free, isInside }: { free: number; isInside: boolean }): string[] {
  const { plan } = input;
  const lies: string[] = [];
  const price = free > NEGLIGIBLE_KM2 ? plan.bound / free - 1 : null;
  if (plan.corridorPrice === null ? free > 2 * NEGLIGIBLE_KM2 : !near(plan.corridorPrice, price ?? NaN, 1))
    lies.push(`The price of the ranges is ${price}, the plan says ${plan.corridorPrice}.`);
  const isNothing = plan.objective <= NEGLIGIBLE_KM2;
  const gap = isNothing ? 0 : plan.bound > 0 ? plan.objective / plan.bound - 1 : null;
  if (plan.gap !== null && !near(plan.gap, gap ?? NaN, 1)) lies.push(`The gap is ${gap}, the plan says ${plan.gap}.`);
  if (plan.gap === null && gap !== null && isInside && plan.outside.length === 0)
    lies.push(`The plan is inside every range, but prints no gap; it is ${gap}.`);
  return lies;
}

function statedCenters({ input, names, k }: CheckGround): Float64Array {
  const centers = new Float64Array(k * 3);
  names.forEach((name, j) => centers.set(onSphere(...input.plan.centers[name]!), j * 3));
  return centers;
}

/** Homes; else the normalised mean vector of what a map gives each territory, weighted by p (plain where nothing has weight). */
function middles({ homes, k }: CheckGround, items: CheckItems, map: Int32Array): Float64Array {
  const sums = [new Float64Array(k * 3), new Float64Array(k * 3)] as const;
  for (let i = 0; i < items.count; i++) {
    if (map[i]! < 0) continue;
    for (let d = 0; d < 3; d++) {
      sums[0][map[i]! * 3 + d]! += items.p[i]! * items.xyz[i * 3 + d]!;
      sums[1][map[i]! * 3 + d]! += items.xyz[i * 3 + d]!;
    }
  }
  const result = new Float64Array(k * 3);
  for (let j = 0; j < k; j++) {
    const [weighted, plain] = sums.map((sum) => sum.subarray(j * 3, j * 3 + 3)) as [Float64Array, Float64Array];
    const home = homes[j];
    const middle = home ? onSphere(home.lat, home.lon) : length(weighted) > 0 ? weighted : plain;
    const scale = length(middle) || 1;
    result.set(
      Float64Array.from(middle, (value) => value / scale),
      j * 3,
    );
  }
  return result;
}

function centerLies(ground: CheckGround, items: CheckItems, centers: Float64Array): string[] {
  const right = middles(ground, items, items.owner);
  return ground.names.flatMap((name, j) => {
    const off = EARTH_KM * length([0, 1, 2].map((d) => right[j * 3 + d]! - centers[j * 3 + d]!));
    return off < CENTER_KM
      ? []
      : [
          `The centre of ${name} is ${off.toFixed(1)} km from ${ground.homes[j] ? 'its home' : 'the middle of its units'}.`,
        ];
  });
}

/** A named preset fixes λ: a multiple of Σ p·d² of today's map at its own centres. */
function lambdaLies(ground: CheckGround, items: CheckItems): string[] {
  const { lambda, preset } = ground.input.plan.disruption;
  if (preset === 'given') return [];
  const today = items.unit.map((u) => ground.today[u]!);
  const times = preset === 'none' ? 0 : PRESETS[preset];
  const right = times === 0 ? 0 : times * spread(items, today, middles(ground, items, today));
  return near(lambda, right) ? [] : [`λ of the preset ${preset} is ${right}, the plan says ${lambda}.`];
}

function length(vector: ArrayLike<number>): number {
  return Math.hypot(vector[0]!, vector[1]!, vector[2]!);
}

/** Σ p·d² of a map, in km²; what has no territory does not count. */
function spread(items: CheckItems, map: Int32Array, centers: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < items.count; i++) {
    const j = map[i]!;
    if (j < 0) continue;
    let chord = 0;
    for (let d = 0; d < 3; d++) chord += (items.xyz[i * 3 + d]! - centers[j * 3 + d]!) ** 2;
    sum += items.p[i]! * chord * EARTH_KM * EARTH_KM;
  }
  return sum;
}

/** Share of the weight p that is not with today's territory. */
function movedShare({ today }: CheckGround, items: CheckItems): number {
  let moved = 0;
  for (let i = 0; i < items.count; i++) {
    const was = today[items.unit[i]!]!;
    if (was >= 0 && was !== items.owner[i]) moved += items.p[i]!;
  }
  return moved;
}
