import { halved } from './blocks.ts';

/** Territories whose prices move by the same in one step. */
export interface Level {
  /** Group of each territory, and how many groups there are. */
  readonly of: Int32Array;
  readonly count: number;
  /** Part of the least curvature of its territories that a step takes for granted: less is bolder. */
  readonly firmness: number;
  /** Square of how far a group reaches, at least to its next neighbour, in km²: its prices move by a few times that at most. */
  readonly reach: Float64Array;
  damping: number;
}

/** Neighbouring territories in a group at most, level by level, and how bold steps of groups are. */
const GROUPS = [6, 24];
const BOLD = 1e-3;

/** Every territory for itself; `spacing` is the squared distance to the next centre. */
export function alone(spacing: Float64Array): Level {
  const of = Int32Array.from(spacing, (_, j) => j);
  return { of, count: spacing.length, firmness: 1, reach: spacing, damping: 1 };
}

/** Neighbours in ever larger groups, as long as there is more than one; `centers` in km, x y z. */
export function together(centers: Float64Array, spacing: Float64Array): Level[] {
  return GROUPS.flatMap((size) => grouped(centers, spacing, size) ?? []);
}

function grouped(centers: Float64Array, spacing: Float64Array, size: number): Level | null {
  const k = spacing.length;
  const order = Int32Array.from(spacing, (_, j) => j);
  const starts = halved(centers, order, { from: 0, to: k, most: size });
  const count = starts.length;
  if (count === 1) return null;
  const of = new Int32Array(k);
  const reach = new Float64Array(count);
  starts.forEach((from, g) => {
    const group = order.subarray(from, starts[g + 1] ?? k);
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (const j of group) {
      of[j] = g;
      reach[g] = Math.max(reach[g]!, spacing[j]!);
      for (let d = 0; d < 3; d++) {
        low[d] = Math.min(low[d]!, centers[j * 3 + d]!);
        high[d] = Math.max(high[d]!, centers[j * 3 + d]!);
      }
    }
    const half = high.reduce((sum, value, d) => sum + ((value - low[d]!) / 2) ** 2, 0);
    reach[g] = Math.max(reach[g]!, half);
  });
  return { of, count, firmness: BOLD, reach, damping: 1 };
}
