import type { Territory } from './alignment.ts';
import type { TravelSettings } from './travel.ts';
import type { CallPlan } from './workload.ts';

/** What one seat works: full-time equivalents, and how many weeks of the year it is on leave. */
export interface SeatParameters {
  readonly fte: number;
  readonly leaveWeeks: number;
  /** US dollars a year; null where there is none. */
  readonly quotaUsd: number | null;
}

/** What the hours of a plan are made of, saved with it; seats by territory id, a seat that is not named is a full one. */
export interface PlanParameters {
  readonly callPlan: CallPlan;
  readonly travel: TravelSettings;
  readonly seats: Readonly<Record<string, SeatParameters>>;
}

export const FULL_SEAT: SeatParameters = { fte: 1, leaveWeeks: 0, quotaUsd: null };
const WEEKS = 52;

/** Share of a full year that a seat works: full-time equivalents × the weeks that are not leave. */
export const seatShare = ({ fte, leaveWeeks }: Pick<SeatParameters, 'fte' | 'leaveWeeks'>): number =>
  fte * (1 - Math.min(WEEKS, leaveWeeks) / WEEKS);

/**
 * Territories under these parameters: hours and administration by the share that the seat works. A target changes only where
 * that share did: what somebody has set by hand stays.
 */
export function seated(
  territories: readonly Territory[],
  before: PlanParameters | null,
  after: PlanParameters,
): Territory[] {
  return territories.map((territory) => {
    const share = seatShare(after.seats[territory.id] ?? FULL_SEAT);
    const was = seatShare(before?.seats[territory.id] ?? FULL_SEAT);
    return {
      ...territory,
      capacityHours: share * after.callPlan.workingHours,
      administrationHours: share * after.callPlan.administrationHours,
      targetShare: share === was ? territory.targetShare : share,
    };
  });
}
