import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { longId } from '../../core/ids.ts';
import type { FieldSchema, ResolvedObject, Schema } from './schema.ts';

export type Row = Record<string, SQLInputValue>;

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Three characters that real instances use to name themselves inside an id; "Bw0" keeps made ids apart from given ones. */
const INSTANCE = 'Bw0';

/** Numbers taken from a counter's row at once: a bulk insert then writes it a hundred times less often. */
const COUNTER_BLOCK = 100;

/** Quotes a name of our own schema for SQL. */
export const quoted = (name: string): string => `"${name}"`;

/** "BillingPostalCode" of "BillingAddress" → "postalCode". */
function partKey(whole: FieldSchema, part: string): string {
  const name = part.slice(whole.name.length - 'Address'.length);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** JSON of the parts, made when it is read; null where all of them are empty. Parts that the org hides are not in it. */
function addressColumn(object: ResolvedObject, field: FieldSchema): string {
  const parts = (field.parts ?? []).filter((part) => object.byName.has(part.toLowerCase()));
  const pairs = parts.map((part) => `'${partKey(field, part)}', ${quoted(part)}`);
  const value = `CASE WHEN COALESCE(${['NULL', 'NULL', ...parts.map(quoted)].join(', ')}) IS NOT NULL THEN json_object(${pairs.join(', ')}) END`;
  return `${quoted(field.name)} TEXT GENERATED ALWAYS AS (${value}) VIRTUAL`;
}

function columnOf(object: ResolvedObject, field: FieldSchema): string {
  if (field.type === 'address') return addressColumn(object, field);
  if (field.type === 'id') return `${quoted(field.name)} TEXT PRIMARY KEY`;
  if (field.type === 'boolean' || field.type === 'int') return `${quoted(field.name)} INTEGER`;
  if (field.type === 'double' || field.type === 'currency' || field.type === 'percent')
    return `${quoted(field.name)} REAL`;
  // ids tell case apart; text compares without case
  const isPlain = field.type === 'reference' || field.type === 'date' || field.type === 'datetime';
  return `${quoted(field.name)} TEXT${isPlain ? '' : ' COLLATE NOCASE'}`;
}

const isIndexed = (field: FieldSchema): boolean =>
  field.unique === true ||
  field.externalId === true ||
  (field.type === 'reference' && !/^(Created|LastModified)ById$/.test(field.name));

/** The org's rows in node:sqlite: one table per object, one strictly rising clock, one id counter per prefix. */
export class OrgDatabase {
  readonly sql: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #now: () => number;
  readonly #made = new Map<string, number>();
  /** Columns that the database itself fills, by object. */
  readonly #madeColumns = new Map<string, Set<string>>();
  #lastStamp = 0;
  #depth = 0;
  readonly #blocks = new Map<string, { next: number; last: number }>();

  constructor(schema: Schema, options: { file?: string; now?: () => number }) {
    this.#now = options.now ?? Date.now;
    this.sql = new DatabaseSync(options.file ?? ':memory:');
    this.sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    this.sql.function('unicode_fold', { deterministic: true }, (text) =>
      typeof text === 'string' ? text.toLowerCase() : text,
    );
    this.sql.exec('CREATE TABLE IF NOT EXISTS _counter (prefix TEXT PRIMARY KEY, next INTEGER NOT NULL)');
    for (const object of schema.objects) this.#createTable(object);
    for (const object of schema.objects) {
      const newest = this.get(`SELECT max(SystemModstamp) AS stamp FROM ${quoted(object.name)}`)?.['stamp'];
      if (typeof newest === 'string') this.#lastStamp = Math.max(this.#lastStamp, Date.parse(newest));
    }
  }

  #createTable(object: ResolvedObject): void {
    const table = quoted(object.name);
    if (object.viewOf) return this.#createView(object, object.viewOf);
    const made = object.fields.filter((field) => field.type === 'address').map((field) => field.name);
    this.#madeColumns.set(object.name, new Set(made));
    this.sql.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (${object.fields.map((field) => columnOf(object, field)).join(', ')})`,
    );
    const present = new Set(
      this.all(`SELECT name FROM pragma_table_xinfo('${object.name}')`).map((row) => row['name']),
    );
    for (const field of object.fields) {
      if (!present.has(field.name)) this.sql.exec(`ALTER TABLE ${table} ADD COLUMN ${columnOf(object, field)}`);
      if (isIndexed(field))
        this.sql.exec(
          `CREATE INDEX IF NOT EXISTS ${quoted(`${object.name}.${field.name}`)} ON ${table} (${quoted(field.name)})`,
        );
    }
    for (const fields of object.uniqueSets.filter((set) => set.length > 1)) {
      const names = fields.map((field) => field.name);
      const index = quoted([object.name, ...names].join('.'));
      this.sql.exec(`CREATE INDEX IF NOT EXISTS ${index} ON ${table} (${names.map(quoted).join(', ')})`);
    }
  }

  #createView(object: ResolvedObject, of: { object: string; where: string }): void {
    const columns = object.fields.map((field) => quoted(field.name)).join(', ');
    const rows = `SELECT ${columns} FROM ${quoted(of.object)} WHERE ${of.where}`;
    this.sql.exec(`DROP VIEW IF EXISTS ${quoted(object.name)}; CREATE VIEW ${quoted(object.name)} AS ${rows}`);
  }

  #statement(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) this.#statements.set(text, (statement = this.sql.prepare(text)));
    return statement;
  }

  all(text: string, values: SQLInputValue[] = []): Row[] {
    return this.#statement(text).all(...values) as Row[];
  }

  get(text: string, values: SQLInputValue[] = []): Row | undefined {
    return this.#statement(text).get(...values) as Row | undefined;
  }

  run(text: string, values: SQLInputValue[] = []): number {
    return Number(this.#statement(text).run(...values).changes);
  }

  /** Queries of users: prepared once, not kept, rows as arrays in the order of the columns. */
  arrays(text: string, values: SQLInputValue[]): SQLInputValue[][] {
    const statement = this.sql.prepare(text);
    statement.setReturnArrays(true);
    return statement.all(...values) as unknown as SQLInputValue[][];
  }

  /** A user's query that runs many times with other values. */
  prepared(text: string): (values: SQLInputValue[]) => SQLInputValue[][] {
    const statement = this.sql.prepare(text);
    statement.setReturnArrays(true);
    return (values) => statement.all(...values) as unknown as SQLInputValue[][];
  }

  /** Whether a record is there, without reading it. */
  liveness(object: ResolvedObject, id: string): 'live' | 'deleted' | undefined {
    const flag = object.softDelete ? 'IsDeleted' : '0 AS IsDeleted';
    const row = this.get(`SELECT ${flag} FROM ${quoted(object.name)} WHERE Id = ?`, [id]);
    return row && (row['IsDeleted'] === 1 ? 'deleted' : 'live');
  }

  row(object: string, id: string): Row | undefined {
    return this.get(`SELECT * FROM ${quoted(object)} WHERE Id = ?`, [id]);
  }

  #written(object: string, row: Row): [string, SQLInputValue][] {
    const made = this.#madeColumns.get(object);
    return Object.entries(row).filter(([name]) => !made?.has(name));
  }

  insert(object: string, row: Row): void {
    const written = this.#written(object, row);
    const names = written.map(([name]) => quoted(name));
    this.run(
      `INSERT INTO ${quoted(object)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      written.map(([, value]) => value),
    );
  }

  patch(object: string, id: string, row: Row): void {
    const written = this.#written(object, row);
    if (written.length === 0) return;
    this.run(`UPDATE ${quoted(object)} SET ${written.map(([name]) => `${quoted(name)} = ?`).join(', ')} WHERE Id = ?`, [
      ...written.map(([, value]) => value),
      id,
    ]);
  }

  /** Nested calls are savepoints: an inner failure undoes only the inner part. */
  transaction<T>(work: () => T): T {
    const name = `level${this.#depth}`;
    this.#statement(`SAVEPOINT ${name}`).run();
    this.#depth++;
    try {
      const result = work();
      this.#statement(`RELEASE ${name}`).run();
      return result;
    } catch (error) {
      this.sql.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      // what was undone may have held the counters' rows
      this.#blocks.clear();
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** The next number of a counter. Counters are rows that are moved on by whole blocks, so none is ever given twice. */
  nextNumber(name: string): number {
    let block = this.#blocks.get(name);
    if (!block || block.next > block.last) {
      const counter = this.get(
        'INSERT INTO _counter (prefix, next) VALUES (?, ?) ON CONFLICT (prefix) DO UPDATE SET next = next + ? RETURNING next',
        [name, COUNTER_BLOCK, COUNTER_BLOCK],
      );
      const last = Number(counter?.['next'] ?? COUNTER_BLOCK);
      this.#blocks.set(name, (block = { next: last - COUNTER_BLOCK + 1, last }));
    }
    return block.next++;
  }

  /** A new 18-character id. */
  nextId(object: { keyPrefix: string; name: string }): string {
    for (;;) {
      let rest = this.nextNumber(object.keyPrefix);
      let digits = '';
      for (; digits.length < 9; rest = Math.floor(rest / 62)) digits = BASE62.charAt(rest % 62) + digits;
      const id = longId(object.keyPrefix + INSTANCE + digits);
      if (!this.get(`SELECT 1 FROM ${quoted(object.name)} WHERE Id = ?`, [id])) return id;
    }
  }

  /** An id of an object whose rows only the org itself makes: no given id can be in its way. The counter lives in memory. */
  nextIdUnchecked(prefix: string): string {
    let next = this.#made.get(prefix);
    if (next === undefined) {
      const table = prefix === '00G' ? 'Group' : 'AccountShare';
      const newest = this.get(`SELECT max(Id COLLATE BINARY) AS id FROM ${quoted(table)} WHERE Id LIKE ?`, [
        `${prefix}Bs%`,
      ]);
      const digits = String(newest?.['id'] ?? '').slice(5, 15);
      next = digits ? parseInt(digits, 10) : 0;
    }
    this.#made.set(prefix, next + 1);
    return longId(`${prefix}Bs${String(next + 1).padStart(10, '0')}`);
  }

  /** ISO time of the next write: never equal to or before the last one, so that it can serve as a delta watermark. */
  stamp(): string {
    this.#lastStamp = Math.max(this.#now(), this.#lastStamp + 1);
    return new Date(this.#lastStamp).toISOString();
  }

  close(): void {
    this.#statements.clear();
    this.sql.close();
  }
}
