import type { Book, KnownAccount } from './accounts/book.ts';
import type { AccountsOrg } from './accounts/ports.ts';
import type { Alignments } from './alignments/alignments.ts';
import { findLive } from './alignments/store.ts';
import type { Views } from './alignments/views.ts';
import { BailiwickError } from './core/errors.ts';
import type { TeamId } from './core/ids.ts';
import type { Roads } from './core/roads.ts';
import type { GeographySlice } from './geography/geography.ts';
import type { Route } from './http/routes.ts';
import { createAlerts } from './insights/alerts.ts';
import { driftRoutes } from './insights/driftRoutes.ts';
import { createInsightThreads } from './insights/insightThread.ts';
import type { PlanState } from './insights/pictures.ts';
import { createPlanDrift } from './insights/planDrift.ts';
import type { InsightAccount, InsightPlan, InsightProvider, TeamInsightPorts } from './insights/ports.ts';
import { insightRoutes } from './insights/routes.ts';
import type { Store } from './store/store.ts';
import type { AutoSync } from './sync/auto/auto.ts';
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
  readonly teams: () => Promise<readonly { readonly id: TeamId }[]>;
  /** Null where no claims are loaded. */
  readonly claimsRevision: () => Promise<string | null>;
  /** Ways to tell the people of a team. */
  readonly auto: Pick<AutoSync, 'tell' | 'tellWays'>;
  readonly roads: Roads | null;
  readonly now: () => Date;
  readonly log: (message: string) => void;
}

export interface InsightsSide {
  readonly routes: Route[];
  /** Looks after the live plans from here on. */
  start(): void;
  close(): Promise<void>;
}

/** Decisions about the field force in the words of plans, claims and accounts. */
export function insightsSide(deps: InsightsSideDeps): InsightsSide {
  const { store, crm, book, alignments, views, figures, now, log } = deps;
  const { geography } = deps.geography;
  const threads = createInsightThreads();
  const ports: TeamInsightPorts = {
    geography,
    roads: deps.roads,
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
    state: (plan) => planState(plan, deps),
    teams: async () => (await deps.teams()).map(({ id }) => id),
    watchKey: async (teamId) => {
      const [revision, live] = [await deps.claimsRevision(), await findLive(store.db, teamId)];
      return revision === null || !live ? null : JSON.stringify([revision, live.id, live.version]);
    },
    tell: deps.auto.tell,
    tellWays: deps.auto.tellWays,
    providers: deps.providers,
    accounts: async () => {
      const active = new Set((await crm.users()).flatMap(({ id, isActive }) => (isActive ? [id] : [])));
      return (await book.all()).map((account) => asInsightAccount(account, active.has(account.ownerId)));
    },
    accountsRevision: async () => String(await book.revision()),
    inThread: threads.run,
  };
  const drift = createPlanDrift({ store, ports, now });
  const alerts = createAlerts({ store, ports, drift, now, log });
  return {
    routes: [...insightRoutes(ports, now), ...driftRoutes(ports, { drift, alerts })],
    start: alerts.start,
    close: async () => {
      // who waits for a thread would wait for ever
      await Promise.all([threads.close(), alerts.close()]);
    },
  };
}

/** All that the figures of a plan are made of, in an order that is always the same. */
async function planState(plan: InsightPlan, { figures, book }: InsightsSideDeps): Promise<PlanState> {
  const { demand, volumes, callPlan, travel } = await figures(plan.teamId, plan.parameters);
  return {
    territories: plan.territories.map(({ id }) => id),
    names: plan.territories.map(({ name }) => name),
    state: {
      demand: {
        volumes: new Map([...volumes].sort(([a], [b]) => (a < b ? -1 : 1))),
        byUnit: demand,
      },
      accounts: await book.work(),
      reps: {
        list: plan.territories.map(({ id, home, capacityHours, targetShare }) => ({
          territory: id,
          home,
          fte: capacityHours / callPlan.workingHours,
          targetShare,
        })),
        owners: plan.owners,
        held: plan.overrides.map(({ accountId, territory }) => ({ accountId, territory })),
      },
      parameters: { callPlan, travel },
    },
  };
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
