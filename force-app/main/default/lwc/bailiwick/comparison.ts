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
    repBefore: string;
    /** Accounts, sales and market potential that come and go. */
    gains: number;
    loses: number;
    gainsSalesUsd: number;
    losesSalesUsd: number;
    gainsPotentialUsd: number;
    losesPotentialUsd: number;
    /** Hours used, as a ratio, and hours a year. */
    before: number;
    after: number;
    hoursBefore: number;
    hoursAfter: number;
  }[];
  /** The same by person; a territory whose rep changes goes from one to the other. */
  perRep: {
    repName: string;
    territories: string[];
    gains: number;
    loses: number;
    gainsSalesUsd: number;
    losesSalesUsd: number;
    hoursBefore: number;
    hoursAfter: number;
  }[];
}
