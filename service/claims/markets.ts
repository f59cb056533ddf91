import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** Codes of a preset: the biggest ones; more would not fit a screen. */
const MOST_PRESET_CODES = 400;

export const SITE_NAMES: Readonly<Record<string, string>> = {
  '02': 'Telehealth',
  '10': 'Telehealth at home',
  '11': 'Office',
  '12': 'Home',
  '19': 'Off-campus outpatient hospital',
  '20': 'Urgent care',
  '21': 'Inpatient hospital',
  '22': 'On-campus outpatient hospital',
  '23': 'Emergency room',
  '24': 'Ambulatory surgical center',
  '31': 'Skilled nursing facility',
  '32': 'Nursing facility',
  '49': 'Independent clinic',
  '50': 'Federally qualified health center',
  '65': 'Dialysis facility',
  '71': 'Public health clinic',
  '72': 'Rural health clinic',
  '81': 'Laboratory',
  F: 'Facility (the file does not say which kind)',
  O: 'Office and other non-facility',
};

export const marketCode = z.object({
  code: z.string(),
  name: z.string(),
  family: z.string(),
  rule: z.enum(['procedure', 'addOn', 'revenueOnly']),
  /** Worth of one procedure in US dollars; null takes what was paid. */
  valueUsd: z.number().nonnegative().nullable(),
});

export const marketBody = z.object({
  name: z.string().min(1).max(120),
  preset: z.enum(['medtech', 'diagnostics']),
  snapshotId: z.string().optional(),
  /** Empty means all of them. */
  specialties: z.array(z.string()).default([]),
  codes: z.array(marketCode).min(1),
  /** Empty means all of them. */
  sites: z.array(z.string()).default([]),
  role: z.enum(['facility', 'performing', 'ordering', 'billing']),
  addressableShare: z.number().min(0).max(1).default(1),
});
export type MarketBody = z.input<typeof marketBody>;

export const market = marketBody.extend({ id: z.string(), snapshotId: z.string(), period: z.string() });
export type Market = z.output<typeof market>;

export async function listMarkets(db: DuckDb): Promise<Market[]> {
  const rows = await db.all<{ id: string; body: string; snapshot_id: string; period: string }>(
    `SELECT m.id, m.body, m.snapshot_id, s.period FROM markets m JOIN snapshots s ON s.id = m.snapshot_id ORDER BY m.number`,
  );
  return rows.map(({ id, body, snapshot_id, period }) => ({
    ...marketBody.parse(JSON.parse(body)),
    id,
    snapshotId: snapshot_id,
    period,
  }));
}

/** @throws BailiwickError not_found */
export async function getMarket(db: DuckDb, id: string): Promise<Market> {
  const found = (await listMarkets(db)).find((candidate) => candidate.id === id);
  if (found) return found;
  throw new BailiwickError('not_found', 'There is no such market.', { action: 'Choose one of the list of markets.' });
}

/** Writes a new market (id null) or a changed one; without a snapshot it takes the last one imported. */
export async function saveMarket(db: DuckDb, id: string | null, body: MarketBody): Promise<Market> {
  const parsed = marketBody.parse(body);
  const saved = await db.transaction(async (tx) => {
    const [last] = await tx.all<{ id: string }>('SELECT id FROM snapshots ORDER BY number DESC LIMIT 1');
    const snapshotId = parsed.snapshotId ?? (id === null ? last?.id : (await getMarket(tx, id)).snapshotId);
    const [exists] = await tx.all('SELECT id FROM snapshots WHERE id = ?', [snapshotId ?? '']);
    if (!exists || snapshotId === undefined) {
      throw new BailiwickError('conflict', 'There are no claims to count yet.', {
        action: 'Import a claims file first.',
      });
    }
    const marketId = id ?? randomUUID();
    const [known] = await tx.all<{ number: number; revision: number }>(
      'SELECT number, revision FROM markets WHERE id = ?',
      [marketId],
    );
    if (id !== null && !known)
      throw new BailiwickError('not_found', 'There is no such market.', { action: 'Reload the list.' });
    const [count] = await tx.all<{ n: number }>('SELECT count(*)::DOUBLE AS n FROM markets');
    await tx.run('DELETE FROM markets WHERE id = ?', [marketId]);
    const values = [
      marketId,
      known?.number ?? count?.n ?? 0,
      snapshotId,
      JSON.stringify(parsed),
      (known?.revision ?? 0) + 1,
    ];
    await tx.run('INSERT INTO markets VALUES (?, ?, ?, ?, ?)', values);
    await tx.run('DELETE FROM market_codes WHERE market_id = ?', [marketId]);
    await tx.run(
      `INSERT INTO market_codes SELECT ?, c->>'code', c->>'rule', (c->>'valueUsd')::DOUBLE FROM (SELECT unnest(from_json(?, '["JSON"]')) AS c)`,
      [marketId, JSON.stringify(parsed.codes)],
    );
    return marketId;
  });
  return getMarket(db, saved);
}

/** A market made from what a snapshot holds: all codes as procedures (drug units as revenue only), valued at what was paid. */
export async function presetMarket(db: DuckDb, snapshotId: string, preset: MarketBody['preset']): Promise<MarketBody> {
  const codes = await db.all<{ code: string; name: string | null; family: string | null; drug: boolean }>(
    `SELECT c.code, k.name, k.family, k.drug FROM cells c JOIN codes k ON k.snapshot_id = c.snapshot_id AND k.code = c.code
     WHERE c.snapshot_id = ? GROUP BY ALL ORDER BY sum(c.services) DESC, c.code LIMIT ${MOST_PRESET_CODES}`,
    [snapshotId],
  );
  const [has] = await db.all<{ facility: boolean; ordering: boolean }>(
    `SELECT bool_or(facility_zip IS NOT NULL) AS facility, bool_or(ordering IS NOT NULL) AS ordering FROM cells WHERE snapshot_id = ?`,
    [snapshotId],
  );
  const role =
    preset === 'medtech' ? (has?.facility ? 'facility' : 'performing') : has?.ordering ? 'ordering' : 'performing';
  return {
    name:
      preset === 'medtech' ? 'MedTech: procedures where they are performed' : 'Diagnostics: tests by who orders them',
    preset,
    snapshotId,
    specialties: [],
    codes: codes.map(({ code, name, family, drug }) => ({
      code,
      name: name ?? '',
      family: family ?? '',
      rule: drug ? 'revenueOnly' : 'procedure',
      valueUsd: null,
    })),
    sites: [],
    role,
    addressableShare: 1,
  };
}

/** Markets that counted an older file of the same layout count the new one from now on. */
export async function followSnapshot(db: DuckDb, snapshotId: string): Promise<void> {
  await db.run(
    `UPDATE markets SET snapshot_id = ?, revision = revision + 1 WHERE snapshot_id IN (
       SELECT old.id FROM snapshots old JOIN snapshots new ON new.layout = old.layout AND new.id = ? WHERE old.id <> new.id)`,
    [snapshotId, snapshotId],
  );
}
