import { pieces } from './contiguity.ts';
import type { UnitCoverage } from './coverage.ts';
import { falseDiscoveryRates } from './falseDiscovery.ts';
import type { Neighbors } from './geography.ts';
import { localExcess } from './localExcess.ts';
import type { Vector } from './measures.ts';
import { seeded } from './random.ts';
import { spacingKm } from './spacing.ts';
import { travelHours, type TravelSettings } from './travel.ts';

/** Connected units with high demand that nobody works, as work for somebody. */
export interface Pocket {
  /** Most dollars first. */
  readonly units: readonly number[];
  readonly opportunityUsd: number;
  /** Calls and the way between and to them, from a home in the middle; a year. */
  readonly workloadHours: number;
  readonly fte: number;
  readonly providers: number;
  /** Share of false finds among those at least as sure, by the surest unit of the pocket. */
  readonly qValue: number;
}

export interface WhiteSpaceOptions {
  /** Share of false finds that is accepted. */
  readonly falseDiscovery: number;
  readonly seed: number;
  readonly workingHours: number;
  readonly travel: TravelSettings;
}

export interface WhiteSpaceGround {
  readonly neighbors: Neighbors;
  readonly lat: Vector;
  readonly lon: Vector;
  readonly areaKm2: Vector;
}

/** Accepted share of false finds where nobody says otherwise. */
export const DEFAULT_FALSE_DISCOVERY = 0.05;

/**
 * Pockets where demand is high and coverage low, most dollars first. Their cores are units whose dollars without coverage,
 * with those around, are more than chance leaves (`localExcess`), which are themselves less covered than the whole and lie
 * where demand is at least the median. Of a core and all around it, those belong that are nearer to its coverage than to
 * that of the whole.
 * No demand or no gap: none.
 */
export function whiteSpace(coverage: UnitCoverage, ground: WhiteSpaceGround, options: WhiteSpaceOptions): Pocket[] {
  const { demandUsd, uncoveredUsd } = coverage;
  const qOf = falseRates(coverage, ground.neighbors, options);
  const all = openShare(demandUsd.keys(), coverage);
  const isHigh = highDemand(demandUsd, ground.neighbors);
  const cores = [...qOf].flatMap(([unit, q]) => {
    const isLow = uncoveredUsd[unit]! > all * demandUsd[unit]!;
    return isLow && isHigh(unit) && q <= options.falseDiscovery ? [unit] : [];
  });
  const chosen = pieces(cores, ground.neighbors).flatMap((core) => {
    const least = (all + openShare(core, coverage)) / 2;
    const fits = (unit: number) => openShare([unit], coverage) >= least;
    return grown(core.filter(fits), ground.neighbors, fits);
  });
  const spacing = spacingKm([coverage.uncoveredProviders], ground, new Set(chosen));
  return pieces(chosen, ground.neighbors)
    .map((units) => pocket(units, { coverage, ground, options, qOf, spacing }))
    .sort((a, b) => b.opportunityUsd - a.opportunityUsd || a.units[0]! - b.units[0]!);
}

/** The q-value of every unit with demand around it: it is asked with its neighbours, and once more with theirs. */
function falseRates(
  coverage: UnitCoverage,
  neighbors: Neighbors,
  { seed, falseDiscovery }: WhiteSpaceOptions,
): Map<number, number> {
  const wide = neighbors.map((list, unit) => {
    const around = new Set(list.flatMap((next) => [next, ...(neighbors[next] ?? [])]));
    around.delete(unit);
    return [...around];
  });
  const tested = localExcess(coverage, [neighbors, wide], { random: seeded(seed), falseDiscovery });
  const rates = falseDiscoveryRates(tested.map(({ p }) => p));
  const least = new Map<number, number>();
  tested.forEach(({ unit }, i) => least.set(unit, Math.min(rates[i]!, least.get(unit) ?? 1)));
  return least;
}

/** These units and what can be reached from them over units that fit. */
function grown(units: readonly number[], neighbors: Neighbors, fits: (unit: number) => boolean): number[] {
  const reached = new Set(units);
  for (const unit of reached) for (const next of neighbors[unit] ?? []) if (fits(next)) reached.add(next);
  return [...reached];
}

/** Share of the demand of these units that nobody works; 0 without demand. */
function openShare(units: Iterable<number>, { demandUsd, uncoveredUsd }: UnitCoverage): number {
  let [demand, open] = [0, 0];
  for (const unit of units) {
    demand += demandUsd[unit]!;
    open += uncoveredUsd[unit]!;
  }
  return demand > 0 ? open / demand : 0;
}

/** Is the demand of a unit and those around it at least the median of all places with demand? */
function highDemand(demandUsd: Vector, neighbors: Neighbors): (unit: number) => boolean {
  const around = demandUsd.map((usd, unit) => usd + (neighbors[unit] ?? []).reduce((sum, u) => sum + demandUsd[u]!, 0));
  const sorted = around.filter((usd) => usd > 0).sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (unit) => around[unit]! >= median && demandUsd[unit]! > 0;
}

interface PocketOf {
  readonly coverage: UnitCoverage;
  readonly ground: WhiteSpaceGround;
  readonly options: WhiteSpaceOptions;
  readonly qOf: ReadonlyMap<number, number>;
  /** Km between providers that nobody works. */
  readonly spacing: Vector;
}

function pocket(list: readonly number[], of: PocketOf): Pocket {
  const { coverage, options, qOf } = of;
  const sum = (vector: Vector) => list.reduce((all, unit) => all + vector[unit]!, 0);
  const units = [...list].sort((a, b) => coverage.uncoveredUsd[b]! - coverage.uncoveredUsd[a]! || a - b);
  const workloadHours = sum(coverage.uncoveredHours) + travelOf(list, of);
  return {
    units,
    opportunityUsd: sum(coverage.uncoveredUsd),
    workloadHours,
    fte: options.workingHours > 0 ? workloadHours / options.workingHours : 0,
    providers: sum(coverage.uncoveredProviders),
    qValue: Math.min(...list.map((unit) => qOf.get(unit) ?? 1)),
  };
}

/** The way of a rep who lives in the middle of the dollars; every provider is a stop of each cycle. */
function travelOf(units: readonly number[], { coverage, ground, options, spacing }: PocketOf): number {
  const usd = units.reduce((sum, unit) => sum + coverage.uncoveredUsd[unit]!, 0);
  const middle = (of: Vector) => units.reduce((sum, u) => sum + of[u]! * coverage.uncoveredUsd[u]!, 0) / (usd || 1);
  const home = { lat: middle(ground.lat), lon: middle(ground.lon) };
  const hours = (unit: number) =>
    travelHours(
      {
        lat: ground.lat[unit]!,
        lon: ground.lon[unit]!,
        stops: coverage.uncoveredProviders[unit]!,
        spacingKm: spacing[unit]!,
      },
      home,
      options.travel,
    );
  return units.reduce((sum, unit) => sum + hours(unit), 0);
}
