import { invert, type Move } from './alignment.ts';

/** Steps done and steps undone; a value, never changed in place. */
export interface History {
  readonly done: readonly (readonly Move[])[];
  readonly undone: readonly (readonly Move[])[];
}

export const EMPTY_HISTORY: History = { done: [], undone: [] };

/** Remembers a step; what had been undone is forgotten, as in every editor. A step without moves changes nothing. */
export function record(history: History, moves: readonly Move[]): History {
  return moves.length === 0 ? history : { done: [...history.done, moves], undone: [] };
}

/** The moves that take the last step back, and the history after it; null where nothing is left to undo. */
export function undo(history: History): { moves: Move[]; history: History } | null {
  const last = history.done.at(-1);
  if (!last) return null;
  return { moves: invert(last), history: { done: history.done.slice(0, -1), undone: [...history.undone, last] } };
}

/** The moves that repeat the last undone step, and the history after it; null where nothing was undone. */
export function redo(history: History): { moves: readonly Move[]; history: History } | null {
  const next = history.undone.at(-1);
  if (!next) return null;
  return { moves: next, history: { done: [...history.done, next], undone: history.undone.slice(0, -1) } };
}

/** The steps of a history that can still be undone from these owners, and those that can still be done again. */
export function fitting({ done, undone }: History, owners: readonly number[]): History {
  return {
    done: possible(
      done.map((moves) => invert(moves)),
      owners,
    ).map((moves) => invert(moves)),
    undone: possible(undone, owners),
  };
}

/** The longest end of the list whose steps, the last one first, each start from what the steps after it have left. */
function possible(steps: readonly (readonly Move[])[], owners: readonly number[]): (readonly Move[])[] {
  const now = new Map<number, number>();
  const ownerOf = (unit: number) => now.get(unit) ?? owners[unit];
  let first = steps.length;
  while (first > 0) {
    const moves = steps[first - 1]!;
    if (!moves.every(({ unit, from }) => ownerOf(unit) === from)) break;
    for (const { unit, to } of moves) now.set(unit, to);
    first--;
  }
  return steps.slice(first);
}
