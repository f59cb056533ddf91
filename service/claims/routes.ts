import { csvRow } from '../core/csv.ts';
import type { RequestUser } from '../http/identity.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import type { Claims } from './claims.ts';
import { demandByCounty, demandByUnit, totalOf, type Visible } from './presentDemand.ts';
import * as schemas from './schemas.ts';
import { withUpload } from '../intake/upload.ts';

/** What this slice needs of others: which units a user may see figures of. */
export interface ClaimsPorts {
  visibleUnits(user: RequestUser): Promise<Visible>;
}

export function claimsRoutes(claims: Claims, ports: ClaimsPorts): Route[] {
  return [...importRoutes(claims), ...marketRoutes(claims, ports), ...demandRoutes(claims, ports)];
}

function importRoutes(claims: Claims): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/imports/claims',
      summary:
        'Imports a claims file in one go (plain, gzipped, zipped or Parquet); /uploads takes large ones in parts',
      permission: 'operate',
      query: schemas.importQuery,
      response: schemas.importAnswer,
      status: 201,
      rawBody: true,
      handle: async ({ query, stream }) => {
        const report = await withUpload(stream, 'claims', (path) => claims.importClaims(path, { name: query.name }));
        return { id: report.id, report };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/imports',
      summary: 'All imports, newest first, with the markets that count each',
      permission: 'operate',
      response: schemas.importsAnswer,
      handle: async () => ({ imports: await claims.imports() }),
    }),
    defineRoute({
      method: 'get',
      path: '/imports/mappings',
      summary: 'Columns that were named by hand and saved',
      permission: 'operate',
      response: schemas.mappingsAnswer,
      handle: async () => ({ mappings: await claims.mappings() }),
    }),
    defineRoute({
      method: 'post',
      path: '/imports/:id/activate',
      summary: 'Brings an import back: the markets of its layout count it from now on',
      permission: 'operate',
      params: schemas.importParams,
      response: schemas.reportAnswer,
      handle: ({ params }) => claims.activate(params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/imports/:id',
      summary: 'Where every row of an import went',
      permission: 'operate',
      params: schemas.importParams,
      response: schemas.reportAnswer,
      handle: ({ params }) => claims.report(params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/imports/:id/report.csv',
      summary: 'Every row that was set aside or put right, with its line',
      permission: 'operate',
      params: schemas.importParams,
      handle: async ({ params }) => {
        const lines = await claims.reportLines(params.id);
        const rows = lines.map(({ line, kind, reason, found }) => csvRow([line, kind, reason, found]));
        return new FileAnswer(
          'import-report.csv',
          'text/csv; charset=utf-8',
          csvRow(['line', 'what', 'reason', 'found']) + rows.join(''),
        );
      },
    }),
  ];
}

function marketRoutes(claims: Claims, { visibleUnits }: ClaimsPorts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/markets',
      summary: 'Markets: what counts as demand, and what it is worth',
      permission: 'view',
      response: schemas.marketsAnswer,
      handle: async () => ({ markets: await claims.markets() }),
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
      handle: ({ body }) => claims.saveMarket(null, body),
    }),
    defineRoute({
      method: 'put',
      path: '/markets/:id',
      summary: 'Changes a market',
      permission: 'operate',
      params: schemas.marketParams,
      body: schemas.marketRequest,
      response: schemas.marketAnswer,
      handle: ({ params, body }) => claims.saveMarket(params.id, body),
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

function demandRoutes(claims: Claims, { visibleUnits }: ClaimsPorts): Route[] {
  const { geography } = claims;
  const demand = async (
    query: { market: string; by: 'zip' | 'county'; sites: string[]; specialties: string[]; codes: string[] },
    visible: Visible,
  ) => {
    const figures = await claims.unitDemand(query.market, query);
    const vectors = query.by === 'zip' ? demandByUnit(figures, visible) : demandByCounty(figures, geography, visible);
    return { vectors, suppressedShare: figures.suppressedShare };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/demand',
      summary: 'Demand of every ZIP (in unit order) or county, no territories needed',
      permission: 'view',
      query: schemas.demandQuery,
      response: schemas.demandAnswer,
      handle: async ({ query, user }) => {
        const { vectors, suppressedShare } = await demand(query, await visibleUnits(user));
        return {
          by: query.by,
          ...vectors,
          total: totalOf(vectors, suppressedShare),
          source: await claims.source(query.market),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/demand.csv',
      summary: 'The same as a file',
      permission: 'view',
      query: schemas.demandQuery,
      handle: async ({ query, user }) => {
        const { vectors } = await demand(query, await visibleUnits(user));
        const ids = vectors.ids ?? geography.ids;
        const rows = ids.flatMap((id, i) => {
          const [procedures, usd] = [vectors.procedures[i] ?? null, vectors.opportunityUsd[i] ?? null];
          return procedures === null
            ? []
            : [
                csvRow([
                  id,
                  procedures,
                  vectors.providers[i] ?? null,
                  usd === null ? null : Math.round(usd),
                  vectors.suppressed[i] ?? null,
                ]),
              ];
        });
        const head = csvRow(['unit', 'procedures', 'providers', 'opportunity_usd', 'partly_imputed']);
        return new FileAnswer(`demand-by-${query.by}.csv`, 'text/csv; charset=utf-8', head + rows.join(''));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/demand/places',
      summary: 'Facilities and practices where the demand is, for circles on the map',
      permission: 'view',
      query: schemas.placesQuery,
      response: schemas.placesAnswer,
      handle: async ({ query, user }) => {
        const visible = await visibleUnits(user);
        const places = await claims.places(query.market, query);
        const shown = places.filter(({ unit }) => visible === 'all' || visible.has(unit));
        return {
          places: shown.map((place) => ({
            ...place,
            lat: geography.lat[place.unit] ?? 0,
            lon: geography.lon[place.unit] ?? 0,
          })),
        };
      },
    }),
  ];
}
