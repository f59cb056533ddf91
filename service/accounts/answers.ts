import { z } from 'zod';
import { territoryFigures } from '../http/figures.ts';

/* What this slice answers, as OpenAPI tells it; a test holds every answer against its schema. */

const source = z.object({ label: z.string(), period: z.string(), formula: z.string() }).loose();
const nullableText = z.string().nullable();

export const searchAnswer = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      city: nullableText,
      zip: nullableText,
      kind: nullableText,
      unit: z.int(),
      territoryName: nullableText,
    }),
  ),
});

const pointVectors = z.object({
  ids: z.array(z.string()),
  names: z.array(z.string()),
  notes: z.array(z.string()),
  lat: z.array(z.number()),
  lon: z.array(z.number()),
});
export const pointsAnswer = z.object({
  physicians: pointVectors,
  facilities: pointVectors,
  /** So many more were not asked about. */
  leftOut: z.int(),
});

const account = z.object({
  id: z.string(),
  name: z.string(),
  kind: nullableText,
  npi: nullableText,
  ccn: nullableText,
  specialty: nullableText,
  zip: nullableText,
  city: nullableText,
  state: nullableText,
  /** -1 where the address names no place of the map. */
  unit: z.int(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  parentName: nullableText,
  tier: z.enum(['A', 'B', 'C']).nullable(),
});

const choice = z.object({ id: z.string(), name: z.string(), repName: nullableText });

const accountTeam = z.object({
  teamId: z.string(),
  teamName: z.string(),
  alignmentId: z.uuid(),
  version: z.int(),
  territory: z
    .object({ id: z.string(), name: z.string(), index: z.int(), repId: nullableText, repName: nullableText })
    .nullable(),
  why: z.object({ kind: z.string(), text: z.string() }),
  canReassign: z.boolean(),
  choices: z.array(choice),
  unitIndexes: z.array(z.int()),
});

export const accountAnswer = z.object({
  account,
  teams: z.array(accountTeam),
  /** Counted here alone: sums of it are those of the territory. */
  potentialUsd: z.number(),
  /** Worth of all procedures that it takes part in, wherever they count. */
  involvedUsd: z.number(),
  salesUsd: z.number(),
  headroomUsd: z.number(),
  /** Null while no claims are loaded. */
  source: source.nullable(),
  sites: z.array(z.object({ code: z.string(), name: z.string(), procedures: z.number(), suppressed: z.boolean() })),
  procedures: z.array(
    z.object({
      family: z.string(),
      code: z.string(),
      name: z.string(),
      bySite: z.record(z.string(), z.number()),
      total: z.number(),
      suppressed: z.boolean(),
    }),
  ),
  places: z.array(z.object({ zip: z.string(), procedures: z.number() })),
  suppressed: z.boolean(),
  siblings: z.int(),
  zipAccounts: z.int(),
  history: z.array(z.object({ at: z.string(), byName: z.string(), text: z.string() })),
});

/** Mine, the mean and the middle half of the others, and the place among all. */
export const amongPeers = {
  mine: z.number(),
  others: z.int(),
  average: z.number(),
  low: z.number(),
  high: z.number(),
  position: z.int(),
};

const pair = z.object({ workloadHours: z.number(), potentialUsd: z.number() });

export const userAnswer = z.object({
  user: z.object({ id: z.string(), name: z.string() }),
  isSelf: z.boolean(),
  /** While no claims are loaded nothing can be counted: territories are then told as outlines. */
  hasNoClaims: z.boolean(),
  /** Territories of the user that the reader may only know the name and place of. */
  outlines: z.array(
    z.object({
      teamId: z.string(),
      teamName: z.string(),
      alignmentId: z.uuid(),
      version: z.int(),
      index: z.int(),
      id: z.string(),
      name: z.string(),
      unitIndexes: z.array(z.int()),
    }),
  ),
  territories: z.array(
    territoryFigures.extend({
      teamId: z.string(),
      teamName: z.string(),
      alignmentId: z.uuid(),
      version: z.int(),
      index: z.int(),
      id: z.string(),
      name: z.string(),
      parentName: nullableText,
      repName: nullableText,
      capacityHours: z.number(),
      travelShare: z.number(),
      target: pair,
      deviation: pair,
      /** Against the team's other territories with a rep, without names; no rows with fewer than five of them. */
      fairness: z.object({
        others: z.int(),
        rows: z.array(
          z.object({
            measure: z.enum(['utilization', 'workloadHours', 'potentialUsd', 'travelShare', 'accounts']),
            ...amongPeers,
          }),
        ),
      }),
      /** ZIPs with potential that nobody works. */
      pockets: z.array(
        z.object({
          zip: z.string(),
          town: z.string(),
          potentialUsd: z.number(),
          accounts: z.int(),
          why: z.enum(['noAccount', 'noSales', 'quiet']),
        }),
      ),
      unitIndexes: z.array(z.int()),
      topAccounts: z.array(
        z
          .object({ id: z.string(), name: z.string(), city: nullableText, kind: nullableText })
          .extend({ potentialUsd: z.number(), salesUsd: z.number(), headroomUsd: z.number() })
          .loose(),
      ),
      source,
      suppressedShare: z.number(),
    }),
  ),
});

const side = territoryFigures.extend({ id: z.string(), name: z.string() });

/** The effect of a dry run, or what the change became. */
export const reassignAnswer = z.union([
  z.object({
    accounts: z.array(z.object({ id: z.string(), name: z.string() })),
    units: z.array(z.string()),
    before: z.array(side),
    after: z.array(side),
    /** Open deals of the accounts, and whether each goes along. */
    deals: z.array(
      z.object({
        name: z.string(),
        accountName: z.string(),
        ownerName: z.string(),
        stage: z.string(),
        amountUsd: z.number().nullable(),
        moves: z.boolean(),
      }),
    ),
    stages: z.array(z.string()),
  }),
  z.object({ alignmentId: z.uuid(), version: z.int(), publishId: z.uuid().nullable() }),
]);
