import { seeded } from '../../../service/core/random.ts';
import { DEFAULT_TRAVEL } from '../../../service/core/travel.ts';
import type { Geography } from '../../../service/core/geography.ts';
import type { PointSet } from '../../../force-app/map/pointLayers.ts';
import type { Market } from './component.ts';

/** A made-up market over real ZIP points: territories around drawn centres, and places of work near ZIPs. */
export function makeMarket(
  { ids, lat, lon }: Geography,
  { territories, places, points }: { territories: number; places: number; points: number },
): Omit<Market, 'info'> {
  const random = seeded(20_260_101);
  const pick = () => Math.floor(random() * ids.length);
  const centers = Array.from({ length: territories }, pick);
  const owners = lat.map((y, unit) => {
    const x = lon[unit] ?? 0;
    const away = centers.map((center) => ((lat[center] ?? 0) - y) ** 2 + (0.75 * ((lon[center] ?? 0) - x)) ** 2);
    return away.indexOf(Math.min(...away));
  });
  const vector = (most: number) => ids.map(() => (random() < 0.1 ? 0 : Math.round(random() ** 3 * most)));
  const inputs = {
    potentialUsd: vector(900_000),
    salesUsd: vector(300_000),
    headroomUsd: vector(600_000),
    providers: vector(40),
    accounts: vector(20),
    procedures: vector(900),
    callHours: vector(60),
    caseHours: vector(30),
    stops: vector(9),
    spacingKm: ids.map(() => 6),
    lat,
    lon,
  };
  const seats = centers.map((center) => ({
    home: { lat: lat[center] ?? 0, lon: lon[center] ?? 0 },
    capacityHours: 1840,
    targetShare: 1,
    administrationHours: 200,
  }));
  const around = (value: number) => value + (random() - 0.5) / 10;
  const place = (_: unknown, i: number) => {
    const unit = pick();
    const kind = random() < 0.3 ? 'facility' : 'practice';
    const at = { lat: around(lat[unit] ?? 0), lon: around(lon[unit] ?? 0) };
    return { id: `p${i}`, name: `Place ${i}`, kind, ...at, procedures: Math.round(random() ** 4 * 5000) };
  };
  const set = (kind: PointSet['kind'], count: number): PointSet => {
    const units = Array.from({ length: count }, pick);
    const near = (vector: readonly number[]) => units.map((unit) => around(vector[unit] ?? 0));
    return { kind, names: units.map((_, i) => `${kind} ${i}`), lat: near(lat), lon: near(lon) };
  };
  return {
    points: [set('physician', Math.round(points * 0.9)), set('facility', Math.round(points * 0.1))],
    draft: { owners, inputs, seats, travel: DEFAULT_TRAVEL },
    places: Array.from({ length: places }, place),
    names: centers.map((_, i) => `Territory ${i + 1}`),
  };
}
