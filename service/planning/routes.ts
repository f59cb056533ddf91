import { defineRoute, type Route } from '../http/routes.ts';
import type { Decisions } from './decisions.ts';
import type { FeedbackDesk } from './feedback.ts';
import type { Outlook } from './outlook.ts';
import type { Rulebook } from './rules.ts';
import * as schemas from './schemas.ts';

interface Desks {
  readonly desk: FeedbackDesk;
  readonly decisions: Decisions;
  readonly outlook: Outlook;
  readonly rulebook: Rulebook;
}

/** Ways of feedback: from reps to who decides, from one manager to another, and back. */
export function feedbackRoutes({ desk, decisions, outlook, rulebook }: Desks): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/feedback',
      summary:
        'Say that a territory or an account in it is wrong, with a reason; ask another manager for an account or ZIPs',
      permission: 'view',
      body: schemas.feedbackBody,
      response: schemas.feedbackAnswer,
      status: 201,
      handle: ({ body, user }) => desk.say(user, body),
    }),
    defineRoute({
      method: 'get',
      path: '/feedback',
      summary: 'What you said, and what is yours to decide, open ones first',
      permission: 'view',
      response: schemas.feedbackList,
      handle: ({ user }) => desk.list(user),
    }),
    defineRoute({
      method: 'get',
      path: '/feedback/places',
      summary: 'Where an account could go, and for managers the drafts that this could go into',
      permission: 'view',
      query: schemas.placesQuery,
      response: schemas.placesAnswer,
      handle: ({ query, user }) => desk.places(user, query),
    }),
    defineRoute({
      method: 'get',
      path: '/feedback/rules/:teamId',
      summary: 'What of a team’s feedback is accepted or passed on by itself, and when the rest is due',
      permission: 'reassign',
      params: schemas.teamParams,
      response: schemas.rulesAnswer,
      handle: ({ params }) => rulebook.read(params.teamId),
    }),
    defineRoute({
      method: 'put',
      path: '/feedback/rules/:teamId',
      summary: 'Change what of a team’s feedback is accepted or passed on by itself',
      permission: 'operate',
      params: schemas.teamParams,
      body: schemas.rulesBody,
      response: schemas.rulesAnswer,
      handle: ({ params, body, user }) => rulebook.save(user, params.teamId, body),
    }),
    defineRoute({
      method: 'get',
      path: '/feedback/:id/effect',
      summary: 'Both territories before and after, if feedback were accepted',
      permission: 'reassign',
      params: schemas.idParams,
      query: schemas.effectQuery,
      response: schemas.effectAnswer,
      handle: ({ params, query, user }) => outlook(user, params.id, query),
    }),
    defineRoute({
      method: 'post',
      path: '/feedback/:id/decision',
      summary: 'Accept feedback, which becomes a move in a draft, decline it or pass it on; the rep reads the decision',
      permission: 'reassign',
      params: schemas.idParams,
      body: schemas.decisionBody,
      response: schemas.feedbackAnswer,
      handle: ({ params, body, user }) => decisions.decide(user, params.id, body),
    }),
  ];
}
