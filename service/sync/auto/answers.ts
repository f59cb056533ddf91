import { z } from 'zod';
import { settingsFields } from './schemas.ts';

export const settingsAnswer = z.object({
  teamId: z.string(),
  teamName: z.string(),
  /** 0 while nothing was saved: the settings are the defaults, and nothing runs. */
  version: z.int(),
  settings: settingsFields,
  hasWebhookSecret: z.boolean(),
  savedByName: z.string().nullable(),
  savedAt: z.string().nullable(),
  /** The org's, such as America/New_York: schedule and quiet hours are meant in it. */
  timeZone: z.string(),
  /** When the schedule comes next; null while off, paused or without one. */
  nextRunAt: z.string().nullable(),
  /** The next three times of the schedule. */
  nextTimes: z.array(z.string()),
  /** True within quiet hours. */
  isQuietNow: z.boolean(),
  /** Stages of open deals in the order of the sales process, for the picker of the fuse. */
  stages: z.array(z.string()),
});

const reason = z.object({
  kind: z.enum(['moved', 'territory', 'deals', 'vanished', 'new']),
  sentence: z.string(),
  n: z.int(),
  of: z.int(),
  /** n ÷ of; null for deals. */
  share: z.number().nullable(),
  /** The limit that was passed; null for deals. */
  limit: z.number().nullable(),
  territoryName: z.string().nullable(),
});

export const runAnswer = z.object({
  id: z.uuid(),
  teamId: z.string(),
  trigger: z.enum(['schedule', 'claims', 'changes', 'nightly', 'person', 'catchUp', 'effectiveDate']),
  state: z.enum(['running', 'nothing', 'waiting', 'done', 'partial', 'failed', 'skipped', 'dismissed']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  durationMs: z.int().nullable(),
  alignmentId: z.string().nullable(),
  alignmentName: z.string().nullable(),
  alignmentVersion: z.int().nullable(),
  counts: z
    .object({
      accounts: z.int(),
      moved: z.int(),
      placed: z.int(),
      add: z.int(),
      remove: z.int(),
      owners: z.int(),
      deals: z.int(),
      conflicts: z.int(),
    })
    .nullable(),
  apiCalls: z.int(),
  /** GET /publishes/:id and /publishes/:id/outcomes.csv tell more. */
  publishId: z.uuid().nullable(),
  /** One sentence: what happened, or why not. */
  reason: z.string().nullable(),
  /** What to do now. */
  action: z.string().nullable(),
  /** Why the fuse stopped it; empty for other states. */
  fuse: z.array(reason),
  /** Only while waiting: what approve takes. */
  previewHash: z.string().nullable(),
  /** Who approved or dismissed it, or began it by hand. */
  byName: z.string().nullable(),
  /** Whether those to be told were told: sentences with what went wrong. */
  notified: z.array(z.string()),
});

export const runsAnswer = z.object({
  runs: z.array(runAnswer),
  /** The one that waits for an answer. */
  waiting: runAnswer.nullable(),
  isRunning: z.boolean(),
});
export const runStarted = z.object({ id: z.uuid() });
