import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** What people decided about which record of the registry an account is; a decision is ended by the next, never deleted. */
export const matchDecisions = pgTable(
  'match_decision',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    accountId: text('account_id').notNull(),
    /** NPI or CCN: lasts over imports. */
    registryKey: text('registry_key').notNull(),
    verdict: text('verdict').$type<'accepted' | 'rejected'>().notNull(),
    /** True where the record was named by hand and not proposed. */
    byHand: boolean('by_hand').notNull(),
    note: text('note'),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedByName: text('ended_by_name'),
  },
  (table) => [
    index('match_decision_account').on(table.accountId),
    // an account is one record at a time
    uniqueIndex('match_decision_one_accepted')
      .on(table.accountId)
      .where(sql`verdict = 'accepted' and ended_at is null`),
    check('match_decision_verdict', sql`${table.verdict} in ('accepted', 'rejected')`),
  ],
);

/** What managers know better than claims; ended with a date, never deleted. */
export const registryCorrections = pgTable(
  'registry_correction',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    registryKey: text('registry_key').notNull(),
    kind: text('kind').$type<'volume' | 'access'>().notNull(),
    factor: doublePrecision('factor').notNull(),
    reason: text('reason').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedById: text('ended_by_id'),
    endedByName: text('ended_by_name'),
    endedReason: text('ended_reason'),
  },
  (table) => [
    index('registry_correction_key').on(table.registryKey),
    // one of each kind at a time: a second one ends the first
    uniqueIndex('registry_correction_one')
      .on(table.registryKey, table.kind)
      .where(sql`ended_at is null`),
    check('registry_correction_kind', sql`${table.kind} in ('volume', 'access')`),
    check(
      'registry_correction_factor',
      sql`${table.factor} >= 0 and (${table.kind} = 'volume' or ${table.factor} <= 1)`,
    ),
  ],
);
