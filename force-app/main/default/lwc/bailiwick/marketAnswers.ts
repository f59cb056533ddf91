import type { Source } from './answers';

export type CodeRule = 'procedure' | 'addOn' | 'revenueOnly';
export type MarketRole = 'facility' | 'location' | 'performing' | 'ordering' | 'billing';

export interface MarketCode {
  /** One code, or a range such as "17311-17315". */
  code: string;
  name: string;
  family: string;
  rule: CodeRule;
  /** Worth of one procedure in dollars; null takes what was paid. */
  valueUsd: number | null;
}

export interface PayerFactor {
  /** State, or county by its five digits. */
  place: string;
  factor: number;
  source: string;
}

/** What counts as demand, and what it is worth. */
export interface MarketBody {
  name: string;
  preset: 'medtech' | 'diagnostics';
  snapshotId?: string;
  specialties: string[];
  codes: MarketCode[];
  sites: string[];
  role: MarketRole;
  addressableShare: number;
  countedPeriod: string | null;
  scaleUp: PayerFactor[];
}

export interface Market extends MarketBody {
  id: string;
  version: number;
  period: string;
}

export interface Markets {
  markets: Market[];
  /** The market that plans count under. */
  planMarketId: string | null;
}

export interface MarketVersion {
  version: number;
  savedAt: string | null;
  savedBy: string | null;
}

interface Sized {
  procedures: number;
  suppressedShare: number;
}

export interface Facets {
  specialties: ({ name: string } & Sized)[];
  codes: ({ code: string; name: string; family: string; rule: string } & Sized)[];
  sites: ({ code: string; name: string } & Sized)[];
  periods: { period: string }[];
  /** Roles whose ZIPs the file names. */
  roles: MarketRole[];
  /** Share of the file's services that laboratories hold. */
  laboratoryShare: number;
}

export interface Demand {
  procedures: number[];
  opportunityUsd: number[];
  providers: number[];
  suppressed: number[];
  suppressedShare: number[];
  noData: number[];
  interval: { low: number[]; high: number[] };
  total: {
    procedures: number;
    opportunityUsd: number;
    providers: number;
    suppressedShare: number;
    interval: { low: number; high: number };
    /** What counts and stands in no ZIP of this map, by reason. */
    remainder: { reason: string; procedures: number; opportunityUsd: number }[];
  };
  source: Source & { file: string; importedAt: string; notes: string[] };
  /** What managers corrected and this figure does not know. */
  corrected: string | null;
  /** Laid over it on the screen: change from one period to the next, a ratio; null where there is nothing to compare. */
  change?: (number | null)[] | null;
}

export interface Trend {
  periods: {
    period: string;
    file: string;
    national: { procedures: number; opportunityUsd: number } | null;
    nationalChange: number | null;
    selected: { procedures: number; opportunityUsd: number };
    selectedChange: number | null;
    localChange: number | null;
    suppressedShare: number;
  }[];
  /** Of every ZIP, from the last period but one to the last; null where there is nothing to compare. */
  unitChange: (number | null)[];
}

/** Today's territories over the periods. */
export interface TerritoryTrends {
  measure: 'opportunityUsd' | 'procedures';
  periods: { period: string; file: string }[];
  nationalChange: number | null;
  range: number;
  territories: {
    name: string;
    figures: number[];
    change: number | null;
    localChange: number | null;
    hasDrifted: boolean;
  }[];
}

export interface DemandLine {
  zip: string;
  providerId: string | null;
  provider: string | null;
  facilityId: string | null;
  facility: string | null;
  specialty: string | null;
  code: string;
  codeName: string;
  siteName: string;
  /** A count, or "< 11" where it is guarded. */
  services: string;
  procedures: number;
  opportunityUsd: number;
  suppressed: boolean;
}

/** The guarded cells behind a figure, one page of them. */
export interface DemandLines {
  rows: number;
  procedures: number;
  opportunityUsd: number;
  suppressedShare: number;
  lines: DemandLine[];
}

/** Share of the demand beside share of the population. */
export interface Heads {
  baseline: { name: string; importedAt: string; column: string; heads: number };
  gaps: { unit: string; demandShare: number; headShare: number; gap: number; index: number }[];
  misplacedShare: number;
}
