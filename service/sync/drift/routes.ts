import type { TeamId } from '../../core/ids.ts';
import { defineRoute, type Route } from '../../http/routes.ts';
import type { DriftView } from './drift.ts';
import {
  driftActAnswer,
  driftActBody,
  driftAnswer,
  driftCsvQuery,
  driftPreviewAnswer,
  driftPreviewBody,
  driftQuery,
  teamParams,
} from './schemas.ts';

/** What the CRM has against what the live plan says. */
export function driftRoutes(drift: DriftView): Route[] {
  const ofTeam = { permission: 'reassign' as const, params: teamParams };
  return [
    defineRoute({
      method: 'get',
      path: '/teams/:id/drift',
      summary: 'In what Salesforce differs from the live plan, by kind',
      ...ofTeam,
      query: driftQuery,
      response: driftAnswer,
      handle: ({ params, query, user }) => drift.list(user, params.id as TeamId, query),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:id/drift.csv',
      summary: 'The same as a file',
      ...ofTeam,
      query: driftCsvQuery,
      handle: ({ params, query, user }) => drift.csv(user, params.id as TeamId, query.kind),
    }),
    defineRoute({
      method: 'post',
      path: '/teams/:id/drift/preview',
      summary: 'What an action on some lines, or on all of one kind, would do; nothing is done',
      ...ofTeam,
      body: driftPreviewBody,
      response: driftPreviewAnswer,
      handle: ({ params, body, user }) => drift.preview(user, params.id as TeamId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/teams/:id/drift/act',
      summary: 'Do what the preview showed: accept into the plan, adopt, put back or exclude',
      ...ofTeam,
      body: driftActBody,
      response: driftActAnswer,
      handle: ({ params, body, user }) => drift.act(user, params.id as TeamId, body),
    }),
  ];
}
