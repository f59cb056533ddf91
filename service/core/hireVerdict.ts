import { RESPONSE, responseShare } from './salesResponse.ts';

/** What a hire costs and brings, as the customer says it; nothing of it is guessed. */
export interface HireMoney {
  /** Contribution margin of a dollar of sales, a ratio. */
  readonly margin: number;
  /** Loaded cost of a rep in a year, US dollars. */
  readonly costUsd: number;
  /** Share of the first year's sales effect that is still there in the second and in the third year. */
  readonly carryOver: { readonly second: number; readonly third: number };
  /** Elasticities between which sales follow the hours. */
  readonly response: { readonly low: number; readonly high: number };
}

export const DEFAULT_RESPONSE = { low: RESPONSE.low, high: RESPONSE.high };

/** ROI of one more rep: [margin × first-year incremental sales × (1 + K2 + K3) − a year's cost] ÷ cost, a ratio (Zoltners, Sinha, Lorimer 2006). */
export function hireRoi(incrementalSalesUsd: number, { margin, costUsd, carryOver }: HireMoney): number {
  const worth = margin * incrementalSalesUsd * (1 + carryOver.second + carryOver.third);
  return (worth - costUsd) / costUsd;
}

/** Between these returns a sales force has the right size (Zoltners, Sinha, Lorimer 2006). */
export const RIGHT_SIZE = { low: 0.5, high: 1.5 };
export type HireVerdict = 'hire' | 'rightSized' | 'doNotHire' | 'unclear';

/** What a band of returns says; a band over a limit says nothing for sure. */
export function hireVerdict(low: number, high: number): HireVerdict {
  if (low > RIGHT_SIZE.high) return 'hire';
  if (high < RIGHT_SIZE.low) return 'doNotHire';
  return low >= RIGHT_SIZE.low && high <= RIGHT_SIZE.high ? 'rightSized' : 'unclear';
}

/** A territory that gives work to the new rep. */
export interface Giver {
  readonly salesUsd: number;
  readonly workloadHours: number;
  readonly capacityHours: number;
  readonly givenHours: number;
}

/**
 * First-year sales that a new seat adds, US dollars: what each giver would sell at full coverage, times the response of what
 * it keeps and of what the new seat takes, less what is sold now. Givers within their hours add nothing.
 */
export function incrementalSales(
  givers: readonly Giver[],
  seat: { readonly capacityHours: number; readonly administrationHours: number },
  elasticity: number,
): number {
  const taken = givers.reduce((sum, { givenHours }) => sum + givenHours, seat.administrationHours);
  const ofSeat = responseShare(seat.capacityHours, taken, elasticity);
  return givers.reduce((sum, { salesUsd, workloadHours, capacityHours, givenHours }) => {
    if (workloadHours <= 0) return sum;
    const now = responseShare(capacityHours, workloadHours, elasticity);
    const given = givenHours / workloadHours;
    const kept = responseShare(capacityHours, workloadHours - givenHours, elasticity);
    const then = (1 - given) * kept + given * ofSeat;
    return now > 0 ? sum + salesUsd * (then / now - 1) : sum;
  }, 0);
}

/** The band of the return: least and most over the band of the response. */
export function roiBand(
  givers: readonly Giver[],
  seat: { readonly capacityHours: number; readonly administrationHours: number },
  money: HireMoney,
): { readonly low: number; readonly high: number } {
  const at = (elasticity: number) => hireRoi(incrementalSales(givers, seat, elasticity), money);
  const [a, b] = [at(money.response.low), at(money.response.high)];
  return { low: Math.min(a, b), high: Math.max(a, b) };
}
