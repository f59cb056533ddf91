import { BailiwickError } from '../core/errors.ts';
import type { RequestUser } from '../http/identity.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import type { Alignments } from './alignments.ts';
import * as answers from './answers.ts';
import { homesGeoJson, planCsv, planGeoJson, unitsGeoJson } from './planFiles.ts';
import type { AlignmentPorts } from './ports.ts';
import { idParams, locksBody, sinceQuery, territoriesBody, unitQuery } from './schemas.ts';
import type { Versions } from './versions.ts';
import type { Views } from './views.ts';

/** Ways into what was done to a plan, and into what of it is neither a unit nor a computation. */
export function editRoutes(slice: {
  alignments: Alignments;
  views: Views;
  versions: Versions;
  ports: AlignmentPorts;
}): Route[] {
  const { alignments, views, versions, ports } = slice;
  /** @throws BailiwickError not_found for a plan of which the user may not see everything */
  const whole = async (user: RequestUser, id: string) => {
    const alignment = await alignments.find(id);
    if ((await views.sight(user, alignment)) === 'all') return alignment;
    throw new BailiwickError('not_found', 'There is no such plan.', { action: 'Reload the list of plans.' });
  };
  const ofPlan = { permission: 'reassign' as const, params: idParams };
  return [
    defineRoute({
      method: 'get',
      path: '/alignments/:id/edits',
      summary: 'What was done to a plan after a version, by whom and when',
      ...ofPlan,
      query: sinceQuery,
      response: answers.editsAnswer,
      handle: async ({ params, query, user }) => versions.since(user, await whole(user, params.id), query.since),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/versions',
      summary: 'The versions of a plan, the newest first',
      ...ofPlan,
      response: answers.versionsAnswer,
      handle: async ({ params, user }) => versions.list(await whole(user, params.id)),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/zips.csv',
      summary: 'Every ZIP of a plan with its territory, as CSV',
      ...ofPlan,
      handle: async ({ params, user }) => planCsv(await whole(user, params.id), ports),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/territories.geojson',
      summary: 'The territories of a plan with areas and figures, as GeoJSON',
      ...ofPlan,
      handle: async ({ params, user }) => planGeoJson(await whole(user, params.id), ports),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/zips.geojson',
      summary: 'Every ZIP of a plan with its area, territory and figures, as GeoJSON',
      ...ofPlan,
      handle: async ({ params, user }) => unitsGeoJson(await whole(user, params.id), ports),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/homes.geojson',
      summary: 'Where the travel of each territory is counted from, at ZIP level, as GeoJSON',
      ...ofPlan,
      handle: async ({ params, user }) => homesGeoJson(await whole(user, params.id)),
    }),
    defineRoute({
      method: 'post',
      path: '/alignments/:id/locks',
      summary: 'Set what neither a computation nor a hand may touch',
      ...ofPlan,
      body: locksBody,
      response: answers.versionAnswer,
      handle: ({ params, body, user }) => alignments.lock(user, params.id, body),
    }),
    defineRoute({
      method: 'post',
      path: '/alignments/:id/territories',
      summary: 'Change names, reps and targets of territories in a draft',
      ...ofPlan,
      body: territoriesBody,
      response: answers.versionAnswer,
      handle: ({ params, body, user }) => alignments.editTerritories(user, params.id, body),
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/reps',
      summary: 'Who can be given a territory of the plan',
      ...ofPlan,
      response: answers.repsAnswer,
      handle: async ({ params, user }) => {
        const { teamId } = await whole(user, params.id);
        return { reps: (await ports.reps(teamId)).map(({ id, name }) => ({ id, name })) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/alignments/:id/accounts',
      summary: 'Accounts of one ZIP that you may see, each with its territory in the plan',
      ...ofPlan,
      query: unitQuery,
      response: answers.unitAccountsAnswer,
      handle: async ({ params, query, user }) => {
        const alignment = await whole(user, params.id);
        return views.accountsIn(user, alignment, alignments.unitOf(query.unit));
      },
    }),
  ];
}
