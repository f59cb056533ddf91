import { z } from 'zod';
import type { AccountId, TerritoryId, UserId } from '../core/ids.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import * as answers from './answers.ts';
import type { AccountPage } from './accountPage.ts';
import { pointsGeoJson, type Points } from './points.ts';
import type { createReassign } from './reassign.ts';
import type { UserPage } from './userPage.ts';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');
const idParams = z.object({ id: crmId });
const searchQuery = z.object({
  q: z.string().trim().max(100).default(''),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
const reassignBody = z
  .object({
    teamId: crmId,
    to: crmId,
    scope: z.enum(['account', 'sites', 'zip']),
    version: z.int().min(1),
    deals: z.enum(['stay', 'move', 'untilStage']).default('stay'),
    dealStage: z.string().trim().min(1).max(120).nullable().default(null),
    dryRun: z.boolean(),
    /** Why, for the reps to read. */
    reason: z.string().trim().min(1).max(400).nullable().default(null),
  })
  .refine(({ deals, dealStage }) => deals !== 'untilStage' || dealStage !== null, {
    message: 'name the stage from which deals stay',
    path: ['dealStage'],
  });

/** Ways into account pages, user pages and their exports. */
export function accountRoutes({
  page,
  users,
  points,
  reassign,
}: {
  page: AccountPage;
  users: UserPage;
  points: Points;
  reassign: ReturnType<typeof createReassign>;
}): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/accounts',
      summary: 'Find accounts that you may see',
      permission: 'view',
      query: searchQuery,
      response: answers.searchAnswer,
      handle: async ({ query, user }) => ({ accounts: await users.search(user, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/accounts/points',
      summary: 'Physicians and facilities that you may see, as points for the map',
      permission: 'view',
      response: answers.pointsAnswer,
      handle: ({ user }) => points(user),
    }),
    defineRoute({
      method: 'get',
      path: '/accounts/points.geojson',
      summary: 'The same as GeoJSON',
      permission: 'view',
      handle: async ({ user }) => pointsGeoJson(await points(user)),
    }),
    defineRoute({
      method: 'get',
      path: '/accounts/:id/territory',
      summary: 'Who covers an account, why, and what it does',
      permission: 'view',
      params: idParams,
      response: answers.accountAnswer,
      handle: ({ params, user }) => page.show(user, params.id as AccountId),
    }),
    defineRoute({
      method: 'post',
      path: '/accounts/:id/reassign',
      summary: 'Give an account, its sites or its ZIP to another territory',
      permission: 'reassign',
      params: idParams,
      body: reassignBody,
      response: answers.reassignAnswer,
      handle: ({ params, body, user }) => reassign(user, params.id as AccountId, body),
    }),
    defineRoute({
      method: 'get',
      path: '/users/:id/territory',
      summary: 'Territories of a user against target',
      permission: 'view',
      params: idParams,
      response: answers.userAnswer,
      handle: ({ params, user }) => users.show(user, params.id as UserId),
    }),
    defineRoute({
      method: 'get',
      path: '/territories/:id/accounts.csv',
      summary: 'Accounts of a territory that you may see, as CSV',
      permission: 'view',
      params: idParams,
      handle: async ({ params, user }) => {
        const { name, csv } = await users.exported(user, params.id as TerritoryId);
        return new FileAnswer(`${name} accounts.csv`, 'text/csv; charset=utf-8', csv);
      },
    }),
  ];
}
