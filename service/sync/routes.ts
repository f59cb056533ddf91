import type { AccountId, TeamId } from '../core/ids.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import {
  adoptAnswer,
  dealStagesAnswer,
  handoverAnswer,
  ownersAnswer,
  previewAnswer,
  publishAnswer,
  publishesAnswer,
  startedAnswer,
  takeBackAnswer,
} from './answers.ts';
import {
  accountParams,
  adoptBody,
  idParams,
  ownersQuery,
  previewBody,
  publishBody,
  takeBackBody,
  teamParams,
  teamQuery,
} from './schemas.ts';
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
      body: takeBackBody,
      response: startedAnswer,
      status: 202,
      handle: ({ params, body, user }) => sync.takeBack(user, params.id, body),
    }),
    ...beforehand(sync),
    ...afterwards(sync),
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

/** What is asked while a publish is prepared. */
function beforehand(sync: Sync): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/publishes/preview.csv',
      summary: 'Everything a publish would write, row by row, as a file; nothing is written',
      permission: 'reassign',
      body: previewBody,
      handle: ({ body, user }) => sync.previewCsv(user, body),
    }),
    defineRoute({
      method: 'get',
      path: '/deal-stages',
      summary: 'Stages of open deals in the order of the sales process',
      permission: 'reassign',
      response: dealStagesAnswer,
      handle: () => sync.dealStages(),
    }),
  ];
}

/** What can be done with a publish that has begun or is over. */
function afterwards(sync: Sync): Route[] {
  const started = { permission: 'reassign' as const, params: idParams, response: startedAnswer, status: 202 };
  return [
    defineRoute({
      method: 'post',
      path: '/publishes/:id/take-back/preview',
      summary: 'Everything that taking back would write, and what stays as it is; nothing is written',
      permission: 'reassign',
      params: idParams,
      body: takeBackBody,
      response: takeBackAnswer,
      handle: ({ params, body, user }) => sync.takeBackPreview(user, params.id, body),
    }),
    defineRoute({
      method: 'post',
      path: '/publishes/:id/cancel',
      summary: 'Stop after the request under way; what is written stays',
      ...started,
      handle: ({ params, user }) => sync.cancel(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/publishes/:id/go-on',
      summary: 'Try once more what failed, was not reached or got no answer',
      ...started,
      handle: ({ params, user }) => sync.goOn(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/publishes/:id/check-access',
      summary: 'Ask Salesforce for every account whether its rep sees it',
      permission: 'reassign',
      params: idParams,
      response: publishAnswer,
      handle: ({ params, user }) => sync.checkAll(user, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/publishes/:id/handover',
      summary: 'Accounts that change rep, by pair of reps',
      permission: 'view',
      params: idParams,
      response: handoverAnswer,
      handle: ({ params, user }) => sync.handover(user, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/publishes/:id/handover.csv',
      summary: 'Accounts that change rep, as a file',
      permission: 'view',
      params: idParams,
      handle: ({ params, user }) => sync.handoverCsv(user, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/accounts/:id/owners',
      summary: 'Who moved an account when and why; with ?on=, who had it on that day',
      permission: 'view',
      params: accountParams,
      query: ownersQuery,
      response: ownersAnswer,
      handle: ({ params, query, user }) => sync.history(user, params.id as AccountId, query.on),
    }),
  ];
}
