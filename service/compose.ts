import { createAccountComing } from './accounts/accountComing.ts';
import { createAccountPage } from './accounts/accountPage.ts';
import { createAccountPast } from './accounts/accountPast.ts';
import { createAccountPeers } from './accounts/accountPeers.ts';
import { createBook } from './accounts/book.ts';
import { createDayPlan } from './accounts/dayPlan.ts';
import { createFieldMapping } from './accounts/fieldMapping.ts';
import { createFieldPlan } from './accounts/fieldPlanPage.ts';
import { mappingRoutes } from './accounts/mappingRoutes.ts';
import { meRoute } from './accounts/me.ts';
import type { AccountPorts, LivePlan, MarketFigures, PastVolume, ProcedureRow } from './accounts/ports.ts';
import { accountsInUnit, editableAccounts, readableAccounts } from './accounts/editable.ts';
import { createNearAccounts } from './accounts/nearAccounts.ts';
import { pageRoutes } from './accounts/pageRoutes.ts';
import { createReassign } from './accounts/reassign.ts';
import { accountRoutes } from './accounts/routes.ts';
import { createScope } from './accounts/scope.ts';
import { createPoints } from './accounts/points.ts';
import { createSight } from './accounts/sight.ts';
import { createStory } from './accounts/story.ts';
import { createTerritorySheet } from './accounts/territorySheet.ts';
import { createUserPage } from './accounts/userPage.ts';
import { createAlignments } from './alignments/alignments.ts';
import { editRoutes } from './alignments/editRoutes.ts';
import type { AlignmentPorts } from './alignments/ports.ts';
import { createPlanTexts } from './alignments/planTexts.ts';
import { planTextRoutes } from './alignments/planTextRoutes.ts';
import { createProposals } from './alignments/proposals.ts';
import { alignmentRoutes } from './alignments/routes.ts';
import { accountEdits, findLive } from './alignments/store.ts';
import { createVersions } from './alignments/versions.ts';
import { createViews } from './alignments/views.ts';
import { boundariesOf } from './boundaries.ts';
import type { MarketProvider } from './claims/marketProviders.ts';
import { accountsOrg } from './crm.ts';
import type { TeamId } from './core/ids.ts';
import type { Roads } from './core/roads.ts';
import type { GeographySlice } from './geography/geography.ts';
import { geographyRoutes } from './geography/routes.ts';
import type { RequestUser } from './http/identity.ts';
import type { Route } from './http/routes.ts';
import type { Org } from './org/org.ts';
import { registryHouse, type RegistryHouse, type RegistrySide } from './registrySide.ts';
import type { Store } from './store/store.ts';
import { createSync } from './sync/sync.ts';
import { syncRoutes } from './sync/routes.ts';
import { nightSheets } from './nightSheet.ts';
import { pipelineOf } from './pipeline.ts';
import { comingPlans } from './comingPlans.ts';
import { lifeSide } from './lifeSide.ts';
import { recordedAt } from './planRecords.ts';
import { planningSide } from './planningSide.ts';
import { planSteps } from './planPast.ts';
import { reassignNow } from './reassignNow.ts';
import { syncPorts } from './syncPorts.ts';
import { syncSide } from './syncSide.ts';
import { insightsSide } from './insightsSide.ts';
import { teamFigures } from './teamFigures.ts';
import { teamReps } from './teamReps.ts';
import { territoryUnits, visibleUnits } from './visibleUnits.ts';
import { adoptTodaysMap, type ZipSheet } from './today.ts';

/** What the claims side gives to the house. */
export interface ClaimsSide {
  routes(ports: {
    visibleUnits(user: RequestUser): Promise<ReadonlySet<number> | 'all'>;
    territories(teamId: string): Promise<{ name: string; units: number[] }[]>;
    corrections(): Promise<number>;
  }): Route[];
  marketId(): Promise<string | null>;
  /** Another text after every change of the market or its claims. */
  revision?(): Promise<string | null>;
  figures(): Promise<Omit<MarketFigures, 'callPlan' | 'travel'>>;
  /** Everybody whom the market counts. */
  providers(): Promise<readonly MarketProvider[]>;
  procedures(keys: { npi: string | null; ccn: string | null }): Promise<readonly ProcedureRow[]>;
  past(keys: { npi: string | null; ccn: string | null }): Promise<readonly PastVolume[]>;
  performedAt: RegistryHouse['performedAt'];
  volumeBySite: RegistryHouse['volumeBySite'];
}

export interface Deps {
  readonly store: Store;
  readonly org: Org;
  readonly geography: GeographySlice;
  /** Where loaded boundaries are kept; without it there are no routes over them. */
  readonly dataDir?: string;
  /** Puts loaded boundaries to use without a restart; without it they wait for the next start. */
  readonly applyBoundaries?: () => void;
  readonly claims: ClaimsSide;
  readonly registry: RegistrySide;
  /** Pages that may call the service: told by the set-up checks. */
  readonly origins?: readonly string[];
  /** Share of the org's daily API calls at which publishing stops. */
  readonly apiShare?: number | undefined;
  /** The customer's routing server. */
  readonly roads?: Roads | null;
  readonly now: () => Date;
  /** True for the demonstration: the screens say so. */
  readonly sample: boolean;
  readonly log: (message: string) => void;
}

/** What is left of the day's API calls belongs to others. */
const API_SHARE = 0.9;

/** Builds every slice with its ports: the one place where slices meet. */
export function compose(deps: Deps) {
  const { store, org, claims, registry, now } = deps;
  const { geography } = deps.geography;
  const crm = accountsOrg(org);
  const book = createBook({ org: crm, geography, now });
  const fieldMapping = createFieldMapping({ store, org, now, forget: book.forget });
  const scope = createScope({ org: crm, now });
  const planFigures = teamFigures({ store, scope, claims, registry });
  const figures = (teamId: TeamId): Promise<MarketFigures> => planFigures(teamId);

  const alignmentPorts: AlignmentPorts = {
    geography,
    shapes: deps.geography.territoryShapes,
    teams: scope.teams,
    market: async (plan) => {
      const market = await planFigures(plan.teamId, plan.parameters);
      const { inputs, parts } = await book.measured(market);
      return { ...market, inputs, accounts: [...parts.values()] };
    },
    pipeline: pipelineOf({ org, book, units: geography.ids.length, now }),
    editable: async (user, accountIds, teamId) =>
      editableAccounts({ org: crm, book }, { user, accountIds, figures: await figures(teamId) }),
    accountsIn: async (user, unit, teamId) =>
      accountsInUnit({ org: crm, book }, { user, unit, figures: await figures(teamId) }),
    reps: (teamId) => teamReps({ scope, crm, geography }, teamId),
    readable: (user, accountIds) => readableAccounts(crm, user, accountIds),
    writable: scope.writable,
    own: scope.own,
    recorded: recordedAt(now),
  };
  const alignments = createAlignments({ store, ports: alignmentPorts, now });
  const versions = createVersions({ store, ports: alignmentPorts });
  const planTexts = createPlanTexts({ store, ports: alignmentPorts, now });
  const views = createViews({ store, ports: alignmentPorts, alignments, versions });
  const proposals = createProposals({ store, ports: alignmentPorts, now, alignments, log: deps.log });

  const livePlan = async (teamId: TeamId): Promise<LivePlan | null> => {
    const live = await findLive(store.db, teamId);
    return live && { ...live, alignmentId: live.id };
  };
  const plans = syncPorts({ store, scope, alignments, book, geography });
  const { apiShare = API_SHARE, roads = null } = deps;
  const sync = createSync({ store, org, ports: plans, now, log: deps.log, apiShare });
  const claimsRevision = async () => (await claims.revision?.()) ?? null;
  const { log, dataDir } = deps;
  const side = syncSide({
    ...{ store, org, sync, plans, alignments, scope, book, now, log, claimsRevision, apiShare },
    nightSheet:
      dataDir === undefined
        ? () => Promise.resolve(null)
        : nightSheets({ dataDir, scope, alignments, geography, livePlanId: plans.live, now }),
    origins: deps.origins ?? [],
    mapping: async () => {
      const { state, problems } = await fieldMapping.view();
      return { isConfirmed: state === 'confirmed', problems };
    },
  });
  const { auto } = side;
  const insights = insightsSide({
    ...{ store, crm, book, alignments, views, now, log, claimsRevision, auto, figures: planFigures },
    ...{ geography: deps.geography, roads, teams: scope.teams, providers: claims.providers },
  });
  const life = lifeSide({
    ...{ store, org, scope, geography, alignments, proposals, views, plans, sync, auto, book, now, log },
    market: alignmentPorts.market,
  });

  const accountPorts: AccountPorts = {
    geography,
    roads,
    livePlan,
    figures,
    figuresIfAny: async (teamId) => ((await claims.marketId()) === null ? null : figures(teamId)),
    procedures: claims.procedures,
    past: claims.past,
    history: async (accountId) => accountEdits(store, accountId),
    planSteps: (id) => planSteps(store, id),
    coming: (teamId) => comingPlans(store, { teamId, dealsOf: auto.strategy }),
    reassign: reassignNow({ alignments, sync }),
  };
  const pageDeps = { org: crm, ports: accountPorts, book, scope };
  const page = createAccountPage(pageDeps);
  const sight = createSight(pageDeps);
  const users = createUserPage(pageDeps, { sight, now });
  const reassign = createReassign(pageDeps, page);
  const story = createStory(pageDeps, sight);
  const planning = planningSide({ ...pageDeps, store, now, page, sight, story, alignments, log });

  const seenUnits = (user: RequestUser) => visibleUnits(user, { scope, livePlan });
  registry.connect(registryHouse({ org: crm, book, claims, visibleUnits: seenUnits }));

  const routes: Route[] = [
    meRoute(scope, {
      orgId: org.orgId,
      orgName: org.orgName,
      sample: deps.sample,
      liveAlignmentId: async (teamId) => (await findLive(store.db, teamId))?.id ?? null,
      marketId: claims.marketId,
    }),
    ...geographyRoutes(deps.geography),
    ...(deps.dataDir === undefined
      ? []
      : boundariesOf(store, {
          dataDir: deps.dataDir,
          geography,
          teams: scope.teams,
          now,
          apply: deps.applyBoundaries,
        })),
    ...claims.routes({
      visibleUnits: seenUnits,
      territories: async (teamId) => territoryUnits(await livePlan(teamId as TeamId)),
      corrections: () => registry.inForce(),
    }),
    ...registry.routes(),
    ...alignmentRoutes({ alignments, views, proposals }),
    ...editRoutes({ alignments, views, versions, ports: alignmentPorts }),
    ...planTextRoutes({ alignments, views, versions, planTexts }),
    ...accountRoutes({ page, users, points: createPoints(pageDeps, sight), reassign }),
    ...pageRoutes({
      past: createAccountPast(pageDeps, page),
      peers: createAccountPeers(pageDeps, page),
      near: createNearAccounts(pageDeps, page, sight),
      day: createDayPlan(pageDeps, { sight, now }),
      field: createFieldPlan(pageDeps, { sight, now }),
      story,
      coming: createAccountComing(pageDeps, { page, story }),
      sheet: createTerritorySheet(pageDeps, { sight, story, shapes: deps.geography.territoryShapes, now }),
    }),
    ...life.routes,
    ...planning.routes,
    ...mappingRoutes(fieldMapping),
    ...insights.routes,
    ...syncRoutes(sync),
    ...side.routes,
  ];

  /** First live plans for teams that have none, then everything that a former process left unfinished. */
  async function start(sheets: ReadonlyMap<TeamId, ZipSheet> = new Map()): Promise<void> {
    await fieldMapping.start(deps.log);
    for (const team of await scope.teams()) {
      if (await livePlan(team.id)) continue;
      await adoptTodaysMap({ org, crm, scope, book, geography, alignments }, team, sheets.get(team.id));
    }
    await sync.resume();
    await auto.resume();
    auto.start();
    insights.start();
    life.watch.start();
    await proposals.resume();
    await planning.resume();
  }

  /** Ends the work under way where it can go on at the next start. */
  async function close(): Promise<void> {
    auto.stop();
    life.watch.stop();
    await sync.close();
    await auto.close();
    await insights.close();
    await life.watch.close();
    await proposals.close();
  }

  return {
    routes,
    start,
    store,
    scope,
    sync,
    auto,
    org,
    watch: life.watch,
    drift: side.drift,
    alignments,
    planTexts,
    close,
  };
}

export type House = ReturnType<typeof compose>;
