import { literal } from '../intake/cleanSql.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** Counts below this one are guarded: CMS lets no count from 1 to 10 be shown. */
export const THRESHOLD = 11;
/** What a guarded count is taken for: the middle of 1 to 10. */
export const IMPUTED = 5.5;

/**
 * Adds the kept rows up to cells and guards them. Marked rows count as the imputed value; a sum from 1 to 10 becomes it; the
 * money of a guarded cell becomes the imputed count times the mean payment of the code's open cells (of all, where it has none), so
 * that it betrays nothing.
 */
export async function addCells(db: DuckDb, snapshotId: string): Promise<void> {
  const id = literal(snapshotId);
  const small = (column: string) => `(${column} > 0 AND ${column} < ${THRESHOLD})`;
  await db.run(`CREATE OR REPLACE TEMP TABLE summed AS SELECT
      performing, performing_zip, max(performing_name) AS performing_name, facility, max(facility_npi) AS facility_npi,
      max(facility_ccn) AS facility_ccn, facility_zip, max(facility_name) AS facility_name, ordering, ordering_zip, specialty, code, site,
      coalesce(sum(CASE WHEN marked THEN 0 ELSE services END), 0) AS services, coalesce(sum(beneficiaries), 0) AS beneficiaries,
      coalesce(sum(beneficiary_days), 0) AS beneficiary_days, coalesce(sum(CASE WHEN marked THEN 0 ELSE payment_usd END), 0) AS payment_usd,
      bool_or(drug) AS drug, count(*) FILTER (WHERE marked) AS marked
    FROM staged WHERE reason IS NULL
    GROUP BY performing, performing_zip, facility, facility_zip, ordering, ordering_zip, specialty, code, site`);
  await db.run(`INSERT INTO cells SELECT ${id}, s.performing, performing_zip, performing_name, facility, facility_npi, facility_ccn,
      facility_zip, facility_name, ordering, ordering_zip, specialty, s.code, site,
      CASE WHEN ${small('services')} THEN ${IMPUTED} ELSE services END + ${IMPUTED} * marked,
      CASE WHEN ${small('beneficiaries')} THEN ${IMPUTED} ELSE beneficiaries END,
      CASE WHEN ${small('beneficiary_days')} THEN ${IMPUTED} ELSE beneficiary_days END,
      CASE WHEN ${small('services')} THEN ${IMPUTED} * coalesce(mean.usd, overall.usd, 0) ELSE payment_usd END + ${IMPUTED} * marked * coalesce(mean.usd, overall.usd, 0),
      drug, marked > 0 OR ${small('services')} OR ${small('beneficiaries')} OR ${small('beneficiary_days')}
    FROM summed s LEFT JOIN (
      SELECT code, sum(payment_usd) / sum(services) AS usd FROM summed WHERE services >= ${THRESHOLD} GROUP BY code) mean ON mean.code = s.code
    CROSS JOIN (SELECT sum(payment_usd) / sum(services) AS usd FROM summed WHERE services >= ${THRESHOLD}) overall
    ORDER BY s.code, performing_zip`);
  await db.run(
    `INSERT INTO codes SELECT ${id}, code, max(code_name), max(family), bool_or(drug) FROM staged WHERE reason IS NULL GROUP BY code`,
  );
}
