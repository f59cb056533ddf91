import { z } from 'zod';
import { territoryFigures } from '../http/figures.ts';

/*
 * What this slice answers, as OpenAPI tells it: hours and US dollars a year, shares as ratios.
 */

const source = z.object({ label: z.string(), period: z.string(), formula: z.string() }).loose();
const range = z.object({ low: z.number(), high: z.number() });
const share = z.number().nullable();

export const balanceAnswer = z.object({
  planId: z.uuid(),
  planName: z.string(),
  source,
  suppressedShare: z.number(),
  territories: z.array(
    territoryFigures.extend({
      index: z.int(),
      id: z.string(),
      name: z.string(),
      region: z.string().nullable(),
      repName: z.string().nullable(),
      isVacant: z.boolean(),
      capacityHours: z.number(),
      flag: z.enum(['burnout', 'underUse']).nullable(),
      travelShare: z.number(),
      ofTarget: z.object({
        workloadHours: share,
        potentialUsd: share,
        salesUsd: share,
        headroomUsd: share,
        providers: share,
        procedures: share,
      }),
      potentialRange: range.nullable(),
      isNoise: z.boolean(),
      quotaUsd: z.number().nullable(),
      quotaFairness: z.number().nullable(),
    }),
  ),
});

const provider = z.object({
  key: z.string(),
  name: z.string().nullable(),
  zip: z.string().nullable(),
  /** Stands on imputed small cells in part. */
  suppressed: z.boolean(),
  why: z.string(),
  opportunityUsd: z.number(),
});

const pocket = z.object({
  pocket: z.int(),
  place: z.string(),
  zips: z.array(z.string()),
  units: z.array(z.int()),
  opportunityUsd: z.number(),
  workloadHours: z.number(),
  fte: z.number(),
  qValue: z.number(),
  providers: z.number(),
  topProviders: z.array(provider),
  topFacilities: z.array(provider),
});

export const whiteSpaceAnswer = z.object({
  since: z.string().nullable(),
  demandUsd: z.number(),
  uncoveredUsd: z.number(),
  /** Providers of the claims whose ZIP is not on the map: they count nowhere. */
  unplaced: z.int(),
  source,
  pockets: z.array(pocket),
});

export const leadsAnswer = z.object({
  counts: z.object({ createLead: z.int(), createAccount: z.int(), giveOwner: z.int(), visitAgain: z.int() }),
  leads: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.enum(['facility', 'physician']),
      step: z.enum(['createLead', 'createAccount', 'giveOwner', 'visitAgain']),
      town: z.string(),
      state: z.string(),
      zip: z.string(),
      opportunityUsd: z.number(),
      suppressed: z.boolean(),
    }),
  ),
  written: z.literal(0),
});

const roi = range.extend({ verdict: z.enum(['hire', 'rightSized', 'doNotHire', 'unclear']) }).nullable();
const giver = z.object({ index: z.int(), name: z.string(), hours: z.number() });

export const sizeAnswer = z.object({
  limits: z.object({ mergeBelow: z.number(), overloaded: z.number() }),
  /** Margin, cost and response were given. */
  hasMoney: z.boolean(),
  regions: z.array(
    z.object({
      /** Null for all together. */
      region: z.string().nullable(),
      territories: z.int(),
      /** Full-time equivalents of the seats, vacant ones included. */
      reps: z.number(),
      vacant: z.int(),
      fieldHours: z.number(),
      heads: z.number(),
      low: z.number(),
      high: z.number(),
      verdict: z.enum(['hire', 'rebalance', 'enough', 'spare']),
      oneMore: z.object({ hours: z.number(), fte: z.number(), givers: z.array(giver), roi }),
    }),
  ),
  territories: z.array(
    z.object({
      index: z.int(),
      id: z.string(),
      name: z.string(),
      region: z.string().nullable(),
      verdict: z.enum(['merge', 'split', 'hire', 'rightSized']),
      capacityShare: z.number(),
      mergeWith: z.int().nullable(),
      mergeWithName: z.string().nullable(),
      leftOverHours: z.number(),
      donors: z.array(giver),
      roi,
    }),
  ),
});

const figures = z.object({
  territories: z.int(),
  fairness: z
    .array(
      z.object({
        measure: z.string(),
        tolerance: z.number(),
        onTarget: z.int(),
        worst: z.number(),
        variation: z.number(),
        mostToLeast: z.number().nullable(),
        gini: z.number(),
      }),
    )
    .readonly(),
  bands: z.object({
    'under-used': z.int(),
    healthy: z.int(),
    stretched: z.int(),
    overloaded: z.int(),
  }),
  travelHours: z.number(),
});

const audit = z.object({
  key: z.string(),
  basis: z.enum(['plan', 'owners']),
  planName: z.string(),
  at: z.iso.datetime(),
  source,
  today: figures,
  withoutOwner: z.object({ units: z.int(), potentialUsd: z.number() }),
  demandUsd: z.number(),
  uncoveredUsd: z.number(),
  pockets: z.array(pocket),
  furtherPockets: z.int(),
  merges: z.array(z.object({ a: z.string(), b: z.string(), share: z.number() })),
  /** Null where none could be computed; `impossible` then says why. */
  best: z
    .object({
      preset: z.enum(['balanced', 'cleanSlate']),
      onTarget: z.int(),
      figures,
      accountsShare: z.number(),
      salesShare: z.number(),
      spreadChange: z.number(),
      zips: z.int(),
    })
    .nullable(),
  impossible: z.string().nullable(),
  /** How far the travel estimate is from day tours over the accounts, as ratios without sign. */
  travel: z.object({ checked: z.int(), territories: z.int(), median: z.number(), p90: z.number() }),
});
export type Audit = z.output<typeof audit>;

export const auditAnswer = z.object({
  state: z.enum(['running', 'done']),
  share: z.number().min(0).max(1),
  audit: audit.nullable(),
});

export const yieldAnswer = z.object({
  effectUsd: range,
  movedSalesUsd: z.number(),
  lossUsd: range,
  netUsd: range,
  assumptions: z.array(z.string()),
});
