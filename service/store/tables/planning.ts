import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** How the plans of a team come to life; the settings themselves are checked by the slice. */
export const planSettings = pgTable('plan_settings', {
  teamId: text('team_id').primaryKey(),
  version: integer('version').notNull(),
  settings: jsonb('settings').$type<unknown>().notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
});

/** What happened to a plan as a whole. */
export type PlanEvent =
  | 'submitted'
  | 'returned'
  | 'announced'
  | 'approvedInPart'
  | 'approved'
  | 'revoked'
  | 'scheduled'
  | 'unscheduled'
  | 'dropped'
  | 'goingLive'
  | 'waits'
  | 'failed'
  | 'triedAgain'
  | 'wentLive'
  | 'replaced'
  | 'livedAgain'
  | 'takenBack'
  | 'boundaries'
  | 'notified'
  | 'coverPlanned'
  | 'coverBegan'
  | 'coverEnded'
  | 'introductions'
  | 'settings'
  | 'removed';

/** Who did what to which plan when and why: only ever added to (the store refuses changes). */
export const planLog = pgTable(
  'plan_log',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    teamId: text('team_id').notNull(),
    /** Null for what concerns no single plan. */
    alignmentId: uuid('alignment_id'),
    planName: text('plan_name').notNull(),
    version: integer('version'),
    what: text('what').$type<PlanEvent>().notNull(),
    /** In words: the reason that was given, or what exactly was done. */
    note: text('note'),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
  },
  (table) => [
    index('plan_log_plan').on(table.alignmentId, table.id),
    index('plan_log_team').on(table.teamId, table.id),
  ],
);

/** An approval of one version, for the territories that the approver may change; null = all of the team. */
export const planApprovals = pgTable(
  'plan_approval',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    alignmentId: uuid('alignment_id').notNull(),
    version: integer('version').notNull(),
    territoryIds: jsonb('territory_ids').$type<string[] | null>(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (table) => [index('plan_approval_plan').on(table.alignmentId)],
);

/** When a plan goes live by itself, and when it goes back by itself where it is a leave cover. */
export const planSchedules = pgTable(
  'plan_schedule',
  {
    alignmentId: uuid('alignment_id').primaryKey(),
    teamId: text('team_id').notNull(),
    /** A day in the org's time zone: live from its first minute on. */
    effectiveOn: text('effective_on').notNull(),
    /** Only these territories; null = the whole plan. */
    territoryIds: jsonb('territory_ids').$type<string[] | null>(),
    /** Accounts whose change was seen when the date was set, by account: the fuse asks about what came since. */
    expected: jsonb('expected').$type<Record<string, string>>().notNull(),
    state: text('state').$type<'waiting' | 'running' | 'failed' | 'done' | 'off'>().notNull(),
    /** The automatic run that carries it out, chosen before it begins: a crash never begins a second one. */
    runId: uuid('run_id'),
    reason: text('reason'),
    action: text('action'),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('plan_schedule_state').on(table.state),
    check('plan_schedule_state', sql`${table.state} in ('waiting', 'running', 'failed', 'done', 'off')`),
  ],
);

/** A rep on leave: who covers from when to when. The plan of the cover is an ordinary one that only ends by itself. */
export const planCovers = pgTable(
  'plan_cover',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: text('team_id').notNull(),
    /** The plan in which the territory is split among its neighbours. */
    alignmentId: uuid('alignment_id').notNull(),
    /** The plan that was live before, to which it goes back. */
    formerId: uuid('former_id'),
    /** The computation that says who takes what. */
    proposalId: uuid('proposal_id').notNull(),
    territoryId: text('territory_id').notNull(),
    territoryName: text('territory_name').notNull(),
    repName: text('rep_name'),
    /** Days in the org's time zone: covered from the first minute of one to the first minute of the other. */
    fromOn: text('from_on').notNull(),
    backOn: text('back_on').notNull(),
    state: text('state').$type<'planned' | 'covering' | 'returning' | 'failed' | 'ended' | 'dropped'>().notNull(),
    /** The publish that began it, and what ended it: a take-back, or a run where others had published meanwhile. */
    publishId: uuid('publish_id'),
    backPublishId: uuid('back_publish_id'),
    backAlignmentId: uuid('back_alignment_id'),
    backRunId: uuid('back_run_id'),
    /** What stayed as it was because somebody had changed it since. */
    stayed: jsonb('stayed').$type<string[]>().notNull().default([]),
    reason: text('reason'),
    action: text('action'),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('plan_cover_team').on(table.teamId, table.state),
    uniqueIndex('plan_cover_plan').on(table.alignmentId),
  ],
);

/** One message to one person about one plan: written down before it is sent, so that a crash neither doubles nor loses it. */
export const planNotices = pgTable(
  'plan_notice',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: text('team_id').notNull(),
    alignmentId: uuid('alignment_id').notNull(),
    planName: text('plan_name').notNull(),
    /** Why she is told: her accounts change; something waits for her; something failed. */
    kind: text('kind').$type<'change' | 'waits' | 'failed'>().notNull(),
    /** Tells one message of a kind from the next one about the same plan, such as the second failure. */
    turn: integer('turn').notNull().default(0),
    userId: text('user_id').notNull(),
    userName: text('user_name').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    state: text('state').$type<'waiting' | 'sent' | 'failed'>().notNull(),
    tries: integer('tries').notNull().default(0),
    taskId: text('task_id'),
    problem: text('problem'),
    at: timestamp('at', { withTimezone: true }).notNull(),
    sentAt: timestamp('sent_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('plan_notice_once').on(table.alignmentId, table.kind, table.turn, table.userId),
    index('plan_notice_state').on(table.state),
  ],
);

/** An introduction of an account to its new rep: a task in the org, and whether it is done there. */
export const introductions = pgTable(
  'introduction',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    publishId: uuid('publish_id').notNull(),
    teamId: text('team_id').notNull(),
    accountId: text('account_id').notNull(),
    accountName: text('account_name').notNull(),
    fromName: text('from_name'),
    toName: text('to_name'),
    /** Whose task it is: the former rep's, and the new one's. */
    userId: text('user_id').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    dueOn: text('due_on').notNull(),
    taskId: text('task_id'),
    problem: text('problem'),
    isDone: boolean('is_done').notNull().default(false),
    at: timestamp('at', { withTimezone: true }).notNull(),
    readAt: timestamp('read_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('introduction_once').on(table.publishId, table.accountId, table.userId)],
);
