import jsforce from 'jsforce';

/** One row of the CRM's table of accounts and territories. */
export interface AssociationRow {
  readonly accountId: string;
  readonly territoryId: string;
  readonly cause: string;
}

/** What the org holds, asked by a connection that has nothing to do with the service. */
export async function associations(orgUrl: string, accessToken: string): Promise<AssociationRow[]> {
  const connection = new jsforce.Connection({ instanceUrl: orgUrl, accessToken, version: '66.0' });
  const fields = 'ObjectId, Territory2Id, AssociationCause';
  const { records } = await connection.query<Record<string, string>>(
    `SELECT ${fields} FROM ObjectTerritory2Association`,
    { autoFetch: true, maxFetch: 200_000 },
  );
  return records.map((row) => ({
    accountId: row['ObjectId'] ?? '',
    territoryId: row['Territory2Id'] ?? '',
    cause: row['AssociationCause'] ?? '',
  }));
}

export const pairs = (rows: readonly { accountId: string; territoryId: string }[]): string[] =>
  rows.map(({ accountId, territoryId }) => `${accountId} ${territoryId}`).sort();

/** Who owns an account and its open deals. */
export interface OwnerRow {
  readonly id: string;
  readonly ownerId: string;
  readonly deals: readonly { readonly id: string; readonly ownerId: string; readonly isLate: boolean }[];
}

/** The last third of the open stages, as the panel proposes. */
const LATE = new Set(['Perception Analysis', 'Proposal/Price Quote', 'Negotiation/Review']);

/** Accounts with open deals; of one owner, where one is named, and then only those whose deals are all hers. */
export async function ownersOf(orgUrl: string, accessToken: string, ownerId: string | null): Promise<OwnerRow[]> {
  const connection = new jsforce.Connection({ instanceUrl: orgUrl, accessToken, version: '66.0' });
  const { records } =
    await connection.query<{ Id: string; AccountId: string; OwnerId: string; StageName: string; Account: { OwnerId: string } }>( // prettier-ignore
      'SELECT Id, AccountId, OwnerId, StageName, Account.OwnerId FROM Opportunity WHERE IsClosed = false ORDER BY Id',
      { autoFetch: true, maxFetch: 200_000 },
    );
  return [...Map.groupBy(records, ({ AccountId }) => AccountId)]
    .map(([id, rows]) => ({
      id,
      ownerId: rows[0]!.Account.OwnerId,
      deals: rows.map((row) => ({ id: row.Id, ownerId: row.OwnerId, isLate: LATE.has(row.StageName) })),
    }))
    .filter((row) => ownerId === null || [row, ...row.deals].every((each) => each.ownerId === ownerId));
}
