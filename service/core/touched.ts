import type { Territory } from './alignment.ts';
import type { TerritoryId } from './ids.ts';
import { placesOf, type MergePlan } from './mergePart.ts';

const idAt = ({ territories }: MergePlan, index: number | undefined): TerritoryId | null =>
  territories[index ?? -1]?.id ?? null;

const isOther = (a: Territory, b: Territory): boolean =>
  a.name !== b.name || a.repId !== b.repId || a.targetShare !== b.targetShare || a.parentId !== b.parentId;

/**
 * Territories that a plan changes against another one: that gain or lose a unit or an account held by name, have another
 * name, rep, target or parent, are new or are gone. Empty where both say the same.
 */
export function touchedTerritories(before: MergePlan, after: MergePlan): Set<TerritoryId> {
  const touched = new Set<TerritoryId>();
  const touch = (from: TerritoryId | null, to: TerritoryId | null) => {
    if (from === to) return;
    for (const id of [from, to]) if (id !== null) touched.add(id);
  };
  after.owners.forEach((owner, unit) => touch(idAt(before, before.owners[unit]), idAt(after, owner)));
  const [was, is] = [placesOf(before), placesOf(after)];
  for (const { accountId, unit } of [...before.overrides, ...after.overrides])
    touch(was({ accountId, unit }), is({ accountId, unit }));
  const known = new Map(before.territories.map((territory) => [territory.id, territory]));
  for (const territory of after.territories) {
    const former = known.get(territory.id);
    if (!former || isOther(former, territory)) touched.add(territory.id);
    known.delete(territory.id);
  }
  for (const id of known.keys()) touched.add(id);
  return touched;
}

/**
 * What takes a change back where nobody has changed it further: units and accounts that `changed` gave to another territory
 * than `before`, and that `now` still has there. What somebody has moved on stays, and is counted apart.
 */
export function returning(
  before: MergePlan,
  changed: MergePlan,
  now: MergePlan,
): {
  units: { unit: number; to: TerritoryId | null }[];
  accounts: { accountId: string; to: TerritoryId | null }[];
  stayedUnits: number[];
  stayedAccounts: string[];
} {
  // prettier-ignore
  const known = new Set(now.territories.map(({ id }) => id));
  const mayGo = (to: TerritoryId | null) => to === null || known.has(to);
  const result = { units: [], accounts: [], stayedUnits: [], stayedAccounts: [] } as ReturnType<typeof returning>;
  changed.owners.forEach((owner, unit) => {
    const [former, then, today] = [before.owners[unit], owner, now.owners[unit]];
    const [a, b, c] = [idAt(before, former), idAt(changed, then), idAt(now, today)];
    if (a === b || c === a) return;
    if (c === b && mayGo(a)) result.units.push({ unit, to: a });
    else result.stayedUnits.push(unit);
  });
  const heldIn = ({ overrides, territories }: MergePlan) =>
    new Map<string, TerritoryId | null>(
      overrides.map(({ accountId, territory }) => [accountId, territories[territory]?.id ?? null]),
    );
  const [a, b, c] = [heldIn(before), heldIn(changed), heldIn(now)];
  for (const id of new Set([...a.keys(), ...b.keys()])) {
    const [former, then, today] = [a.get(id), b.get(id), c.get(id)];
    if (former === then || today === former) continue;
    if (today === then && mayGo(former ?? null)) result.accounts.push({ accountId: id, to: former ?? null });
    else result.stayedAccounts.push(id);
  }
  return result;
}
