import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

/** What a rep says is wrong with her territory or an account, and what became of it; never deleted. */
export const feedback = pgTable(
  'feedback',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: text('team_id').notNull(),
    /** The territory that it is about: the account's, or the rep's own where it has none. */
    territoryId: text('territory_id').notNull(),
    territoryName: text('territory_name').notNull(),
    /** Null where it is about the territory as a whole. */
    accountId: text('account_id'),
    accountName: text('account_name'),
    reason: text('reason').notNull(),
    text: text('text').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    state: text('state').$type<'open' | 'accepted' | 'declined'>().notNull(),
    decision: text('decision'),
    decidedById: text('decided_by_id'),
    decidedByName: text('decided_by_name'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
  },
  (table) => [
    index('feedback_team').on(table.teamId, table.state),
    index('feedback_by').on(table.byId),
    // one open word of one person about one thing
    uniqueIndex('feedback_one_open')
      .on(table.byId, table.territoryId, sql`coalesce(account_id, '')`)
      .where(sql`state = 'open'`),
    check('feedback_state', sql`${table.state} in ('open', 'accepted', 'declined')`),
  ],
);
