import { ccnSql, literal, lostZero, npiSql, numberSql, SUPPRESSED_MARKS, zipSql } from '../intake/cleanSql.ts';
import type { DuckDb } from '../store/duckDb.ts';
import type { Field, Recognized } from './layouts.ts';

/** An MS-DRG has three digits, in a column of its own or before its name ("039 - EXTRACRANIAL PROCEDURES …"). */
function codeSql(text: (field: Field) => string, { at }: Recognized): { code: string; name: string } {
  const digits = (column: string) => `lpad(nullif(regexp_extract(${column}, '^\\s*(\\d{1,3})(\\D|$)', 1), ''), 3, '0')`;
  if (at.drg !== undefined) return { code: digits(text('drg')), name: text('codeName') };
  if (at.drgDefinition === undefined) return { code: `upper(${text('code')})`, name: text('codeName') };
  const both = text('drgDefinition');
  return { code: digits(both), name: `nullif(regexp_replace(${both}, '^\\s*\\d{1,3}\\s*-?\\s*', ''), '')` };
}

/**
 * Turns raw text into the temporary table staged: clean columns, `reason` where a row must be set aside, `repair` where
 * a value was put right. Only positions reach the SQL, never header text.
 */
export async function stage(db: DuckDb, recognized: Recognized): Promise<void> {
  const { at, layout } = recognized;
  const text = (field: Field) => (at[field] === undefined ? 'NULL::VARCHAR' : `nullif(trim(c${at[field]}), '')`);
  const { code, name: codeName } = codeSql(text, recognized);
  const ccn = ccnSql(text('facilityCcn'));
  const site = layout.site === undefined ? text('site') : literal(layout.site);
  const [performingZip, facilityZip] = [text('performingZip'), text('facilityZip')];
  const services = text('services');
  const payment =
    at.payment === undefined
      ? `${numberSql(text('averagePayment'))} * ${numberSql(services)}`
      : numberSql(text('payment'));
  const facility = `coalesce(${npiSql(text('facilityNpi'))}, ${ccn}, ${text('facilityId')})`;
  const name =
    at.performingName === undefined
      ? `nullif(concat_ws(' ', ${text('performingFirst')}, ${text('performingLast')}), '')`
      : text('performingName');
  await db.run(`CREATE OR REPLACE TEMP TABLE staged AS SELECT row,
    ${npiSql(text('performing'))} AS performing, ${zipSql(performingZip)} AS performing_zip, ${name} AS performing_name,
    ${facility} AS facility, ${npiSql(text('facilityNpi'))} AS facility_npi, ${ccn} AS facility_ccn,
    ${zipSql(facilityZip)} AS facility_zip, ${text('facilityName')} AS facility_name,
    ${npiSql(text('ordering'))} AS ordering, ${zipSql(text('orderingZip'))} AS ordering_zip,
    ${text('specialty')} AS specialty, ${code} AS code, ${codeName} AS code_name, ${text('family')} AS family,
    coalesce(upper(${text('drug')}), 'N') IN ('Y', 'YES', 'TRUE', '1') AS drug,
    CASE WHEN regexp_full_match(${site}, '\\d') THEN '0' || ${site} ELSE upper(${site}) END AS site,
    ${text('month')} AS month, lower(${services}) IN ${SUPPRESSED_MARKS} AS marked, ${numberSql(services)} AS services,
    ${numberSql(text('beneficiaries'))} AS beneficiaries, ${numberSql(text('beneficiaryDays'))} AS beneficiary_days, ${payment} AS payment_usd,
    CASE
      WHEN ${text('performing')} IS NULL AND ${facility} IS NULL AND ${text('facilityName')} IS NULL THEN 'no provider and no facility'
      WHEN NOT regexp_full_match(coalesce(${npiSql(text('performing'))}, '1111111111'), '\\d{10}') THEN 'the NPI has not ten digits'
      WHEN coalesce(${zipSql(facilityZip)}, ${zipSql(performingZip)}) IS NULL THEN 'no usable ZIP'
      WHEN ${code} IS NULL THEN 'no procedure code'
      WHEN ${site} IS NULL THEN 'no place of service'
      WHEN ${services} IS NULL THEN 'no count'
      WHEN lower(${services}) IN ${SUPPRESSED_MARKS} THEN NULL
      WHEN ${numberSql(services)} IS NULL THEN 'the count is not a number'
      WHEN ${numberSql(services)} < 0 THEN 'the count is negative'
    END AS reason,
    coalesce(${facilityZip}, ${performingZip}, '') AS found,
    CASE WHEN ${lostZero(facilityZip)} OR ${lostZero(performingZip)} OR ${lostZero(text('orderingZip'))} THEN 'lost leading zeros of a ZIP put back' WHEN ${ccn} <> ${text('facilityCcn')} THEN 'lost leading zeros of a CCN put back' END AS repair
    FROM raw`);
}

/** Names every row that was set aside or put right. What a broken row says is not kept: it may be a small count. A row's line counts the header and every broken row before it. */
export async function keepLines(db: DuckDb, snapshotId: string): Promise<void> {
  const id = literal(snapshotId);
  await db.run(`INSERT INTO lines SELECT ${id}, line, 'setAside', reason, '' FROM broken`);
  await db.run(
    `INSERT INTO lines SELECT ${id}, s.row + 1 + coalesce(b.place, 0), CASE WHEN s.reason IS NULL THEN 'repaired' ELSE 'setAside' END,
       coalesce(s.reason, s.repair), s.found
     FROM staged s ASOF LEFT JOIN (SELECT place, line - place - 1 AS rows_before FROM broken) b ON s.row > b.rows_before
     WHERE s.reason IS NOT NULL OR s.repair IS NOT NULL`,
  );
}
