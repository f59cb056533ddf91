import type { AccountPart } from './unitInputs.ts';
import type { Vector } from './measures.ts';
import { callHours, tiers, type CallPlan } from './workload.ts';

/** A provider or facility of the claims, in a year. */
export interface ClaimsProvider {
  /** NPI, or whatever names it in the claims. */
  readonly key: string;
  /** -1 where its ZIP names no unit. */
  readonly unit: number;
  readonly procedures: number;
  readonly potentialUsd: number;
}

/** What the CRM says about the coverage of one account. */
export interface CoverageAccount {
  readonly key: string;
  readonly hasOwner: boolean;
  /** Day of the last visit, call or sale as YYYY-MM-DD; null where none is known. */
  readonly lastActivity: string | null;
}

/** Why nobody works a provider; null where somebody does. */
export type Uncovered = 'noAccount' | 'noOwner' | 'noActivity' | null;

/**
 * Who of the providers is worked by nobody: no account has its key, none of these has an owner, or none of those was active
 * since this day. Without a day, activity is not asked for.
 */
export function uncoveredProviders(
  providers: readonly Pick<ClaimsProvider, 'key'>[],
  accounts: readonly CoverageAccount[],
  since: string | null,
): Uncovered[] {
  const best = new Map<string, Uncovered>();
  const rank = (why: Uncovered) => [null, 'noActivity', 'noOwner', 'noAccount'].indexOf(why);
  for (const { key, hasOwner, lastActivity } of accounts) {
    if (key === '') continue;
    const isRecent = since === null || (lastActivity !== null && lastActivity >= since);
    const why: Uncovered = !hasOwner ? 'noOwner' : isRecent ? null : 'noActivity';
    const known = best.get(key);
    if (known === undefined || rank(why) < rank(known)) best.set(key, why);
  }
  return providers.map(({ key }) => best.get(key) ?? (best.has(key) ? null : 'noAccount'));
}

/** Demand of every unit, and the part of it that nobody works, with the hours that working it would take. */
export interface UnitCoverage {
  readonly demandUsd: Vector;
  readonly uncoveredUsd: Vector;
  /** Calls of the call plan, by the provider's tier among all providers; the way there is not in it. */
  readonly uncoveredHours: Vector;
  readonly uncoveredProviders: Vector;
}

/** Sums of the providers by unit; those without a unit count nowhere. */
export function unitCoverage(
  providers: readonly ClaimsProvider[],
  why: readonly Uncovered[],
  { units, callPlan }: { readonly units: number; readonly callPlan: CallPlan },
): UnitCoverage {
  const zeros = () => new Array<number>(units).fill(0);
  const sums = { demandUsd: zeros(), uncoveredUsd: zeros(), uncoveredHours: zeros(), uncoveredProviders: zeros() };
  const tierOf: AccountPart['tier'][] = tiers(providers.map(({ procedures }) => procedures));
  providers.forEach(({ unit, potentialUsd }, i) => {
    if (unit < 0) return;
    sums.demandUsd[unit]! += potentialUsd;
    if (why[i] === null) return;
    sums.uncoveredUsd[unit]! += potentialUsd;
    sums.uncoveredHours[unit]! += callHours(tierOf[i]!, callPlan);
    sums.uncoveredProviders[unit]! += 1;
  });
  return sums;
}
