import type { DuckDb } from '../store/duckDb.ts';
import type { Market } from './markets.ts';
import { wordNo } from './words.ts';

/** Above this, counting tests where they are performed puts the demand into a few ZIPs. */
export const MOST_LABORATORIES = 0.5;

/** Laboratories by the name of their specialty or by their taxonomy (NUCC 291… to 293…), and tests at site of care 81. */
const IS_LABORATORY = `(coalesce(specialty IN (SELECT no FROM words WHERE word ILIKE '%laborator%' OR regexp_full_match(word, '29[123][A-Z0-9]{7}')), false)
  OR site = ${wordNo('81')})`;

/** Share of a snapshot's services that laboratories hold; 0 without any service. */
export async function laboratoryShare(db: DuckDb, snapshotId: string): Promise<number> {
  const [found] = await db.all<{ share: number | null }>(
    `SELECT sum(services) FILTER (WHERE ${IS_LABORATORY}) / sum(services) AS share FROM cells WHERE snapshot = ${wordNo(snapshotId)}`,
  );
  return found?.share ?? 0;
}

const ROLES = ['facility', 'location', 'performing', 'ordering', 'billing'] as const satisfies Market['role'][];

/** The roles of which a snapshot names any ZIP, so that a market can count by them. */
export async function rolesOf(db: DuckDb, snapshotId: string): Promise<Market['role'][]> {
  const named = ROLES.map((role) => `bool_or(${role === 'location' ? 'facility' : role}_zip IS NOT NULL) AS ${role}`);
  const [found] = await db.all<Record<Market['role'], boolean | null>>(
    `SELECT ${named.join(', ')} FROM cells WHERE snapshot = ${wordNo(snapshotId)}`,
  );
  return ROLES.filter((role) => found?.[role]);
}
