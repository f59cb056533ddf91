import { gabriel, connect, neighborLists } from '../../../service/core/adjacency.ts';
import { pieces } from '../../../service/core/contiguity.ts';
import { unitCoverage, uncoveredProviders, type UnitCoverage } from '../../../service/core/coverage.ts';
import { below, seeded, type Random } from '../../../service/core/random.ts';
import { DEFAULT_CALL_PLAN } from '../../../service/core/workload.ts';

/** A market by chance: places denser around cities, providers by place, accounts for most of them. */
export interface Market {
  readonly lat: number[];
  readonly lon: number[];
  readonly areaKm2: number[];
  readonly neighbors: number[][];
  readonly providers: { key: string; unit: number; procedures: number; potentialUsd: number }[];
  readonly planted: number[][];
  readonly coverage: UnitCoverage;
}

export interface MarketSize {
  readonly units: number;
  readonly providers: number;
  readonly pockets: number;
}

/** Share of the providers with an account that is worked: anywhere, and in a planted pocket. */
const COVERED = 0.72;
const COVERED_IN_POCKET = 0.15;
const POCKET_UNITS = { least: 8, more: 8 };

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export function ground(random: Random, units: number) {
  const cities = Array.from({ length: Math.ceil(units / 120) }, () => ({
    lat: 33 + 12 * random(),
    lon: -110 + 30 * random(),
  }));
  const lat: number[] = [];
  const lon: number[] = [];
  for (let u = 0; u < units; u++) {
    const city = cities[below(random, cities.length)]!;
    const isRural = random() < 0.4;
    lat.push(isRural ? 33 + 12 * random() : city.lat + 0.3 * normal(random));
    lon.push(isRural ? -110 + 30 * random() : city.lon + 0.4 * normal(random));
  }
  const pairs = gabriel(lat, lon);
  const loose = neighborLists(units, pairs);
  const neighbors = neighborLists(units, [...pairs, ...connect(loose, lat, lon)]);
  return { lat, lon, neighbors, areaKm2: lat.map(() => 60 + 240 * random()) };
}

/** Connected places with demand at or above the median, apart from each other. */
function plant(random: Random, count: number, { neighbors, demand }: { neighbors: number[][]; demand: number[] }) {
  const around = demand.map((usd, u) => usd + neighbors[u]!.reduce((sum, v) => sum + demand[v]!, 0));
  const median = [...around].sort((a, b) => a - b)[Math.floor(around.length / 2)]!;
  const taken = new Set<number>();
  const planted: number[][] = [];
  for (let tries = 0; planted.length < count && tries < 10_000; tries++) {
    const start = below(random, demand.length);
    const size = POCKET_UNITS.least + below(random, POCKET_UNITS.more);
    const list = [start];
    for (const unit of list)
      for (const next of neighbors[unit]!)
        if (list.length < size && around[next]! >= median && !list.includes(next)) list.push(next);
    const isFree = list.every((unit) => !taken.has(unit) && neighbors[unit]!.every((next) => !taken.has(next)));
    if (around[start]! < median || list.length < size || !isFree) continue;
    for (const unit of list) for (const near of [unit, ...neighbors[unit]!]) taken.add(near);
    planted.push(list);
  }
  return planted;
}

export function market(seed: number, { units, providers: count, pockets }: MarketSize): Market {
  const random = seeded(seed);
  const map = ground(random, units);
  const weight = map.lat.map(() => Math.exp(1.1 * normal(random)));
  const places = weight.map((value) => value / weight.reduce((sum, each) => sum + each, 0));
  const providers = places.flatMap((share, unit) =>
    Array.from({ length: Math.floor(share * count + random()) }, (_, i) => {
      const procedures = Math.ceil(60 * Math.exp(0.9 * normal(random)));
      return { key: `${unit}-${i}`, unit, procedures, potentialUsd: procedures * 500 };
    }),
  );
  const demand = map.lat.map(() => 0);
  for (const { unit, potentialUsd } of providers) demand[unit]! += potentialUsd;
  const planted = plant(random, pockets, { neighbors: map.neighbors, demand });
  const isPlanted = new Set(planted.flat());
  const accounts = providers.map(({ key, unit }) => ({
    key,
    hasOwner: random() < (isPlanted.has(unit) ? COVERED_IN_POCKET : COVERED),
    lastActivity: null,
  }));
  const coverage = unitCoverage(providers, uncoveredProviders(providers, accounts, null), {
    units,
    callPlan: DEFAULT_CALL_PLAN,
  });
  return { ...map, providers, planted: planted.flatMap((list) => pieces(list, map.neighbors)), coverage };
}
