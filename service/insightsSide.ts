import type { Book, KnownAccount } from './accounts/book.ts';
import type { AccountsOrg } from './accounts/ports.ts';
import type { Alignments } from './alignments/alignments.ts';
import { findLive } from './alignments/store.ts';
import type { Views } from './alignments/views.ts';
import { BailiwickError } from './core/errors.ts';
import type { TeamId } from './core/ids.ts';
import type { GeographySlice } from './geography/geography.ts';
import type { Route } from './http/routes.ts';
import { createInsightThreads } from './insights/insightThread.ts';
import type { InsightAccount, InsightPlan, InsightProvider, TeamInsightPorts } from './insights/ports.ts';
import { insightRoutes } from './insights/routes.ts';
import type { Store } from './store/store.ts';
import type { teamFigures } from './teamFigures.ts';

export interface InsightsSideDeps {
  readonly store: Store;
  readonly crm: AccountsOrg;
  readonly book: Book;
  readonly geography: GeographySlice;
  readonly alignments: Alignments;
  readonly views: Views;
  readonly figures: ReturnType<typeof teamFigures>;
  readonly providers: () => Promise<readonly InsightProvider[]>;
  readonly now: () => Date;
}

/** Decisions about the field force in the words of plans, claims and accounts. */
export function insightsSide(deps: InsightsSideDeps): { routes: Route[]; close(): Promise<void> } {
  const { store, crm, book, alignments, views, figures, now } = deps;
  const { geography } = deps.geography;
  const threads = createInsightThreads();
  const ports: TeamInsightPorts = {
    geography,
    shapes: deps.geography.territoryShapes,
    plan: async (user, id): Promise<InsightPlan> => {
      const plan = await alignments.find(id);
      if ((await views.sight(user, plan)) === 'all') return plan;
      throw new BailiwickError('not_found', 'There is no such plan.', { action: 'Reload the list of plans.' });
    },
    live: (teamId: TeamId) => findLive(store.db, teamId),
    market: async (plan) => {
      const market = await figures(plan.teamId, plan.parameters);
      const { inputs } = await book.measured(market);
      const { marketId, revision, travel, callPlan, source, suppressedShare, uncertainty, defaults } = market;
      return { marketId, revision, inputs, travel, callPlan, source, suppressedShare, uncertainty, defaults };
    },
    saveParameters: (user, id, change) => alignments.setParameters(user, id, change),
    providers: deps.providers,
    accounts: async () => {
      const active = new Set((await crm.users()).flatMap(({ id, isActive }) => (isActive ? [id] : [])));
      return (await book.all()).map((account) => asInsightAccount(account, active.has(account.ownerId)));
    },
    accountsRevision: async () => String(await book.revision()),
    inThread: threads.run,
  };
  return { routes: insightRoutes(ports, now), close: () => threads.close() };
}

const asInsightAccount = (
  { id, npi, ccn, unit, ownerId, lastActivity }: KnownAccount,
  isOwned: boolean,
): InsightAccount => ({
  id,
  keys: [npi, ccn].filter((key): key is string => Boolean(key)),
  ...{ unit, isOwned, ownerId },
  lastActivity: lastActivity?.slice(0, 10) ?? null,
});
