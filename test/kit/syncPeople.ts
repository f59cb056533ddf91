import type { SyncFixture } from './syncFixture.ts';
import { account, USER } from './smallOrg.ts';

/** Puts people around an account: members of its team and users it is shared with by hand. */
export async function surround(at: SyncFixture, n: number, people: { members?: string[]; shares?: string[] }) {
  const conn = at.client();
  for (const UserId of people.members ?? [])
    await conn.sobject('AccountTeamMember').create({
      AccountId: account(n),
      UserId,
      TeamMemberRole: 'Sales Manager',
      AccountAccessLevel: 'Edit',
      OpportunityAccessLevel: 'Read',
      CaseAccessLevel: 'None',
    });
  for (const UserOrGroupId of people.shares ?? [])
    await conn.sobject('AccountShare').create({
      AccountId: account(n),
      UserOrGroupId,
      AccountAccessLevel: 'Read',
      OpportunityAccessLevel: 'None',
      CaseAccessLevel: 'None',
      RowCause: 'Manual',
    });
}

const NAMES = new Map<unknown, string>([
  [USER.ann, 'Ann'],
  [USER.bob, 'Bob'],
  [USER.manager, 'Mona'],
  [USER.director, 'Dora'],
]);

/** Team and manual shares of an account as an independent client reads them, such as "Mona Sales Manager Edit Read". */
export async function peopleOf(at: SyncFixture, n: number): Promise<{ team: string[]; shares: string[] }> {
  const conn = at.client();
  const team = await conn.query(
    `SELECT UserId, TeamMemberRole, AccountAccessLevel, OpportunityAccessLevel FROM AccountTeamMember WHERE AccountId = '${account(n)}'`,
  );
  const shares = await conn.query(
    `SELECT UserOrGroupId, AccountAccessLevel FROM AccountShare WHERE AccountId = '${account(n)}' AND RowCause = 'Manual'`,
  );
  const line = (id: unknown, ...rest: unknown[]): string => [NAMES.get(id), ...rest.filter(Boolean)].join(' ');
  return {
    team: team.records
      .map((row) =>
        line(row['UserId'], row['TeamMemberRole'], row['AccountAccessLevel'], row['OpportunityAccessLevel']),
      )
      .sort(),
    shares: shares.records.map((row) => line(row['UserOrGroupId'], row['AccountAccessLevel'])).sort(),
  };
}
