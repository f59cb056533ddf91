import { BailiwickError } from '../core/errors.ts';
import type { FileHead } from './fileHead.ts';
import type { Field, Recognized } from './layouts.ts';
import type { ClaimsDb } from './store.ts';

/** Counts below this one are guarded: CMS lets no count from 1 to 10 be shown. */
export const THRESHOLD = 11;
/** What a guarded count is taken for: the middle of 1 to 10. */
export const IMPUTED = 5.5;

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * Loads the file as text into the temporary table raw(row, c0, c1, …), and the rows that broke the file's own form into
 * broken(line, place, reason, found), where place counts them from 1.
 */
export async function loadRaw(db: ClaimsDb, path: string, { header, delimiter, quoted }: FileHead): Promise<void> {
  const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const quote = quoted ? `quote = '"', escape = '"'` : `quote = '', escape = ''`;
  try {
    await db.run(
      `CREATE OR REPLACE TEMP TABLE raw AS SELECT row_number() OVER () AS row, * FROM read_csv(${literal(path)}, auto_detect = false,
         columns = {${columns}}, delim = ${literal(delimiter)}, ${quote}, header = true, ignore_errors = true, strict_mode = true,
         store_rejects = true, rejects_table = 'rejects', rejects_scan = 'rejects_scan', max_line_size = 4000000)`,
    );
  } catch (cause) {
    throw new BailiwickError('file_not_recognized', `The file could not be read: ${String(cause).split('\n')[0]}`, {
      action: 'Check that it is complete and saved as UTF-8 text.',
      cause,
    });
  }
  const cases = Object.entries(FORM_ERRORS).map(([error, reason]) => `WHEN ${literal(error)} THEN ${literal(reason)}`);
  await db.run(
    `CREATE OR REPLACE TEMP TABLE broken AS SELECT line, row_number() OVER (ORDER BY line) AS place,
       CASE first(error_type::VARCHAR) ${cases.join(' ')} ELSE 'the row could not be read' END AS reason,
       left(trim(first(csv_line), E' \\r\\n'), 60) AS found
     FROM rejects GROUP BY line; DROP TABLE rejects; DROP TABLE rejects_scan`,
  );
}

const FORM_ERRORS: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'the row has fewer columns than the header',
  'TOO MANY COLUMNS': 'the row has more columns than the header',
  'UNQUOTED VALUE': 'a quote is not closed: rows after it could not be told apart',
  'INVALID ENCODING': 'the row is not UTF-8 text',
};

/** A ZIP as five digits: plus-four parts cut off, lost leading zeros put back; null where there is none. */
const zipSql = (column: string) => `CASE
  WHEN regexp_full_match(${column}, '0+') THEN NULL
  WHEN regexp_full_match(${column}, '\\d{5}') THEN ${column}
  WHEN regexp_full_match(${column}, '\\d{5}-\\d{4}') OR regexp_full_match(${column}, '\\d{9}') THEN left(${column}, 5)
  WHEN regexp_full_match(${column}, '\\d{3,4}') THEN lpad(${column}, 5, '0')
  WHEN regexp_full_match(${column}, '\\d{7,8}') THEN left(lpad(${column}, 9, '0'), 5)
  END`;
const lostZero = (column: string) => `regexp_full_match(coalesce(${column}, ''), '\\d{3,4}|\\d{7,8}')`;
const SUPPRESSED_MARKS = `('*', '<11', '< 11', '.', '-999', 'suppressed')`;
/** Thousands and dollar signs are for people. */
const number = (column: string) => `try_cast(regexp_replace(${column}, '[$,]', '', 'g') AS DOUBLE)`;
/** NPIs that went through a spreadsheet end in ".0". */
const npiSql = (column: string) => `nullif(regexp_replace(trim(${column}), '\\.0+$', ''), '')`;

/** A CCN has six characters; numbers lose their leading zeros in spreadsheets. */
const ccnSql = (column: string) =>
  `CASE WHEN regexp_full_match(${column}, '\\d{4,5}') THEN lpad(${column}, 6, '0') ELSE ${column} END`;

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
export async function stage(db: ClaimsDb, recognized: Recognized): Promise<void> {
  const { at, layout } = recognized;
  const text = (field: Field) => (at[field] === undefined ? 'NULL::VARCHAR' : `nullif(trim(c${at[field]}), '')`);
  const { code, name: codeName } = codeSql(text, recognized);
  const ccn = ccnSql(text('facilityCcn'));
  const site = layout.site === undefined ? text('site') : literal(layout.site);
  const [performingZip, facilityZip] = [text('performingZip'), text('facilityZip')];
  const services = text('services');
  const payment =
    at.payment === undefined ? `${number(text('averagePayment'))} * ${number(services)}` : number(text('payment'));
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
    ${text('month')} AS month, lower(${services}) IN ${SUPPRESSED_MARKS} AS marked, ${number(services)} AS services,
    ${number(text('beneficiaries'))} AS beneficiaries, ${number(text('beneficiaryDays'))} AS beneficiary_days, ${payment} AS payment_usd,
    CASE
      WHEN ${text('performing')} IS NULL AND ${facility} IS NULL AND ${text('facilityName')} IS NULL THEN 'no provider and no facility'
      WHEN NOT regexp_full_match(coalesce(${npiSql(text('performing'))}, '1111111111'), '\\d{10}') THEN 'the NPI has not ten digits'
      WHEN coalesce(${zipSql(facilityZip)}, ${zipSql(performingZip)}) IS NULL THEN 'no usable ZIP'
      WHEN ${code} IS NULL THEN 'no procedure code'
      WHEN ${site} IS NULL THEN 'no place of service'
      WHEN ${services} IS NULL THEN 'no count'
      WHEN lower(${services}) IN ${SUPPRESSED_MARKS} THEN NULL
      WHEN ${number(services)} IS NULL THEN 'the count is not a number'
      WHEN ${number(services)} < 0 THEN 'the count is negative'
    END AS reason,
    coalesce(${facilityZip}, ${performingZip}, '') AS found,
    CASE WHEN ${lostZero(facilityZip)} OR ${lostZero(performingZip)} OR ${lostZero(text('orderingZip'))} THEN 'lost leading zeros of a ZIP put back' WHEN ${ccn} <> ${text('facilityCcn')} THEN 'lost leading zeros of a CCN put back' END AS repair
    FROM raw`);
}

/** Names every row that was set aside or put right. A row's line counts the header and every broken row before it. */
export async function keepLines(db: ClaimsDb, snapshotId: string): Promise<void> {
  const id = literal(snapshotId);
  await db.run(`INSERT INTO lines SELECT ${id}, line, 'setAside', reason, found FROM broken`);
  await db.run(
    `INSERT INTO lines SELECT ${id}, s.row + 1 + coalesce(b.place, 0), CASE WHEN s.reason IS NULL THEN 'repaired' ELSE 'setAside' END,
       coalesce(s.reason, s.repair), s.found
     FROM staged s ASOF LEFT JOIN (SELECT place, line - place - 1 AS rows_before FROM broken) b ON s.row > b.rows_before
     WHERE s.reason IS NOT NULL OR s.repair IS NOT NULL`,
  );
}

/**
 * Adds the kept rows up to cells and guards them. Marked rows count as the imputed value; a sum from 1 to 10 becomes it; the
 * money of a guarded cell becomes the imputed count times the mean payment of the code's open cells (of all, where it has none), so
 * that it betrays nothing.
 */
export async function addCells(db: ClaimsDb, snapshotId: string): Promise<void> {
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
