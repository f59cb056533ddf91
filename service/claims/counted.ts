import type { Market } from './markets.ts';
import type { Value } from '../store/duckDb.ts';

/** Narrows a market further; empty lists leave it as it is. */
export interface Narrowing {
  readonly sites?: readonly string[] | undefined;
  readonly specialties?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
  /** Units that the reader may see figures of; all of them without it. */
  readonly units?: ReadonlySet<number> | undefined;
}

/** Who and which ZIP counts under each role; where a file does not tell, the performing provider stands in. */
const ROLES: Readonly<Record<Market['role'], { key: string; zip: string; provider: string }>> = {
  facility: {
    key: 'coalesce(facility, performing)',
    zip: 'coalesce(facility_zip, performing_zip)',
    provider: 'performing',
  },
  performing: {
    key: 'coalesce(performing, facility)',
    zip: 'coalesce(performing_zip, facility_zip)',
    provider: 'performing',
  },
  ordering: {
    key: 'coalesce(ordering, performing, facility)',
    zip: 'coalesce(ordering_zip, performing_zip, facility_zip)',
    provider: 'coalesce(ordering, performing)',
  },
  billing: {
    key: 'coalesce(performing, facility)',
    zip: 'coalesce(performing_zip, facility_zip)',
    provider: 'performing',
  },
};

const SEPARATOR = '\u001f';
const listed = (column: string) => `(? = '' OR list_contains(string_split(?, chr(31)), ${column}))`;

/**
 * The cells that a market counts, as a subquery named `counted` with its values: key, zip, unit, procedures (only codes with
 * the rule "procedure"), opportunity_usd (value per procedure × addressable share, or what was paid × share).
 */
export function countedCells(market: Market, narrowing: Narrowing = {}): { sql: string; values: Value[] } {
  const { key, zip, provider } = ROLES[market.role];
  const lists = [market.specialties, narrowing.specialties, market.sites, narrowing.sites, narrowing.codes].map(
    (list) => (list ?? []).join(SEPARATOR),
  );
  const [specialties = '', someSpecialties = '', sites = '', someSites = '', codes = ''] = lists;
  const sql = `(SELECT c.*, ${key} AS key, ${zip} AS zip, ${provider} AS provider, u.unit,
      CASE WHEN m.rule = 'procedure' THEN services ELSE 0 END AS procedures,
      coalesce(services * m.value_usd, payment_usd) * ? AS opportunity_usd
    FROM cells c JOIN market_codes m ON m.market_id = ? AND m.code = c.code LEFT JOIN units u ON u.zip = ${zip}
    WHERE c.snapshot_id = ? AND ${listed('specialty')} AND ${listed('specialty')} AND ${listed('site')} AND ${listed('site')} AND ${listed('c.code')}
      AND (? = 'all' OR list_contains(string_split(?, chr(31)), u.unit::VARCHAR))) counted`;
  const twice = [specialties, someSpecialties, sites, someSites, codes].flatMap((list) => [list, list]);
  const units = narrowing.units ? [...narrowing.units].join(SEPARATOR) : 'all';
  return { sql, values: [market.addressableShare, market.id, market.snapshotId, ...twice, units, units] };
}
