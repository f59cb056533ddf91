import { index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

/** What a team's live plan was worth at a moment, territory by territory: the points of its trend. */
export interface PicturePoint {
  readonly id: string;
  readonly name: string;
  readonly workloadHours: number;
  readonly potentialUsd: number;
  /** Value ÷ target. */
  readonly workloadOfTarget: number;
  readonly potentialOfTarget: number;
}

/** A team's live plan with all that its figures are made of, as it was when something changed. */
export const insightPictures = pgTable(
  'insight_picture',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: text('team_id').notNull(),
    alignmentId: uuid('alignment_id').notNull(),
    planName: text('plan_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** Names what it was made of: the same again is not kept twice. */
    contentHash: text('content_hash').notNull(),
    points: jsonb('points').$type<PicturePoint[]>().notNull(),
    /** Everything, gzipped, in base64; null for all but the first and the last two of a live plan. */
    state: text('state'),
  },
  (table) => [index('insight_picture_team').on(table.teamId, table.at)],
);

/** When somebody is told that a plan drifts. */
export const insightAlerts = pgTable(
  'insight_alert',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: text('team_id').notNull(),
    rules: jsonb('rules').$type<unknown>().notNull(),
    byName: text('by_name').notNull(),
    savedAt: timestamp('saved_at', { withTimezone: true }).notNull(),
    toldAt: timestamp('told_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('insight_alert_team').on(table.teamId)],
);
