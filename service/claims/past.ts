import type { DuckDb } from '../store/duckDb.ts';
import type { Market } from './markets.ts';
import { proceduresOf } from './parts.ts';
import { periodsOf } from './trend.ts';

/** What one provider or facility did in one period, under the market of today. */
export interface PastVolume {
  readonly period: string;
  readonly file: string;
  readonly procedures: number;
  readonly opportunityUsd: number;
  /** A part of it stands on estimates of small cells. */
  readonly suppressed: boolean;
}

/** Every period of the market's kind of file; one in which these keys do not occur counts nothing. Empty without keys. */
export async function pastOf(db: DuckDb, market: Market, keys: readonly string[]): Promise<PastVolume[]> {
  if (keys.length === 0) return [];
  const past: PastVolume[] = [];
  for (const { period, file, snapshotId, periodKey } of await periodsOf(db, market)) {
    const rows = await proceduresOf(db, { ...market, snapshotId, periodKey }, keys);
    past.push({
      period,
      file,
      procedures: rows.reduce((sum, row) => sum + row.procedures, 0),
      opportunityUsd: rows.reduce((sum, row) => sum + row.opportunityUsd, 0),
      suppressed: rows.some((row) => row.suppressed),
    });
  }
  return past;
}
