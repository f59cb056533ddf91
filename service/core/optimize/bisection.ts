import { pieces } from '../contiguity.ts';
import { weightsOf } from './plan.ts';
import type { Problem } from './problem.ts';

/** Directions tried for each cut, all around: the smaller side may lie on either hand. */
const ANGLES = 12;
/** Halvings between two directions: 5 close in on about one degree. */
const REFINEMENTS = 5;
/** A start turns the directions by this part of the step between two. */
const FRESH_TURNS = 2;

/**
 * First owners by recursive weighted bisection: cut the units across the direction that splits all measures most evenly
 * in the ratio of the territories on either side, hand cut-off pieces to the other side, go on with both halves.
 * Every territory comes out connected when the graph is. Another start turns the first directions.
 */
export function bisection(problem: Problem, start = 0): Int32Array {
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
    const { a, b } = bestCut(problem, weight, units, {
      ratio,
      least: left.length,
      most: units.length - right.length,
      turn: start / FRESH_TURNS,
    });
    split(a, left);
    split(b, right);
  }
}

interface Cut {
  readonly ratio: number;
  /** At least this many units on side a, and at most. */
  readonly least: number;
  readonly most: number;
  /** Turns the directions, in steps between two of them. */
  readonly turn: number;
}

interface Sides {
  readonly a: number[];
  readonly b: number[];
}

interface Candidate extends Sides {
  readonly score: number;
  /** How much more of the first measure than of the second lies on side a. */
  readonly tilt: number;
}

/**
 * The straight cut that splits all measures best. For two measures some direction splits both exactly (ham-sandwich
 * theorem): between two directions that tilt to opposite sides it is closed in on.
 */
function bestCut(problem: Problem, weight: Float64Array, units: number[], cut: Cut): Sides {
  const flat = Math.cos((problem.lat[units[0]!]! * Math.PI) / 180);
  const along = new Float64Array(problem.lat.length);
  const tried: Candidate[] = [];
  const attempt = (angle: number): Candidate => {
    const [east, north] = [Math.cos(angle) * flat, Math.sin(angle)];
    for (const u of units) along[u] = problem.lon[u]! * east + problem.lat[u]! * north;
    const order = Int32Array.from(units).sort((p, q) => along[p]! - along[q]! || p - q);
    const sides = connectedSides(problem, [...order], prefixLength(weight, order, cut));
    const shares = sharesOn(problem, sides);
    const off =
      shares.reduce((sum, share) => sum + Math.abs(share - cut.ratio), 0) / Math.min(cut.ratio, 1 - cut.ratio);
    const candidate = {
      ...sides,
      score: off + 0.02 * spread(problem, sides, flat),
      tilt: (shares[0] ?? 0) - (shares[1] ?? shares[0] ?? 0),
    };
    if (sides.a.length >= cut.least && sides.a.length <= cut.most) tried.push(candidate);
    return candidate;
  };
  const step = (2 * Math.PI) / ANGLES;
  const coarse = Array.from({ length: ANGLES }, (_, i) => attempt((i + cut.turn) * step));
  coarse.forEach((from, i) => {
    const to = coarse[(i + 1) % ANGLES]!;
    if (from.tilt * to.tilt >= 0) return;
    let [low, high] = [(i + cut.turn) * step, (i + 1 + cut.turn) * step];
    for (let round = 0; round < REFINEMENTS; round++) {
      const middle = (low + high) / 2;
      if (attempt(middle).tilt * from.tilt > 0) low = middle;
      else high = middle;
    }
  });
  const [best] = tried.sort((p, q) => p.score - q.score);
  return best ?? connectedSides(problem, units, cut.least);
}

/** Share of each measure on side a. */
function sharesOn(problem: Problem, { a, b }: Sides): number[] {
  return problem.measures.map(({ perUnit }) => {
    const sum = (units: readonly number[]) => units.reduce((total, u) => total + perUnit[u]!, 0);
    const [inA, inB] = [sum(a), sum(b)];
    return inA + inB > 0 ? inA / (inA + inB) : 0.5;
  });
}

function prefixLength(weight: Float64Array, order: Int32Array, { ratio, least, most }: Cut): number {
  let total = 0;
  for (const u of order) total += weight[u]!;
  let sum = 0;
  let length = 0;
  while (length < order.length && sum + weight[order[length]!]! / 2 < total * ratio) sum += weight[order[length++]!]!;
  return Math.min(most, Math.max(least, length));
}

/** Both sides of a sweep in one piece each: what is cut off goes to the other side. */
function connectedSides(problem: Problem, order: number[], length: number): Sides {
  const [main = [], ...stray] = pieces(order.slice(0, length), problem.neighbors);
  const [rest = [], ...back] = pieces([...order.slice(length), ...stray.flat()], problem.neighbors);
  return { a: [...main, ...back.flat()], b: rest };
}

/** How stretched both sides are: the longer box side over the shorter one. */
function spread(problem: Problem, { a, b }: Sides, flat: number): number {
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
