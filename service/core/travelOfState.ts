import { fieldTotals, type FieldGround, type FieldState } from './fieldState.ts';
import { placeWithin, travelCheck, travelReport, type Site, type TravelReport } from './travelCheck.ts';
import { unitInputs } from './unitInputs.ts';

/** Territories that are driven through: more take longer than anybody waits and say the same. */
const MOST_CHECKED = 12;

/**
 * The travel estimate of a state against day tours over its accounts, in some of its territories, spread evenly. An address
 * without coordinates lies anywhere in its unit; whoever is visited most often there says how often it is.
 */
export function travelOfState(state: FieldState, ground: FieldGround): TravelReport {
  const { territories } = ground;
  const { seats, inputs } = fieldTotals(state, ground);
  const sites = sitesOf(state, ground);
  const every = Math.max(1, Math.ceil(territories.length / MOST_CHECKED));
  const checked = seats.flatMap(({ home }, j) => {
    const own = sites.filter(({ unit }) => state.reps.owners[unit] === j);
    if (!home || own.length === 0 || j % every !== 0) return [];
    return [travelCheck(own, { home, travel: state.parameters.travel, units: inputs })];
  });
  return travelReport(checked, territories.length);
}

function sitesOf({ accounts, demand, parameters }: FieldState, { geography }: FieldGround): Site[] {
  const { callPlan, travel } = parameters;
  const { parts } = unitInputs({
    accounts,
    volumes: demand.volumes,
    demand: demand.byUnit,
    geography,
    callPlan,
    travel,
  });
  const sites = new Map<string, Site>();
  for (const { id, unit, address } of accounts) {
    const tier = parts.get(id)?.tier;
    if (!tier || unit < 0) continue;
    const { callsPerYear } = callPlan.tiers[tier];
    const key = `${unit} ${address}`;
    const known = sites.get(key);
    const at = { lat: geography.lat[unit]!, lon: geography.lon[unit]!, areaKm2: geography.areaKm2[unit]! };
    if (!known) sites.set(key, { ...placeWithin(at, sites.size + 1), unit, visitsPerYear: callsPerYear });
    else if (callsPerYear > known.visitsPerYear) sites.set(key, { ...known, visitsPerYear: callsPerYear });
  }
  return [...sites.values()].filter(({ visitsPerYear }) => visitsPerYear > 0);
}
