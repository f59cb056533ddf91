import { unitsByTerritory } from '../core/contiguity.ts';
import type { Geography } from '../core/geography.ts';
import { fitCircuity, type KnownWay, type RoadFit, type Roads } from '../core/roads.ts';
import type { TravelSettings } from '../core/travel.ts';
import { BailiwickError } from '../core/errors.ts';
import type { InsightPlan } from './ports.ts';

/** Homes that are looked at, and ways from each: enough for a median, few enough for a server that others use too. */
const MOST_HOMES = 40;
const WAYS_OF_A_HOME = 12;

interface Given {
  readonly geography: Geography;
  readonly roads: Roads | null;
}

/**
 * How well drive times are estimated on this plan's own roads: ways from homes of reps to places of their territories.
 * @throws BailiwickError bad_request without a routing server or without an answer
 */
export async function roadFit(
  { geography, roads }: Given,
  plan: InsightPlan,
  travel: TravelSettings,
): Promise<RoadFit> {
  if (!roads)
    throw new BailiwickError('bad_request', 'No routing server is set up.', {
      action: 'Set BAILIWICK_ROUTING_URL for the service, or type the figure.',
    });
  const known: KnownWay[] = [];
  for (const { from, places } of sampled(geography, plan)) {
    const row = (await roads.minutes([from], places))?.[0];
    if (!row) break;
    known.push(...places.flatMap((to, i) => (row[i] == null ? [] : [{ from, to, minutes: row[i] }])));
  }
  const fit = fitCircuity(known, travel);
  if (fit) return fit;
  throw new BailiwickError('bad_request', 'The routing server told no drive times for this plan.', {
    action: 'Check that it runs and knows these states, then try again.',
  });
}

/** Homes and places of their territories, spread over all of them. */
function sampled({ lat, lon }: Geography, { territories, owners }: InsightPlan) {
  const homes = territories.flatMap(({ home }, index) => (home ? [{ home, index }] : []));
  const unitsOf = unitsByTerritory(owners, territories.length);
  const step = Math.max(1, Math.ceil(homes.length / MOST_HOMES));
  return homes
    .filter((_, i) => i % step === 0)
    .map(({ home, index }) => {
      const units = unitsOf[index] ?? [];
      const every = Math.max(1, Math.ceil(units.length / WAYS_OF_A_HOME));
      const places = units.filter((_, i) => i % every === 0).map((unit) => ({ lat: lat[unit]!, lon: lon[unit]! }));
      return { from: home, places };
    });
}
