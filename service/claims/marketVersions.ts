import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { getMarket, marketBody, saveMarket, type Market, type Saving } from './markets.ts';

/** What a market was at one save. */
export interface MarketVersion {
  readonly version: number;
  readonly savedAt: string | null;
  readonly savedBy: string | null;
  readonly market: Omit<Market, 'id' | 'version' | 'period' | 'periodKey' | 'countsCases'>;
}

/** Every save of a market, newest first. @throws BailiwickError not_found */
export async function marketVersions(db: DuckDb, id: string): Promise<MarketVersion[]> {
  await getMarket(db, id);
  const rows = await db.all<{
    version: number;
    snapshot_id: string;
    body: string;
    at: string | null;
    by: string | null;
  }>(
    'SELECT version, snapshot_id, body, saved_at AS at, saved_by AS "by" FROM market_versions WHERE market_id = ? ORDER BY version DESC',
    [id],
  );
  return rows.map(({ version, snapshot_id, body, at, by }) => ({
    version,
    savedAt: at,
    savedBy: by,
    market: { ...marketBody.parse(JSON.parse(body)), snapshotId: snapshot_id },
  }));
}

/**
 * Saves an older version again, as a new one: nothing of the history is lost. What was counted then is not brought back with it (files
 * have a way back of their own), unless the version counts one period of that file. @throws BailiwickError not_found
 */
export async function restoreVersion(db: DuckDb, id: string, version: number, saving: Saving): Promise<Market> {
  const found = (await marketVersions(db, id)).find((candidate) => candidate.version === version);
  if (found) {
    const { snapshotId, ...body } = found.market;
    return saveMarket(db, id, body.countedPeriod === null ? body : { ...body, snapshotId }, saving);
  }
  throw new BailiwickError('not_found', `The market has no version ${version}.`, {
    action: 'Choose one of its versions.',
  });
}
