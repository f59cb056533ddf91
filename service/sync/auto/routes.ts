import type { TeamId } from '../../core/ids.ts';
import { defineRoute, type Route } from '../../http/routes.ts';
import { runAnswer, runsAnswer, runStarted, settingsAnswer } from './answers.ts';
import type { AutoSync } from './auto.ts';
import { approveBody, runParams, runsQuery, settingsBody, teamParams } from './schemas.ts';

/** What runs by itself: its settings, its log, and the answer to what the fuse asks. */
export function autoRoutes(auto: AutoSync): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/teams/:id/sync-settings',
      summary: 'How a team is kept in sync by itself',
      permission: 'operate',
      params: teamParams,
      response: settingsAnswer,
      handle: ({ params }) => auto.settings(params.id as TeamId),
    }),
    defineRoute({
      method: 'put',
      path: '/teams/:id/sync-settings',
      summary: 'Change how a team is kept in sync, made on a version',
      permission: 'operate',
      params: teamParams,
      body: settingsBody,
      response: settingsAnswer,
      handle: ({ params, body, user }) => auto.save(user, params.id as TeamId, body),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:id/sync-runs',
      summary: 'Automatic runs of a team, newest first',
      permission: 'operate',
      params: teamParams,
      query: runsQuery,
      response: runsAnswer,
      handle: ({ params, query }) => auto.list(params.id as TeamId, query.limit),
    }),
    defineRoute({
      method: 'post',
      path: '/teams/:id/sync-runs',
      summary: 'Run now; the fuse holds as for any other run',
      permission: 'operate',
      params: teamParams,
      response: runStarted,
      status: 202,
      handle: ({ params, user }) => auto.runNow(user, params.id as TeamId),
    }),
    ...ofOneRun(auto),
  ];
}

function ofOneRun(auto: AutoSync): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/sync-runs/:id',
      summary: 'One automatic run',
      permission: 'operate',
      params: runParams,
      response: runAnswer,
      handle: ({ params }) => auto.show(params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/sync-runs/:id/approve',
      summary: 'Let pass, once, what the fuse stopped',
      permission: 'operate',
      params: runParams,
      body: approveBody,
      response: runStarted,
      status: 202,
      handle: ({ params, body, user }) => auto.approve(user, params.id, body.previewHash),
    }),
    defineRoute({
      method: 'post',
      path: '/sync-runs/:id/dismiss',
      summary: 'Drop what the fuse stopped; nothing is written',
      permission: 'operate',
      params: runParams,
      response: runAnswer,
      handle: ({ params, user }) => auto.dismiss(user, params.id),
    }),
  ];
}
