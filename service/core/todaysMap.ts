import type { Neighbors } from './geography.ts';

/**
 * Today's map from where accounts sit in the CRM: each unit belongs to the territory of most of its accounts (ties to the
 * lower index). A unit whose accounts have no territory is uncovered (-1). A unit without accounts follows its nearest
 * neighbour in steps over the adjacency; where nobody is near it stays -1.
 */
export function todaysMap(
  accounts: readonly { readonly unit: number; readonly territory: number }[],
  neighbors: Neighbors,
): number[] {
  const votes = new Map<number, Map<number, number>>();
  for (const { unit, territory } of accounts) {
    if (unit < 0) continue;
    const count = votes.get(unit) ?? new Map<number, number>();
    count.set(territory, (count.get(territory) ?? 0) + 1);
    votes.set(unit, count);
  }
  const owners = neighbors.map(() => -1);
  const queue: number[] = [];
  for (const [unit, count] of [...votes].sort(([a], [b]) => a - b)) {
    const [winner = -1] = [...count].sort(([a, m], [b, n]) => n - m || a - b)[0] ?? [];
    owners[unit] = winner;
    if (winner >= 0) queue.push(unit);
  }
  for (const unit of queue) {
    for (const next of neighbors[unit] ?? []) {
      if (owners[next] !== -1 || votes.has(next)) continue;
      owners[next] = owners[unit]!;
      queue.push(next);
    }
  }
  return owners;
}
