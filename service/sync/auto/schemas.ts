import { z } from 'zod';
import { strategyBody } from '../schemas.ts';
import { isCron } from '../../core/cron.ts';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 07:30');
const share = z.number().gt(0, 'above 0: the fuse is never off').max(1);
const cron = z
  .string()
  .max(100)
  .refine(isCron, 'five fields of cron: minute hour day month weekday, such as 30 2 * * 1-5');

/** At which share of accounts an unattended run stops and asks. Shares are ratios: 0.02 means 2 %. */
export const fuseBody = z.object({
  /** Of all accounts of the team. */
  movedShare: share.default(0.02),
  /** Of the accounts of one territory, gained or lost. */
  territoryShare: share.default(0.1),
  /** Of the placed accounts that lose their place. */
  vanishedShare: share.default(0.05),
  /** Of all accounts, accounts that get a first place. */
  newShare: share.default(0.05),
  /** First stage whose deals stop a run; null: the last third of the stages before Closed. */
  dealStage: z.string().trim().min(1).max(120).nullable().default(null),
});
export type Fuse = z.output<typeof fuseBody>;

/** https, or plain http to this machine. */
function isSafeWebhook(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  if (username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

export const settingsFields = z
  .object({
    /** Nothing runs by itself while false. */
    isOn: z.boolean().default(false),
    isPaused: z.boolean().default(false),
    strategy: strategyBody.prefault({}),
    /** In the org's time zone; null = no schedule. */
    schedule: cron.nullable().default('0 2 * * *'),
    /** The nightly comparison of everything. */
    fullComparison: cron.default('30 3 * * *'),
    /** A ZIP sheet of this name in the data directory's folder "inbox" is taken by runs of everything; null = none. */
    sheetName: z
      .string()
      .trim()
      .max(100)
      .regex(/^[\w-][\w .-]*$/, 'a file name without a folder, such as zips.csv')
      .nullable()
      .default(null),
    onClaims: z.boolean().default(true),
    onChanges: z.boolean().default(true),
    /** How often new and moved accounts are looked for. */
    pollMinutes: z.int().min(1).max(720).default(15),
    /** Runs wait until these hours are over; in the org's time zone, over midnight where "from" is later than "to". */
    quiet: z
      .array(z.object({ from: clock, to: clock }))
      .max(8)
      .default([]),
    fuse: fuseBody.prefault({}),
    webhookUrl: z
      .string()
      .max(2_000)
      .refine(isSafeWebhook, 'an https address (http only to this machine), without user and password')
      .nullable()
      .default(null),
    /** Users who get a task in Salesforce when a run fails or waits. */
    tellUserIds: z.array(crmId).max(20).default([]),
  })
  .refine(({ strategy }) => strategy.deals !== 'untilStage' || strategy.dealStage !== null, {
    message: 'name the stage from which deals stay',
    path: ['strategy', 'dealStage'],
  });
export type AutoSettings = z.output<typeof settingsFields>;

export const settingsBody = settingsFields.safeExtend({
  /** The version that the change was made on; 0 where nothing was saved yet. */
  version: z.int().min(0),
  /** Left out, the secret stays; null takes it away. */
  webhookSecret: z.string().min(16).max(200).nullable().optional(),
});
export type SettingsBody = z.output<typeof settingsBody>;

export const approveBody = z.object({ previewHash: z.string().min(1).max(100) });
export const teamParams = z.object({ id: crmId });
export const runParams = z.object({ id: z.uuid() });
export const runsQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });
