import type { Source } from './answers';

/** What the service answers about the field force, as far as the screen uses it; hours and US dollars a year. */
export interface PocketProvider {
  key: string;
  name: string | null;
  zip: string | null;
  suppressed: boolean;
  why: string;
  opportunityUsd: number;
}

export interface FoundPocket {
  pocket: number;
  place: string;
  zips: string[];
  units: number[];
  opportunityUsd: number;
  workloadHours: number;
  fte: number;
  qValue: number;
  providers: number;
  topProviders: PocketProvider[];
  topFacilities: PocketProvider[];
}

export interface WhiteSpace {
  since: string | null;
  demandUsd: number;
  uncoveredUsd: number;
  unplaced: number;
  source: Source;
  pockets: FoundPocket[];
}

export interface Leads {
  counts: { createLead: number; createAccount: number; giveOwner: number; visitAgain: number };
  leads: {
    key: string;
    name: string;
    step: string;
    town: string;
    zip: string;
    opportunityUsd: number;
    suppressed: boolean;
  }[];
}

export interface Roi {
  low: number;
  high: number;
  verdict: 'hire' | 'rightSized' | 'doNotHire' | 'unclear';
}

export interface RegionSize {
  /** Null for all together. */
  region: string | null;
  territories: number;
  reps: number;
  vacant: number;
  heads: number;
  low: number;
  high: number;
  verdict: 'hire' | 'rebalance' | 'enough' | 'spare';
  oneMore: { hours: number; fte: number; givers: { index: number; name: string; hours: number }[]; roi: Roi | null };
}

export interface TerritorySize {
  index: number;
  id: string;
  name: string;
  region: string | null;
  verdict: 'merge' | 'split' | 'hire' | 'rightSized';
  capacityShare: number;
  mergeWith: number | null;
  mergeWithName: string | null;
  leftOverHours: number;
  donors: { index: number; name: string; hours: number }[];
  roi: Roi | null;
}

export interface Size {
  limits: { mergeBelow: number; overloaded: number };
  hasMoney: boolean;
  regions: RegionSize[];
  territories: TerritorySize[];
}

interface MapFigures {
  territories: number;
  fairness: { measure: string; tolerance: number; onTarget: number; worst: number; variation: number }[];
  bands: Record<'under-used' | 'healthy' | 'stretched' | 'overloaded', number>;
  travelHours: number;
}

export interface MapAudit {
  key: string;
  basis: 'plan' | 'owners';
  planName: string;
  at: string;
  source: Source;
  today: MapFigures;
  withoutOwner: { units: number; potentialUsd: number };
  demandUsd: number;
  uncoveredUsd: number;
  pockets: FoundPocket[];
  furtherPockets: number;
  merges: { a: string; b: string; share: number }[];
  best: { onTarget: number; figures: MapFigures; accountsShare: number; salesShare: number; zips: number } | null;
  impossible: string | null;
  travel: { checked: number; territories: number; median: number; p90: number };
}

export interface AskedAudit {
  state: 'running' | 'done';
  share: number;
  audit: MapAudit | null;
}

export interface PlanYield {
  effectUsd: { low: number; high: number };
  movedSalesUsd: number;
  lossUsd: { low: number; high: number };
  netUsd: { low: number; high: number };
  assumptions: string[];
}

type Tier = { callsPerYear: number; minutesPerCall: number };
export interface SeatHours {
  fte: number;
  leaveWeeks: number;
  quotaUsd: number | null;
}
export interface HoursParameters {
  callPlan: {
    tiers: Record<'A' | 'B' | 'C', Tier>;
    caseShare: number;
    hoursPerCase: number;
    administrationHours: number;
    workingHours: number;
  };
  travel: Record<
    | 'circuity'
    | 'tourConstant'
    | 'stopsPerDay'
    | 'cyclesPerYear'
    | 'localSpeedKmh'
    | 'highwaySpeedKmh'
    | 'highwayFromKm',
    number
  >;
  seats: Record<string, SeatHours>;
}

export interface HoursAnswer {
  version: number;
  isDraft: boolean;
  /** Whether figures can be fitted to roads. */
  hasRoads: boolean;
  parameters: HoursParameters;
  defaults: Pick<HoursParameters, 'callPlan' | 'travel'>;
  territories: { id: string; name: string; repName: string | null }[];
}

/** Road ÷ straight line as roads have it, and the median error of drive times without and with it. */
export interface RoadFit {
  ways: number;
  circuity: number;
  errorBefore: number;
  errorAfter: number;
}

export interface BalanceRow {
  index: number;
  name: string;
  repName: string | null;
  isVacant: boolean;
  callHours: number;
  caseHours: number;
  travelHours: number;
  administrationHours: number;
  workloadHours: number;
  capacityHours: number;
  utilization: number;
  band: string;
  /** Over 115 % or under 70 % of the hours. */
  flag: 'burnout' | 'underUse' | null;
  travelShare: number;
  potentialUsd: number;
  salesUsd: number;
  headroomUsd: number;
  providers: number;
  procedures: number;
  quotaUsd: number | null;
  quotaFairness: number | null;
  potentialRange: { low: number; high: number } | null;
  isNoise: boolean;
  ofTarget: Record<string, number | null>;
}

export type DriftCause = 'demand' | 'accounts' | 'reps' | 'parameters';
export interface CausedFigure {
  measure: 'workloadHours' | 'potentialUsd';
  before: number;
  after: number;
  parts: Record<DriftCause, number>;
}
export interface PlanDrift {
  planName: string;
  /** Null where the plan is watched from now on. */
  since: string | null;
  now: string;
  nation: (CausedFigure & { change: number | null })[];
  territories: (CausedFigure & { id: string; name: string; hasLeft: boolean })[];
  waitingUsd: { low: number; high: number };
  trend: { at: string; points: { id: string; workloadOfTarget: number; potentialOfTarget: number }[] }[];
}
export interface AlertRules {
  isOn: boolean;
  workload: number;
  potential: number;
  leastTerritories: number;
  quietDays: number;
}
export interface Alerts {
  rules: AlertRules;
  savedByName: string | null;
  toldAt: string | null;
  ways: string[];
}
