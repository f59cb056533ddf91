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
  const [first, ...others] = pieces(set, neighbors);
  const open = new Map(others.flatMap((piece) => piece.map((u) => [u, piece] as const)));
  const inside = new Set(first);
  const added: number[] = [];
  const take = (units: readonly number[]) => {
    for (const u of units) {
      inside.add(u);
      const piece = open.get(u);
      if (!piece) continue;
      for (const own of piece) open.delete(own);
      take(piece);
    }
  };
  while (open.size > 0) {
    const way = wayOut(inside, open, { neighbors, isUsable });
    if (!way) return null;
    const end = way.pop()!;
    added.push(...way);
    // a way can touch pieces on its side
    const touched = way.flatMap((u) => (neighbors[u] ?? []).filter((next) => open.has(next)));
    take([...way, end, ...touched]);
  }
  return added;
}

/** Shortest way from the inside to a goal: the usable units between, then the goal; null where there is none. */
function wayOut(
  inside: ReadonlySet<number>,
  goals: ReadonlyMap<number, unknown>,
  { neighbors, isUsable }: { neighbors: Neighbors; isUsable: (u: number) => boolean },
): number[] | null {
  const before = new Map<number, number>();
  for (const u of inside) before.set(u, -1);
  for (const u of before.keys())
    for (const next of neighbors[u] ?? []) {
      if (before.has(next) || !(goals.has(next) || isUsable(next))) continue;
      before.set(next, u);
      if (!goals.has(next)) continue;
      const way = [next];
      for (let at = u; !inside.has(at); at = before.get(at)!) way.unshift(at);
      return way;
    }
  return null;
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
