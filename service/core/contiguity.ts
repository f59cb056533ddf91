import type { Neighbors } from './geography.ts';

/** Neighbour lists one after the other: those of u are targets[offsets[u]] to targets[offsets[u + 1] - 1]. */
export interface FlatNeighbors {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

export function flatNeighbors(neighbors: Neighbors): FlatNeighbors {
  const offsets = new Int32Array(neighbors.length + 1);
  neighbors.forEach((list, unit) => (offsets[unit + 1] = offsets[unit]! + list.length));
  return { offsets, targets: Int32Array.from(neighbors.flat()) };
}

/** Connected pieces of these units, biggest first, ties by lowest unit; each piece sorted. No units, no pieces. */
export function pieces(units: Iterable<number>, neighbors: Neighbors): number[][] {
  const left = new Set(units);
  const found: number[][] = [];
  for (const start of [...left].sort((a, b) => a - b)) {
    if (!left.delete(start)) continue;
    const piece = [start];
    for (const unit of piece) for (const next of neighbors[unit] ?? []) if (left.delete(next)) piece.push(next);
    found.push(piece.sort((a, b) => a - b));
  }
  return found.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}

/** Units of each territory, in territory order; unassigned units are left out. */
export function unitsByTerritory(owners: readonly number[], count: number): number[][] {
  const result: number[][] = Array.from({ length: count }, () => []);
  owners.forEach((owner, unit) => result[owner]?.push(unit));
  return result;
}

/** Pieces beyond the biggest of each territory: what a rep cannot reach without leaving home ground. */
export function strayPieces(
  owners: readonly number[],
  count: number,
  neighbors: Neighbors,
): { territory: number; units: number[] }[] {
  return unitsByTerritory(owners, count).flatMap((units, territory) =>
    pieces(units, neighbors)
      .slice(1)
      .map((piece) => ({ territory, units: piece })),
  );
}

/**
 * Would the territory stay in one piece without this unit? Only the unit's own neighbours need to find each other:
 * a search from one of them that stays inside the territory must reach all the others.
 */
export function staysConnectedWithout(unit: number, owners: readonly number[], neighbors: Neighbors): boolean {
  const territory = owners[unit];
  const around = (neighbors[unit] ?? []).filter((next) => owners[next] === territory);
  const first = around[0];
  if (first === undefined || around.length === 1) return true;
  const wanted = new Set(around.slice(1));
  const seen = new Set([unit, first]);
  const queue = [first];
  for (const at of queue) {
    for (const next of neighbors[at] ?? []) {
      if (owners[next] !== territory || seen.has(next)) continue;
      if (wanted.delete(next) && wanted.size === 0) return true;
      seen.add(next);
      queue.push(next);
    }
  }
  return wanted.size === 0;
}
