import type { TerritoryRow } from 'c/bailiwick';

/** The picture in its own units, with room for the axes. */
export const [WIDTH, HEIGHT] = [380, 340];
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 14, 16, 42];
export const [WORK_RANGE, POTENTIAL_RANGE] = [0.1, 0.15];
/** The axes reach at least so far around the target. */
const LEAST_REACH = 0.3;
const ROOM = 1.08;

export interface Frame {
  readonly x: (ratio: number) => number;
  readonly y: (ratio: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly { ratio: number; label: string }[];
}

/** Both axes in % of target, 100 % in the middle, as far as the farthest territory. */
export function frameOf(rows: readonly TerritoryRow[]): Frame {
  const away = rows.flatMap((row) => [Math.abs(row.workloadDeviation), Math.abs(row.potentialDeviation)]);
  const reach = Math.min(1, Math.max(LEAST_REACH, ...away) * ROOM);
  const scale = (from: number, to: number) => (ratio: number) => {
    const share = (Math.max(1 - reach, Math.min(1 + reach, ratio)) - (1 - reach)) / (2 * reach);
    return Math.round((from + share * (to - from)) * 10) / 10;
  };
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM];
  const step = reach > 0.6 ? 0.5 : reach > 0.35 ? 0.25 : 0.1;
  const most = Math.floor(reach / step);
  const ticks = Array.from({ length: 2 * most + 1 }, (_, i) => 1 + (i - most) * step);
  return {
    x: scale(LEFT, right),
    y: scale(bottom, TOP),
    ...{ left: LEFT, right, top: TOP, bottom },
    ticks: ticks.map((ratio) => ({ ratio, label: `${Math.round(ratio * 100)}` })),
  };
}
