import { EARTH_RADIUS_KM, unitVector } from '../geography.ts';
import { rangesAt } from './bound.ts';
import type { Instance } from './instance.ts';
import { assignment } from './labels.ts';
import { corridors } from './problem.ts';
import { Transport, type Ranges } from './transport.ts';

/** Rounds of prices and centres; in the first the prices come from nothing. */
export const LLOYD_ROUNDS = 4;
const FIRST_STEPS = 30;
const STEPS = 5;
/** For a first look. */
const QUICK_STEPS = 6;
/** Temperatures of the first and the last round, as shares of the local squared spacing. */
const WARM = 0.3;
const COOL = 0.06;
/** A territory that holds less than this share of its target keeps its last good centre. */
const GUARD = 0.5;

export interface Rounds {
  /** First centres in km, x y z. */
  readonly seeds: Float64Array;
  readonly rounds: number;
  readonly quick: boolean;
  readonly stop: () => boolean;
  readonly report: (share: number) => void;
}

/**
 * Centres and prices from nothing: Lloyd's rounds, each with the prices at which every unit going where it is cheapest
 * fills the target ranges. Without prices, or without the guard, territories collapse.
 */
export function freshTransport(instance: Instance, options: Rounds): Transport {
  const centers = toHomes(instance, options.seeds);
  const transport = new Transport(instance, centers, rangesOf(instance));
  const isFree = instance.problem.homes.some((home) => home === null);
  const rounds = isFree ? options.rounds : 3;
  for (let round = 0; round < rounds && !options.stop(); round++) {
    const heat = WARM * (COOL / WARM) ** (round / Math.max(1, rounds - 1));
    const most = options.quick ? QUICK_STEPS : FIRST_STEPS;
    const steps = round === 0 || round === rounds - 1 ? most : STEPS;
    for (let step = 0; step < steps && !options.stop() && transport.step(heat); step++);
    options.report((round + 1) / rounds);
    if (round < rounds - 1) {
      if (isFree) moveCenters(instance, transport, centers);
      transport.recenter();
    }
  }
  return transport;
}

/** Corridors from what the units hold whoever owns them. */
function rangesOf(instance: Instance): Ranges {
  const { problem, k, measures, totals } = instance;
  const loads = new Float64Array(k * measures);
  problem.measures.forEach(({ base }, m) => {
    for (let j = 0; j < k; j++) loads[m * k + j] = (base[j] ?? 0) + totals[m]! / k;
  });
  return rangesAt(instance, corridors(problem, loads));
}

function moveCenters(instance: Instance, transport: Transport, centers: Float64Array): void {
  const { n, k, xyz, weight, problem } = instance;
  const owner = new Int32Array(n).fill(-1);
  transport.cheapest(owner);
  const sums = new Float64Array(k * 3);
  const mass = new Float64Array(k);
  for (let u = 0; u < n; u++) {
    const j = owner[u]!;
    if (j < 0) continue;
    mass[j]! += weight[u]!;
    for (let d = 0; d < 3; d++) sums[j * 3 + d]! += weight[u]! * xyz[u * 3 + d]!;
  }
  const shares = problem.shares.reduce((sum, share) => sum + share, 0);
  for (let j = 0; j < k; j++) {
    if (problem.homes[j] || mass[j]! < (GUARD * problem.shares[j]!) / shares) continue;
    const length = Math.hypot(sums[j * 3]!, sums[j * 3 + 1]!, sums[j * 3 + 2]!);
    for (let d = 0; d < 3; d++) centers[j * 3 + d] = (sums[j * 3 + d]! / length) * EARTH_RADIUS_KM;
  }
}

/** Gives the seeded centres to the seats so that homes lie near them; a home then is the centre. */
function toHomes({ problem, k }: Instance, seeds: Float64Array): Float64Array {
  const homes = problem.homes.map((home) => (home ? unitVector(home).map((value) => value * EARTH_RADIUS_KM) : null));
  if (homes.every((home) => home === null)) return seeds;
  const placed = new Float64Array(k * 3);
  const costs = Array.from({ length: k }, (_, seed) =>
    homes.map((home) => (home ? home.reduce((sum, value, d) => sum + (value - seeds[seed * 3 + d]!) ** 2, 0) : 0)),
  );
  assignment(costs).forEach((seat, seed) =>
    placed.set(homes[seat] ?? seeds.subarray(seed * 3, seed * 3 + 3), seat * 3),
  );
  return placed;
}
