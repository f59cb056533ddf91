import { csvRow } from '../core/csv.ts';
import type { RequestUser } from '../http/identity.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import type { Claims } from './claims.ts';
import * as schemas from './demandSchemas.ts';
import { drillRoutes } from './drillRoutes.ts';
import type { ClaimsPorts } from './marketRoutes.ts';
import type { Narrowing } from './counted.ts';
import { demandByCounty, demandByUnit, totalOf, type Visible } from './presentDemand.ts';

export function demandRoutes(claims: Claims, ports: ClaimsPorts): Route[] {
  return [...unitRoutes(claims, ports), ...placeRoutes(claims, ports), ...drillRoutes(claims, ports)];
}

/** Facets cut across what a manager corrects, so these figures stay as the file has them, and say so. */
function correctionNote(count: number): string | null {
  if (count === 0) return null;
  const many = count === 1 ? '1 correction by a manager counts' : `${count} corrections by managers count`;
  return `${many} in plans, bars and account pages; this figure is as the file has it.`;
}

interface Asked {
  readonly market: string;
  readonly by: 'zip' | 'county';
  readonly sites: string[];
  readonly specialties: string[];
  readonly codes: string[];
}

function unitRoutes(claims: Claims, { visibleUnits, corrections }: ClaimsPorts): Route[] {
  const { geography } = claims;
  const demand = async (query: Asked, visible: Visible) => {
    const { demand: figures, rules, yearlySource } = await claims.uncertainDemand(query.market, query);
    const vectors =
      query.by === 'zip'
        ? demandByUnit(figures, visible, rules)
        : demandByCounty(figures, { counties: geography.counties, visible, rules });
    return { vectors, total: totalOf(figures, visible, rules), yearly: { ...rules.yearly, source: yearlySource } };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/demand',
      summary: 'Demand of every ZIP (in unit order) or county with its interval, no territories needed',
      permission: 'view',
      query: schemas.demandQuery,
      response: schemas.demandAnswer,
      handle: async ({ query, user }) => {
        const { vectors, total, yearly } = await demand(query, await visibleUnits(user));
        const [source, corrected] = [await claims.source(query.market), correctionNote(await corrections())];
        return { by: query.by, ...vectors, total, yearly, source, corrected };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/demand/progress',
      summary: 'How far a market of many rows is that is being opened; null where nothing is being read',
      permission: 'view',
      query: schemas.progressQuery,
      response: schemas.progressAnswer,
      handle: async ({ query }) => ({ share: claims.progress(query.market) }),
    }),
    defineRoute({
      method: 'get',
      path: '/demand.csv',
      summary: 'The same as a file',
      permission: 'view',
      query: schemas.demandQuery,
      handle: async ({ query, user }) => {
        const { vectors } = await demand(query, await visibleUnits(user));
        const dollars = (value: number | null | undefined) => (typeof value === 'number' ? Math.round(value) : null);
        const rows = (vectors.ids ?? geography.ids).flatMap((id, i) => {
          const procedures = vectors.procedures[i] ?? null;
          if (procedures === null) return [];
          const [low, high] = [vectors.interval.low[i], vectors.interval.high[i]].map(dollars);
          const [providers, usd] = [vectors.providers[i] ?? null, dollars(vectors.opportunityUsd[i])];
          const imputed = [vectors.suppressed[i] ?? null, vectors.suppressedShare[i] ?? null];
          return [csvRow([id, procedures, providers, usd, ...imputed, low ?? null, high ?? null])];
        });
        const imputed = ['partly_imputed', 'imputed_share'];
        const head = csvRow(['unit', 'procedures', 'providers', 'opportunity_usd', ...imputed, 'low_usd', 'high_usd']);
        return new FileAnswer(`demand-by-${query.by}.csv`, 'text/csv; charset=utf-8', head + rows.join(''));
      },
    }),
  ];
}

function placeRoutes(claims: Claims, { visibleUnits }: ClaimsPorts): Route[] {
  const { geography } = claims;
  const placesSeen = async (user: RequestUser, query: Narrowing & { readonly market: string }) => {
    const visible = await visibleUnits(user);
    const places = await claims.places(query.market, query);
    const shown = places.filter(({ unit }) => visible === 'all' || visible.has(unit));
    return shown.map((place) => ({
      ...place,
      lat: geography.lat[place.unit] ?? 0,
      lon: geography.lon[place.unit] ?? 0,
    }));
  };
  return [
    defineRoute({
      method: 'get',
      path: '/demand/places',
      summary: 'Facilities and practices where the demand is, for circles on the map',
      permission: 'view',
      query: schemas.placesQuery,
      response: schemas.placesAnswer,
      handle: async ({ query, user }) => ({ places: await placesSeen(user, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/demand/places.geojson',
      summary: 'The same as GeoJSON',
      permission: 'view',
      query: schemas.placesQuery,
      handle: async ({ query, user }) => {
        const features = (await placesSeen(user, query)).map(({ id, lat, lon, unit: _, ...properties }) => ({
          type: 'Feature',
          id,
          geometry: { type: 'Point', coordinates: [lon, lat] },
          properties,
        }));
        const text = JSON.stringify({ type: 'FeatureCollection', features });
        return new FileAnswer('Where the demand is.geojson', 'application/geo+json', text);
      },
    }),
  ];
}
