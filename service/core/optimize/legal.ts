import { pieces, unitsByTerritory } from '../contiguity.ts';
import { BailiwickError } from '../errors.ts';
import type { OwnedPart } from './neededParts.ts';
import { mayGo } from './permits.ts';
import type { Prepared } from './solveFiles.ts';

/**
 * The hard rules, before anything is written: every unit has a permitted owner, every territory is one piece, and no pair
 * that must be apart shares one.
 * @throws BailiwickError infeasible naming what the search could not keep
 */
export function assertLegal({ ground, neighbors }: Prepared, owners: Int32Array, parts: readonly OwnedPart[]): void {
  const { units, roster, permits, rules } = ground;
  const { names } = roster;
  owners.forEach((j, u) => {
    if (j < 0) throw notFound(`unit ${units.ids[u]} has no territory`);
    if (!mayGo(permits, u, j)) throw notFound(`unit ${units.ids[u]} would go to ${names[j]}, which it may not`);
  });
  unitsByTerritory([...owners], names.length).forEach((list, j) => {
    if (list.length === 0) throw notFound(`territory ${names[j]} has no unit`);
    const [, stray] = pieces(list, neighbors);
    if (stray) throw notFound(`territory ${names[j]} is not in one piece: see unit ${units.ids[stray[0]!]}`);
  });
  const ownersOf = new Map<number, Set<number>>();
  parts.forEach(({ unit, owner }) => ownersOf.set(unit, (ownersOf.get(unit) ?? new Set()).add(owner)));
  for (const rule of rules) {
    if (rule.kind !== 'apart') continue;
    const [a, b] = rule.units.map((u) => new Set([owners[u]!, ...(ownersOf.get(u) ?? [])]));
    if ([...a!].some((j) => b!.has(j)))
      throw notFound(`units ${rule.units.map((u) => units.ids[u]).join(' and ')} could not be kept apart`);
  }
}

function notFound(what: string): BailiwickError {
  return new BailiwickError('infeasible', `No plan was found that keeps every rule: ${what}.`, {
    action: 'Free some units or take back a rule; a higher --effort may find one.',
  });
}

/** A part may go where its unit or a neighbour of it lies; any other stays with its unit. */
export function reachable({ ground, neighbors }: Prepared, owners: Int32Array, part: OwnedPart): OwnedPart {
  const { unit, owner } = part;
  const isNear = neighbors[unit]!.some((next) => owners[next] === owner);
  return owner === owners[unit] || (isNear && mayGo(ground.permits, unit, owner))
    ? part
    : { ...part, owner: owners[unit]! };
}
