import { BailiwickError } from '../core/errors.ts';
import { DuckDb } from '../store/duckDb.ts';
import { lockDirectory } from '../store/lock.ts';

/**
 * One row a counted cell: provider and facility × code × site of care, over the period of the file. Small counts are guarded
 * before they get here (data.md); no other table holds a count.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS snapshots(
  id VARCHAR PRIMARY KEY, file VARCHAR, layout VARCHAR, sha256 VARCHAR, period VARCHAR, imported_at VARCHAR, number INTEGER, report VARCHAR);
CREATE TABLE IF NOT EXISTS cells(
  snapshot_id VARCHAR, performing VARCHAR, performing_zip VARCHAR, performing_name VARCHAR,
  facility VARCHAR, facility_npi VARCHAR, facility_ccn VARCHAR, facility_zip VARCHAR, facility_name VARCHAR,
  ordering VARCHAR, ordering_zip VARCHAR, specialty VARCHAR, code VARCHAR, site VARCHAR,
  services DOUBLE, beneficiaries DOUBLE, beneficiary_days DOUBLE, payment_usd DOUBLE, drug BOOLEAN, suppressed BOOLEAN);
CREATE TABLE IF NOT EXISTS codes(snapshot_id VARCHAR, code VARCHAR, name VARCHAR, family VARCHAR, drug BOOLEAN);
CREATE TABLE IF NOT EXISTS lines(snapshot_id VARCHAR, line BIGINT, kind VARCHAR, reason VARCHAR, found VARCHAR);
CREATE TABLE IF NOT EXISTS markets(id VARCHAR PRIMARY KEY, number INTEGER, snapshot_id VARCHAR, body VARCHAR, revision INTEGER);
CREATE TABLE IF NOT EXISTS market_codes(market_id VARCHAR, code VARCHAR, rule VARCHAR, value_usd DOUBLE);
CREATE TABLE IF NOT EXISTS units(zip VARCHAR, unit INTEGER);
CREATE TABLE IF NOT EXISTS mappings(name VARCHAR PRIMARY KEY, signature VARCHAR, saved_at VARCHAR, body VARCHAR);
`;

/** The claims engine: DuckDB in a file of the data directory, or in memory. */
export function openClaimsDb(dataDir?: string): Promise<DuckDb> {
  return DuckDb.open({ dataDir, name: 'claims', schema: SCHEMA });
}

/** Lets a command work on the claims of a directory that no other process holds. */
export async function withClaims<T>(data: string | undefined, work: (db: DuckDb) => Promise<T>): Promise<T> {
  if (data === undefined)
    throw new BailiwickError('bad_request', 'No --data DIR was given.', { action: 'Name the data directory.' });
  const release = await lockDirectory(data);
  try {
    const db = await openClaimsDb(data);
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await release();
  }
}
