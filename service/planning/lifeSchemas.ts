import { z } from 'zod';
import { NEEDS_REASON, STEPS } from './stages.ts';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');
const note = z.string().trim().max(2_000).default('');
const version = z.int().min(1);

export const planParams = z.object({ id: z.uuid() });
export const teamParams = z.object({ id: crmId });
export const coverParams = z.object({ id: z.uuid() });

export const stepBody = z
  .object({
    step: z.enum(STEPS),
    /** The version that was looked at. */
    version,
    note,
  })
  .refine(({ step, note: said }) => !NEEDS_REASON.has(step) || said.length >= 3, {
    message: 'say why: those who waited for it read it',
    path: ['note'],
  });
export type StepBody = z.output<typeof stepBody>;

export const scheduleBody = z.object({
  version,
  /** A day in the org's time zone; today or a day that is over means at once. */
  effectiveOn: z.iso.date(),
  note,
});
export type ScheduleBody = z.output<typeof scheduleBody>;

export const noteBody = z.object({ note }).prefault({});

/** How the plans of a team come to life. */
export const planSettingsFields = z.object({
  /** Only approved plans are published. */
  approvalRequired: z.boolean().default(false),
  /** Who made a plan, or changed it last, does not approve it. */
  approverIsAnother: z.boolean().default(false),
  /** Accounts that are reassigned from their page, and places that are accepted from Salesforce, need no approval. */
  smallChangesAreFree: z.boolean().default(true),
  /** Each rep whose accounts change has a task in Salesforce, once a plan: before it is live, or after a publish by hand. */
  tellReps: z.boolean().default(true),
  /** Managers have a task where a plan waits for their approval. */
  tellManagers: z.boolean().default(true),
  /** Days after which an introduction is due. */
  introductionDays: z.int().min(1).max(90).default(14),
  /** Closed feedback, messages and dropped drafts that are older are removed, from the day after this was saved; null keeps all. */
  keepYears: z.int().min(1).max(100).nullable().default(null),
});
export type PlanSettings = z.output<typeof planSettingsFields>;

export const planSettingsBody = planSettingsFields.extend({
  /** The version that the change was made on; 0 where nothing was saved yet. */
  version: z.int().min(0),
});
export type PlanSettingsBody = z.output<typeof planSettingsBody>;

export const introductionsBody = z.object({ accounts: z.enum(['deals', 'all']).default('deals') }).prefault({});

export const coverBody = z
  .object({
    territoryId: crmId,
    /** The first day of the leave, and the day on which the rep is back. */
    fromOn: z.iso.date(),
    backOn: z.iso.date(),
  })
  .refine(({ fromOn, backOn }) => fromOn < backOn, { message: 'is before the first day of the leave', path: ['backOn'] }); // prettier-ignore
export type CoverBody = z.output<typeof coverBody>;
