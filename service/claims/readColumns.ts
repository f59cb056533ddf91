import { breather } from '../jobs/breather.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { countedCells, type Counted } from './counted.ts';
import { MarketColumns, NO_WORD, REMAINDERS } from './marketColumns.ts';
import type { Market } from './markets.ts';
import { sharedNumbers } from './sharedProviders.ts';
import { withoutCodes } from './withoutCodes.ts';

/**
 * Reads a market's cells, about a second for each million. They are put into order here and not by the database, which would have
 * to hold all of them for that: first the size of each place, then every row to its place, then each place by provider.
 */
export async function readColumns(
  db: DuckDb,
  units: number,
  market: Market,
  onShare: (share: number) => void = () => undefined,
): Promise<MarketColumns> {
  const { sql, values } = await countedCells(db, market);
  const place = `coalesce(unit, CASE WHEN zip IS NULL THEN ${units} ELSE ${units + 1} END)::INTEGER`;
  const counts = await db.all<{ place: number; rows: number; imputed: boolean }>(
    `SELECT ${place} AS place, count(*)::DOUBLE AS rows, coalesce(bool_or(suppressed), false) AS imputed FROM ${sql} GROUP BY 1 ORDER BY 1`,
    values,
  );
  const rows = counts.reduce((sum, each) => sum + each.rows, 0);
  const hasImputed = counts.some(({ imputed }) => imputed);
  const columns = new MarketColumns(units, rows, hasImputed);
  const inPlace = new Int32Array(units + REMAINDERS.length);
  for (const each of counts) inPlace[each.place] = each.rows;
  inPlace.forEach((count, at) => (columns.starts[at + 1] = (columns.starts[at] ?? 0) + count));
  const counted = {
    sql: `SELECT ${place} AS place, ${['provider', 'site', 'specialty', 'code'].map((column) => `coalesce(${column}, ${NO_WORD})::INTEGER`).join(', ')},
        procedures::DOUBLE, coalesce(opportunity_usd, 0)::DOUBLE, suppressed::INTEGER, coalesce(imputed_procedures, 0)::DOUBLE,
        coalesce(imputed_squares, 0)::DOUBLE FROM ${sql}`,
    values,
  };
  await readRows(db, columns, counted, (read) => onShare(READING * (read / rows)));
  const rest = breather();
  for (let at = 0; at < inPlace.length; at++) {
    orderByProvider(columns, at);
    const pause = rest();
    if (!pause) continue;
    onShare(READING + (1 - READING) * (at / inPlace.length));
    await pause;
  }
  columns.shared = sharedNumbers(columns.starts, columns.provider);
  for (const facet of [columns.site, columns.specialty, columns.code]) await facet.readWords(db);
  columns.withoutCodes = await withoutCodes(columns);
  return columns;
}

/** Share of the work that is reading; the rest is putting into order. */
const READING = 0.8;

async function readRows(
  db: DuckDb,
  columns: MarketColumns,
  { sql, values }: Counted,
  onRead: (rows: number) => void,
): Promise<void> {
  const next = columns.starts.slice();
  let read = 0;
  const { provider, procedures, usd, suppressed, imputedProcedures, imputedSquares, site, specialty, code } = columns;
  const hasImputed = imputedSquares.length > 0;
  await db.columns(sql, values, (size, numbers) => {
    const [place, by, sites, specialties, codes] = [0, 1, 2, 3, 4].map(numbers);
    const [volume, dollars, marks, imputed, squares] = [5, 6, 7, 8, 9].map(numbers);
    for (let i = 0; i < size; i++) {
      const row = next[place![i]!]!++;
      provider[row] = by![i]!;
      site.at[row] = site.smallOf(sites![i]!);
      specialty.at[row] = specialty.smallOf(specialties![i]!);
      code.at[row] = code.smallOf(codes![i]!);
      procedures[row] = volume![i]!;
      usd[row] = dollars![i]!;
      suppressed[row] = marks![i]!;
      if (!hasImputed) continue;
      imputedProcedures[row] = imputed![i]!;
      imputedSquares[row] = squares![i]!;
    }
    onRead((read += size));
  });
}

function orderByProvider(columns: MarketColumns, place: number): void {
  const [start, end] = [columns.starts[place] ?? 0, columns.starts[place + 1] ?? 0];
  const rows = end - start;
  // Provider first, then the row: one number, so that a typed array sorts it. Two million providers × ten million rows fit a double.
  const keys = new Float64Array(rows);
  for (let i = 0; i < rows; i++) keys[i] = (columns.provider[start + i]! + 1) * rows + i;
  keys.sort();
  const { provider, procedures, usd, suppressed, imputedProcedures, imputedSquares, site, specialty, code } = columns;
  for (const column of [
    provider,
    procedures,
    usd,
    suppressed,
    imputedProcedures,
    imputedSquares,
    site.at,
    specialty.at,
    code.at,
  ]) {
    if (column.length === 0) continue;
    const before = column.slice(start, end);
    for (let i = 0; i < rows; i++) column[start + i] = before[keys[i]! % rows]!;
  }
}
