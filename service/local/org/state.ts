import { Access } from './access.ts';
import { OrgDatabase } from './database.ts';
import { Faults } from './faults.ts';
import { Queries } from './soql/queries.ts';
import { RecordGuard } from './recordGuard.ts';
import { Records } from './records.ts';
import { Schema, type ObjectSchema } from './schema.ts';
import { ACCOUNT_FAMILY, SAMPLE_FIELDS } from './schemas/accounts.ts';
import { SHARING_FAMILY } from './schemas/sharing.ts';
import { TERRITORY_FAMILY } from './schemas/territories.ts';
import { USER_FAMILY } from './schemas/users.ts';
import { Sessions } from './login/sessions.ts';
import { keepShares } from './shares.ts';
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
  api: { used: number; limit: number };
  now: () => number;
}

/** An Enterprise Edition org of the sample's size. */
const DEFAULT_API_LIMIT = 100_000;

const withoutTerritories = (object: ObjectSchema): ObjectSchema => ({
  ...object,
  fields: object.fields.filter((field) => !field.referenceTo?.includes('Territory2')),
});

export function openState(options: StateOptions): OrgState {
  const now = options.now ?? Date.now;
  const base = [...USER_FAMILY, ...ACCOUNT_FAMILY, ...SHARING_FAMILY, ...SAMPLE_FIELDS, ...(options.objects ?? [])];
  const schema = new Schema(
    options.territories === false ? base.map(withoutTerritories) : [...base, ...TERRITORY_FAMILY],
  );
  const db = new OrgDatabase(schema, { now, ...(options.file ? { file: options.file } : {}) });
  const access = new Access(db, schema);
  const faults = new Faults();
  const records = new Records(db, schema, new RecordGuard({ db, access, faults }));
  keepShares(db, schema, { rights: () => access.forget(), rules: () => records.forgetRules() });
  if (!db.row('Organization', ORG_ID))
    db.transaction(() => {
      for (const [object, rows] of Object.entries(firstRecords())) records.seed(object, rows, INTEGRATION_USER_ID);
    });
  return {
    orgId: ORG_ID,
    schema,
    db,
    records,
    access,
    queries: new Queries({ db, access, now }),
    sessions: new Sessions(db, now),
    faults,
    api: { used: 0, limit: options.apiLimit ?? DEFAULT_API_LIMIT },
    now,
  };
}
