import { Access } from './access.ts';
import { BulkJobs } from './bulk/jobs.ts';
import { OrgDatabase } from './database.ts';
import { Faults } from './faults.ts';
import { Queries } from './soql/queries.ts';
import { Recent } from './rest/recent.ts';
import { Records } from './records.ts';
import { Schema, type ObjectSchema } from './schema.ts';
import { ACCOUNT_FAMILY, SAMPLE_FIELDS } from './schemas/accounts.ts';
import { STANDARD_FAMILY } from './schemas/standard.ts';
import { TERRITORY_FAMILY } from './schemas/territories.ts';
import { USER_FAMILY } from './schemas/users.ts';
import { Sessions } from './login/sessions.ts';
import { firstRecords, INTEGRATION_USER_ID, ORG_ID } from './firstRecords.ts';

export interface StateOptions {
  /** SQLite file; in memory when absent. */
  file?: string;
  objects?: ObjectSchema[];
  /** false: an org without Sales Territories. */
  territories?: boolean;
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

const withoutTerritories = (object: ObjectSchema): ObjectSchema => ({
  ...object,
  fields: object.fields.filter((field) => !field.referenceTo?.includes('Territory2')),
});

export function openState(options: StateOptions): OrgState {
  const now = options.now ?? Date.now;
  const base = [...USER_FAMILY, ...ACCOUNT_FAMILY, ...STANDARD_FAMILY, ...SAMPLE_FIELDS, ...(options.objects ?? [])];
  const schema = new Schema(
    options.territories === false ? base.map(withoutTerritories) : [...base, ...TERRITORY_FAMILY],
  );
  const db = new OrgDatabase(schema, { now, ...(options.file ? { file: options.file } : {}) });
  const records = new Records(db, schema);
  const access = new Access(db, schema);
  if (!db.row('Organization', ORG_ID))
    db.transaction(() => {
      for (const [object, rows] of Object.entries(firstRecords())) records.seed(object, rows, INTEGRATION_USER_ID);
    });
  const recent = new Recent(db, schema);
  const queries = new Queries({ schema, db, access, recent, now });
  const faults = new Faults();
  const sessions = new Sessions(db, ORG_ID, now);
  const bulk = new BulkJobs({ db, schema, records, faults, queries, now });
  bulk.endSessions = () => sessions.revokeAll();
  return {
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
}
