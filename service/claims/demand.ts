import type { Volume } from '../core/unitInputs.ts';
import { countedCells, type Narrowing } from './counted.ts';
import type { Market } from './markets.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** Demand of every unit under a market, in unit order. */
export interface UnitDemand {
  readonly procedures: number[];
  readonly potentialUsd: number[];
  readonly providers: number[];
  /** 1 where some count of the unit was imputed. */
  readonly suppressed: (0 | 1)[];
  /** 1 where the file has no row in the unit's whole state, for any code: nobody knows. Elsewhere no row is a zero. */
  readonly noData: (0 | 1)[];
  /** Share of the procedures that stand on imputed counts. */
  readonly suppressedShare: number;
}

export async function unitDemand(
  db: DuckDb,
  states: readonly string[],
  market: Market,
  narrowing?: Narrowing,
): Promise<UnitDemand> {
  const { sql, values } = countedCells(market, narrowing);
  const rows = await db.all<DemandRow & { unit: number }>(
    `SELECT unit, sum(procedures) AS procedures, sum(opportunity_usd) AS usd, count(DISTINCT provider)::DOUBLE AS providers,
       coalesce(sum(procedures) FILTER (WHERE suppressed), 0) AS imputed, bool_or(suppressed) AS suppressed
     FROM ${sql} WHERE unit IS NOT NULL GROUP BY unit ORDER BY unit`,
    values,
  );
  const covered = await coveredStates(db, states, market.snapshotId);
  const units = states.length;
  const vector = () => new Array<number>(units).fill(0);
  const [procedures, potentialUsd, providers] = [vector(), vector(), vector()];
  const suppressed = new Array<0 | 1>(units).fill(0);
  const noData = states.map((state) => (covered.has(state) ? 0 : 1));
  for (const row of rows) {
    procedures[row.unit] = row.procedures;
    potentialUsd[row.unit] = row.usd;
    providers[row.unit] = row.providers;
    suppressed[row.unit] = row.suppressed ? 1 : 0;
  }
  const sum = (pick: (row: DemandRow) => number) => rows.reduce((all, row) => all + pick(row), 0);
  const all = sum((row) => row.procedures);
  return {
    procedures,
    potentialUsd,
    providers,
    suppressed,
    noData,
    suppressedShare: all > 0 ? sum((row) => row.imputed) / all : 0,
  };
}

async function coveredStates(db: DuckDb, states: readonly string[], snapshotId: string): Promise<Set<string>> {
  const known = await db.all<{ unit: number }>(
    `SELECT DISTINCT unit FROM units SEMI JOIN (
       SELECT facility_zip AS zip FROM cells WHERE snapshot_id = ? UNION SELECT performing_zip FROM cells WHERE snapshot_id = ?) USING (zip)`,
    [snapshotId, snapshotId],
  );
  return new Set(known.map(({ unit }) => states[unit] ?? ''));
}

interface DemandRow {
  readonly procedures: number;
  readonly usd: number;
  readonly providers: number;
  readonly imputed: number;
  readonly suppressed: boolean;
}

/**
 * What every provider and facility does, under each key that claims know it by (NPI, CCN, the vendor's id). Procedures and
 * money go to whoever counts under the market's role; being involved as performer or facility ranks for calls.
 */
export async function volumes(db: DuckDb, market: Market): Promise<Map<string, Volume>> {
  const { sql, values } = countedCells(market);
  const rows = await db.all<{ key: string; procedures: number; usd: number; involved: number }>(
    `WITH counted AS MATERIALIZED (SELECT * FROM ${sql}),
     parts AS (
       SELECT key, procedures, opportunity_usd, 0 AS involved FROM counted
       UNION ALL SELECT unnest(list_distinct([key, performing, facility])) AS key, 0, 0, procedures FROM counted)
     SELECT key, sum(procedures) AS procedures, sum(opportunity_usd) AS usd, sum(involved) AS involved FROM parts WHERE key IS NOT NULL GROUP BY key`,
    values,
  );
  const result = new Map(
    rows.map(({ key, procedures, usd, involved }) => [
      key,
      { procedures, opportunityUsd: usd, involvedProcedures: involved },
    ]),
  );
  for (const { key, alias } of await aliases(db, market.snapshotId)) {
    const volume = result.get(key);
    if (volume && !result.has(alias)) result.set(alias, volume);
  }
  return result;
}

/** Other keys of a facility: its CCN beside its NPI. */
async function aliases(db: DuckDb, snapshotId: string): Promise<{ key: string; alias: string }[]> {
  return db.all(
    `SELECT facility AS key, facility_ccn AS alias FROM cells WHERE snapshot_id = ? AND facility_ccn IS NOT NULL AND facility_ccn <> facility
     GROUP BY ALL ORDER BY key`,
    [snapshotId],
  );
}

/** Procedures of one code at one site of care and one place. */
export interface ProcedureRow {
  readonly code: string;
  readonly name: string;
  readonly family: string;
  readonly site: string;
  readonly zip: string | null;
  readonly procedures: number;
  readonly opportunityUsd: number;
  readonly suppressed: boolean;
}

/**
 * What one provider or facility does under a market, whichever of its keys (NPI, CCN) the file names; a row that names
 * several of them counts once. Empty without keys.
 */
export async function proceduresOf(db: DuckDb, market: Market, keys: readonly string[]): Promise<ProcedureRow[]> {
  if (keys.length === 0) return [];
  const { sql, values } = countedCells(market);
  return db.all(
    `SELECT c.code, coalesce(any_value(k.name), '') AS name, coalesce(any_value(k.family), '') AS family, site, zip,
       sum(procedures) AS procedures, sum(opportunity_usd) AS "opportunityUsd", bool_or(suppressed) AS suppressed
     FROM (SELECT * FROM ${sql}) c LEFT JOIN codes k ON k.snapshot_id = c.snapshot_id AND k.code = c.code
     WHERE list_has_any([performing, facility, facility_npi, facility_ccn, CASE WHEN key = ordering THEN ordering END], string_split(?, chr(31)))
     GROUP BY c.code, site, zip HAVING sum(procedures) > 0 OR sum(opportunity_usd) > 0 ORDER BY c.code, site, zip`,
    [...values, keys.join('\u001f')],
  );
}

/** A circle on the map: one facility or one practice with what counts there. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly kind: 'facility' | 'practice';
  readonly unit: number;
  readonly procedures: number;
  readonly opportunityUsd: number;
}

export async function placesOf(db: DuckDb, market: Market, narrowing?: Narrowing): Promise<Place[]> {
  const { sql, values } = countedCells(market, narrowing);
  return db.all(
    `SELECT key AS id, coalesce(CASE WHEN key = any_value(facility) THEN any_value(facility_name) ELSE any_value(performing_name) END, key) AS name,
       CASE WHEN key = any_value(facility) THEN 'facility' ELSE 'practice' END AS kind, unit,
       sum(procedures) AS procedures, sum(opportunity_usd) AS "opportunityUsd"
     FROM ${sql} WHERE unit IS NOT NULL GROUP BY key, unit HAVING sum(procedures) > 0 ORDER BY procedures DESC, id`,
    values,
  );
}
