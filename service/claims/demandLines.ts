import type { DuckDb } from '../store/duckDb.ts';
import { countedCells, type Narrowing } from './counted.ts';
import type { Market } from './markets.ts';
import { SITE_NAMES } from './siteNames.ts';
import { wordOf, zipText } from './words.ts';

/** One cell behind a figure, as it is kept: guarded counts only. */
export interface DemandLine {
  readonly unit: number;
  readonly zip: string;
  readonly providerId: string | null;
  readonly provider: string | null;
  readonly facilityId: string | null;
  readonly facility: string | null;
  readonly specialty: string | null;
  readonly code: string;
  readonly codeName: string;
  readonly site: string;
  readonly siteName: string;
  readonly rule: string;
  /** Services of the cell; "< 11" where they were imputed, in part where more rows made it. */
  readonly services: string;
  /** What they count as, scale-up included. */
  readonly procedures: number;
  readonly opportunityUsd: number;
  readonly suppressed: boolean;
}

export interface DemandLines {
  readonly rows: number;
  readonly procedures: number;
  readonly opportunityUsd: number;
  readonly suppressedShare: number;
  readonly lines: DemandLine[];
}

export interface LinePage {
  readonly offset: number;
  readonly limit: number;
}

interface Found extends Omit<DemandLine, 'services' | 'siteName'> {
  readonly count: number;
  readonly imputed: number;
  readonly below: number;
}

/** The cells behind the figures of these units, biggest potential first; their sums are those of the figures. */
export async function demandLines(
  db: DuckDb,
  market: Market,
  narrowing: Narrowing,
  page: LinePage,
): Promise<DemandLines> {
  const { sql, values } = await countedCells(db, market, narrowing);
  const [all] = await db.all<{ rows: number; procedures: number; usd: number; imputed: number }>(
    `SELECT count(*)::DOUBLE AS rows, coalesce(sum(procedures), 0) AS procedures, coalesce(sum(opportunity_usd), 0) AS usd,
       coalesce(sum(imputed_procedures), 0) AS imputed FROM ${sql} WHERE unit IS NOT NULL`,
    values,
  );
  const found = await db.all<Found>(
    `SELECT unit, ${zipText('zip')} AS zip, p.key AS "providerId", p.name AS provider, f.key AS "facilityId", f.name AS facility,
       specialty, c.code, coalesce(k.name, '') AS "codeName", site, rule, services AS count, imputed, below, procedures,
       usd AS "opportunityUsd", suppressed
     FROM (SELECT unit, zip, provider, facility, ${wordOf('counted.specialty')} AS specialty, ${wordOf('counted.code')} AS code, ${wordOf('counted.site')} AS site,
         rule, services, imputed, procedures, opportunity_usd AS usd, suppressed
       FROM ${sql} WHERE unit IS NOT NULL) c
     CROSS JOIN (SELECT coalesce(max(below), 0) AS below FROM guards WHERE snapshot_id = ?) g
     LEFT JOIN parties p ON p.no = c.provider LEFT JOIN parties f ON f.no = c.facility
     LEFT JOIN codes k ON k.snapshot_id = ? AND k.code = c.code
     ORDER BY usd DESC, c.code, site, p.key, f.key, zip LIMIT ? OFFSET ?`,
    [...values, market.snapshotId, market.snapshotId, page.limit, page.offset],
  );
  const procedures = all?.procedures ?? 0;
  return {
    rows: all?.rows ?? 0,
    procedures,
    opportunityUsd: all?.usd ?? 0,
    suppressedShare: procedures > 0 ? (all?.imputed ?? 0) / procedures : 0,
    lines: found.map(({ count, imputed, below, ...line }) => ({
      ...line,
      siteName: SITE_NAMES[line.site] ?? `Place of service ${line.site}`,
      services: imputed === 0 ? String(count) : count < below ? `< ${below}` : `about ${count}`,
    })),
  };
}
