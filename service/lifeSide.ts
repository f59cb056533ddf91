import type { Book } from './accounts/book.ts';
import type { Scope } from './accounts/scope.ts';
import type { Alignments } from './alignments/alignments.ts';
import type { AlignmentPorts } from './alignments/ports.ts';
import type { Proposals } from './alignments/proposals.ts';
import type { Views } from './alignments/views.ts';
import type { Geography } from './core/geography.ts';
import type { AccountId, TeamId, TerritoryId, UserId } from './core/ids.ts';
import { placesOf } from './core/mergePart.ts';
import { touchedTerritories } from './core/touched.ts';
import { coverPlans } from './coverPlans.ts';
import { coverPorts } from './coverSide.ts';
import { auditFile } from './auditFile.ts';
import { removeDropped } from './droppedPlans.ts';
import { handPorts } from './handSide.ts';
import { defineRoute, FileAnswer, type Route } from './http/routes.ts';
import type { Org } from './org/org.ts';
import { createCoverEnd } from './planning/coverEnd.ts';
import { createCovers } from './planning/covers.ts';
import { createGoLive } from './planning/goLive.ts';
import { createHandNotices } from './planning/handNotices.ts';
import { createIntroductions, type IntroductionPorts } from './planning/introductions.ts';
import { createLifeCycle } from './planning/lifeCycle.ts';
import type { AccountChange, LifePorts } from './planning/lifePorts.ts';
import { teamParams } from './planning/lifeSchemas.ts';
import { lifeRoutes } from './planning/lifeRoutes.ts';
import { createLifeView } from './planning/lifeView.ts';
import { createNotices, type NoticePorts } from './planning/notices.ts';
import { createPlanSettings } from './planning/planSettings.ts';
import { createRetention } from './planning/retention.ts';
import { createSchedules } from './planning/schedule.ts';
import { createWatch } from './planning/watch.ts';
import type { Store } from './store/store.ts';
import type { AutoSync } from './sync/auto/auto.ts';
import type { SyncPorts } from './sync/ports.ts';
import { findPublish } from './sync/store.ts';
import type { Sync } from './sync/sync.ts';

export interface LifeSideDeps {
  readonly store: Store;
  readonly org: Pick<Org, 'orgId' | 'userId' | 'users' | 'access' | 'createTasks' | 'tasksDone'>;
  readonly scope: Scope;
  readonly book: Book;
  readonly geography: Geography;
  readonly alignments: Alignments;
  readonly proposals: Proposals;
  readonly views: Views;
  readonly market: AlignmentPorts['market'];
  readonly plans: SyncPorts;
  readonly sync: Sync;
  readonly auto: AutoSync;
  readonly now: () => Date;
  readonly log: (message: string) => void;
}

/** The life of plans: from a draft to the live plan and, where it is a leave cover, back. */
export function lifeSide(deps: LifeSideDeps) {
  const { store, now, log } = deps;
  const ports = { ...lifePorts(deps), ...noticePorts(deps) };
  const notices = createNotices({ store, ports, now });
  const life = createLifeCycle({ store, ports, now }, notices);
  const schedules = createSchedules({ store, ports, now }, { life, notices });
  const back = coverPorts(deps);
  const covers = createCovers({ store, ports, plans: coverPlans(deps), now, retry: back.retry }, life);
  const goLive = createGoLive({ store, ports, now, log }, notices);
  const coverEnd = createCoverEnd({ store, ports, now, log }, { covers: back, notices });
  const byHand = createHandNotices({ store, ports: handPorts(deps), now, log }, notices);
  const retention = createRetention({ store, ports: { removeDropped }, now, log });
  const watch = createWatch({ look: [goLive.look, coverEnd.look, byHand.look, notices.send, retention.look], log });
  const view = createLifeView({ store, ports });
  const settings = createPlanSettings({ store, ports, now });
  const introductions = createIntroductions({ store, ports: introductionPorts(deps), now });
  const routes: Route[] = lifeRoutes({ life, view, schedules, settings, covers, introductions });
  return { routes: [...routes, auditRoute(deps)], watch };
}

function lifePorts({ scope, alignments, plans, auto, book }: LifeSideDeps): LifePorts {
  const pair = async (id: string) => {
    const plan = await alignments.find(id);
    const liveId = await plans.live(plan.teamId);
    return { plan, live: liveId === null || liveId === id ? null : await alignments.find(liveId) };
  };
  return {
    teams: scope.teams,
    writable: scope.writable,
    head: alignments.head,
    locked: alignments.locked,
    setStage: alignments.setStage,
    drop: alignments.drop,
    touched: async (id) => {
      const { plan, live } = await pair(id);
      const names = new Map([...(live?.territories ?? []), ...plan.territories].map((each) => [each.id, each.name]));
      const ids = live ? touchedTerritories(live, plan) : new Set(plan.territories.map((each) => each.id));
      return [...ids].map((each) => ({ id: each, name: names.get(each) ?? each }));
    },
    changes: async (id) => {
      const { plan, live } = await pair(id);
      if (!live) return [];
      const end = (of: typeof plan) => {
        const known = new Map(of.territories.map((each) => [each.id, each]));
        return (territoryId: TerritoryId | null): AccountChange['from'] => {
          const found = territoryId === null ? undefined : known.get(territoryId);
          return found ? { id: found.id, name: found.name, repId: found.repId, repName: found.repName } : null;
        };
      };
      const [was, is] = [end(live), end(plan)];
      const before = new Map((await plans.desired(live.id, live.version)).map((each) => [each.accountId, each]));
      return (await plans.desired(plan.id, plan.version)).flatMap(({ accountId, accountName, territoryId }) => {
        const [from, to] = [was(before.get(accountId)?.territoryId ?? null), is(territoryId)];
        return from?.id === to?.id && from?.repId === to?.repId ? [] : [{ accountId, accountName, from, to }];
      });
    },
    countChanges: async (id) => {
      const { plan, live } = await pair(id);
      if (!live) return 0;
      const holder = (of: typeof plan) => {
        const place = placesOf(of);
        const reps = new Map<string, string | null>(of.territories.map((each) => [each.id, each.repId]));
        return (account: { accountId: AccountId; unit: number }) => {
          const at = place(account);
          return `${at} ${at && reps.get(at)}`;
        };
      };
      const [was, is] = [holder(live), holder(plan)];
      const accounts = (await book.all()).map((each) => ({ accountId: each.id, unit: each.unit }));
      return accounts.filter((each) => was(each) !== is(each)).length;
    },
    timeZone: auto.timeZone,
    runs: {
      goLive: ({ runId, teamId, byName, ...plan }) => auto.carryOutPlan(runId, { teamId, byName, plan }),
      outcome: auto.runOf,
      dismiss: auto.drop,
    },
  };
}

/** For auditors: everything that was done about a team, as a file. */
function auditRoute({ store, sync }: LifeSideDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/teams/:id/audit.csv',
    summary: 'Everything that was done about a team: plans, edits, feedback, messages and every write, oldest first',
    permission: 'operate',
    params: teamParams,
    handle: async ({ params, user }) => {
      const { csv } = await auditFile(store, params.id as TeamId, sync.teamLog(user, params.id as TeamId));
      return new FileAnswer('audit.csv', 'text/csv; charset=utf-8', csv);
    },
  });
}

function introductionPorts({ store, org, sync, auto }: LifeSideDeps): IntroductionPorts {
  return {
    handed: async (user, publishId) => {
      const { rows } = await sync.handover(user, publishId);
      const { teamId, alignmentId, alignmentName } = (await findPublish(store, publishId))!;
      return { teamId: teamId as TeamId, alignmentId, planName: alignmentName, accounts: rows };
    },
    createTasks: async (tasks) =>
      (await org.createTasks(tasks)).map((outcome) =>
        outcome.ok ? { ok: true, id: outcome.id } : { ok: false, message: outcome.message, action: outcome.action },
      ),
    tasksDone: org.tasksDone,
    timeZone: auto.timeZone,
  };
}

function noticePorts({ org, scope, auto }: LifeSideDeps): Omit<NoticePorts, 'changes' | 'touched' | 'timeZone'> {
  const named = async <Id extends string>(ids: readonly Id[]) => {
    const users = new Map<string, string>((await org.users()).map(({ id, name }) => [id, name]));
    return ids.map((id) => ({ id, name: users.get(id) ?? id }));
  };
  return {
    managers: async (ids) => {
      const found = new Set<UserId>();
      for (const id of ids) for (const user of await managersOf(scope, id)) found.add(user);
      return named([...found]);
    },
    readableBy: async (userId, ids) => {
      const access = await org.access(userId, ids as never);
      return new Set(ids.filter((id) => access.get(id as never)?.read));
    },
    createTasks: async (tasks) =>
      (await org.createTasks(tasks)).map((outcome) =>
        outcome.ok ? { ok: true, id: outcome.id } : { ok: false, message: outcome.message, action: outcome.action },
      ),
    operators: async (teamId) => named((await auto.voice(teamId)).userIds),
    hasWebhook: async (teamId) => (await auto.voice(teamId)).hasWebhook,
    webhook: async (teamId, body) => (await auto.voice(teamId)).send({ orgId: org.orgId, ...body }),
  };
}

/** Members of the nearest node above a territory that has any; of none where it is not in Salesforce yet. */
async function managersOf(scope: Scope, id: TerritoryId): Promise<readonly UserId[]> {
  const node = await scope.node(id).catch(() => null);
  for (let at = node?.parentId ?? null; at; at = (await scope.node(at)).parentId) {
    const members = await scope.membersOf(at);
    if (members.length > 0) return members;
  }
  return [];
}
