import type { AccountId, RecordId } from '../core/ids.ts';
import type { OrgConnection } from './connection.ts';
import { requiredId, text } from './read.ts';
import { soql, type Soql } from './soql.ts';

/** An account, or a row of one in a territory, that changed or went. */
export interface CrmChange {
  recordId: RecordId;
  accountId: AccountId;
  /** When Salesforce noted the change. */
  stamp: string;
  isDeleted: boolean;
}

/** What changed in the CRM since a moment; deleted records are told for some hours only, so this is asked often. */
export class OrgFeed {
  readonly #connection: OrgConnection;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** Accounts and their territory rows, deleted ones among them, changed at or after the moment. */
  async changedSince(since: Date): Promise<CrmChange[]> {
    const accounts = soql`SELECT Id, SystemModstamp, IsDeleted FROM Account
                          WHERE SystemModstamp >= ${since} ORDER BY Id`;
    const rows = soql`SELECT Id, ObjectId, SystemModstamp, IsDeleted FROM ObjectTerritory2Association
                      WHERE SystemModstamp >= ${since} AND SobjectType = 'Account' ORDER BY Id`;
    return [...(await this.#read(accounts, 'Id')), ...(await this.#read(rows, 'ObjectId'))];
  }

  async #read(query: Soql, account: string): Promise<CrmChange[]> {
    const found: CrmChange[] = [];
    for await (const page of this.#connection.pages(query, { deleted: true }))
      for (const row of page)
        found.push({
          recordId: requiredId(row),
          accountId: requiredId(row, account),
          stamp: new Date(text(row, 'SystemModstamp') ?? 0).toISOString(),
          isDeleted: row['IsDeleted'] === true,
        });
    return found;
  }
}
