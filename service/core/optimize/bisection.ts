import { pieces } from '../contiguity.ts';
import { weightsOf } from './plan.ts';
import type { Problem } from './problem.ts';

/** Directions tried for each cut. */
const ANGLES = 8;

/**
 * First owners by recursive weighted bisection: cut the units across the direction that splits all measures most evenly
 * in the ratio of the territories on either side, hand cut-off pieces to the other side, go on with both halves.
 * Every territory comes out connected when the graph is.
 */
export function bisection(problem: Problem): Int32Array {
  const owner = new Int32Array(problem.lat.length).fill(-1);
  const weight = weightsOf(problem);
  const all = problem.lat.map((_, u) => u);
  const seats = problem.shares.map((_, j) => j);
  split(all, seats);
  return owner;

  function split(units: number[], territories: number[]): void {
    if (territories.length === 1) {
      for (const u of units) owner[u] = territories[0]!;
      return;
    }
    const half = territories.length >> 1;
    const left = territories.slice(0, half);
    const right = territories.slice(half);
    const sum = (list: number[]) => list.reduce((total, j) => total + problem.shares[j]!, 0);
    const ratio = sum(left) / (sum(left) + sum(right));
    const { a, b } = bestCut(problem, weight, units, { ratio, least: left.length, most: units.length - right.length });
    split(a, left);
    split(b, right);
  }
}

interface Cut {
  readonly ratio: number;
  /** At least this many units on side a, and at most. */
  readonly least: number;
  readonly most: number;
}

function bestCut(problem: Problem, weight: Float64Array, units: number[], cut: Cut): { a: number[]; b: number[] } {
  let best: { a: number[]; b: number[]; score: number } | null = null;
  const flat = Math.cos((problem.lat[units[0]!]! * Math.PI) / 180);
  for (let i = 0; i < ANGLES; i++) {
    const angle = (Math.PI * i) / ANGLES;
    const along = (u: number) => problem.lon[u]! * flat * Math.cos(angle) + problem.lat[u]! * Math.sin(angle);
    const order = units.slice().sort((p, q) => along(p) - along(q) || p - q);
    const sides = connectedSides(problem, order, prefixLength(weight, order, cut));
    const score = imbalance(problem, sides, cut.ratio) + 0.02 * spread(problem, sides, flat);
    if (sides.a.length >= cut.least && sides.a.length <= cut.most && (!best || score < best.score)) {
      best = { ...sides, score };
    }
  }
  if (best) return best;
  return connectedSides(problem, units, cut.least);
}

function prefixLength(weight: Float64Array, order: number[], { ratio, least, most }: Cut): number {
  const total = order.reduce((sum, u) => sum + weight[u]!, 0);
  let sum = 0;
  let length = 0;
  while (length < order.length && sum + weight[order[length]!]! / 2 < total * ratio) sum += weight[order[length++]!]!;
  return Math.min(most, Math.max(least, length));
}

/** Both sides of a sweep in one piece each: what is cut off goes to the other side. */
function connectedSides(problem: Problem, order: number[], length: number): { a: number[]; b: number[] } {
  const [main = [], ...stray] = pieces(order.slice(0, length), problem.neighbors);
  const [rest = [], ...back] = pieces([...order.slice(length), ...stray.flat()], problem.neighbors);
  return { a: [...main, ...back.flat()], b: rest };
}

function imbalance(problem: Problem, { a, b }: { a: number[]; b: number[] }, ratio: number): number {
  return problem.measures.reduce((worst, { perUnit }) => {
    const inA = a.reduce((sum, u) => sum + perUnit[u]!, 0);
    const inB = b.reduce((sum, u) => sum + perUnit[u]!, 0);
    return inA + inB > 0 ? worst + Math.abs(inA / (inA + inB) - ratio) / Math.min(ratio, 1 - ratio) : worst;
  }, 0);
}

/** How stretched both sides are: the longer box side over the shorter one. */
function spread(problem: Problem, { a, b }: { a: number[]; b: number[] }, flat: number): number {
  return [a, b].reduce((sum, side) => {
    let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const u of side) {
      const [x, y] = [problem.lon[u]! * flat, problem.lat[u]!];
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
    const [width, height] = [east - west + 1e-9, north - south + 1e-9];
    return sum + Math.max(width / height, height / width);
  }, 0);
}
