import { pieces } from '../contiguity.ts';
import { BailiwickError } from '../errors.ts';
import { joined, type Contracted } from './contract.ts';
import type { Permits } from './permits.ts';
import type { Roster } from './roster.ts';

interface Held {
  readonly nodes: Contracted;
  readonly roster: Roster;
  readonly permits: Permits;
  /** The map that the search starts from, by unit; null for none. */
  readonly start: Int32Array | null;
  /** Weight of each unit: a node of several starts where the heaviest is. */
  readonly weight: Float64Array;
}

export interface NodeLocks {
  /** Territory that each node is held in, -1 for free. */
  readonly lockedTo: Int32Array;
  /** Territory that the search starts from, -1 for none: held nodes where they are held, the others where they may stay. */
  readonly start: Int32Array;
}

/** One way can cut another territory's, which is then looked for again; more rounds than this never help. */
const ROUNDS = 3;

/**
 * Where each node is held and where the search finds it. Where the held nodes of a territory do not touch what it has
 * today, the nodes on a shortest way between them are held too.
 * @throws BailiwickError infeasible where they cannot be joined
 */
export function nodeLocks(held: Held): NodeLocks {
  const { nodes, permits, weight } = held;
  const lockedTo = Int32Array.from(nodes.nodes, (list) => list.reduce((j, u) => Math.max(j, permits.lockedTo[u]!), -1));
  const start = Int32Array.from(nodes.nodes, (list, node) => {
    if (lockedTo[node]! >= 0) return lockedTo[node]!;
    const today = held.start?.[list.reduce((best, u) => (weight[u]! > weight[best]! ? u : best))] ?? -1;
    const isOpen = today < 0 || permits.frozen[today]! || list.some((u) => permits.forbidden?.has(u, today));
    return isOpen ? -1 : today;
  });
  const locks = { lockedTo, start };
  if (!lockedTo.some((j) => j >= 0)) return locks;
  const today = start.slice();
  if (held.start) for (const j of held.roster.names.keys()) joinToday(held, locks, { today, j });
  for (let round = 0; ; round++) {
    const added = held.roster.names.map((_, j) => joinHeld(held, locks, j));
    if (!added.some(Boolean)) break;
    if (round === ROUNDS) throw unjoined(held.roster.names[added.indexOf(true)]!);
  }
  openLoose(held, locks);
  return locks;
}

/** Holds a way from stray held nodes to the body of today's territory, where free nodes make one. */
function joinToday({ nodes, permits }: Held, locks: NodeLocks, { today, j }: { today: Int32Array; j: number }): void {
  const own = ownedBy(today, j);
  if (permits.frozen[j] || !own.some((node) => locks.lockedTo[node] === j)) return;
  const [body, ...strays] = pieces(own, nodes.neighbors);
  const holding = strays.filter((piece) => piece.some((node) => locks.lockedTo[node] === j));
  if (holding.length === 0) return;
  hold(locks, j, joined([...body!, ...holding.flat()], nodes.neighbors, usable(nodes, permits, { locks, j })) ?? []);
}

/** Holds ways between the held nodes of a territory; true where it needed one. */
function joinHeld({ nodes, permits, roster }: Held, locks: NodeLocks, j: number): boolean {
  const own = ownedBy(locks.start, j);
  const locked = own.filter((node) => locks.lockedTo[node] === j);
  if (locked.length < 2) return false;
  const holding = pieces(own, nodes.neighbors).filter((piece) => piece.some((node) => locks.lockedTo[node] === j));
  if (holding.length < 2) return false;
  if (permits.frozen[j])
    throw refuse(
      `Territory ${roster.names[j]} lies in ${holding.length} pieces today and may not change.`,
      'Let it change, or join the pieces by an edge.',
    );
  const way = joined(holding.flat(), nodes.neighbors, usable(nodes, permits, { locks, j }));
  if (!way) throw unjoined(roster.names[j]!);
  hold(locks, j, way);
  return way.length > 0;
}

function usable(nodes: Contracted, { forbidden }: Permits, { locks, j }: { locks: NodeLocks; j: number }) {
  return (node: number) => locks.lockedTo[node]! < 0 && !nodes.nodes[node]!.some((u) => forbidden?.has(u, j));
}

function hold({ lockedTo, start }: NodeLocks, j: number, way: readonly number[]): void {
  for (const node of way) {
    lockedTo[node] = j;
    start[node] = j;
  }
}

/** A territory with held nodes begins from the piece that has them; what lies apart from it is open. */
function openLoose({ nodes, roster }: Held, { lockedTo, start }: NodeLocks): void {
  for (const j of roster.names.keys()) {
    const own = ownedBy(start, j);
    if (!own.some((node) => lockedTo[node] === j)) continue;
    for (const piece of pieces(own, nodes.neighbors))
      if (!piece.some((node) => lockedTo[node] === j)) for (const node of piece) start[node] = -1;
  }
}

function ownedBy(start: Int32Array, j: number): number[] {
  const own: number[] = [];
  start.forEach((owner, node) => {
    if (owner === j) own.push(node);
  });
  return own;
}

function unjoined(name: string): BailiwickError {
  return refuse(
    `The units locked to ${name} lie in pieces that no free unit joins.`,
    'Free some of them, or join them by an edge.',
  );
}

function refuse(message: string, action: string): BailiwickError {
  return new BailiwickError('infeasible', message, { action });
}
