import { z } from 'zod';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');

/** Why something is wrong, as reps give it. */
export const REASONS = ['relationship', 'privileges', 'distance', 'wrongData', 'strategic', 'other'] as const;

export const feedbackBody = z
  .object({
    accountId: crmId.nullable().default(null),
    /** The team in whose plan the account lies wrongly. */
    teamId: crmId.nullable().default(null),
    territoryId: crmId.nullable().default(null),
    reason: z.enum(REASONS),
    text: z.string().trim().min(3, 'say in a few words what is wrong').max(2_000),
  })
  .refine(({ accountId, territoryId }) => (accountId === null) !== (territoryId === null), {
    message: 'name an account or a territory',
    path: ['accountId'],
  })
  .refine(({ accountId, teamId }) => accountId === null || teamId !== null, {
    message: 'name the team of the account',
    path: ['teamId'],
  });
export type FeedbackBody = z.output<typeof feedbackBody>;

export const decisionBody = z
  .object({
    verdict: z.enum(['accepted', 'declined']),
    text: z.string().trim().max(2_000).default(''),
  })
  .refine(({ verdict, text }) => verdict === 'accepted' || text.length >= 3, {
    message: 'say why it is declined: the rep reads it',
    path: ['text'],
  });
export type DecisionBody = z.output<typeof decisionBody>;

export const idParams = z.object({ id: z.uuid() });

const nullableText = z.string().nullable();
export const feedbackAnswer = z.object({
  id: z.uuid(),
  teamId: z.string(),
  territoryId: z.string(),
  territoryName: z.string(),
  accountId: nullableText,
  accountName: nullableText,
  reason: z.enum(REASONS),
  text: z.string(),
  byName: z.string(),
  isMine: z.boolean(),
  at: z.string(),
  /** Until when it should be decided. */
  dueAt: z.string(),
  state: z.enum(['open', 'accepted', 'declined']),
  decision: nullableText,
  decidedByName: nullableText,
  decidedAt: nullableText,
  canDecide: z.boolean(),
  /** With whom it is. */
  managers: z.array(z.string()),
});
export const feedbackList = z.object({ feedback: z.array(feedbackAnswer) });
