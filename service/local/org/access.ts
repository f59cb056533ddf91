import type { OrgDatabase } from './database.ts';
import type { Schema } from './schema.ts';
import type { SqlPart } from './soql/where.ts';

export interface RecordAccess {
  read: boolean;
  edit: boolean;
  /** delete, transfer and share: the owner, roles above and Modify All. */
  all: boolean;
}

const NONE: RecordAccess = { read: false, edit: false, all: false };

/** Users whose records this user sees by role: herself and everyone in a role below hers. One parameter: the user id, twice. */
const OWNERS = `
  WITH RECURSIVE below(id) AS (
    SELECT child.Id FROM UserRole child JOIN "User" me ON child.ParentRoleId = me.UserRoleId WHERE me.Id = ?
    UNION SELECT child.Id FROM UserRole child JOIN below ON child.ParentRoleId = below.id)
  SELECT u.Id FROM "User" u WHERE u.Id = ? OR u.UserRoleId IN (SELECT id FROM below)`;

/** Territories of the active model where the user is a member, with their descendants. One parameter: the user id. */
const TERRITORIES = `
  WITH RECURSIVE mine(id) AS (
    SELECT m.Territory2Id FROM UserTerritory2Association m
      JOIN Territory2 t ON t.Id = m.Territory2Id
      JOIN Territory2Model model ON model.Id = t.Territory2ModelId AND model.State = 'Active'
      WHERE m.UserId = ? AND m.IsActive = 1
    UNION SELECT t.Id FROM Territory2 t JOIN mine ON t.ParentTerritory2Id = mine.id)
  SELECT id FROM mine`;

/**
 * Who may see what, with accounts private: the owner, roles above the owner, members of a territory of the account and of
 * the territories above it, and users with View All. Opportunities and contacts follow their account.
 */
export class Access {
  readonly #db: OrgDatabase;
  readonly #schema: Schema;
  readonly #hasTerritories: boolean;

  constructor(db: OrgDatabase, schema: Schema) {
    this.#db = db;
    this.#schema = schema;
    this.#hasTerritories = schema.find('Territory2') !== undefined;
  }

  /** The stronger of what the user's permission sets give over all data. */
  allData(userId: string): 'none' | 'view' | 'modify' {
    const row = this.#db.get(
      `SELECT max(p.PermissionsViewAllData) AS canView, max(p.PermissionsModifyAllData) AS canModify
       FROM PermissionSetAssignment a JOIN PermissionSet p ON p.Id = a.PermissionSetId WHERE a.AssigneeId = ?`,
      [userId],
    );
    return row?.['canModify'] === 1 ? 'modify' : row?.['canView'] === 1 ? 'view' : 'none';
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
    const owned = `SELECT Id FROM Account WHERE OwnerId IN (${OWNERS})`;
    if (!this.#hasTerritories) return { sql: owned, values: [userId, userId] };
    const assigned = `SELECT ObjectId FROM ObjectTerritory2Association WHERE IsDeleted = 0 AND Territory2Id IN (${TERRITORIES})`;
    return { sql: `${owned} UNION ${assigned}`, values: [userId, userId, userId] };
  }

  /** Condition that a query of this user carries; undefined when she sees every row of the object. */
  visible(object: string, alias: string, userId: string): SqlPart | undefined {
    const columns: Record<string, string> = {
      Account: 'Id',
      Contact: 'AccountId',
      Opportunity: 'AccountId',
      ObjectTerritory2Association: 'ObjectId',
    };
    const column = columns[object];
    if (!column || this.allData(userId) !== 'none') return undefined;
    const accounts = this.#accounts(userId);
    if (object !== 'Opportunity') return { sql: `${alias}.${column} IN (${accounts.sql})`, values: accounts.values };
    return {
      sql: `(${alias}.OwnerId IN (${OWNERS}) OR ${alias}.AccountId IN (${accounts.sql}))`,
      values: [userId, userId, ...accounts.values],
    };
  }

  #account(userId: string, accountId: string): RecordAccess {
    const owned = this.#db.get(`SELECT 1 FROM Account WHERE Id = ? AND IsDeleted = 0 AND OwnerId IN (${OWNERS})`, [
      accountId,
      userId,
      userId,
    ]);
    if (owned) return { read: true, edit: true, all: true };
    if (!this.#hasTerritories) return NONE;
    const levels = this.#db
      .all(
        `SELECT t.AccountAccessLevel AS level FROM ObjectTerritory2Association a
         JOIN Territory2 t ON t.Id = a.Territory2Id JOIN Account x ON x.Id = a.ObjectId AND x.IsDeleted = 0
         WHERE a.IsDeleted = 0 AND a.ObjectId = ? AND t.Id IN (${TERRITORIES})`,
        [accountId, userId],
      )
      .map((row) => row['level']);
    if (levels.length === 0) return NONE;
    return { read: true, edit: levels.some((level) => level !== 'Read'), all: levels.includes('All') };
  }

  of(userId: string, recordId: string): RecordAccess {
    const object = this.#schema.ofId(recordId)?.name;
    if (!object) return NONE;
    const row = this.#db.row(object, recordId);
    if (!row || row['IsDeleted'] === 1) return NONE;
    const data = this.allData(userId);
    if (data === 'modify') return { read: true, edit: true, all: true };
    let access: RecordAccess = { read: true, edit: false, all: false };
    if (object === 'Account') access = this.#account(userId, recordId);
    else if (object === 'Contact' || object === 'Opportunity') {
      const accountId = row['AccountId'];
      access = accountId ? this.#account(userId, String(accountId)) : NONE;
      const isOwner = this.#db.get(`SELECT 1 WHERE ? IN (${OWNERS})`, [row['OwnerId'] ?? null, userId, userId]);
      if (isOwner) access = { read: true, edit: true, all: true };
    }
    return data === 'view' ? { ...access, read: true } : access;
  }
}
