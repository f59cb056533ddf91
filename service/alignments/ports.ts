import type { Geography, Point } from '../core/geography.ts';
import type { AccountId, TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { OverridePart, UnitInputs } from '../core/measures.ts';
import type { Coordinates } from '../core/territoryShapes.ts';
import type { PlanParameters } from '../core/planParameters.ts';
import type { SoldAccount } from '../core/planRules.ts';
import type { TravelSettings } from '../core/travel.ts';
import type { CallPlan } from '../core/workload.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Db } from '../store/store.ts';
import type { StoredAlignment } from './store.ts';

/** Where the figures come from, shown beside them. */
export interface SourceNote {
  readonly label: string;
  readonly period: string;
  readonly formula: string;
}

/** What is known of a team's units and accounts before anybody owns them. */
export interface TeamMarket {
  readonly marketId: string;
  readonly inputs: UnitInputs;
  /** Sales of every account by its unit, for the rule on top accounts. */
  readonly accounts: readonly SoldAccount[];
  readonly travel: TravelSettings;
  readonly callPlan: CallPlan;
  readonly source: SourceNote;
  readonly suppressedShare: number;
  /** Variance of each unit's potential in US dollars², and what counts and stands in no unit ÷ what does. */
  readonly uncertainty: { readonly varianceUsd2: readonly number[]; readonly unplacedShare: number };
}

/** One account's part of its unit; unit -1 and nothing where its address names no place. */
export interface AccountPart {
  readonly accountId: AccountId;
  readonly name: string;
  readonly unit: number;
  readonly part: OverridePart['part'];
}

/** An account of a unit, with what the user may do with it. */
export interface AccountInUnit extends AccountPart {
  readonly kind: string | null;
  readonly canEdit: boolean;
}

/** Somebody who can be given a territory; the home is where travel is counted from. */
export interface Rep {
  readonly id: UserId;
  readonly name: string;
  readonly homeZip: string | null;
  readonly home: Point | null;
}

/** A sales force over the accounts: one branch of the territory hierarchy. */
export interface Team {
  readonly id: TeamId;
  readonly name: string;
}

/** What the market of a plan rests on besides claims and accounts. */
export interface PlanOfTeam {
  readonly teamId: TeamId;
  readonly parameters: PlanParameters | null;
}

/** A plan that changed its state other than by an edit. */
export interface StateStep {
  readonly plan: Pick<StoredAlignment, 'id' | 'teamId' | 'name' | 'version'>;
  readonly what: 'wentLive' | 'replaced' | 'livedAgain' | 'takenBack' | 'dropped' | 'boundaries';
  readonly note: string | null;
  readonly by: { readonly id: string; readonly name: string };
}

/** What this slice needs of others; compose.ts wires it. */
export interface AlignmentPorts {
  readonly geography: Geography;
  /** Areas of territories, from the owner of every unit. */
  shapes(owners: readonly number[], count: number): readonly Coordinates[];
  /** Notes the step in the transaction in which it is made. */
  recorded(tx: Db, step: StateStep): Promise<void>;
  teams(): Promise<readonly Team[]>;
  /** Counted under the parameters of the plan. */
  market(plan: PlanOfTeam): Promise<TeamMarket>;
  /** Open opportunities of each unit in US dollars; null where the CRM does not show them to this service. */
  pipeline(teamId: TeamId): Promise<readonly number[] | null>;
  /**
   * The accounts that an edit names.
   * @throws BailiwickError not_found for one that the user may not see, forbidden where she may not edit one
   */
  editable(
    user: Pick<RequestUser, 'userId'>,
    accountIds: readonly AccountId[],
    teamId: TeamId,
  ): Promise<ReadonlyMap<AccountId, AccountPart>>;
  /** The accounts of a unit that the user may see. */
  accountsIn(user: RequestUser, unit: number, teamId: TeamId): Promise<readonly AccountInUnit[]>;
  /** Who can be given a territory of the team. */
  reps(teamId: TeamId): Promise<readonly Rep[]>;
  /** Those of the accounts that the user may see. */
  readable(user: RequestUser, accountIds: readonly AccountId[]): Promise<ReadonlySet<AccountId>>;
  /** Territories of the team that the user may change. */
  writable(user: RequestUser, teamId: TeamId): Promise<'all' | ReadonlySet<TerritoryId>>;
  /** Territories that the user works herself or manages: all that a rep may see. */
  own(user: RequestUser): Promise<ReadonlySet<TerritoryId>>;
}
