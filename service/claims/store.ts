import { BailiwickError } from '../core/errors.ts';
import { DuckDb } from '../store/duckDb.ts';
import { migrateCells } from './migrateCells.ts';
import { sweepOrphans } from './orphans.ts';
import { lockDirectory } from '../store/lock.ts';

/**
 * One row a counted cell: provider and facility × code × site of care × period. Everything is a number, so that ten million rows are
 * imported and counted quickly: providers and facilities of `parties`, ZIPs as they are, all other texts (the snapshot's id too) of
 * `words`. Small counts are guarded before they get here (data.md); no other table holds a count. `imputed` says how many imputed counts
 * stand in `services`; `period` is a calendar year where the file spans several, else null: the file's own. `row_role` is the one role that a row speaks of, null where it has columns for all. `billed_twice` marks the
 * facility's bill of a procedure that a professional billed too.
 */
export const CELLS = `
CREATE TABLE IF NOT EXISTS cells(
  snapshot INTEGER, performing INTEGER, performing_zip INTEGER, facility INTEGER, facility_zip INTEGER,
  ordering INTEGER, ordering_zip INTEGER, billing INTEGER, billing_zip INTEGER, specialty INTEGER, code INTEGER, site INTEGER,
  period INTEGER, bill INTEGER, services DOUBLE, beneficiaries DOUBLE, beneficiary_days DOUBLE, payment_usd DOUBLE,
  drug BOOLEAN, suppressed BOOLEAN, imputed DOUBLE, billed_twice BOOLEAN, row_role INTEGER);
ALTER TABLE cells ADD COLUMN IF NOT EXISTS row_role INTEGER;
CREATE TABLE IF NOT EXISTS parties(no INTEGER, key VARCHAR, name VARCHAR, npi VARCHAR, ccn VARCHAR);
CREATE TABLE IF NOT EXISTS words(no INTEGER, word VARCHAR);
`;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS snapshots(
  id VARCHAR PRIMARY KEY, file VARCHAR, layout VARCHAR, sha256 VARCHAR, period VARCHAR, imported_at VARCHAR, number INTEGER, report VARCHAR);
CREATE TABLE IF NOT EXISTS guards(snapshot_id VARCHAR, below DOUBLE, imputed DOUBLE);
CREATE TABLE IF NOT EXISTS periods(snapshot_id VARCHAR, period VARCHAR, first VARCHAR, last VARCHAR);
CREATE TABLE IF NOT EXISTS codes(snapshot_id VARCHAR, code VARCHAR, name VARCHAR, family VARCHAR, drug BOOLEAN);
CREATE TABLE IF NOT EXISTS families(code VARCHAR, family VARCHAR);
CREATE TABLE IF NOT EXISTS lines(snapshot_id VARCHAR, line BIGINT, kind VARCHAR, reason VARCHAR, found VARCHAR);
CREATE TABLE IF NOT EXISTS markets(id VARCHAR PRIMARY KEY, number INTEGER, snapshot_id VARCHAR, body VARCHAR, revision INTEGER);
CREATE TABLE IF NOT EXISTS plan_market(market_id VARCHAR);
CREATE TABLE IF NOT EXISTS market_versions(market_id VARCHAR, version INTEGER, snapshot_id VARCHAR, body VARCHAR, saved_at VARCHAR, saved_by VARCHAR);
CREATE TABLE IF NOT EXISTS party_specialties(party INTEGER, specialty VARCHAR);
CREATE TABLE IF NOT EXISTS units(zip VARCHAR, unit INTEGER);
ALTER TABLE units ADD COLUMN IF NOT EXISTS state VARCHAR;
ALTER TABLE units ADD COLUMN IF NOT EXISTS county VARCHAR;
ALTER TABLE units ADD COLUMN IF NOT EXISTS zip_no INTEGER;
CREATE TABLE IF NOT EXISTS baselines(id VARCHAR, name VARCHAR, sha256 VARCHAR, imported_at VARCHAR, number INTEGER, report VARCHAR);
CREATE TABLE IF NOT EXISTS baseline_heads(baseline_id VARCHAR, zip VARCHAR, heads DOUBLE);
DROP TABLE IF EXISTS market_codes;
CREATE TABLE IF NOT EXISTS mappings(name VARCHAR PRIMARY KEY, signature VARCHAR, saved_at VARCHAR, body VARCHAR);
`;

/** The claims engine: DuckDB in a file of the data directory, or in memory. A file of an older version is brought up to date. */
export async function openClaimsDb(dataDir?: string): Promise<DuckDb> {
  const db = await DuckDb.open({ dataDir, name: 'claims', schema: SCHEMA });
  try {
    await migrateCells(db, CELLS);
    await sweepOrphans(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  return db;
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
