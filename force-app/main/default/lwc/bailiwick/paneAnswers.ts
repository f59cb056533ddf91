/** What the tables, the bars and the scatter beside the map show; the workbench makes it of the plan on the map. */
export interface TerritoryRow {
  index: number;
  name: string;
  region: string;
  rep: string;
  repId: string | null;
  units: number;
  accounts: number;
  potentialUsd: number;
  salesUsd: number;
  workloadHours: number;
  travelHours: number;
  /** Hours used ÷ hours there are. */
  utilization: number;
  /** Signed distance from the target, as a ratio. */
  workloadDeviation: number;
  potentialDeviation: number;
  /** 1 is a full seat. */
  targetShare: number;
  isLocked: boolean;
  canEdit: boolean;
}

export interface UnitRow {
  unit: number;
  zip: string;
  name: string;
  county: string;
  accounts: number;
  providers: number;
  potentialUsd: number;
  hours: number;
  isLocked: boolean;
}

/** An account held by name. */
export interface HeldRow {
  /** Null for an account that is not shared with the user. */
  accountId: string | null;
  accountName: string;
  zip: string;
  /** Where its ZIP is. */
  zipTerritory: string;
  territory: string;
}

export interface PaneView {
  rows: TerritoryRow[];
  /** ZIPs of the picked territory. */
  units: UnitRow[];
  held: HeldRow[];
  choices: { label: string; value: string }[];
  /** The plan that is asked for reps and accounts. */
  planId: string;
  version: number;
  planName: string;
  canEdit: boolean;
  /** The ZIP whose accounts are looked at; null for none. */
  unit: { zip: string; name: string; unit: number; version: number } | null;
}
