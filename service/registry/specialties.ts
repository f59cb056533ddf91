import type { DuckDb } from '../store/duckDb.ts';

/** One of the up to 15 specialties that a provider names. */
export interface SpecialtySlot {
  readonly slot: number;
  readonly code: string;
  /** The provider's own word for its main one; slot 1 is not it for about 15 %. */
  readonly isPrimary: boolean;
  /** From the user's own NUCC list; null without one. */
  readonly name: string | null;
}

export interface SpecialtyMatch {
  readonly npi: string;
  /** The slot that fired: the primary one if it matches, else the first that does. */
  readonly slot: number;
  readonly code: string;
  readonly isPrimary: boolean;
}

/** Slots of the newest active source that knows the NPI. */
const NEWEST = `SELECT t.npi, t.slot, t.code, t.is_primary FROM taxonomies t JOIN snapshots s ON s.id = t.snapshot_id AND s.active
  WHERE t.npi IN (SELECT unnest(from_json(?, '["VARCHAR"]'))) QUALIFY s.number = max(s.number) OVER (PARTITION BY t.npi)`;
const NAMES = `(SELECT p.code, coalesce(p.display, concat_ws(', ', p.classification, p.specialization)) AS name
  FROM specialties p JOIN snapshots s ON s.id = p.snapshot_id AND s.active)`;

export async function taxonomiesOf(db: DuckDb, npis: readonly string[]): Promise<Map<string, SpecialtySlot[]>> {
  if (npis.length === 0) return new Map();
  const rows = await db.all<SpecialtySlot & { npi: string }>(
    `SELECT n.npi, n.slot::DOUBLE AS slot, n.code, n.is_primary AS "isPrimary", names.name FROM (${NEWEST}) n
     LEFT JOIN ${NAMES} names ON names.code = n.code ORDER BY n.npi, n.slot`,
    [JSON.stringify(npis)],
  );
  const found = new Map<string, SpecialtySlot[]>();
  for (const { npi, ...slot } of rows) found.set(npi, [...(found.get(npi) ?? []), slot]);
  return found;
}

/** Those of the NPIs that name one of these taxonomy codes in any slot, and which slot it was. */
export async function matchSpecialty(
  db: DuckDb,
  npis: readonly string[],
  codes: readonly string[],
): Promise<SpecialtyMatch[]> {
  if (npis.length === 0 || codes.length === 0) return [];
  return db.all(
    `SELECT npi, slot::DOUBLE AS slot, code, is_primary AS "isPrimary" FROM (${NEWEST}) n
     WHERE code IN (SELECT upper(unnest(from_json(?, '["VARCHAR"]'))))
     QUALIFY row_number() OVER (PARTITION BY npi ORDER BY is_primary DESC, slot) = 1 ORDER BY npi`,
    [JSON.stringify(npis), JSON.stringify(codes)],
  );
}

/** Taxonomy codes whose classification or specialization holds the words, from the user's own list. */
export async function taxonomyCodesNamed(db: DuckDb, text: string): Promise<{ code: string; name: string }[]> {
  return db.all(`SELECT code, name FROM ${NAMES} WHERE contains(lower(name), lower(?)) ORDER BY name, code LIMIT 200`, [
    text,
  ]);
}

export interface CodeName {
  readonly code: string;
  readonly name: string;
  readonly shortName: string | null;
  readonly system: string;
}

/** Names of procedure codes from the user's own lists; codes that none of them names are left out. */
export async function codeNames(db: DuckDb, codes: readonly string[]): Promise<Map<string, CodeName>> {
  if (codes.length === 0) return new Map();
  const rows = await db.all<CodeName>(
    `SELECT c.code, c.name, c.short_name AS "shortName", c.system FROM codes c JOIN snapshots s ON s.id = c.snapshot_id AND s.active
     WHERE c.code IN (SELECT upper(unnest(from_json(?, '["VARCHAR"]')))) QUALIFY row_number() OVER (PARTITION BY c.code ORDER BY s.number DESC) = 1`,
    [JSON.stringify(codes)],
  );
  return new Map(rows.map((row) => [row.code, row]));
}

/** Facilities that lists name for a provider, and providers that they name for a facility. */
export async function listedAffiliations(
  db: DuckDb,
  keys: readonly string[],
): Promise<{ npi: string; facility: string; file: string }[]> {
  return db.all(
    `SELECT DISTINCT a.npi, a.facility, s.file FROM affiliated a JOIN snapshots s ON s.id = a.snapshot_id AND s.active
     WHERE a.npi IN (SELECT unnest(from_json(?, '["VARCHAR"]'))) OR a.facility IN (SELECT unnest(from_json(?, '["VARCHAR"]')))
     ORDER BY a.npi, a.facility LIMIT 1000`,
    [JSON.stringify(keys), JSON.stringify(keys)],
  );
}

export interface NamedKey {
  readonly key: string;
  readonly record: string;
  readonly name: string;
  readonly zip: string | null;
}

/** Names of NPIs and CCNs; those that no source knows are left out. */
export async function namesOf(db: DuckDb, keys: readonly string[]): Promise<Map<string, NamedKey>> {
  if (keys.length === 0) return new Map();
  const rows = await db.all<NamedKey>(
    `SELECT k.key, k.record, coalesce(r.name, '') AS name, r.zip FROM keys k JOIN records r ON r.record = k.record
     WHERE k.key IN (SELECT unnest(from_json(?, '["VARCHAR"]')))`,
    [JSON.stringify(keys)],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Hospitals with a ZIP, as claims that only number them want to know them. */
export function hospitalPlaces(named: ReadonlyMap<string, NamedKey>): { ccn: string; zip: string; name: string }[] {
  return [...named].flatMap(([ccn, { zip, name }]) => (zip === null ? [] : [{ ccn, zip, name }]));
}
