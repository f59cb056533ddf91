import type { Neighbors } from './geography.ts';

/**
 * Fill colours that people with any common colour blindness tell apart beside each other.
 * Paul Tol, "Colour Schemes" (SRON/EPS/TN/09-002, 2021), scheme "light", without its grey.
 */
export const PALETTE = [
  '#77aadd',
  '#ee8866',
  '#bbcc33',
  '#ffaabb',
  '#44bb99',
  '#eedd88',
  '#99ddff',
  '#aaaa00',
] as const;

/** Territories that touch: for each territory the sorted indices of its neighbours. */
export function touchingTerritories(owners: readonly number[], count: number, neighbors: Neighbors): number[][] {
  const touching = Array.from({ length: count }, () => new Set<number>());
  owners.forEach((owner, unit) => {
    for (const next of neighbors[unit] ?? []) {
      const other = owners[next] ?? -1;
      if (other !== owner && other >= 0) touching[owner]?.add(other);
    }
  });
  return touching.map((set) => [...set].sort((a, b) => a - b));
}

/**
 * A palette index for every territory such that neighbours differ: the most constrained territory first (Brélaz, 1979), each
 * takes its earlier colour where that still fits, else the colour used least so far. With more mutually touching
 * territories than colours the least harmful one is taken.
 */
export function territoryColors(
  touching: readonly (readonly number[])[],
  earlier: readonly number[] = [],
  colors: number = PALETTE.length,
): number[] {
  const result = new Array<number>(touching.length).fill(-1);
  const used = new Array<number>(colors).fill(0);
  const seen = touching.map(() => new Set<number>());
  for (let step = 0; step < touching.length; step++) {
    const next = mostConstrained(touching, seen, result);
    const wish = earlier[next];
    const color =
      wish !== undefined && wish >= 0 && !seen[next]?.has(wish)
        ? wish
        : leastUsed(used, seen[next], result, touching[next]);
    result[next] = color;
    used[color] = (used[color] ?? 0) + 1;
    for (const other of touching[next] ?? []) seen[other]?.add(color);
  }
  return result;
}

function mostConstrained(
  touching: readonly (readonly number[])[],
  seen: readonly Set<number>[],
  result: readonly number[],
): number {
  let best = -1;
  let bestRank = -1;
  touching.forEach((others, i) => {
    if (result[i] !== -1) return;
    const rank = (seen[i]?.size ?? 0) * 1000 + others.length;
    if (rank > bestRank) [best, bestRank] = [i, rank];
  });
  return best;
}

function leastUsed(
  used: readonly number[],
  seen: ReadonlySet<number> | undefined,
  result: readonly number[],
  touching: readonly number[] | undefined,
): number {
  const cost = used.map((uses, color) => {
    const clashes = seen?.has(color) ? (touching ?? []).filter((other) => result[other] === color).length : 0;
    return clashes * 1e6 + uses;
  });
  return cost.indexOf(Math.min(...cost));
}
