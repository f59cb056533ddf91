import type { AccountId, TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Org } from '../org/org.ts';
import type { Store } from '../store/store.ts';

/** Where a plan wants one account, with what the preview says about it. */
export interface DesiredAccount {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly zip: string | null;
  readonly salesUsd: number;
  readonly territoryId: TerritoryId | null;
  readonly why: 'zip' | 'override' | 'unplaced';
}

export interface PublishableTerritory {
  readonly id: TerritoryId;
  readonly name: string;
  readonly repId: UserId | null;
  readonly repName: string | null;
}

export interface PublishableAlignment {
  readonly id: string;
  readonly name: string;
  readonly teamId: TeamId;
  readonly version: number;
  readonly state: 'live' | 'draft' | 'archived';
  readonly territories: readonly PublishableTerritory[];
}

/** What this slice needs of others; compose.ts wires it. */
export interface SyncPorts {
  /** Every mapped account of the team and its territory in this version of the plan. */
  desired(alignmentId: string, version: number): Promise<readonly DesiredAccount[]>;
  /** @throws BailiwickError not_found */
  alignment(alignmentId: string): Promise<PublishableAlignment>;
  /** The plan that the CRM holds now, as far as we know. */
  live(teamId: TeamId): Promise<string | null>;
  /** The CRM now holds this plan. Must be harmless when called twice. */
  markLive(alignmentId: string, version: number): Promise<void>;
  /** The former plan is what the CRM holds again. Must be harmless when called twice. */
  restoreLive(previousAlignmentId: string): Promise<void>;
  /** Territories of the team that the user may change. */
  writable(user: RequestUser, teamId: TeamId): Promise<'all' | ReadonlySet<TerritoryId>>;
}

/** The part of the CRM that a publish reads and writes. */
export type SyncOrg = Pick<
  Org,
  | 'userId'
  | 'budget'
  | 'limits'
  | 'associations'
  | 'createAssociations'
  | 'deleteAssociations'
  | 'accountsById'
  | 'openOpportunities'
  | 'opportunitiesById'
  | 'setOwners'
  | 'setOpportunities'
  | 'access'
  | 'forgetAccess'
>;

/** What every piece of work of this slice has at hand. */
export interface SyncDeps {
  readonly store: Store;
  readonly org: SyncOrg;
  readonly ports: SyncPorts;
  readonly now: () => Date;
}
