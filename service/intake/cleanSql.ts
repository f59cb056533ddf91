/** A text as a SQL literal: for paths and words of our own, which DuckDB takes no parameter for. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A cell without blanks around it and without the ="…" that keeps zeros in spreadsheets; null where it is empty. */
export const textSql = (column: string) =>
  `nullif(trim(CASE WHEN starts_with(${column}, '="') THEN trim(${column}, '="') ELSE ${column} END), '')`;

/** Whole numbers that went through a spreadsheet end in ".0". Patterns cost most of an import: they see only what needs them. */
export const whole = (column: string) =>
  `CASE WHEN contains(${column}, '.') THEN regexp_replace(${column}, '\\.0+$', '') ELSE ${column} END`;

/** A ZIP as five digits: plus-four parts cut off, lost leading zeros put back; null where there is none. */
export const zipSql = (column: string) => {
  const zip = whole(column);
  return `CASE
  WHEN regexp_full_match(${column}, '\\d{5}') THEN nullif(${column}, '00000')
  WHEN regexp_full_match(${zip}, '0+') THEN NULL
  WHEN regexp_full_match(${zip}, '\\d{5}') THEN ${zip}
  WHEN regexp_full_match(${zip}, '\\d{5}[- ]?\\d{4}') THEN left(${zip}, 5)
  WHEN regexp_full_match(${zip}, '\\d{3,4}') THEN lpad(${zip}, 5, '0')
  WHEN regexp_full_match(${zip}, '\\d{3,4}-\\d{4}') THEN lpad(split_part(${zip}, '-', 1), 5, '0')
  WHEN regexp_full_match(${zip}, '\\d{7,8}') THEN left(lpad(${zip}, 9, '0'), 5)
  END`;
};
export const lostZero = (column: string) =>
  `CASE WHEN ${column} IS NULL OR length(${column}) IN (5, 10) THEN false
    ELSE regexp_full_match(${whole(column)}, '\\d{3,4}|\\d{7,8}|\\d{3,4}-\\d{4}') END`;

/** True where a file withholds a count or writes that it is missing for privacy. */
export const isSuppressedSql = (column: string) =>
  `CASE WHEN coalesce(try_cast(${column} AS DOUBLE), -1) >= 0 THEN false
    ELSE regexp_full_match(lower(${column}), '\\*+|<\\s*\\d+|1\\s*-\\s*10|\\.|-999(\\.0+)?|suppressed|redacted|ds') END`;

/** Thousands and dollar signs are for people; "NaN" and "inf" are no numbers. */
export const numberSql = (column: string) =>
  `CASE WHEN regexp_matches(${column}, '[$,nNiI]')
    THEN try_cast(regexp_replace(${column}, '[$,]|^[+-]?(nan|inf|infinity)$', '', 'gi') AS DOUBLE) ELSE try_cast(${column} AS DOUBLE) END`;
export const npiSql = (column: string) => `nullif(${whole(column)}, '')`;

/** A CCN has six characters; numbers lose their leading zeros in spreadsheets. */
export const ccnSql = (column: string) =>
  `CASE WHEN regexp_full_match(${whole(column)}, '\\d{4,5}') THEN lpad(${whole(column)}, 6, '0') ELSE ${whole(column)} END`;

/** A month as 2026-03, a year as 2026, whatever the file writes; null where it is neither. */
export const monthSql = (column: string) => `CASE
  WHEN regexp_full_match(${column}, '(19|20)\\d{2}(\\.0)?') THEN left(${column}, 4)
  WHEN regexp_full_match(${column}, '(19|20)\\d{2}[-/]?(0[1-9]|1[0-2])([-/T ].*|\\d{2})?')
    THEN left(${column}, 4) || '-' || regexp_extract(${column}, '^\\d{4}[-/]?(\\d{2})', 1)
  WHEN regexp_full_match(${column}, '(\\d{1,2}/)?\\d{1,2}/(19|20)\\d{2}.*')
    THEN regexp_extract(${column}, '/?((?:19|20)\\d{2})', 1) || '-' || lpad(regexp_extract(${column}, '^(\\d{1,2})/', 1), 2, '0')
  WHEN regexp_full_match(${column}, '(19|20)\\d{2}[- ]?Q[1-4]')
    THEN left(${column}, 4) || '-' || lpad((3 * right(${column}, 1)::INTEGER)::VARCHAR, 2, '0')
  END`;
