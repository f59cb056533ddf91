import { totals as coreTotals, type UnitInputs } from '../../service/core/measures.ts';
import { band, DEFAULT_CALL_PLAN } from '../../service/core/workload.ts';
import { deviations, travelShare, utilization } from '../../service/core/balance.ts';
import { seeded } from '../../service/core/random.ts';
import { DEFAULT_TRAVEL } from '../../service/core/travel.ts';

/** Points and neighbours of the units of a small invented world. */
export interface Ground {
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  readonly neighbors: readonly (readonly number[])[];
}
export interface Town {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

export const id18 = (prefix: string, n: number) => `${prefix}${String(n).padStart(18 - prefix.length, '0')}`;
const REPS = [
  'Ana Ruiz',
  'Ben Cole',
  'Chloe Tran',
  'Dev Patel',
  'Erin Walsh',
  'Farid Amin',
  'Gina Russo',
  'Hal Brooks',
];

/** A world in the shapes that the service answers, so that a screen can be tried without a service; each unit goes to the nearest town. */
export function makeWorld(
  { lat, lon, neighbors }: Ground,
  towns: readonly Town[],
  density: (unit: number) => number = () => 1,
) {
  const random = seeded(11);
  const size = lat.map((_, unit) => random() ** 2 * density(unit));
  const all = size.reduce((sum, s) => sum + s, 0);
  const vector = (aTown: number) => size.map((s) => (s * aTown * towns.length) / all);
  const inputs: UnitInputs = {
    potentialUsd: vector(9_000_000),
    salesUsd: vector(3_800_000),
    headroomUsd: vector(5_200_000),
    providers: vector(300),
    accounts: vector(160),
    procedures: vector(7_000),
    callHours: vector(840),
    caseHours: vector(300),
    stops: vector(110),
    spacingKm: lat.map(() => 8),
    lat,
    lon,
  };
  const owners = lat.map((y, unit) => {
    const away = towns.map((town) => (town.lat - y) ** 2 + ((town.lon - (lon[unit] ?? 0)) * 0.75) ** 2);
    return away.indexOf(Math.min(...away));
  });
  const territories = towns.map(({ name, lat: y, lon: x }, i) => ({
    id: id18('0MI', i + 1),
    name,
    parentId: id18('0MI', 900),
    parentName: 'Northeast',
    repId: i === 10 ? null : id18('005', i + 1),
    repName: i === 10 ? null : (REPS[i % REPS.length] ?? null),
    vacant: i === 10,
    homeZip: '02115',
    home: { lat: y, lon: x },
    capacityHours: 1840,
    targetShare: 1,
    administrationHours: 180,
    canEdit: true,
  }));
  return { lat, lon, neighbors, inputs, owners, territories, travel: DEFAULT_TRAVEL, callPlan: DEFAULT_CALL_PLAN };
}
export type World = ReturnType<typeof makeWorld>;

/** Totals as `GET /api/alignments/:id/totals` answers them. */
export function standings({ inputs, territories, travel, owners: today }: World, owners = today) {
  const sums = coreTotals(owners, { inputs, seats: territories, travel });
  const [workload, potential] = [
    deviations(sums, territories, 'workloadHours'),
    deviations(sums, territories, 'potentialUsd'),
  ];
  return sums.map((sum, index) => {
    const used = utilization(sum, territories[index] ?? { capacityHours: 0 });
    const { id = '', name = '' } = territories[index] ?? {};
    const deviation = { workloadHours: workload[index] ?? 0, potentialUsd: potential[index] ?? 0 };
    return { index, id, name, ...sum, utilization: used, band: band(used), travelShare: travelShare(sum), deviation };
  });
}
