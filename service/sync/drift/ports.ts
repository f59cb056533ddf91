import type { AccountId, TeamId, TerritoryId } from '../../core/ids.ts';
import type { RequestUser } from '../../http/identity.ts';
import type { Org } from '../../org/org.ts';
import type { Store } from '../../store/store.ts';
import type { SyncPorts } from '../ports.ts';
import type { Sync } from '../sync.ts';
import type { Strategy } from '../schemas.ts';

/** What the view of drift needs of others; compose.ts wires it. */
export interface DriftPorts extends Pick<SyncPorts, 'alignment' | 'live' | 'desired' | 'writable'> {
  teams(): Promise<readonly { id: TeamId; name: string }[]>;
  /** Accounts are read from the CRM again at the next question. */
  forget(): void;
  /** How the team is written: whether owners are part of it. */
  strategy(teamId: TeamId): Promise<Strategy>;
  /** Territories of the team as the CRM has them now, those in which reps sit. */
  leaves(teamId: TeamId): Promise<readonly { id: TerritoryId; name: string }[]>;
  /**
   * The live plan with these accounts held where the CRM has them, live at once: nothing is written, the CRM has it so
   * already. @returns the new live plan
   * @throws BailiwickError conflict, forbidden, not_found
   */
  acceptPlaces(
    user: RequestUser,
    liveId: string,
    places: readonly { accountId: AccountId; territoryId: TerritoryId }[],
  ): Promise<{ alignmentId: string }>;
}

export type DriftOrg = Pick<
  Org,
  | 'userId'
  | 'access'
  | 'associations'
  | 'deletedAssociations'
  | 'heldAccounts'
  | 'memberships'
  | 'userNames'
  | 'createExclusions'
  | 'runRulesOn'
>;

export interface DriftDeps {
  readonly store: Store;
  readonly org: DriftOrg;
  readonly sync: Pick<Sync, 'preview' | 'publish'>;
  readonly ports: DriftPorts;
  readonly now: () => Date;
}
