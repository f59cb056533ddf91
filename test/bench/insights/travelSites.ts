import { existsSync, readFileSync } from 'node:fs';
import { parseCsv } from '../../../service/core/csv.ts';
import { distanceKm, pointOf, unitIndex, type Geography, type Point } from '../../../service/core/geography.ts';
import { seeded } from '../../../service/core/random.ts';
import { DEFAULT_TRAVEL } from '../../../service/core/travel.ts';
import { placeWithin, type Site } from '../../../service/core/travelCheck.ts';
import { unitInputs } from '../../../service/core/unitInputs.ts';
import { DEFAULT_CALL_PLAN, tiers } from '../../../service/core/workload.ts';
import { createGeography } from '../../../service/geography/geography.ts';
import { workAccounts } from '../../../service/local/sample/calibrate.ts';
import { volumesOf } from '../../../service/local/sample/cells.ts';
import { sampleWorld } from '../../../service/local/sample/makeSample.ts';

/** Everybody who is visited in a market, and the land that they are on. */
export interface SiteMarket {
  readonly units: Pick<Geography, 'lat' | 'lon' | 'areaKm2'>;
  readonly sites: readonly Site[];
}

/** Whom one rep visits, from where. */
export interface Beat {
  readonly home: Point;
  readonly sites: readonly Site[];
}

/** The sample: distinct addresses, anywhere in their ZIP, with the visits of whoever is seen most often there. */
export function sampleSites(): { market: SiteMarket; beats: readonly Beat[] } {
  const { geography } = createGeography();
  const { world, owners } = sampleWorld({ geography });
  const accounts = workAccounts(world);
  const demand = { potentialUsd: [], procedures: [], providers: [] };
  const volumes = volumesOf(world.cells);
  const ground = { accounts, volumes, demand, geography, callPlan: DEFAULT_CALL_PLAN };
  const { parts } = unitInputs({ ...ground, travel: DEFAULT_TRAVEL });
  const sites = new Map<string, Site>();
  for (const { id, unit, address } of accounts) {
    const tier = parts.get(id)?.tier;
    const visitsPerYear = tier ? DEFAULT_CALL_PLAN.tiers[tier].callsPerYear : 0;
    const key = `${unit} ${address}`;
    const place = placeWithin({ ...pointOf(geography, unit), areaKm2: geography.areaKm2[unit]! }, sites.size + 1);
    if (visitsPerYear > (sites.get(key)?.visitsPerYear ?? 0))
      sites.set(key, { ...(sites.get(key) ?? place), unit, visitsPerYear });
  }
  const list = [...sites.values()];
  const beats = world.homes.map((home, j) => ({
    home: pointOf(geography, home),
    sites: list.filter(({ unit }) => owners.sales[unit] === j),
  }));
  return { market: { units: geography, sites: list }, beats };
}

const FACILITIES = ['hospitals', 'ambulatory_surgical_center', 'urgent_care_facilities'];
const FOLDER = new URL('../../../../shared/data/registry/', import.meta.url);
export const hasFacilities = () => existsSync(new URL('facilities_hospitals.csv', FOLDER));

/**
 * Real facilities of these states with the visits of their tiers; sizes are by chance. Two of five stand at the very
 * coordinates of another one: they are one stop, as accounts at one address are, unless each is to be its own.
 */
export function facilitySites(states: readonly string[], { eachItsOwn = false } = {}): SiteMarket {
  const { units, sites } = facilitiesIn(states);
  return { units, sites: eachItsOwn ? sites : oneAPlace(sites) };
}

const read = new Map<string, SiteMarket>();
/** All facilities of these states; read once. */
function facilitiesIn(states: readonly string[]): SiteMarket {
  const known = read.get(states.join());
  if (known) return known;
  const { geography } = createGeography({ states });
  const units = unitIndex(geography);
  const all = FACILITIES.flatMap((name) => {
    const { columns, rows } = parseCsv(readFileSync(new URL(`facilities_${name}.csv`, FOLDER), 'utf8'), name);
    const at = (column: string) => columns.indexOf(column);
    return rows.flatMap(({ cells }) => {
      const unit = units.get((cells[at('zip')] ?? '').slice(0, 5));
      const [lat, lon] = [Number(cells[at('lat')]), Number(cells[at('lon')])];
      if (unit === undefined || !Number.isFinite(lat) || !Number.isFinite(lon)) return [];
      // a coordinate far from its ZIP is a mistake of the file
      return distanceKm({ lat, lon }, pointOf(geography, unit)) < 30 ? [{ unit, lat, lon }] : [];
    });
  });
  const random = seeded(1);
  const tierOf = tiers(all.map(() => random() ** 2));
  const visits = (i: number) => DEFAULT_CALL_PLAN.tiers[tierOf[i]!].callsPerYear;
  const sites = all.map((place, i): Site => ({ ...place, visitsPerYear: visits(i) }));
  const { lat, lon, areaKm2 } = geography;
  const made = { units: { lat, lon, areaKm2 }, sites };
  read.set(states.join(), made);
  return made;
}

/** Sites within some ten metres are one, with the visits of whoever is seen most often. */
function oneAPlace(sites: readonly Site[]): Site[] {
  const places = new Map<string, Site>();
  for (const site of sites) {
    const key = `${site.lat.toFixed(4)} ${site.lon.toFixed(4)}`;
    const known = places.get(key);
    if (!known || site.visitsPerYear > known.visitsPerYear)
      places.set(key, { ...(known ?? site), visitsPerYear: site.visitsPerYear });
  }
  return [...places.values()];
}

export interface BeatsOf {
  readonly count: number;
  /** Sites of one rep: the nearest ones to a site. */
  readonly perRep: number;
  /** The site in the middle; one of the rep's others; one that lies beyond them. */
  readonly home?: 'middle' | 'inside' | 'outside';
  /** Other sites in the middle for other numbers. */
  readonly shift?: number;
}

/** Territories of so many sites each, spread over the market. */
export function beatsOf({ sites }: SiteMarket, { count, perRep, home = 'middle', shift = 0 }: BeatsOf): Beat[] {
  const every = Math.ceil(sites.length / count);
  const middles = sites.filter((_, i) => (i + shift) % every === 0);
  return middles.map((middle) => {
    const near = [...sites].sort((a, b) => distanceKm(middle, a) - distanceKm(middle, b));
    const rank = { middle: 0, inside: perRep >> 1, outside: 2 * perRep }[home];
    return { home: near[rank] ?? middle, sites: near.slice(0, perRep) };
  });
}
