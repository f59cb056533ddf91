import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';

export const marketCode = z.object({
  /** One code, or a range such as "17311-17315". */
  code: z.string(),
  name: z.string(),
  family: z.string(),
  rule: z.enum(['procedure', 'addOn', 'revenueOnly']),
  /** Worth of one procedure in US dollars; null takes what was paid. */
  valueUsd: z.number().nonnegative().nullable(),
});
export type MarketCode = z.output<typeof marketCode>;

/** More than any payer mix asks for: Medicare alone is a seventh of some markets. */
const HIGHEST_SCALE = 100;

/** Counts of a state or county stand for more than the payers of the file. */
export const scaleUp = z.object({
  /** Two-letter state or five-digit county FIPS; the county goes before its state. */
  place: z.string().regex(/^([A-Z]{2}|\d{5})$/),
  factor: z.number().positive().max(HIGHEST_SCALE),
  /** Where the factor comes from; shown beside the figures. */
  source: z.string().min(1).max(300),
});

export const marketBody = z.object({
  name: z.string().min(1).max(120),
  preset: z.enum(['medtech', 'diagnostics']),
  snapshotId: z.string().optional(),
  /** Names as the file has them, or taxonomy codes; empty means all of them. */
  specialties: z.array(z.string()).default([]),
  codes: z.array(marketCode).min(1),
  /** Empty means all of them. */
  sites: z.array(z.string()).default([]),
  role: z.enum(['facility', 'location', 'performing', 'ordering', 'billing']),
  addressableShare: z.number().min(0).max(1).default(1),
  /** A calendar year of a file that spans several; null takes its newest whole one, else the newest. */
  countedPeriod: z.string().max(20).nullable().default(null),
  scaleUp: z.array(scaleUp).max(4000).default([]),
});
export type MarketBody = z.input<typeof marketBody>;

export const market = marketBody.extend({
  id: z.string(),
  snapshotId: z.string(),
  version: z.number(),
  /** What is counted, in words. */
  period: z.string(),
  /** The calendar year that is counted; null where the file is one period. */
  periodKey: z.string().nullable(),
  /** Diagnostics has no cases in the operating room: its procedures are no workload. */
  countsCases: z.boolean(),
});
export type Market = z.output<typeof market>;

interface MarketRow {
  readonly id: string;
  readonly body: string;
  readonly snapshot_id: string;
  readonly version: number;
  readonly period: string;
  readonly periods: string[] | null;
}

const MARKETS = `SELECT m.id, m.body, m.snapshot_id, s.period,
    coalesce((SELECT max(version) FROM market_versions v WHERE v.market_id = m.id), 1)::INTEGER AS version,
    (SELECT list(p.period ORDER BY (rpad(p.first, 7, '-01') NOT LIKE '%-01' OR rpad(p.last, 7, '-12') NOT LIKE '%-12'), p.period DESC) FROM periods p WHERE p.snapshot_id = m.snapshot_id AND p.period IS NOT NULL) AS periods
  FROM markets m JOIN snapshots s ON s.id = m.snapshot_id`;

export async function listMarkets(db: DuckDb): Promise<Market[]> {
  return (await db.all<MarketRow>(`${MARKETS} ORDER BY m.number`)).map(marketOf);
}

/** @throws BailiwickError not_found */
export async function getMarket(db: DuckDb, id: string): Promise<Market> {
  const [row] = await db.all<MarketRow>(`${MARKETS} WHERE m.id = ?`, [id]);
  if (row) return marketOf(row);
  throw new BailiwickError('not_found', 'There is no such market.', { action: 'Choose one of the list of markets.' });
}

function marketOf({ id, body, snapshot_id, version, period, periods }: MarketRow): Market {
  const parsed = marketBody.parse(JSON.parse(body));
  const periodKey = parsed.countedPeriod ?? periods?.[0] ?? null;
  const more = { snapshotId: snapshot_id, version, period: periodKey ?? period, periodKey };
  return { ...parsed, id, ...more, countsCases: parsed.preset === 'medtech' };
}

export interface Saving {
  readonly now: Date;
  /** Who saves; null for the service itself. */
  readonly by: string | null;
}

/**
 * Writes a new market (id null) or a new version of one; without a snapshot it takes the last one imported.
 * @throws BailiwickError conflict without claims, not_found, bad_request for a period that the file lacks
 */
export async function saveMarket(db: DuckDb, id: string | null, body: MarketBody, saving: Saving): Promise<Market> {
  const parsed = marketBody.parse(body);
  const saved = await db.transaction(async (tx) => {
    const snapshotId = await snapshotOf(tx, id, parsed);
    const marketId = id ?? randomUUID();
    const [known] = await tx.all<{ number: number; revision: number }>(
      'SELECT number, revision FROM markets WHERE id = ?',
      [marketId],
    );
    if (id !== null && !known)
      throw new BailiwickError('not_found', 'There is no such market.', { action: 'Reload the list.' });
    const [count] = await tx.all<{ n: number }>('SELECT count(*)::DOUBLE AS n FROM markets');
    const text = JSON.stringify(parsed);
    await tx.run('DELETE FROM markets WHERE id = ?', [marketId]);
    const values = [marketId, known?.number ?? count?.n ?? 0, snapshotId, text, (known?.revision ?? 0) + 1];
    await tx.run('INSERT INTO markets VALUES (?, ?, ?, ?, ?)', values);
    await tx.run(
      `INSERT INTO market_versions SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ? FROM market_versions WHERE market_id = ?`,
      [marketId, snapshotId, text, saving.now.toISOString(), saving.by, marketId],
    );
    return marketId;
  });
  return getMarket(db, saved);
}

async function snapshotOf(tx: DuckDb, id: string | null, body: z.output<typeof marketBody>): Promise<string> {
  const [last] = await tx.all<{ id: string }>('SELECT id FROM snapshots ORDER BY number DESC LIMIT 1');
  const snapshotId = body.snapshotId ?? (id === null ? last?.id : (await getMarket(tx, id)).snapshotId);
  const [exists] = await tx.all('SELECT id FROM snapshots WHERE id = ?', [snapshotId ?? '']);
  if (!exists || snapshotId === undefined)
    throw new BailiwickError('conflict', 'There are no claims to count yet.', {
      action: 'Import a claims file first.',
    });
  if (body.countedPeriod === null) return snapshotId;
  const periods = await tx.all<{ period: string }>(
    'SELECT period FROM periods WHERE snapshot_id = ? AND period IS NOT NULL ORDER BY period',
    [snapshotId],
  );
  if (periods.some(({ period }) => period === body.countedPeriod)) return snapshotId;
  throw new BailiwickError('bad_request', `The file has no period ${body.countedPeriod}.`, {
    action:
      periods.length > 0
        ? `Choose ${periods.map(({ period }) => period).join(' or ')}.`
        : 'Leave the period out: the file is one.',
  });
}

/** A file that shares less of the codes than this is about something else: a lab file does not follow a surgical one. */
const SAME_SUBJECT = 0.5;

/** Markets that counted an older file of the same layout, with mostly the same codes, count the new one from now on. */
export async function followSnapshot(db: DuckDb, snapshotId: string): Promise<void> {
  await db.run(
    `UPDATE markets SET snapshot_id = ?, revision = revision + 1 WHERE snapshot_id IN (
       SELECT old.id FROM snapshots old JOIN snapshots new ON new.layout = old.layout AND new.id = ? WHERE old.id <> new.id
       AND (SELECT count(*) FROM codes a JOIN codes b ON b.code = a.code WHERE a.snapshot_id = old.id AND b.snapshot_id = new.id)
         >= ${SAME_SUBJECT} * (SELECT count(*) FROM codes a WHERE a.snapshot_id = old.id))
     AND json_extract_string(body, '$.countedPeriod') IS NULL`,
    [snapshotId, snapshotId],
  );
}
