import { difference } from './alignment.ts';
import { pieces } from './contiguity.ts';
import type { Neighbors } from './geography.ts';

/** Units that change hands together; -1 is nobody. */
export interface Handover {
  readonly units: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** The difference of two plans as connected groups of one giver and one taker, in order of their lowest pair. */
export function connectedMoves(before: readonly number[], after: readonly number[], neighbors: Neighbors): Handover[] {
  const byPair = new Map<string, { from: number; to: number; units: number[] }>();
  for (const { unit, from, to } of difference(before, after)) {
    const key = `${from} ${to}`;
    const pair = byPair.get(key) ?? { from, to, units: [] };
    pair.units.push(unit);
    byPair.set(key, pair);
  }
  return [...byPair.values()].flatMap(({ from, to, units }) =>
    pieces(units, neighbors).map((piece) => ({ units: piece, from, to })),
  );
}
