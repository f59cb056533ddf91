import { csvRow } from '../core/csv.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import type { Claims } from './claims.ts';
import type { ClaimsPorts } from './marketRoutes.ts';
import * as schemas from './demandSchemas.ts';
import { demandByCounty, demandByUnit, totalOf, type Visible } from './presentDemand.ts';

export function demandRoutes(claims: Claims, { visibleUnits }: ClaimsPorts): Route[] {
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
