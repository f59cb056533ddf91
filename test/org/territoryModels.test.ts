import type { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { column, connect, refusal, rows } from '../kit/orgClient.ts';
import { account, accounts, MODEL, startSmallOrg, TERRITORY, TYPE, USER } from '../kit/smallOrg.ts';

let nowMs = Date.UTC(2026, 0, 5);
let org: LocalOrg;
let admin: Connection;
beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 5);
  org = await startSmallOrg({ now: () => nowMs });
  org.seed({ Account: accounts(2) });
  admin = connect(org);
});
afterEach(() => org.close());

const model = async (Name: string): Promise<string> =>
  (await admin.sobject('Territory2Model').create({ Name })).id ?? '';
const territory = (Territory2ModelId: string, more = {}) => ({
  Name: 'New One',
  Territory2ModelId,
  Territory2TypeId: TYPE,
  ...more,
});
const setState = (Id: string, State: string) => refusal(admin.sobject('Territory2Model').update({ Id, State }));
const link = (ObjectId: string, Territory2Id: string) => ({
  ObjectId,
  Territory2Id,
  AssociationCause: 'Territory2Manual',
});

describe('models', () => {
  it('go from Planning to Active to Archived and never back; one is active', async () => {
    const next = await model('Next Year');
    expect(await setState(next, 'Active')).toMatch(/Only one territory model can be active; archive "FY" first/);
    expect(await setState(next, 'Archived')).toMatch(/cannot go from Planning to Archived/);
    expect(await setState(MODEL, 'Planning')).toMatch(/cannot go from Active to Planning/);
    expect(await setState(MODEL, 'Archived')).toBe('none');
    expect(await setState(MODEL, 'Active')).toMatch(/cannot go from Archived to Active/);
    expect(await setState(next, 'Active')).toBe('none');
    expect(
      await rows(admin, 'SELECT State, ActivatedDate, DeactivatedDate FROM Territory2Model ORDER BY Name'),
    ).toEqual([
      { State: 'Archived', ActivatedDate: null, DeactivatedDate: expect.any(String) },
      { State: 'Active', ActivatedDate: expect.any(String), DeactivatedDate: null },
    ]);
  });
  it('get a developer name from their name, and refuse a bad or taken one', async () => {
    const next = await model('Plan 2027 (new)');
    expect(await column(admin, `SELECT DeveloperName FROM Territory2Model WHERE Id = '${next}'`)).toEqual([
      'Plan_2027_new',
    ]);
    const bad = { Id: next, DeveloperName: 'not good__' };
    expect(await refusal(admin.sobject('Territory2Model').update(bad))).toMatch(/can only contain underscores/);
    expect(await refusal(admin.sobject('Territory2Model').update({ Id: next, DeveloperName: 'FY' }))).toMatch(
      /^DUPLICATE_VALUE/,
    );
  });
  it('are two in Enterprise Edition and four in Unlimited', async () => {
    await model('Two');
    expect(await refusal(model('Three'))).toBe(
      'LIMIT_EXCEEDED: This org (Enterprise Edition) can have 2 territory models.',
    );
    await admin.sobject('Organization').update({ Id: org.orgId, OrganizationType: 'Unlimited Edition' });
    expect(await refusal(model('Three'))).toBe('none');
  });
  it('are deleted only in Planning or Archived, with everything in them', async () => {
    expect(await refusal(admin.sobject('Territory2Model').destroy(MODEL))).toMatch(/^DELETE_FAILED/);
    await admin.sobject('ObjectTerritory2Association').create(link(account(1), TERRITORY.eastA));
    await setState(MODEL, 'Archived');
    expect(await refusal(admin.sobject('Territory2Model').destroy(MODEL))).toBe('none');
    for (const object of ['Territory2', 'ObjectTerritory2Association', 'UserTerritory2Association'])
      expect(await column(admin, `SELECT Id FROM ${object}`)).toEqual([]);
    expect(await column(admin, `SELECT Id FROM AccountShare WHERE RowCause != 'Owner'`)).toEqual([]);
  });
  it('in Planning are a preview: rows are there, access and shares come with activation', async () => {
    const next = await model('Next');
    const made = await admin.sobject('Territory2').create(territory(next));
    const id = made.id ?? '';
    await admin.sobject('UserTerritory2Association').create({ UserId: USER.bob, Territory2Id: id });
    await admin.sobject('ObjectTerritory2Association').create(link(account(1), id));
    const bob = connect(org, USER.bob);
    expect(await column(bob, 'SELECT Id FROM Account')).toEqual([]);
    expect(await column(bob, `SELECT Id FROM Territory2 WHERE Id = '${id}'`)).toEqual([]);
    expect(await column(admin, `SELECT Id FROM AccountShare WHERE RowCause != 'Owner'`)).toEqual([]);
    await setState(MODEL, 'Archived');
    await setState(next, 'Active');
    expect(await column(bob, 'SELECT Id FROM Account')).toEqual([account(1)]);
    expect(await column(bob, 'SELECT Name FROM Territory2')).toEqual(['New One']);
    expect(await column(admin, `SELECT RowCause FROM AccountShare WHERE RowCause != 'Owner'`)).toEqual([
      'Territory2AssociationManual',
    ]);
    expect(
      await refusal(admin.sobject('ObjectTerritory2Association').create(link(account(2), TERRITORY.eastA))),
    ).toMatch(/^INVALID_OPERATION: The territory model is Archived/);
  });
});

describe('territories', () => {
  it('hold no more than 1,000 in a model', async () => {
    const many = Array.from({ length: 995 }, (_, k) => ({
      ...territory(MODEL),
      Name: `T${k}`,
      DeveloperName: `T${k}`,
    }));
    org.seed({ Territory2: many });
    expect(await refusal(admin.sobject('Territory2').create(territory(MODEL)))).toBe(
      'LIMIT_EXCEEDED: A territory model can have 1000 territories.',
    );
  });
  it('are never below themselves or in another model', async () => {
    const move = (Id: string, ParentTerritory2Id: string) =>
      refusal(admin.sobject('Territory2').update({ Id, ParentTerritory2Id }));
    expect(await move(TERRITORY.sales, TERRITORY.eastA)).toMatch(/cannot be below itself/);
    expect(await move(TERRITORY.eastA, TERRITORY.clinical)).toBe('none');
    const other = await admin.sobject('Territory2').create(territory(await model('Next')));
    expect(await move(TERRITORY.eastB, other.id ?? '')).toMatch(/must be in the same model/);
  });
  it('belong to types of different priority', async () => {
    const type = { MasterLabel: 'Other', DeveloperName: 'Other', Priority: 1 };
    expect(await refusal(admin.sobject('Territory2Type').create(type))).toMatch(/^DUPLICATE_VALUE.*Priority/);
  });
  it('are written by territory managers only', async () => {
    expect(await refusal(connect(org, USER.ann).sobject('Territory2').create(territory(MODEL)))).toMatch(
      /^INSUFFICIENT_ACCESS_OR_READONLY/,
    );
    expect(await refusal(connect(org, USER.manager).sobject('Territory2').create(territory(MODEL)))).toBe('none');
  });
});

it('members: active users only, once a territory, with a role', async () => {
  const add = (UserId: string, more = {}) =>
    refusal(admin.sobject('UserTerritory2Association').create({ UserId, Territory2Id: TERRITORY.eastA, ...more }));
  expect(await add(USER.ann)).toMatch(/^DUPLICATE_VALUE/);
  expect(await add(USER.gone)).toMatch(/^INACTIVE_OWNER_OR_USER/);
  expect(await add(USER.bob, { RoleInTerritory2: 'Sales Rep' })).toBe('none');
  org.faults.add({
    kind: 'record',
    object: 'UserTerritory2Association',
    code: 'UNABLE_TO_LOCK_ROW',
    message: 'Group membership operation already in progress',
  });
  expect(await add(USER.manager)).toBe('UNABLE_TO_LOCK_ROW: Group membership operation already in progress');
});

it('deleted associations are seen for twelve hours', async () => {
  const made = await admin.sobject('ObjectTerritory2Association').create(link(account(1), TERRITORY.eastA));
  await admin.sobject('ObjectTerritory2Association').destroy(made.id ?? '');
  const gone = () =>
    admin.query('SELECT Id FROM ObjectTerritory2Association WHERE IsDeleted = true', { scanAll: true });
  const window = () => [new Date(nowMs - 86_400_000).toISOString(), new Date(nowMs + 60_000).toISOString()] as const;
  nowMs += 11 * 3_600_000;
  expect((await gone()).totalSize).toBe(1);
  expect((await admin.sobject('ObjectTerritory2Association').deleted(...window())).deletedRecords).toHaveLength(1);
  nowMs += 2 * 3_600_000;
  expect((await gone()).totalSize).toBe(0);
  expect((await admin.sobject('ObjectTerritory2Association').deleted(...window())).deletedRecords).toEqual([]);
});
