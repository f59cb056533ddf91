import type { ServiceStanding } from './answers';

/** Computed plans as the service answers them, as far as the screen uses them. */
export interface ProposedMove {
  units: string[];
  fromId: string | null;
  fromName: string | null;
  toId: string;
  toName: string;
  sentence: string;
  workloadHours: number;
  potentialUsd: number;
  salesUsd: number;
  accounts: number;
}

export interface ProposalResult {
  moves: ProposedMove[];
  before: ServiceStanding[];
  after: ServiceStanding[];
  onTargetBefore: number;
  onTargetAfter: number;
  accountsShare: number;
  salesShare: number;
  pipelineShare?: number | null;
  owners: number[];
  outside: { territory: string; cause: string; proof?: boolean }[];
  /** Every rule on least and most at every territory that it is about. */
  bounds?: {
    territory: string;
    measure: string;
    min: number | null;
    max: number | null;
    value: number;
    isKept: boolean;
    isNamed: boolean;
  }[];
  counties?: { before: number; after: number } | null;
  /** A territory that the plan does not have yet. */
  added?: {
    id: string;
    name: string;
    zip: string;
    place: string;
    givers: { name: string; accounts: number; salesUsd: number; workloadHours: number }[];
  } | null;
  notes?: string[];
}

/** What a plan costs and gives; travel in hours a year. */
export interface PlanFigures {
  onTarget: number;
  accountsShare: number;
  salesShare: number;
  travelHours: number;
  spread: number;
}

export interface TradeOff {
  territories: number;
  today: PlanFigures;
  plans: (PlanFigures & { name: string; owners: number[] })[];
  stopped: boolean;
}

export interface Proposal {
  id: string;
  state: 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
  progress: { phase: string; share: number; onTarget: number; territories: number } | null;
  error: { message: string; action: string } | null;
  result: ProposalResult | null;
  tradeOff?: TradeOff | null;
}

/** What the limits of a computation are shares of. */
export interface LimitTotals {
  accounts: number;
  salesUsd: number;
  /** Null where the CRM does not show open opportunities. */
  pipelineUsd: number | null;
  counties: number;
  homes: number;
}
