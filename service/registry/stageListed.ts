import { lostZero, npiSql, numberSql, textSql, zipSql } from '../intake/cleanSql.ts';
import { facilityCcnSql, hospitalCcnSql, npiChecksSql } from './keySql.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { kindOfTaxonomySql, kindOfTextSql } from './kinds.ts';
import type { Field, Recognized } from './layouts.ts';

/** Farther from its ZIP's point than this a coordinate is not believed: in real lists 98 % lie within 21 km. */
export const FAR_KM = 80;

/** Great-circle distance in km in SQL; null where a coordinate is missing. */
const distanceSql = (aLat: string, aLon: string, bLat: string, bLon: string) =>
  `2 * 6371.0088 * asin(least(1, sqrt(sin(radians(${bLat} - ${aLat}) / 2) ** 2
    + cos(radians(${aLat})) * cos(radians(${bLat})) * sin(radians(${bLon} - ${aLon}) / 2) ** 2)))`;

/** The United States with their islands, from American Samoa to Alaska and from Guam to the Virgin Islands. */
const inUsSql = (lat: string, lon: string) =>
  `(${lat} BETWEEN -15 AND 72 AND (${lon} BETWEEN -180 AND -64 OR ${lon} BETWEEN 144 AND 180))`;

export const DEACTIVATED = 'the NPI is deactivated';
export const SWAPPED = 'latitude and longitude were swapped: put right';
export const LOST_SIGN = 'the longitude had lost its minus sign: put back';

/**
 * The SELECT over raw that makes staged(row, npi, …, reason, repairs, warns, found) of a file about providers or facilities:
 * clean columns, why a row must be set aside, what was put right, what to look at. Only positions reach the SQL.
 */
export function listedSql(recognized: Recognized, file: string): string {
  const { at, layout } = recognized;
  const text = (field: Field) => (at[field] === undefined ? 'NULL::VARCHAR' : textSql(`c${at[field]}`));
  const isNppes = layout.id === 'nppes';
  const person = isNppes ? `coalesce(${text('entity')} = '1', false)` : 'false';
  const name = isNppes
    ? `CASE WHEN ${person} THEN nullif(concat_ws(' ', ${text('firstName')}, ${text('middleName')}, ${text('lastName')}), '') ELSE ${text('name')} END`
    : text('name');
  const kind = isNppes ? kindOfTaxonomySql('taxes', 'is_person') : kindOfTextSql('kind_text', 'name', layout.id, file);
  // An empty NPI stands for a deactivated one whose details are withheld.
  const gone = `${text('deactivated')} IS NOT NULL AND ${text('reactivated')} IS NULL`;
  const inner = `SELECT row, ${npiSql(text('npi'))} AS npi_text, ${text('ccn')} AS ccn_text, ${facilityCcnSql(text('ccn'))} AS ccn,
      ${person} AS is_person, ${name} AS name, ${text('otherName')} AS other_name, ${text('kindText')} AS kind_text,
      nullif(concat_ws(', ', ${text('address')}, ${text('address2')}), '') AS address, ${text('city')} AS city,
      upper(${text('state')}) AS state, ${text('zip')} AS zip_text, ${zipSql(text('zip'))} AS zip,
      ${numberSql(text('lat'))} AS lat0, ${numberSql(text('lon'))} AS lon0, ${text('phone')} AS phone, ${text('ownership')} AS ownership,
      lower(${text('emergency')}) IN ('yes', 'y', 'true', '1') AS emergency, ${numberSql(text('beds'))}::INTEGER AS beds,
      ${text('updated')} AS updated, ${taxesSql(recognized)} AS taxes, ${gone} AS gone, coalesce(upper(${text('country')}), 'US') AS country
    FROM raw`;
  return `SELECT row, npi, ccn, ${hospitalCcnSql('ccn')} AS hospital_ccn, is_person, name, other_name, ${kind} AS kind, kind_text, address, city, state,
      zip, lat, lon, ${distanceSql('lat', 'lon', 'z_lat', 'z_lon')} AS zip_km, phone, ownership, emergency, beds, updated, taxes,
      ${reasonSql} AS reason, ${repairsSql} AS repairs, ${warnsSql} AS warns, coalesce(npi_text, ccn_text, name, '') AS found
    FROM (${placedSql(inner)})`;
}

/** Puts coordinates in order and drops an NPI that is none. */
function placedSql(inner: string): string {
  const from = (lat: string, lon: string) => distanceSql(lat, lon, 'z_lat', 'z_lon');
  // As they stand where that is plausible; another reading must be plausible and, where the ZIP is known, near it.
  const reads = (lat: string, lon: string) =>
    `(${inUsSql(lat, lon)} AND (z_lat IS NULL OR ${from(lat, lon)} <= ${FAR_KM}))`;
  const fine = `(${inUsSql('lat0', 'lon0')} AND (z_lat IS NULL OR ${from('lat0', 'lon0')} <= ${FAR_KM}))`;
  const how = `CASE WHEN lat0 IS NULL OR lon0 IS NULL OR ${fine} THEN 'as is' WHEN ${reads('lon0', 'lat0')} THEN 'swapped'
    WHEN ${reads('lat0', '-lon0')} THEN 'sign' WHEN ${reads('lon0', '-lat0')} THEN 'swapped sign' ELSE 'as is' END`;
  return `SELECT *, CASE WHEN how LIKE 'swapped%' THEN lon0 ELSE lat0 END AS lat,
      CASE how WHEN 'swapped' THEN lat0 WHEN 'sign' THEN -lon0 WHEN 'swapped sign' THEN -lat0 ELSE lon0 END AS lon,
      CASE WHEN regexp_full_match(npi_text, '\\d{10}') THEN npi_text END AS npi
    FROM (SELECT t.*, ${how} AS how FROM (
      SELECT i.*, z.lat AS z_lat, z.lon AS z_lon FROM (${inner}) i LEFT JOIN zip_points z ON z.zip = i.zip) t)`;
}

const reasonSql = `CASE
    WHEN gone THEN '${DEACTIVATED}'
    WHEN npi IS NULL AND ccn IS NULL AND npi_text IS NULL AND ccn_text IS NULL THEN 'neither an NPI nor a CCN'
    WHEN npi IS NULL AND ccn IS NULL AND npi_text IS NOT NULL THEN 'the NPI has not ten digits'
    WHEN npi IS NULL AND ccn IS NULL THEN 'the CCN has none of CMS''s forms'
    WHEN name IS NULL THEN 'no name' END`;

const listOf = (cases: readonly (readonly [condition: string, words: string])[]) =>
  `list_filter([${cases.map(([condition, words]) => `CASE WHEN ${condition} THEN '${words.replaceAll("'", "''")}' END`).join(', ')}], lambda x: x IS NOT NULL)`;

const repairsSql = listOf([
  [`how LIKE 'swapped%'`, SWAPPED],
  [`how LIKE '%sign'`, LOST_SIGN],
  [lostZero('zip_text'), 'lost leading zeros of a ZIP put back'],
  [
    `ccn IS NOT NULL AND length(ccn) > length(regexp_replace(ccn_text, '[^A-Za-z0-9]', '', 'g'))`,
    'lost leading zeros of a CCN put back',
  ],
]);

const warnsSql = listOf([
  [`npi IS NOT NULL AND NOT ${npiChecksSql('npi')}`, 'the NPI fails its check digit: kept as it stands'],
  [`npi IS NULL AND npi_text IS NOT NULL AND ccn IS NOT NULL`, 'the NPI has not ten digits: known by its CCN alone'],
  [`ccn IS NULL AND ccn_text IS NOT NULL`, "what stands as CCN has none of CMS's forms: known by its NPI alone"],
  [`zip IS NULL AND country = 'US'`, 'no usable ZIP'],
  [`zip IS NULL AND country <> 'US'`, 'an address outside of the United States'],
  [
    `z_lat IS NOT NULL AND lat IS NOT NULL AND ${distanceSql('lat', 'lon', 'z_lat', 'z_lon')} > ${FAR_KM}`,
    `coordinates more than ${FAR_KM} km from the point of the ZIP: the ZIP's point is used`,
  ],
]);

/** Taxonomy slots as a list of {slot, code, is_primary}; where no switch says Y the first slot counts as primary. */
function taxesSql({ at, slots, layout }: Recognized): string {
  const single = layout.id === 'facilityList' && at.taxonomy !== undefined;
  const all = single ? [{ code: at.taxonomy!, isPrimary: null }] : slots;
  if (all.length === 0) return `[]::STRUCT(slot INTEGER, code VARCHAR, is_primary BOOLEAN)[]`;
  const structs = all.map(({ code, isPrimary }, i) => {
    const primary = isPrimary === null ? 'true' : `coalesce(upper(trim(c${isPrimary})) = 'Y', false)`;
    return `{'slot': ${i + 1}, 'code': nullif(upper(trim(c${code})), ''), 'is_primary': ${primary}}`;
  });
  return `list_filter([${structs.join(', ')}], lambda x: x.code IS NOT NULL)`;
}

/** Sets aside rows that say nothing new and tells of those that are another part of a record. */
export async function markDoubles(db: DuckDb): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE doubled AS SELECT npi FROM staged WHERE reason IS NULL AND npi IS NOT NULL GROUP BY npi HAVING count(*) > 1;
    CREATE OR REPLACE TEMP TABLE doubled_ccn AS SELECT ccn FROM staged WHERE reason IS NULL AND ccn IS NOT NULL GROUP BY ccn HAVING count(*) > 1`);
  const same = ['name', 'address', 'city', 'state', 'zip'].map((column) => `upper(${column})`);
  await db.run(`CREATE OR REPLACE TEMP TABLE doubles AS SELECT row,
      row_number() OVER (PARTITION BY npi, ccn, ${same.join(', ')} ORDER BY row) > 1 AS is_same,
      npi IS NOT NULL AND row_number() OVER (PARTITION BY npi ORDER BY row) > 1 AS same_npi,
      ccn IS NOT NULL AND row_number() OVER (PARTITION BY ccn ORDER BY row) > 1 AS same_ccn
    FROM staged WHERE reason IS NULL AND (npi IN (FROM doubled) OR ccn IN (FROM doubled_ccn))`);
  await db.run(
    `UPDATE staged SET reason = 'the same record stands in an earlier line' FROM doubles d WHERE d.row = staged.row AND d.is_same`,
  );
  await db.run(`UPDATE staged SET repairs = list_append(repairs, CASE WHEN same_npi
      THEN 'its NPI stands in an earlier line: merged into one record, its name and address kept beside'
      ELSE 'its CCN stands in an earlier line: merged into one record, its NPI, name and address kept beside' END)
    FROM doubles d WHERE d.row = staged.row AND NOT d.is_same AND (same_npi OR same_ccn)`);
}
