import type { Neighbors } from './geography.ts';
import type { Vector } from './measures.ts';
import type { Random } from './random.ts';

/** Units of like demand exchange their shares: small ones swing more, so they stay among themselves. */
const GROUPS = 10;
/** A unit that was reached by chance this often is no find: its p-value is settled (Besag, Clifford 1991). */
const ENOUGH_EXCEEDANCES = 20;
/** Draws for the units that chance does not reach: enough that a few of them pass any correction for their number. */
const LEAST_DRAWS = 20_000;

/**
 * p-value of every unit with demand around it, null elsewhere: how often chance leaves at least as many dollars uncovered in
 * the unit and its neighbours. The sum is Gi* with weights of 1 (Getis, Ord 1992; Ord, Getis 1995); demand stays where it is,
 * and the uncovered shares are drawn anew among units of like demand. One-sided; sequential Monte Carlo (Besag, Clifford 1991).
 */
export function localExcess(
  { demandUsd, uncoveredUsd }: { readonly demandUsd: Vector; readonly uncoveredUsd: Vector },
  neighbors: Neighbors,
  random: Random,
): (number | null)[] {
  const { groupOf, shares } = sharesByDemand(demandUsd, uncoveredUsd);
  const active = demandUsd.filter((usd) => usd > 0).length;
  const draws = Math.max(LEAST_DRAWS, 2 * active);
  return demandUsd.map((_, unit) => {
    const around = [unit, ...(neighbors[unit] ?? [])].filter((other) => demandUsd[other]! > 0);
    if (around.length === 0) return null;
    const found = around.reduce((sum, other) => sum + uncoveredUsd[other]!, 0);
    const usd = around.map((other) => demandUsd[other]!);
    const pools = around.map((other) => shares[groupOf[other]!]!);
    return chanceOf(found, { usd, pools, draws, random });
  });
}

interface Chance {
  readonly usd: readonly number[];
  readonly pools: readonly Float64Array[];
  readonly draws: number;
  readonly random: Random;
}

/** Rounding must not tell two equal sums apart. */
const ROUNDING = 1e-9;

function chanceOf(found: number, { usd, pools, draws, random }: Chance): number {
  const reached = found * (1 - ROUNDING);
  let exceedances = 0;
  for (let draw = 1; draw <= draws; draw++) {
    let sum = 0;
    for (let k = 0; k < usd.length; k++) {
      const pool = pools[k]!;
      sum += usd[k]! * pool[Math.floor(random() * pool.length)]!;
    }
    if (sum >= reached && ++exceedances === ENOUGH_EXCEEDANCES) return ENOUGH_EXCEEDANCES / draw;
  }
  return (exceedances + 1) / (draws + 1);
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
