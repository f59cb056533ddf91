import type { Volume } from '../core/unitInputs.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { countedCells, type Narrowing } from './counted.ts';
import type { Market } from './markets.ts';
import { wordNo, wordOf, zipText } from './words.ts';

/**
 * What every provider and facility does, under each key that claims know it by (NPI, CCN, the vendor's id). Procedures and
 * money go to whoever counts under the market's role; being involved as performer or facility ranks for calls.
 */
export async function volumes(db: DuckDb, market: Market): Promise<Map<string, Volume>> {
  const { sql, values } = await countedCells(db, market);
  const rows = await db.all<{ key: string; procedures: number; usd: number; involved: number }>(
    `WITH counted AS MATERIALIZED (SELECT * FROM ${sql}),
     parts AS (
       SELECT key, procedures, opportunity_usd, 0 AS involved FROM counted
       UNION ALL SELECT unnest(list_distinct([key, performing, facility])) AS key, 0, 0, procedures FROM counted)
     SELECT parties.key, sum(procedures) AS procedures, sum(opportunity_usd) AS usd, sum(involved) AS involved
     FROM parts JOIN parties ON parties.no = parts.key GROUP BY parties.key`,
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
    `SELECT key, ccn AS alias FROM parties WHERE ccn IS NOT NULL AND ccn <> key
       AND no IN (SELECT facility FROM cells WHERE snapshot = ${wordNo(snapshotId)}) ORDER BY key`,
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
  const { sql, values } = await countedCells(db, market);
  return db.all(
    `SELECT c.code, coalesce(k.name, '') AS name, coalesce(f.family, k.family, '') AS family, c.site, c.zip, procedures, "opportunityUsd", suppressed
     FROM (SELECT ${wordOf('code')} AS code, ${wordOf('site')} AS site, ${zipText('zip')} AS zip, sum(procedures) AS procedures,
         sum(opportunity_usd) AS "opportunityUsd", bool_or(suppressed) AS suppressed
       FROM ${sql}, (SELECT list(no) AS nos FROM parties WHERE list_has_any([key, npi, ccn], string_split(?, chr(31)))) who
       WHERE list_has_any([performing, facility, CASE WHEN key = ordering OR key = billing THEN key END], nos)
       GROUP BY counted.code, counted.site, counted.zip HAVING sum(procedures) > 0 OR sum(opportunity_usd) > 0) c
     LEFT JOIN codes k ON k.snapshot_id = ? AND k.code = c.code LEFT JOIN families f ON f.code = c.code
     ORDER BY c.code, c.site, c.zip`,
    [...values, keys.join('\u001f'), market.snapshotId],
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
  /** Share of its procedures that stand on imputed counts. */
  readonly suppressedShare: number;
}

export async function placesOf(db: DuckDb, market: Market, narrowing?: Narrowing): Promise<Place[]> {
  const { sql, values } = await countedCells(db, market, narrowing);
  return db.all(
    `SELECT p.key AS id, coalesce(p.name, p.key) AS name, CASE WHEN at_facility THEN 'facility' ELSE 'practice' END AS kind, unit,
       procedures, usd AS "opportunityUsd", imputed / procedures AS "suppressedShare"
     FROM (SELECT key, unit, bool_or(key = facility) AS at_facility, sum(procedures) AS procedures, sum(opportunity_usd) AS usd,
         sum(imputed_procedures) AS imputed
       FROM ${sql} WHERE unit IS NOT NULL GROUP BY key, unit HAVING sum(procedures) > 0) c
     JOIN parties p ON p.no = c.key ORDER BY procedures DESC, id`,
    values,
  );
}
