/** What changes rep between two plans of a team, from the units that differ. */
export interface Comparison {
  units: number;
  /** Accounts that had no territory and get one. */
  newlyCovered: number;
  accounts: number;
  accountsShare: number;
  salesUsd: number;
  salesShare: number;
  potentialUsd: number;
  onTargetBefore: number;
  onTargetAfter: number;
  territories: number;
  perTerritory: {
    index: number;
    name: string;
    repName: string;
    gains: number;
    loses: number;
    before: number;
    after: number;
  }[];
}
