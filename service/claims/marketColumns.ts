import type { DuckDb } from '../store/duckDb.ts';

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
  /** The same cells with all codes of a provider, site and specialty in one, where that is much less to go through. */
  withoutCodes: MarketColumns | null = null;

  constructor(units: number, rows: number, withImputed: boolean, texts?: Pick<MarketColumns, 'site' | 'specialty'>) {
    this.starts = new Int32Array(units + REMAINDERS.length + 1);
    this.provider = new Int32Array(rows);
    this.procedures = new Float64Array(rows);
    this.usd = new Float64Array(rows);
    this.suppressed = new Uint8Array(rows);
    this.imputedProcedures = new Float64Array(withImputed ? rows : 0);
    this.imputedSquares = new Float64Array(withImputed ? rows : 0);
    this.site = texts?.site.forRows(rows) ?? new Facet(rows);
    this.specialty = texts?.specialty.forRows(rows) ?? new Facet(rows);
    this.code = new Facet(rows);
  }
}

/** Stands for no text at all. */
export const NO_WORD = -1;

/** One text a cell, as small numbers; 0 stands for none. */
export class Facet {
  readonly at: Uint16Array;
  /** Number in `words` → small number. */
  private readonly small = new Map<number, number>([[NO_WORD, 0]]);
  private words = new Map<string, number>();

  constructor(rows: number) {
    this.at = new Uint16Array(rows);
  }

  /** The same texts for other rows. */
  forRows(rows: number): Facet {
    const facet = new Facet(rows);
    facet.words = this.words;
    for (const [no, small] of this.small) facet.small.set(no, small);
    return facet;
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
