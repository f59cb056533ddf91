import type { AccountId, TerritoryId, UserId } from './ids.ts';
import type { OverridePart } from './measures.ts';
import type { Point } from './geography.ts';

/** One rep's territory as a plan knows it. */
export interface Territory {
  readonly id: TerritoryId;
  readonly name: string;
  readonly parentId: TerritoryId | null;
  readonly parentName: string | null;
  readonly repId: UserId | null;
  readonly repName: string | null;
  readonly homeZip: string | null;
  readonly home: Point | null;
  readonly capacityHours: number;
  readonly targetShare: number;
  readonly administrationHours: number;
}

/** One account held against geography. */
export interface AccountOverride extends OverridePart {
  readonly accountId: AccountId;
  readonly accountName: string;
}

/** Nobody owns this unit. */
export const UNASSIGNED = -1;
/** On the wire only: the reader may not know who owns this unit. */
export const NOT_SHOWN = -2;

/** One unit changes hands; territories by index, -1 is nobody. */
export interface Move {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
}

/** Owners after the moves; the owners given stay as they are. */
export function apply(owners: readonly number[], moves: readonly Move[]): number[] {
  const next = owners.slice();
  for (const { unit, to } of moves) next[unit] = to;
  return next;
}

/** The moves that undo these: applied after them they restore every owner. */
export function invert(moves: readonly Move[]): Move[] {
  return moves.map(({ unit, from, to }) => ({ unit, from: to, to: from })).reverse();
}

/** The moves that give these units to a territory; units that it has already are left out. */
export function assign(owners: readonly number[], units: Iterable<number>, territory: number): Move[] {
  const moves: Move[] = [];
  for (const unit of new Set(units)) {
    const from = owners[unit] ?? UNASSIGNED;
    if (from !== territory) moves.push({ unit, from, to: territory });
  }
  return moves;
}

/** The moves that lead from one set of owners to another. */
export function difference(before: readonly number[], after: readonly number[]): Move[] {
  return before.flatMap((from, unit) => {
    const to = after[unit] ?? UNASSIGNED;
    return from === to ? [] : [{ unit, from, to }];
  });
}
