import type { AccountOverride, Territory } from '../core/alignment.ts';
import type { Geography } from '../core/geography.ts';
import type { TeamId } from '../core/ids.ts';
import type { UnitInputs } from '../core/measures.ts';
import type { PlanParameters } from '../core/planParameters.ts';
import type { Roads } from '../core/roads.ts';
import type { Coordinates } from '../core/territoryShapes.ts';
import type { TravelSettings } from '../core/travel.ts';
import type { CallPlan } from '../core/workload.ts';
import type { RequestUser } from '../http/identity.ts';
import type { ThreadTask } from './insightThread.ts';
import type { PlanState } from './pictures.ts';

/** A plan, live or a draft, as far as insights look at it. */
export interface InsightPlan {
  readonly id: string;
  readonly teamId: TeamId;
  readonly name: string;
  readonly state: 'draft' | 'live' | 'archived';
  readonly version: number;
  readonly territories: readonly Territory[];
  readonly owners: readonly number[];
  readonly overrides: readonly AccountOverride[];
  /** What its hours are made of; null stands for the defaults of its team. */
  readonly parameters: PlanParameters | null;
}

/** What is known of the units of a plan's team before anybody owns them. */
export interface InsightMarket {
  readonly marketId: string;
  /** Another text whenever claims, market or corrections change. */
  readonly revision: string;
  readonly inputs: UnitInputs;
  readonly travel: TravelSettings;
  readonly callPlan: CallPlan;
  readonly source: { readonly label: string; readonly period: string; readonly formula: string };
  readonly suppressedShare: number;
  readonly uncertainty: { readonly varianceUsd2: readonly number[]; readonly unplacedShare: number };
  /** What the team would start from. */
  readonly defaults: Pick<PlanParameters, 'callPlan' | 'travel'>;
}

/** Somebody of the claims whom the market counts; guarded as everywhere. */
export interface InsightProvider {
  readonly keys: readonly string[];
  readonly name: string | null;
  readonly kind: 'facility' | 'physician';
  readonly unit: number;
  readonly zip: string | null;
  readonly procedures: number;
  readonly potentialUsd: number;
  readonly suppressed: boolean;
}

/** An account of the CRM as coverage asks for it. */
export interface InsightAccount {
  readonly id: string;
  readonly keys: readonly string[];
  /** -1 where its address names no unit. */
  readonly unit: number;
  /** Its owner is an active user. */
  readonly isOwned: boolean;
  readonly ownerId: string;
  readonly lastActivity: string | null;
}

/** What this slice needs of others; compose.ts wires it. */
export interface TeamInsightPorts {
  readonly geography: Geography;
  /** The customer's routing server; null where there is none. */
  readonly roads: Roads | null;
  /** Areas of groups of units, from the group of every unit. */
  shapes(owners: readonly number[], count: number): readonly Coordinates[];
  /** @throws BailiwickError not_found for a plan of which the user may not see everything */
  plan(user: RequestUser, id: string): Promise<InsightPlan>;
  live(teamId: TeamId): Promise<InsightPlan | null>;
  market(plan: InsightPlan): Promise<InsightMarket>;
  /** Saves what the hours of a draft are made of. @throws BailiwickError forbidden, alignment_stale, alignment_live */
  saveParameters(
    user: RequestUser,
    id: string,
    change: { readonly version: number; readonly parameters: PlanParameters },
  ): Promise<{ version: number }>;
  /** All that the figures of a plan are made of. */
  state(plan: InsightPlan): Promise<PlanState>;
  /** Teams that may have a live plan. */
  teams(): Promise<readonly TeamId[]>;
  /** Another text whenever claims or the live plan of a team change; asks the CRM nothing. Null where nothing can be counted. */
  watchKey(teamId: TeamId): Promise<string | null>;
  /** Tells the people of a team, in the ways that are set for automatic sync. @returns a sentence for each way */
  tell(
    teamId: TeamId,
    message: { readonly event: string; readonly subject: string; readonly lines: readonly string[] },
  ): Promise<string[]>;
  tellWays(teamId: TeamId): Promise<readonly string[]>;
  providers(): Promise<readonly InsightProvider[]>;
  accounts(): Promise<readonly InsightAccount[]>;
  /** Another text whenever accounts were read anew. */
  accountsRevision(): Promise<string>;
  /** Long work outside the thread that answers; `seen` is told how far it is, 0 to 1. */
  inThread<Answer>(task: ThreadTask, seen?: (share: number) => void): Promise<Answer>;
}
