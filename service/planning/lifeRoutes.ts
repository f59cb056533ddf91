import type { TeamId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import type { Covers } from './covers.ts';
import type { Introductions } from './introductions.ts';
import {
  coverAnswer,
  coversAnswer,
  coverSplit,
  introductionsAnswer,
  lifeAnswer,
  planSettingsAnswer,
} from './lifeAnswers.ts';
import type { LifeCycle } from './lifeCycle.ts';
import {
  coverBody,
  coverParams,
  introductionsBody,
  noteBody,
  planParams,
  planSettingsBody,
  scheduleBody,
  stepBody,
  teamParams,
} from './lifeSchemas.ts';
import type { createLifeView } from './lifeView.ts';
import type { PlanSettingsDesk } from './planSettings.ts';
import type { Schedules } from './schedule.ts';

interface Life {
  readonly life: LifeCycle;
  readonly view: ReturnType<typeof createLifeView>;
  readonly schedules: Schedules;
  readonly settings: PlanSettingsDesk;
  readonly covers: Covers;
  readonly introductions: Introductions;
}

/** Ways of a plan from draft to live: review, announcement, approval, date, and back. */
export function lifeRoutes({ life, view, schedules, settings, covers, introductions }: Life): Route[] {
  const ofPlan = { permission: 'reassign' as const, params: planParams, response: lifeAnswer };
  const byOps = { ...ofPlan, permission: 'operate' as const };
  const then = async (user: RequestUser, id: string, work: Promise<void>) => {
    await work;
    return view(user, id);
  };
  return [
    defineRoute({
      method: 'get',
      path: '/alignments/:id/life',
      summary: 'Where a plan is on its way, who brought it there, and what may be done next',
      ...ofPlan,
      handle: ({ params, user }) => view(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/alignments/:id/steps',
      summary: 'Submit, return, announce, approve, drop a plan, or take its approval back',
      ...ofPlan,
      body: stepBody,
      handle: ({ params, body, user }) => then(user, params.id, life.step(user, params.id, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/alignments/:id/schedule',
      summary: 'The day on which a plan goes live by itself',
      ...byOps,
      body: scheduleBody,
      handle: ({ params, body, user }) => then(user, params.id, schedules.set(user, params.id, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/alignments/:id/unschedule',
      summary: 'Take the day back; the plan stays approved',
      ...byOps,
      body: noteBody,
      handle: ({ params, body, user }) => then(user, params.id, schedules.unset(user, params.id, body.note)),
    }),
    defineRoute({
      method: 'post',
      path: '/alignments/:id/try-again',
      summary: 'Begin once more what did not go live on its day',
      ...byOps,
      handle: ({ params, user }) => then(user, params.id, schedules.again(user, params.id)),
    }),
    ...settingsRoutes(settings),
    ...coverRoutes(covers),
    ...introductionRoutes(introductions),
  ];
}

function settingsRoutes(settings: PlanSettingsDesk): Route[] {
  const ofTeam = { params: teamParams, response: planSettingsAnswer };
  return [
    defineRoute({
      method: 'get',
      path: '/teams/:id/plan-settings',
      summary: 'How the plans of a team come to life',
      permission: 'reassign',
      ...ofTeam,
      handle: ({ params }) => settings.show(params.id as TeamId),
    }),
    defineRoute({
      method: 'put',
      path: '/teams/:id/plan-settings',
      summary: 'Change how the plans of a team come to life, made on a version',
      permission: 'operate',
      ...ofTeam,
      body: planSettingsBody,
      handle: ({ params, body, user }) => settings.save(user, params.id as TeamId, body),
    }),
  ];
}

function introductionRoutes(introductions: Introductions): Route[] {
  const ofPublish = { permission: 'reassign' as const, params: planParams, response: introductionsAnswer };
  return [
    defineRoute({
      method: 'get',
      path: '/publishes/:id/introductions',
      summary: 'How far the introductions to new reps are, asked of Salesforce',
      ...ofPublish,
      handle: ({ params, user }) => introductions.show(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/publishes/:id/introductions',
      summary: 'Make tasks in Salesforce for the introductions: of accounts with open deals, or of all',
      ...ofPublish,
      body: introductionsBody,
      handle: ({ params, body, user }) => introductions.make(user, params.id, body),
    }),
  ];
}

function coverRoutes(covers: Covers): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/teams/:id/covers',
      summary: 'Leave covers of a team that you may see, the newest first',
      permission: 'reassign',
      params: teamParams,
      response: coversAnswer,
      handle: ({ params, user }) => covers.list(user, params.id as TeamId),
    }),
    defineRoute({
      method: 'post',
      path: '/teams/:id/covers',
      summary: 'Split the territory of a rep on leave among its neighbours: a draft and its computation',
      permission: 'reassign',
      params: teamParams,
      body: coverBody,
      response: coverAnswer,
      status: 201,
      handle: ({ params, body, user }) => covers.plan(user, params.id as TeamId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/covers/:id/take',
      summary: 'Take the computed cover into its draft; nobody is filled beyond 115 % of her hours',
      permission: 'reassign',
      params: coverParams,
      response: coverSplit,
      handle: ({ params, user }) => covers.take(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/covers/:id/try-again',
      summary: 'Begin once more a return that failed',
      permission: 'reassign',
      params: coverParams,
      response: coverAnswer,
      handle: ({ params, user }) => covers.again(user, params.id),
    }),
  ];
}
