import { DuckDb } from '../store/duckDb.ts';
import { rebuildRecords } from './records.ts';

/** Claims hold a gigabyte beside it; NPPES goes to disk beyond this and takes no longer (measured on a million rows). */
const MEMORY_LIMIT = '700MB';

/** Columns of the table records: a file with fewer is of an older program. */
const RECORD_COLUMNS = 21;

/**
 * listed, taxonomies, gone (NPIs that were deactivated), affiliated, codes and specialties hold what files say, snapshot by snapshot; keys and records are made of
 * the active snapshots: one record for each NPI or CCN. zip_points are where ZIPs lie.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS snapshots(
  id VARCHAR PRIMARY KEY, kind VARCHAR, source VARCHAR, file VARCHAR, sha256 VARCHAR, imported_at VARCHAR, number INTEGER,
  active BOOLEAN, report VARCHAR);
CREATE TABLE IF NOT EXISTS lines(snapshot_id VARCHAR, line BIGINT, kind VARCHAR, reason VARCHAR, found VARCHAR);
CREATE TABLE IF NOT EXISTS listed(
  snapshot_id VARCHAR, row BIGINT, npi VARCHAR, ccn VARCHAR, hospital_ccn VARCHAR, is_person BOOLEAN, name VARCHAR, other_name VARCHAR,
  kind VARCHAR, kind_text VARCHAR, address VARCHAR, city VARCHAR, state VARCHAR, zip VARCHAR, lat DOUBLE, lon DOUBLE,
  zip_km DOUBLE, phone VARCHAR, ownership VARCHAR, emergency BOOLEAN, beds INTEGER, updated VARCHAR);
CREATE TABLE IF NOT EXISTS taxonomies(snapshot_id VARCHAR, npi VARCHAR, slot INTEGER, code VARCHAR, is_primary BOOLEAN);
CREATE TABLE IF NOT EXISTS gone(snapshot_id VARCHAR, npi VARCHAR);
CREATE TABLE IF NOT EXISTS affiliated(snapshot_id VARCHAR, npi VARCHAR, facility VARCHAR);
CREATE TABLE IF NOT EXISTS codes(snapshot_id VARCHAR, system VARCHAR, code VARCHAR, name VARCHAR, short_name VARCHAR, family VARCHAR);
CREATE TABLE IF NOT EXISTS specialties(
  snapshot_id VARCHAR, code VARCHAR, grouping VARCHAR, classification VARCHAR, specialization VARCHAR, display VARCHAR);
CREATE TABLE IF NOT EXISTS zip_points(zip VARCHAR, lat DOUBLE, lon DOUBLE);
CREATE TABLE IF NOT EXISTS keys(key VARCHAR, record VARCHAR);
CREATE TABLE IF NOT EXISTS records(
  record VARCHAR, npi VARCHAR, ccn VARCHAR, is_person BOOLEAN, name VARCHAR, kind VARCHAR, address VARCHAR, city VARCHAR, state VARCHAR,
  zip VARCHAR, lat DOUBLE, lon DOUBLE, coordinates VARCHAR, phone VARCHAR, ownership VARCHAR, emergency BOOLEAN, beds INTEGER, sources INTEGER,
  words VARCHAR[], house VARCHAR, search VARCHAR);
CREATE TABLE IF NOT EXISTS revision(number BIGINT);
INSERT INTO revision SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM revision);
`;

export interface ZipPoint {
  readonly zip: string;
  readonly lat: number;
  readonly lon: number;
}

/** The registry's own DuckDB file, or in memory, with the points of all ZIPs. */
export async function openRegistryDb(dataDir: string | undefined, zipPoints: readonly ZipPoint[]): Promise<DuckDb> {
  const db = await DuckDb.open({ dataDir, name: 'registry', schema: SCHEMA });
  try {
    if (dataDir !== undefined) await db.run(`SET memory_limit = '${MEMORY_LIMIT}'`);
    await renewDerived(db);
    const [held] = await db.all<{ count: number }>('SELECT count(*)::DOUBLE AS count FROM zip_points');
    if (held?.count !== zipPoints.length) {
      await db.run('DELETE FROM zip_points');
      await db.run(
        `INSERT INTO zip_points SELECT p->>'zip', (p->>'lat')::DOUBLE, (p->>'lon')::DOUBLE FROM (SELECT unnest(from_json(?, '["JSON"]')) AS p)`,
        [JSON.stringify(zipPoints.map(({ zip, lat, lon }) => ({ zip, lat, lon })))],
      );
    }
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** What is made of the snapshots is made anew where an older program made it. */
async function renewDerived(db: DuckDb): Promise<void> {
  const columns = await db.all(`SELECT 1 FROM duckdb_columns() WHERE table_name = 'records' AND NOT internal`);
  if (columns.length === RECORD_COLUMNS) return;
  await db.run(`DROP TABLE records; ${SCHEMA}`);
  await db.transaction(rebuildRecords);
}
