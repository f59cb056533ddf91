import { boolean, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** How a team's plan is kept in the CRM without anybody at a screen; the settings themselves are checked by the slice. */
export const syncSettings = pgTable('sync_settings', {
  teamId: text('team_id').primaryKey(),
  version: integer('version').notNull(),
  settings: jsonb('settings').$type<unknown>().notNull(),
  /** Signs the messages to the webhook; never leaves the service. */
  webhookSecret: text('webhook_secret'),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
});

/** What a team's automatic sync has seen to, and what is still to be done. */
export const syncStates = pgTable('sync_state', {
  teamId: text('team_id').primaryKey(),
  /** Until when the schedule and the nightly comparison have been looked at: what was missed is made up once. */
  scheduleSeenAt: timestamp('schedule_seen_at', { withTimezone: true }).notNull(),
  nightlySeenAt: timestamp('nightly_seen_at', { withTimezone: true }).notNull(),
  /** State of the claims at the last look; another one is a refresh. */
  claimsSeen: text('claims_seen'),
  /** Waits for the end of quiet hours, of a publish or of a pause. */
  pendingTrigger: text('pending_trigger').$type<SyncTrigger | null>(),
  /** Only these accounts; null with a trigger = all. */
  pendingAccounts: jsonb('pending_accounts').$type<string[] | null>(),
});

export type SyncTrigger = 'schedule' | 'claims' | 'changes' | 'nightly' | 'person' | 'catchUp' | 'effectiveDate';

/** Until where the CRM's changes have been read; one row an org. */
export const syncCursors = pgTable('sync_cursor', {
  orgId: text('org_id').primaryKey(),
  /** Everything changed before this moment has been read. */
  readUntil: timestamp('read_until', { withTimezone: true }).notNull(),
  /** Changes within the overlap that were seen already: record and its stamp. */
  seen: jsonb('seen').$type<Record<string, string>>().notNull(),
});

/** One automatic run, whatever became of it. */
export const syncRuns = pgTable(
  'sync_run',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: text('team_id').notNull(),
    trigger: text('trigger').$type<SyncTrigger>().notNull(),
    state: text('state')
      .$type<'running' | 'nothing' | 'waiting' | 'done' | 'partial' | 'failed' | 'skipped' | 'dismissed'>()
      .notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    alignmentId: text('alignment_id'),
    alignmentName: text('alignment_name'),
    alignmentVersion: integer('alignment_version'),
    /** What was asked of the publish, so that an approval asks the same. */
    request: jsonb('request').$type<unknown>(),
    counts: jsonb('counts').$type<RunCounts | null>(),
    apiCalls: integer('api_calls').notNull().default(0),
    publishId: uuid('publish_id'),
    reason: text('reason'),
    action: text('action'),
    fuse: jsonb('fuse').$type<RunFuse[]>().notNull().default([]),
    previewHash: text('preview_hash'),
    byName: text('by_name'),
    /** Somebody looked at what the fuse found and let it pass. */
    isApproved: boolean('is_approved').notNull().default(false),
    notified: jsonb('notified').$type<string[]>().notNull().default([]),
  },
  (table) => [index('sync_run_team').on(table.teamId, table.startedAt)],
);

export interface RunCounts {
  accounts: number;
  moved: number;
  /** Accounts that the plan places; the next run compares. */
  placed: number;
  add: number;
  remove: number;
  owners: number;
  deals: number;
  conflicts: number;
}

export interface RunFuse {
  kind: 'moved' | 'territory' | 'deals' | 'vanished' | 'new';
  sentence: string;
  n: number;
  of: number;
  share: number | null;
  limit: number | null;
  territoryName: string | null;
}
