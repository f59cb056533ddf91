import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { BailiwickError } from '../core/errors.ts';

export type Value = string | number | boolean | null;
export type Record_ = Record<string, unknown>;

/** The numbers of a column (by its place in the question) of the piece; good until the next one comes. */
export type Numbers = (column: number) => ArrayLike<number>;

export interface DuckDbOptions {
  readonly dataDir?: string | undefined;
  /** What the file holds, in one word: "claims". */
  readonly name: string;
  /** Makes the tables that it lacks; none where the caller has only temporary ones. */
  readonly schema?: string;
}

/**
 * The service shares its machine; beyond this DuckDB goes to disk beside its file. With the process itself and what DuckDB does not count
 * (buffers of the reader) ten million rows stay under 1.5 GB.
 */
const MEMORY_LIMIT = '700MB';

/** A DuckDB in a file of the data directory, or in memory: for tables with millions of rows. */
export class DuckDb {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance;
    this.connection = connection;
  }

  /** Opens the file `<name>.duckdb` of the folder, in memory without one, and makes the tables that it lacks. */
  static async open({ dataDir, name, schema }: DuckDbOptions): Promise<DuckDb> {
    if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
    const instance = await openInstance(dataDir === undefined ? ':memory:' : join(dataDir, `${name}.duckdb`), name);
    const db = new DuckDb(instance, await instance.connect());
    // Settings of the file's owner would otherwise reach out for extensions.
    await db.run('SET autoinstall_known_extensions = false');
    if (dataDir !== undefined) await db.run(`SET memory_limit = '${MEMORY_LIMIT}'`);
    if (schema !== undefined) await db.run(schema);
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

  /**
   * Hands out a large answer of numbers, none of them null, piece by piece: how many rows the piece has, and a function for its columns.
   * It reads over a connection of its own, so that other questions may come in between.
   */
  async columns(sql: string, values: readonly Value[], take: (rows: number, numbers: Numbers) => void): Promise<void> {
    const own = await this.instance.connect();
    try {
      const result = await own.stream(sql, [...values]);
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const piece = chunk;
        take(piece.rowCount, (column) => numbersOf(piece.getColumnVector(column), piece.rowCount));
      }
    } finally {
      own.closeSync();
    }
  }

  /** Share done of the statement that runs, 0 to 1; 0 where DuckDB cannot tell. */
  progress(): number {
    return Math.min(1, Math.max(0, this.connection.progress.percentage / 100));
  }

  /** Ends the statement that runs; it fails as interrupted. */
  interrupt(): void {
    this.connection.interrupt();
  }

  /**
   * Commits what the transaction did so far and goes on: for work too big for memory, whose result only its last row makes visible. What
   * fails after it is not undone by itself.
   */
  async commitSoFar(): Promise<void> {
    await this.run('COMMIT');
    await this.run('BEGIN');
  }

  /** One piece of work after the other, each whole or not at all: what fails leaves the last good data in place. */
  transaction<Result>(work: (db: DuckDb) => Promise<Result>): Promise<Result> {
    const turn = this.queue.then(async () => {
      const own = new DuckDb(this.instance, await this.instance.connect());
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

/** The vector's own array where it shows one, which is ten times as quick as asking for item by item; else a copy. */
function numbersOf(vector: object, rows: number): ArrayLike<number> {
  const { items } = vector as { items?: unknown };
  if ((items instanceof Int32Array || items instanceof Float64Array) && items.length === rows) return items;
  const { getItem } = vector as { getItem(this: object, row: number): number };
  return Array.from({ length: rows }, (_, row) => getItem.call(vector, row));
}

async function openInstance(path: string, name: string): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(path);
  } catch (cause) {
    if (!/lock/i.test(String(cause))) throw cause;
    throw new BailiwickError('data_directory_locked', `Another process holds the ${name} in ${path}.`, {
      action: 'Stop the running service, or import through it.',
      cause,
    });
  }
}
