import type { AccountId, TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';

/** What feedback is about: a place in a team's live plan, and the account where it is about one. */
export interface Subject {
  readonly teamId: TeamId;
  readonly territoryId: TerritoryId;
  readonly territoryName: string;
  readonly account: { readonly id: AccountId; readonly name: string } | null;
}

/** A territory of a team's live plan, by its region. */
export interface Place {
  readonly id: TerritoryId;
  readonly name: string;
  readonly parentId: TerritoryId | null;
  readonly parentName: string | null;
}

/** What would move: one account by name, or ZIPs with all that follows them. */
export interface Wish {
  readonly teamId: TeamId;
  readonly accountId: AccountId | null;
  readonly zips: readonly string[];
  readonly to: TerritoryId;
  /** The draft that it would go into; null: counted on the live plan. */
  readonly draftId: string | null;
}

/** Figures of the two territories before and after. */
export interface Effect {
  readonly planName: string;
  readonly before: readonly TerritoryFigures[];
  readonly after: readonly TerritoryFigures[];
}

export interface TerritoryFigures {
  readonly id: string;
  readonly name: string;
  readonly workloadHours: number;
  readonly utilization: number;
  readonly potentialUsd: number;
  readonly salesUsd: number;
}

/** Not live yet, live now or once, or given up. */
export type PlanFate = 'draft' | 'live' | 'dropped';

export interface AgreedMove extends Wish {
  readonly draftId: string;
  /** Those who agreed, each for a side: the account is written as one of them who may edit it. */
  readonly agreed: readonly UserId[];
  readonly byId: UserId;
  readonly byName: string;
  /** Why, for the reps to read. */
  readonly reason: string;
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
  /** The territory that has all these ZIPs. @throws BailiwickError bad_request where they are of several, or unknown */
  zips(zips: readonly string[], teamId: TeamId): Promise<Subject>;
  writable(user: RequestUser, teamId: TeamId): Promise<'all' | ReadonlySet<TerritoryId>>;
  /** Territories in which the user works, or which are below hers. */
  own(user: RequestUser): Promise<ReadonlySet<TerritoryId>>;
  /** Names of those who decide about a territory, the nearest above it. */
  managers(territoryId: TerritoryId): Promise<readonly string[]>;
  teams(): Promise<readonly { readonly id: TeamId }[]>;
  /** Territories of the team's live plan; none while nothing is live. */
  places(teamId: TeamId): Promise<readonly Place[]>;
  /** Drafts of the team that can be changed, newest first. */
  drafts(teamId: TeamId): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** The team's draft of this name, made from the live plan where there is none. */
  draftNamed(user: RequestUser, teamId: TeamId, name: string): Promise<string>;
  /** What a plan has become; those that are not there are left out. */
  planStates(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string; readonly fate: PlanFate }>>;
  /** Sales of an account in US dollars a year. */
  salesUsd(accountId: AccountId): Promise<number>;
  effect(wish: Wish): Promise<Effect>;
  /** Puts the move into its draft; where it is there already, nothing happens. */
  move(move: AgreedMove): Promise<void>;
  /** Those of the accounts that the user may see. */
  readable(user: RequestUser, accountIds: readonly AccountId[]): Promise<ReadonlySet<AccountId>>;
}
