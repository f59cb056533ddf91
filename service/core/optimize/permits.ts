import { BailiwickError } from '../errors.ts';
import { EARTH_RADIUS_KM, unitVector } from '../geography.ts';
import { Forbidden } from './problem.ts';
import type { Rule } from './readRules.ts';
import type { UnitTable } from './readUnits.ts';
import type { Roster } from './roster.ts';

/** Which unit may go where. */
export interface Permits {
  /** The only territory of a unit, -1 where it is free. */
  readonly lockedTo: Int32Array;
  /** Territories that may gain nothing. */
  readonly frozen: readonly boolean[];
  readonly forbidden: Forbidden | null;
}

export function mayGo({ lockedTo, frozen, forbidden }: Permits, u: number, j: number): boolean {
  const only = lockedTo[u]!;
  return only >= 0 ? only === j : !frozen[j] && !forbidden?.has(u, j);
}

/**
 * Locks and rules as one answer to "may unit u go to territory j".
 * @throws BailiwickError infeasible where they contradict each other
 */
export function permitsOf(units: UnitTable, roster: Roster, rules: readonly Rule[]): Permits {
  const frozen = frozenOf(units, roster, rules);
  const lockedTo = roster.lockedTo.slice();
  roster.today.forEach((today, u) => {
    if (today < 0 || !frozen[today]) return;
    if (lockedTo[u]! >= 0 && lockedTo[u] !== today)
      throw contradiction(
        `Unit ${units.ids[u]} is locked to ${roster.names[lockedTo[u]!]}, but ${roster.names[today]} may not change.`,
      );
    lockedTo[u] = today;
  });
  const permits = { lockedTo, frozen, forbidden: forbiddenOf(units, roster, rules) };
  units.ids.forEach((id, u) => assertSomewhere(permits, roster, { id, u }));
  return permits;
}

function assertSomewhere(permits: Permits, { names, today }: Roster, { id, u }: { id: string; u: number }): void {
  const only = permits.lockedTo[u]!;
  if (only >= 0) {
    if (permits.forbidden?.has(u, only))
      throw contradiction(`Unit ${id} is locked to ${names[only]}, which a rule forbids it.`);
    if (permits.frozen[only] && today[u] !== only)
      throw contradiction(`Unit ${id} is locked to ${names[only]}, which may not change.`);
    return;
  }
  if (!permits.forbidden && !permits.frozen.includes(true)) return;
  if (!names.some((_, j) => mayGo(permits, u, j)))
    throw contradiction(
      `Unit ${id} may go to no territory at all.`,
      'Allow it one: see forbid, max_km and may_change.',
    );
}

function frozenOf(units: UnitTable, { names, today }: Roster, rules: readonly Rule[]): boolean[] {
  const may = new Set(rules.flatMap((rule) => (rule.kind === 'may_change' ? [rule.territory] : [])));
  if (may.size === 0) return names.map(() => false);
  if (units.current.every((name) => name === ''))
    throw contradiction(
      'Only some territories may change, but the units have no territory today.',
      'Give the column current.',
    );
  const held = new Set(today);
  return names.map((name, j) => {
    if (may.has(name)) return false;
    if (!held.has(j)) throw contradiction(`Territory ${name} has no unit today and may not change.`);
    return true;
  });
}

function forbiddenOf({ lat, lon, ids }: UnitTable, { names, homes }: Roster, rules: readonly Rule[]): Forbidden | null {
  const index = new Map(names.map((name, j) => [name, j]));
  const result = new Forbidden(ids.length, names.length);
  const xyz = new Float64Array(ids.length * 3);
  lat.forEach((value, u) => xyz.set(unitVector({ lat: value, lon: lon[u]! }), u * 3));
  let count = 0;
  for (const rule of rules) {
    if (rule.kind === 'forbid') {
      result.add(rule.unit, index.get(rule.territory)!);
      count++;
    } else if (rule.kind === 'max_km') {
      count++;
      for (const j of rule.territory === null ? names.keys() : [index.get(rule.territory)!]) {
        const [x, y, z] = unitVector(homes[j]!);
        for (let u = 0; u < ids.length; u++) {
          const dx = xyz[u * 3]! - x;
          const dy = xyz[u * 3 + 1]! - y;
          const dz = xyz[u * 3 + 2]! - z;
          if (dx * dx + dy * dy + dz * dz > squaredChord(rule.km)) result.add(u, j);
        }
      }
    }
  }
  return count > 0 ? result : null;
}

/** Squared straight line on the unit sphere that spans a great-circle distance; farther than half the Earth is nowhere. */
function squaredChord(km: number): number {
  return km >= Math.PI * EARTH_RADIUS_KM ? Infinity : (2 * Math.sin(km / (2 * EARTH_RADIUS_KM))) ** 2;
}

function contradiction(message: string, action = 'Take back one of the two.'): BailiwickError {
  return new BailiwickError('infeasible', message, { action });
}
