import type { AccountId, TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Org } from '../org/org.ts';
import type { Db, Store } from '../store/store.ts';

/** Where a plan wants one account, with what the preview says about it. */
export interface DesiredAccount {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly zip: string | null;
  /** Two letters; null where the address names no state of the geography. */
  readonly state: string | null;
  readonly salesUsd: number;
  readonly territoryId: TerritoryId | null;
  readonly why: 'zip' | 'override' | 'unplaced';
}

export interface PublishableTerritory {
  readonly id: TerritoryId;
  readonly name: string;
  readonly parentId: TerritoryId | null;
  readonly repId: UserId | null;
  readonly repName: string | null;
}

export interface PublishableAlignment {
  readonly id: string;
  readonly name: string;
  readonly teamId: TeamId;
  readonly version: number;
  readonly state: 'live' | 'draft' | 'archived';
  readonly createdAt: Date;
  readonly territories: readonly PublishableTerritory[];
}

/** Territories and states of a plan that are to be published; an account counts in by where it goes or where it is. */
export interface PlanPart {
  readonly territoryIds: readonly string[];
  readonly states: readonly string[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A plan that is to be written, and how. */
export interface Claimed {
  readonly alignmentId: string;
  readonly version: number;
  /** The whole plan, so that it is live afterwards. */
  readonly isWhole: boolean;
  /** One account reassigned from its page. */
  readonly isSmall: boolean;
  /** By itself on its date: only while it is scheduled. */
  readonly isScheduled: boolean;
}

/** What this slice needs of others; compose.ts wires it. */
export interface SyncPorts {
  /** Every mapped account of the team and its territory in this version of the plan; of a part, the accounts in it. */
  desired(alignmentId: string, version: number, part?: PlanPart | null): Promise<readonly DesiredAccount[]>;
  /** @throws BailiwickError not_found */
  alignment(alignmentId: string): Promise<PublishableAlignment>;
  /** The plan that the CRM holds now, as far as we know. */
  live(teamId: TeamId): Promise<string | null>;
  /** The CRM now holds this plan. Must be harmless when called twice. */
  markLive(alignmentId: string, version: number, by?: Person): Promise<void>;
  /** The former plan is what the CRM holds again. Must be harmless when called twice. */
  restoreLive(previousAlignmentId: string, by?: Person): Promise<void>;
  /**
   * Takes a plan for writing, in the transaction that notes the publish: from there on nobody changes it or takes its
   * approval back. Answers who approved it, for the log. @throws BailiwickError conflict where it may not be published,
   * alignment_stale where it has changed
   */
  claim(tx: Db, plan: Claimed): Promise<string | null>;
  /** The live plan with this part of another one in it, as a plan of its own. */
  withPart(user: RequestUser, alignmentId: string, part: PlanPart): Promise<{ id: string; version: number }>;
  /** A plan made by withPart that was not written after all. */
  discard(alignmentId: string): Promise<void>;
  /** A territory of a plan has another id: it was made in the CRM, or removed there again. Harmless when called twice. */
  renameTerritoryId(alignmentId: string, from: TerritoryId, to: TerritoryId): Promise<void>;
  /** While a plan is being written nobody may change it. Harmless when called twice. */
  freeze(alignmentId: string, isFrozen: boolean): Promise<void>;
  /** Territories of the team that the user may change. */
  writable(user: RequestUser, teamId: TeamId): Promise<'all' | ReadonlySet<TerritoryId>>;
}

/** The part of the CRM that a publish reads and writes. */
export type SyncOrg = Pick<
  Org,
  | 'userId'
  | 'budget'
  | 'limits'
  | 'territories'
  | 'associations'
  | 'deletedAssociations'
  | 'createAssociations'
  | 'deleteAssociations'
  | 'heldAccounts'
  | 'userNames'
  | 'setOwners'
  | 'setStamps'
  | 'hasAccountTeams'
  | 'teamMembers'
  | 'manualShares'
  | 'createTeamMembers'
  | 'deleteTeamMembers'
  | 'createManualShares'
  | 'openOpportunities'
  | 'opportunitiesById'
  | 'opportunityStages'
  | 'setOpportunities'
  | 'memberships'
  | 'createMemberships'
  | 'deleteMemberships'
  | 'createTerritories'
  | 'renameTerritories'
  | 'deleteTerritories'
  | 'openBulkJob'
  | 'sendBulkRows'
  | 'bulkJob'
  | 'abortBulkJob'
  | 'bulkResults'
  | 'access'
  | 'forgetAccess'
>;

/** What every piece of work of this slice has at hand. */
export interface SyncDeps {
  readonly store: Store;
  readonly org: SyncOrg;
  readonly ports: SyncPorts;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Above this many associations bulk jobs write them. */
  readonly bulkFrom: number;
  /** Share of the org's daily API calls that may be used up, by anybody, before a publish stops. */
  readonly apiShare: number;
}
