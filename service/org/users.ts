import type { RecordId, UserId } from '../core/ids.ts';
import { chunked } from './among.ts';
import type { CrmRecord, OrgConnection } from './connection.ts';
import { firstValue, userFields, type UserRole } from './mapping.ts';
import type { OrgMapping } from './orgMapping.ts';
import { reference, requiredId, text } from './read.ts';
import { names, soql } from './soql.ts';

export interface OrgUser {
  id: UserId;
  name: string;
  email: string | null;
  isActive: boolean;
  roleId: RecordId | null;
  postalCode: string | null;
  city: string | null;
  latitude: number | null;
  longitude: number | null;
  /** What she is to sell; null when the org keeps no quota with its users. */
  quotaUsd: number | null;
}

export interface RecordAccess {
  read: boolean;
  edit: boolean;
}

/** UserRecordAccess takes one user and at most 200 records a query. */
const RECORDS_PER_QUERY = 200;
/** An answer is kept at most this long, so that a revoked share stops working within minutes. */
const MAX_AGE_MS = 5 * 60_000;
/** Users whose answers are kept at once. */
const MAX_USERS = 500;

export class OrgUsers {
  readonly #connection: OrgConnection;
  readonly #mapping: OrgMapping;
  readonly #known = new Map<UserId, Map<RecordId, RecordAccess & { at: number }>>();

  constructor(connection: OrgConnection, mapping: OrgMapping) {
    this.#connection = connection;
    this.#mapping = mapping;
  }

  async users(): Promise<OrgUser[]> {
    const mapping = await this.#mapping.mapping();
    const fields = names('Id', 'Name', 'Email', 'IsActive', 'UserRoleId', ...userFields(mapping));
    const rows = await this.#connection.query(soql`SELECT ${fields} FROM User ORDER BY Name`);
    const textOf = (row: CrmRecord, role: UserRole): string | null => {
      const value = firstValue(row, mapping.user[role]);
      return typeof value === 'string' ? value : null;
    };
    const numberOf = (row: CrmRecord, role: UserRole): number | null => {
      const value = firstValue(row, mapping.user[role]);
      return typeof value === 'number' ? value : null;
    };
    return rows.map((row) => ({
      id: requiredId(row),
      name: text(row, 'Name') ?? '',
      email: text(row, 'Email'),
      isActive: row['IsActive'] === true,
      roleId: reference(row, 'UserRoleId'),
      postalCode: textOf(row, 'postalCode'),
      city: textOf(row, 'city'),
      latitude: numberOf(row, 'latitude'),
      longitude: numberOf(row, 'longitude'),
      quotaUsd: numberOf(row, 'quotaUsd'),
    }));
  }

  /** What this user may do with these records; one that is not there can be neither read nor edited. */
  async access(userId: UserId, recordIds: readonly RecordId[]): Promise<Map<RecordId, RecordAccess>> {
    const now = this.#connection.clock.now();
    const kept = this.#known.get(userId) ?? new Map<RecordId, RecordAccess & { at: number }>();
    // re-inserted, so that the user who asked longest ago is the first to be forgotten
    this.#known.delete(userId);
    this.#known.set(userId, kept);
    for (const [oldest] of this.#known) if (this.#known.size > MAX_USERS) this.#known.delete(oldest);
    for (const [id, { at }] of kept) if (now - at >= MAX_AGE_MS) kept.delete(id);
    const unknown = [...new Set(recordIds)].filter((id) => !kept.has(id));
    for (const ids of chunked(unknown, RECORDS_PER_QUERY)) {
      const rows = await this.#ask(userId, ids);
      // known only now: a second caller must never read an answer that has not come yet
      for (const id of ids) kept.set(id, { read: false, edit: false, at: now });
      for (const row of rows)
        kept.set(requiredId(row, 'RecordId'), {
          read: row['HasReadAccess'] === true,
          edit: row['HasEditAccess'] === true,
          at: now,
        });
    }
    const none = { read: false, edit: false };
    return new Map(
      recordIds.map((id) => {
        const { read, edit } = kept.get(id) ?? none;
        return [id, { read, edit }];
      }),
    );
  }

  #ask(userId: UserId, ids: RecordId[]) {
    return this.#connection.query(
      soql`SELECT RecordId, HasReadAccess, HasEditAccess FROM UserRecordAccess
           WHERE UserId = ${userId} AND RecordId IN ${ids}`,
    );
  }

  /** Forgets every answer, after a publish changed who sees what. */
  forgetAccess(): void {
    this.#known.clear();
  }
}
