import type { Territory } from './alignment.ts';
import { utilization } from './balance.ts';
import { staysConnectedWithout } from './contiguity.ts';
import { distanceKm, pointOf, type Geography } from './geography.ts';
import { totals, type OverridePart, type TotalsOf } from './measures.ts';

export interface CoverGround extends Pick<TotalsOf, 'inputs' | 'travel'> {
  readonly territories: readonly Territory[];
  readonly overrides: readonly OverridePart[];
  readonly geography: Pick<Geography, 'lat' | 'lon' | 'neighbors'>;
  /** Owners before the leave and as the cover splits the territory. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** The territory of the rep on leave. */
  readonly absent: number;
  /** Greatest share of her hours that anybody is filled to, such as 1.15; whoever has more already takes nothing. */
  readonly limit: number;
}

/**
 * A leave cover in which nobody is filled beyond the limit: what a taker has no room for stays with the rep on leave, the
 * farthest from the taker's home first, and where there is a choice without tearing her territory apart. Units of nobody
 * else change. Owners, and the units that stay; none where everybody has room.
 */
export function coverWithin(ground: CoverGround): { owners: number[]; stays: number[] } {
  const { territories: seats, overrides, inputs, travel, geography, before, after, absent, limit } = ground;
  const owners = [...after];
  const usedBy = (owner: readonly number[]) => {
    const sums = totals(owner, { inputs, seats, travel, overrides });
    return sums.map((sum, index) => utilization(sum, seats[index]!));
  };
  const most = usedBy(before).map((used) => Math.max(used, limit));
  const stays: number[] = [];
  for (;;) {
    const used = usedBy(owners);
    const taker = used.findIndex((share, index) => index !== absent && share > (most[index] ?? limit) + 1e-9);
    const taken = owners.flatMap((owner, unit) => (owner === taker && before[unit] === absent ? [unit] : []));
    if (taker < 0 || taken.length === 0) return { owners, stays };
    const whole = taken.filter((unit) => staysConnectedWithout(unit, owners, geography.neighbors));
    const unit = farthest(whole.length > 0 ? whole : taken, seats[taker]!, geography);
    owners[unit] = absent;
    stays.push(unit);
  }
}

function farthest(units: readonly number[], { home }: Territory, geography: CoverGround['geography']): number {
  const away = (unit: number) => (home === null ? 0 : distanceKm(home, pointOf(geography, unit)));
  return units.reduce((best, unit) => (away(unit) > away(best) ? unit : best), units[0]!);
}
