import type { Connection } from 'jsforce';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { column, connect, refusal, rows } from '../kit/orgClient.ts';
import { account, accounts, association, id, startSmallOrg, TERRITORY, USER } from '../kit/smallOrg.ts';

let org: LocalOrg;
let admin: Connection;
let bob: Connection;
beforeEach(async () => {
  org = await startSmallOrg();
  org.seed({ Account: accounts(3) });
  admin = connect(org);
  bob = connect(org, USER.bob);
});
afterEach(() => org.close());

const share = (UserOrGroupId: string, more = {}) => ({
  AccountId: account(1),
  UserOrGroupId,
  AccountAccessLevel: 'Edit',
  OpportunityAccessLevel: 'None',
  ...more,
});
const access = async (userId: string, accountId = account(1)): Promise<unknown> => {
  const [row] = await rows(
    admin,
    `SELECT MaxAccessLevel FROM UserRecordAccess WHERE UserId = '${userId}' AND RecordId = '${accountId}'`,
  );
  return row?.['MaxAccessLevel'];
};
const names = (conn: Connection) => column(conn, 'SELECT Name FROM Account ORDER BY Name');

it('keeps one Owner share an account, and moves it with the owner', async () => {
  const causes = `SELECT UserOrGroupId, RowCause, AccountAccessLevel FROM AccountShare WHERE AccountId = '${account(1)}'`;
  expect(await rows(admin, causes)).toEqual([
    { UserOrGroupId: USER.ann, RowCause: 'Owner', AccountAccessLevel: 'All' },
  ]);
  await admin.sobject('Account').update({ Id: account(1), OwnerId: USER.bob });
  expect(await rows(admin, causes)).toEqual([
    { UserOrGroupId: USER.bob, RowCause: 'Owner', AccountAccessLevel: 'All' },
  ]);
});

it('a manual share opens the account to the user and to roles above, and closes with it', async () => {
  expect(await names(bob)).toEqual([]);
  const made = await admin.sobject('AccountShare').create(share(USER.bob));
  expect(await names(bob)).toEqual(['Account 00001']);
  expect(await access(USER.bob)).toBe('Edit');
  await bob.sobject('Account').update({ Id: account(1), Site: 'North' });
  expect(await refusal(bob.sobject('Account').destroy(account(1)))).toMatch(/^INSUFFICIENT_ACCESS_OR_READONLY/);
  await admin.sobject('AccountShare').destroy(made.id ?? '');
  expect(await access(USER.bob)).toBe('None');
});

it('creating the same share again changes it and answers the same id', async () => {
  const first = await admin.sobject('AccountShare').create(share(USER.bob));
  const again = await admin.sobject('AccountShare').create(share(USER.bob, { AccountAccessLevel: 'Read' }));
  expect(again.id).toBe(first.id);
  expect(await access(USER.bob)).toBe('Read');
});

it.each([
  [
    'a level below the default',
    { AccountAccessLevel: 'Read' },
    'Edit',
    /^INVALID_ACCESS_LEVEL: \(Account, Opportunity, Case Levels/,
  ],
  ['a level that only equals the default', { AccountAccessLevel: 'Read' }, 'Read', /^INVALID_ACCESS_LEVEL/],
  ['full access', { AccountAccessLevel: 'All' }, 'None', /^FIELD_INTEGRITY_EXCEPTION/],
  ['another cause', { RowCause: 'Team' }, 'None', /^FIELD_INTEGRITY_EXCEPTION: not a valid sharing row cause/],
  ['an inactive user', { UserOrGroupId: USER.gone }, 'None', /^INACTIVE_OWNER_OR_USER/],
])('refuses a share with %s', async (_what, more, defaultLevel, expected) => {
  await admin.sobject('Organization').update({ Id: org.orgId, DefaultAccountAccess: defaultLevel });
  expect(await refusal(admin.sobject('AccountShare').create(share(USER.bob, more)))).toMatch(expected);
});

it('only who has full access shares', async () => {
  await admin.sobject('AccountShare').create(share(USER.bob));
  expect(await refusal(bob.sobject('AccountShare').create(share(USER.manager)))).toMatch(
    /^INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY/,
  );
  expect(await refusal(connect(org, USER.ann).sobject('AccountShare').create(share(USER.manager)))).toBe('none');
});

it('a team member gets a Team share that only the membership takes away', async () => {
  const member = await admin
    .sobject('AccountTeamMember')
    .create({ AccountId: account(1), UserId: USER.bob, TeamMemberRole: 'Sales Rep', AccountAccessLevel: 'Edit' });
  expect(await access(USER.bob)).toBe('Edit');
  const [shareId = ''] = await column(admin, `SELECT Id FROM AccountShare WHERE RowCause = 'Team'`);
  expect(await refusal(admin.sobject('AccountShare').destroy(shareId))).toBe(
    'INSUFFICIENT_ACCESS_OR_READONLY: Insufficient Access Rights On Object Id',
  );
  const again = await admin
    .sobject('AccountTeamMember')
    .create({ AccountId: account(1), UserId: USER.bob, TeamMemberRole: 'Account Manager', AccountAccessLevel: 'Read' });
  expect(again.id).toBe(member.id);
  expect(await rows(admin, 'SELECT TeamMemberRole, AccountAccessLevel FROM AccountTeamMember')).toEqual([
    { TeamMemberRole: 'Account Manager', AccountAccessLevel: 'Read' },
  ]);
  await admin.sobject('AccountTeamMember').destroy(member.id ?? '');
  expect(await access(USER.bob)).toBe('None');
});

it('refuses inactive team members', async () => {
  const member = { AccountId: account(1), UserId: USER.gone };
  expect(await refusal(admin.sobject('AccountTeamMember').create(member))).toMatch(/^INACTIVE_OWNER_OR_USER/);
});

it('a new owner costs the account its team and manual shares; opportunities and contacts keep their owners', async () => {
  const deal = {
    Name: 'Deal',
    AccountId: account(1),
    OwnerId: USER.ann,
    StageName: 'Prospecting',
    CloseDate: '2030-01-01',
  };
  org.seed({
    Opportunity: [{ Id: id('006', 'deal'), ...deal }],
    Contact: [{ Id: id('003', 'c'), LastName: 'C', AccountId: account(1), OwnerId: USER.ann }],
  });
  await admin.sobject('AccountTeamMember').create({ AccountId: account(1), UserId: USER.manager });
  await admin.sobject('AccountShare').create(share(USER.director));
  await admin.sobject('Account').update({ Id: account(1), Name: 'Renamed' });
  expect(await column(admin, 'SELECT Id FROM AccountTeamMember')).toHaveLength(1);
  await admin.sobject('Account').update({ Id: account(1), OwnerId: USER.bob });
  expect(await column(admin, 'SELECT Id FROM AccountTeamMember')).toEqual([]);
  const left = `SELECT RowCause FROM AccountShare WHERE AccountId = '${account(1)}'`;
  expect(await column(admin, left)).toEqual(['Owner']);
  expect(await column(admin, 'SELECT OwnerId FROM Opportunity')).toEqual([USER.ann]);
  expect(await column(admin, 'SELECT OwnerId FROM Contact')).toEqual([USER.ann]);
  const deleted = await admin.query('SELECT IsDeleted FROM AccountTeamMember', { scanAll: true });
  expect(deleted.records).toMatchObject([{ IsDeleted: true }]);
});

it('territory shares follow the association and cannot be deleted', async () => {
  org.seed({
    ObjectTerritory2Association: [
      { Id: association(1), ObjectId: account(1), Territory2Id: TERRITORY.eastB, AssociationCause: 'Territory2Manual' },
      {
        Id: association(2),
        ObjectId: account(2),
        Territory2Id: TERRITORY.eastB,
        AssociationCause: 'Territory2AssignmentRule',
      },
    ],
  });
  const shares = await rows(
    admin,
    `SELECT Id, AccountId, RowCause, AccountAccessLevel FROM AccountShare WHERE RowCause != 'Owner' ORDER BY AccountId`,
  );
  expect(shares).toMatchObject([
    { AccountId: account(1), RowCause: 'Territory2AssociationManual', AccountAccessLevel: 'Edit' },
    { AccountId: account(2), RowCause: 'Territory', AccountAccessLevel: 'Edit' },
  ]);
  expect(await refusal(admin.sobject('AccountShare').destroy(String(shares[0]?.['Id'])))).toMatch(
    /^INSUFFICIENT_ACCESS_OR_READONLY/,
  );
  await admin.sobject('ObjectTerritory2Association').destroy(association(1));
  expect(await column(admin, `SELECT AccountId FROM AccountShare WHERE RowCause != 'Owner'`)).toEqual([account(2)]);
});

it.each([
  ['None', 0, 'None'],
  ['Read', 3, 'Read'],
  ['Edit', 3, 'Edit'],
])('organisation-wide default %s', async (level, seen, max) => {
  await admin.sobject('Organization').update({ Id: org.orgId, DefaultAccountAccess: level });
  expect(await names(bob)).toHaveLength(seen);
  expect(await access(USER.bob)).toBe(max);
});

it('hides from UserRecordAccess what the asking user cannot read', async () => {
  const ask = `SELECT RecordId FROM UserRecordAccess WHERE UserId = '${USER.ann}' AND RecordId IN ('${account(1)}', '${account(2)}')`;
  expect(await column(admin, ask)).toHaveLength(2);
  expect(await column(bob, ask)).toEqual([]);
  expect(await column(admin, `${ask} AND HasEditAccess = true`)).toHaveLength(2);
  expect(await column(admin, `${ask} AND HasEditAccess = false`)).toEqual([]);
});

it('giving an account away needs Transfer Record or full access', async () => {
  await admin.sobject('AccountShare').create(share(USER.bob));
  const give = () => bob.sobject('Account').update({ Id: account(1), OwnerId: USER.manager });
  expect(await refusal(give())).toMatch(/^INSUFFICIENT_ACCESS_OR_READONLY/);
  const set = await admin
    .sobject('PermissionSet')
    .create({ Name: 'Mover', Label: 'Mover', PermissionsTransferAnyEntity: true });
  await admin.sobject('PermissionSetAssignment').create({ AssigneeId: USER.bob, PermissionSetId: set.id ?? '' });
  expect(await access(USER.bob)).toBe('Transfer');
  expect(await refusal(give())).toBe('none');
});
