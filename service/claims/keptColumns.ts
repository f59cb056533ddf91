import { coveredUnits } from './demand.ts';
import type { MarketColumns } from './marketColumns.ts';
import { readColumns } from './readColumns.ts';
import type { Market } from './markets.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** Markets whose cells stay in memory: the one that is worked with and the one beside it. */
const MOST_KEPT = 2;

export interface KeptMarket {
  readonly columns: MarketColumns;
  /** Whether the file knows the state of each unit. */
  readonly covered: readonly boolean[];
}

/** The cells of the markets used last, in memory until the market changes. */
export class KeptColumns {
  private readonly db: DuckDb;
  private readonly states: readonly string[];
  private readonly kept = new Map<string, Promise<KeptMarket>>();
  /** Share read of the markets that are being read, 0 to 1. */
  private readonly reading = new Map<string, number>();

  constructor(db: DuckDb, states: readonly string[]) {
    this.db = db;
    this.states = states;
  }

  /** `revision` changes with the market's figures. */
  of(market: Market, revision: string): Promise<KeptMarket> {
    const key = JSON.stringify([market.id, revision, market.snapshotId, market.periodKey]);
    const found = this.kept.get(key) ?? this.read(market);
    this.kept.delete(key);
    // The same market as it was before is of no use to anybody.
    for (const other of this.kept.keys()) if (other.startsWith(`["${market.id}"`)) this.kept.delete(other);
    this.kept.set(key, found);
    for (const oldest of this.kept.keys()) if (this.kept.size > MOST_KEPT) this.kept.delete(oldest);
    found.catch(() => this.kept.delete(key));
    return found;
  }

  /** How far the reading of this market is; null where nobody waits for it. */
  progress(marketId: string): number | null {
    return this.reading.get(marketId) ?? null;
  }

  private async read(market: Market): Promise<KeptMarket> {
    this.reading.set(market.id, 0);
    try {
      const onShare = (share: number) => void this.reading.set(market.id, share);
      const columns = await readColumns(this.db, this.states.length, market, onShare);
      return { columns, covered: await coveredUnits(this.db, this.states, market.snapshotId) };
    } finally {
      this.reading.delete(market.id);
    }
  }
}
