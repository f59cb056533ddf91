import { z } from 'zod';
import { defineRoute, type Route } from '../http/routes.ts';
import type { GeographySlice } from './geography.ts';

const corner = z.tuple([z.number(), z.number()]);

const description = z.object({
  key: z.string(),
  tilePath: z.string(),
  quadPath: z.string(),
  unitsPath: z.string(),
  basePath: z.string(),
  minZoom: z.number(),
  maxZoom: z.number(),
  bounds: z.tuple([corner, corner]),
  areaKind: z.enum(['approximate', 'exact', 'mixed']),
  units: z.enum(['zip', 'county', 'mixed']),
  label: z.string(),
  source: z.string(),
  vintage: z.string(),
  basemap: z.object({ url: z.string(), attribution: z.string() }).nullable(),
  states: z.array(
    z.object({
      state: z.string(),
      areaKind: z.enum(['approximate', 'partly', 'exact']),
      areas: z.int().nullable(),
      zips: z.int().nullable(),
      file: z.string().nullable(),
      vintage: z.string().nullable(),
      importedAt: z.string().nullable(),
    }),
  ),
});

export function geographyRoutes(slice: GeographySlice): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/geography',
      summary: 'Where the units, the base map and the tiles are, and how good the areas are',
      permission: 'view',
      response: description,
      handle: async () => slice.describe(),
    }),
  ];
}
