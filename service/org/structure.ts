import type { RecordId, TerritoryId, UserId } from '../core/ids.ts';
import type { OrgConnection } from './connection.ts';
import { requiredId, text } from './read.ts';
import { soql } from './soql.ts';
import { writeRecords, type RowOutcome } from './writes.ts';

/** A territory to be made; `developerName` is its own for ever, so that a repeat finds it again. */
export interface NewTerritory {
  name: string;
  developerName: string;
  parentId: TerritoryId;
}

export interface Membership {
  id: RecordId;
  territoryId: TerritoryId;
  userId: UserId;
  role: string | null;
}

/** Territories and who sits in them. Salesforce locks the whole hierarchy meanwhile: one request at a time, few rows each. */
export class OrgStructure {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** Makes territories beside their sisters: model, type and access levels are the parent's. */
  async createTerritories(territories: readonly NewTerritory[]): Promise<RowOutcome[]> {
    if (territories.length === 0) return [];
    const parents = await this.#connection.query(
      soql`SELECT Id, Territory2ModelId, Territory2TypeId, AccountAccessLevel, OpportunityAccessLevel, CaseAccessLevel
           FROM Territory2 WHERE Id IN ${[...new Set(territories.map(({ parentId }) => parentId))]}`,
    );
    const parentOf = new Map(parents.map((row) => [requiredId(row), row]));
    const records = territories.map(({ name, developerName, parentId }) => {
      const parent = parentOf.get(parentId) ?? {};
      return {
        attributes: { type: 'Territory2' },
        Name: name,
        DeveloperName: developerName,
        ParentTerritory2Id: parentId,
        Territory2ModelId: text(parent, 'Territory2ModelId'),
        Territory2TypeId: text(parent, 'Territory2TypeId'),
        ...Object.fromEntries(
          ['AccountAccessLevel', 'OpportunityAccessLevel', 'CaseAccessLevel'].flatMap((level) =>
            text(parent, level) === null ? [] : [[level, text(parent, level)]],
          ),
        ),
      };
    });
    const outcomes = await writeRecords(this.#connection, { kind: 'create', records });
    return Promise.all(outcomes.map((outcome, k) => this.#found(outcome, territories[k]!)));
  }

  /** A repeat of a lost reply meets its own work: its developer name is nobody else's. */
  async #found(outcome: RowOutcome, { developerName }: NewTerritory): Promise<RowOutcome> {
    const isThere = outcome.ok ? outcome.id === null : /DUPLICATE/.test(outcome.code);
    if (!isThere) return outcome;
    const [row] = await this.#connection.query(
      soql`SELECT Id FROM Territory2 WHERE DeveloperName = ${developerName} AND Territory2Model.State = 'Active'`,
    );
    return row ? { ok: true, id: requiredId(row), already: true } : outcome;
  }

  renameTerritories(names: readonly { id: TerritoryId; name: string }[]): Promise<RowOutcome[]> {
    const records = names.map(({ id, name }) => ({ attributes: { type: 'Territory2' }, id, Name: name }));
    return writeRecords(this.#connection, { kind: 'update', records });
  }

  /** Removes territories that nothing hangs on any more. */
  deleteTerritories(ids: readonly TerritoryId[]): Promise<RowOutcome[]> {
    return writeRecords(this.#connection, { kind: 'delete', ids: [...ids] });
  }

  /** Users in these territories, with the row that makes them members. */
  async memberships(territoryIds: readonly TerritoryId[]): Promise<Membership[]> {
    if (territoryIds.length === 0) return [];
    const wanted = new Set(territoryIds);
    const rows = await this.#connection.query(
      soql`SELECT Id, Territory2Id, UserId, RoleInTerritory2 FROM UserTerritory2Association
           WHERE IsActive = true AND Territory2.Territory2Model.State = 'Active' ORDER BY Id`,
    );
    return rows
      .map((row) => ({
        id: requiredId(row),
        territoryId: requiredId(row, 'Territory2Id'),
        userId: requiredId(row, 'UserId') as UserId,
        role: text(row, 'RoleInTerritory2'),
      }))
      .filter(({ territoryId }) => wanted.has(territoryId));
  }

  createMemberships(members: readonly Omit<Membership, 'id'>[]): Promise<RowOutcome[]> {
    const records = members.map(({ territoryId, userId, role }) => ({
      attributes: { type: 'UserTerritory2Association' },
      Territory2Id: territoryId,
      UserId: userId,
      ...(role === null ? {} : { RoleInTerritory2: role }),
    }));
    return writeRecords(this.#connection, { kind: 'create', records });
  }

  deleteMemberships(ids: readonly RecordId[]): Promise<RowOutcome[]> {
    return writeRecords(this.#connection, { kind: 'delete', ids: [...ids] });
  }
}
