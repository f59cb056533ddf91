import type { Geography } from '../core/geography.ts';
import type { UnitDemand } from './demand.ts';

/** What a reader may see: everything, or these units. */
export type Visible = 'all' | ReadonlySet<number>;

export interface DemandVectors {
  readonly ids?: string[];
  readonly procedures: (number | null)[];
  readonly opportunityUsd: (number | null)[];
  readonly providers: (number | null)[];
  readonly suppressed: (number | null)[];
  readonly noData: (number | null)[];
}

type Named = 'procedures' | 'opportunityUsd' | 'providers' | 'suppressed' | 'noData';

const columns = (demand: UnitDemand): Record<Named, readonly number[]> => ({
  ...demand,
  opportunityUsd: demand.potentialUsd,
});

/** By ZIP: vectors in unit order; null where the reader may not see. */
export function demandByUnit(demand: UnitDemand, visible: Visible): DemandVectors {
  const masked = (values: readonly number[]) =>
    values.map((value, unit) => (visible === 'all' || visible.has(unit) ? value : null));
  const all = columns(demand);
  return {
    procedures: masked(all.procedures),
    opportunityUsd: masked(all.opportunityUsd),
    providers: masked(all.providers),
    suppressed: masked(all.suppressed),
    noData: masked(all.noData),
  };
}

/**
 * By county: sums over the units that the reader may see. A provider that works in several ZIPs of a county counts in each;
 * a county is suppressed where one of its units is, and without data where all are.
 */
export function demandByCounty(
  demand: UnitDemand,
  geography: Pick<Geography, 'counties'>,
  visible: Visible,
): DemandVectors {
  const units = [...geography.counties.keys()].filter((unit) => visible === 'all' || visible.has(unit));
  const groups = [...Map.groupBy(units, (unit) => geography.counties[unit] ?? '')].sort(([a], [b]) => (a < b ? -1 : 1));
  const all = columns(demand);
  const folded = (name: Named, fold: (values: number[]) => number) =>
    groups.map(([, members]) => fold(members.map((unit) => all[name][unit] ?? 0)));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    ids: groups.map(([county]) => county),
    procedures: folded('procedures', sum),
    opportunityUsd: folded('opportunityUsd', sum),
    providers: folded('providers', sum),
    suppressed: folded('suppressed', (values) => Math.max(0, ...values)),
    noData: folded('noData', (values) => Math.min(1, ...values)),
  };
}

/** Sums over what is shown. */
export function totalOf(vectors: DemandVectors, suppressedShare: number) {
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return {
    procedures: sum(vectors.procedures),
    opportunityUsd: sum(vectors.opportunityUsd),
    providers: sum(vectors.providers),
    suppressedShare,
  };
}
