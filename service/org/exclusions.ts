import type { AccountId, TerritoryId } from '../core/ids.ts';
import type { OrgConnection } from './connection.ts';
import { writeRecords, type RowOutcome } from './writes.ts';

/** Accounts that assignment rules are to leave out of a territory. */
export class OrgExclusions {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** At most 200; an exclusion that is already there counts as done. */
  createExclusions(rows: readonly { accountId: AccountId; territoryId: TerritoryId }[]): Promise<RowOutcome[]> {
    const records = rows.map(({ accountId, territoryId }) => ({
      attributes: { type: 'Territory2ObjectExclusion' },
      ObjectId: accountId,
      Territory2Id: territoryId,
    }));
    return writeRecords(this.#connection, { kind: 'create', records });
  }

  /** Saves accounts as they are, so that the org's assignment rules look at them again. At most 200. */
  runRulesOn(accountIds: readonly AccountId[]): Promise<RowOutcome[]> {
    const records = accountIds.map((id) => ({ attributes: { type: 'Account' }, id }));
    return writeRecords(this.#connection, { kind: 'update', records, autoAssign: true });
  }
}
