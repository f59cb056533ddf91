import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { BailiwickError } from '../core/errors.ts';

export type Value = string | number | boolean | null;
export type Record_ = Record<string, unknown>;

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
`;

/** The service shares its machine; beyond this DuckDB goes to disk beside its file. */
const MEMORY_LIMIT = '1GB';

/** The claims engine: DuckDB in a file of the data directory, or in memory. */
export class ClaimsDb {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance;
    this.connection = connection;
  }

  static async open(dataDir?: string): Promise<ClaimsDb> {
    if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
    const instance = await openInstance(dataDir === undefined ? ':memory:' : join(dataDir, 'claims.duckdb'));
    const db = new ClaimsDb(instance, await instance.connect());
    // Settings of the file's owner would otherwise reach out for extensions.
    await db.run('SET autoinstall_known_extensions = false');
    if (dataDir !== undefined) await db.run(`SET memory_limit = '${MEMORY_LIMIT}'`);
    await db.run(SCHEMA);
    return db;
  }

  async run(sql: string, values: readonly Value[] = []): Promise<void> {
    await this.connection.run(sql, [...values]);
  }

  /** All rows; counts come back as numbers because every query casts them. */
  async all<Row = Record_>(sql: string, values: readonly Value[] = []): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql, [...values]);
    return reader.getRowObjectsJS() as Row[];
  }

  /** One piece of work after the other, each whole or not at all: what fails leaves the last good data in place. */
  transaction<Result>(work: (db: ClaimsDb) => Promise<Result>): Promise<Result> {
    const turn = this.queue.then(async () => {
      const own = new ClaimsDb(this.instance, await this.instance.connect());
      try {
        await own.run('BEGIN');
        const result = await work(own);
        await own.run('COMMIT');
        return result;
      } catch (error) {
        await own.run('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        own.connection.closeSync();
      }
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.queue;
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

async function openInstance(path: string): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(path);
  } catch (cause) {
    if (!/lock/i.test(String(cause))) throw cause;
    throw new BailiwickError('data_directory_locked', `Another process holds the claims in ${path}.`, {
      action: 'Stop the running service, or import through it.',
      cause,
    });
  }
}
