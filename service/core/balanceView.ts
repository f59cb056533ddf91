import { deviations, targets, travelShare, utilization } from './balance.ts';
import type { Measure, TerritorySeat, TerritoryTotals } from './measures.ts';
import { halfInterval } from './uncertainty.ts';
import { band, type Band } from './workload.ts';

/** Measures that a balance view tells as shares of their targets. */
export const VIEWED = ['workloadHours', 'potentialUsd', 'salesUsd', 'headroomUsd', 'providers', 'procedures'] as const;
export type Viewed = (typeof VIEWED)[number];

/** One territory against what it should be; ratios, and null where nothing is there to divide by. */
export interface BalanceRow extends TerritoryTotals {
  readonly capacityHours: number;
  readonly utilization: number;
  readonly band: Band;
  /** Over 115 % of the hours a rep burns out; under 70 % a seat is paid for and not used (product.md, bands). */
  readonly flag: 'burnout' | 'underUse' | null;
  readonly travelShare: number;
  /** Value ÷ target; null for a seat that should have nothing. */
  readonly ofTarget: Readonly<Record<Viewed, number | null>>;
  /** 80 % interval of the potential ÷ its target. */
  readonly potentialRange: { readonly low: number; readonly high: number } | null;
  /** The potential is off its target by no more than what chance moves: nothing to act on. */
  readonly isNoise: boolean;
  readonly quotaUsd: number | null;
  /** (potential ÷ quota) ÷ the same of all that have a quota; above 1 the quota is easier than most. */
  readonly quotaFairness: number | null;
}

export interface BalanceGround {
  readonly seats: readonly TerritorySeat[];
  /** Variance of the potential of each territory in US dollars². */
  readonly varianceUsd2: readonly number[];
  /** Potential that counts and stands in no unit ÷ what does: it lifts the upper end of intervals. */
  readonly unplacedShare: number;
  /** US dollars a year; null where a territory has none. */
  readonly quotas: readonly (number | null)[];
}

/** Every territory of a plan as it stands, in territory order. */
export function balanceView(sums: readonly TerritoryTotals[], ground: BalanceGround): BalanceRow[] {
  const { seats, varianceUsd2, unplacedShare, quotas } = ground;
  const wanted = new Map<Measure, number[]>(VIEWED.map((measure) => [measure, targets(sums, seats, measure)]));
  const off = deviations(sums, seats, 'potentialUsd');
  const usual = potentialPerQuota(sums, quotas);
  return sums.map((sum, j) => {
    const share = (measure: Viewed) => {
      const target = wanted.get(measure)![j]!;
      return target > 0 ? sum[measure] / target : null;
    };
    const used = utilization(sum, seats[j]!);
    const target = wanted.get('potentialUsd')![j]!;
    const half = halfInterval(varianceUsd2[j] ?? 0);
    const quotaUsd = quotas[j] ?? null;
    return {
      ...sum,
      capacityHours: seats[j]!.capacityHours,
      utilization: used,
      band: band(used),
      flag: flagOf(band(used)),
      travelShare: travelShare(sum),
      ofTarget: Object.fromEntries(VIEWED.map((measure) => [measure, share(measure)])) as BalanceRow['ofTarget'],
      potentialRange:
        target > 0
          ? {
              low: Math.max(0, sum.potentialUsd - half) / target,
              high: (sum.potentialUsd * (1 + unplacedShare) + half) / target,
            }
          : null,
      isNoise: half > 0 && Math.abs(off[j]! * target) <= half,
      quotaUsd,
      quotaFairness: quotaUsd !== null && quotaUsd > 0 && usual > 0 ? sum.potentialUsd / quotaUsd / usual : null,
    };
  });
}

const flagOf = (of: Band): BalanceRow['flag'] =>
  of === 'overloaded' ? 'burnout' : of === 'under-used' ? 'underUse' : null;

/** Potential of a dollar of quota over all that have one; 0 where nobody has. */
function potentialPerQuota(sums: readonly TerritoryTotals[], quotas: BalanceGround['quotas']): number {
  let [potential, quota] = [0, 0];
  sums.forEach((sum, j) => {
    const own = quotas[j] ?? 0;
    if (own <= 0) return;
    potential += sum.potentialUsd;
    quota += own;
  });
  return quota > 0 ? potential / quota : 0;
}
