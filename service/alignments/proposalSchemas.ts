import { z } from 'zod';
import { MEASURES } from '../core/measures.ts';
import { PRESETS } from '../core/proposal.ts';
import { MOST_REPAIR_MOVES } from '../core/smallestRepair.ts';
import { crmId, MAX_MOVES, version, zip } from './schemas.ts';

const share = z.number().min(0).max(1);
const amount = z.number().min(0).nullable().default(null);
const MAX_RULES = 5_000;

/** What the plan must keep. Territories by CRM id, null is every territory; units by ZIP. */
export const rulesBody = z.object({
  /** The ZIPs of each rep's accounts with most sales stay, so many accounts a rep. */
  topAccounts: z.int().min(0).max(500).default(0),
  wholeCounties: z.boolean().default(false),
  /** Only these territories may give or take; null for all. */
  onlyTerritories: z.array(crmId).min(1).max(MAX_RULES).nullable().default(null),
  /** No ZIP joins a rep who lives farther away. */
  maxKm: z
    .array(z.object({ territory: crmId.nullable(), km: z.number().min(1).max(20_000) }))
    .max(MAX_RULES)
    .default([]),
  bounds: z
    .array(z.object({ territory: crmId.nullable(), measure: z.enum(MEASURES), min: amount, max: amount }))
    .max(MAX_RULES)
    .default([]),
  together: z.array(z.array(zip).min(2).max(MAX_MOVES)).max(MAX_RULES).default([]),
  apart: z
    .array(z.tuple([zip, zip]))
    .max(MAX_RULES)
    .default([]),
  forbidden: z
    .array(z.object({ unit: zip, territory: crmId }))
    .max(MAX_MOVES)
    .default([]),
});

/** What is to be computed. */
export const taskBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('balance') }),
  z.object({
    kind: z.literal('repair'),
    moves: z.int().min(1).max(MOST_REPAIR_MOVES).default(5),
    /** Only these are to be repaired; null for all. */
    territories: z.array(crmId).min(1).max(MAX_RULES).nullable().default(null),
  }),
  z.object({ kind: z.literal('tradeOff') }),
  z.object({ kind: z.literal('demand') }),
  z.object({ kind: z.literal('addRep') }),
  z.object({ kind: z.literal('removeRep'), territory: crmId }),
  z.object({ kind: z.literal('leave'), territory: crmId }),
  z.object({ kind: z.literal('merge'), territory: crmId, other: crmId }),
  z.object({ kind: z.literal('split'), territory: crmId }),
  z.object({ kind: z.literal('moveRep'), territory: crmId, zip }),
]);

export const proposalBody = z.object({
  alignmentId: z.uuid(),
  version,
  preset: z.enum(PRESETS),
  measures: z
    .array(z.object({ name: z.enum(MEASURES), tolerance: z.number().min(0.01).max(1) }))
    .min(1)
    .max(3)
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'name each measure once')
    .default([
      { name: 'workloadHours', tolerance: 0.1 },
      { name: 'potentialUsd', tolerance: 0.15 },
    ]),
  limits: z
    .object({ accountsShare: share, salesShare: share, pipelineShare: share.optional() })
    .nullable()
    .default(null),
  rules: rulesBody.prefault({}),
  task: taskBody.default({ kind: 'balance' }),
  keepUnits: z.array(zip).max(MAX_MOVES).default([]),
  seed: z.int().min(0).max(4_294_967_295).default(1),
});
export type ProposalBody = z.output<typeof proposalBody>;
