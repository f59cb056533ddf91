import type { DuckDb } from '../store/duckDb.ts';

/** Column of staged rows → what is known beside the key. */
const ROLES = [
  { key: 'performing', name: 'performing_name', npi: 'performing', ccn: 'NULL::VARCHAR' },
  { key: 'facility', name: 'facility_name', npi: 'facility_npi', ccn: 'facility_ccn' },
  { key: 'ordering', name: 'NULL::VARCHAR', npi: 'ordering', ccn: 'NULL::VARCHAR' },
  { key: 'billing', name: 'NULL::VARCHAR', npi: 'billing', ccn: 'NULL::VARCHAR' },
] as const;
export type RoleColumn = (typeof ROLES)[number]['key'];

/** Gives every provider and facility of the staged rows a number, once for all imports; a newer name replaces an older one. */
export async function keepParties(db: DuckDb): Promise<void> {
  const named = await rolesNamed(db);
  const parts = ROLES.filter(({ key }) => named.has(key)).map(
    ({ key, name, npi, ccn }) =>
      `SELECT ${key} AS key, max(${name}) AS name, max(${npi}) AS npi, max(${ccn}) AS ccn FROM staged
       WHERE reason IS NULL AND ${key} IS NOT NULL GROUP BY 1`,
  );
  if (parts.length === 0) return;
  await db.run(`CREATE OR REPLACE TEMP TABLE met AS
    SELECT key, max(name) AS name, max(npi) AS npi, max(ccn) AS ccn FROM (${parts.join(' UNION ALL ')}) GROUP BY key`);
  await db.run(`UPDATE parties SET name = coalesce(met.name, parties.name), npi = coalesce(met.npi, parties.npi), ccn = coalesce(met.ccn, parties.ccn)
    FROM met WHERE met.key = parties.key AND (met.name, met.npi, met.ccn) IS DISTINCT FROM (parties.name, parties.npi, parties.ccn)`);
  await db.run(`INSERT INTO parties SELECT (SELECT coalesce(max(no), -1) FROM parties) + row_number() OVER (ORDER BY key), key, name, npi, ccn
    FROM met ANTI JOIN parties USING (key)`);
  await db.run('DROP TABLE met');
}

/** Roles that any staged row names; files lack most of them, and joining for nothing costs seconds. */
export async function rolesNamed(db: DuckDb): Promise<ReadonlySet<RoleColumn>> {
  const has = await stagedColumns(db);
  const known = ROLES.filter(({ key }) => has.has(key));
  const [found] = await db.all<Record<string, boolean>>(
    `SELECT ${known.map(({ key }) => `count(${key}) > 0 AS ${key}`).join(', ')} FROM staged`,
  );
  return new Set(known.map(({ key }) => key).filter((key) => found?.[key]));
}

/** Columns of the staged rows: layouts that know no billing provider or kind of bill leave theirs out. */
export async function stagedColumns(db: DuckDb): Promise<ReadonlySet<string>> {
  const rows = await db.all<{ column_name: string }>('SELECT column_name FROM (DESCRIBE staged)');
  return new Set(rows.map(({ column_name }) => column_name));
}
