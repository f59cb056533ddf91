import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** How a publish writes: which of the strategies, and how gently. */
export interface PublishOptions {
  /** Account-to-territory rows of our own. */
  associations: boolean;
  /** The account's owner becomes the territory's rep. */
  owners: boolean;
  /** The territory's rep becomes a member of the account's team in this role; null = no. */
  teamRole: string | null;
  /** The territory's code goes into this field of Account; null = no. */
  stampField: string | null;
  /** With a stamped code: let the org's assignment rules place the account. */
  runRules: boolean;
  /** Territories to create or rename, and who sits in them. */
  structure: boolean;
  deals: 'stay' | 'move' | 'untilStage';
  /** With "untilStage": the first stage whose deals stay with their owner. */
  dealStage: string | null;
  /** Accounts and structure, records a request. */
  batchSize: number;
  /** Only these territories or states of the plan; null = all of it. */
  part: { territoryIds: string[]; states: string[] } | null;
  /** The plan of which that part went live; not there for anything else. */
  partOf?: string;
}

/** What was read back, and what the reps can see now. */
export interface Verified {
  checked: number;
  asPlanned: number;
  differences: string[];
  /** Accounts asked about, of all that changed territory, and those that their rep cannot see yet. */
  access: { asked: number; of: number; blind: number };
}

/** One transfer of a plan to the CRM, or its reversal. */
export const publishes = pgTable(
  'publish',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind').$type<'publish' | 'takeBack'>().notNull(),
    /** Who began it: somebody at a screen or command line, or the schedule. */
    origin: text('origin').$type<'person' | 'schedule'>().notNull().default('person'),
    teamId: text('team_id').notNull(),
    alignmentId: text('alignment_id').notNull(),
    alignmentName: text('alignment_name').notNull(),
    alignmentVersion: integer('alignment_version').notNull(),
    state: text('state').$type<'queued' | 'running' | 'verifying' | 'done' | 'partial' | 'failed'>().notNull(),
    phase: text('phase').notNull(),
    options: jsonb('options').$type<PublishOptions>().notNull(),
    /** Only some accounts: the plan as a whole is not live afterwards. */
    isPartOnly: boolean('is_part_only').notNull(),
    previousAlignmentId: text('previous_alignment_id'),
    /** The publish that this one takes back. */
    takesBack: uuid('takes_back'),
    /** Who approved the plan, and who set its date where it went live by itself. */
    approvedBy: text('approved_by'),
    /** Who asked to stop; what is written by then stays. */
    cancelledBy: text('cancelled_by'),
    apiCalls: integer('api_calls').notNull().default(0),
    error: jsonb('error').$type<{ code: string; message: string; action: string | null } | null>(),
    verified: jsonb('verified').$type<Verified | null>(),
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
  ],
);

/** One kind of write; the order in which they are carried out stands in sync/phases.ts. */
export type JournalAction =
  | 'createTerritory'
  | 'renameTerritory'
  | 'addMember'
  | 'addAssociation'
  | 'addTeamMember'
  | 'stamp'
  | 'setOwner'
  | 'restoreTeamMember'
  | 'restoreShare'
  | 'moveDeal'
  | 'removeAssociation'
  | 'removeTeamMember'
  | 'removeMember'
  | 'removeTerritory';

/** What else a row needs to be written or to be told of, and the before-image of what it takes away. */
export interface JournalDetails {
  /** Role and levels of a team member, a manual share or a territory member. */
  role?: string | null;
  levels?: { account: string | null; opportunity: string | null; case: string | null; contact: string | null };
  /** Stamped field with its values. */
  field?: string;
  from?: string | null;
  to?: string | null;
  /** A territory to be made. */
  developerName?: string;
  parentId?: string;
  /** For the handover: sales of the last twelve months and open deals on the day of the plan. */
  salesUsd?: number;
  openDeals?: { name: string; amountUsd: number | null; nextStep: string | null }[];
  /** Why the account is placed where the plan has it. */
  why?: string;
}

/** The journal: every record that a publish means to write, noted before the call, with its outcome after it. */
export const publishRows = pgTable(
  'publish_row',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    publishId: uuid('publish_id')
      .notNull()
      .references(() => publishes.id),
    action: text('action').$type<JournalAction>().notNull(),
    /** Empty for rows about a territory. */
    accountId: text('account_id').notNull(),
    accountName: text('account_name').notNull(),
    territoryId: text('territory_id'),
    territoryName: text('territory_name'),
    /** Whose membership or share it is. */
    userId: text('user_id'),
    /** The record to remove, or that was made; null until it is made. */
    recordId: text('record_id'),
    /** Owner, and for deals territory, before and after. */
    fromId: text('from_id'),
    fromName: text('from_name'),
    toId: text('to_id'),
    toName: text('to_name'),
    fromTerritoryId: text('from_territory_id'),
    toTerritoryId: text('to_territory_id'),
    details: jsonb('details').$type<JournalDetails | null>(),
    outcome: text('outcome')
      .$type<'planned' | 'written' | 'alreadyThere' | 'failed' | 'skipped' | 'unknown'>()
      .notNull(),
    code: text('code'),
    message: text('message'),
    advice: text('advice'),
    /** The bulk job that carries this row, while its outcome is not known. */
    jobId: integer('job_id'),
    tries: integer('tries').notNull().default(0),
    /** The publish that took this row back. */
    takenBackBy: uuid('taken_back_by'),
    at: timestamp('at', { withTimezone: true }),
  },
  (table) => [index('publish_row_publish').on(table.publishId, table.action, table.outcome)],
);

/** A Bulk API job of a publish; its id in the CRM is written down before anything is uploaded. */
export const bulkJobs = pgTable('bulk_job', {
  id: serial('id').primaryKey(),
  publishId: uuid('publish_id')
    .notNull()
    .references(() => publishes.id),
  kind: text('kind').$type<'insert' | 'delete'>().notNull(),
  crmJobId: text('crm_job_id'),
  /** Settled: the outcome of each of its rows is in the journal. */
  isSettled: boolean('is_settled').notNull().default(false),
  at: timestamp('at', { withTimezone: true }).notNull(),
});

/** Rows of the CRM that are ours to change and remove: written by a publish, or adopted by an admin. */
export const rowLedger = pgTable(
  'row_ledger',
  {
    recordId: text('record_id').primaryKey(),
    kind: text('kind').$type<'association' | 'teamMember' | 'member' | 'territory'>().notNull(),
    teamId: text('team_id').notNull(),
    /** Empty for rows about a territory. */
    accountId: text('account_id').notNull(),
    territoryId: text('territory_id').notNull(),
    userId: text('user_id'),
    source: text('source').$type<'written' | 'adopted'>().notNull(),
    publishId: uuid('publish_id'),
    byId: text('by_id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    removedAt: timestamp('removed_at', { withTimezone: true }),
  },
  (table) => [index('row_ledger_team').on(table.teamId, table.kind)],
);

/** Written by a journal, or done about a row that stands beside the plan. */
export type LoggedAction = JournalAction | 'acceptPlace' | 'adoptRow' | 'excludeFromRule';

/** Who moved which account when and why: only ever added to (the store refuses changes). */
export const assignmentLog = pgTable(
  'assignment_log',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    accountId: text('account_id').notNull(),
    accountName: text('account_name').notNull(),
    teamId: text('team_id').notNull(),
    what: text('what').$type<LoggedAction>().notNull(),
    /** Territory, owner, member or value before and after. */
    fromId: text('from_id'),
    fromName: text('from_name'),
    toId: text('to_id'),
    toName: text('to_name'),
    why: text('why'),
    publishId: uuid('publish_id'),
    publishRowId: bigint('publish_row_id', { mode: 'number' }),
    planName: text('plan_name').notNull(),
    /** Who approved the plan that says so; null where nobody had to. */
    approvedBy: text('approved_by'),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
  },
  (table) => [
    index('assignment_log_account').on(table.accountId, table.at),
    // a crash between the CRM's reply and our note must not tell a move twice
    uniqueIndex('assignment_log_row').on(table.publishRowId),
  ],
);
