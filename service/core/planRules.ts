import { BailiwickError } from './errors.ts';
import { distanceKm, type Point } from './geography.ts';
import { amountOf } from './measureWords.ts';
import type { Measure } from './measures.ts';
import { Forbidden } from './optimize/problem.ts';

/** What a computed plan must keep besides balance; units and territories by index. */
export interface PlanRules {
  /** Counties stay whole where balance does not need the split. */
  readonly wholeCounties: boolean;
  /** No unit joins a territory whose home is farther away; it may stay where it is. Null is every territory. */
  readonly maxKm: readonly { readonly territory: number | null; readonly km: number }[];
  /** Least and most of a measure, beside the target range. Null is every territory. */
  readonly bounds: readonly {
    readonly territory: number | null;
    readonly measure: Measure;
    readonly min: number | null;
    readonly max: number | null;
  }[];
  /** Units of one family, such as a health system: one territory has them all. */
  readonly together: readonly (readonly number[])[];
  readonly apart: readonly (readonly [number, number])[];
  readonly forbidden: readonly { readonly unit: number; readonly territory: number }[];
}

export const NO_RULES: PlanRules = {
  wholeCounties: false,
  maxKm: [],
  bounds: [],
  together: [],
  apart: [],
  forbidden: [],
};

/** An account as the rule on top accounts sees it; unit −1 counts nowhere. */
export interface SoldAccount {
  readonly unit: number;
  readonly salesUsd: number;
}

/**
 * Units that hold one of the `count` accounts with most sales of each territory. An account without sales is nobody's
 * top account. Ties go to the lower unit.
 */
export function unitsOfTopAccounts(
  accounts: readonly SoldAccount[],
  owners: readonly number[],
  count: number,
): number[] {
  const byOwner = new Map<number, SoldAccount[]>();
  for (const account of accounts) {
    const owner = owners[account.unit] ?? -1;
    if (owner < 0 || account.salesUsd <= 0) continue;
    const list = byOwner.get(owner);
    if (list) list.push(account);
    else byOwner.set(owner, [account]);
  }
  const units = [...byOwner.values()].flatMap((list) =>
    list
      .sort((a, b) => b.salesUsd - a.salesUsd || a.unit - b.unit)
      .slice(0, count)
      .map(({ unit }) => unit),
  );
  return [...new Set(units)].sort((a, b) => a - b);
}

/** What the rules are read against; names are for sentences. */
export interface RuleGround {
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  readonly unitNames: readonly string[];
  readonly territories: readonly { readonly name: string; readonly home: Point | null }[];
  /** Owner of each unit today; null for a plan that forgets them. */
  readonly current: readonly number[] | null;
  readonly locked: readonly boolean[];
  readonly frozen: readonly boolean[];
}

/**
 * Pairs of unit and territory that the rules forbid, null for none. A unit may always stay with its owner of today, and
 * with no owner where it has none. @throws BailiwickError infeasible where a unit could go nowhere
 */
export function forbiddenPairs(rules: PlanRules, ground: RuleGround): Forbidden | null {
  const limits = rules.maxKm.filter(({ km }) => Number.isFinite(km));
  if (limits.length === 0 && rules.forbidden.length === 0) return null;
  const { territories, current, lat, lon } = ground;
  const k = territories.length;
  const forbidden = new Forbidden(lat.length, k);
  for (const { unit, territory } of rules.forbidden) forbidden.add(unit, territory);
  const most = territories.map((_, j) =>
    Math.min(...limits.filter(({ territory }) => territory === null || territory === j).map(({ km }) => km), Infinity),
  );
  for (let u = 0; u < lat.length; u++) {
    const place = { lat: lat[u]!, lon: lon[u]! };
    let open = 0;
    let nearest = Infinity;
    for (let j = 0; j < k; j++) {
      const { home } = territories[j]!;
      const km = home ? distanceKm(place, home) : 0;
      if (km > most[j]! && current?.[u] !== j) {
        forbidden.add(u, j);
        nearest = Math.min(nearest, km);
      } else if (!forbidden.has(u, j)) open++;
    }
    if (open === 0 && !ground.locked[u] && (current?.[u] ?? 0) >= 0) throw nowhere(ground.unitNames[u]!, nearest);
  }
  return forbidden;
}

function nowhere(unit: string, nearestKm: number): BailiwickError {
  return new BailiwickError('infeasible', `${unit} may go to no territory: every home is too far away or forbidden.`, {
    action: Number.isFinite(nearestKm)
      ? `Allow at least ${Math.ceil(nearestKm)} km, or start from today’s map, where a ZIP may stay.`
      : 'Allow one of its territories again.',
  });
}

/** Units that nobody has and nobody may take under these rules: they stay without a rep. */
export function unreachable(forbidden: Forbidden | null, current: readonly number[] | null, k: number): number[] {
  if (!forbidden || !current) return [];
  const all = Array.from({ length: k }, (_, j) => j);
  return current.flatMap((owner, u) => (owner < 0 && all.every((j) => forbidden.has(u, j)) ? [u] : []));
}

/** @throws BailiwickError infeasible naming two rules that cannot both be kept, where, and what to do */
export function assertConsistent(rules: PlanRules, ground: RuleGround): void {
  const { territories, unitNames, current, locked } = ground;
  const name = (territory: number | null) => (territory === null ? 'every territory' : territories[territory]!.name);
  const refuse = (message: string, action: string) => new BailiwickError('infeasible', message, { action });
  for (const { territory, measure, min, max } of rules.bounds) {
    if (min !== null && max !== null && min > max)
      throw refuse(
        `${name(territory)} must have at least ${amountOf(measure, min)} and at most ${amountOf(measure, max)}.`,
        'Swap the two.',
      );
  }
  const groupOf = new Map(rules.together.flatMap((units, group) => units.map((unit) => [unit, group] as const)));
  for (const [a, b] of rules.apart) {
    const pair = `${unitNames[a]} and ${unitNames[b]} must be apart`;
    const group = groupOf.get(a);
    if (a === b || (group !== undefined && group === groupOf.get(b)))
      throw refuse(`${pair}, but they must also stay together.`, 'Take back one of the two rules.');
    if (locked[a] && locked[b] && current && current[a] === current[b] && current[a]! >= 0)
      throw refuse(`${pair}, but both are locked in ${name(current[a]!)}.`, 'Unlock one of the two.');
  }
  for (const units of rules.together) {
    const held = units.filter((unit) => locked[unit] && (current?.[unit] ?? -1) >= 0);
    const other = held.find((unit) => current![unit] !== current![held[0]!]);
    if (other !== undefined)
      throw refuse(
        `${unitNames[held[0]!]} and ${unitNames[other]} must stay together, but are locked in ${name(current![held[0]!]!)} and ${name(current![other]!)}.`,
        'Unlock one of the two, or take back the rule.',
      );
  }
  const open = ground.frozen.filter((isFrozen) => !isFrozen).length;
  if (open === 0)
    throw refuse('No territory may change: all are locked or left out.', 'Name two neighbouring territories at least.');
  if (open === 1 && current && !current.some((owner) => owner < 0))
    throw refuse(
      `Only ${territories[ground.frozen.indexOf(false)]!.name} may change: nobody could give to it or take from it.`,
      'Add one of its neighbours.',
    );
}
