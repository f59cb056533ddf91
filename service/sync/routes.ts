import type { TeamId } from '../core/ids.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import { adoptAnswer, previewAnswer, publishAnswer, publishesAnswer, startedAnswer } from './answers.ts';
import { adoptBody, idParams, previewBody, publishBody, teamParams, teamQuery } from './schemas.ts';
import type { Sync } from './sync.ts';

/** Ways from a plan to the CRM and back. Reading asks for "view" only, so that a publish that is not yours is 404. */
export function syncRoutes(sync: Sync): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/publishes/preview',
      summary: 'Everything a publish would write to Salesforce; nothing is written',
      permission: 'reassign',
      body: previewBody,
      response: previewAnswer,
      handle: ({ body, user }) => sync.preview(user, body),
    }),
    defineRoute({
      method: 'post',
      path: '/publishes',
      summary: 'Write exactly what the preview showed',
      permission: 'reassign',
      body: publishBody,
      response: startedAnswer,
      status: 202,
      handle: ({ body, user }) => sync.publish(user, body),
    }),
    defineRoute({
      method: 'get',
      path: '/publishes',
      summary: 'Publishes, newest first',
      permission: 'view',
      query: teamQuery,
      response: publishesAnswer,
      handle: async ({ query, user }) => ({ publishes: await sync.list(user, query.team) }),
    }),
    defineRoute({
      method: 'get',
      path: '/publishes/:id',
      summary: 'Progress and outcomes of a publish',
      permission: 'view',
      params: idParams,
      response: publishAnswer,
      handle: ({ params, user }) => sync.show(user, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/publishes/:id/outcomes.csv',
      summary: 'Every row of the journal with its outcome',
      permission: 'view',
      params: idParams,
      handle: ({ params, user }) => sync.outcomes(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/publishes/:id/take-back',
      summary: 'Undo exactly what the newest publish wrote',
      permission: 'reassign',
      params: idParams,
      response: startedAnswer,
      status: 202,
      handle: ({ params, user }) => sync.takeBack(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/teams/:id/adopt',
      summary: 'Take matching associations of the CRM into our ledger',
      permission: 'reassign',
      params: teamParams,
      body: adoptBody,
      response: adoptAnswer,
      handle: ({ params, user }) => sync.adopt(user, params.id as TeamId),
    }),
  ];
}
