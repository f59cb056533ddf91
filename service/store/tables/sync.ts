import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** One transfer of a plan to the CRM, or its reversal. */
export const publishes = pgTable(
  'publish',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind').$type<'publish' | 'takeBack'>().notNull(),
    teamId: text('team_id').notNull(),
    alignmentId: text('alignment_id').notNull(),
    alignmentName: text('alignment_name').notNull(),
    alignmentVersion: integer('alignment_version').notNull(),
    state: text('state').$type<'queued' | 'running' | 'verifying' | 'done' | 'partial' | 'failed'>().notNull(),
    phase: text('phase').notNull(),
    /** Only some accounts: the plan as a whole is not live afterwards. */
    isPartOnly: boolean('is_part_only').notNull(),
    previousAlignmentId: text('previous_alignment_id'),
    /** The publish that this one takes back. */
    takesBack: uuid('takes_back'),
    error: jsonb('error').$type<{ code: string; message: string; action: string | null } | null>(),
    verified: jsonb('verified').$type<{ checked: number; asPlanned: number; differences: string[] } | null>(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [
    index('publish_team').on(table.teamId, table.at),
    uniqueIndex('publish_one_running')
      .on(table.teamId)
      .where(sql`state in ('queued', 'running', 'verifying')`),
    // a publish is taken back once
    uniqueIndex('publish_taken_back')
      .on(table.takesBack)
      .where(sql`takes_back is not null and state <> 'failed'`),
  ],
);

/** The journal: every record that a publish means to write, noted before the call, with its outcome after it. */
export const publishRows = pgTable(
  'publish_row',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    publishId: uuid('publish_id')
      .notNull()
      .references(() => publishes.id),
    action: text('action').$type<'addAssociation' | 'removeAssociation' | 'setOwner' | 'moveDeal'>().notNull(),
    accountId: text('account_id').notNull(),
    accountName: text('account_name').notNull(),
    territoryId: text('territory_id'),
    territoryName: text('territory_name'),
    /** The association (to remove, or made) or the deal; null until an association is made. */
    recordId: text('record_id'),
    /** Owner, and for deals territory, before and after. */
    fromId: text('from_id'),
    fromName: text('from_name'),
    toId: text('to_id'),
    toName: text('to_name'),
    fromTerritoryId: text('from_territory_id'),
    toTerritoryId: text('to_territory_id'),
    outcome: text('outcome')
      .$type<'planned' | 'written' | 'alreadyThere' | 'failed' | 'skipped' | 'unknown'>()
      .notNull(),
    code: text('code'),
    message: text('message'),
    advice: text('advice'),
    at: timestamp('at', { withTimezone: true }),
  },
  (table) => [index('publish_row_publish').on(table.publishId, table.outcome)],
);

/** Associations that are ours to remove: written by a publish, or adopted by an admin. */
export const associationLedger = pgTable(
  'association_ledger',
  {
    associationId: text('association_id').primaryKey(),
    teamId: text('team_id').notNull(),
    accountId: text('account_id').notNull(),
    territoryId: text('territory_id').notNull(),
    source: text('source').$type<'written' | 'adopted'>().notNull(),
    publishId: uuid('publish_id'),
    byId: text('by_id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    removedAt: timestamp('removed_at', { withTimezone: true }),
  },
  (table) => [index('association_ledger_team').on(table.teamId)],
);
