import { Rights, type UserRights } from './accessRights.ts';
import { userSchema } from './accessSchema.ts';
import { OWNERS, TERRITORIES } from './accessSql.ts';
import { quoted, type OrgDatabase, type Row } from './database.ts';
import type { Schema } from './schema.ts';
import type { SqlPart } from './soql/where.ts';

export interface RecordAccess {
  read: boolean;
  edit: boolean;
  /** delete and share: the owner, roles above, full access and Modify All. */
  all: boolean;
  /** change the owner: `all`, or 'Transfer Record' with edit access. */
  transfer: boolean;
}

/** Users whose records one sees by role, and territories by membership. */
export interface AccessScope {
  readonly owners: ReadonlySet<string>;
  readonly territories: ReadonlySet<string>;
}

type Level = 0 | 1 | 2 | 3;
const LEVELS: Record<string, Level> = { None: 0, Read: 1, Edit: 2, ReadEdit: 2, All: 3 };
const levelOf = (value: unknown): Level => LEVELS[String(value ?? 'None')] ?? 0;
const atLevel = (level: Level, transfers = false): RecordAccess => ({
  read: level >= 1,
  edit: level >= 2,
  all: level >= 3,
  transfer: level >= 3 || (transfers && level >= 2),
});

/** Objects that show only rows of accounts that the user sees. */
const FOLLOWS_ACCOUNT: Record<string, string> = {
  Account: 'Id',
  Contact: 'AccountId',
  Opportunity: 'AccountId',
  ObjectTerritory2Association: 'ObjectId',
  AccountTeamMember: 'AccountId',
  AccountShare: 'AccountId',
};
/** Where the model of a territory row stands; only territory managers see models that are not active. */
const MODEL_OF: Record<string, string> = {
  Territory2Model: 'Id',
  Territory2: 'Territory2ModelId',
  ObjectTerritory2AssignmentRule: 'Territory2ModelId',
};

/**
 * Who may see what: organisation-wide defaults, the owner and roles above, shares with the user or someone in a role
 * below, members of a territory of the account and of the territories above it, and users with View All.
 * Opportunities and contacts follow their account.
 */
export class Access {
  readonly rights: Rights;
  readonly #db: OrgDatabase;
  readonly #schema: Schema;
  readonly #hasTerritories: boolean;
  readonly #schemas = new Map<string, Schema>();
  #default: Level | undefined;
  readonly #factsOf = new Map<string, string>();

  constructor(db: OrgDatabase, schema: Schema) {
    this.#db = db;
    this.#schema = schema;
    this.#hasTerritories = schema.find('Territory2') !== undefined;
    this.rights = new Rights(db);
  }

  /** Permissions or the organisation-wide defaults have changed. */
  forget(): void {
    this.rights.forget();
    this.#schemas.clear();
    this.#default = undefined;
  }

  /** Organisation-wide default of accounts: None (private), Read or Edit. */
  get accountDefault(): string {
    return String(this.#db.get('SELECT DefaultAccountAccess AS level FROM Organization')?.['level'] ?? 'None');
  }

  /** The org's objects and fields as this user sees them; made once per user until a permission changes. */
  schemaFor(userId: string): Schema {
    let schema = this.#schemas.get(userId);
    if (!schema) this.#schemas.set(userId, (schema = userSchema(this.#schema, this.rights.of(userId))));
    return schema;
  }

  allData(userId: string): 'none' | 'view' | 'modify' {
    return this.rights.of(userId).data;
  }

  /** Developer names of the custom permissions that the user's permission sets hold. */
  customPermissions(userId: string): string[] {
    const rows = this.#db.all(
      `SELECT DISTINCT c.DeveloperName AS name FROM PermissionSetAssignment a
       JOIN SetupEntityAccess s ON s.ParentId = a.PermissionSetId JOIN CustomPermission c ON c.Id = s.SetupEntityId
       WHERE a.AssigneeId = ? ORDER BY 1`,
      [userId],
    );
    return rows.map((row) => String(row['name']));
  }

  #accounts(userId: string): SqlPart {
    const parts = [
      `SELECT Id FROM Account WHERE OwnerId IN (${OWNERS})`,
      `SELECT AccountId FROM AccountShare WHERE RowCause IN ('Manual', 'Team', 'Rule') AND UserOrGroupId IN (${OWNERS})`,
    ];
    const values = [userId, userId, userId, userId];
    if (this.#hasTerritories) {
      parts.push(
        `SELECT ObjectId FROM ObjectTerritory2Association WHERE IsDeleted = 0 AND Territory2Id IN (${TERRITORIES})`,
      );
      values.push(userId);
    }
    return { sql: parts.join(' UNION '), values };
  }

  #seesAll(object: string, rights: UserRights): boolean {
    const { viewAll, modifyAll } = rights.object(object);
    return rights.data !== 'none' || viewAll || modifyAll;
  }

  #accountDefault(): Level {
    return (this.#default ??= levelOf(this.accountDefault));
  }

  /** Condition that a query of this user carries; undefined when she sees every row of the object. */
  visible(object: string, alias: string, userId: string): SqlPart | undefined {
    const rights = this.rights.of(userId);
    const model = MODEL_OF[object];
    if (model && !rights.manageTerritories)
      return { sql: `${alias}.${model} IN (SELECT Id FROM Territory2Model WHERE State = 'Active')`, values: [] };
    const column = FOLLOWS_ACCOUNT[object];
    if (!column || this.#seesAll(object, rights) || this.#accountDefault() >= 1) return undefined;
    const accounts = this.#accounts(userId);
    if (object !== 'Opportunity') return { sql: `${alias}.${column} IN (${accounts.sql})`, values: accounts.values };
    return {
      sql: `(${alias}.OwnerId IN (${OWNERS}) OR ${alias}.AccountId IN (${accounts.sql}))`,
      values: [userId, userId, ...accounts.values],
    };
  }

  /** Whose records and which territories a user sees by role and membership; good for one request. */
  scopeOf(userId: string): AccessScope {
    const ids = (sql: string, values: string[]) =>
      new Set(this.#db.all(sql, values).map((row) => String(row['Id'] ?? row['id'])));
    return {
      owners: ids(OWNERS, [userId, userId]),
      territories: this.#hasTerritories ? ids(TERRITORIES, [userId]) : new Set(),
    };
  }

  #account(accountId: string, { owners, territories }: AccessScope): Level {
    const account = this.#facts('Account', accountId);
    if (!account || account['IsDeleted'] === 1) return this.#accountDefault();
    if (owners.has(String(account['OwnerId']))) return 3;
    const shares = this.#db
      .all(
        `SELECT UserOrGroupId AS who, AccountAccessLevel AS level FROM AccountShare
         WHERE AccountId = ? AND RowCause IN ('Manual', 'Team', 'Rule')`,
        [accountId],
      )
      .filter((row) => owners.has(String(row['who'])));
    const places = territories.size
      ? this.#db
          .all(
            `SELECT t.Id AS place, t.AccountAccessLevel AS level FROM ObjectTerritory2Association a
             JOIN Territory2 t ON t.Id = a.Territory2Id WHERE a.IsDeleted = 0 AND a.ObjectId = ?`,
            [accountId],
          )
          .filter((row) => territories.has(String(row['place'])))
      : [];
    const levels = [...shares, ...places].map((row) => levelOf(row['level'] ?? 'Read'));
    return Math.max(this.#accountDefault(), ...levels) as Level;
  }

  /** What access depends on, of one record: not the whole of it, because 200 are asked about at a time. */
  #facts(object: string, id: string): Row | undefined {
    let text = this.#factsOf.get(object);
    if (text === undefined) {
      const wanted = ['Id', 'IsDeleted', 'OwnerId', FOLLOWS_ACCOUNT[object] ?? 'Id'];
      const known = this.#schema.object(object);
      const columns = [...new Set(wanted)].filter((name) => known.byName.has(name.toLowerCase()));
      text = `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(object)} WHERE Id = ?`;
      this.#factsOf.set(object, text);
    }
    return this.#db.get(text, [id]);
  }

  #ownLevel(object: string, row: Row, scope: AccessScope): Level {
    if (object === 'Account') return this.#account(String(row['Id']), scope);
    const column = FOLLOWS_ACCOUNT[object];
    if (!column) return 2;
    if (row['OwnerId'] != null && scope.owners.has(String(row['OwnerId']))) return 3;
    return row[column] ? this.#account(String(row[column]), scope) : 0;
  }

  /** `scope`: where many records are asked about in one request, what the user sees by role is worked out once. */
  of(userId: string, recordId: string, scope?: AccessScope): RecordAccess {
    const object = this.#schema.ofId(recordId)?.name;
    const row = object ? this.#facts(object, recordId) : undefined;
    if (!object || !row || row['IsDeleted'] === 1) return atLevel(0);
    const rights = this.rights.of(userId);
    const of = rights.object(object);
    if (rights.data === 'modify' || of.modifyAll) return atLevel(3);
    // rights on the object come first: without Read nothing of it is seen, without Edit a share cannot write
    const ceiling = rights.data === 'view' || of.viewAll || of.read ? (of.edit ? 3 : 1) : 0;
    const floor = rights.data === 'view' || of.viewAll ? 1 : 0;
    const own = this.#ownLevel(object, row, scope ?? this.scopeOf(userId));
    const level = Math.min(ceiling, Math.max(floor, own)) as Level;
    const access = atLevel(level, rights.transferRecords);
    return { ...access, all: access.all && of.delete };
  }
}
