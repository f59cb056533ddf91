import type { DuckDb } from '../store/duckDb.ts';
import type { MarketBody } from './markets.ts';
import { wordNo, wordOf } from './words.ts';

/** Codes of a preset: the biggest ones; more would not fit a screen. */
const MOST_PRESET_CODES = 400;

/** A market made from what a snapshot holds: all codes as procedures (drug units as revenue only), valued at what was paid. */
export async function presetMarket(db: DuckDb, snapshotId: string, preset: MarketBody['preset']): Promise<MarketBody> {
  const codes = await db.all<{ code: string; name: string | null; family: string | null; drug: boolean }>(
    `SELECT k.code, k.name, coalesce(f.family, k.family) AS family, k.drug
     FROM (SELECT ${wordOf('code')} AS code, sum(services) AS services FROM cells WHERE snapshot = ${wordNo(snapshotId)} GROUP BY cells.code) c
     JOIN codes k ON k.snapshot_id = ? AND k.code = c.code LEFT JOIN families f ON f.code = k.code
     ORDER BY c.services DESC, k.code LIMIT ${MOST_PRESET_CODES}`,
    [snapshotId],
  );
  const [has] = await db.all<{ facility: boolean; ordering: boolean }>(
    `SELECT bool_or(facility_zip IS NOT NULL) AS facility, bool_or(ordering IS NOT NULL) AS ordering FROM cells WHERE snapshot = ${wordNo(snapshotId)}`,
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
