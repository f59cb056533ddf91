import { defineRoute, type Route } from '../http/routes.ts';
import type { FeedbackDesk } from './feedback.ts';
import { decisionBody, feedbackAnswer, feedbackBody, feedbackList, idParams } from './schemas.ts';

/** Ways of feedback: from reps to who decides, and back. */
export function feedbackRoutes(desk: FeedbackDesk): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/feedback',
      summary: 'Say that a territory or an account in it is wrong, with a reason',
      permission: 'view',
      body: feedbackBody,
      response: feedbackAnswer,
      status: 201,
      handle: ({ body, user }) => desk.say(user, body),
    }),
    defineRoute({
      method: 'get',
      path: '/feedback',
      summary: 'What you said, and what is yours to decide, open ones first',
      permission: 'view',
      response: feedbackList,
      handle: ({ user }) => desk.list(user),
    }),
    defineRoute({
      method: 'post',
      path: '/feedback/:id/decision',
      summary: 'Accept or decline feedback; the rep reads the decision',
      permission: 'reassign',
      params: idParams,
      body: decisionBody,
      response: feedbackAnswer,
      handle: ({ params, body, user }) => desk.decide(user, params.id, body),
    }),
  ];
}
