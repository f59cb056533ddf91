import type { Point } from '../core/geography.ts';
import { estimatedWays, roadWays, type Ways } from '../core/roads.ts';
import type { TravelSettings } from '../core/travel.ts';
import type { AccountPorts } from './ports.ts';

/** Ways between these places: by road where a routing server answers, else estimated. */
export async function waysBetween(
  { roads }: Pick<AccountPorts, 'roads'>,
  places: readonly Point[],
  travel: TravelSettings,
): Promise<Ways> {
  const table = (await roads?.minutes(places, places)) ?? null;
  return table ? roadWays(places, table, travel) : estimatedWays(travel);
}
