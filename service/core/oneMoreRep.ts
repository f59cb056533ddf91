import type { TerritorySeat, TerritoryTotals } from './measures.ts';

/** Work that one more seat takes over, and from whom. */
export interface OneMore {
  /** Hours of others above their working hours that the new seat takes, a year. */
  readonly hours: number;
  /** Those hours ÷ the hours that a seat has for the field. */
  readonly fte: number;
  /** Most loaded first; territories by index. */
  readonly givers: readonly { readonly territory: number; readonly hours: number }[];
}

/**
 * The marginal value of one more rep among these territories: what they have above 100 % of their hours, most loaded first,
 * until the new seat is full. No overload: nothing.
 */
export function oneMoreRep(
  territories: readonly number[],
  { sums, seats }: { readonly sums: readonly TerritoryTotals[]; readonly seats: readonly TerritorySeat[] },
  seat: { readonly capacityHours: number; readonly administrationHours: number },
): OneMore {
  const room = Math.max(0, seat.capacityHours - seat.administrationHours);
  const over = territories
    .map((territory) => ({ territory, hours: sums[territory]!.workloadHours - seats[territory]!.capacityHours }))
    .filter(({ hours }) => hours > 0)
    .sort((a, b) => b.hours - a.hours || a.territory - b.territory);
  const givers: { territory: number; hours: number }[] = [];
  let taken = 0;
  for (const { territory, hours } of over) {
    const given = Math.min(hours, room - taken);
    if (given <= 0) break;
    givers.push({ territory, hours: given });
    taken += given;
  }
  return { hours: taken, fte: room > 0 ? taken / room : 0, givers };
}

export type HeadVerdict = 'hire' | 'rebalance' | 'enough' | 'spare';

/**
 * Heads against what the work needs, in hours alone: hire where even at 115 % of their hours they are too few, spare where at
 * 90 % too many; in between there are enough, and where some are above their hours others can take it.
 */
export function headVerdict(
  reps: number,
  { low, high }: { readonly low: number; readonly high: number },
  overHours: number,
): HeadVerdict {
  if (reps < low) return 'hire';
  if (reps > high) return 'spare';
  return overHours > 0 ? 'rebalance' : 'enough';
}
