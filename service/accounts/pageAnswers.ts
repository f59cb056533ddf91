import { z } from 'zod';
import { amongPeers } from './answers.ts';

/* What the tabs of the record pages are answered. */

const nullableText = z.string().nullable();
const tier = z.enum(['A', 'B', 'C']).nullable();

export const pastAnswer = z.object({
  periods: z.array(
    z.object({
      period: z.string(),
      file: z.string(),
      procedures: z.number(),
      opportunityUsd: z.number(),
      suppressed: z.boolean(),
      /** From the period before, as a ratio; null for the first. */
      change: z.number().nullable(),
    }),
  ),
});

export const peersAnswer = z.object({
  /** What they have in common. */
  group: z.string(),
  others: z.int(),
  rows: z.array(
    z.object({
      measure: z.enum(['procedures', 'potentialUsd', 'salesUsd', 'headroomUsd', 'salesShare']),
      ...amongPeers,
    }),
  ),
});

export const nearAnswer = z.object({
  territoryId: nullableText,
  territoryName: nullableText,
  /** False for an account whose address is no place. */
  hasPlace: z.boolean(),
  /** Told by a routing server; else drive times are estimates. */
  isByRoad: z.boolean(),
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: nullableText,
      city: nullableText,
      tier,
      driveMinutes: z.number(),
      headroomUsd: z.number(),
      potentialUsd: z.number(),
      salesUsd: z.number(),
      lastActivity: nullableText,
    }),
  ),
});

const visit = z.object({
  id: z.string(),
  name: z.string(),
  kind: nullableText,
  street: nullableText,
  city: nullableText,
  tier,
  headroomUsd: z.number(),
  driveMinutes: z.number(),
  /** Minutes after midnight. */
  arrive: z.number(),
  leave: z.number(),
});

const day = z.object({
  date: z.iso.date(),
  visits: z.array(visit),
  driveMinutes: z.number(),
  visitMinutes: z.number(),
  backMinutes: z.number(),
});

export const dayAnswer = day.extend({
  territoryName: z.string(),
  fromHome: z.boolean(),
  isByRoad: z.boolean(),
  /** Accounts whose address is no place. */
  withoutPlace: z.array(z.string()),
});

export const fieldAnswer = z.object({
  territoryId: z.string(),
  territoryName: z.string(),
  from: z.iso.date(),
  isByRoad: z.boolean(),
  /** Working days that a month of this seat has. */
  workdays: z.int(),
  tiers: z.array(
    z.object({
      tier: z.enum(['A', 'B', 'C']),
      accounts: z.int(),
      callsPerYear: z.number(),
      minutesPerCall: z.number(),
      /** In this month. */
      visits: z.int(),
    }),
  ),
  days: z.array(day),
});

const gone = z.object({
  with: nullableText,
  zips: z.array(z.string()),
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
  unnamed: z.int(),
});

const change = z.object({
  at: z.string(),
  byName: z.string(),
  gained: z.array(gone),
  lost: z.array(gone),
  reasons: z.array(z.string()),
});
const comingStage = z.enum(['announced', 'approved', 'scheduled']);

const holder = z
  .object({
    territoryName: z.string(),
    repName: nullableText,
    /** Hours used ÷ hours there are, today and with the plan; null without claims. */
    before: z.number().nullable(),
    after: z.number().nullable(),
  })
  .nullable();
export const comingAnswer = z.object({
  coming: z.array(
    z.object({
      teamName: z.string(),
      planName: z.string(),
      stage: comingStage,
      effectiveOn: z.iso.date().nullable(),
      backOn: z.iso.date().nullable(),
      approvedBy: z.array(z.string()),
      /** Who has it now and who will; null for nobody. */
      from: holder,
      to: holder,
      reasons: z.array(z.string()),
      deals: z.enum(['stay', 'move', 'untilStage']),
      dealStage: nullableText,
      openDeals: z.int(),
    }),
  ),
});

export const storyAnswer = z.object({
  territoryId: z.string(),
  territoryName: z.string(),
  planVersion: z.int(),
  liveSince: nullableText,
  liveBy: nullableText,
  announced: change
    .extend({
      name: z.string(),
      effectiveOn: z.iso.date().nullable(),
      backOn: z.iso.date().nullable(),
      stage: comingStage,
      approvedBy: z.array(z.string()),
    })
    .nullable(),
  changes: z.array(change),
  built: z.array(z.string()),
  managers: z.array(z.string()),
});
