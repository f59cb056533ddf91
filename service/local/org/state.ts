import { Access } from './access.ts';
import { BulkJobs } from './bulk/jobs.ts';
import { OrgDatabase } from './database.ts';
import { Faults } from './faults.ts';
import { Queries } from './soql/queries.ts';
import { orgSchema, type SchemaOptions } from './folder/orgSchema.ts';
import { seedFolder } from './folder/seedFolder.ts';
import { RecordGuard } from './recordGuard.ts';
import { Recent } from './rest/recent.ts';
import { Records } from './records.ts';
import type { Schema } from './schema.ts';
import { Sessions } from './login/sessions.ts';
import { keepShares } from './shares.ts';
import { firstRecords, INTEGRATION_USER_ID, ORG_ID } from './firstRecords.ts';

export interface StateOptions extends SchemaOptions {
  /** SQLite file; in memory when absent. */
  file?: string;
  apiLimit?: number;
  now?: () => number;
}

/** Everything one stand-in org holds; the HTTP side only translates. */
export interface OrgState {
  orgId: string;
  schema: Schema;
  db: OrgDatabase;
  records: Records;
  access: Access;
  queries: Queries;
  sessions: Sessions;
  faults: Faults;
  recent: Recent;
  bulk: BulkJobs;
  /** API versions that it answers: "31.0" to "67.0". */
  versions: string[];
  /** When this org was opened; descriptions have not changed since. */
  startedMs: number;
  api: { used: number; limit: number };
  now: () => number;
}

/** An Enterprise Edition org of the sample's size. */
const DEFAULT_API_LIMIT = 100_000;

/** Versions that Salesforce still serves in Summer '26. */
const OLDEST_VERSION = 31;
const NEWEST_VERSION = 67;

export function openState(options: StateOptions): OrgState {
  const now = options.now ?? Date.now;
  const { schema, rules } = orgSchema(options);
  const db = new OrgDatabase(schema, { now, ...(options.file ? { file: options.file } : {}) });
  const access = new Access(db, schema);
  const faults = new Faults();
  const records = new Records(db, schema, new RecordGuard({ db, access, faults, rules }));
  keepShares(db, schema, { rights: () => access.forget(), rules: () => records.forgetRules() });
  const sessions = new Sessions(db, ORG_ID, now);
  const recent = new Recent(db, schema);
  const queries = new Queries({ db, access, recent, now });
  const bulk = new BulkJobs({ db, schema, records, faults, queries, now });
  bulk.endSessions = () => sessions.revokeAll();
  bulk.troubleFor = (job) => faults.forJob(job);
  const state: OrgState = {
    orgId: ORG_ID,
    schema,
    db,
    records,
    access,
    queries,
    sessions,
    faults,
    bulk,
    recent,
    versions: Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, k) => `${OLDEST_VERSION + k}.0`),
    startedMs: now(),
    api: { used: 0, limit: options.apiLimit ?? DEFAULT_API_LIMIT },
    now,
  };
  if (!db.row('Organization', ORG_ID))
    db.transaction(() => {
      for (const [object, rows] of Object.entries(firstRecords())) records.seed(object, rows, INTEGRATION_USER_ID);
      if (options.folder) seedFolder(state, options.folder);
    });
  else if (options.folder?.org.apiLimit !== undefined) state.api.limit = options.folder.org.apiLimit;
  return state;
}
