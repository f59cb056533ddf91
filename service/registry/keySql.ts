/** True for ten digits whose last one is the check digit of the others (Luhn over 80840 + the number; CMS, 45 CFR 162.406). */
export const npiChecksSql = (npi: string) => {
  const digit = (i: number) => `substr(${npi}, ${i}, 1)`;
  const doubled = (i: number) => `translate(${digit(i)}, '0123456789', '0246813579')::INTEGER`;
  const terms = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? doubled(i + 1) : `${digit(i + 1)}::INTEGER`));
  // 24 is what the prefix 80840 adds.
  return `CASE WHEN regexp_full_match(${npi}, '\\d{10}') THEN (24 + ${terms.join(' + ')}) % 10 = 0 ELSE false END`;
};

/**
 * A CCN in one of CMS's forms: 010001 (hospital), 01S001 or 01TA01 (unit or swing beds of one), 01014F (federal),
 * 01C0001234 (surgical center). Lost leading zeros are put back; null for anything else.
 */
export const facilityCcnSql = (column: string) => {
  const bare = `upper(regexp_replace(${column}, '[^A-Za-z0-9]', '', 'g'))`;
  const full = `CASE WHEN regexp_full_match(${bare}, '\\d{4,5}|\\d[A-Z]\\d{3}|\\d{4}[A-Z]') THEN lpad(${bare}, 6, '0')
    WHEN regexp_full_match(${bare}, '\\dC\\d{7}') THEN lpad(${bare}, 10, '0') ELSE ${bare} END`;
  return `CASE WHEN regexp_full_match(${full}, '\\d{6}|\\d{2}[A-Z]\\d{3}|\\d{2}[A-Z]{2}\\d{2}|\\d{5}[A-Z]|\\d{2}C\\d{7}')
    AND NOT regexp_full_match(${full}, '0+') THEN ${full} END`;
};

/**
 * The hospital that a CCN belongs to: a psychiatric or rehabilitation unit or swing beds carry a letter in its third place
 * (S, T, U short-term; M, R, Z critical access; W long-term; Y rehabilitation). Others are their own.
 */
export const hospitalCcnSql = (ccn: string) => `CASE WHEN regexp_full_match(${ccn}, '\\d{2}[MRSTUWYZ]\\d{3}')
  THEN left(${ccn}, 2) || translate(substr(${ccn}, 3, 1), 'STUMRZWY', '00011123') || right(${ccn}, 3) ELSE ${ccn} END`;
