import { pieces } from '../contiguity.ts';
import { BailiwickError } from '../errors.ts';
import { joined, type Contracted } from './contract.ts';
import type { Permits } from './permits.ts';
import type { Roster } from './roster.ts';

interface Held {
  readonly nodes: Contracted;
  readonly roster: Roster;
  readonly permits: Permits;
  /** The map that the search starts from; null for none. */
  readonly start: Int32Array | null;
}

/**
 * Territory that each node is held in, -1 for free. Where the held units of a territory do not touch what it has
 * today, the nodes on a shortest way between them are held too.
 * @throws BailiwickError infeasible where they cannot be joined
 */
export function nodeLocks(held: Held): Int32Array {
  const { nodes, permits, roster, start } = held;
  const lockedTo = Int32Array.from(nodes.nodes, (list) => Math.max(...list.map((u) => permits.lockedTo[u]!)));
  const today = nodes.nodes.map((list, node) => (lockedTo[node]! >= 0 ? lockedTo[node]! : (start?.[list[0]!] ?? -1)));
  const of = roster.names.map((): number[] => []);
  today.forEach((j, node) => of[j]?.push(node));
  of.forEach((own, j) => {
    if (own.length < 2 || !own.some((node) => lockedTo[node] === j)) return;
    const [body, ...strays] = pieces(own, nodes.neighbors);
    const holding = strays.filter((piece) => piece.some((node) => lockedTo[node] === j));
    if (holding.length === 0) return;
    if (permits.frozen[j])
      throw refuse(
        `Territory ${roster.names[j]} lies in ${holding.length + 1} pieces today and may not change.`,
        'Let it change, or join the pieces by an edge.',
      );
    const isUsable = (node: number) =>
      lockedTo[node]! < 0 && !nodes.nodes[node]!.some((u) => permits.forbidden?.has(u, j));
    const locked = own.filter((node) => lockedTo[node] === j);
    // rather to what the territory has today; else only the held ones need to meet
    const way =
      joined([...body!, ...holding.flat()], nodes.neighbors, isUsable) ?? joined(locked, nodes.neighbors, isUsable);
    if (!way)
      throw refuse(
        `The units locked to ${roster.names[j]} lie in pieces that no free unit joins.`,
        'Free some of them, or join them by an edge.',
      );
    for (const node of way) lockedTo[node] = j;
  });
  return lockedTo;
}

function refuse(message: string, action: string): BailiwickError {
  return new BailiwickError('infeasible', message, { action });
}
