import type { DuckDb } from '../store/duckDb.ts';
import { lastSnapshot, listed, listValues, ofRole, type DemandFilter } from './demandRows.ts';
import { wordNo, zipText } from './words.ts';

/** A provider or facility as the files count it: no market, no counting rule. */
export interface ProviderRow {
  /** NPI, or the CCN of a facility without one. */
  readonly key: string;
  readonly name: string | null;
  /** Where most of its dollars are; null where no ZIP is named. */
  readonly zip: string | null;
  readonly procedures: number;
  readonly potentialUsd: number;
}

/**
 * Everybody with services in an import, by key: who performs, or the facility where nobody is named; under another role who has it.
 * @throws BailiwickError not_ready where nothing was imported yet
 */
export async function providerRows(db: DuckDb, filter: DemandFilter): Promise<ProviderRow[]> {
  const snapshotId = filter.snapshotId ?? (await lastSnapshot(db));
  const role = filter.role ?? 'performing';
  const [first, second] =
    role === 'facility' || role === 'location' ? ['facility', 'performing'] : ['performing', 'facility'];
  const isPlace = ['facility', 'location', 'performing'].includes(role);
  const key = isPlace ? `coalesce(${first}, ${second})` : role;
  const zip = isPlace ? `coalesce(${first}_zip, ${second}_zip)` : `${role}_zip`;
  return db.all(
    `WITH places AS (SELECT ${key} AS no, ${zip} AS zip, sum(services) AS services,
         CASE WHEN ?::DOUBLE IS NULL THEN sum(payment_usd) ELSE sum(services) * ?::DOUBLE END AS usd
       FROM cells WHERE snapshot = ${wordNo(snapshotId)} AND ${ofRole(filter.role)} AND ${listed('code')} AND ${listed('site')}
         AND ${listed('specialty')} AND ${key} IS NOT NULL GROUP BY 1, 2)
     SELECT coalesce(p.npi, p.ccn, p.key) AS key, max(p.name) AS name, ${zipText('arg_max(zip, (usd, services, zip))')} AS zip,
       sum(services) AS procedures, coalesce(sum(usd), 0) AS "potentialUsd"
     FROM places JOIN parties p ON p.no = places.no GROUP BY 1 ORDER BY 1`,
    [filter.valueUsd, filter.valueUsd, ...listValues(filter)],
  );
}
