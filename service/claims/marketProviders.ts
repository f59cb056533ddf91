import type { DuckDb } from '../store/duckDb.ts';
import { countedCells } from './counted.ts';
import type { Market } from './markets.ts';
import { zipText } from './words.ts';

/** Somebody whom a market counts, under the market's role; guarded as all cells are. */
export interface MarketProvider {
  /** What claims and CRM may know it by: NPI, CCN, the vendor's id. */
  readonly keys: readonly string[];
  readonly name: string | null;
  readonly kind: 'facility' | 'physician';
  /** Where most of its dollars are; -1 and null where no ZIP of the map is named. */
  readonly unit: number;
  readonly zip: string | null;
  readonly procedures: number;
  readonly potentialUsd: number;
  /** Stands on imputed small cells in part. */
  readonly suppressed: boolean;
}

interface Row extends Omit<MarketProvider, 'keys' | 'kind' | 'unit'> {
  readonly key: string;
  readonly npi: string | null;
  readonly ccn: string | null;
  readonly unit: number | null;
  readonly facility: boolean;
}

/** Everybody whom a market counts, in the order of their keys; sums over them are the market's sums over its units. */
export async function marketProviders(db: DuckDb, market: Market): Promise<MarketProvider[]> {
  const { sql, values } = await countedCells(db, market);
  const rows = await db.all<Row>(
    `WITH places AS (SELECT key, unit, zip, sum(procedures) AS procedures, sum(opportunity_usd) AS usd,
         bool_or(suppressed) AS suppressed, bool_or(coalesce(key = facility, false)) AS facility
       FROM ${sql} WHERE key IS NOT NULL GROUP BY 1, 2, 3)
     SELECT p.key, max(p.npi) AS npi, max(p.ccn) AS ccn, max(p.name) AS name,
       arg_max(unit, (unit IS NOT NULL, usd, procedures, zip))::DOUBLE AS unit,
       ${zipText('arg_max(zip, (unit IS NOT NULL, usd, procedures, zip))')} AS zip,
       sum(procedures) AS procedures, sum(usd) AS "potentialUsd", bool_or(suppressed) AS suppressed, bool_or(facility) AS facility
     FROM places JOIN parties p ON p.no = places.key GROUP BY p.key
     HAVING sum(procedures) > 0 OR sum(usd) > 0 ORDER BY p.key`,
    values,
  );
  return rows.map(({ key, npi, ccn, unit, facility, ...rest }) => ({
    ...rest,
    keys: [...new Set([key, npi, ccn].filter((one) => one !== null))],
    kind: facility ? 'facility' : 'physician',
    unit: unit ?? -1,
  }));
}
