import { sql } from 'drizzle-orm';
import {
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
import type { AccountOverride, Territory } from '../../core/alignment.ts';
import type { PlanParameters } from '../../core/planParameters.ts';

/** A territory plan: one territory per unit for one team. At most one a team is live. */
export const alignments = pgTable(
  'alignment',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: text('team_id').notNull(),
    name: text('name').notNull(),
    state: text('state').$type<'draft' | 'live' | 'archived'>().notNull(),
    /** How far a draft has come; approved and scheduled it is held as it is. */
    stage: text('stage').$type<PlanStage>().notNull().default('draft'),
    version: integer('version').notNull(),
    geographyKey: text('geography_key').notNull(),
    territories: jsonb('territories').$type<Territory[]>().notNull(),
    /** Territory index of each unit, -1 for nobody, in the order of the geography. */
    owners: jsonb('owners').$type<number[]>().notNull(),
    overrides: jsonb('overrides').$type<AccountOverride[]>().notNull(),
    lockedUnits: jsonb('locked_units').$type<number[]>().notNull(),
    lockedTerritories: jsonb('locked_territories').$type<number[]>().notNull(),
    /** What its hours are made of; null stands for the defaults of its team. */
    parameters: jsonb('parameters').$type<PlanParameters>(),
    /** While it is being written to the CRM. */
    isFrozen: boolean('is_frozen').notNull().default(false),
    basedOn: uuid('based_on'),
    createdBy: text('created_by').notNull(),
    /** Null where it was made by nobody, such as the map on the first day. */
    createdById: text('created_by_id'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('alignment_one_live')
      .on(table.teamId)
      .where(sql`state = 'live'`),
    check('alignment_state', sql`${table.state} in ('draft', 'live', 'archived')`),
    check('alignment_stage', sql`${table.stage} in ('draft', 'review', 'announced', 'approved', 'scheduled')`),
  ],
);

/** The way of a draft before it is live. */
export type PlanStage = 'draft' | 'review' | 'announced' | 'approved' | 'scheduled';

/** An account that starts, changes or ends (null) being held; what it takes along is told since versions can be looked at. */
export interface RecordedOverride {
  accountId: string;
  from: number | null;
  to: number | null;
  accountName?: string;
  unit?: number;
  part?: AccountOverride['part'];
}

/** Every change ever made to a plan, in order: the append-only record behind undo, merge and "why". */
export const alignmentEdits = pgTable(
  'alignment_edit',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    alignmentId: uuid('alignment_id')
      .notNull()
      .references(() => alignments.id),
    /** The version that this edit made. */
    version: integer('version').notNull(),
    moves: jsonb('moves').$type<{ unit: number; from: number; to: number }[]>().notNull(),
    overrides: jsonb('overrides').$type<RecordedOverride[]>().notNull(),
    note: text('note'),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex('alignment_edit_version').on(table.alignmentId, table.version)],
);

/** A computed plan waiting to be taken or dropped. */
export const proposals = pgTable(
  'proposal',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    alignmentId: uuid('alignment_id')
      .notNull()
      .references(() => alignments.id),
    version: integer('version').notNull(),
    request: jsonb('request').$type<unknown>().notNull(),
    state: text('state').$type<'queued' | 'running' | 'done' | 'cancelled' | 'failed'>().notNull(),
    error: jsonb('error').$type<{ message: string; action: string | null } | null>(),
    result: jsonb('result').$type<unknown>(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('proposal_alignment').on(table.alignmentId)],
);
