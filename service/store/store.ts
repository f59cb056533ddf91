import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { BailiwickError } from '../core/errors.ts';
import { APPEND_ONLY } from './appendOnly.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/** A handle on the service's state, whichever PostgreSQL is behind it. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export interface Store {
  /** For single statements outside a transaction; throws inside one, where PGlite would wait for itself for ever. */
  readonly db: Db;
  /** Runs the work in one transaction; inside it only `tx` is used and nothing but the store is awaited. */
  transaction<Result>(work: (tx: Db) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Opens the state: a PostgreSQL by its address, else PGlite in the directory, else PGlite in memory (tests).
 * Brings the tables up to date first.
 */
export async function openStore(options: { dataDir?: string; databaseUrl?: string } = {}): Promise<Store> {
  return options.databaseUrl ? openPostgres(options.databaseUrl) : openEmbedded(options.dataDir);
}

/**
 * The database's programs, compiled once a process and kept: V8 can abort while it frees the code of one
 * (nodejs/node#64500), and a second store opens sooner.
 */
const programs = { pgliteWasmModule: once(() => compiled('pglite')), initdbWasmModule: once(() => compiled('initdb')) };

async function compiled(name: string): Promise<WebAssembly.Module> {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  return WebAssembly.compile(await readFile(join(folder, `${name}.wasm`)));
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}

async function openEmbedded(dataDir: string | undefined): Promise<Store> {
  const [pgliteWasmModule, initdbWasmModule] = [await programs.pgliteWasmModule(), await programs.initdbWasmModule()];
  const client = new PGlite({ ...(dataDir === undefined ? {} : { dataDir }), pgliteWasmModule, initdbWasmModule });
  const db = drizzlePglite(client);
  await migratePglite(db, { migrationsFolder: MIGRATIONS });
  for (const statement of APPEND_ONLY) await client.exec(statement);
  return guarded(db as unknown as Db, () => client.close());
}

async function openPostgres(connectionString: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString, max: 10 });
  // an idle connection that breaks is replaced at the next query; without a listener it would end the process
  pool.on('error', () => undefined);
  try {
    await reach(pool, new URL(connectionString));
    const db = drizzlePostgres(pool);
    await migratePostgres(db, { migrationsFolder: MIGRATIONS });
    for (const statement of APPEND_ONLY) await pool.query(statement);
    return guarded(db as unknown as Db, () => pool.end());
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** @throws BailiwickError not_ready, naming the database but not its user and password */
async function reach(pool: pg.Pool, { host, pathname }: URL): Promise<void> {
  try {
    await pool.query('select 1');
  } catch (cause) {
    const reason = (cause as { code?: string }).code ?? 'no answer';
    throw new BailiwickError('not_ready', `The database ${pathname.slice(1)} on ${host} cannot be used (${reason}).`, {
      action:
        'Start PostgreSQL and check user, password and name in DATABASE_URL, or leave it out to keep state in files.',
      cause,
    });
  }
}

function guarded(db: Db, close: () => Promise<void>): Store {
  const inside = new AsyncLocalStorage<true>();
  return {
    get db() {
      if (inside.getStore())
        throw new Error('Inside a transaction use its own handle: the outer one would wait for ever.');
      return db;
    },
    transaction: (work) => db.transaction((tx) => inside.run(true, () => work(tx as unknown as Db))),
    close,
  };
}
