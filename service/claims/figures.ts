import type { Geography } from '../core/geography.ts';
import { shareGaps, type ShareGap } from '../core/shareGap.ts';
import type { UncertaintyRules } from '../core/uncertainty.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { headsByUnit, type BaselineReport } from './baseline.ts';
import type { Narrowing } from './counted.ts';
import { unitDemand, type UnitDemand } from './demand.ts';
import { demandLines, type DemandLines, type LinePage } from './demandLines.ts';
import { KeptColumns } from './keptColumns.ts';
import { getMarket } from './markets.ts';
import { trendOf, yearlyChangeOf, type PeriodSums } from './trend.ts';

/** Share of the demand beside share of the heads. */
export interface Baseline {
  readonly baseline: BaselineReport;
  readonly gaps: ShareGap[];
  /** Heads whose ZIP lies in no unit. */
  readonly unplacedHeads: number;
}

export interface DemandWithRules {
  readonly demand: UnitDemand;
  readonly rules: UncertaintyRules;
  /** Where the year-to-year movement comes from. */
  readonly yearlySource: string;
}

/** What is asked of a market over and over: its cells stay in memory for that. */
export interface Figures {
  revision(marketId: string): Promise<string>;
  /** How far a market is that is read into memory, 0 to 1; null where nobody waits for it. */
  progress(marketId: string): number | null;
  unitDemand(marketId: string, narrowing?: Narrowing): Promise<UnitDemand>;
  /** The same with what its uncertainty needs. */
  uncertainDemand(marketId: string, narrowing?: Narrowing): Promise<DemandWithRules>;
  /** The cells behind a figure. */
  lines(marketId: string, narrowing: Narrowing, page: LinePage): Promise<DemandLines>;
  /** The same market in every period of files of its layout. */
  trend(marketId: string, narrowing?: Narrowing): Promise<PeriodSums[]>;
  /** Within these units, all of them without. */
  baseline(
    marketId: string,
    options: { narrowing?: Narrowing; baselineId?: string | undefined; units?: Iterable<number> | undefined },
  ): Promise<Baseline>;
}

export function figuresOf(db: DuckDb, { states }: Pick<Geography, 'states'>): Figures {
  const kept = new KeptColumns(db, states);
  const yearly = new Map<string, ReturnType<typeof yearlyChangeOf>>();

  const revision = async (id: string) => {
    const [row] = await db.all<{ revision: number }>('SELECT revision FROM markets WHERE id = ?', [id]);
    return `${id}:${row?.revision ?? 0}`;
  };
  const demand = async (id: string, narrowing?: Narrowing) => {
    const { columns, covered } = await kept.of(await getMarket(db, id), await revision(id));
    return unitDemand(columns, covered, narrowing);
  };
  /** Two passes over two files: kept until an import or the market changes it. */
  const yearlyOf = async (id: string) => {
    const [imports] = await db.all<{ n: number }>('SELECT count(*)::DOUBLE AS n FROM snapshots');
    const key = `${await revision(id)}:${imports?.n ?? 0}`;
    const found = yearly.get(key) ?? yearlyChangeOf(db, await getMarket(db, id));
    yearly.clear();
    yearly.set(key, found);
    found.catch(() => yearly.delete(key));
    return found;
  };

  return {
    revision,
    progress: (id) => kept.progress(id),
    unitDemand: demand,
    uncertainDemand: async (id, narrowing) => {
      const [figures, { source, ...change }] = [await demand(id, narrowing), await yearlyOf(id)];
      const market = await getMarket(db, id);
      const [guard] = await db.all<{ below: number }>('SELECT below FROM guards WHERE snapshot_id = ?', [
        market.snapshotId,
      ]);
      const placed = figures.potentialUsd.reduce((sum, usd) => sum + usd, 0);
      const unplaced = figures.remainder.reduce((sum, { opportunityUsd }) => sum + opportunityUsd, 0);
      const unplacedShare = placed > 0 ? unplaced / placed : 0;
      return {
        demand: figures,
        rules: { below: guard?.below ?? 1, yearly: change, unplacedShare },
        yearlySource: source,
      };
    },
    lines: async (id, narrowing, page) => demandLines(db, await getMarket(db, id), narrowing, page),
    trend: async (id, narrowing) => trendOf(db, states.length, await getMarket(db, id), narrowing),
    baseline: async (id, { narrowing, baselineId, units }) => {
      const { report, heads, unplaced } = await headsByUnit(db, states.length, baselineId);
      const { procedures } = await demand(id, narrowing);
      return { baseline: report, gaps: shareGaps(procedures, heads, units), unplacedHeads: unplaced };
    },
  };
}
