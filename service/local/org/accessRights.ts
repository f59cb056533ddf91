import type { OrgDatabase, Row } from './database.ts';

export interface ObjectRights {
  create: boolean;
  read: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
  modifyAll: boolean;
}

/** What one user's profile and permission sets give together. */
export interface UserRights {
  data: 'none' | 'view' | 'modify';
  apiEnabled: boolean;
  transferRecords: boolean;
  manageTerritories: boolean;
  object(name: string): ObjectRights;
  field(object: string, field: string): { read: boolean; edit: boolean };
}

const EVERYTHING: ObjectRights = {
  create: true,
  read: true,
  edit: true,
  delete: true,
  viewAll: false,
  modifyAll: false,
};
const NOTHING: ObjectRights = { ...EVERYTHING, create: false, read: false, edit: false, delete: false };
const OPEN = { read: true, edit: true };

const objectRights = (row: Row): ObjectRights => ({
  create: row['PermissionsCreate'] === 1,
  read: row['PermissionsRead'] === 1,
  edit: row['PermissionsEdit'] === 1,
  delete: row['PermissionsDelete'] === 1,
  viewAll: row['PermissionsViewAllRecords'] === 1,
  modifyAll: row['PermissionsModifyAllRecords'] === 1,
});

function either<T extends object>(a: T, b: T): T {
  return Object.fromEntries(
    Object.entries(a).map(([name, value]) => [name, Boolean(value) || (b as Record<string, unknown>)[name] === true]),
  ) as T;
}

/**
 * Permission sets add up, as in Salesforce. Simpler than Salesforce: what a profile's own permission set does not mention
 * is allowed, so that a small org folder need not list every field; a row there decides, and permission sets add to it.
 */
export class Rights {
  readonly #db: OrgDatabase;
  readonly #known = new Map<string, UserRights>();

  constructor(db: OrgDatabase) {
    this.#db = db;
  }

  /** Called by triggers whenever a row that decides is written. */
  forget(): void {
    this.#known.clear();
  }

  of(userId: string): UserRights {
    const known = this.#known.get(userId);
    if (known) return known;
    const rights = this.#read(userId);
    this.#known.set(userId, rights);
    return rights;
  }

  #sets(userId: string): Row[] {
    return this.#db.all(
      `SELECT p.* FROM PermissionSet p JOIN "User" u ON u.ProfileId = p.ProfileId WHERE u.Id = ?
       UNION SELECT p.* FROM PermissionSet p JOIN PermissionSetAssignment a ON a.PermissionSetId = p.Id WHERE a.AssigneeId = ?`,
      [userId, userId],
    );
  }

  #read(userId: string): UserRights {
    const sets = this.#sets(userId);
    const has = (name: string): boolean => sets.some((set) => set[name] === 1);
    const data = has('PermissionsModifyAllData') ? 'modify' : has('PermissionsViewAllData') ? 'view' : 'none';
    const profile = sets.filter((set) => set['IsOwnedByProfile'] === 1).map((set) => String(set['Id']));
    const objects = this.#rows('ObjectPermissions', sets).map((row) => ({
      key: String(row['SobjectType']).toLowerCase(),
      value: objectRights(row),
      isProfile: profile.includes(String(row['ParentId'])),
    }));
    const fields = this.#rows('FieldPermissions', sets).map((row) => ({
      key: String(row['Field']).toLowerCase(),
      value: { read: row['PermissionsRead'] === 1, edit: row['PermissionsEdit'] === 1 },
      isProfile: profile.includes(String(row['ParentId'])),
    }));
    const objectsByKey = merged(objects, EVERYTHING, NOTHING);
    const fieldsByKey = merged(fields, OPEN, { read: false, edit: false });
    return {
      data,
      apiEnabled: profile.length === 0 || has('PermissionsApiEnabled'),
      transferRecords: data === 'modify' || has('PermissionsTransferAnyEntity'),
      manageTerritories: has('PermissionsManageTerritories'),
      object: (name) => objectsByKey.get(name.toLowerCase()) ?? EVERYTHING,
      field: (object, field) => fieldsByKey.get(`${object}.${field}`.toLowerCase()) ?? OPEN,
    };
  }

  #rows(table: string, sets: Row[]): Row[] {
    return sets.flatMap((set) => this.#db.all(`SELECT * FROM ${table} WHERE ParentId = ?`, [String(set['Id'])]));
  }
}

interface Entry<T> {
  key: string;
  value: T;
  isProfile: boolean;
}

/** The profile's row decides, or `open` where it has none; permission sets add to it. */
function merged<T extends object>(entries: Entry<T>[], open: T, closed: T): Map<string, T> {
  const byKey = new Map<string, T>();
  for (const key of new Set(entries.map((entry) => entry.key))) {
    const mine = entries.filter((entry) => entry.key === key);
    const profile = mine.find((entry) => entry.isProfile)?.value ?? open;
    byKey.set(
      key,
      mine
        .filter((entry) => !entry.isProfile)
        .reduce((sum, entry) => either(sum, entry.value), either(closed, profile)),
    );
  }
  return byKey;
}
