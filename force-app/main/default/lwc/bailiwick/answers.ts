import type { Fairness, Pocket } from './pageAnswers';
import type { TerritoryTotals, TravelSettings, UnitInputs } from '../../../../map/main.ts';

/** What the service answers, as far as the screen uses it. */
export interface Me {
  userId: string;
  name: string;
  role: 'rep' | 'admin' | 'salesOps';
  permissions: string[];
  teams: { id: string; name: string; canEdit: boolean; liveAlignmentId: string | null }[];
  marketId: string | null;
  sample: boolean;
}

export interface PlanSummary {
  id: string;
  name: string;
  teamId: string;
  state: 'live' | 'draft' | 'archived';
  stage: 'draft' | 'review' | 'announced' | 'approved' | 'scheduled';
  version: number;
  updatedAt: string;
}

export interface PlanTerritory {
  id: string;
  name: string;
  parentName: string | null;
  repId: string | null;
  repName: string | null;
  vacant: boolean;
  home: { lat: number; lon: number } | null;
  capacityHours: number;
  targetShare: number;
  administrationHours: number;
  canEdit: boolean;
}

export interface Override {
  /** Null for an account that is not shared with the user. */
  accountId: string | null;
  accountName: string | null;
  unit: number;
  territory: number;
  part: Partial<Record<Exclude<keyof UnitInputs, 'spacingKm' | 'lat' | 'lon'>, number>>;
}

export interface Plan {
  id: string;
  name: string;
  teamId: string;
  teamName: string;
  state: 'live' | 'draft' | 'archived';
  version: number;
  marketId: string;
  canEdit: boolean;
  /** A rep sees null for territories that are not hers. */
  territories: (PlanTerritory | null)[];
  owners: number[];
  overrides: Override[];
  lockedUnits: number[];
  lockedTerritories: number[];
}

export interface PlanMove {
  unit: string;
  from: string | null;
  to: string | null;
}

/** What somebody did to a plan. */
export interface PlanEdit {
  version: number;
  at: string;
  byName: string;
  isMine: boolean;
  note: string | null;
  moves: PlanMove[];
  overrides: { accountId: string | null; from: string | null; to: string | null }[];
}

export interface PlanVersion {
  version: number;
  at: string;
  byName: string;
  note: string | null;
  units: number;
  accounts: number;
}

/** An account of one ZIP with its territory in a plan; -1 is nobody. */
export interface UnitAccount {
  accountId: string;
  accountName: string;
  kind: string | null;
  canEdit: boolean;
  territory: number;
  /** Held by name, whatever its ZIP does. */
  held: boolean;
  part: Override['part'];
}

export interface Source {
  label: string;
  period: string;
  formula: string;
}

export interface Inputs {
  inputs: UnitInputs;
  travel: TravelSettings;
  source: Source;
  suppressedShare: number;
  uncertainty: { varianceUsd2: number[]; unplacedShare: number };
}

export interface ServiceStanding extends TerritoryTotals {
  index?: number;
  id: string;
  name: string;
  utilization: number;
  travelShare?: number;
  deviation?: { workloadHours: number; potentialUsd: number };
}

export interface Finding {
  kind: string;
  text: string;
  value: number;
  territoryIndex?: number;
  units?: number[];
}

export interface AccountTeam {
  teamId: string;
  teamName: string;
  alignmentId: string;
  version: number;
  territory: { id: string; name: string; index: number; repId: string | null; repName: string | null } | null;
  why: { kind: string; text: string };
  canReassign: boolean;
  choices: { id: string; name: string; repName: string | null }[];
  unitIndexes: number[];
}

export interface AccountPage {
  account: {
    id: string;
    name: string;
    kind: string;
    zip: string;
    city: string;
    unit: number | null;
    lat: number | null;
    lon: number | null;
    parentName: string | null;
    tier: string | null;
    specialty: string | null;
  };
  teams: AccountTeam[];
  potentialUsd: number;
  involvedUsd: number;
  salesUsd: number;
  headroomUsd: number;
  /** Null where no claims are loaded. */
  source: Source | null;
  sites: { code: string; name: string; procedures: number }[];
  procedures: {
    family: string;
    code: string;
    name: string;
    bySite: Record<string, number>;
    total: number;
    suppressed: boolean;
  }[];
  places: { zip: string; name: string; procedures: number }[];
  siblings: number;
  zipAccounts: number;
  history: { at: string; byName: string; text: string }[];
}

export interface Reassignment {
  accounts: { id: string; name: string }[];
  units: string[];
  before: ServiceStanding[];
  after: ServiceStanding[];
  deals: {
    name: string;
    accountName: string;
    ownerName: string;
    stage: string;
    amountUsd: number | null;
    moves: boolean;
  }[];
  stages: string[];
}

/** All that others may know of a territory. */
export interface TerritoryOutline {
  teamId: string;
  teamName: string;
  alignmentId: string;
  index: number;
  id: string;
  name: string;
  unitIndexes: number[];
}

export interface UserTerritory extends TerritoryTotals, TerritoryOutline {
  parentName: string | null;
  capacityHours: number;
  utilization: number;
  band: string;
  target: { potentialUsd: number; workloadHours: number };
  fairness: Fairness;
  pockets: Pocket[];
  source: Source;
  topAccounts: {
    id: string;
    name: string;
    city: string;
    kind: string;
    tier: string | null;
    potentialUsd: number;
    salesUsd: number;
    headroomUsd: number;
  }[];
}

export interface UserPage {
  user: { id: string; name: string };
  isSelf: boolean;
  territories: UserTerritory[];
  /** Territories of which only name and place are told. */
  outlines: TerritoryOutline[];
  /** True where no claims are loaded: then nothing can be counted. */
  hasNoClaims: boolean;
}
