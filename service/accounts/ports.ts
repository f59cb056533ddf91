import type { AccountOverride, Territory } from '../core/alignment.ts';
import type { DealRule } from '../core/dealRule.ts';
import type { Geography } from '../core/geography.ts';
import type { AccountId, RecordId, TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { UnitInputs } from '../core/measures.ts';
import type { TravelSettings } from '../core/travel.ts';
import type { Demand, Volume } from '../core/unitInputs.ts';
import type { CallPlan } from '../core/workload.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Roads } from '../core/roads.ts';

/** One account as the field mapping reads it from the CRM. */
export interface CrmAccount {
  readonly id: AccountId;
  readonly name: string;
  readonly kind: string | null;
  /** What the field mapping's rules make of it; null when none holds. */
  readonly recordClass?: 'physician' | 'facility' | 'parent' | null;
  readonly npi: string | null;
  readonly ccn: string | null;
  readonly specialty: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly parentId: AccountId | null;
  readonly ownerId: UserId;
  readonly salesUsd: number;
  /** Day of the last activity with it, where the field mapping names one. */
  readonly lastActivity?: string | null;
}

export interface CrmUser {
  readonly id: UserId;
  readonly name: string;
  readonly isActive: boolean;
  readonly postalCode: string | null;
}

export interface CrmTerritory {
  readonly id: TerritoryId;
  readonly name: string;
  readonly parentId: TerritoryId | null;
}

/** The CRM as this slice needs it; the org room provides it. */
export interface AccountsOrg {
  accounts(): Promise<readonly CrmAccount[]>;
  users(): Promise<readonly CrmUser[]>;
  territories(): Promise<readonly CrmTerritory[]>;
  territoryUsers(): Promise<readonly { readonly userId: UserId; readonly territoryId: TerritoryId }[]>;
  /** Open deals of these accounts, as the integration user sees them. */
  openDeals(accountIds: readonly AccountId[]): Promise<readonly OpenDeal[]>;
  /** Stages in the order of the sales process. */
  dealStages(): Promise<readonly string[]>;
  /** What this user may read and edit of these records; records not named are invisible. */
  access(
    userId: UserId,
    ids: readonly RecordId[],
  ): Promise<ReadonlyMap<string, { readonly read: boolean; readonly edit: boolean }>>;
}

/** A team's live plan as the pages show it. */
export interface LivePlan {
  readonly alignmentId: string;
  readonly version: number;
  readonly teamId: TeamId;
  readonly territories: readonly Territory[];
  readonly owners: readonly number[];
  readonly overrides: readonly AccountOverride[];
}

export interface SourceNote {
  readonly label: string;
  readonly period: string;
  readonly formula: string;
}

/** Procedures of one code at one site of care and one place. */
export interface ProcedureRow {
  readonly code: string;
  readonly name: string;
  readonly family: string;
  readonly site: string;
  readonly zip: string | null;
  readonly procedures: number;
  readonly opportunityUsd: number;
  readonly suppressed: boolean;
}

/** What one provider or facility did in one period of the claims. */
export interface PastVolume {
  readonly period: string;
  readonly file: string;
  readonly procedures: number;
  readonly opportunityUsd: number;
  readonly suppressed: boolean;
}

/** An open deal (an Opportunity of the CRM). */
export interface OpenDeal {
  readonly name: string;
  readonly accountId: AccountId;
  readonly ownerId: UserId;
  readonly ownerName: string;
  readonly stage: string;
  readonly amountUsd: number | null;
}

/** What claims say: demand of each unit and volume of each provider and facility, for the team's market. */
export interface MarketFigures {
  readonly marketId: string;
  /** Changes whenever the figures do. */
  readonly revision: string;
  readonly demand: Demand;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly callPlan: CallPlan;
  /** False for Diagnostics: nobody attends its procedures. */
  readonly countsCases: boolean;
  readonly travel: TravelSettings;
  readonly source: SourceNote;
  readonly suppressedShare: number;
  readonly uncertainty: PotentialUncertainty;
}

/** How sure the potential is: the variance of each unit in US dollars², and what counts and stands in no unit ÷ what does. */
export interface PotentialUncertainty {
  readonly varianceUsd2: readonly number[];
  readonly unplacedShare: number;
}

/** One plan that is or was live, as its story is told. */
export interface PlanStep extends LivePlan {
  readonly name: string;
  readonly geographyKey: string;
  readonly createdBy: string;
  readonly createdAt: string;
  /** When it was written to the CRM and by whom; null for a map that was taken over from there. */
  readonly published: { readonly at: string; readonly byName: string } | null;
  readonly edits: readonly {
    readonly byName: string;
    readonly moves: readonly { readonly unit: number; readonly from: number; readonly to: number }[];
    readonly overrides: readonly {
      readonly accountId: string;
      readonly from: number | null;
      readonly to: number | null;
    }[];
    readonly note: string | null;
  }[];
  /** Computed plans that were taken into it. */
  readonly computed: readonly {
    readonly preset: string;
    readonly measures: readonly { readonly name: string; readonly tolerance: number }[];
    readonly moves: readonly { readonly units: readonly string[]; readonly sentence: string }[];
  }[];
}

/** A plan that reps know of and that is not live yet. */
export interface ComingPlan extends PlanStep {
  /** A day in the org's time zone; null while it is not set. */
  readonly effectiveOn: string | null;
  /** The day on which all goes back, where it covers a leave. */
  readonly backOn: string | null;
  readonly stage: 'announced' | 'approved' | 'scheduled';
  /** Names; empty while nobody has approved it. */
  readonly approvedBy: readonly string[];
  /** What becomes of open deals when it is written. */
  readonly deals: DealRule;
}

export interface AccountPorts {
  readonly geography: Geography;
  /** The routing server that the customer runs; null where there is none. */
  readonly roads: Roads | null;
  livePlan(teamId: TeamId): Promise<LivePlan | null>;
  /** Figures under the call plan of this team. */
  figures(teamId: TeamId): Promise<MarketFigures>;
  /** The same, or null while no claims are loaded. */
  figuresIfAny(teamId: TeamId): Promise<MarketFigures | null>;
  procedures(keys: { readonly npi: string | null; readonly ccn: string | null }): Promise<readonly ProcedureRow[]>;
  /** What it did in every period that was imported, oldest first. */
  past(keys: { readonly npi: string | null; readonly ccn: string | null }): Promise<readonly PastVolume[]>;
  history(accountId: AccountId): Promise<readonly { at: string; byName: string; text: string }[]>;
  /** This plan and those that were live before it, newest first. */
  planSteps(alignmentId: string): Promise<readonly PlanStep[]>;
  /** Plans of a team that are announced, the next first. */
  coming(teamId: TeamId): Promise<readonly ComingPlan[]>;
  /** Puts the change into a draft made from the live plan and publishes it for these accounts only. */
  reassign(
    user: RequestUser,
    change: Reassignment,
  ): Promise<{ alignmentId: string; version: number; publishId: string | null }>;
}

export interface Reassignment {
  readonly teamId: TeamId;
  readonly alignmentId: string;
  readonly version: number;
  readonly name: string;
  readonly to: TerritoryId;
  /** Units that change hands, or none where single accounts do. */
  readonly zips: readonly string[];
  readonly overrides: readonly AccountId[];
  readonly accountIds: readonly AccountId[];
  readonly deals: DealRule;
  /** Why, for the reps to read. */
  readonly reason: string | null;
}

export type { UnitInputs };
