import { ccnSql, npiSql, whole, zipSql } from '../intake/cleanSql.ts';
import type { Field } from './fields.ts';
import type { Recognized } from './layouts.ts';

type Text = (field: Field) => string;

interface CodeSql {
  readonly code: string;
  /** As the file writes it; longer than the code where a modifier hung on it, shorter where it lost zeros. */
  readonly text: string;
  readonly name: string;
}

/**
 * The code of a row. An MS-DRG has three digits, in a column of its own or before its name ("039 - EXTRACRANIAL …"); a HCPCS
 * code has five characters, and modifiers after it are cut off ("17311-59").
 */
export function codeSql(text: Text, { at, layout, wide }: Recognized): CodeSql {
  if (wide.length > 0) return { code: 'wide.code', text: 'wide.code', name: 'wide.name' };
  const digits = (column: string) => `lpad(nullif(regexp_extract(${column}, '^\\s*(\\d{1,3})(\\D|$)', 1), ''), 3, '0')`;
  if (at.drg !== undefined) return { code: digits(text('drg')), text: digits(text('drg')), name: text('codeName') };
  if (at.drgDefinition !== undefined) {
    const both = text('drgDefinition');
    const name = `nullif(regexp_replace(${both}, '^\\s*\\d{1,3}\\s*-?\\s*', ''), '')`;
    return { code: digits(both), text: digits(both), name };
  }
  const written = text('code');
  const code = `upper(${whole(written)})`;
  const bare = `regexp_replace(${code}, '^([A-Z0-9]{5})([-\\s:.,]+[A-Z0-9]{2})+$', '\\1')`;
  const padded = layout.isHcpcs
    ? `CASE WHEN regexp_full_match(${bare}, '\\d{3,4}') THEN lpad(${bare}, 5, '0') ELSE ${bare} END`
    : bare;
  // Nearly every code has five characters and needs nothing.
  const clean = `CASE WHEN regexp_full_match(${written}, '[A-Z0-9]{5}') THEN ${written} ELSE ${padded} END`;
  return { code: clean, text: code, name: text('codeName') };
}

interface RolesSql {
  readonly performing: string;
  readonly performingZip: string;
  readonly facilityZip: string;
  readonly facilityName: string;
  /** performing, performing_zip, performing_name, facility, facility_npi, ordering, ordering_zip, billing, billing_zip, row_role. */
  readonly columns: string;
}

/** How a file calls the role that a row is about; where the care was given may differ from the facility that reports it. */
const ROLE_WORDS = {
  billing: 'bill|pay.?to',
  location: 'location|site',
  facility: 'facil|hospital',
  ordering: 'order|refer',
  performing: 'perform|render|servic|operat|attend',
} as const;

/**
 * Who did what: a file has columns for each role, or one provider a row and a column that tells its role; then each row counts
 * under that role alone, as the same claims come again in the rows of the other roles.
 */
export function rolesSql(text: Text, { at }: Recognized): RolesSql {
  const roles = Object.entries(ROLE_WORDS)
    .map(([role, words]) => `WHEN regexp_matches(lower(${text('role')}), '${words}') THEN '${role}'`)
    .join(' ');
  const role = at.role === undefined ? 'NULL::VARCHAR' : `CASE ${roles} END`;
  const own =
    at.performingName === undefined
      ? `nullif(concat_ws(' ', ${text('performingFirst')}, ${text('performingLast')}), '')`
      : text('performingName');
  /** The field itself, or the row's one provider where the row is about this role. */
  const as = (of: keyof typeof ROLE_WORDS, field: string, provider: string) => {
    if (at.role === undefined) return of === 'performing' ? provider : field;
    const roles = of === 'facility' ? `IN ('facility', 'location')` : `= '${of}'`;
    return `CASE WHEN ${role} ${roles} THEN ${provider} ELSE ${of === 'performing' ? 'NULL' : field} END`;
  };
  const [npi, zip] = [npiSql(text('performing')), zipSql(text('performingZip'))];
  const facilityNpi = as('facility', npiSql(text('facilityNpi')), npi);
  const columns = [
    `${as('performing', 'NULL', npi)} AS performing`,
    `${as('performing', 'NULL', zip)} AS performing_zip`,
    `${as('performing', 'NULL', own)} AS performing_name`,
    `coalesce(${facilityNpi}, ${ccnSql(text('facilityCcn'))}, ${text('facilityId')}) AS facility`,
    `${facilityNpi} AS facility_npi`,
    `${as('ordering', npiSql(text('ordering')), npi)} AS ordering`,
    `${as('ordering', zipSql(text('orderingZip')), zip)} AS ordering_zip`,
    `${as('billing', npiSql(text('billing')), npi)} AS billing`,
    `${as('billing', zipSql(text('billingZip')), zip)} AS billing_zip`,
    `${role} AS row_role`,
  ];
  return {
    performing: text('performing'),
    performingZip: text('performingZip'),
    facilityZip: as('facility', zipSql(text('facilityZip')), zip),
    facilityName: as('facility', text('facilityName'), own),
    columns: columns.join(', '),
  };
}
