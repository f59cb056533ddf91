import { evenness } from './evenness.ts';
import { percent } from './findings.ts';

/** One territory as far as fairness asks: ratios, 0.12 means 12 % above its target. */
export interface FairRow {
  readonly utilization: number;
  readonly deviation: { readonly workloadHours: number; readonly potentialUsd: number };
  /** 1 is a full seat. */
  readonly targetShare: number;
  readonly isVacant: boolean;
}

export interface FairGround {
  /** Today's territories, and those of the plan. */
  readonly before: readonly FairRow[];
  readonly after: readonly FairRow[];
  readonly tolerance: { readonly workloadHours: number; readonly potentialUsd: number };
  /** Shares of accounts and sales that change rep. */
  readonly accountsShare: number;
  readonly salesShare: number;
}

const MEASURES = [
  { key: 'workloadHours', name: 'hours of work' },
  { key: 'potentialUsd', name: 'market potential' },
] as const;

/**
 * How a plan treats those who work it, a sentence each and without names: how many are on target before and after,
 * who is loaded most and least, how evenly it is spread, whose target is not an equal share, and what the change costs.
 */
export function fairnessStatement({ before, after, tolerance, accountsShare, salesShare }: FairGround): string[] {
  const onTarget = (rows: readonly FairRow[], key: (typeof MEASURES)[number]['key']) =>
    rows.filter(({ deviation }) => Math.abs(deviation[key]) <= tolerance[key] + 1e-9).length;
  const others = after.filter(({ targetShare }) => Math.abs(targetShare - 1) > 1e-9);
  return [
    ...MEASURES.map(
      ({ key, name }) =>
        `${onTarget(after, key)} of ${after.length} territories are within ±${percent(tolerance[key])} of their target in ${name}; today ${onTarget(before, key)} of ${before.length} are.`,
    ),
    ...extremes(before, after),
    `Spread of the hours used (standard deviation ÷ mean): ${percent(spread(after))}; today ${percent(spread(before))}.`,
    others.length === 0
      ? 'Every territory has an equal target.'
      : `${others.length === 1 ? 'One territory has' : `${others.length} territories have`} another target than an equal share: ${shares(others)}.`,
    accountsShare + salesShare === 0
      ? 'No account changes rep.'
      : `${percent(accountsShare)} of the accounts and ${percent(salesShare)} of the sales change rep.`,
  ];
}

/** Without names: reps read it too. */
const shares = (rows: readonly FairRow[]): string =>
  [...new Set(rows.map(({ targetShare }) => percent(targetShare)))].join(', ');

const worked = (rows: readonly FairRow[]) => rows.filter(({ isVacant }) => !isVacant);
const spread = (rows: readonly FairRow[]): number =>
  evenness(worked(rows).map(({ utilization }) => utilization)).variation;

function extremes(before: readonly FairRow[], after: readonly FairRow[]): string[] {
  const used = (rows: readonly FairRow[]) => worked(rows).map(({ utilization }) => utilization);
  const [was, is] = [used(before), used(after)];
  if (was.length === 0 || is.length === 0) return [];
  return [
    `The rep with most work uses ${percent(Math.max(...is))} of the hours, the one with least ${percent(Math.min(...is))}; today ${percent(Math.max(...was))} and ${percent(Math.min(...was))}.`,
  ];
}
