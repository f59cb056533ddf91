import { z } from 'zod';
import { market, marketBody } from './markets.ts';

const commas = z
  .string()
  .max(20_000)
  .optional()
  .transform(
    (text) =>
      text
        ?.split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '') ?? [],
  );

export const marketParams = z.object({ id: z.uuid() });
export const importParams = marketParams;
export const importQuery = z.object({ name: z.string().min(1).max(200) });

export const placesQuery = z.object({ market: z.uuid(), sites: commas, specialties: commas, codes: commas });
export const demandQuery = placesQuery.extend({ by: z.enum(['zip', 'county']).default('zip') });

export const marketAnswer = market;
export const marketsAnswer = z.object({ markets: z.array(market) });
export const marketRequest = marketBody;
export const presetQuery = z.object({ preset: z.enum(['medtech', 'diagnostics']), snapshot: z.uuid() });

export const facetsAnswer = z.object({
  specialties: z.array(z.object({ name: z.string(), procedures: z.number() })),
  codes: z.array(
    z.object({ code: z.string(), name: z.string(), family: z.string(), rule: z.string(), procedures: z.number() }),
  ),
  sites: z.array(z.object({ code: z.string(), name: z.string(), procedures: z.number() })),
});

const vector = z.array(z.number().nullable());

export const demandAnswer = z.object({
  by: z.enum(['zip', 'county']),
  ids: z.array(z.string()).optional(),
  procedures: vector,
  opportunityUsd: vector,
  providers: vector,
  suppressed: vector,
  noData: vector,
  total: z.object({
    procedures: z.number(),
    opportunityUsd: z.number(),
    providers: z.number(),
    suppressedShare: z.number(),
  }),
  source: z.object({
    label: z.string(),
    file: z.string(),
    period: z.string(),
    importedAt: z.string(),
    formula: z.string(),
  }),
});

export const placesAnswer = z.object({
  places: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['facility', 'practice']),
      lat: z.number(),
      lon: z.number(),
      unit: z.number(),
      procedures: z.number(),
      opportunityUsd: z.number(),
    }),
  ),
});

const reason = z.object({ reason: z.string(), rows: z.number(), lines: z.array(z.number()) });

export const reportAnswer = z.object({
  id: z.string(),
  file: z.string(),
  layout: z.string(),
  layoutName: z.string(),
  sha256: z.string(),
  importedAt: z.string(),
  period: z.string(),
  rowsRead: z.number(),
  rowsKept: z.number(),
  rowsSetAside: z.number(),
  setAside: z.array(reason),
  repaired: z.array(reason),
  cells: z.number(),
  guarded: z.object({ cells: z.number(), below: z.number(), imputed: z.number() }),
  columns: z.array(z.object({ field: z.string(), column: z.string() })).default([]),
  unusedColumns: z.array(z.string()),
  notes: z.array(z.string()).default([]),
  warnings: z.array(z.string()),
  alreadyThere: z.boolean(),
});
export const importAnswer = z.object({ id: z.string(), report: reportAnswer });
export const importsAnswer = z.object({
  imports: z.array(reportAnswer.extend({ countedBy: z.array(z.string()) })),
});
export const mappingsAnswer = z.object({
  mappings: z.array(
    z.object({
      name: z.string(),
      savedAt: z.string(),
      columns: z.record(z.string(), z.string()),
      constants: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
