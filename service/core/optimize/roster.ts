import { BailiwickError } from '../errors.ts';
import type { Point } from '../geography.ts';
import { isYes, type UnitTable } from './readUnits.ts';
import type { TerritoryTable } from './readTerritories.ts';

/** The territories of a plan: names, homes and shares, in one order. */
export interface Roster {
  readonly names: readonly string[];
  readonly homes: readonly (Point | null)[];
  readonly shares: readonly number[];
  /** Territory of each unit today, -1 for none and where today's territory is not in the plan any more. */
  readonly today: Int32Array;
  /** Territory to which the column lock holds each unit, -1 for none. */
  readonly lockedTo: Int32Array;
}

interface Asked {
  readonly units: UnitTable;
  readonly territories?: TerritoryTable | null | undefined;
  /** Number of territories; null takes those of the file, else today's. */
  readonly k: number | null;
}

/**
 * Territories of the file; else today's, which keep their names, and numbered ones up to k. Without the column current,
 * the territories that locks name stand too.
 * @throws BailiwickError bad_request where the number asked for does not fit
 */
export function rosterOf({ units, territories, k }: Asked): Roster {
  const known = territories ?? named(territoryNames(units, k));
  if (territories && k !== null && k !== territories.names.length)
    throw refuse(
      `The territories file holds ${territories.names.length} territories, but --k asks for ${k}.`,
      'Leave out --k, or correct the file.',
    );
  const count = known.names.length;
  if (units.ids.length === 0) throw refuse('There are no units.', 'Give at least one unit per territory.');
  if (count < 1 || count > units.ids.length)
    throw refuse(
      `${count} territories cannot be made of ${units.ids.length} units.`,
      `Ask for 1 to ${units.ids.length} territories.`,
    );
  const index = new Map(known.names.map((name, j) => [name, j]));
  const today = Int32Array.from(units.current, (name) => index.get(name) ?? -1);
  return { ...known, today, lockedTo: locks(units, index, today) };
}

function locks(units: UnitTable, index: ReadonlyMap<string, number>, today: Int32Array): Int32Array {
  return Int32Array.from(units.locks, (text, u) => {
    if (text === '') return -1;
    const to = index.get(text) ?? today[u]!;
    if (to >= 0) return to;
    if (units.current[u] !== '')
      throw refuse(
        `Unit ${units.ids[u]} is locked to ${units.current[u]}, which is no territory of the plan.`,
        'Add the territory, or free the unit.',
      );
    throw refuse(
      isYes(text)
        ? `Unit ${units.ids[u]} is locked, but the column current names no territory for it.`
        : `Unit ${units.ids[u]} is locked to "${text}", which is no territory of the plan.`,
      'Name a territory in the column lock or current.',
    );
  });
}

function territoryNames(units: UnitTable, k: number | null): string[] {
  const hasToday = units.current.some((name) => name !== '');
  const said = hasToday ? units.current : units.locks.filter((text) => !isYes(text));
  const found = [...new Set(said.filter((name) => name !== ''))].sort();
  const wanted = k ?? found.length;
  if (wanted === 0)
    throw refuse(
      k === null ? 'How many territories?' : '0 territories are asked for.',
      'Give --k N, --territories FILE or the column current.',
    );
  if (found.length > wanted)
    throw refuse(
      `The column ${hasToday ? 'current' : 'lock'} names ${found.length} territories, but ${wanted} are asked for.`,
      `Ask for at least ${found.length}, or leave out the column.`,
    );
  if (wanted > units.ids.length) {
    if (units.ids.length === 0) throw refuse('There are no units.', 'Give at least one unit per territory.');
    throw refuse(
      `${wanted} territories cannot be made of ${units.ids.length} units.`,
      `Ask for 1 to ${units.ids.length} territories.`,
    );
  }
  const taken = new Set(found);
  const width = String(wanted).length;
  const fresh = Array.from({ length: wanted }, (_, j) => `T${String(j + 1).padStart(width, '0')}`);
  return [...found, ...fresh.filter((name) => !taken.has(name))].slice(0, wanted);
}

function named(names: readonly string[]): Pick<Roster, 'names' | 'homes' | 'shares'> {
  return { names, homes: names.map(() => null), shares: names.map(() => 1) };
}

function refuse(message: string, action: string): BailiwickError {
  return new BailiwickError('bad_request', message, { action });
}
