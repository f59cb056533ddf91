import { z } from 'zod';

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

export const placesQuery = z.object({ market: z.uuid(), sites: commas, specialties: commas, codes: commas });
export const demandQuery = placesQuery.extend({ by: z.enum(['zip', 'county']).default('zip') });

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
    notes: z.array(z.string()),
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
