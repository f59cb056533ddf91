import type { DuckDb } from '../store/duckDb.ts';
import { keepWords } from './words.ts';
import { rolesNamed, stagedColumns, type RoleColumn } from './parties.ts';

/** The calendar year of a staged row; empty where it names none. */
export const YEAR = `regexp_extract(month, '(?:19|20)\\d\\d')`;

/** The finest grain that is kept. */
export const GRAIN = [
  'performing', 'performing_zip', 'facility', 'facility_zip', 'ordering', 'ordering_zip', 'billing', 'billing_zip',
  'specialty', 'code', 'site', 'period', 'bill', 'row_role',
] as const; // prettier-ignore
type GrainColumn = (typeof GRAIN)[number];
/** Those of them that are texts in the file and numbers of `words` afterwards. */
const TEXTS: ReadonlySet<GrainColumn> = new Set(['specialty', 'code', 'site', 'period', 'bill', 'row_role']);

/**
 * Adds the kept rows up to the finest grain, in the temporary table summed: it has those columns of the grain that the file fills, which
 * are answered (ten million rows of empty columns would not fit the memory). A file of more than twelve months has cells by calendar year.
 */
export async function sumCells(db: DuckDb): Promise<ReadonlySet<GrainColumn>> {
  const [named, columns] = [await rolesNamed(db), await stagedColumns(db)];
  const tells = { bill: columns.has('bill_kind'), role: await tellsRole(db, columns) };
  const grain = grainOf(named, tells, await spansYears(db));
  const texts = [...grain].filter(([column]) => TEXTS.has(column));
  await keepWords(
    db,
    texts.map(([, sql]) => `SELECT DISTINCT ${sql} FROM staged WHERE reason IS NULL`),
  );
  const joins = [
    ...[...named].map((key) => `LEFT JOIN parties ${key}s ON ${key}s.key = staged.${key}`),
    ...texts.map(([column, sql]) => `LEFT JOIN words ${column}s ON ${column}s.word = ${sql}`),
  ];
  const keys = [...grain].map(([column, sql]) => `${TEXTS.has(column) ? `${column}s.no` : sql} AS ${column}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE summed AS SELECT ${keys.join(', ')},
      coalesce(sum(services) FILTER (WHERE NOT marked), 0) AS services, coalesce(sum(beneficiaries), 0) AS beneficiaries,
      coalesce(sum(beneficiary_days), 0) AS beneficiary_days, coalesce(sum(payment_usd) FILTER (WHERE NOT marked), 0) AS payment_usd,
      bool_or(drug) AS drug, count(*) FILTER (WHERE marked)::INTEGER AS marked
    FROM staged ${joins.join(' ')} WHERE reason IS NULL GROUP BY ${keys.map((_, i) => i + 1).join(', ')}`);
  return new Set(grain.keys());
}

/** More than twelve months: a year that begins in the middle of one calendar year is still one period. */
async function spansYears(db: DuckDb): Promise<boolean> {
  const [span] = await db.all<{ months: number | null }>(
    `SELECT date_diff('month', try_cast(left(min(month) || '-01', 7) || '-01' AS DATE), try_cast(left(max(month) || '-12', 7) || '-01' AS DATE)) + 1.0 AS months
     FROM staged WHERE reason IS NULL`,
  );
  return (span?.months ?? 0) > 12;
}

/** Whether each row is about one provider and says in which role. */
async function tellsRole(db: DuckDb, columns: ReadonlySet<string>): Promise<boolean> {
  if (!columns.has('row_role')) return false;
  const [found] = await db.all<{ tells: boolean }>('SELECT count(row_role) > 0 AS tells FROM staged');
  return found?.tells ?? false;
}

/** Each column of the grain that the file fills, with its expression over the staged rows. */
function grainOf(
  named: ReadonlySet<RoleColumn>,
  tells: { bill: boolean; role: boolean },
  severalYears: boolean,
): Map<GrainColumn, string> {
  const grain = new Map<GrainColumn, string>();
  for (const key of ['performing', 'facility', 'ordering', 'billing'] as const) {
    if (named.has(key)) grain.set(key, `${key}s.no`);
    // A facility without a number still has its place.
    if (named.has(key) || key === 'facility' || key === 'performing')
      grain.set(`${key}_zip`, `staged.${key}_zip::INTEGER`);
  }
  for (const column of ['specialty', 'code', 'site'] as const) grain.set(column, `staged.${column}`);
  if (severalYears) grain.set('period', `nullif(${YEAR}, '')`);
  // The facility's own bill names nobody who performs.
  const kind = `CASE WHEN facility IS NULL THEN NULL WHEN performing IS NULL THEN 'facility' ELSE 'professional' END`;
  const told = `CASE WHEN regexp_matches(lower(bill_kind), 'fac|inst|hosp|outp|inp|ub|^[ifh]$') THEN 'facility' WHEN regexp_matches(lower(bill_kind), 'prof|phys|1500|^p$') THEN 'professional' END`;
  // Rows of one role each repeat the same claims: they are neither professional nor facility bills.
  if (tells.role) grain.set('row_role', 'staged.row_role');
  else if (named.has('facility')) grain.set('bill', tells.bill ? `coalesce(${told}, ${kind})` : kind);
  return grain;
}
