import type { Neighbors } from './geography.ts';

/** Hours below which nothing is left over: rounding. */
const NOTHING = 1e-9;

/**
 * What stays too much after territories have handed as much as possible to their neighbours: a maximum flow from excess to
 * spare hours over one border (Ford, Fulkerson 1956; shortest paths by Edmonds, Karp 1972). Hours; what cannot be handed on
 * stays with those that have most. Nothing spare anywhere: all of it.
 */
export function leftOver(excess: readonly number[], spare: readonly number[], neighbors: Neighbors): number[] {
  const left = excess.map((hours) => Math.max(0, hours));
  const free = spare.map((hours) => Math.max(0, hours));
  const flow = excess.map(() => new Map<number, number>());
  const order = left.flatMap((hours, j) => (hours > 0 ? [j] : [])).sort((a, b) => left[a]! - left[b]! || a - b);
  for (const start of order) {
    for (
      let path = pathToSpare(start, { free, flow, neighbors });
      path;
      path = pathToSpare(start, { free, flow, neighbors })
    ) {
      const taken = path.filter((_, i) => i % 2 === 1);
      const backs = taken.slice(0, -1).map((via, i) => flow[path[2 * i + 2]!]!.get(via)!);
      const amount = Math.min(left[start]!, free[path.at(-1)!]!, ...backs);
      left[start]! -= amount;
      free[path.at(-1)!]! -= amount;
      push(path, amount, flow);
      if (left[start]! <= NOTHING) break;
    }
    if (left[start]! <= NOTHING) left[start] = 0;
  }
  return left;
}

interface Network {
  readonly free: readonly number[];
  /** Per giver: what each neighbour takes of it. */
  readonly flow: readonly Map<number, number>[];
  readonly neighbors: Neighbors;
}

/** Giver, taker, giver, … taker with spare hours: every further giver takes its hours elsewhere. The shortest; null without one. */
function pathToSpare(start: number, { free, flow, neighbors }: Network): number[] | null {
  const queue: number[][] = [[start]];
  const seen = new Set<number>();
  for (const path of queue) {
    for (const taker of neighbors[path.at(-1)!] ?? []) {
      if (seen.has(taker)) continue;
      seen.add(taker);
      const longer = [...path, taker];
      if (free[taker]! > NOTHING) return longer;
      flow.forEach((takers, giver) => {
        if ((takers.get(taker) ?? 0) > NOTHING && !path.includes(giver)) queue.push([...longer, giver]);
      });
    }
  }
  return null;
}

function push(path: readonly number[], amount: number, flow: readonly Map<number, number>[]): void {
  const add = (giver: number, taker: number, hours: number) =>
    flow[giver]!.set(taker, (flow[giver]!.get(taker) ?? 0) + hours);
  for (let i = 0; i + 1 < path.length; i += 2) {
    add(path[i]!, path[i + 1]!, amount);
    if (i + 2 < path.length) add(path[i + 2]!, path[i + 1]!, -amount);
  }
}
