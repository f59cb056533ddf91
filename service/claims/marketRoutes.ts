import type { RequestUser } from '../http/identity.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import type { Claims } from './claims.ts';
import * as schemas from './marketSchemas.ts';
import { withUpload } from '../intake/upload.ts';
import type { Visible } from './presentDemand.ts';

/** What this slice needs of others. */
export interface ClaimsPorts {
  /** Units that a user may see figures of. */
  visibleUnits(user: RequestUser): Promise<Visible>;
  /** Today's territories of a team with their units. */
  territories(teamId: string): Promise<readonly { readonly name: string; readonly units: readonly number[] }[]>;
  /** How many corrections of managers are in force: plans count them, this slice's figures do not. */
  corrections(): Promise<number>;
}

const listed = async (claims: Claims) => ({
  markets: await claims.markets(),
  planMarketId: await claims.planMarketId(),
});

export function marketRoutes(claims: Claims, { visibleUnits }: ClaimsPorts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/markets',
      summary: 'Markets: what counts as demand, and what it is worth',
      permission: 'view',
      response: schemas.marketsAnswer,
      handle: () => listed(claims),
    }),
    defineRoute({
      method: 'post',
      path: '/markets/:id/plan',
      summary: 'Lets plans, accounts and balances count under this market from now on',
      permission: 'operate',
      params: schemas.marketParams,
      response: schemas.marketsAnswer,
      handle: async ({ params }) => {
        await claims.choosePlanMarket(params.id);
        return listed(claims);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/markets/preset',
      summary: 'A market made from what an import holds, not yet saved',
      permission: 'operate',
      query: schemas.presetQuery,
      response: schemas.marketRequest,
      handle: ({ query }) => claims.preset(query.snapshot, query.preset),
    }),
    defineRoute({
      method: 'post',
      path: '/markets',
      summary: 'Saves a new market',
      permission: 'operate',
      body: schemas.marketRequest,
      response: schemas.marketAnswer,
      status: 201,
      handle: ({ body, user }) => claims.saveMarket(null, body, user.name),
    }),
    defineRoute({
      method: 'put',
      path: '/markets/:id',
      summary: 'Changes a market',
      permission: 'operate',
      params: schemas.marketParams,
      body: schemas.marketRequest,
      response: schemas.marketAnswer,
      handle: ({ params, body, user }) => claims.saveMarket(params.id, body, user.name),
    }),
    defineRoute({
      method: 'post',
      path: '/markets/families',
      summary: 'Takes the families of codes from a CSV with the columns code and family',
      permission: 'operate',
      query: schemas.fileQuery,
      response: schemas.familiesAnswer,
      status: 201,
      rawBody: true,
      handle: ({ query, stream }) => withUpload(stream, query.name, (path) => claims.importFamilies(path, query.name)),
    }),
    defineRoute({
      method: 'get',
      path: '/markets/:id/versions',
      summary: 'Every save of a market, newest first',
      permission: 'operate',
      params: schemas.marketParams,
      response: schemas.versionsAnswer,
      handle: async ({ params }) => ({ versions: await claims.marketVersions(params.id) }),
    }),
    defineRoute({
      method: 'post',
      path: '/markets/:id/versions/:version/restore',
      summary: 'Saves an older version again, as the newest',
      permission: 'operate',
      params: schemas.versionParams,
      response: schemas.marketAnswer,
      handle: ({ params, user }) => claims.restoreMarket(params.id, params.version, user.name),
    }),
    defineRoute({
      method: 'get',
      path: '/markets/:id/facets',
      summary: 'Specialties, codes and sites of care with their volumes',
      permission: 'view',
      params: schemas.marketParams,
      response: schemas.facetsAnswer,
      handle: async ({ params, user }) => {
        const units = await visibleUnits(user);
        return claims.facets(params.id, units === 'all' ? {} : { units });
      },
    }),
  ];
}
