import { LOSS_SHARE } from './disruption.ts';
import type { TerritorySeat, TerritoryTotals, Vector } from './measures.ts';
import { RESPONSE, responseShare } from './salesResponse.ts';

/** A plan as its sales see it. */
export interface YieldPlan {
  readonly owners: readonly number[];
  readonly seats: readonly Pick<TerritorySeat, 'capacityHours'>[];
  readonly sums: readonly Pick<TerritoryTotals, 'workloadHours'>[];
}

export interface UsdBand {
  readonly low: number;
  readonly high: number;
}

export interface PlanYield {
  /** Sales that come or go because hours reach customers differently, US dollars a year. */
  readonly effectUsd: UsdBand;
  /** Sales of accounts that change rep. */
  readonly movedSalesUsd: number;
  /** What of those is lost in the first year; positive numbers. */
  readonly lossUsd: UsdBand;
  /** Effect less loss, the worst with the worst and the best with the best. */
  readonly netUsd: UsdBand;
}

/**
 * What a plan does to the sales of today, as a band and never a promise. Sales at full coverage of a unit are its sales ÷ the
 * response of who has it; the new owner reaches the response of his own hours. The band is that of the elasticity. Units that
 * nobody has before or afterwards change nothing: no sale is counted that is not there today.
 */
export function planYield(before: YieldPlan, after: YieldPlan, salesUsd: Vector): PlanYield {
  const effect = (elasticity: number) => {
    const [was, is] = [responses(before, elasticity), responses(after, elasticity)];
    return salesUsd.reduce((sum, usd, unit) => {
      const [from, to] = [was[before.owners[unit] ?? -1], is[after.owners[unit] ?? -1]];
      return from === undefined || to === undefined || from <= 0 ? sum : sum + usd * (to / from - 1);
    }, 0);
  };
  const movedSalesUsd = salesUsd.reduce((sum, usd, unit) => {
    const from = before.owners[unit] ?? -1;
    return from >= 0 && from !== after.owners[unit] ? sum + usd : sum;
  }, 0);
  const [a, b] = [effect(RESPONSE.low), effect(RESPONSE.high)];
  const effectUsd = { low: Math.min(a, b), high: Math.max(a, b) };
  const lossUsd = { low: LOSS_SHARE.low * movedSalesUsd, high: LOSS_SHARE.high * movedSalesUsd };
  const netUsd = { low: effectUsd.low - lossUsd.high, high: effectUsd.high - lossUsd.low };
  return { effectUsd, movedSalesUsd, lossUsd, netUsd };
}

const responses = ({ seats, sums }: YieldPlan, elasticity: number): number[] =>
  sums.map(({ workloadHours }, j) => responseShare(seats[j]!.capacityHours, workloadHours, elasticity));
