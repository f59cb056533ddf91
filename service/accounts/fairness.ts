import { travelShare, utilization } from '../core/balance.ts';
import type { TerritoryTotals } from '../core/measures.ts';
import { amongPeers, type AmongPeers } from '../core/peers.ts';
import type { Territory } from '../core/alignment.ts';

const MEASURES = {
  utilization: (sum, seat) => utilization(sum, seat),
  workloadHours: (sum) => sum.workloadHours,
  potentialUsd: (sum) => sum.potentialUsd,
  travelShare: (sum) => travelShare(sum),
  accounts: (sum) => sum.accounts,
} satisfies Record<string, (sum: TerritoryTotals, seat: Territory) => number>;

export type FairnessMeasure = keyof typeof MEASURES;

export interface Fairness {
  /** How many others there are. */
  readonly others: number;
  /** Empty where they are too few to stay nameless. */
  readonly rows: readonly (AmongPeers & { readonly measure: FairnessMeasure })[];
}

/** A territory against those of the team that have a rep, without names; nothing where there are fewer than five others. */
export function fairness(sums: readonly TerritoryTotals[], seats: readonly Territory[], index: number): Fairness {
  const others = seats.flatMap(({ repId }, i) => (repId !== null && i !== index ? [i] : []));
  const rows = Object.entries(MEASURES).flatMap(([measure, value]) => {
    const of = (i: number) => value(sums[i]!, seats[i]!);
    const standing = amongPeers(of(index), others.map(of));
    return standing ? [{ measure: measure as FairnessMeasure, ...standing }] : [];
  });
  return { others: others.length, rows };
}
