import { BailiwickError } from '../core/errors.ts';
import type { AccountId, RecordId, TerritoryId, UserId } from '../core/ids.ts';
import { chunked, IDS_PER_QUERY } from './among.ts';
import type { CrmRecord, OrgConnection } from './connection.ts';
import { parent, reference, requiredId, text } from './read.ts';
import { names, soql } from './soql.ts';
import { writeRecords, type RowOutcome } from './writes.ts';

export interface TerritoryModel {
  id: RecordId;
  name: string;
}
export interface OrgTerritory {
  id: TerritoryId;
  name: string;
  developerName: string;
  parentId: TerritoryId | null;
  typeName: string | null;
}
export interface TerritoryUser {
  territoryId: TerritoryId;
  userId: UserId;
  userName: string;
  role: string | null;
  isActive: boolean;
}
/** An account's place in a territory. "rule": the rules engine wrote it, and only it may take it away. */
export interface Association {
  id: RecordId;
  accountId: AccountId;
  territoryId: TerritoryId;
  cause: 'rule' | 'manual';
  lastModified: string;
  lastModifiedById: UserId | null;
}

export class OrgTerritories {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** The one active territory model. @throws org_refused when there is none */
  async activeModel(): Promise<TerritoryModel> {
    const [model] = await this.#connection.query(soql`SELECT Id, Name FROM Territory2Model WHERE State = 'Active'`);
    if (!model)
      throw new BailiwickError('org_refused', 'No territory model is active in this org.', {
        action: 'Activate a territory model in Setup, Territory Models.',
      });
    return { id: requiredId(model), name: text(model, 'Name') ?? '' };
  }

  /** Every territory of the active model, parents by id. */
  async territories(): Promise<OrgTerritory[]> {
    const rows = await this.#connection.query(
      soql`SELECT Id, Name, DeveloperName, ParentTerritory2Id, Territory2Type.MasterLabel FROM Territory2
           WHERE Territory2Model.State = 'Active' ORDER BY Name`,
    );
    return rows.map((row) => ({
      id: requiredId(row),
      name: text(row, 'Name') ?? '',
      developerName: text(row, 'DeveloperName') ?? '',
      parentId: reference(row, 'ParentTerritory2Id'),
      typeName: text(parent(row, 'Territory2Type'), 'MasterLabel'),
    }));
  }

  async territoryUsers(): Promise<TerritoryUser[]> {
    const rows = await this.#connection.query(
      soql`SELECT Territory2Id, UserId, User.Name, User.IsActive, RoleInTerritory2 FROM UserTerritory2Association
           WHERE IsActive = true AND Territory2.Territory2Model.State = 'Active' ORDER BY Id`,
    );
    return rows.map((row) => ({
      territoryId: requiredId(row, 'Territory2Id'),
      userId: requiredId(row, 'UserId'),
      userName: text(parent(row, 'User'), 'Name') ?? '',
      role: text(row, 'RoleInTerritory2'),
      isActive: parent(row, 'User')?.['IsActive'] === true,
    }));
  }

  /** Accounts' rows in these territories, in the order of their ids; of these accounts only, where some are named. */
  async associations(filter: {
    territoryIds: readonly TerritoryId[];
    accountIds?: readonly AccountId[];
  }): Promise<Association[]> {
    const { territoryIds, accountIds } = filter;
    if (accountIds && accountIds.length <= IDS_PER_QUERY) return this.#ofAccounts(accountIds, new Set(territoryIds));
    const found: Association[] = [];
    for (const ids of chunked(territoryIds, IDS_PER_QUERY)) {
      const query = soql`SELECT ${FIELDS} FROM ObjectTerritory2Association
                         WHERE Territory2Id IN ${ids} AND SobjectType = 'Account' ORDER BY Id`;
      for await (const page of this.#connection.pages(query)) for (const row of page) found.push(associationOf(row));
    }
    const wanted = accountIds && new Set(accountIds);
    return wanted ? found.filter(({ accountId }) => wanted.has(accountId)) : found;
  }

  async #ofAccounts(accountIds: readonly AccountId[], territories: ReadonlySet<TerritoryId>): Promise<Association[]> {
    if (accountIds.length === 0) return [];
    const rows = await this.#connection.query(
      soql`SELECT ${FIELDS} FROM ObjectTerritory2Association WHERE ObjectId IN ${[...accountIds]} ORDER BY Id`,
    );
    return rows.map(associationOf).filter(({ territoryId }) => territories.has(territoryId));
  }

  /** Rows of these territories that were deleted; Salesforce forgets them after twelve hours. */
  async deletedAssociations(territoryIds: readonly TerritoryId[]): Promise<Association[]> {
    const found: Association[] = [];
    for (const ids of chunked(territoryIds, IDS_PER_QUERY)) {
      const query = soql`SELECT ${FIELDS} FROM ObjectTerritory2Association
                         WHERE Territory2Id IN ${ids} AND IsDeleted = true ORDER BY Id`;
      for await (const page of this.#connection.pages(query, { deleted: true }))
        for (const row of page) found.push(associationOf(row));
    }
    return found;
  }

  /** At most 200 rows; a row that is already there counts as done. */
  createAssociations(rows: readonly { accountId: AccountId; territoryId: TerritoryId }[]): Promise<RowOutcome[]> {
    const records = rows.map((row) => ({
      attributes: { type: 'ObjectTerritory2Association' },
      ObjectId: row.accountId,
      Territory2Id: row.territoryId,
      AssociationCause: 'Territory2Manual',
    }));
    return writeRecords(this.#connection, { kind: 'create', records });
  }

  /** At most 200 rows; a row that is already gone counts as done. */
  deleteAssociations(ids: readonly RecordId[]): Promise<RowOutcome[]> {
    return writeRecords(this.#connection, { kind: 'delete', ids: [...ids] });
  }
}

const FIELDS = names('Id', 'ObjectId', 'Territory2Id', 'AssociationCause', 'LastModifiedDate', 'LastModifiedById');

const associationOf = (row: CrmRecord): Association => ({
  id: requiredId(row),
  accountId: requiredId(row, 'ObjectId'),
  territoryId: requiredId(row, 'Territory2Id'),
  cause: row['AssociationCause'] === 'Territory2AssignmentRule' ? 'rule' : 'manual',
  lastModified: new Date(text(row, 'LastModifiedDate') ?? 0).toISOString(),
  lastModifiedById: reference(row, 'LastModifiedById'),
});
