import { breather } from '../jobs/breather.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { countedCells, type Counted, type Narrowing } from './counted.ts';
import type { Market } from './markets.ts';
import { sharedNumbers, type SharedProviders } from './sharedProviders.ts';

/** Why a cell stands in no unit. */
export const REMAINDERS = ['no ZIP is known for this role', 'the ZIP lies outside the map'] as const;

/**
 * All cells that a market counts, as columns in memory, ordered by unit and provider: whatever the facets, demand is one pass over
 * them, and distinct providers are told by a change of the number. Ten million cells take about 300 MB.
 */
export class MarketColumns {
  /** Where each unit begins; behind the units the two remainders, then the end. */
  readonly starts: Int32Array;
  readonly provider: Int32Array;
  readonly procedures: Float64Array;
  readonly usd: Float64Array;
  /** 1 where a count of the cell was imputed. */
  readonly suppressed: Uint8Array;
  /** Parts that stand on imputed counts (counted.ts); empty where the file has none. */
  readonly imputedProcedures: Float64Array;
  readonly imputedSquares: Float64Array;
  readonly site: Facet;
  readonly specialty: Facet;
  readonly code: Facet;
  /** Of each provider, its number among those that stand in several places, else -1. */
  shared: Int32Array = new Int32Array(0);

  constructor(units: number, rows: number, withImputed: boolean) {
    this.starts = new Int32Array(units + REMAINDERS.length + 1);
    this.provider = new Int32Array(rows);
    this.procedures = new Float64Array(rows);
    this.usd = new Float64Array(rows);
    this.suppressed = new Uint8Array(rows);
    this.imputedProcedures = new Float64Array(withImputed ? rows : 0);
    this.imputedSquares = new Float64Array(withImputed ? rows : 0);
    [this.site, this.specialty, this.code] = [new Facet(rows), new Facet(rows), new Facet(rows)];
  }
}

/** Stands for no text at all. */
const NO_WORD = -1;

/** One text a cell, as small numbers; 0 stands for none. */
class Facet {
  readonly at: Uint16Array;
  /** Number in `words` → small number. */
  private readonly small = new Map<number, number>([[NO_WORD, 0]]);
  private words = new Map<string, number>();

  constructor(rows: number) {
    this.at = new Uint16Array(rows);
  }

  /** The small number of a number in `words`. */
  smallOf(no: number): number {
    let small = this.small.get(no);
    if (small === undefined) this.small.set(no, (small = this.small.size));
    return small;
  }

  async readWords(db: DuckDb): Promise<void> {
    const nos = [...this.small.keys()].filter((no) => no !== NO_WORD);
    const rows = await db.all<{ no: number; word: string }>(
      `SELECT no, word FROM words WHERE no IN (SELECT unnest(from_json(?, '["INTEGER"]')))`,
      [JSON.stringify(nos)],
    );
    this.words = new Map(rows.map(({ no, word }) => [word, this.small.get(no) ?? 0]));
  }

  /** 1 for each small number among these texts; for all of them where no text narrows. */
  allowed(texts: readonly string[] = []): Uint8Array {
    const mask = new Uint8Array(this.small.size).fill(texts.length === 0 ? 1 : 0);
    for (const text of texts) {
      const small = this.words.get(text);
      if (small !== undefined) mask[small] = 1;
    }
    return mask;
  }
}

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

/** Sums of the cells in one place: a unit, or a remainder. */
export interface Sums {
  readonly procedures: Float64Array;
  readonly usd: Float64Array;
  readonly providers: Int32Array;
  readonly suppressed: Uint8Array;
  readonly imputedProcedures: Float64Array;
  readonly imputedSquares: Float64Array;
  /** Σ over providers of (their US dollars in the place)²: how much of it hangs on few of them. */
  readonly providerSquares: Float64Array;
  readonly shared: SharedProviders;
}

/** The same while it is added up. */
interface Adding extends Omit<Sums, 'shared'> {
  readonly starts: Int32Array;
  readonly numbers: number[];
}

/** Demand of every place under these facets: one pass over the cells, in which other requests are answered. */
export async function sumColumns(
  columns: MarketColumns,
  narrowing: Pick<Narrowing, 'sites' | 'specialties' | 'codes'> = {},
): Promise<Sums> {
  const places = columns.starts.length - 1;
  const vector = () => new Float64Array(places);
  const sums: Adding = {
    procedures: vector(),
    usd: vector(),
    providers: new Int32Array(places),
    suppressed: new Uint8Array(places),
    imputedProcedures: vector(),
    imputedSquares: vector(),
    providerSquares: vector(),
    starts: new Int32Array(places + 1),
    numbers: [],
  };
  const masks = {
    narrowed: [narrowing.specialties, narrowing.codes, narrowing.sites].some((texts) => (texts?.length ?? 0) > 0),
    specialty: columns.specialty.allowed(narrowing.specialties),
    code: columns.code.allowed(narrowing.codes),
    site: columns.site.allowed(narrowing.sites),
  };
  const rest = breather();
  for (let place = 0; place < places; place++) {
    sumPlace(columns, place, masks, sums);
    const pause = rest();
    if (pause) await pause;
  }
  const { starts, numbers, ...added } = sums;
  return { ...added, shared: { starts, numbers } };
}

interface Masks {
  /** False where every cell counts: six lookups a cell are saved. */
  readonly narrowed: boolean;
  readonly specialty: Uint8Array;
  readonly code: Uint8Array;
  readonly site: Uint8Array;
}

/** Plain loops over plain arrays: this is where ten million cells go through at every change of a facet. */
function sumPlace(columns: MarketColumns, place: number, masks: Masks, sums: Adding): void {
  const { starts, provider, procedures, usd, suppressed, imputedProcedures, imputedSquares, shared } = columns;
  const [specialty, code, site] = [columns.specialty.at, columns.code.at, columns.site.at];
  const { narrowed, specialty: bySpecialty, code: byCode, site: bySite } = masks;
  let [volume, dollars, ofProvider, squares] = [0, 0, 0, 0];
  let [providers, last] = [0, -1];
  for (let row = starts[place]!, end = starts[place + 1]!; row < end; row++) {
    if (narrowed && (bySpecialty[specialty[row]!]! & byCode[code[row]!]! & bySite[site[row]!]!) === 0) continue;
    volume += procedures[row]!;
    dollars += usd[row]!;
    if (provider[row]! !== last) {
      squares += ofProvider * ofProvider;
      ofProvider = 0;
      last = provider[row]!;
      if (last >= 0) {
        providers++;
        if (shared[last]! >= 0) sums.numbers.push(shared[last]!);
      }
    }
    ofProvider += usd[row]!;
    if (suppressed[row]! === 1) {
      sums.suppressed[place] = 1;
      sums.imputedProcedures[place]! += imputedProcedures[row]!;
      sums.imputedSquares[place]! += imputedSquares[row]!;
    }
  }
  sums.procedures[place] = volume;
  sums.usd[place] = dollars;
  sums.providers[place] = providers;
  sums.starts[place + 1] = sums.numbers.length;
  sums.providerSquares[place] = squares + ofProvider * ofProvider;
}
