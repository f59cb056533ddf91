import { z } from 'zod';
import { csvRow } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import type { Boundaries } from './boundaries.ts';
import { collected, importAny } from './importAny.ts';
import { KINDS, report, unitChoice } from './loadedIndex.ts';
import type { LoadedStore } from './loadedStore.ts';
import { GIVE_SHAPES, notRecognized } from './readers/limits.ts';

const some = <S extends z.ZodType>(item: S) => z.object({ count: z.int(), first: z.array(item) });
const units = some(z.string());

const change = z.object({
  units: z.int(),
  added: units,
  gone: units,
  merged: some(z.object({ from: z.string(), into: z.string() })),
  sentence: z.string(),
  plans: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      territories: z.array(z.object({ id: z.string(), name: z.string(), gained: units, lost: units })),
      zips: some(z.object({ zip: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
    }),
  ),
});

const versions = z.object({
  geographyKey: z.string(),
  units: z.int(),
  atNextStart: change.nullable(),
  /** True where that can be put to use without a restart. */
  canApply: z.boolean(),
  unitChoice,
  versions: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(KINDS),
      file: z.string(),
      vintage: z.string().nullable(),
      importedAt: z.string(),
      states: z.record(z.string(), z.int()),
      inUse: z.array(z.string()),
      change: change.nullable(),
    }),
  ),
});

const activation = z.object({
  id: z.string(),
  takesEffect: z.enum(['now', 'next_start']),
  message: z.string(),
  change: change.nullable(),
});

const formerPlan = z.object({
  id: z.string(),
  name: z.string(),
  version: z.int(),
  geographyKey: z.string(),
  carriedAt: z.string(),
  note: z.string(),
  territories: z.record(z.string(), z.string()),
});

const formerName = z.string().regex(/^plan-[0-9a-f-]{36}-v\d{1,9}$/);

/** Loaded boundaries and plans as they were before a change of boundaries. */
export function boundaryRoutes(boundaries: Boundaries, store: LoadedStore, now: () => Date): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/geography/boundaries',
      summary: 'Loaded boundaries, where each is in use, and what using it would change',
      permission: 'operate',
      response: versions,
      handle: () => boundaries.list(),
    }),
    defineRoute({
      method: 'post',
      path: '/geography/units',
      summary: 'Chooses the units of the map: ZIPs, counties, or counties in some states',
      permission: 'operate',
      body: z.object({ units: unitChoice }),
      response: versions,
      handle: ({ body }) => boundaries.choose(body.units),
    }),
    defineRoute({
      method: 'post',
      path: '/geography/boundaries/apply',
      summary:
        'Puts the chosen boundaries and units to use now: plans are carried over, and the map is served anew in a few seconds',
      permission: 'operate',
      response: z.object({ geographyKey: z.string(), change }),
      status: 202,
      handle: () => boundaries.apply(),
    }),
    defineRoute({
      method: 'post',
      path: '/imports/geography',
      summary:
        'Imports ZIP areas (GeoJSON, TopoJSON, zipped shapefile), a gazetteer or a crosswalk; used from the next start on',
      permission: 'operate',
      query: z.object({
        name: z.string().trim().min(1).max(200).default('upload'),
        zipProperty: z.string().max(200).optional(),
      }),
      response: z.object({ id: z.string(), takesEffect: z.literal('next_start'), report }),
      status: 201,
      rawBody: true,
      handle: async ({ query: { name, zipProperty }, stream }) => {
        const bytes = await collected(stream, name);
        if (bytes.length === 0) throw notRecognized(`${name} is empty.`, GIVE_SHAPES);
        const imported = await importAny(store, { path: name, name, bytes, zipProperty, now: now() });
        return { id: imported.id, takesEffect: 'next_start', report: imported };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/geography/boundaries/:id/activate',
      summary: 'Puts loaded boundaries to use; the answer says what changes and when',
      permission: 'operate',
      params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
      response: activation,
      handle: ({ params }) => boundaries.activate(params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/geography/former-plans',
      summary: 'Plans as they were before their boundaries changed',
      permission: 'operate',
      response: z.array(formerPlan.omit({ territories: true }).extend({ file: formerName })),
      handle: async () =>
        store.keptNames('plan-').map((file) => {
          const { territories: _, ...plan } = formerPlan.parse(store.kept(file));
          return { ...plan, file: file.replace(/\.json$/, '') };
        }),
    }),
    defineRoute({
      method: 'get',
      path: '/geography/former-plans/:file/zips.csv',
      summary: 'One of them as zip,territory',
      permission: 'operate',
      params: z.object({ file: formerName }),
      handle: async ({ params }) => {
        const kept = store.kept(`${params.file}.json`);
        if (kept === null)
          throw new BailiwickError('not_found', 'There is no such plan.', { action: 'List them first.' });
        const { territories } = formerPlan.parse(kept);
        const rows = Object.entries(territories).sort(([a], [b]) => (a < b ? -1 : 1));
        return new FileAnswer(
          `${params.file}.csv`,
          'text/csv',
          csvRow(['zip', 'territory']) + rows.map(csvRow).join(''),
        );
      },
    }),
  ];
}
