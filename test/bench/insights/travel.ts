import { existsSync, readFileSync } from 'node:fs';
import { distanceKm, unitIndex } from '../../../service/core/geography.ts';
import { parseCsv } from '../../../service/core/csv.ts';
import { seeded } from '../../../service/core/random.ts';
import { DEFAULT_TRAVEL, type TravelSettings } from '../../../service/core/travel.ts';
import {
  placeWithin,
  travelCheck,
  travelReport,
  type Site,
  type TravelReport,
} from '../../../service/core/travelCheck.ts';
import { unitInputs } from '../../../service/core/unitInputs.ts';
import { DEFAULT_CALL_PLAN, tiers } from '../../../service/core/workload.ts';
import { createGeography } from '../../../service/geography/geography.ts';
import { sampleWorld } from '../../../service/local/sample/makeSample.ts';
import { workAccounts } from '../../../service/local/sample/calibrate.ts';
import { volumesOf } from '../../../service/local/sample/cells.ts';

const FACILITIES = ['hospitals', 'ambulatory_surgical_center', 'urgent_care_facilities'];
const FOLDER = new URL('../../../../shared/data/registry/', import.meta.url);
/** Regions that the tour constant was not calibrated on: cities and plains, mountains, the Pacific coast. */
const HELD_OUT = [
  ['OH', 'IN', 'IL', 'MI', 'WI'],
  ['NC', 'SC', 'GA', 'FL', 'AL'],
  ['TX', 'OK', 'KS', 'NE'],
  ['CO', 'UT', 'NM', 'AZ', 'MT', 'ID', 'WY'],
  ['CA', 'OR', 'WA', 'NV'],
];
/** Facilities that one rep visits in the check on real coordinates. */
const OF_A_REP = 90;

export function printTravel(travel: TravelSettings = DEFAULT_TRAVEL): void {
  process.stdout.write('\nTravel estimate against day tours (goal: median ≤ 12 %, p90 ≤ 20 %)\n');
  line('the sample, 25 territories', sampleTravel(travel));
  const real = facilityTravel(travel);
  if (real) {
    line('real facilities, Northeast', real);
    // the tour constant was calibrated without these
    for (const states of HELD_OUT)
      line(`real facilities, held out: ${states.join(' ')}`, facilityTravel(travel, states)!);
  } else process.stdout.write('  real coordinates: skipped, ../shared/data is not there\n');
}

function line(name: string, { checked, median, p90 }: TravelReport): void {
  const bias = checked.reduce((sum, { error }) => sum + error, 0) / Math.max(1, checked.length);
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  process.stdout.write(
    `  ${name.padEnd(44)} ${checked.length} checked: median ${percent(median)}, p90 ${percent(p90)}, mean with sign ${percent(bias)}\n`,
  );
}

/** Sites of the sample: distinct addresses with the visits of whoever is seen most often there. */
export function sampleTravel(travel: TravelSettings): TravelReport {
  const { geography } = createGeography();
  const { world, owners } = sampleWorld({ geography });
  const accounts = workAccounts(world);
  const volumes = volumesOf(world.cells);
  const demand = { potentialUsd: [], procedures: [], providers: [] };
  const { parts } = unitInputs({ accounts, volumes, demand, geography, callPlan: DEFAULT_CALL_PLAN, travel });
  const sites = new Map<string, Site>();
  for (const { id, unit, address } of accounts) {
    const tier = parts.get(id)?.tier;
    const visitsPerYear = tier ? DEFAULT_CALL_PLAN.tiers[tier].callsPerYear : 0;
    const key = `${unit} ${address}`;
    const place = placeWithin(unitAt(geography, unit), sites.size + 1);
    if (visitsPerYear > (sites.get(key)?.visitsPerYear ?? 0))
      sites.set(key, { ...(sites.get(key) ?? place), unit, visitsPerYear });
  }
  const checked = world.homes.map((home, j) =>
    travelCheck(
      [...sites.values()].filter(({ unit }) => owners.sales[unit] === j),
      { home: unitAt(geography, home), travel, units: geography },
    ),
  );
  return travelReport(checked);
}

const unitAt = (
  geography: { lat: readonly number[]; lon: readonly number[]; areaKm2: readonly number[] },
  unit: number,
) => ({
  lat: geography.lat[unit]!,
  lon: geography.lon[unit]!,
  areaKm2: geography.areaKm2[unit]!,
});

/** Real facilities, each set the nearest ones to a facility as home; the visits of their tiers by size as in the call plan. */
export function facilityTravel(travel: TravelSettings, states?: readonly string[]): TravelReport | null {
  if (!existsSync(new URL('facilities_hospitals.csv', FOLDER))) return null;
  const { geography } = createGeography(states ? { states } : {});
  const units = unitIndex(geography);
  const all = FACILITIES.flatMap((name) => {
    const { columns, rows } = parseCsv(readFileSync(new URL(`facilities_${name}.csv`, FOLDER), 'utf8'), name);
    const at = (column: string) => columns.indexOf(column);
    return rows.flatMap(({ cells }) => {
      const unit = units.get((cells[at('zip')] ?? '').slice(0, 5));
      const [lat, lon] = [Number(cells[at('lat')]), Number(cells[at('lon')])];
      if (unit === undefined || !Number.isFinite(lat) || !Number.isFinite(lon)) return [];
      // a coordinate far from its ZIP is a mistake of the file
      return distanceKm({ lat, lon }, unitAt(geography, unit)) < 30 ? [{ unit, lat, lon }] : [];
    });
  });
  const random = seeded(1);
  const tierOf = tiers(all.map(() => random() ** 2));
  const sites: Site[] = all.map((place, i) => ({
    ...place,
    visitsPerYear: DEFAULT_CALL_PLAN.tiers[tierOf[i]!].callsPerYear,
  }));
  const homes = all.filter((_, i) => i % Math.ceil(all.length / 40) === 0);
  const checked = homes.map((home) => {
    const near = [...sites].sort((a, b) => distanceKm(home, a) - distanceKm(home, b)).slice(0, OF_A_REP);
    return travelCheck(near, { home, travel, units: geography });
  });
  return travelReport(checked);
}
