import type { Move } from './alignment.ts';
import type { Neighbors } from './geography.ts';
import type { Kernel } from './kernel.ts';

/** A part of a territory that lies apart, and who may take it. */
export interface StrayPart {
  readonly territory: number;
  readonly units: readonly number[];
}

/**
 * The neighbour that takes a stray part best: after it, the squared deviations from target in work and market potential
 * of giver and taker are least; among equals the one with the longer common border, then the lower index. Null where
 * nobody who may take it touches it.
 */
export function strayHome(
  part: StrayPart,
  kernel: Kernel,
  { neighbors, isOpen }: { neighbors: Neighbors; isOpen: (territory: number) => boolean },
): number | null {
  const links = touching(part, kernel, neighbors);
  let best: { territory: number; cost: number; links: number } | null = null;
  for (const [territory, count] of [...links].sort(([a], [b]) => a - b)) {
    if (!isOpen(territory)) continue;
    const cost = costOf(movesOf(part, territory), kernel);
    const isTie = best !== null && Math.abs(cost - best.cost) < 1e-12;
    if (!best || (isTie ? count > best.links : cost < best.cost)) best = { territory, cost, links: count };
  }
  return best?.territory ?? null;
}

export const movesOf = ({ territory: from, units }: StrayPart, to: number): Move[] =>
  units.map((unit) => ({ unit, from, to }));

/** Territories next to the part and over how many links. */
function touching({ territory, units }: StrayPart, { owners }: Kernel, neighbors: Neighbors): Map<number, number> {
  const links = new Map<number, number>();
  for (const unit of units)
    for (const next of neighbors[unit] ?? []) {
      const owner = owners[next] ?? -1;
      if (owner >= 0 && owner !== territory) links.set(owner, (links.get(owner) ?? 0) + 1);
    }
  return links;
}

function costOf(moves: readonly Move[], kernel: Kernel): number {
  const [first] = moves;
  if (!first) return 0;
  const change = kernel.make(moves);
  const measured = [kernel.deviations('workloadHours'), kernel.deviations('potentialUsd')];
  kernel.undo(change);
  const both = [first.from, first.to];
  return measured.reduce((sum, values) => sum + both.reduce((all, at) => all + (values[at] ?? 0) ** 2, 0), 0);
}
