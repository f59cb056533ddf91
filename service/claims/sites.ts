import type { DuckDb } from '../store/duckDb.ts';
import { countedCells } from './counted.ts';
import type { Market } from './markets.ts';

/** Who performs where: procedures of the market, and their share of all that the provider performs. */
export interface PerformedAt {
  readonly npi: string;
  readonly facilityKey: string;
  readonly procedures: number;
  readonly share: number;
}

const IN_KEYS = `IN (SELECT unnest(from_json(?, '["VARCHAR"]')))`;

/** Pairs of a performing provider and a facility in which one of the keys (NPI, CCN, vendor id) takes part, the most first. */
export async function performedAt(db: DuckDb, market: Market, keys: readonly string[]): Promise<PerformedAt[]> {
  if (keys.length === 0) return [];
  const { sql, values } = countedCells(market);
  const asked = JSON.stringify(keys);
  return db.all(
    `WITH counted AS MATERIALIZED (SELECT performing, facility, facility_npi, facility_ccn, procedures FROM ${sql} WHERE performing IS NOT NULL)
     SELECT performing AS npi, facility AS "facilityKey", sum(procedures) AS procedures,
       sum(procedures) / (SELECT sum(procedures) FROM counted o WHERE o.performing = c.performing) AS share
     FROM counted c WHERE facility IS NOT NULL AND (performing ${IN_KEYS} OR facility ${IN_KEYS} OR facility_npi ${IN_KEYS} OR facility_ccn ${IN_KEYS})
     GROUP BY performing, facility HAVING sum(procedures) > 0 ORDER BY procedures DESC, npi, "facilityKey"`,
    [...values, asked, asked, asked, asked],
  );
}

/** What one provider or facility does at each place and site of care. */
export interface SiteVolume {
  readonly facilityKey: string | null;
  readonly facilityName: string | null;
  readonly site: string;
  readonly zip: string | null;
  readonly procedures: number;
  readonly opportunityUsd: number;
  /** True where the market counts it for one of the keys. */
  readonly counts: boolean;
  readonly suppressed: boolean;
}

/** The volume of one provider or facility split over its places; a row that names several of its keys counts once. */
export async function volumeBySite(db: DuckDb, market: Market, keys: readonly string[]): Promise<SiteVolume[]> {
  if (keys.length === 0) return [];
  const { sql, values } = countedCells(market);
  const asked = JSON.stringify(keys);
  return db.all(
    `SELECT facility AS "facilityKey", any_value(facility_name) AS "facilityName", site, zip, sum(procedures) AS procedures,
       sum(opportunity_usd) AS "opportunityUsd", key ${IN_KEYS} AS counts, bool_or(suppressed) AS suppressed
     FROM ${sql} WHERE performing ${IN_KEYS} OR facility ${IN_KEYS} OR facility_npi ${IN_KEYS} OR facility_ccn ${IN_KEYS} OR key ${IN_KEYS}
     GROUP BY facility, site, zip, counts HAVING sum(procedures) > 0 OR sum(opportunity_usd) > 0
     ORDER BY procedures DESC, "facilityKey", site, zip`,
    [asked, ...values, asked, asked, asked, asked, asked],
  );
}
