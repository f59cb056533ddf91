import type { Geography } from '../core/geography.ts';
import { added, isNoise, potentialInterval, type UncertainPart, type UncertaintyRules } from '../core/uncertainty.ts';
import type { Remainder, UnitDemand } from './demand.ts';
import { distinctProviders } from './sharedProviders.ts';

/** What a reader may see: everything, or these units. */
export type Visible = 'all' | ReadonlySet<number>;

type Column = (number | null)[];

export interface DemandVectors {
  readonly ids?: string[];
  readonly procedures: Column;
  readonly opportunityUsd: Column;
  readonly providers: Column;
  readonly suppressed: Column;
  /** Share of the procedures that stand on imputed counts. */
  readonly suppressedShare: Column;
  readonly noData: Column;
  /** 80 % interval of opportunityUsd. */
  readonly interval: { readonly low: Column; readonly high: Column };
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** The additive part of one unit. */
export const partOf = (demand: UnitDemand, unit: number): UncertainPart => ({
  usd: demand.potentialUsd[unit] ?? 0,
  imputedSquares: demand.imputedSquares[unit] ?? 0,
  providerSquares: demand.providerSquares[unit] ?? 0,
});

/** By ZIP: vectors in unit order; null where the reader may not see. */
export function demandByUnit(demand: UnitDemand, visible: Visible, rules: UncertaintyRules): DemandVectors {
  const masked = (value: (unit: number) => number): Column =>
    demand.procedures.map((_, unit) => (visible === 'all' || visible.has(unit) ? value(unit) : null));
  const intervals = demand.procedures.map((_, unit) => potentialInterval(partOf(demand, unit), rules));
  return {
    procedures: masked((unit) => demand.procedures[unit] ?? 0),
    opportunityUsd: masked((unit) => demand.potentialUsd[unit] ?? 0),
    providers: masked((unit) => demand.providers[unit] ?? 0),
    suppressed: masked((unit) => demand.suppressed[unit] ?? 0),
    suppressedShare: masked((unit) => ratio(demand.imputedProcedures[unit] ?? 0, demand.procedures[unit] ?? 0)),
    noData: masked((unit) => demand.noData[unit] ?? 0),
    interval: { low: masked((unit) => intervals[unit]?.low ?? 0), high: masked((unit) => intervals[unit]?.high ?? 0) },
  };
}

/** Figures of a set of units together. */
export interface GroupFigures {
  readonly procedures: number;
  readonly opportunityUsd: number;
  readonly providers: number;
  readonly suppressed: 0 | 1;
  readonly suppressedShare: number;
  readonly noData: 0 | 1;
  readonly interval: { readonly low: number; readonly high: number };
}

/** Sums over units. A provider that works in several counts once; suppressed where one unit is, without data where all are. */
export function groupFigures(demand: UnitDemand, units: readonly number[], rules: UncertaintyRules): GroupFigures {
  const sum = (values: readonly number[]) => units.reduce((total, unit) => total + (values[unit] ?? 0), 0);
  const procedures = sum(demand.procedures);
  const part = added(units.map((unit) => partOf(demand, unit)));
  return {
    procedures,
    opportunityUsd: part.usd,
    providers: distinctProviders(demand, units),
    suppressed: units.some((unit) => demand.suppressed[unit]) ? 1 : 0,
    suppressedShare: ratio(sum(demand.imputedProcedures), procedures),
    noData: units.every((unit) => demand.noData[unit]) ? 1 : 0,
    interval: potentialInterval(part, rules),
  };
}

/** By county: sums over the units that the reader may see. */
export function demandByCounty(
  demand: UnitDemand,
  { counties, visible, rules }: { counties: Geography['counties']; visible: Visible; rules: UncertaintyRules },
): DemandVectors {
  const groups = [...Map.groupBy(shown(demand, visible), (unit) => counties[unit] ?? '')].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const figures = groups.map(([, units]) => groupFigures(demand, units, rules));
  return {
    ids: groups.map(([county]) => county),
    procedures: figures.map(({ procedures }) => procedures),
    opportunityUsd: figures.map(({ opportunityUsd }) => opportunityUsd),
    providers: figures.map(({ providers }) => providers),
    suppressed: figures.map(({ suppressed }) => suppressed),
    suppressedShare: figures.map(({ suppressedShare }) => suppressedShare),
    noData: figures.map(({ noData }) => noData),
    interval: { low: figures.map(({ interval }) => interval.low), high: figures.map(({ interval }) => interval.high) },
  };
}

export const shown = (demand: UnitDemand, visible: Visible): number[] =>
  [...demand.procedures.keys()].filter((unit) => visible === 'all' || visible.has(unit));

/** Sums over what is shown; what stands in no unit belongs to those who see everything. */
export function totalOf(demand: UnitDemand, visible: Visible, rules: UncertaintyRules) {
  const { procedures, opportunityUsd, providers, suppressedShare, interval } = groupFigures(
    demand,
    shown(demand, visible),
    rules,
  );
  const remainder: readonly Remainder[] = visible === 'all' ? demand.remainder : [];
  return { procedures, opportunityUsd, providers, suppressedShare, interval, remainder };
}

/** Two sets of units beside each other, and whether their difference is more than noise. */
export function comparison(
  demand: UnitDemand,
  [a, b]: readonly [readonly number[], readonly number[]],
  rules: UncertaintyRules,
) {
  const part = (units: readonly number[]) => added(units.map((unit) => partOf(demand, unit)));
  return {
    a: groupFigures(demand, a, rules),
    b: groupFigures(demand, b, rules),
    isNoise: isNoise(part(a), part(b), rules),
  };
}
