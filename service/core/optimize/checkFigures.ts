import type { CheckGround } from './checkGround.ts';
import { leastSums, onSphere, type CheckItems } from './checkItems.ts';
import { near, RELATIVE, type CheckRanges } from './checkRanges.ts';

const EARTH_KM = 6371.0088;
/** A centre printed in degrees and read again is off by less than this. */
const CENTER_KM = 0.001;

/** Centres, objective, disruption, bound, price of the ranges and gap, as recomputed from the plan's own centres and prices. */
export function figureLies(ground: CheckGround, items: CheckItems, ranges: CheckRanges): string[] {
  const { plan } = ground.input;
  const centers = statedCenters(ground);
  const lies = centerLies(ground, items, centers);
  const { squared, moved } = distances(ground, items, centers);
  const { lambda } = plan.disruption;
  const objective = squared + lambda * moved;
  if (!near(moved, plan.disruption.moved))
    lies.push(`The share moved is ${moved}, the plan says ${plan.disruption.moved}.`);
  if (!near(objective, plan.objective)) lies.push(`The objective is ${objective}, the plan says ${plan.objective}.`);
  const w = new Float64Array(plan.measures.length * ground.k);
  plan.measures.forEach(({ name }, m) =>
    ground.names.forEach((territory, j) => (w[m * ground.k + j] = plan.prices[territory]![name]!)),
  );
  const { priced, free } = leastSums(ground, items, { centers, w, lambda });
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
  lies.push(...ratioLies(ground, { free, isInside: ranges.out.size === 0 }));
  return lies;
}

function ratioLies({ input }: CheckGround, { free, isInside }: { free: number; isInside: boolean }): string[] {
  const { plan } = input;
  const lies: string[] = [];
  const price = free > 0 ? plan.bound / free - 1 : null;
  if (plan.corridorPrice === null ? free > 1e-9 : !near(plan.corridorPrice, price ?? NaN, 1))
    lies.push(`The price of the ranges is ${price}, the plan says ${plan.corridorPrice}.`);
  const gap = plan.bound > 0 ? plan.objective / plan.bound - 1 : plan.objective > 0 || plan.bound < 0 ? null : 0;
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

/** Homes are centres; else the normalised mean vector, weighted by p (plain where nothing has weight). */
function centerLies({ names, homes, k }: CheckGround, items: CheckItems, centers: Float64Array): string[] {
  const sums = [new Float64Array(k * 3), new Float64Array(k * 3)] as const;
  for (let i = 0; i < items.count; i++)
    for (let d = 0; d < 3; d++) {
      sums[0][items.owner[i]! * 3 + d]! += items.p[i]! * items.xyz[i * 3 + d]!;
      sums[1][items.owner[i]! * 3 + d]! += items.xyz[i * 3 + d]!;
    }
  return names.flatMap((name, j) => {
    const home = homes[j];
    const [weighted, plain] = sums.map((sum) => sum.subarray(j * 3, j * 3 + 3)) as [Float64Array, Float64Array];
    const middle = home ? onSphere(home.lat, home.lon) : length(weighted) > 0 ? weighted : plain;
    const scale = length(middle);
    if (!(scale > 1e-9 * Math.max(length(weighted), 1e-300))) return [];
    const off = EARTH_KM * length(Float64Array.from(middle, (value, d) => value / scale - centers[j * 3 + d]!));
    return off < CENTER_KM
      ? []
      : [`The centre of ${name} is ${off.toFixed(1)} km from ${home ? 'its home' : 'the middle of its units'}.`];
  });
}

function length(vector: ArrayLike<number>): number {
  return Math.hypot(vector[0]!, vector[1]!, vector[2]!);
}

/** Σ p·d² and the share that is not with today's territory. */
function distances(
  { today }: CheckGround,
  items: CheckItems,
  centers: Float64Array,
): { squared: number; moved: number } {
  let [squared, moved] = [0, 0];
  for (let i = 0; i < items.count; i++) {
    const j = items.owner[i]!;
    let chord = 0;
    for (let d = 0; d < 3; d++) chord += (items.xyz[i * 3 + d]! - centers[j * 3 + d]!) ** 2;
    squared += items.p[i]! * chord * EARTH_KM * EARTH_KM;
    const was = today[items.unit[i]!]!;
    if (was >= 0 && was !== j) moved += items.p[i]!;
  }
  return { squared, moved };
}
