import type { Neighbors } from './geography.ts';
import type { Vector } from './measures.ts';
import type { Random } from './random.ts';

/** Units of like demand exchange their shares: small ones swing more, so they stay among themselves. */
const GROUPS = 10;
/** A place that chance reaches this often is no find: its p-value is settled (Besag, Clifford 1991). */
const ENOUGH_EXCEEDANCES = 8;
/** Draws double from here on, for the places that chance has not reached often enough yet, */
const FIRST_DRAWS = 2_000;
/** and end where a few of them would pass any correction for their number. */
const LEAST_MOST_DRAWS = 20_000;

export interface Excess {
  readonly unit: number;
  /** How often chance leaves as many dollars uncovered. */
  readonly p: number;
}

/**
 * p-values of the units with demand around them, neighbourhood by neighbourhood: how often chance leaves at least as many
 * dollars uncovered in the unit and around it. The sum is Gi* with weights of 1 (Getis, Ord 1992; Ord, Getis 1995); demand
 * stays where it is, and the uncovered shares are drawn anew among units of like demand. One-sided, sequential Monte Carlo;
 * it ends early where all that are left would pass at this rate of false finds (Benjamini, Hochberg).
 */
export function localExcess(
  demand: { readonly demandUsd: Vector; readonly uncoveredUsd: Vector },
  around: readonly Neighbors[],
  { random, falseDiscovery }: { readonly random: Random; readonly falseDiscovery: number },
): Excess[] {
  const tests = around.flatMap((neighbors) => testsOf(demand, neighbors));
  const most = Math.max(LEAST_MOST_DRAWS, 2 * tests.length);
  let open = tests;
  for (let draws = FIRST_DRAWS; open.length > 0 && draws <= most; draws *= 2) {
    for (const test of open) draw(test, draws, random);
    open = open.filter(({ exceedances }) => exceedances < ENOUGH_EXCEEDANCES);
    if ((ENOUGH_EXCEEDANCES * tests.length) / (draws * open.length) <= falseDiscovery) break;
  }
  return tests.map(({ unit, exceedances, draws }) => ({
    unit,
    p: exceedances < ENOUGH_EXCEEDANCES ? (exceedances + 1) / (draws + 1) : exceedances / draws,
  }));
}

interface Test {
  readonly unit: number;
  /** Dollars that count as many: those found, less what rounding may tell apart. */
  readonly reached: number;
  readonly usd: Float64Array;
  readonly pools: readonly Float64Array[];
  exceedances: number;
  draws: number;
}

const ROUNDING = 1e-9;

function testsOf(
  { demandUsd, uncoveredUsd }: { readonly demandUsd: Vector; readonly uncoveredUsd: Vector },
  neighbors: Neighbors,
): Test[] {
  const { groupOf, shares } = sharesByDemand(demandUsd, uncoveredUsd);
  return demandUsd.flatMap((_, unit) => {
    const around = [unit, ...(neighbors[unit] ?? [])].filter((other) => demandUsd[other]! > 0);
    if (around.length === 0) return [];
    const found = around.reduce((sum, other) => sum + uncoveredUsd[other]!, 0);
    const usd = Float64Array.from(around, (other) => demandUsd[other]!);
    const pools = around.map((other) => shares[groupOf[other]!]!);
    return [{ unit, reached: found * (1 - ROUNDING), usd, pools, exceedances: 0, draws: 0 }];
  });
}

/** Draws on until the test has this many draws or is settled. */
function draw(test: Test, until: number, random: Random): void {
  const { usd, pools, reached } = test;
  while (test.draws < until && test.exceedances < ENOUGH_EXCEEDANCES) {
    let sum = 0;
    for (let k = 0; k < usd.length; k++) {
      const pool = pools[k]!;
      sum += usd[k]! * pool[Math.floor(random() * pool.length)]!;
    }
    if (sum >= reached) test.exceedances++;
    test.draws++;
  }
}

/** Uncovered shares of the units with demand, in groups of like demand. */
function sharesByDemand(demandUsd: Vector, uncoveredUsd: Vector): { groupOf: number[]; shares: Float64Array[] } {
  const order = demandUsd.flatMap((usd, unit) => (usd > 0 ? [unit] : []));
  order.sort((a, b) => demandUsd[a]! - demandUsd[b]! || a - b);
  const groupOf = new Array<number>(demandUsd.length).fill(-1);
  order.forEach((unit, place) => (groupOf[unit] = Math.floor((place * GROUPS) / order.length)));
  const shares = Array.from({ length: GROUPS }, (_, group) =>
    Float64Array.from(
      order.filter((unit) => groupOf[unit] === group),
      (unit) => uncoveredUsd[unit]! / demandUsd[unit]!,
    ),
  );
  return { groupOf, shares };
}
