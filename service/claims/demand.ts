import type { DuckDb } from '../store/duckDb.ts';
import type { Narrowing } from './counted.ts';
import { REMAINDERS, type MarketColumns } from './marketColumns.ts';
import { sumColumns, type Sums } from './sumColumns.ts';
import type { SharedProviders } from './sharedProviders.ts';
import { wordNo } from './words.ts';

/** What a market counts and cannot place. */
export interface Remainder {
  readonly reason: (typeof REMAINDERS)[number];
  readonly procedures: number;
  readonly opportunityUsd: number;
}

/** Demand of every unit under a market, in unit order. */
export interface UnitDemand {
  readonly procedures: number[];
  readonly potentialUsd: number[];
  readonly providers: number[];
  /** Which of them count in other units too. */
  readonly shared: SharedProviders;
  /** 1 where some count of the unit was imputed. */
  readonly suppressed: (0 | 1)[];
  /** Procedures of the unit that stand on imputed counts. */
  readonly imputedProcedures: number[];
  /** 1 where the file has no row in the unit's whole state, for any code: nobody knows. Elsewhere no row is a zero. */
  readonly noData: (0 | 1)[];
  /** Share of the procedures that stand on imputed counts. */
  readonly suppressedShare: number;
  /** What counts and stands in no unit; units and remainder add up to the same under every role. */
  readonly remainder: readonly Remainder[];
  /** Additive parts of the uncertainty of potentialUsd (core/uncertainty.ts). */
  readonly imputedSquares: number[];
  readonly providerSquares: number[];
}

/** Demand under these facets, from a market's cells in memory. `covered` tells the units whose state the file knows. */
export async function unitDemand(
  columns: MarketColumns,
  covered: readonly boolean[],
  narrowing?: Narrowing,
): Promise<UnitDemand> {
  const sums = await sumColumns(columns, narrowing);
  const units = covered.length;
  // Array.from with a function takes twenty times as long as this.
  const cut = (values: ArrayLike<number>) => {
    const vector = new Array<number>(units);
    for (let unit = 0; unit < units; unit++) vector[unit] = values[unit] ?? 0;
    return vector;
  };
  const flags = (values: number[]) => values.map((value): 0 | 1 => (value ? 1 : 0));
  const procedures = cut(sums.procedures);
  const imputedProcedures = cut(sums.imputedProcedures);
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const all = total(procedures);
  return {
    procedures,
    potentialUsd: cut(sums.usd),
    providers: cut(sums.providers),
    shared: sums.shared,
    suppressed: flags(cut(sums.suppressed)),
    imputedProcedures,
    noData: covered.map((isCovered) => (isCovered ? 0 : 1)),
    suppressedShare: all > 0 ? total(imputedProcedures) / all : 0,
    remainder: remainderOf(sums, units),
    imputedSquares: cut(sums.imputedSquares),
    providerSquares: cut(sums.providerSquares),
  };
}

function remainderOf({ procedures, usd }: Sums, units: number): Remainder[] {
  return REMAINDERS.map((reason, i) => ({
    reason,
    procedures: procedures[units + i] ?? 0,
    opportunityUsd: usd[units + i] ?? 0,
  })).filter((part) => part.procedures > 0 || part.opportunityUsd > 0);
}

/** Which units lie in a state that the snapshot names at all, under any role. */
export async function coveredUnits(db: DuckDb, states: readonly string[], snapshotId: string): Promise<boolean[]> {
  const zips = ['facility_zip', 'performing_zip', 'ordering_zip'].map(
    (zip) => `SELECT DISTINCT ${zip} AS zip_no FROM cells WHERE snapshot = ${wordNo(snapshotId)}`,
  );
  const known = await db.all<{ unit: number }>(
    `SELECT DISTINCT unit FROM units SEMI JOIN (${zips.join(' UNION ')}) USING (zip_no)`,
  );
  const covered = new Set(known.map(({ unit }) => states[unit] ?? ''));
  return states.map((state) => covered.has(state));
}
