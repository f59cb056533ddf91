/** Customers of one tier: how often and how long they are called on. */
export interface CallTier {
  readonly callsPerYear: number;
  readonly minutesPerCall: number;
}

export type Tier = 'A' | 'B' | 'C';

/** What a rep does in a year. Every figure is an editable default. */
export interface CallPlan {
  readonly tiers: Readonly<Record<Tier, CallTier>>;
  /** Share of a facility's procedures that a rep attends; 0 for Diagnostics. */
  readonly caseShare: number;
  readonly hoursPerCase: number;
  readonly administrationHours: number;
  /** Working hours a year of a full-time rep: 230 days × 8 h. */
  readonly workingHours: number;
}

export const DEFAULT_CALL_PLAN: CallPlan = {
  tiers: {
    A: { callsPerYear: 24, minutesPerCall: 45 },
    B: { callsPerYear: 12, minutesPerCall: 35 },
    C: { callsPerYear: 4, minutesPerCall: 25 },
  },
  caseShare: 0.04,
  hoursPerCase: 2,
  administrationHours: 180,
  workingHours: 1840,
};

/** Clinical specialists visit the big customers only and spend their days in procedures. */
export const CLINICAL_CALL_PLAN: CallPlan = {
  ...DEFAULT_CALL_PLAN,
  tiers: {
    A: { callsPerYear: 6, minutesPerCall: 45 },
    B: { callsPerYear: 2, minutesPerCall: 30 },
    C: { callsPerYear: 0, minutesPerCall: 0 },
  },
};

/** The plan that a team starts from: its name tells whether it works in procedures or sells. */
export function callPlanOf(teamName: string): CallPlan {
  return /clinical|specialist|case support/i.test(teamName) ? CLINICAL_CALL_PLAN : DEFAULT_CALL_PLAN;
}

/** The plan of a team whose market has no cases in the operating room. */
export const withoutCases = (plan: CallPlan): CallPlan => ({ ...plan, caseShare: 0 });

/** Hours a year spent in calls with one customer of this tier. */
export function callHours(tier: Tier, plan: CallPlan): number {
  const { callsPerYear, minutesPerCall } = plan.tiers[tier];
  return (callsPerYear * minutesPerCall) / 60;
}

/** Hours a year spent attending procedures, estimated from their number. */
export function caseHours(procedures: number, plan: CallPlan): number {
  return procedures * plan.caseShare * plan.hoursPerCase;
}

/**
 * Tier of each account: A make the top 50 % of volume, B the next 30 %, C the rest; ties by position.
 * With no volume at all everyone is C.
 */
export function tiers(volumes: readonly number[]): Tier[] {
  const total = volumes.reduce((sum, volume) => sum + volume, 0);
  const order = volumes.map((_, i) => i).sort((a, b) => (volumes[b] ?? 0) - (volumes[a] ?? 0) || a - b);
  const result = new Array<Tier>(volumes.length).fill('C');
  let before = 0;
  for (const i of order) {
    const volume = volumes[i] ?? 0;
    if (total > 0 && volume > 0) result[i] = before < total * 0.5 ? 'A' : before < total * 0.8 ? 'B' : 'C';
    before += volume;
  }
  return result;
}

/** Utilization bands by share of the working hours (product.md). */
export type Band = 'under-used' | 'healthy' | 'stretched' | 'overloaded';

export function band(utilization: number): Band {
  if (utilization < 0.7) return 'under-used';
  if (utilization <= 0.9) return 'healthy';
  if (utilization <= 1.15) return 'stretched';
  return 'overloaded';
}
