import type { TerritorySeat, TerritoryTotals } from './measures.ts';
import type { UsdBand } from './planYield.ts';
import { RESPONSE, responseShare } from './salesResponse.ts';

/**
 * Sales a month that these territories do not reach because their work is above their hours: sales at full coverage (sales ÷
 * response) less sales, ÷ 12, as a band over the elasticity. 0 where nobody is above his hours.
 */
export function unreachedSales(
  territories: readonly number[],
  { sums, seats }: { readonly sums: readonly TerritoryTotals[]; readonly seats: readonly TerritorySeat[] },
): UsdBand {
  const at = (elasticity: number) =>
    territories.reduce((all, j) => {
      const share = responseShare(seats[j]!.capacityHours, sums[j]!.workloadHours, elasticity);
      return share > 0 ? all + sums[j]!.salesUsd * (1 / share - 1) : all;
    }, 0) / 12;
  return { low: at(RESPONSE.low), high: at(RESPONSE.high) };
}
