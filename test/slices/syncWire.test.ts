import { describe, expect, it } from 'vitest';
import { recordId, type AccountId, type RecordId, type UserId } from '../../service/core/ids.ts';
import { account, accounts, TERRITORY, USER } from '../kit/smallOrg.ts';
import { request, SyncFixture } from '../kit/syncFixture.ts';
import { A, B, salesOps, TEAM } from '../kit/syncWorld.ts';
import { surround } from '../kit/syncPeople.ts';
import { requestsDuring, shapeOf, soqlAmong, textsOf, unquoted } from '../kit/wire.ts';

const at = new SyncFixture();

const NASTY = [
  "O'Hara' OR Name != '",
  "back\\' OR Id != '\\",
  'two\nlines\r\nand "quotes"',
  '100% of _ %_\\%',
  "Zoë – 東京 \u2028 ') LIMIT 1 --",
] as const;
const PLANNED = recordId('planned00000000001');

/** Everything that the product reads to be whole; whoever reads more than this must say so here. */
const FULL_READS = [
  'Account: everything',
  'Account: everything, 2000 rows',
  'User: everything',
  'User: everything, 2000 rows',
  'Opportunity: AccountId != NULL AND IsClosed = FALSE',
  // what changed since a moment, whoever changed it
  'Account: SystemModstamp >= ?',
  'ObjectTerritory2Association: SystemModstamp >= ? AND SobjectType = ?',
];
const SHAPES = [
  ...FULL_READS,
  'Account: Id IN (?)',
  'AccountShare: AccountId IN (?) AND RowCause = ?',
  'AccountTeamMember: AccountId IN (?)',
  'ObjectTerritory2Association: ObjectId IN (?)',
  'ObjectTerritory2Association: Territory2Id IN (?) AND IsDeleted = TRUE',
  'ObjectTerritory2Association: Territory2Id IN (?) AND SobjectType = ?',
  'Opportunity: AccountId IN (?) AND IsClosed = FALSE',
  'ObjectPermissions: SobjectType = ? AND PermissionsViewAllRecords = TRUE AND ParentId IN (?)',
  'Opportunity: Id IN (?)',
  'PermissionSet: Id IN (PermissionSetAssignment: AssigneeId = ?)',
  'Territory2: Id IN (?)',
  'Territory2: Territory2Model.State = ?',
  'Territory2Model: State = ?',
  'User: Id IN (?)',
  'UserRecordAccess: UserId = ? AND RecordId IN (?)',
  'UserTerritory2Association: IsActive = TRUE AND Territory2.Territory2Model.State = ?',
];
/** Texts that stand in queries besides ids. */
const CONSTANTS = ["'Account'", "'Active'", "'Manual'"];

/** Names with everything in them that could end a text, in every record that the product reads a name of. */
async function renameAll(): Promise<void> {
  const conn = at.client();
  for (const n of [1, 2, 3, 4, 5, 6])
    await conn.sobject('Account').update({ Id: account(n), Name: `${NASTY[n % NASTY.length]} ${n}`, Site: NASTY[0] });
  for (const [k, Id] of Object.values(USER).entries())
    await conn.sobject('User').update({ Id, FirstName: null, LastName: NASTY[k % NASTY.length]! });
  for (const [k, Id] of Object.values(TERRITORY).entries())
    await conn.sobject('Territory2').update({ Id, Name: NASTY[k % NASTY.length]!.slice(0, 40) });
  at.plans.changed = { [A]: { name: NASTY[1] }, [B]: { name: NASTY[2], repName: NASTY[3] } };
}

/** Preview, publish, every look at it, take back: with everything that a publish can write. */
async function publishAndTakeBack(name: string): Promise<void> {
  const more = { owners: true, deals: 'move' as const, teamRole: 'Sales Rep', stampField: 'Site' };
  const repName = at.plans.changed[B]?.repName ?? 'Bob Test';
  at.plans.more = [{ id: PLANNED, name, parentId: recordId(TERRITORY.east), repId: recordId(USER.manager), repName }];
  at.plans.wishes = { 1: 'B', 2: PLANNED, 3: null, 4: '?', 5: 'B', 6: 'B' };
  const done = await at.publish(more);
  expect(done.state).toBe('done');
  await at.sync.list(salesOps);
  await at.sync.outcomes(salesOps, done.id);
  await at.sync.handoverCsv(salesOps, done.id);
  await at.sync.checkAll(salesOps, done.id);
  await at.sync.history(salesOps, recordId(account(1)), '2030-01-01');
  await at.sync.takeBackPreview(salesOps, done.id);
  await at.sync.takeBack(salesOps, done.id);
  await at.sync.idle();
  await at.sync.adopt(salesOps, TEAM);
}

/** What the map, the comparison with the CRM and the set-up read. */
async function readAll(): Promise<void> {
  const { room } = at;
  const ids = [1, 2].map((n) => recordId(account(n)) as AccountId);
  for await (const _ of room.accounts()) void _;
  await room.accountsById(ids);
  await room.users();
  await room.access(recordId(USER.ann), ids);
  await room.territoryUsers();
  await room.memberships([A]);
  await room.associations({ territoryIds: [A, B] });
  await room.deletedAssociations([A]);
  await room.openPipeline();
  await room.suggestMapping();
  await room.activeModel();
  await room.changedSince(new Date(0));
  await room.userRights();
}

const WRITES = [
  'createAssociations',
  'deleteAssociations',
  'setOwners',
  'setStamps',
  'createTeamMembers',
  'deleteTeamMembers',
  'createManualShares',
  'setOpportunities',
  'createTerritories',
  'renameTerritories',
  'deleteTerritories',
  'createMemberships',
  'deleteMemberships',
  'createTasks',
  'createExclusions',
  'runRulesOn',
] as const;

const during = (work: () => Promise<unknown>) => requestsDuring(at.local.url, work);

describe('every query on the wire', () => {
  it('has one of the known shapes, the same ones whatever names stand in the org', async () => {
    await surround(at, 1, { members: [USER.manager], shares: [USER.director] });
    const plain = soqlAmong(await during(() => publishAndTakeBack('East C').then(readAll)));
    await renameAll();
    const nasty = soqlAmong(await during(() => publishAndTakeBack(NASTY[0]).then(readAll)));
    const shapes = [...new Set(plain.map(shapeOf))].sort();
    expect(shapes).toEqual([...SHAPES].sort());
    expect([...new Set(nasty.map(shapeOf))].sort()).toEqual(shapes);
    // no name of the org, the plan or a person is ever part of a query: all texts are ids and constants
    const texts = [...plain, ...nasty].flatMap(textsOf);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => !/^'\w{18}'$/.test(text) && !CONSTANTS.includes(text))).toEqual([]);
  });

  it.each(NASTY)('carries %j as one text', async (developerName) => {
    at.local.faults.add({ kind: 'record', object: 'Territory2', operation: 'create', code: 'DUPLICATE_VALUE' });
    const parentId = recordId(TERRITORY.east);
    // a repeat that meets its own territory looks for it by the name
    const sent = await during(() => at.room.createTerritories([{ name: developerName, developerName, parentId }]));
    const [text = ''] = soqlAmong(sent).filter((each) => shapeOf(each).includes('DeveloperName'));
    expect(shapeOf(text)).toBe('Territory2: DeveloperName = ? AND Territory2Model.State = ?');
    const [quoted = ''] = textsOf(text);
    expect(unquoted(quoted)).toBe(developerName);
  });

  it('carries the subjects of many tasks, in queries that an address can hold', async () => {
    const ownerId = recordId(USER.ann) as UserId;
    const tasks = Array.from({ length: 60 }, (_, k) => {
      const subject = `${NASTY[k % NASTY.length]} ${k} ${'ü'.repeat(200)}`;
      return { ownerId, subject, description: '', day: '2030-01-01' };
    });
    const sent = await during(() => at.room.createTasks(tasks));
    const queries = soqlAmong(sent);
    expect([...new Set(queries.map(shapeOf))]).toEqual(['Task: Subject IN (?)']);
    expect(queries.flatMap(textsOf).map(unquoted)).toEqual(tasks.map(({ subject }) => subject));
    // a repeat meets its own
    const again = await at.room.createTasks(tasks);
    expect(again.filter((outcome) => outcome.ok && outcome.already)).toHaveLength(tasks.length);
  });

  it('refuses what is no field before anything is sent', async () => {
    const stampField = "Site FROM User WHERE Id != ''";
    const ids = [recordId(account(1)) as AccountId];
    expect(
      await during(async () => {
        await expect(at.sync.preview(salesOps, request({ stampField }))).rejects.toThrow();
        await expect(at.room.heldAccounts(ids, stampField)).rejects.toThrow('Not a Salesforce field name');
      }),
    ).toEqual([]);
  });
});

describe('lists', () => {
  it('that are empty send nothing at all', async () => {
    const { room } = at;
    const none: never[] = [];
    const sent = await during(async () => {
      await room.accountsById(none);
      await room.heldAccounts(none, 'Site');
      await room.userNames(none);
      await room.access(recordId(USER.ann), none);
      await room.teamMembers(none);
      await room.manualShares(none);
      await room.openOpportunities(none);
      await room.opportunitiesById(none);
      await room.memberships(none);
      await room.associations({ territoryIds: none });
      await room.associations({ territoryIds: none, accountIds: none });
      await room.associations({ territoryIds: [A], accountIds: none });
      await room.deletedAssociations(none);
      for (const write of WRITES) await (room[write] as (rows: never[]) => Promise<unknown>)(none);
    });
    expect(sent).toEqual([]);
  });

  it('that are empty in a plan never widen a query', async () => {
    at.plans.wishes = {};
    const sent = await during(() => at.sync.preview(salesOps, request({ owners: true, teamRole: 'Sales Rep' })));
    const shapes = soqlAmong(sent).map(shapeOf);
    expect(shapes).toContain('ObjectTerritory2Association: Territory2Id IN (?) AND SobjectType = ?');
    expect(shapes.filter((shape) => FULL_READS.includes(shape))).toEqual([]);
    expect(shapes.filter((shape) => !SHAPES.includes(shape))).toEqual([]);
  });

  it('that are long are asked in parts, or read whole and sieved where that is cheaper', async () => {
    at.local.seed({ Account: accounts(700).slice(6) });
    const ids = Array.from({ length: 700 }, (_, k) => recordId(account(k + 1)) as AccountId);
    await surround(at, 1, { members: [USER.manager], shares: [USER.director] });
    await surround(at, 700, { members: [USER.manager] });
    const wanted = ids.slice(0, 650);
    let found: RecordId[] = [];
    const sent = await during(async () => {
      found = [...(await at.room.teamMembers(wanted)), ...(await at.room.manualShares(wanted))].map(
        (row) => row.accountId,
      );
    });
    expect(found).toEqual([ids[0], ids[0]]);
    expect([...new Set(soqlAmong(sent).map(shapeOf))].sort()).toEqual([
      'AccountShare: AccountId != NULL AND RowCause = ?',
      'AccountTeamMember: AccountId != NULL',
    ]);
  });
});
