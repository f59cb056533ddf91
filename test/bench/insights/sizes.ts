import { optimize } from '../../../service/core/optimize/optimize.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';
import { below, seeded, type Random } from '../../../service/core/random.ts';
import { bordering, sizeVerdicts, type Sized } from '../../../service/core/sizing.ts';
import { ground } from './market.ts';
import type { Score } from './score.ts';

const UNITS = 1500;
const TERRITORIES = 40;
const PAIRS = 3;
/** Hours of a rep, and of administration. */
const CAPACITY = 1840;
const ADMINISTRATION = 180;
/** Share of its hours that an ordinary territory is used before chance has its say, and by how much chance changes a unit. */
const USUAL = 0.88;
const UNIT_NOISE = 0.35;
/** What planting does to the work of a territory: of a pair that could be one, of an overloaded region. */
const THIN = 0.38;
const BUSY = 1.65;
const DEMAND_TOLERANCE = 0.05;

interface Planted {
  readonly pairs: readonly (readonly [number, number])[];
  readonly region: readonly number[];
  readonly sized: readonly Sized[];
}

/** Balanced territories by the engine, then two of each pair made thin and a region made busy, unit by unit. */
function planted(seed: number): Planted {
  const random = seeded(seed);
  const map = ground(random, UNITS);
  const work = map.lat.map(() => 0.2 + random());
  const owners = optimize(problemOf(map, work), { seed, effort: 0.3 }).owners;
  const around = bordering(owners, map.neighbors, TERRITORIES);
  const { pairs, region } = chosen(random, around);
  const factor = Array.from({ length: TERRITORIES }, (_, j) =>
    region.includes(j) ? BUSY : pairs.some((pair) => pair.includes(j)) ? THIN : 1,
  );
  const mean = work.reduce((sum, hours) => sum + hours, 0) / TERRITORIES;
  const hours = new Array<number>(TERRITORIES).fill(ADMINISTRATION);
  owners.forEach((j, unit) => {
    const noise = 1 + UNIT_NOISE * (2 * random() - 1);
    hours[j]! += ((work[unit]! * noise * factor[j]!) / mean) * (USUAL * CAPACITY - ADMINISTRATION);
  });
  const territories = hours.map((workloadHours) => ({
    workloadHours,
    administrationHours: ADMINISTRATION,
    capacityHours: CAPACITY,
  }));
  return { pairs, region, sized: sizeVerdicts(territories, around) };
}

function problemOf(map: ReturnType<typeof ground>, work: readonly number[]): Problem {
  return {
    lat: map.lat,
    lon: map.lon,
    neighbors: map.neighbors,
    k: TERRITORIES,
    shares: new Array<number>(TERRITORIES).fill(1),
    measures: [
      {
        name: 'work',
        tolerance: DEMAND_TOLERANCE,
        perUnit: work,
        perPair: null,
        base: new Array<number>(TERRITORIES).fill(0),
      },
    ],
    homes: new Array<null>(TERRITORIES).fill(null),
    current: null,
    locked: work.map(() => false),
    frozen: new Array<boolean>(TERRITORIES).fill(false),
    disruption: null,
    limits: null,
    disruptionWeight: 0,
  };
}

/** A region (a territory and all around it) and pairs of neighbours, none of which touch each other. */
function chosen(random: Random, around: readonly (readonly number[])[]) {
  const start = below(random, TERRITORIES);
  const region = [start, ...around[start]!];
  const taken = new Set(region.flatMap((j) => [j, ...around[j]!]));
  const pairs: [number, number][] = [];
  for (let tries = 0; tries < 1000 && pairs.length < PAIRS; tries++) {
    const a = below(random, TERRITORIES);
    const b = around[a]![below(random, Math.max(1, around[a]!.length))];
    if (b === undefined || taken.has(a) || taken.has(b)) continue;
    for (const j of [a, b]) for (const near of [j, ...around[j]!]) taken.add(near);
    pairs.push([a, b]);
  }
  return { region, pairs };
}

/** A pair is found where both are told to merge with each other; a told pair that was not planted is false. */
export function mergeScore(seed: number): Score {
  const { pairs, sized } = planted(seed);
  const told = sized.flatMap(({ mergeWith }, j) =>
    mergeWith !== null && mergeWith > j ? [[j, mergeWith] as const] : [],
  );
  const isSame = (a: readonly number[], b: readonly number[]) =>
    Math.min(...a) === Math.min(...b) && Math.max(...a) === Math.max(...b);
  const found = pairs.filter((pair) => told.some((other) => isSame(pair, other)));
  return { planted: pairs.length, found: found.length, reported: told.length, falseAlarms: told.length - found.length };
}

/** A region is found where somebody is told to be missing in it; a hire or split outside is false. */
export function hireScore(seed: number): Score {
  const { region, sized } = planted(seed);
  const told = sized.flatMap(({ verdict }, j) => (verdict === 'hire' || verdict === 'split' ? [j] : []));
  const inside = told.filter((j) => region.includes(j));
  return {
    planted: 1,
    found: inside.length > 0 ? 1 : 0,
    reported: told.length,
    falseAlarms: told.length - inside.length,
  };
}
