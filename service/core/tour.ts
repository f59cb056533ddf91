import type { Point } from './geography.ts';

/** Minutes of the way from one place to another; the same both ways. */
export type Way = (from: Point, to: Point) => number;

export interface Tour {
  /** Indices of the stops in driving order. */
  readonly order: readonly number[];
  /** Minutes of each leg: to every stop in order, and back to the start where there is one. */
  readonly legs: readonly number[];
  readonly minutes: number;
}

/** An exchange must save more than this many minutes: rounding never makes it go round for ever. */
const LEAST_SAVING = 1e-9;

/**
 * A short round over all stops, from the start and back to it; without a start it begins and ends at a stop. Savings
 * (Clarke and Wright 1964) make it, exchanges of two legs (Croes 1958) and moved runs (Or 1976) shorten it until none helps.
 * No stop: an empty round.
 */
export function shortTour(stops: readonly Point[], start: Point | null, way: Way): Tour {
  const from = stops.map((a) => stops.map((b) => way(a, b)));
  const home = stops.map((stop) => (start ? way(start, stop) : 0));
  const order = exchanged(joined(from, home), from, home);
  const legs = order.map((stop, i) => (i === 0 ? home[stop]! : from[order[i - 1]!]![stop]!));
  const last = order.at(-1);
  if (last !== undefined && start) legs.push(home[last]!);
  // without a start there is no way to the first stop
  const driven = start ? legs : legs.slice(1);
  return { order, legs: driven, minutes: driven.reduce((sum, minutes) => sum + minutes, 0) };
}

/** Joins rounds to one stop each, the greatest saving first, until one is left. */
function joined(from: readonly number[][], home: readonly number[]): number[] {
  const savings = home.flatMap((_, i) =>
    home.slice(i + 1).map((_, k) => ({ i, j: i + 1 + k, saved: home[i]! + home[i + 1 + k]! - from[i]![i + 1 + k]! })),
  );
  savings.sort((a, b) => b.saved - a.saved || a.i - b.i || a.j - b.j);
  const roundOf = home.map((_, i) => [i]);
  for (const { i, j } of savings) {
    const [a, b] = [roundOf[i]!, roundOf[j]!];
    if (a === b || !isEnd(a, i) || !isEnd(b, j)) continue;
    const left = a.at(-1) === i ? a : [...a].reverse();
    const right = b[0] === j ? b : [...b].reverse();
    const both = [...left, ...right];
    for (const stop of both) roundOf[stop] = both;
  }
  return [...(roundOf[0] ?? [])];
}

const isEnd = (round: readonly number[], stop: number) => round[0] === stop || round.at(-1) === stop;

/** Turns a part of the round around, or puts a few stops elsewhere, wherever that shortens it. */
function exchanged(order: number[], from: readonly number[][], home: readonly number[]): number[] {
  const cost = (a: number | undefined, b: number | undefined): number =>
    a === undefined || b === undefined ? (home[(a ?? b)!] ?? 0) : from[a]![b]!;
  while (turned(order, cost) || moved(order, cost));
  return order;
}

type Cost = (a: number | undefined, b: number | undefined) => number;

function turned(order: number[], cost: Cost): boolean {
  for (let i = 0; i < order.length - 1; i++)
    for (let j = i + 1; j < order.length; j++) {
      const [before, first, last, after] = [order[i - 1], order[i], order[j], order[j + 1]];
      const saved = cost(before, first) + cost(last, after) - cost(before, last) - cost(first, after);
      if (saved <= LEAST_SAVING) continue;
      order.splice(i, j - i + 1, ...order.slice(i, j + 1).reverse());
      return true;
    }
  return false;
}

/** Runs of at most this many stops are moved (Or 1976). */
const LONGEST_RUN = 3;

function moved(order: number[], cost: Cost): boolean {
  for (let length = 1; length <= Math.min(LONGEST_RUN, order.length - 1); length++)
    for (let i = 0; i + length <= order.length; i++) {
      const run = order.slice(i, i + length);
      const rest = [...order.slice(0, i), ...order.slice(i + length)];
      const [before, after] = [rest[i - 1], rest[i]];
      const freed = cost(before, run[0]) + cost(run.at(-1), after) - cost(before, after);
      for (let at = 0; at <= rest.length; at++)
        for (const part of [run, [...run].reverse()]) {
          const [left, right] = [rest[at - 1], rest[at]];
          const added = cost(left, part[0]) + cost(part.at(-1), right) - cost(left, right);
          if (freed - added <= LEAST_SAVING) continue;
          order.splice(0, order.length, ...rest.slice(0, at), ...part, ...rest.slice(at));
          return true;
        }
    }
  return false;
}
