import { jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Which CRM fields hold what, as an admin confirmed it; one row an org. */
export const crmMappings = pgTable('crm_mapping', {
  orgId: text('org_id').primaryKey(),
  mapping: jsonb('mapping').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
});
