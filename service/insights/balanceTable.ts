import { balanceView, VIEWED, type BalanceRow } from '../core/balanceView.ts';
import { csvRow } from '../core/csv.ts';
import { territoryVariances } from '../core/uncertainty.ts';
import { FileAnswer } from '../http/routes.ts';
import { ratio } from './flags.ts';
import { foundOf } from './planField.ts';
import type { InsightMarket, InsightPlan } from './ports.ts';

export interface NamedRow extends BalanceRow {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly region: string | null;
  readonly repName: string | null;
  readonly isVacant: boolean;
}

/** Every territory of a plan against what it should be. */
export function balanceRows(plan: InsightPlan, market: InsightMarket): NamedRow[] {
  const { varianceUsd2, unplacedShare } = market.uncertainty;
  const { seats, sums } = foundOf(plan, market);
  const rows = balanceView(sums, {
    seats,
    varianceUsd2: territoryVariances(plan.owners, varianceUsd2, seats.length),
    unplacedShare,
    quotas: plan.territories.map(({ id }) => plan.parameters?.seats[id]?.quotaUsd ?? null),
  });
  return rows.map((row, index) => {
    const { id, name, parentName, repId, repName } = plan.territories[index]!;
    return { ...row, index, id, name, region: parentName, repName, isVacant: repId === null };
  });
}

const HEAD = [
  'territory,region,rep,calls_hours,cases_hours,travel_hours,administration_hours,workload_hours,capacity_hours',
  'utilization,flag,travel_share,potential_usd,sales_usd,headroom_usd,quota_usd,quota_fairness,providers,procedures,accounts',
  'workload_of_target,potential_of_target,potential_of_target_low,potential_of_target_high,potential_is_noise',
  'sales_of_target,headroom_of_target,providers_of_target,procedures_of_target',
].join(',');

/** The same as a file: hours and US dollars a year, shares as ratios. */
export function balanceCsv(plan: InsightPlan, market: InsightMarket): FileAnswer {
  const share = (value: number | null) => (value === null ? null : ratio(value));
  const whole = (value: number) => Math.round(value * 10) / 10;
  const rows = balanceRows(plan, market).map((row) =>
    csvRow([
      ...[row.name, row.region, row.repName],
      ...[row.callHours, row.caseHours, row.travelHours, row.administrationHours, row.workloadHours].map(whole),
      ...[row.capacityHours, ratio(row.utilization), row.flag, ratio(row.travelShare)],
      ...[row.potentialUsd, row.salesUsd, row.headroomUsd].map(Math.round),
      ...[row.quotaUsd, share(row.quotaFairness), whole(row.providers), whole(row.procedures), row.accounts],
      ...[share(row.ofTarget.workloadHours), share(row.ofTarget.potentialUsd)],
      ...[share(row.potentialRange?.low ?? null), share(row.potentialRange?.high ?? null), row.isNoise ? 'yes' : 'no'],
      ...VIEWED.filter((measure) => measure !== 'workloadHours' && measure !== 'potentialUsd').map((measure) =>
        share(row.ofTarget[measure]),
      ),
    ]),
  );
  return new FileAnswer(`${plan.name} balance.csv`, 'text/csv; charset=utf-8', csvRow(HEAD.split(',')) + rows.join(''));
}
