import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { wordNo, zipText } from './words.ts';

export interface DemandFilter {
  readonly codes: readonly string[];
  readonly sites: readonly string[];
  readonly specialties: readonly string[];
  /** US dollars per service; null takes what was paid. */
  readonly valueUsd: number | null;
  /** Import to count; the last one without it. */
  readonly snapshotId: string | null;
  readonly role?: DemandRole | undefined;
}

/** Services as they stand in a file, by ZIP: no market, no counting rule. */
export interface DemandRow {
  readonly unit: string;
  readonly services: number;
  readonly beneficiaryDays: number;
  readonly providers: number;
  readonly paymentUsd: number;
  readonly opportunityUsd: number;
}

export const listed = (column: string) =>
  `(? = '' OR ${column} IN (SELECT no FROM words WHERE list_contains(string_split(?, chr(31)), upper(word))))`;
/** What `listed` needs of codes, sites and specialties, in this order. */
export const listValues = ({ codes, sites, specialties }: DemandFilter): string[] =>
  [codes, sites, specialties].flatMap((list) => {
    const text = list.map((item) => item.toUpperCase()).join('\u001f');
    return [text, text];
  });

/** Whose ZIP counts; without a role the place where it is performed, as far as the file tells. */
export const DEMAND_ROLES = ['facility', 'location', 'performing', 'ordering', 'billing'] as const;
export type DemandRole = (typeof DEMAND_ROLES)[number];
/** What cannot be attributed under a role stands in this row. */
const UNATTRIBUTED = 'unattributed';

function zipOf(role: DemandRole | undefined): string {
  if (role === undefined) return zipText('coalesce(facility_zip, performing_zip)');
  return zipText(`${role === 'location' ? 'facility' : role}_zip`);
}

/** Rows that speak of one role each repeat the same claims: one role of them counts. */
export const ofRole = (role: DemandRole = 'performing') => `(row_role IS NULL OR row_role = ${wordNo(role)})`;

/**
 * One row per group of ZIPs of an import, every ZIP as it stands in the file. `groups` maps ZIPs to other units (counties);
 * ZIPs that it leaves out come back as the unit "unplaced".
 * @throws BailiwickError not_ready where nothing was imported yet
 */
export async function demandRows(
  db: DuckDb,
  filter: DemandFilter,
  groups?: ReadonlyMap<string, string>,
): Promise<DemandRow[]> {
  const snapshotId = filter.snapshotId ?? (await lastSnapshot(db));
  const lists = listValues(filter);
  const zip = zipOf(filter.role);
  const pairs = JSON.stringify([...(groups ?? [])].map(([zip, unit]) => ({ zip, unit })));
  const placed = groups ? `coalesce(g.unit, 'unplaced')` : zip;
  const unit = `CASE WHEN ${zip} IS NULL THEN '${UNATTRIBUTED}' ELSE ${placed} END`;
  return db.all(
    `SELECT ${unit} AS unit, sum(services) AS services, sum(beneficiary_days) AS "beneficiaryDays",
       count(DISTINCT coalesce(performing, facility))::DOUBLE AS providers, sum(payment_usd) AS "paymentUsd",
       CASE WHEN ?::DOUBLE IS NULL THEN sum(payment_usd) ELSE sum(services) * ?::DOUBLE END AS "opportunityUsd"
     FROM cells LEFT JOIN (SELECT p->>'zip' AS zip, p->>'unit' AS unit FROM (SELECT unnest(from_json(?, '["JSON"]')) AS p)) g ON g.zip = ${zip}
     WHERE snapshot = ${wordNo(snapshotId)} AND ${ofRole(filter.role)} AND ${listed('code')} AND ${listed('site')} AND ${listed('specialty')} GROUP BY 1 ORDER BY 1`,
    [filter.valueUsd, filter.valueUsd, pairs, ...lists],
  );
}

export async function zipsOf(db: DuckDb, snapshotId: string | null, role?: DemandRole): Promise<string[]> {
  const id = snapshotId ?? (await lastSnapshot(db));
  const rows = await db.all<{ zip: string | null }>(
    `SELECT DISTINCT ${zipOf(role)} AS zip FROM cells WHERE snapshot = ${wordNo(id)} ORDER BY 1`,
  );
  return rows.flatMap(({ zip }) => zip ?? []);
}

export async function lastSnapshot(db: DuckDb): Promise<string> {
  const [last] = await db.all<{ id: string }>('SELECT id FROM snapshots ORDER BY number DESC LIMIT 1');
  if (last) return last.id;
  throw new BailiwickError('not_ready', 'This data directory holds no claims.', {
    action: 'Run "bailiwick import claims FILE --data DIR" first.',
  });
}
