import { z } from 'zod';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');

/** More accounts than this in one part-only request is a whole plan. */
const MAX_ACCOUNTS = 5_000;

export const previewBody = z.object({
  alignmentId: z.uuid(),
  version: z.int().min(1),
  owners: z.boolean().default(false),
  deals: z.enum(['stay', 'move']).default('stay'),
  /** Only these accounts. */
  accountIds: z.array(crmId).min(1).max(MAX_ACCOUNTS).optional(),
});
export type PublishRequest = z.output<typeof previewBody>;

export const publishBody = previewBody.extend({ previewHash: z.string().min(1).max(100) });
export type PublishBody = z.output<typeof publishBody>;

export const idParams = z.object({ id: z.uuid() });
export const teamParams = z.object({ id: crmId });
export const teamQuery = z.object({ team: crmId.optional() });
export const adoptBody = z.object({ matching: z.literal(true).default(true) });
