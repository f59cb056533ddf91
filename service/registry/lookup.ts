import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import type { ProviderKind } from './kinds.ts';

export type Coordinates = 'source' | 'zipPoint' | 'unknown';

/** One provider or facility over all active sources. */
export interface RegistryRecord {
  /** Its CCN, else its NPI. */
  readonly key: string;
  readonly npi: string | null;
  readonly ccn: string | null;
  readonly isPerson: boolean;
  readonly name: string;
  readonly kind: ProviderKind;
  readonly address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly coordinates: Coordinates;
  readonly phone: string | null;
  readonly ownership: string | null;
  readonly emergency: boolean | null;
  readonly beds: number | null;
}

const COLUMNS = `record AS key, npi, ccn, is_person AS "isPerson", coalesce(name, '') AS name, kind, address, city, state, zip, lat, lon, coordinates,
  phone, ownership, emergency, beds::DOUBLE AS beds`;

/** What one row of one source says, newest source first. */
export interface SourceRow {
  readonly snapshotId: string;
  readonly file: string;
  readonly importedAt: string;
  readonly npi: string | null;
  readonly ccn: string | null;
  readonly name: string | null;
  readonly otherName: string | null;
  readonly kindText: string | null;
  readonly address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** How far its coordinates lie from the point of its ZIP. */
  readonly zipKm: number | null;
}

/** The record that an NPI or CCN stands for; null where no active source knows it. */
export async function findRecord(db: DuckDb, key: string): Promise<RegistryRecord | null> {
  const [row] = await db.all<RegistryRecord>(
    `SELECT ${COLUMNS} FROM records WHERE record = (SELECT record FROM keys WHERE key = ?)`,
    [key.trim().toUpperCase()],
  );
  return row ?? null;
}

/** @throws BailiwickError not_found */
export async function requireRecord(db: DuckDb, key: string): Promise<RegistryRecord> {
  const record = await findRecord(db, key);
  if (record) return record;
  throw notFound(key);
}

export function notFound(key: string): BailiwickError {
  return new BailiwickError('not_found', `No provider or facility ${key} is known, or it is not in your territory.`, {
    action: 'Check the NPI or CCN, or import a registry file that lists it.',
  });
}

/** All NPIs and CCNs of a record. */
export async function keysOf(db: DuckDb, record: string): Promise<string[]> {
  const rows = await db.all<{ key: string }>('SELECT key FROM keys WHERE record = ? ORDER BY key', [record]);
  return rows.map(({ key }) => key);
}

/** What each active source says of these keys, newest first. */
export function sourceRows(db: DuckDb, keys: readonly string[]): Promise<SourceRow[]> {
  return db.all(
    `SELECT l.snapshot_id AS "snapshotId", s.file, s.imported_at AS "importedAt", l.npi, l.ccn, l.name, l.other_name AS "otherName",
       l.kind_text AS "kindText", l.address, l.city, l.state, l.zip, l.lat, l.lon, l.zip_km AS "zipKm"
     FROM listed l JOIN snapshots s ON s.id = l.snapshot_id AND s.active
     WHERE l.npi IN (SELECT unnest(string_split(?, ' '))) OR l.ccn IN (SELECT unnest(string_split(?, ' ')))
     ORDER BY s.number DESC, l.row`,
    [keys.join(' '), keys.join(' ')],
  );
}

/** A field that sources tell differently: what is shown, and what else stands in them. */
export interface Alternative {
  readonly field: 'name' | 'address' | 'city' | 'state' | 'zip';
  readonly value: string;
  readonly file: string;
}

/** What other rows say of a record than the record itself, each once. */
export function alternatives(record: RegistryRecord, rows: readonly SourceRow[]): Alternative[] {
  const found: Alternative[] = [];
  for (const row of rows) {
    const says = {
      name: [row.name, row.otherName],
      address: [row.address],
      city: [row.city],
      state: [row.state],
      zip: [row.zip],
    };
    for (const [field, values] of Object.entries(says) as [Alternative['field'], (string | null)[]][]) {
      for (const value of values) {
        if (value === null || plain(value) === plain(record[field])) continue;
        if (found.some((known) => known.field === field && plain(known.value) === plain(value))) continue;
        found.push({ field, value, file: row.file });
      }
    }
  }
  return found;
}

const plain = (text: string | null) =>
  (text ?? '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();

export interface Searching {
  readonly text: string;
  readonly kinds: readonly string[];
  readonly state: string | null;
  readonly zips: ReadonlySet<string> | 'all';
  readonly offset: number;
  readonly limit: number;
}

export interface Found {
  readonly records: RegistryRecord[];
  readonly total: number;
}

/**
 * Records by NPI, CCN, or words of name and city, as any active source writes them; facilities and full names first. Without
 * text the first ones by name.
 */
export async function searchRecords(db: DuckDb, searching: Searching): Promise<Found> {
  const { offset, limit } = searching;
  const { where, values, words } = condition(searching);
  const order = 'is_person, starts_with(upper(name), ?) DESC, name, record';
  const first = words[0] ?? '';
  // Words are looked for once, for the page and the count; all there is would be too much to hold.
  const rows = await db.all<RegistryRecord & { total: number }>(
    `WITH hits AS ${words.length > 0 ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (SELECT record, is_person, name FROM records WHERE ${where}),
       page AS (SELECT record FROM hits ORDER BY ${order} LIMIT ? OFFSET ?)
     SELECT ${COLUMNS}, (SELECT count(*) FROM hits)::DOUBLE AS total FROM records SEMI JOIN page USING (record) ORDER BY ${order}`,
    [...values, first, limit, offset, first],
  );
  // A page beyond the last has no row to tell the count.
  if (rows.length === 0 && offset > 0)
    return { records: [], total: (await searchRecords(db, { ...searching, offset: 0, limit: 1 })).total };
  return { records: rows.map(({ total: _, ...record }) => record), total: rows[0]?.total ?? 0 };
}

/** Words are bound, not written: they come from people. */
function condition({ text, kinds, state, zips }: Searching) {
  const words = text
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8);
  const isKey = words.length === 1 && /^(\d{6}|\d{10}|\d{2}[A-Z0-9]{3,8})$/.test(words[0] ?? '');
  const match = isKey
    ? 'record IN (SELECT record FROM keys WHERE key = ?)'
    : words.length === 0
      ? 'true'
      : `(${words.map(() => 'contains(search, ?)').join(' AND ')} OR record IN (SELECT k.record FROM listed l
          JOIN snapshots s ON s.id = l.snapshot_id AND s.active JOIN keys k ON k.key = coalesce(l.ccn, l.npi)
          WHERE ${said(words, 'l.name, l.other_name, l.city, l.state, l.zip')}))`;
  const seen = zips === 'all' ? 'true' : `list_contains(string_split(?, ' '), zip)`;
  const where = `${match} AND ${seen} AND (? = '' OR list_contains(string_split(?, ' '), kind)) AND (? = '' OR state = ?)`;
  const asked = isKey ? words : [...words, ...words];
  const within = zips === 'all' ? [] : [[...zips].join(' ')];
  const [kind, inState] = [kinds.join(' '), state ?? ''];
  return { where, words, values: [...asked, ...within, kind, kind, inState, inState] };
}

/** Whether all words stand in these columns, one bound value for each word. */
const said = (words: readonly string[], columns: string) =>
  words.map(() => `contains(upper(concat_ws(' ', ${columns})), ?)`).join(' AND ');
