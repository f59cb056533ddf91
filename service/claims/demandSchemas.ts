import { z } from 'zod';

/** As many units as the biggest market has would not fit an address. */
const MOST_UNITS_ASKED = 5000;

const commas = z
  .string()
  .max(60_000)
  .optional()
  .transform(
    (text) =>
      text
        ?.split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '') ?? [],
  );
const unitIds = commas.refine((ids) => ids.length <= MOST_UNITS_ASKED, `At most ${MOST_UNITS_ASKED} units at once.`);

export const placesQuery = z.object({ market: z.uuid(), sites: commas, specialties: commas, codes: commas });
export const demandQuery = placesQuery.extend({ by: z.enum(['zip', 'county']).default('zip') });
export const progressQuery = z.object({ market: z.uuid() });
/** Share of a market's cells that are in memory, while somebody waits for them. */
export const progressAnswer = z.object({ share: z.number().min(0).max(1).nullable() });
/** ZIPs that a figure is made of; all that the reader may see without any. */
export const linesQuery = placesQuery.extend({
  units: unitIds,
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export const trendQuery = placesQuery.extend({ units: unitIds });
export const baselineQuery = placesQuery.extend({
  baseline: z.uuid().optional(),
  top: z.coerce.number().int().min(1).max(500).default(50),
});
export const compareQuery = placesQuery.extend({ a: unitIds, b: unitIds });

const vector = z.array(z.number().nullable());
const interval = z.object({ low: z.number(), high: z.number() });
const source = z.object({
  label: z.string(),
  file: z.string(),
  period: z.string(),
  importedAt: z.string(),
  formula: z.string(),
  notes: z.array(z.string()),
});

export const demandAnswer = z.object({
  by: z.enum(['zip', 'county']),
  ids: z.array(z.string()).optional(),
  procedures: vector,
  opportunityUsd: vector,
  providers: vector,
  suppressed: vector,
  suppressedShare: vector,
  noData: vector,
  interval: z.object({ low: vector, high: vector }),
  total: z.object({
    procedures: z.number(),
    opportunityUsd: z.number(),
    providers: z.number(),
    suppressedShare: z.number(),
    interval,
    /** What counts and stands in no unit, by reason. */
    remainder: z.array(z.object({ reason: z.string(), procedures: z.number(), opportunityUsd: z.number() })),
  }),
  yearly: z.object({ p10: z.number(), median: z.number(), p90: z.number(), source: z.string() }),
  source,
  /** What managers corrected and this figure does not know; null where nothing is in force. */
  corrected: z.string().nullable(),
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
      suppressedShare: z.number(),
    }),
  ),
});

export const linesAnswer = z.object({
  rows: z.number(),
  procedures: z.number(),
  opportunityUsd: z.number(),
  suppressedShare: z.number(),
  lines: z.array(
    z.object({
      unit: z.string(),
      zip: z.string(),
      providerId: z.string().nullable(),
      provider: z.string().nullable(),
      facilityId: z.string().nullable(),
      facility: z.string().nullable(),
      specialty: z.string().nullable(),
      code: z.string(),
      codeName: z.string(),
      site: z.string(),
      siteName: z.string(),
      rule: z.string(),
      services: z.string(),
      procedures: z.number(),
      opportunityUsd: z.number(),
      suppressed: z.boolean(),
    }),
  ),
  source,
});

const sums = z.object({ procedures: z.number(), opportunityUsd: z.number() });
export const trendAnswer = z.object({
  periods: z.array(
    z.object({
      period: z.string(),
      file: z.string(),
      importedAt: z.string(),
      national: sums.nullable(),
      nationalChange: z.number().nullable(),
      selected: sums,
      selectedChange: z.number().nullable(),
      localChange: z.number().nullable(),
      suppressedShare: z.number(),
    }),
  ),
  /** From the last period but one to the last, in unit order. */
  unitChange: vector,
});

export const baselineAnswer = z.object({
  baseline: z.object({
    id: z.string(),
    name: z.string(),
    importedAt: z.string(),
    column: z.string(),
    heads: z.number(),
  }),
  gaps: z.array(
    z.object({ unit: z.string(), demandShare: z.number(), headShare: z.number(), gap: z.number(), index: z.number() }),
  ),
  /** Half the sum of all differences: the share of the demand that a plan by heads would put elsewhere. */
  misplacedShare: z.number(),
  unplacedHeads: z.number(),
  suppressedShare: z.number(),
  source,
});

const group = z.object({
  procedures: z.number(),
  opportunityUsd: z.number(),
  providers: z.number(),
  suppressed: z.number(),
  suppressedShare: z.number(),
  noData: z.number(),
  interval,
});
export const compareAnswer = z.object({ a: group, b: group, isNoise: z.boolean(), source });
