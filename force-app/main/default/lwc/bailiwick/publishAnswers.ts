interface OfAccount {
  accountId: string;
  accountName: string;
}

/** How a plan is written to the CRM, as the service takes it. */
export interface PublishOptions {
  associations: boolean;
  owners: boolean;
  teamRole: string | null;
  stampField: string | null;
  runRules: boolean;
  structure: boolean;
  deals: 'stay' | 'move' | 'untilStage';
  dealStage: string | null;
  batchSize: number;
  part: { territoryIds: string[]; states: string[] } | null;
}

export interface Conflict extends OfAccount {
  what: string;
  byName: string | null;
  at: string | null;
}

export interface Preview {
  previewHash: string;
  counts: {
    add: number;
    remove: number;
    owners: number;
    deals: number;
    dealsStaying: number;
    teamMembers: number;
    restored: number;
    stamps: number;
    unchanged: number;
    kept: number;
    unplaced: number;
    conflicts: number;
  };
  apiCalls: { needed: number; used: number; limit: number };
  add: (OfAccount & { zip: string | null; territoryName: string; fromTerritoryName: string | null })[];
  remove: (OfAccount & { territoryName: string })[];
  owners: (OfAccount & { fromName: string | null; toName: string })[];
  deals: (OfAccount & {
    id: string;
    name: string;
    stage: string;
    amountUsd: number | null;
    fromName: string;
    toName: string;
    action: 'stay' | 'move';
  })[];
  kept: (OfAccount & { territoryName: string; why: string })[];
  unplaced: (OfAccount & { zip: string | null; why: string })[];
  teamMembers: (OfAccount & { name: string; what: 'add' | 'remove' | 'giveBack' })[];
  stamps: (OfAccount & { field: string; from: string | null; to: string | null })[];
  structure: string[];
  conflicts: Conflict[];
  perRep: {
    repId: string | null;
    repName: string;
    gains: number;
    loses: number;
    gainsSalesUsd: number;
    losesSalesUsd: number;
  }[];
  warnings: string[];
}

export interface Publish {
  id: string;
  kind: 'publish' | 'takeBack';
  origin: 'person' | 'schedule';
  alignmentId: string;
  alignmentName: string;
  teamId: string;
  state: 'queued' | 'running' | 'verifying' | 'done' | 'partial' | 'failed';
  progress: { done: number; total: number; phase: string };
  outcomes: { written: number; alreadyThere: number; failed: number; skipped: number };
  failures: { accountId: string; accountName: string; what: string; code: string; message: string; action: string }[];
  error: { code: string; message: string; action: string | null } | null;
  verified: {
    checked: number;
    asPlanned: number;
    differences: string[];
    access: { asked: number; of: number; blind: number };
  } | null;
  canTakeBack: boolean;
  canGoOn: boolean;
  apiCalls: number;
  isPartOnly: boolean;
  byName: string;
  at: string;
  finishedAt: string | null;
}

export interface TakeBackLine extends OfAccount {
  what: string;
  from: string | null;
  to: string | null;
  message: string | null;
}

/** What taking back would write, and what stays as it is. */
export interface TakeBackPreview {
  previewHash: string;
  counts: { what: string; n: number }[];
  undo: TakeBackLine[];
  stays: TakeBackLine[];
  total: { undo: number; stays: number };
}

export interface Handover {
  pairs: {
    fromName: string | null;
    toName: string | null;
    accounts: number;
    salesUsd: number;
    openDeals: number;
    openUsd: number;
  }[];
  rows: (OfAccount & {
    fromName: string | null;
    toName: string | null;
    date: string;
    salesUsd: number;
    openDeals: { name: string; amountUsd: number | null; nextStep: string | null }[];
  })[];
}

/** Who had an account, and why. */
export interface AccountOwners {
  on: { territory: string | null; owner: string | null; date: string } | null;
  moves: {
    at: string;
    what: string;
    from: string | null;
    to: string | null;
    why: string | null;
    planName: string;
    approvedBy: string | null;
    byName: string;
  }[];
}
