import { z } from 'zod';
import { planSettingsFields } from './lifeSchemas.ts';

const text = z.string().nullable();
const stage = z.enum(['draft', 'review', 'announced', 'approved', 'scheduled']);

export const coverAnswer = z.object({
  id: z.uuid(),
  alignmentId: z.uuid(),
  /** GET /proposals/:id tells how far the computation is. */
  proposalId: z.uuid(),
  territoryId: z.string(),
  territoryName: z.string(),
  repName: text,
  fromOn: z.iso.date(),
  backOn: z.iso.date(),
  state: z.enum(['planned', 'covering', 'returning', 'failed', 'ended', 'dropped']),
  /** What stayed as it was at the end because somebody had changed it since. */
  stayed: z.array(z.string()),
  reason: text,
  action: text,
  byName: z.string(),
});
export const coverSplit = z.object({
  version: z.int(),
  takers: z.array(
    z.object({
      name: z.string(),
      repName: text,
      zips: z.int(),
      accounts: z.int(),
      utilizationBefore: z.number(),
      utilizationAfter: z.number(),
    }),
  ),
  /** What nobody has room for: it stays with the rep on leave. */
  stays: z.object({ zips: z.int(), accounts: z.int() }),
});
export const coversAnswer = z.object({ covers: z.array(coverAnswer) });

const place = z.object({
  stage: z.enum([...stage.options, 'live']),
  label: z.string(),
  isNow: z.boolean(),
  isDone: z.boolean(),
  at: text,
  byName: text,
  note: text,
});

export const lifeAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  teamId: z.string(),
  state: z.enum(['draft', 'live', 'archived']),
  stage,
  version: z.int(),
  path: z.array(place),
  /** Everything that ever happened to the plan, oldest first. */
  steps: z.array(
    z.object({ at: z.string(), what: z.string(), note: text, byName: z.string(), version: z.int().nullable() }),
  ),
  /** What the reader may do now. */
  can: z.array(z.string()),
  settings: planSettingsFields,
  /** Territories and accounts that differ from the live plan. */
  touched: z.int(),
  accounts: z.int(),
  /** It may not be published yet, as a whole or by parts: an approval is missing. */
  needsApproval: z.boolean(),
  approval: z.object({
    /** Changed territories that nobody has approved in this version. */
    missing: z.array(z.string()),
    /** Who may approve those beside Sales Ops, where that is waited for. */
    approvers: z.array(z.string()),
    approvals: z.array(
      z.object({ at: z.string(), byName: z.string(), version: z.int(), territories: z.int(), isCurrent: z.boolean() }),
    ),
  }),
  schedule: z
    .object({
      effectiveOn: z.iso.date(),
      at: z.string(),
      state: z.enum(['waiting', 'running', 'failed', 'done', 'off']),
      reason: text,
      action: text,
      byName: z.string(),
      /** The automatic run that writes it: GET /sync-runs/:id. */
      runId: z.uuid().nullable(),
    })
    .nullable(),
  timeZone: z.string(),
  cover: coverAnswer.nullable(),
  notices: z.array(
    z.object({
      kind: z.enum(['change', 'waits', 'failed']),
      userName: z.string(),
      subject: z.string(),
      state: z.enum(['waiting', 'sent', 'failed']),
      problem: text,
      at: z.string(),
      sentAt: text,
    }),
  ),
});

export const introductionsAnswer = z.object({
  pairs: z.array(
    z.object({
      fromName: text,
      toName: text,
      dueOn: z.string(),
      /** Accounts whose tasks are all done in Salesforce, of all with tasks. */
      done: z.int(),
      total: z.int(),
      open: z.array(z.string()),
    }),
  ),
  done: z.int(),
  total: z.int(),
  /** Tasks that Salesforce did not take. */
  refused: z.int(),
});

export const planSettingsAnswer = z.object({
  teamId: z.string(),
  teamName: z.string(),
  /** 0 while nothing was saved: the settings are the defaults. */
  version: z.int(),
  settings: planSettingsFields,
  savedByName: text,
  savedAt: text,
});
