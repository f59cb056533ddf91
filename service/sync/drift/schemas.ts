import { z } from 'zod';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');

/** Ways in which the CRM differs from the live plan. The order is the order of the screen. */
export const DRIFT_KINDS = [
  'moved',
  'removed',
  'ruleRow',
  'foreignRow',
  'missing',
  'owner',
  'member',
  'inactiveMember',
  'territoryRenamed',
  'territoryDeleted',
  'territoryAdded',
  'noZip',
  'unknownZip',
] as const;
export const DRIFT_ACTIONS = ['accept', 'adopt', 'putBack', 'exclude'] as const;

export const kind = z.enum(DRIFT_KINDS);
export const action = z.enum(DRIFT_ACTIONS);

export const driftQuery = z.object({
  kind: kind.optional(),
  /** Accounts or territories whose name has this text. */
  search: z.string().trim().max(80).default(''),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const driftCsvQuery = z.object({ kind: kind.optional() });
export const teamParams = z.object({ id: crmId });

const MAX_KEYS = 5_000;
/** What to do with which lines: some by their keys, or all of one kind. */
export const driftPreviewBody = z
  .object({
    action,
    kind: kind.optional(),
    keys: z.array(z.string().min(1).max(120)).min(1).max(MAX_KEYS).optional(),
  })
  .refine(({ kind: one, keys }) => (one === undefined) !== (keys === undefined), 'name a kind or keys, one of them');
export type DriftChoice = z.output<typeof driftPreviewBody>;
export const driftActBody = driftPreviewBody.safeExtend({ previewHash: z.string().min(1).max(100) });

const line = z.object({
  /** Names this line in the actions. */
  key: z.string(),
  kind,
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  zip: z.string().nullable(),
  /** Where the plan wants it; for members and territories what the plan says. */
  plan: z.string().nullable(),
  /** What Salesforce has. */
  crm: z.string().nullable(),
  /** One sentence. */
  sentence: z.string(),
  byName: z.string().nullable(),
  at: z.string().nullable(),
  actions: z.array(action),
});

export const driftAnswer = z.object({
  teamId: z.string(),
  alignmentId: z.string(),
  alignmentName: z.string(),
  readAt: z.string(),
  /** Kinds with something in them, in the order of the screen. */
  counts: z.array(z.object({ kind, n: z.int(), title: z.string(), about: z.string(), actions: z.array(action) })),
  total: z.int(),
  items: z.array(line),
  offset: z.int(),
});

export const driftPreviewAnswer = z.object({
  previewHash: z.string(),
  action,
  n: z.int(),
  /** What will happen, a sentence each. */
  sentences: z.array(z.string()),
  /** Lines that the action does not fit, with the reason. */
  leftOut: z.array(z.object({ key: z.string(), why: z.string() })),
  items: z.array(line),
});

export const driftActAnswer = z.object({
  action,
  done: z.int(),
  /** What did not work, a sentence each, with what to do. */
  problems: z.array(z.string()),
  /** The publish that puts it back: GET /publishes/:id. */
  publishId: z.uuid().nullable(),
  /** The plan that is live now, where accepting made a new one. */
  alignmentId: z.string().nullable(),
});
