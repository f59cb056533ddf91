import { Connection } from 'jsforce';
import type { LocalOrg } from '../../../service/local/org/org.ts';

/** Everything that a publish may touch, as an independent client reads it; ids of rows are left out. */
export interface Snapshot {
  /** "account territory cause" of each association, sorted; the same row twice is there twice. */
  readonly places: readonly string[];
  readonly owners: ReadonlyMap<string, string>;
  readonly stamps: ReadonlyMap<string, string | null>;
  readonly deals: ReadonlyMap<string, string>;
  /** "account user role levels" */
  readonly team: readonly string[];
  readonly shares: readonly string[];
}

const BIG = { autoFetch: true, maxFetch: 1e9 };

export async function snapshot(local: LocalOrg): Promise<Snapshot> {
  const conn = new Connection({ instanceUrl: local.url, accessToken: 'secret', version: '66.0' });
  const rows = async (soql: string) => (await conn.query<Record<string, string>>(soql, BIG)).records;
  const line = (record: Record<string, unknown>, ...names: string[]): string =>
    names.map((name) => record[name] ?? '-').join(' ');
  const accounts = await rows('SELECT Id, OwnerId, Site FROM Account');
  return {
    places: (await rows('SELECT ObjectId, Territory2Id, AssociationCause FROM ObjectTerritory2Association'))
      .map((each) => line(each, 'ObjectId', 'Territory2Id', 'AssociationCause'))
      .sort(),
    owners: new Map(accounts.map((each) => [String(each['Id']), String(each['OwnerId'])])),
    stamps: new Map(accounts.map((each) => [String(each['Id']), each['Site'] ?? null])),
    deals: new Map(
      (await rows('SELECT Id, OwnerId FROM Opportunity')).map((each) => [String(each['Id']), String(each['OwnerId'])]),
    ),
    team: (
      await rows(
        'SELECT AccountId, UserId, TeamMemberRole, AccountAccessLevel, OpportunityAccessLevel FROM AccountTeamMember',
      )
    )
      .map((each) =>
        line(each, 'AccountId', 'UserId', 'TeamMemberRole', 'AccountAccessLevel', 'OpportunityAccessLevel'),
      )
      .sort(),
    shares: (
      await rows(`SELECT AccountId, UserOrGroupId, AccountAccessLevel FROM AccountShare WHERE RowCause = 'Manual'`)
    )
      .map((each) => line(each, 'AccountId', 'UserOrGroupId', 'AccountAccessLevel'))
      .sort(),
  };
}

/** Differences of two snapshots as sentences; none when they are alike. */
export function differences(want: Snapshot, got: Snapshot): string[] {
  const found: string[] = [];
  for (const key of ['places', 'team', 'shares'] as const) {
    const left = [...got[key]];
    for (const line of want[key]) {
      const k = left.indexOf(line);
      if (k < 0) found.push(`${key}: lost ${line}`);
      else left.splice(k, 1);
    }
    found.push(...left.map((line) => `${key}: too much ${line}`));
  }
  for (const key of ['owners', 'stamps', 'deals'] as const)
    for (const [record, value] of want[key])
      if (got[key].get(record) !== value) found.push(`${key}: ${record} is ${got[key].get(record)}, wanted ${value}`);
  return found;
}
