/** Half-open range [start, end) in ms (UTC) that a SOQL date literal stands for; undefined when it is not one. */
export function dateRange(literal: string, nowMs: number): [number, number] | undefined {
  // the fiscal year of this org begins in January, so that fiscal periods are those of the calendar
  const [name = '', amount] = literal.toUpperCase().replace('FISCAL_', '').split(':');
  const n = Number(amount ?? 1);
  const today = new Date(nowMs);
  const y = today.getUTCFullYear();
  const m = today.getUTCMonth();
  const d = today.getUTCDate();
  const days = (from: number, to: number): [number, number] => [Date.UTC(y, m, d + from), Date.UTC(y, m, d + to)];
  const months = (from: number, to: number): [number, number] => [Date.UTC(y, m + from, 1), Date.UTC(y, m + to, 1)];
  const quarters = (from: number, to: number): [number, number] => {
    const first = m - (m % 3);
    return [Date.UTC(y, first + 3 * from, 1), Date.UTC(y, first + 3 * to, 1)];
  };
  const years = (from: number, to: number): [number, number] => [Date.UTC(y + from, 0, 1), Date.UTC(y + to, 0, 1)];
  // weeks begin on Sunday in a United States org
  const weeks = (from: number, to: number): [number, number] => {
    const sunday = d - today.getUTCDay();
    return [Date.UTC(y, m, sunday + 7 * from), Date.UTC(y, m, sunday + 7 * to)];
  };
  const single: Record<string, [number, number]> = {
    TODAY: days(0, 1),
    YESTERDAY: days(-1, 0),
    TOMORROW: days(1, 2),
    LAST_90_DAYS: days(-90, 1),
    NEXT_90_DAYS: days(1, 91),
    LAST_N_DAYS: days(-n, 1),
    NEXT_N_DAYS: days(1, n + 1),
    N_DAYS_AGO: days(-n, -n + 1),
    N_WEEKS_AGO: weeks(-n, -n + 1),
    N_MONTHS_AGO: months(-n, -n + 1),
    N_QUARTERS_AGO: quarters(-n, -n + 1),
    N_YEARS_AGO: years(-n, -n + 1),
    THIS_WEEK: weeks(0, 1),
    LAST_WEEK: weeks(-1, 0),
    NEXT_WEEK: weeks(1, 2),
    LAST_N_WEEKS: weeks(-n, 0),
    NEXT_N_WEEKS: weeks(1, n + 1),
    THIS_MONTH: months(0, 1),
    LAST_MONTH: months(-1, 0),
    NEXT_MONTH: months(1, 2),
    LAST_N_MONTHS: months(-n, 0),
    NEXT_N_MONTHS: months(1, n + 1),
    THIS_QUARTER: quarters(0, 1),
    LAST_QUARTER: quarters(-1, 0),
    NEXT_QUARTER: quarters(1, 2),
    LAST_N_QUARTERS: quarters(-n, 0),
    NEXT_N_QUARTERS: quarters(1, n + 1),
    THIS_YEAR: years(0, 1),
    LAST_YEAR: years(-1, 0),
    NEXT_YEAR: years(1, 2),
    LAST_N_YEARS: years(-n, 0),
    NEXT_N_YEARS: years(1, n + 1),
  };
  return single[name];
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/**
 * The text inside a SOQL string literal. For LIKE the escapes of % and _ (and of the backslash itself) are kept, because
 * SQL's LIKE … ESCAPE '\' reads them in the same way.
 */
export function stringLiteral(quotedText: string, forLike = false): string {
  const inner = quotedText.slice(1, -1);
  return inner.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (whole, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (forLike && (escape === '%' || escape === '_' || escape === '\\')) return whole;
    return ESCAPES[escape.toLowerCase()] ?? escape;
  });
}
