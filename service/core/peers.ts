/** Others are shown only in groups of at least this many, and never by name (product.md). */
export const LEAST_PEERS = 5;

/** One value among those of others. */
export interface AmongPeers {
  readonly mine: number;
  /** How many others there are. */
  readonly others: number;
  /** Mean of the others. */
  readonly average: number;
  /** The middle half of the others lies between these two. */
  readonly low: number;
  readonly high: number;
  /** Place among all, mine included, the greatest first; ties share the better place. */
  readonly position: number;
}

/** Where a value stands among those of others; null where there are too few others to stay nameless. */
export function amongPeers(mine: number, others: readonly number[]): AmongPeers | null {
  if (others.length < LEAST_PEERS) return null;
  const sorted = [...others].sort((a, b) => a - b);
  return {
    mine,
    others: others.length,
    average: others.reduce((sum, value) => sum + value, 0) / others.length,
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    position: 1 + others.filter((value) => value > mine).length,
  };
}

/** Quantile of sorted values with linear interpolation between neighbours (Hyndman and Fan, type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at));
}
