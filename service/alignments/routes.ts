import { defineRoute, type Route } from '../http/routes.ts';
import * as answers from './answers.ts';
import { proposalAnswer } from './proposalAnswers.ts';
import type { Alignments } from './alignments.ts';
import type { Proposals } from './proposals.ts';
import { proposalBody } from './proposalSchemas.ts';
import { acceptBody, createBody, idParams, movesBody, planQuery, saveAsDraftBody, teamQuery } from './schemas.ts';
import type { Views } from './views.ts';

/** Ways into territory plans and computed proposals. */
export function alignmentRoutes(slice: { alignments: Alignments; views: Views; proposals: Proposals }): Route[] {
  const { alignments, views, proposals } = slice;
  return [
    defineRoute({
      method: 'get',
      path: '/alignments',
      summary: 'Territory plans that you may see, the live one first',
      permission: 'view',
      query: teamQuery,
      response: answers.listAnswer,
      handle: async ({ query, user }) => ({ alignments: await views.list(user, query.team) }),
    }),
    defineRoute({
      method: 'post',
      path: '/alignments',
      summary: 'Start a draft from another plan',
      permission: 'reassign',
      body: createBody,
      status: 201,
      response: answers.planAnswer,
      handle: async ({ body, user }) => views.show(user, (await alignments.create(user, body)).id),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id',
      summary: 'One plan, or a former version of it: territories and the owner of every unit',
      permission: 'view',
      params: idParams,
      query: planQuery,
      response: answers.planAnswer,
      handle: ({ params, query, user }) => views.show(user, params.id, query.version),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/inputs',
      summary: 'What every unit holds: the vectors behind live totals',
      permission: 'view',
      params: idParams,
      response: answers.inputsAnswer,
      handle: ({ params, user }) => views.inputs(user, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/totals',
      summary: 'Exact figures of every territory',
      permission: 'view',
      params: idParams,
      response: answers.totalsAnswer,
      handle: ({ params, user }) => views.rows(user, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/findings',
      summary: 'What stands out in a plan',
      permission: 'view',
      params: idParams,
      response: answers.findingsAnswer,
      handle: ({ params, user }) => views.found(user, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/fairness',
      summary: 'How a plan treats those who work it, against today, a sentence each and without names',
      permission: 'view',
      params: idParams,
      response: answers.fairnessAnswer,
      handle: ({ params, user }) => views.fairness(user, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/limits',
      summary: 'What the limits of a computation are shares of',
      permission: 'reassign',
      params: idParams,
      response: answers.limitsAnswer,
      handle: ({ params, user }) => views.limits(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/alignments/:id/moves',
      summary: 'Move units and accounts against an expected version',
      permission: 'reassign',
      params: idParams,
      body: movesBody,
      response: answers.movedAnswer,
      handle: ({ params, body, user }) => alignments.move(user, params.id, body),
    }),
    ...proposalRoutes(proposals),
  ];
}

function proposalRoutes(proposals: Proposals): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/proposals',
      summary: 'Compute a balanced plan',
      permission: 'reassign',
      body: proposalBody,
      status: 202,
      response: answers.askedAnswer,
      handle: ({ body, user }) => proposals.ask(user, body),
    }),
    defineRoute({
      method: 'get',
      path: '/proposals/:id',
      summary: 'Progress or result of a computed plan',
      permission: 'reassign',
      params: idParams,
      response: proposalAnswer,
      handle: ({ params, user }) => proposals.show(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/proposals/:id/cancel',
      summary: 'Stop computing; the best plan so far is kept',
      permission: 'reassign',
      params: idParams,
      response: proposalAnswer,
      handle: ({ params, user }) => proposals.cancel(user, params.id),
    }),
    defineRoute({
      method: 'post',
      path: '/proposals/:id/accept',
      summary: 'Take the computed plan over into the draft',
      permission: 'reassign',
      params: idParams,
      body: acceptBody,
      response: answers.movedAnswer,
      handle: ({ params, body, user }) => proposals.accept(user, params.id, body),
    }),
    defineRoute({
      method: 'post',
      path: '/proposals/:id/draft',
      summary: 'Save the computed plan as a draft of its own; nothing else changes',
      permission: 'reassign',
      params: idParams,
      body: saveAsDraftBody,
      status: 201,
      response: answers.openedAnswer,
      handle: ({ params, body, user }) => proposals.saveAsDraft(user, params.id, body),
    }),
  ];
}
