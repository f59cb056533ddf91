/** A text as a SQL literal: for paths and words of our own, which DuckDB takes no parameter for. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A ZIP as five digits: plus-four parts cut off, lost leading zeros put back; null where there is none. */
export const zipSql = (column: string) => `CASE
  WHEN regexp_full_match(${column}, '0+') THEN NULL
  WHEN regexp_full_match(${column}, '\\d{5}') THEN ${column}
  WHEN regexp_full_match(${column}, '\\d{5}-\\d{4}') OR regexp_full_match(${column}, '\\d{9}') THEN left(${column}, 5)
  WHEN regexp_full_match(${column}, '\\d{3,4}') THEN lpad(${column}, 5, '0')
  WHEN regexp_full_match(${column}, '\\d{7,8}') THEN left(lpad(${column}, 9, '0'), 5)
  END`;
export const lostZero = (column: string) => `regexp_full_match(coalesce(${column}, ''), '\\d{3,4}|\\d{7,8}')`;
/** What files write where a count is withheld or missing. */
export const SUPPRESSED_MARKS = `('*', '<11', '< 11', '.', '-999', 'suppressed')`;
/** Thousands and dollar signs are for people. */
export const numberSql = (column: string) => `try_cast(regexp_replace(${column}, '[$,]', '', 'g') AS DOUBLE)`;
/** NPIs that went through a spreadsheet end in ".0". */
export const npiSql = (column: string) => `nullif(regexp_replace(trim(${column}), '\\.0+$', ''), '')`;

/** A CCN has six characters; numbers lose their leading zeros in spreadsheets. */
export const ccnSql = (column: string) =>
  `CASE WHEN regexp_full_match(${column}, '\\d{4,5}') THEN lpad(${column}, 6, '0') ELSE ${column} END`;
