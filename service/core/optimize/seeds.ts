import type { Random } from '../random.ts';
import type { Instance } from './instance.ts';

/**
 * First centres by recursive bisection: the units are cut across their longest extent in the ratio of the territories on
 * either side, until one territory is left, whose weighted mean is its centre. The first cuts of each start are turned by
 * chance. Centres are km, x y z; homes stay where they are.
 */
export function seedCenters(instance: Instance, random: Random, turn: number): Float64Array {
  const { n, k, problem } = instance;
  const centers = new Float64Array(k * 3);
  const order = Int32Array.from({ length: n }, (_, u) => u);
  const along = new Float64Array(n);
  const weight = spreadWeight(instance);
  split(0, n, 0, k);
  return centers;

  function split(from: number, to: number, first: number, count: number): void {
    if (count === 1) {
      centers.set(meanPlace(instance, weight, order.subarray(from, to)), first * 3);
      return;
    }
    const part = order.subarray(from, to);
    const axis = longestAxis(instance, weight, part, turn * (random() - 0.5));
    for (const u of part) along[u] = dot(instance.xyz, u, axis);
    part.sort((a, b) => along[a]! - along[b]! || a - b);
    const half = count >> 1;
    const shares = problem.shares;
    let [left, all] = [0, 0];
    for (let j = first; j < first + count; j++) {
      all += shares[j]!;
      if (j < first + half) left += shares[j]!;
    }
    let total = 0;
    for (const u of part) total += weight[u]!;
    let sum = 0;
    let length = 0;
    while (length < part.length && sum + weight[part[length]!]! / 2 < (total * left) / all)
      sum += weight[part[length++]!]!;
    length = Math.min(part.length - (count - half), Math.max(half, length));
    split(from, from + length, first, half);
    split(from + length, to, first + half, count - half);
  }
}

/** Weight of each unit, with a trace for units that hold nothing, so that every part has a middle. */
function spreadWeight({ weight, n }: Instance): Float64Array {
  return weight.map((p) => p + 1e-6 / n);
}

function dot(xyz: Float64Array, u: number, axis: readonly [number, number, number]): number {
  return xyz[u * 3]! * axis[0] + xyz[u * 3 + 1]! * axis[1] + xyz[u * 3 + 2]! * axis[2];
}

function meanPlace({ xyz }: Instance, weight: Float64Array, units: Int32Array): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let total = 0;
  for (const u of units) {
    const p = weight[u]!;
    total += p;
    for (let d = 0; d < 3; d++) sum[d]! += p * xyz[u * 3 + d]!;
  }
  return [sum[0] / total, sum[1] / total, sum[2] / total];
}

/** Direction of the greatest spread (power iteration on the covariance), turned in the plane by `turn` radians. */
function longestAxis(
  instance: Instance,
  weight: Float64Array,
  units: Int32Array,
  turn: number,
): [number, number, number] {
  const { xyz } = instance;
  const middle = meanPlace(instance, weight, units);
  const cov = new Float64Array(9);
  for (const u of units) {
    const p = weight[u]!;
    for (let a = 0; a < 3; a++)
      for (let b = a; b < 3; b++)
        cov[a * 3 + b]! += p * (xyz[u * 3 + a]! - middle[a]!) * (xyz[u * 3 + b]! - middle[b]!);
  }
  for (let a = 0; a < 3; a++) for (let b = 0; b < a; b++) cov[a * 3 + b] = cov[b * 3 + a]!;
  let axis: [number, number, number] = [0.3, 0.5, 0.8];
  for (let round = 0; round < 30; round++) {
    const next = [0, 1, 2].map((a) => cov[a * 3]! * axis[0] + cov[a * 3 + 1]! * axis[1] + cov[a * 3 + 2]! * axis[2]);
    const length = Math.hypot(...next) || 1;
    axis = [next[0]! / length, next[1]! / length, next[2]! / length];
  }
  if (turn === 0) return axis;
  const up = Math.hypot(...middle) || 1;
  const normal = middle.map((value) => value / up);
  const side = [
    normal[1]! * axis[2] - normal[2]! * axis[1],
    normal[2]! * axis[0] - normal[0]! * axis[2],
    normal[0]! * axis[1] - normal[1]! * axis[0],
  ];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [cos * axis[0] + sin * side[0]!, cos * axis[1] + sin * side[1]!, cos * axis[2] + sin * side[2]!];
}
