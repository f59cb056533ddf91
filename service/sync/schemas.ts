import { z } from 'zod';
import { MAX_RECORDS_PER_REQUEST } from '../org/connection.ts';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');
const fieldName = z.string().regex(/^[A-Za-z]\w{0,79}$/, 'the API name of a field of Account');

/** More accounts than this in one part-only request is a whole plan. */
const MAX_ACCOUNTS = 5_000;
const MAX_TERRITORIES = 2_000;

export const partBody = z
  .object({
    territoryIds: z.array(crmId).max(MAX_TERRITORIES).default([]),
    states: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'a state as two letters'))
      .max(60)
      .default([]),
  })
  .refine(({ territoryIds, states }) => territoryIds.length + states.length > 0, 'name a territory or a state');

/** How to write; what is left out is what people expect: association and owner together, deals stay. */
export const strategyBody = z.object({
  associations: z.boolean().default(true),
  owners: z.boolean().default(true),
  teamRole: z.string().trim().min(1).max(80).nullable().default(null),
  stampField: fieldName.nullable().default(null),
  runRules: z.boolean().default(true),
  structure: z.boolean().default(true),
  deals: z.enum(['stay', 'move', 'untilStage']).default('stay'),
  dealStage: z.string().trim().min(1).max(120).nullable().default(null),
  batchSize: z.int().min(1).max(MAX_RECORDS_PER_REQUEST).default(MAX_RECORDS_PER_REQUEST),
});
export type Strategy = z.output<typeof strategyBody>;

export const previewBody = strategyBody
  .extend({
    alignmentId: z.uuid(),
    version: z.int().min(1),
    /** Only these territories or states of the plan. */
    part: partBody.nullable().default(null),
    /** Only these accounts. */
    accountIds: z.array(crmId).min(1).max(MAX_ACCOUNTS).optional(),
    /** All but these accounts. */
    leaveOut: z.array(crmId).max(MAX_ACCOUNTS).default([]),
  })
  .refine(({ deals, dealStage }) => deals !== 'untilStage' || dealStage !== null, {
    message: 'name the stage from which deals stay',
    path: ['dealStage'],
  });
export type PublishRequest = z.output<typeof previewBody>;

export const publishBody = previewBody.safeExtend({ previewHash: z.string().min(1).max(100) });
export type PublishBody = z.output<typeof publishBody>;

export const takeBackBody = z
  .object({
    /** Only what lies in these territories. */
    territoryIds: z.array(crmId).min(1).max(MAX_TERRITORIES).nullable().default(null),
    /** The hash of the preview that was looked at; left out, what is found is taken back. */
    previewHash: z.string().min(1).max(100).optional(),
  })
  .prefault({});
export type TakeBackBody = z.output<typeof takeBackBody>;

export const idParams = z.object({ id: z.uuid() });
export const accountParams = z.object({ id: crmId });
export const ownersQuery = z.object({ on: z.iso.date().optional() });
export const teamParams = z.object({ id: crmId });
export const teamQuery = z.object({ team: crmId.optional() });
export const adoptBody = z.object({ matching: z.literal(true).default(true) });
