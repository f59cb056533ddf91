import type { MarketFigures } from './accounts/ports.ts';
import type { Scope } from './accounts/scope.ts';
import { liveParameters } from './alignments/store.ts';
import type { ClaimsSide } from './compose.ts';
import type { TeamId } from './core/ids.ts';
import type { PlanParameters } from './core/planParameters.ts';
import { DEFAULT_TRAVEL } from './core/travel.ts';
import { callPlanOf, withoutCases } from './core/workload.ts';
import type { RegistrySide } from './registrySide.ts';
import type { Store } from './store/store.ts';

interface FiguresDeps {
  readonly store: Store;
  readonly scope: Scope;
  readonly claims: Pick<ClaimsSide, 'figures'>;
  readonly registry: Pick<RegistrySide, 'corrected'>;
}

/** What a team starts from where its plan says nothing else. */
export type Defaults = Pick<PlanParameters, 'callPlan' | 'travel'>;

/** The market under the call plan and travel of a plan: the one given, else the team's live one, else the defaults. */
export function teamFigures({ store, scope, claims, registry }: FiguresDeps) {
  return async (
    teamId: TeamId,
    own?: PlanParameters | null,
  ): Promise<MarketFigures & { readonly defaults: Defaults }> => {
    const market = await registry.corrected(await claims.figures());
    const usual = callPlanOf((await scope.node(teamId)).name);
    const callPlan = market.countsCases ? usual : withoutCases(usual);
    const defaults = { callPlan, travel: DEFAULT_TRAVEL };
    const kept = (own === undefined ? await liveParameters(store.db, teamId) : own) ?? defaults;
    return {
      ...market,
      callPlan: market.countsCases ? kept.callPlan : withoutCases(kept.callPlan),
      travel: kept.travel,
      defaults,
    };
  };
}
