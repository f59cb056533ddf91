import type { DuckDb } from '../store/duckDb.ts';
import { getMarket, listMarkets } from './markets.ts';

/** The market that plans, accounts and balances count under: the chosen one, else the first; null where there is none. */
export async function planMarketId(db: DuckDb): Promise<string | null> {
  const [chosen] = await db.all<{ id: string }>('SELECT id FROM plan_market JOIN markets ON id = market_id');
  return chosen?.id ?? (await listMarkets(db))[0]?.id ?? null;
}

/** @throws BailiwickError not_found */
export async function choosePlanMarket(db: DuckDb, id: string): Promise<void> {
  await getMarket(db, id);
  await db.transaction(async (tx) => {
    await tx.run('DELETE FROM plan_market');
    await tx.run('INSERT INTO plan_market VALUES (?)', [id]);
  });
}
