import { z } from 'zod';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');
/** A request over more ZIPs than this is a plan of its own. */
const MOST_ZIPS = 200;

/** Why something is wrong, as reps give it. */
export const REASONS = ['relationship', 'privileges', 'distance', 'wrongData', 'strategic', 'other'] as const;

export const feedbackBody = z
  .object({
    accountId: crmId.nullable().default(null),
    /** The team in whose plan the account or the ZIPs lie wrongly. */
    teamId: crmId.nullable().default(null),
    territoryId: crmId.nullable().default(null),
    /** ZIPs of one territory, asked for by a manager. */
    zips: z
      .array(z.string().regex(/^\d{5}$/, 'a ZIP of five digits'))
      .max(MOST_ZIPS)
      .default([]),
    /** Where it should be. */
    toTerritoryId: crmId.nullable().default(null),
    reason: z.enum(REASONS),
    text: z.string().trim().min(3, 'say in a few words what is wrong').max(2_000),
  })
  .refine(
    ({ accountId, territoryId, zips }) =>
      [accountId, territoryId, zips.length > 0 || null].filter(Boolean).length === 1,
    { message: 'name an account, a territory or ZIPs, and one of them only', path: ['accountId'] },
  )
  .refine(({ territoryId, teamId }) => territoryId !== null || teamId !== null, {
    message: 'name the team of the account or of the ZIPs',
    path: ['teamId'],
  })
  .refine(({ territoryId, toTerritoryId }) => territoryId === null || toTerritoryId === null, {
    message: 'a territory as a whole cannot go elsewhere',
    path: ['toTerritoryId'],
  })
  .refine(({ zips, toTerritoryId }) => zips.length === 0 || toTerritoryId !== null, {
    message: 'say to which territory the ZIPs should go',
    path: ['toTerritoryId'],
  });
export type FeedbackBody = z.output<typeof feedbackBody>;

export const decisionBody = z
  .object({
    verdict: z.enum(['accepted', 'declined', 'passed']),
    text: z.string().trim().max(2_000).default(''),
    /** Accepted: where it goes, if not where the speaker said; null: as the speaker said, and nowhere where nothing was said. */
    toTerritoryId: crmId.nullable().default(null),
    /** Accepted: the draft that the move goes into; null: the team's draft for accepted feedback. */
    draftId: z.uuid().nullable().default(null),
    /** Passed on: to the managers of this territory; null: to Sales Ops. */
    passTo: crmId.nullable().default(null),
  })
  .refine(({ verdict, text }) => verdict !== 'declined' || text.length >= 3, {
    message: 'say why it is declined: the rep reads it',
    path: ['text'],
  });
export type DecisionBody = z.output<typeof decisionBody>;

export const idParams = z.object({ id: z.uuid() });
export const teamParams = z.object({ teamId: crmId });
export const effectQuery = z.object({
  toTerritoryId: crmId.optional(),
  draftId: z.uuid().optional(),
});
export const placesQuery = z.object({ teamId: crmId, accountId: crmId.optional() });

const usd = z.number().min(0).max(1e12).nullable();
/** The shortest and longest that a manager is given. */
export const DUE_DAYS = { least: 1, most: 90 } as const;
export const rulesBody = z.object({
  version: z.number().int().min(0),
  acceptUnderUsd: usd,
  toOpsFromUsd: usd,
  dueDays: z.number().int().min(DUE_DAYS.least).max(DUE_DAYS.most),
});
export type RulesBody = z.output<typeof rulesBody>;

const nullableText = z.string().nullable();
const stepAnswer = z.object({
  at: z.string(),
  what: z.enum(['said', 'agreed', 'accepted', 'declined', 'passed', 'routed', 'moved', 'reopened']),
  byName: z.string(),
  territoryName: nullableText,
  note: z.string(),
});
export const feedbackAnswer = z.object({
  id: z.uuid(),
  kind: z.enum(['feedback', 'request']),
  teamId: z.string(),
  territoryId: z.string(),
  territoryName: z.string(),
  accountId: nullableText,
  accountName: nullableText,
  zips: z.array(z.string()),
  toTerritoryId: nullableText,
  toTerritoryName: nullableText,
  reason: z.enum(REASONS),
  text: z.string(),
  byName: z.string(),
  isMine: z.boolean(),
  at: z.string(),
  /** Until when it should be decided. */
  dueAt: z.string(),
  isOverdue: z.boolean(),
  state: z.enum(['open', 'accepted', 'declined']),
  decision: nullableText,
  decidedByName: nullableText,
  decidedAt: nullableText,
  canDecide: z.boolean(),
  /** The territory whose managers decide now; null: Sales Ops. */
  askedName: nullableText,
  /** With whom it is; nobody by name where it is with Sales Ops. */
  managers: z.array(z.string()),
  /** What became of an accepted one: nothing to move, in a plan that is not live yet, live, or in a plan that was dropped. */
  becomes: z.enum(['nothing', 'draft', 'live', 'dropped']).nullable(),
  /** The plan that it went into, for those who make plans. */
  draftName: nullableText,
  steps: z.array(stepAnswer),
});
export const feedbackList = z.object({ feedback: z.array(feedbackAnswer) });

const figures = z.object({
  id: z.string(),
  name: z.string(),
  workloadHours: z.number(),
  utilization: z.number(),
  potentialUsd: z.number(),
  salesUsd: z.number(),
});
export const effectAnswer = z.object({
  planName: z.string(),
  before: z.array(figures),
  after: z.array(figures),
});
export const placesAnswer = z.object({
  /** Where it is now; null for none. */
  at: nullableText,
  /** Where the asker would have it: her own territory, where it is not there already. */
  suggested: nullableText,
  places: z.array(z.object({ id: z.string(), name: z.string(), parentName: nullableText })),
  drafts: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export const rulesAnswer = rulesBody.extend({ byName: nullableText, at: nullableText });
