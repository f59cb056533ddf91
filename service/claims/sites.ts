import type { DuckDb } from '../store/duckDb.ts';
import { countedCells } from './counted.ts';
import type { Market } from './markets.ts';
import { SITE_NAMES } from './siteNames.ts';
import { wordOf, zipText } from './words.ts';

/** Who performs where: procedures of the market, and their share of all that the provider performs. */
export interface PerformedAt {
  readonly npi: string;
  /** As claims name it; null where they only number it. */
  readonly npiName: string | null;
  readonly facilityKey: string;
  readonly facilityName: string | null;
  readonly procedures: number;
  readonly share: number;
}

/** Numbers of the parties that one of these keys (NPI, CCN, vendor id) names. */
const IN_KEYS = `IN (SELECT no FROM parties WHERE list_has_any([key, npi, ccn], from_json(?, '["VARCHAR"]')))`;

/** Pairs of a performing provider and a facility in which one of the keys (NPI, CCN, vendor id) takes part, the most first. */
export async function performedAt(db: DuckDb, market: Market, keys: readonly string[]): Promise<PerformedAt[]> {
  if (keys.length === 0) return [];
  const { sql, values } = await countedCells(db, market);
  const asked = JSON.stringify(keys);
  return db.all(
    `WITH counted AS MATERIALIZED (SELECT performing, facility, procedures FROM ${sql} WHERE performing IS NOT NULL)
     SELECT p.key AS npi, p.name AS "npiName", f.key AS "facilityKey", f.name AS "facilityName", c.procedures, c.procedures / (SELECT sum(procedures) FROM counted o WHERE o.performing = c.performing) AS share
     FROM (SELECT performing, facility, sum(procedures) AS procedures FROM counted
       WHERE facility IS NOT NULL AND (performing ${IN_KEYS} OR facility ${IN_KEYS}) GROUP BY performing, facility HAVING sum(procedures) > 0) c
     JOIN parties p ON p.no = c.performing JOIN parties f ON f.no = c.facility ORDER BY c.procedures DESC, npi, "facilityKey"`,
    [...values, asked, asked],
  );
}

/** What one provider or facility does at each place and site of care. */
export interface SiteVolume {
  readonly facilityKey: string | null;
  readonly facilityName: string | null;
  /** Place of service as claims code it, and its name. */
  readonly site: string;
  readonly siteName: string;
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
  const { sql, values } = await countedCells(db, market);
  const asked = JSON.stringify(keys);
  const rows = await db.all<Omit<SiteVolume, 'siteName'>>(
    `SELECT f.key AS "facilityKey", f.name AS "facilityName", ${wordOf('c.site')} AS site, ${zipText('c.zip')} AS zip, procedures, "opportunityUsd", counts, suppressed
     FROM (SELECT facility, site, zip, sum(procedures) AS procedures, sum(opportunity_usd) AS "opportunityUsd",
         coalesce(key ${IN_KEYS}, false) AS counts, bool_or(suppressed) AS suppressed
       FROM ${sql} WHERE performing ${IN_KEYS} OR facility ${IN_KEYS} OR key ${IN_KEYS}
       GROUP BY facility, site, zip, counts HAVING sum(procedures) > 0 OR sum(opportunity_usd) > 0) c
     LEFT JOIN parties f ON f.no = c.facility ORDER BY procedures DESC, "facilityKey", site, zip`,
    [asked, ...values, asked, asked, asked],
  );
  return rows.map((row) => ({ ...row, siteName: SITE_NAMES[row.site] ?? `Place of service ${row.site}` }));
}
