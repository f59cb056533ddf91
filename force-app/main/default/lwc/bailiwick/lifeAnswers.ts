/** What the service answers about the life of plans. */

export type PlanStage = 'draft' | 'review' | 'announced' | 'approved' | 'scheduled';

export interface LeaveCover {
  id: string;
  alignmentId: string;
  proposalId: string;
  territoryId: string;
  territoryName: string;
  repName: string | null;
  fromOn: string;
  backOn: string;
  state: 'planned' | 'covering' | 'returning' | 'failed' | 'ended' | 'dropped';
  stayed: string[];
  reason: string | null;
  action: string | null;
  byName: string;
}

export interface CoverSplit {
  version: number;
  takers: {
    name: string;
    repName: string | null;
    zips: number;
    accounts: number;
    utilizationBefore: number;
    utilizationAfter: number;
  }[];
  stays: { zips: number; accounts: number };
}

export interface PlanSettings {
  approvalRequired: boolean;
  approverIsAnother: boolean;
  smallChangesAreFree: boolean;
  tellReps: boolean;
  tellManagers: boolean;
  introductionDays: number;
  keepYears: number | null;
}

export interface PlanSettingsAnswer {
  version: number;
  settings: PlanSettings;
  savedByName: string | null;
  savedAt: string | null;
}

export interface PlanLife {
  id: string;
  name: string;
  state: 'draft' | 'live' | 'archived';
  stage: PlanStage;
  version: number;
  path: {
    stage: PlanStage | 'live';
    label: string;
    isNow: boolean;
    isDone: boolean;
    at: string | null;
    byName: string | null;
    note: string | null;
  }[];
  steps: { at: string; what: string; note: string | null; byName: string; version: number | null }[];
  can: string[];
  settings: PlanSettings;
  touched: number;
  accounts: number;
  needsApproval: boolean;
  approval: {
    missing: string[];
    approvers: string[];
    approvals: { at: string; byName: string; version: number; territories: number; isCurrent: boolean }[];
  };
  schedule: {
    effectiveOn: string;
    at: string;
    state: 'waiting' | 'running' | 'failed' | 'done' | 'off';
    reason: string | null;
    action: string | null;
    byName: string;
    runId: string | null;
  } | null;
  timeZone: string;
  cover: LeaveCover | null;
  notices: {
    kind: 'change' | 'waits' | 'failed';
    userName: string;
    subject: string;
    state: 'waiting' | 'sent' | 'failed';
    problem: string | null;
    at: string;
    sentAt: string | null;
  }[];
}

export interface Introductions {
  pairs: {
    fromName: string | null;
    toName: string | null;
    dueOn: string;
    done: number;
    total: number;
    open: string[];
  }[];
  done: number;
  total: number;
  refused: number;
}

interface Holder {
  territoryName: string;
  repName: string | null;
  before: number | null;
  after: number | null;
}

export interface ComingChange {
  teamName: string;
  planName: string;
  stage: 'announced' | 'approved' | 'scheduled';
  effectiveOn: string | null;
  backOn: string | null;
  approvedBy: string[];
  from: Holder | null;
  to: Holder | null;
  reasons: string[];
  deals: 'stay' | 'move' | 'untilStage';
  dealStage: string | null;
  openDeals: number;
}
