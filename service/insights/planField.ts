import {
  uncoveredProviders,
  unitCoverage,
  type ClaimsProvider,
  type Uncovered,
  type UnitCoverage,
} from '../core/coverage.ts';
import type { FieldTotals } from '../core/fieldState.ts';
import { totals } from '../core/measures.ts';
import type { CallPlan } from '../core/workload.ts';
import type { InsightAccount, InsightMarket, InsightPlan, InsightProvider } from './ports.ts';

/** Exact figures of a plan under its market: the same sums as everywhere. */
export function foundOf(
  plan: Pick<InsightPlan, 'owners' | 'overrides' | 'territories'>,
  { inputs, travel }: Pick<InsightMarket, 'inputs' | 'travel'>,
): FieldTotals {
  const seats = plan.territories;
  return { inputs, seats, sums: totals(plan.owners, { inputs, seats, travel, overrides: plan.overrides }) };
}

/** Who of the claims is worked by nobody under a plan, and what that leaves open in each unit. */
export interface PlanCoverage {
  /** By provider; null where somebody works it. */
  readonly why: readonly Uncovered[];
  readonly coverage: UnitCoverage;
  /** Activity before this day does not count; null where the CRM keeps none. */
  readonly since: string | null;
}

export interface CoverageWorld {
  readonly providers: readonly InsightProvider[];
  readonly accounts: readonly InsightAccount[];
  readonly units: number;
  readonly callPlan: CallPlan;
}

/** An account counts as owned where its owner is active and the plan gives it a territory. */
export function planCoverage(
  plan: Pick<InsightPlan, 'owners' | 'overrides'>,
  { providers, accounts, units, callPlan }: CoverageWorld,
  since: string | undefined,
): PlanCoverage {
  const held = new Set(
    plan.overrides.filter(({ territory }) => territory >= 0).map(({ accountId }) => accountId as string),
  );
  const first = new Map<string, string>();
  for (const { keys } of providers) for (const key of keys) if (!first.has(key)) first.set(key, keys[0]!);
  const known = accounts.flatMap(({ id, keys, unit, isOwned, lastActivity }) => {
    const hasOwner = isOwned && ((plan.owners[unit] ?? -1) >= 0 || held.has(id));
    // several keys of an account may name one provider
    const named = new Set(keys.flatMap((key) => first.get(key) ?? []));
    return [...named].map((key) => ({ key, hasOwner, lastActivity }));
  });
  const day = since ?? yearBefore(accounts);
  const demand = demandList(providers);
  const why = uncoveredProviders(demand, known, day);
  return { why, since: day, coverage: unitCoverage(demand, why, { units, callPlan }) };
}

const demandList = (providers: readonly InsightProvider[]): ClaimsProvider[] =>
  providers.map(({ keys, unit, procedures, potentialUsd }) => ({ key: keys[0]!, unit, procedures, potentialUsd }));

/** A year before the newest activity; null where nobody keeps any. */
export function yearBefore(accounts: readonly { readonly lastActivity: string | null }[]): string | null {
  const newest = accounts.reduce((last, { lastActivity }) => ((lastActivity ?? '') > last ? lastActivity! : last), '');
  return newest === '' ? null : `${Number(newest.slice(0, 4)) - 1}${newest.slice(4, 10)}`;
}
