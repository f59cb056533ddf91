import { ccnSql, isSuppressedSql, literal, lostZero, monthSql, numberSql, textSql } from '../intake/cleanSql.ts';
import { brokenBefore, lineSql, readInto } from '../intake/rawTable.ts';
import type { Source } from '../intake/source.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { codeSql, rolesSql } from './codeSql.ts';
import type { Field } from './fields.ts';
import type { Recognized } from './layouts.ts';

/** What stands between several repairs of one row. */
const AND = ' · ';

/** True where claims name a hospital by its CCN alone: where it stands, the registry knows. */
export function needsPlaces({ at }: Recognized): boolean {
  return (
    at.facilityCcn !== undefined && [at.facilityZip, at.performingZip, at.orderingZip].every((c) => c === undefined)
  );
}

/** Columns of the staged rows, the fields that fill them, and their type. */
const FILLED_BY: Readonly<Record<string, { readonly from: readonly Field[]; readonly type?: string }>> = {
  performing_zip: { from: ['performingZip'] },
  performing_name: { from: ['performingName', 'performingFirst', 'performingLast'] },
  facility: { from: ['facilityNpi', 'facilityCcn', 'facilityId'] },
  facility_npi: { from: ['facilityNpi'] },
  facility_ccn: { from: ['facilityCcn'] },
  facility_name: { from: ['facilityName'] },
  facility_zip: { from: ['facilityZip'] },
  ordering: { from: ['ordering'] },
  ordering_zip: { from: ['orderingZip'] },
  billing: { from: ['billing'] },
  billing_zip: { from: ['billingZip'] },
  row_role: { from: ['role'] },
  specialty: { from: ['specialty'] },
  family: { from: ['family'] },
  month: { from: ['month'] },
  bill_kind: { from: ['billKind'] },
  beneficiaries: { from: ['beneficiaries'], type: 'DOUBLE' },
  beneficiary_days: { from: ['beneficiaryDays'], type: 'DOUBLE' },
};
/** Needed while a row is judged, and of the rows that are told by their line; nobody else reads them. */
const JUDGED = ['performing_text', 'ccn_text', 'code_text', 'services_text', 'money', 'zip_text', 'lost_zero', 'words'];

/** Columns that this file leaves empty in every row. */
function emptyColumns({ at, constants }: Recognized): string[] {
  const has = (field: Field) => at[field] !== undefined || constants[field] !== undefined;
  // there the row's one provider fills them, or the registry does
  if (has('role') || needsPlaces({ at } as Recognized)) return [];
  return Object.keys(FILLED_BY).filter((column) => !FILLED_BY[column]?.from.some(has));
}

/**
 * Reads the file into the temporary view staged: clean columns, `reason` where a row must be set aside, `repair` where
 * values were put right. Only positions reach the SQL, never header text. The table places(ccn, zip, name) must be there. Ten
 * million rows fit the memory because what is empty in all of them takes no place below the view.
 */
export async function stage(db: DuckDb, source: Source, recognized: Recognized): Promise<void> {
  const wide = recognized.wide.map(
    ({ at, code, name }) => `{code: ${literal(code)}, name: ${literal(name)}, count: c${at}}`,
  );
  const from = wide.length === 0 ? 'raw' : `(SELECT raw.*, unnest([${wide.join(', ')}]) AS wide FROM raw) wides`;
  const isNumbered = hasRows(recognized);
  const empty = emptyColumns(recognized);
  const left = [...(isNumbered ? [] : JUDGED), ...empty];
  const narrow = left.length > 0 ? ` EXCLUDE (${left.join(', ')})` : '';
  const select = `SELECT *${narrow} FROM (${stagedSelect(recognized, from, isNumbered)})`;
  await readInto(db, source, { table: 'staged_rows', select, isNumbered });
  const nothing = empty.map((column) => `, NULL::${FILLED_BY[column]?.type ?? 'VARCHAR'} AS ${column}`);
  await db.run(`CREATE OR REPLACE TEMP VIEW staged AS SELECT *${nothing.join('')} FROM staged_rows`);
  if (wide.length === 0) return;
  // A row of many counts is kept where one of them is; a row without any is set aside once.
  await db.run(`DELETE FROM staged_rows s WHERE reason IS NOT NULL AND EXISTS (
      SELECT 1 FROM staged_rows o WHERE o.row = s.row AND (o.reason IS NULL OR o.code < s.code))`);
}

function stagedSelect(recognized: Recognized, from: string, isNumbered: boolean): string {
  const { at, layout, constants, wide } = recognized;
  const text = (field: Field) => {
    if (at[field] !== undefined) return textSql(`c${at[field]}`);
    return constants[field] === undefined ? 'NULL::VARCHAR' : literal(constants[field]);
  };
  const code = codeSql(text, recognized);
  const who = rolesSql(text, recognized);
  const services = `CASE WHEN lower(${wide.length > 0 ? textSql('wide.count') : text('services')}) IN ('not available', 'n/a', 'na', 'null', 'none') THEN NULL
    ELSE ${wide.length > 0 ? textSql('wide.count') : text('services')} END`;
  const payment =
    at.payment === undefined
      ? `${numberSql(text('averagePayment'))} * ${numberSql('services_text')}`
      : numberSql(text('payment'));
  const site = layout.site === undefined ? text('site') : literal(layout.site);
  const ccn = ccnSql(text('facilityCcn'));
  const zips = [who.performingZip, text('facilityZip'), text('orderingZip'), text('billingZip')];
  const places = needsPlaces(recognized) ? `LEFT JOIN places p ON p.ccn = ${ccn}` : '';
  const [placeName, placeZip] = places === '' ? ['NULL', 'NULL'] : ['p.name', 'p.zip'];
  const cells = `SELECT ${isNumbered ? 'row, ' : ''}${who.performing} AS performing_text, ${who.columns},
      ${text('facilityCcn')} AS ccn_text, ${ccn} AS facility_ccn, coalesce(${who.facilityName}, ${placeName}) AS facility_name,
      coalesce(${who.facilityZip}, ${placeZip}) AS facility_zip, ${text('specialty')} AS specialty, ${code.code} AS code, ${code.text} AS code_text,
      ${code.name} AS code_name, ${text('family')} AS family, coalesce(upper(${text('drug')}), 'N') IN ('Y', 'YES', 'TRUE', '1') AS drug,
      coalesce(CASE WHEN regexp_full_match(${site}, '\\d(\\.0+)?') THEN '0' || left(${site}, 1) ELSE upper(regexp_replace(${site}, '\\.0+$', '')) END, '99') AS site,
      ${wide.length > 0 ? `left(${monthSql(text('month'))}, 4)` : monthSql(text('month'))} AS month, ${text('billKind')} AS bill_kind, ${services} AS services_text,
      ${numberSql(text('beneficiaries'))} AS beneficiaries, ${numberSql(text('beneficiaryDays'))} AS beneficiary_days,
      ${at.payment === undefined ? `${numberSql(text('averagePayment'))}` : payment} AS money,
      coalesce(${zips.join(', ')}, '') AS zip_text, ${zips.map((zip) => `coalesce(${lostZero(zip)}, false)`).join(' OR ')} AS lost_zero,
      concat_ws(' ', ${text('performingLast')}, ${text('performingFirst')}) AS words
    FROM ${from} ${places}`;
  return `SELECT *, ${isSuppressedSql('services_text')} AS marked, ${numberSql('services_text')} AS services,
      ${at.payment === undefined ? `money * ${numberSql('services_text')}` : 'money'} AS payment_usd,
      ${reasonSql(recognized)} AS reason, ${repairSql} AS repair FROM (${cells})`;
}

function reasonSql(recognized: Recognized): string {
  const noZip = needsPlaces(recognized)
    ? 'the hospital is in no list yet: import a registry file with its CCN first'
    : 'no usable ZIP';
  return `CASE
      WHEN starts_with(performing, '000') AND words ILIKE '%copyright%american medical%' THEN 'the copyright line of the AMA, not data'
      WHEN ${recognized.at.role === undefined ? 'false' : 'row_role IS NULL'} THEN 'the role of the provider is none that we know'
      WHEN coalesce(performing, facility, facility_name, ordering, billing) IS NULL THEN 'no provider and no facility'
      WHEN NOT regexp_full_match(coalesce(performing, '1111111111'), '\\d{10}') THEN 'the NPI has not ten digits'
      WHEN coalesce(facility_zip, performing_zip, ordering_zip, billing_zip) IS NULL THEN ${literal(noZip)}
      WHEN code IS NULL THEN 'no procedure code'
      WHEN services_text IS NULL THEN 'no count'
      WHEN ${isSuppressedSql('services_text')} THEN NULL
      WHEN ${numberSql('services_text')} IS NULL THEN 'the count is not a number'
      WHEN ${numberSql('services_text')} < 0 THEN 'the count is negative'
    END`;
}

const repairSql = `nullif(concat_ws('${AND}',
      CASE WHEN lost_zero THEN 'lost leading zeros of a ZIP put back' END,
      CASE WHEN facility_ccn <> ccn_text THEN 'lost leading zeros of a CCN put back' END,
      CASE WHEN length(code_text) > length(code) THEN 'modifier cut off a code' WHEN length(code_text) < length(code) THEN 'lost leading zeros of a code put back' END), '')`;

/** Rows that are multiplied carry their number; all others are staged without, in all threads. */
function hasRows({ wide }: Recognized): boolean {
  return wide.length > 0;
}

/** Names every row that was set aside or put right. What is shown of a row is its ZIP or NPI, never a count. */
export async function keepLines(db: DuckDb, snapshotId: string, { source, recognized }: Staged): Promise<void> {
  const id = literal(snapshotId);
  await db.run(`INSERT INTO lines SELECT ${id}, line, 'setAside', reason, '' FROM broken`);
  const faulty = await faultyRows(db, { source, recognized });
  if (faulty === null) return;
  await db.run(
    `INSERT INTO lines SELECT DISTINCT ${id}, ${lineSql(source)}, CASE WHEN s.reason IS NULL THEN 'repaired' ELSE 'setAside' END,
       unnest(CASE WHEN s.reason IS NULL THEN string_split(s.repair, '${AND}') ELSE [s.reason] END),
       CASE WHEN s.reason LIKE 'the NPI%' THEN s.performing_text ELSE s.zip_text END
     FROM ${faulty} s ${brokenBefore(source)} WHERE s.reason IS NOT NULL OR s.repair IS NOT NULL`,
  );
}

interface Staged {
  readonly source: Source;
  readonly recognized: Recognized;
}

const FAULTY = 'reason IS NOT NULL OR repair IS NOT NULL';

/** The table of rows that were set aside or put right, numbered; those of a file staged without numbers are read once more. */
async function faultyRows(db: DuckDb, { source, recognized }: Staged): Promise<string | null> {
  const [found] = await db.all(`SELECT 1 FROM staged WHERE ${FAULTY} LIMIT 1`);
  if (!found) return null;
  if (hasRows(recognized)) return 'staged';
  const select = `SELECT row, reason, repair, performing_text, zip_text FROM (${stagedSelect(recognized, 'raw', true)}) WHERE ${FAULTY}`;
  await readInto(db, source, { table: 'faulty', select });
  return 'faulty';
}
