/** Words too common to lead anywhere, in the spelling of the post and of the lists. */
const COMMON_WORDS = ['HOSPITAL', 'HOSP', 'MEDICAL', 'MED', 'CENTER', 'CTR', 'HEALTH', 'HEALTHCARE', 'CARE', 'THE', 'OF', 'INC', 'LLC', 'AND', 'AT', 'CLINIC', 'SURGERY', 'SURGICAL', 'REGIONAL', 'GENERAL', 'COMMUNITY', 'MEMORIAL', 'SYSTEM', 'SERVICES', 'PC', 'PA', 'LP', 'URGENT']; // prettier-ignore
/** The telling words of a name, roughly: they only choose what is compared in earnest. */
export const wordsSql = (column: string) =>
  `list_filter(string_split_regex(regexp_replace(upper(${column}), '[''’.]', '', 'g'), '[^A-Z0-9]+'), lambda w: length(w) > 1 AND NOT list_contains([${COMMON_WORDS.map((word) => `'${word}'`).join(',')}], w))`;
export const houseSql = (column: string) => `nullif(regexp_extract(${column}, '^\\s*(\\d+)', 1), '')`;
