import { BailiwickError } from '../errors.ts';
import { pieces } from '../contiguity.ts';
import type { Neighbors } from '../geography.ts';
import type { Permits } from './permits.ts';
import type { Rule } from './readRules.ts';
import type { UnitTable } from './readUnits.ts';

/** Units that must stay together, as one node each; most nodes hold one unit. */
export interface Contracted {
  readonly nodes: readonly (readonly number[])[];
  readonly nodeOf: readonly number[];
  readonly neighbors: readonly (readonly number[])[];
}

interface Ground {
  readonly units: UnitTable;
  readonly neighbors: Neighbors;
  readonly permits: Permits;
}

/**
 * Makes one node of every keep-together group. Units between the pieces of a scattered group join its node, because its
 * territory needs them anyway. @throws BailiwickError infeasible where a group cannot be held together
 */
export function contract({ units, neighbors, permits }: Ground): Contracted {
  const groupOf = [...units.groups];
  const members = new Map<string, number[]>();
  groupOf.forEach((group, u) => {
    if (group === '') return;
    const list = members.get(group);
    if (list) list.push(u);
    else members.set(group, [u]);
  });
  for (const [group, list] of members) {
    const only = onlyTerritory(group, list, { units, permits });
    const isUsable = (u: number) => groupOf[u] === '' && (permits.lockedTo[u]! < 0 || permits.lockedTo[u] === only);
    const way = joined(list, neighbors, isUsable);
    if (!way)
      throw new BailiwickError('infeasible', `Group ${group} lies in pieces that no free unit joins.`, {
        action: 'Join the pieces by an edge, or split the group.',
      });
    for (const u of way) {
      groupOf[u] = group;
      list.push(u);
    }
  }
  return nodesOf(groupOf, neighbors);
}

/** The territory that the locks of a group name, -1 for none. */
function onlyTerritory(group: string, list: readonly number[], { units, permits }: Omit<Ground, 'neighbors'>): number {
  const locked = list.filter((u) => permits.lockedTo[u]! >= 0);
  const only = locked.length > 0 ? permits.lockedTo[locked[0]!]! : -1;
  const other = locked.find((u) => permits.lockedTo[u] !== only);
  const refuse = (message: string) =>
    new BailiwickError('infeasible', message, { action: 'Take back one of the locks or rules, or split the group.' });
  if (other !== undefined)
    throw refuse(
      `Group ${group} is held in two territories: see the units ${units.ids[locked[0]!]} and ${units.ids[other]}.`,
    );
  const forbids = permits.forbidden;
  if (only >= 0) {
    const free = list.find((u) => permits.lockedTo[u]! < 0);
    const barred = list.find((u) => forbids?.has(u, only));
    if (barred !== undefined)
      throw refuse(`Group ${group} is locked, but a rule forbids that territory to its unit ${units.ids[barred]}.`);
    if (permits.frozen[only] && free !== undefined)
      throw refuse(`Group ${group} lies partly in a territory that may not change: see unit ${units.ids[free]}.`);
  } else if (permits.frozen.every((isFrozen, j) => isFrozen || list.some((u) => forbids?.has(u, j))))
    throw refuse(`No territory may have all units of group ${group}.`);
  return only;
}

function nodesOf(groupOf: readonly string[], neighbors: Neighbors): Contracted {
  const nodes: number[][] = [];
  const nodeOfGroup = new Map<string, number>();
  const nodeOf = groupOf.map((group, unit) => {
    const known = group === '' ? undefined : nodeOfGroup.get(group);
    if (known !== undefined) {
      nodes[known]!.push(unit);
      return known;
    }
    if (group !== '') nodeOfGroup.set(group, nodes.length);
    return nodes.push([unit]) - 1;
  });
  if (nodeOfGroup.size === 0) return { nodes, nodeOf, neighbors };
  const around = nodes.map((members, node) => {
    const next = new Set(members.flatMap((unit) => (neighbors[unit] ?? []).map((other) => nodeOf[other]!)));
    next.delete(node);
    return [...next].sort((a, b) => a - b);
  });
  return { nodes, nodeOf, neighbors: around };
}

/** Units that join the pieces of a set by shortest ways over usable units; null where there is no way. */
export function joined(
  set: readonly number[],
  neighbors: Neighbors,
  isUsable: (u: number) => boolean,
): number[] | null {
  if (set.length < 2) return [];
  const added: number[] = [];
  for (let parts = pieces(set, neighbors); parts.length > 1; parts = pieces([...set, ...added], neighbors)) {
    const goal = new Set(parts.slice(1).flat());
    const from = new Map(parts[0]!.map((u) => [u, -1]));
    let met = -1;
    search: for (const u of from.keys()) {
      for (const next of neighbors[u] ?? []) {
        if (from.has(next) || !(goal.has(next) || isUsable(next))) continue;
        from.set(next, u);
        if (goal.has(next)) {
          met = u;
          break search;
        }
      }
    }
    if (met < 0) return null;
    const inside = new Set(parts[0]);
    for (let u = met; !inside.has(u); u = from.get(u)!) added.push(u);
  }
  return added;
}

/** @throws BailiwickError infeasible where units that must be apart must also be together */
export function assertApart(
  rules: readonly Rule[],
  nodes: Contracted,
  { units, permits }: Omit<Ground, 'neighbors'>,
): void {
  for (const rule of rules) {
    if (rule.kind !== 'apart') continue;
    const [a, b] = rule.units;
    const pair = `Units ${units.ids[a]} and ${units.ids[b]} must be apart, but`;
    const refuse = (why: string) =>
      new BailiwickError('infeasible', `${pair} ${why}.`, { action: 'Take back one of the two.' });
    if (nodes.nodeOf[a] === nodes.nodeOf[b]) throw refuse('one group holds them together');
    if (permits.lockedTo[a]! >= 0 && permits.lockedTo[a] === permits.lockedTo[b])
      throw refuse('both are locked to the same territory');
    if (permits.frozen.length === 1) throw refuse('there is only one territory');
  }
}
