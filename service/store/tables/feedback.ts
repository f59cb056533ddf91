import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** What somebody says is wrong, or asks another manager for, and what became of it; removed by the team's rule only. */
export const feedback = pgTable(
  'feedback',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** A rep's word, or a manager's wish that crosses the border of her branch. */
    kind: text('kind').$type<'feedback' | 'request'>().notNull().default('feedback'),
    teamId: text('team_id').notNull(),
    /** The territory that it is about: the account's, or the rep's own where it has none. */
    territoryId: text('territory_id').notNull(),
    territoryName: text('territory_name').notNull(),
    /** Null where it is about the territory as a whole. */
    accountId: text('account_id'),
    accountName: text('account_name'),
    /** ZIPs that a request is about; none where it is about an account or the whole. */
    zips: jsonb('zips').$type<string[]>().notNull().default([]),
    /** Where it should be; null where nobody said so. */
    toTerritoryId: text('to_territory_id'),
    toTerritoryName: text('to_territory_name'),
    reason: text('reason').notNull(),
    text: text('text').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    state: text('state').$type<'open' | 'accepted' | 'declined'>().notNull(),
    /** The territory whose managers decide now; null: Sales Ops. */
    askedId: text('asked_id'),
    askedName: text('asked_name'),
    decision: text('decision'),
    decidedById: text('decided_by_id'),
    decidedByName: text('decided_by_name'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    /** The draft that an accepted move goes into, and whether it is there: a crash between the two is made good at the next start. */
    draftId: uuid('draft_id'),
    isMoved: boolean('is_moved').notNull().default(false),
  },
  (table) => [
    index('feedback_team').on(table.teamId, table.state),
    index('feedback_by').on(table.byId),
    // one open word of one person about one thing
    uniqueIndex('feedback_one_open')
      .on(table.byId, table.territoryId, sql`coalesce(account_id, '')`, sql`md5(zips::text)`)
      .where(sql`state = 'open'`),
    check('feedback_state', sql`${table.state} in ('open', 'accepted', 'declined')`),
  ],
);

/** What was done about a piece of feedback, in order: who agreed, passed it on, decided; only ever added to. */
export const feedbackSteps = pgTable(
  'feedback_step',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    feedbackId: uuid('feedback_id')
      .notNull()
      .references(() => feedback.id),
    at: timestamp('at', { withTimezone: true }).notNull(),
    what: text('what')
      .$type<'said' | 'agreed' | 'accepted' | 'declined' | 'passed' | 'routed' | 'moved' | 'reopened'>()
      .notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    /** For whose territory somebody agreed, or to whose it was passed; null: Sales Ops, or nobody's. */
    territoryId: text('territory_id'),
    territoryName: text('territory_name'),
    note: text('note').notNull().default(''),
  },
  (table) => [index('feedback_step_of').on(table.feedbackId, table.at)],
);

/** How a team's feedback is handled without a person; no row means by people only. */
export const feedbackRules = pgTable('feedback_rule', {
  teamId: text('team_id').primaryKey(),
  /** Accounts with less sales a year than this are accepted at once within one region; null: none. */
  acceptUnderUsd: doublePrecision('accept_under_usd'),
  /** Accounts with at least so much sales are decided by Sales Ops; null: none. */
  toOpsFromUsd: doublePrecision('to_ops_from_usd'),
  dueDays: integer('due_days').notNull(),
  version: integer('version').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
});
