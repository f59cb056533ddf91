import { recordId, type AccountId, type RecordId, type UserId } from '../core/ids.ts';
import { chunked, IDS_PER_QUERY, rowsAmong } from './among.ts';
import type { CrmRecord, OrgConnection } from './connection.ts';
import { reference, requiredId, text } from './read.ts';
import { names, soql } from './soql.ts';
import { writeRecords, type RowOutcome } from './writes.ts';

/** Who holds an account now, and who touched its record last. */
export interface HeldAccount {
  id: AccountId;
  ownerId: UserId;
  ownerName: string | null;
  /** False for a user who has left: the CRM gives nothing back to her. */
  ownerIsActive: boolean;
  lastModified: string;
  lastModifiedById: UserId | null;
  /** The value of the stamped field, where one was asked for. */
  stamp: string | null;
}

/** Retrieve takes at most 2,000 ids a request. */
const IDS_PER_RETRIEVE = 2_000;

/** A field of Account that holds the code of a territory. */
export interface Stamp {
  accountId: AccountId;
  field: string;
  value: string | null;
}

export class OrgOwnership {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** Owners of these accounts; one that is gone, or that the integration user may not see, is missing. */
  async heldAccounts(ids: readonly AccountId[], stampField: string | null = null): Promise<HeldAccount[]> {
    const fields = ['Id', 'OwnerId', 'LastModifiedDate', 'LastModifiedById', ...(stampField ? [stampField] : [])];
    const rows: CrmRecord[] = [];
    for (const some of chunked([...new Set(ids)], IDS_PER_RETRIEVE)) {
      if (some.length <= IDS_PER_QUERY) {
        rows.push(
          ...(await this.#connection.query(
            soql`SELECT ${names(...fields)} FROM Account WHERE Id IN ${some} ORDER BY Id`,
          )),
        );
        continue;
      }
      const found = (await this.#connection.call({
        method: 'POST',
        url: '/composite/sobjects/Account',
        body: { ids: some, fields },
      })) as (CrmRecord | null)[];
      for (const row of found) if (row) rows.push(row);
    }
    const owners = await this.userNames([...new Set(rows.map((row) => requiredId(row, 'OwnerId')))]);
    return rows.map((row) => {
      const ownerId: UserId = requiredId(row, 'OwnerId');
      const owner = owners.get(ownerId);
      return {
        id: requiredId(row),
        ownerId,
        ownerName: owner?.name ?? null,
        ownerIsActive: owner?.isActive ?? true,
        lastModified: new Date(text(row, 'LastModifiedDate') ?? 0).toISOString(),
        lastModifiedById: reference(row, 'LastModifiedById'),
        stamp: stampField === null ? null : text(row, stampField),
      };
    });
  }

  /** Names of users, those who have left among them. */
  async userNames(ids: readonly (UserId | RecordId)[]): Promise<Map<UserId, { name: string; isActive: boolean }>> {
    const found = new Map<UserId, { name: string; isActive: boolean }>();
    const fields = names('Id', 'Name', 'IsActive');
    for await (const page of rowsAmong(this.#connection, { object: 'User', fields, key: 'Id', ids }))
      for (const row of page)
        found.set(recordId(String(row['Id'])), { name: text(row, 'Name') ?? '', isActive: row['IsActive'] === true });
    return found;
  }

  /** At most 200. Territory rules stay asleep: they would undo what is being published. */
  setOwners(changes: readonly { accountId: AccountId; ownerId: UserId }[]): Promise<RowOutcome[]> {
    const records = changes.map(({ accountId, ownerId }) => ({
      attributes: { type: 'Account' },
      id: accountId,
      OwnerId: ownerId,
    }));
    return writeRecords(this.#connection, { kind: 'update', records, autoAssign: false });
  }

  /** At most 200. `runRules` lets the org's assignment rules place the accounts by their new code. */
  setStamps(stamps: readonly Stamp[], runRules: boolean): Promise<RowOutcome[]> {
    const records = stamps.map(({ accountId, field, value }) => ({
      attributes: { type: 'Account' },
      id: accountId,
      [names(field).text]: value,
    }));
    return writeRecords(this.#connection, { kind: 'update', records, autoAssign: runRules });
  }
}
