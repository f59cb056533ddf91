/** What the tabs of the record pages are answered. */

/** One value among those of nameless others: their mean, their middle half, and the place among all. */
export interface AmongPeers {
  mine: number;
  others: number;
  average: number;
  low: number;
  high: number;
  position: number;
}

export interface AccountPast {
  periods: {
    period: string;
    file: string;
    procedures: number;
    opportunityUsd: number;
    suppressed: boolean;
    change: number | null;
  }[];
}

export interface AccountPeers {
  group: string;
  others: number;
  rows: (AmongPeers & { measure: 'procedures' | 'potentialUsd' | 'salesUsd' | 'headroomUsd' | 'salesShare' })[];
}

export interface Fairness {
  others: number;
  rows: (AmongPeers & { measure: 'utilization' | 'workloadHours' | 'potentialUsd' | 'travelShare' | 'accounts' })[];
}

export interface NearAccount {
  id: string;
  name: string;
  kind: string | null;
  city: string | null;
  tier: string | null;
  driveMinutes: number;
  headroomUsd: number;
  potentialUsd: number;
  salesUsd: number;
  lastActivity: string | null;
}
export interface NearAccounts {
  isByRoad: boolean;
  territoryId: string | null;
  territoryName: string | null;
  hasPlace: boolean;
  accounts: NearAccount[];
}

/** A visit; times in minutes after midnight. */
export interface Visit {
  id: string;
  name: string;
  kind: string | null;
  street: string | null;
  city: string | null;
  tier: string | null;
  headroomUsd: number;
  driveMinutes: number;
  arrive: number;
  leave: number;
}
export interface VisitDay {
  date: string;
  visits: Visit[];
  driveMinutes: number;
  visitMinutes: number;
  backMinutes: number;
}
export interface DayPlan extends VisitDay {
  territoryName: string;
  fromHome: boolean;
  /** Told by a routing server; else drive times are estimates. */
  isByRoad: boolean;
  withoutPlace: string[];
}
export interface FieldPlan {
  territoryId: string;
  territoryName: string;
  from: string;
  isByRoad: boolean;
  workdays: number;
  tiers: { tier: string; accounts: number; callsPerYear: number; minutesPerCall: number; visits: number }[];
  days: VisitDay[];
}

export interface Pocket {
  zip: string;
  town: string;
  potentialUsd: number;
  accounts: number;
  why: 'noAccount' | 'noSales' | 'quiet';
}

export interface Gone {
  with: string | null;
  zips: string[];
  accounts: { id: string; name: string }[];
  unnamed: number;
}
export interface Change {
  at: string;
  byName: string;
  gained: Gone[];
  lost: Gone[];
  reasons: string[];
}
interface ComingPlan {
  name: string;
  effectiveOn: string | null;
  backOn: string | null;
  stage: 'announced' | 'approved' | 'scheduled';
  approvedBy: string[];
}
export interface Story {
  territoryId: string;
  territoryName: string;
  planVersion: number;
  liveSince: string | null;
  liveBy: string | null;
  announced: (Change & ComingPlan) | null;
  changes: Change[];
  built: string[];
  managers: string[];
}

export interface Feedback {
  id: string;
  kind: 'feedback' | 'request';
  teamId: string;
  territoryId: string;
  territoryName: string;
  accountId: string | null;
  accountName: string | null;
  zips: string[];
  toTerritoryId: string | null;
  toTerritoryName: string | null;
  reason: string;
  text: string;
  byName: string;
  isMine: boolean;
  at: string;
  dueAt: string;
  isOverdue: boolean;
  state: 'open' | 'accepted' | 'declined';
  decision: string | null;
  decidedByName: string | null;
  decidedAt: string | null;
  canDecide: boolean;
  /** The territory whose managers decide now; null: Sales Ops. */
  askedName: string | null;
  managers: string[];
  becomes: 'nothing' | 'draft' | 'live' | 'dropped' | null;
  draftName: string | null;
  steps: {
    at: string;
    what: 'said' | 'agreed' | 'accepted' | 'declined' | 'passed' | 'routed' | 'moved' | 'reopened';
    byName: string;
    territoryName: string | null;
    note: string;
  }[];
}

/** Where something could go, and the drafts that it could go into. */
export interface FeedbackPlaces {
  at: string | null;
  suggested: string | null;
  places: { id: string; name: string; parentName: string | null }[];
  drafts: { id: string; name: string }[];
}

/** Both territories before and after. */
export interface FeedbackEffect {
  planName: string;
  before: FeedbackFigures[];
  after: FeedbackFigures[];
}
interface FeedbackFigures {
  id: string;
  name: string;
  workloadHours: number;
  utilization: number;
  potentialUsd: number;
  salesUsd: number;
}

/** What of a team's feedback needs no person. */
export interface FeedbackRules {
  version: number;
  acceptUnderUsd: number | null;
  toOpsFromUsd: number | null;
  dueDays: number;
  byName: string | null;
  at: string | null;
}
