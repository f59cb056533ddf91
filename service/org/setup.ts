import type { OrgConnection } from './connection.ts';
import { requiredId, text } from './read.ts';
import { soql } from './soql.ts';

/** What the integration user may do with an object; null fields are unknown to her. */
export interface ObjectRights {
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  fields: ReadonlyMap<string, { createable: boolean; updateable: boolean }>;
}

/** Rights of the integration user that are no object's. */
export interface UserRights {
  transfer: boolean;
  viewAll: boolean;
  manageTerritories: boolean;
}

interface DescribeAnswer extends Omit<ObjectRights, 'fields'> {
  fields: { name: string; createable: boolean; updateable: boolean }[];
}

/** How the org is set up, as far as the product depends on it. */
export class OrgSetup {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** The org's default time zone, such as America/New_York. */
  async timeZone(): Promise<string> {
    const { orgId } = this.#connection.identity;
    const row = (await this.#connection.call({
      method: 'GET',
      url: `/sobjects/Organization/${orgId}?fields=TimeZoneSidKey`,
    })) as Record<string, unknown>;
    return text(row, 'TimeZoneSidKey') ?? 'UTC';
  }

  /** Versions of the API that the org offers, such as 66.0. */
  async apiVersions(): Promise<{ used: string; offered: string[] }> {
    const offered = (await this.#connection.call({ method: 'GET', url: '/services/data' })) as { version: string }[];
    return { used: this.#connection.apiVersion, offered: offered.map(({ version }) => version) };
  }

  /** Null where the org has no such object or the integration user may not know of it. */
  async objectRights(object: string): Promise<ObjectRights | null> {
    const answer = (await this.#connection.callIfThere({ method: 'GET', url: `/sobjects/${object}/describe` })) as
      DescribeAnswer | undefined;
    if (!answer) return null;
    const { createable, updateable, deletable, fields } = answer;
    return { createable, updateable, deletable, fields: new Map(fields.map((field) => [field.name, field])) };
  }

  async userRights(): Promise<UserRights> {
    const { userId } = this.#connection.identity;
    const sets = await this.#connection.query(
      soql`SELECT Id, PermissionsViewAllData, PermissionsModifyAllData, PermissionsTransferAnyEntity,
             PermissionsManageTerritories
           FROM PermissionSet WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${userId})`,
    );
    const has = (name: string): boolean => sets.some((row) => row[name] === true);
    const ids = sets.map((row) => requiredId(row));
    const objects = ids.length
      ? await this.#connection.query(
          soql`SELECT Id FROM ObjectPermissions
               WHERE SobjectType = 'Account' AND PermissionsViewAllRecords = true AND ParentId IN ${ids}`,
        )
      : [];
    return {
      transfer: has('PermissionsTransferAnyEntity') || has('PermissionsModifyAllData'),
      viewAll: has('PermissionsViewAllData') || has('PermissionsModifyAllData') || objects.length > 0,
      manageTerritories: has('PermissionsManageTerritories'),
    };
  }
}
