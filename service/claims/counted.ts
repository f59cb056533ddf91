import type { Market } from './markets.ts';
import { codeRules } from './codeRules.ts';
import { wordNo } from './words.ts';
import type { DuckDb, Value } from '../store/duckDb.ts';

/** Narrows a market further; empty lists leave it as it is. */
export interface Narrowing {
  readonly sites?: readonly string[] | undefined;
  readonly specialties?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
  /** Units that the reader may see figures of; all of them without it. */
  readonly units?: ReadonlySet<number> | undefined;
}

/**
 * Who and which ZIP counts under each role. Where no facility is named the practice of the performer is the place, and the other
 * way round; nobody stands in for who orders or bills: what names none is told as a remainder.
 */
const ROLES: Readonly<Record<Market['role'], { key: string; zip: string; provider: string }>> = {
  facility: {
    key: 'coalesce(c.facility, c.performing)',
    zip: 'coalesce(c.facility_zip, c.performing_zip)',
    provider: 'c.performing',
  },
  performing: {
    key: 'coalesce(c.performing, c.facility)',
    zip: 'coalesce(c.performing_zip, c.facility_zip)',
    provider: 'c.performing',
  },
  location: {
    key: 'coalesce(c.facility, c.performing)',
    zip: 'coalesce(c.facility_zip, c.performing_zip)',
    provider: 'c.performing',
  },
  ordering: { key: 'c.ordering', zip: 'c.ordering_zip', provider: 'c.ordering' },
  billing: { key: 'c.billing', zip: 'c.billing_zip', provider: 'c.billing' },
};

const SEPARATOR = '\u001f';
const WORDS = `(SELECT no FROM words WHERE list_contains(string_split(?, chr(31)), word))`;

export interface Counted {
  readonly sql: string;
  readonly values: Value[];
}

/**
 * The cells that a market counts, as a subquery named `counted` with its values: key, zip, provider, unit (null in the remainder),
 * procedures (codes with the rule "procedure", a procedure billed twice once, × scale-up), opportunity_usd (value per procedure or what
 * was paid, × addressable share × scale-up), imputed_procedures (the part of procedures that stands on imputed counts), and
 * imputed_squares: imputed counts × (US dollars per count)², which their uncertainty needs.
 */
export async function countedCells(db: DuckDb, market: Market, narrowing: Narrowing = {}): Promise<Counted> {
  const { key, zip, provider } = ROLES[market.role];
  const filters = [
    await specialtyFilter(db, market.specialties),
    await specialtyFilter(db, narrowing.specialties ?? []),
    listed('c.site', market.sites),
    listed('c.site', narrowing.sites ?? []),
    listed('c.code', narrowing.codes ?? []),
    narrowing.units
      ? {
          sql: 'u.unit IN (SELECT unnest(from_json(?, \'["INTEGER"]\')))',
          values: [JSON.stringify([...narrowing.units])],
        }
      : null,
  ].filter((filter) => filter !== null);
  const where = filters.map(({ sql }) => ` AND ${sql}`).join('');
  const scaled = market.scaleUp.length > 0;
  const places = `(SELECT p->>'place' AS place, (p->>'factor')::DOUBLE AS factor FROM (SELECT unnest(from_json(?, '["JSON"]')) AS p))`;
  const sql = `(SELECT *, CASE WHEN rule = 'procedure' THEN countable ELSE 0 END AS procedures,
      CASE WHEN rule = 'procedure' AND NOT billed_twice THEN imputed * imputed_as * scale ELSE 0 END AS imputed_procedures,
      imputed * pow(opportunity_usd / nullif(services, 0), 2) AS imputed_squares
    FROM (SELECT c.*, ${key} AS key, ${zip} AS zip, ${provider} AS provider, u.unit, m.rule, g.imputed AS imputed_as, ${scaled ? 'coalesce(sc.factor, ss.factor, 1)' : '1'} AS scale,
        CASE WHEN billed_twice THEN 0 ELSE services END * scale AS countable,
        coalesce(CASE WHEN billed_twice THEN 0 ELSE services END * m.value_usd, payment_usd) * scale * ? AS opportunity_usd
      FROM cells c
      JOIN (SELECT (r->>'no')::INTEGER AS code, r->>'rule' AS rule, (r->>'valueUsd')::DOUBLE AS value_usd FROM (SELECT unnest(from_json(?, '["JSON"]')) AS r)) m ON m.code = c.code
      CROSS JOIN (SELECT coalesce(max(imputed), 0) AS imputed FROM guards WHERE snapshot_id = ?) g
      LEFT JOIN units u ON u.zip_no = ${zip}
      ${scaled ? `LEFT JOIN ${places} sc ON sc.place = u.county LEFT JOIN ${places} ss ON ss.place = u.state` : ''}
      WHERE c.snapshot = ${wordNo(market.snapshotId)} AND (c.row_role IS NULL OR c.row_role = ${wordNo(market.role)}) AND c.period IS NOT DISTINCT FROM ${market.periodKey === null ? 'NULL' : wordNo(market.periodKey)}${where})) counted`;
  const scales = scaled ? [JSON.stringify(market.scaleUp), JSON.stringify(market.scaleUp)] : [];
  const codes = await countedCodes(db, market);
  const rules = JSON.stringify(codes.map(({ no, rule, valueUsd }) => ({ no, rule, valueUsd })));
  const values = [
    market.addressableShare,
    rules,
    market.snapshotId,
    ...scales,
    ...filters.flatMap((filter) => filter.values),
  ];
  return { sql, values };
}

/** The codes of the file that the market counts, each with its rule. */
export async function countedCodes(db: DuckDb, market: Pick<Market, 'snapshotId' | 'codes'>) {
  const codes = await db.all<{ no: number; code: string; name: string | null }>(
    `SELECT no, code, name FROM codes JOIN words ON word = code WHERE snapshot_id = ? ORDER BY code`,
    [market.snapshotId],
  );
  return codeRules(market.codes, codes);
}

interface Filter {
  readonly sql: string;
  readonly values: Value[];
}

function listed(column: string, words: readonly string[]): Filter | null {
  return words.length === 0 ? null : { sql: `${column} IN ${WORDS}`, values: [words.join(SEPARATOR)] };
}

/** The specialty or taxonomy code that the file names, or one that the registry knows of the performer. */
async function specialtyFilter(db: DuckDb, words: readonly string[]): Promise<Filter | null> {
  const ofFile = listed('c.specialty', words);
  if (!ofFile) return null;
  const [known] = await db.all('SELECT 1 FROM party_specialties LIMIT 1');
  if (!known) return ofFile;
  return {
    sql: `(${ofFile.sql} OR coalesce(c.performing IN (SELECT party FROM party_specialties WHERE list_contains(string_split(?, chr(31)), specialty)), false))`,
    values: [...ofFile.values, ...ofFile.values],
  };
}
