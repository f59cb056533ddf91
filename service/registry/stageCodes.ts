import { literal, npiSql, textSql } from '../intake/cleanSql.ts';
import { facilityCcnSql } from './keySql.ts';
import type { Field, Recognized } from './layouts.ts';

const NO_REPAIRS = `[]::VARCHAR[] AS repairs, []::VARCHAR[] AS warns`;
const textOf =
  ({ at }: Recognized) =>
  (field: Field) =>
    at[field] === undefined ? 'NULL::VARCHAR' : textSql(`c${at[field]}`);

/** staged(row, system, code, name, short_name, family, reason, …) of a list of procedure codes. */
export function codesSql(recognized: Recognized): string {
  const { at } = recognized;
  const text = textOf(recognized);
  const field = (['hcpcs', 'drg', 'cpt', 'code'] as const).find((each) => at[each] !== undefined) ?? 'code';
  const bare = `upper(regexp_replace(${text(field)}, '\\s', '', 'g'))`;
  const code =
    field === 'drg'
      ? `CASE WHEN regexp_full_match(${bare}, '\\d{1,3}') THEN lpad(${bare}, 3, '0') ELSE ${bare} END`
      : bare;
  const repairs =
    field === 'drg'
      ? `CASE WHEN regexp_full_match(${bare}, '\\d{1,2}') THEN ['lost leading zeros of a DRG put back'] ELSE [] END::VARCHAR[]`
      : '[]::VARCHAR[]';
  return `SELECT row, ${literal(SYSTEMS[field])} AS system, ${code} AS code,
      coalesce(${text('description')}, ${text('shortName')}) AS name, ${text('shortName')} AS short_name, ${text('grouping')} AS family,
      CASE WHEN ${bare} IS NULL THEN 'no code' WHEN length(${bare}) > 20 THEN 'the code has more than 20 characters'
        WHEN coalesce(${text('description')}, ${text('shortName')}) IS NULL THEN 'no description'
        WHEN row_number() OVER (PARTITION BY ${bare} ORDER BY row) > 1 THEN 'the code stands in an earlier line' END AS reason,
      ${repairs} AS repairs, []::VARCHAR[] AS warns, coalesce(${bare}, '') AS found FROM raw`;
}

const SYSTEMS = { hcpcs: 'hcpcs', drg: 'msDrg', cpt: 'cpt', code: 'own' } as const;

/** The coding system that a list of codes is about: each has a newest list of its own. */
export function codeSystem({ at }: Recognized): string {
  return SYSTEMS[(['hcpcs', 'drg', 'cpt', 'code'] as const).find((each) => at[each] !== undefined) ?? 'code'];
}

/** staged of the user's own NUCC list. */
export function taxonomySql(recognized: Recognized): string {
  const text = textOf(recognized);
  const code = `upper(${text('code')})`;
  return `SELECT row, ${code} AS code, ${text('grouping')} AS grouping, ${text('classification')} AS classification,
      ${text('specialization')} AS specialization, ${text('display')} AS display,
      CASE WHEN ${code} IS NULL THEN 'no code' WHEN NOT regexp_full_match(${code}, '[0-9A-Z]{9}X') THEN 'no taxonomy code: nine characters and an X'
        WHEN ${text('classification')} IS NULL THEN 'no classification'
        WHEN row_number() OVER (PARTITION BY ${code} ORDER BY row) > 1 THEN 'the code stands in an earlier line' END AS reason,
      ${NO_REPAIRS}, coalesce(${code}, '') AS found FROM raw`;
}

/** staged(row, npi, facility, …) of a list of who works where; the CCN names the facility, else its NPI. */
export function affiliationsSql(recognized: Recognized): string {
  const text = textOf(recognized);
  const npi = npiSql(text('npi'));
  const ccn = facilityCcnSql(text('affiliatedCcn'));
  const other = `CASE WHEN regexp_full_match(${npiSql(text('affiliatedNpi'))}, '\\d{10}') THEN ${npiSql(text('affiliatedNpi'))} END`;
  const facility = `coalesce(${ccn}, ${other})`;
  return `SELECT row, ${npi} AS npi, ${facility} AS facility,
      CASE WHEN ${npi} IS NULL OR NOT regexp_full_match(${npi}, '\\d{10}') THEN 'the NPI has not ten digits'
        WHEN ${facility} IS NULL THEN 'no facility'
        WHEN row_number() OVER (PARTITION BY ${npi}, ${facility} ORDER BY row) > 1 THEN 'the same affiliation stands in an earlier line' END AS reason,
      ${NO_REPAIRS}, concat_ws(' ', ${npi}, coalesce(${text('affiliatedCcn')}, ${text('affiliatedNpi')})) AS found FROM raw`;
}
