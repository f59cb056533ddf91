import type { AccountId, TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';

/** What feedback is about: a place in a team's live plan, and the account where it is about one. */
export interface Subject {
  readonly teamId: TeamId;
  readonly territoryId: TerritoryId;
  readonly territoryName: string;
  readonly account: { readonly id: AccountId; readonly name: string } | null;
}

/** What this slice needs of others; compose.ts wires it. */
export interface PlanningPorts {
  /**
   * An account that the user may see, in its territory or, where it has none, in her own.
   * @throws BailiwickError not_found for one that is not there or not shared: the same answer
   */
  account(user: RequestUser, accountId: AccountId, teamId: TeamId): Promise<Subject>;
  /** @throws BailiwickError not_found for a territory that is not hers to see */
  territory(user: RequestUser, territoryId: TerritoryId): Promise<Subject>;
  writable(user: RequestUser, teamId: TeamId): Promise<'all' | ReadonlySet<TerritoryId>>;
  /** Names of those who decide about a territory, the nearest above it. */
  managers(territoryId: TerritoryId): Promise<readonly string[]>;
  teams(): Promise<readonly { readonly id: TeamId }[]>;
  /** Those of the accounts that the user may see. */
  readable(user: RequestUser, accountIds: readonly AccountId[]): Promise<ReadonlySet<AccountId>>;
}
