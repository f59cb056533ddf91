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
