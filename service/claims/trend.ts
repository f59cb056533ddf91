import type { DuckDb } from '../store/duckDb.ts';
import { countedCells, type Narrowing } from './counted.ts';
import type { Market } from './markets.ts';
import { CMS_YEARLY_CHANGE, type YearlyChange } from '../core/uncertainty.ts';

/** One period of one file that a market can count. */
export interface CountedPeriod {
  readonly period: string;
  readonly file: string;
  readonly importedAt: string;
  readonly snapshotId: string;
  readonly periodKey: string | null;
}

/** What a market counts in one period. */
export interface PeriodSums extends Omit<CountedPeriod, 'snapshotId' | 'periodKey'> {
  readonly procedures: number[];
  readonly potentialUsd: number[];
  /** What stands in no unit. */
  readonly unplaced: { readonly procedures: number; readonly potentialUsd: number };
  readonly imputedProcedures: number;
}

/** Files of the same layout as the market's, oldest period first; of two files of one period the newer import. */
export async function periodsOf(db: DuckDb, market: Market): Promise<CountedPeriod[]> {
  return db.all(
    `SELECT period, arg_max(file, number) AS file, arg_max(imported_at, number) AS "importedAt", arg_max(id, number) AS "snapshotId",
       arg_max(key, number) AS "periodKey"
     FROM (SELECT s.*, p.key, coalesce(p.key, s.period) AS label FROM (SELECT id, file, layout, imported_at, number, period FROM snapshots) s
       JOIN (SELECT snapshot_id, period AS key FROM periods UNION SELECT id, NULL FROM snapshots WHERE id NOT IN (SELECT snapshot_id FROM periods)) p
         ON p.snapshot_id = s.id) q(id, file, layout, imported_at, number, whole, key, period)
     WHERE layout = (SELECT layout FROM snapshots WHERE id = ?) AND regexp_matches(period, '(19|20)\\d\\d')
     GROUP BY period ORDER BY period`,
    [market.snapshotId],
  );
}

/** Sums of a market in every period that there is, in unit order. */
export async function trendOf(db: DuckDb, units: number, market: Market, narrowing?: Narrowing): Promise<PeriodSums[]> {
  const sums: PeriodSums[] = [];
  for (const { snapshotId, periodKey, ...period } of await periodsOf(db, market)) {
    const { sql, values } = await countedCells(db, { ...market, snapshotId, periodKey }, narrowing);
    const rows = await db.all<{ unit: number | null; procedures: number; usd: number; imputed: number }>(
      `SELECT unit, sum(procedures) AS procedures, sum(opportunity_usd) AS usd, sum(imputed_procedures) AS imputed FROM ${sql} GROUP BY unit`,
      values,
    );
    const [procedures, potentialUsd] = [new Array<number>(units).fill(0), new Array<number>(units).fill(0)];
    for (const row of rows) {
      if (row.unit === null) continue;
      procedures[row.unit] = row.procedures;
      potentialUsd[row.unit] = row.usd;
    }
    const outside = rows.find(({ unit }) => unit === null);
    const unplaced = { procedures: outside?.procedures ?? 0, potentialUsd: outside?.usd ?? 0 };
    const imputedProcedures = rows.reduce((sum, { imputed }) => sum + imputed, 0);
    sums.push({ ...period, procedures, potentialUsd, unplaced, imputedProcedures });
  }
  return sums;
}

/** Fewer providers in both periods than this make no distribution. */
const FEWEST_PROVIDERS = 100;

/** How providers' volumes moved from the period before to the market's own; the measured figures of CMS where the files do not tell. */
export async function yearlyChangeOf(db: DuckDb, market: Market): Promise<YearlyChange & { readonly source: string }> {
  const measured = { ...CMS_YEARLY_CHANGE, source: 'all providers of CMS files of 2018 to 2020' };
  const periods = await periodsOf(db, market);
  const at = periods.findIndex(
    ({ snapshotId, periodKey }) => snapshotId === market.snapshotId && periodKey === market.periodKey,
  );
  const [before, now] = [periods[at - 1], periods[at]];
  if (!before || !now) return measured;
  const then = await countedCells(db, { ...market, snapshotId: before.snapshotId, periodKey: before.periodKey });
  const today = await countedCells(db, market);
  const byProvider = (sql: string) =>
    `(SELECT provider, sum(procedures) AS volume FROM ${sql} WHERE provider IS NOT NULL GROUP BY provider HAVING sum(procedures) > 0)`;
  const [found] = await db.all<{ providers: number; p: number[] | null }>(
    `SELECT count(*)::DOUBLE AS providers, quantile_cont(n.volume / b.volume - 1, [0.1, 0.5, 0.9]) AS p
     FROM ${byProvider(today.sql)} n JOIN ${byProvider(then.sql)} b USING (provider)`,
    [...today.values, ...then.values],
  );
  const [p10, median, p90] = found?.p ?? [];
  if ((found?.providers ?? 0) < FEWEST_PROVIDERS || p10 === undefined || median === undefined || p90 === undefined)
    return measured;
  return { p10, median, p90, source: `${found?.providers} providers from ${before.period} to ${now.period}` };
}
