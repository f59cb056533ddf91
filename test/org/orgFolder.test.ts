import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluated, parseFormula, type FormulaRow } from '../../service/local/org/folder/formula.ts';
import { readOrgFolder } from '../../service/local/org/folder/orgFolder.ts';
import { startOrg, type LocalOrg } from '../../service/local/org/org.ts';
import { connect, refusal, rows } from '../kit/orgClient.ts';

let dir: string;
let org: LocalOrg | undefined;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-org-folder-'));
});
afterEach(async () => {
  await org?.close();
  org = undefined;
  rmSync(dir, { recursive: true });
});

const write = (file: string, content: unknown): void =>
  writeFileSync(path.join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));
const start = async (): Promise<LocalOrg> => {
  org = await startOrg({ port: 0, token: 'secret', folder: readOrgFolder(dir) });
  return org;
};
const trouble = async (content: unknown): Promise<string> => {
  write('a.json', content);
  return refusal(start());
};

describe('a whole org', () => {
  it('has the folder’s objects, people, rights and records, which name each other', async () => {
    write('01.json', {
      org: { name: 'Acme', edition: 'Unlimited Edition', apiLimit: 500, defaults: { Account: 'Read' } },
      objects: [
        {
          name: 'Visit__c',
          keyPrefix: 'a01',
          fields: [{ name: 'Where__c', type: 'reference', referenceTo: ['Account'] }],
        },
      ],
      hide: { fields: ['Account.Website'] },
      profiles: [{ name: 'Sales', fields: { 'Account.CCN__c': 'none' } }],
      permissionSets: [
        { name: 'Planner', permissions: ['ManageTerritories'], customPermissions: ['Bailiwick_Operate'] },
      ],
      users: [{ ref: 'ann', FirstName: 'Ann', profile: 'Sales', permissionSets: ['Planner'] }],
    });
    write('02.json', {
      records: {
        Visit__c: [{ Where__c: '@acme' }],
        Account: [
          { ref: 'acme', Name: 'Acme', OwnerId: '@ann', ParentId: '@top' },
          { ref: 'top', Name: 'Top' },
        ],
      },
    });
    const started = await start();
    const admin = connect(started);
    expect(
      await rows(admin, 'SELECT Where__r.Name, Where__r.Parent.Name, Where__r.Owner.Name FROM Visit__c'),
    ).toMatchObject([{ Where__r: { Name: 'Acme', Parent: { Name: 'Top' }, Owner: { Name: 'Ann ann' } } }]);
    expect(await refusal(admin.query('SELECT Website FROM Account'))).toMatch(/^INVALID_FIELD/);
    expect(started.api.limit).toBe(500);
    const [ann] = await rows(admin, `SELECT Id FROM User WHERE FirstName = 'Ann'`);
    const hers = connect(started, String(ann?.['Id']));
    expect(await rows(hers, 'SELECT Name FROM Account ORDER BY Name')).toEqual([{ Name: 'Acme' }, { Name: 'Top' }]);
    expect(await refusal(hers.query('SELECT CCN__c FROM Account'))).toMatch(/^INVALID_FIELD/);
  });
  it('may have neither territories nor account teams', async () => {
    write('a.json', { org: { territories: false, accountTeams: false } });
    const admin = connect(await start());
    for (const object of ['Territory2', 'AccountTeamMember'])
      expect(await refusal(admin.query(`SELECT Id FROM ${object}`))).toMatch(/^INVALID_TYPE/);
    const made = await admin.sobject('Account').create({ Name: 'Works' });
    expect(
      await refusal(admin.sobject('Account').update({ Id: made.id ?? '', OwnerId: org?.integrationUser.id ?? '' })),
    ).toBe('none');
  });
  it('keeps what it was filled with when it starts again', async () => {
    write('a.json', { records: { Account: [{ Name: 'Once' }] } });
    const options = { port: 0, token: 'secret', dir: path.join(dir, 'rows'), folder: readOrgFolder(dir) };
    const first = await startOrg(options);
    await first.close();
    org = await startOrg(options);
    expect(await rows(connect(org), 'SELECT Name FROM Account')).toEqual([{ Name: 'Once' }]);
  });
});

it('the example of the README is a folder', async () => {
  const readme = readFileSync(new URL('../../service/local/org/README.md', import.meta.url), 'utf8');
  write('a.json', /```json\n([^]*?)```/.exec(readme)?.[1] ?? '');
  const admin = connect(await start());
  expect(await rows(admin, 'SELECT Where__r.Name FROM Visit__c')).toMatchObject([
    { Where__r: { Name: 'North Hospital' } },
  ]);
  expect(await refusal(admin.sobject('Account').create({ Name: 'x' }))).toMatch(/^FIELD_CUSTOM_VALIDATION_EXCEPTION/);
});

describe('Person Accounts', () => {
  const types = [
    { object: 'Account', developerName: 'Person', isPersonType: true },
    { object: 'Account', developerName: 'Business', isDefault: true },
  ];
  beforeEach(() =>
    write('a.json', {
      recordTypes: types,
      objects: [{ name: 'Contact', fields: [{ name: 'Degree__c', type: 'string' }] }],
      records: { Account: [{ ref: 'seeded', RecordTypeId: '@Person', LastName: 'Seed', Degree__pc: 'MD' }] },
    }),
  );
  it('have a contact behind them that follows', async () => {
    const admin = connect(await start());
    const [type] = await rows(admin, `SELECT Id FROM RecordType WHERE DeveloperName = 'Person'`);
    const made = await admin
      .sobject('Account')
      .create({ RecordTypeId: String(type?.['Id']), FirstName: 'Jo', LastName: 'Doe', Degree__pc: 'DO' });
    const people = () =>
      rows(admin, 'SELECT Name, IsPersonAccount, Degree__c, Account.Name FROM Contact ORDER BY Name');
    expect(await people()).toMatchObject([
      { Name: 'Jo Doe', IsPersonAccount: true, Degree__c: 'DO', Account: { Name: 'Jo Doe' } },
      { Name: 'Seed', Degree__c: 'MD', Account: { Name: 'Seed' } },
    ]);
    await admin.sobject('Account').update({ Id: made.id ?? '', LastName: 'Dow' });
    expect((await people())[0]).toMatchObject({ Name: 'Jo Dow', Account: { Name: 'Jo Dow' } });
    await admin.sobject('Account').destroy(made.id ?? '');
    expect(await people()).toHaveLength(1);
  });
  it('need a last name; the default type is a business, told by describe', async () => {
    const admin = connect(await start());
    const [type] = await rows(admin, `SELECT Id FROM RecordType WHERE IsPersonType = true`);
    expect(await refusal(admin.sobject('Account').create({ RecordTypeId: String(type?.['Id']), FirstName: 'x' }))).toBe(
      'REQUIRED_FIELD_MISSING: Required fields are missing: [LastName]',
    );
    const made = await admin.sobject('Account').create({ Name: 'Acme' });
    expect(
      await rows(admin, `SELECT RecordType.DeveloperName, IsPersonAccount FROM Account WHERE Id = '${made.id}'`),
    ).toMatchObject([{ RecordType: { DeveloperName: 'Business' }, IsPersonAccount: false }]);
    const { recordTypeInfos } = await admin.describe('Account');
    expect(
      (recordTypeInfos as { developerName?: string; defaultRecordTypeMapping?: boolean; master?: boolean }[]).map(
        (info) => [info.developerName, info.defaultRecordTypeMapping, info.master],
      ),
    ).toEqual([
      ['Person', false, false],
      ['Business', true, false],
      ['Master', false, true],
    ]);
  });
});

describe('validation rules', () => {
  it('refuse a record with their message', async () => {
    write('a.json', {
      validationRules: [
        {
          object: 'Account',
          name: 'Zip_of_customers',
          when: 'AND(ISPICKVAL(Type, "Customer"), NOT(REGEX(BillingPostalCode, "[0-9]{5}")))',
          message: 'A customer needs a ZIP.',
          field: 'BillingPostalCode',
        },
      ],
    });
    const admin = connect(await start());
    expect(await refusal(admin.sobject('Account').create({ Name: 'x', Type: 'Customer' }))).toBe(
      'FIELD_CUSTOM_VALIDATION_EXCEPTION: A customer needs a ZIP.',
    );
    expect(
      await refusal(admin.sobject('Account').create({ Name: 'x', Type: 'Customer', BillingPostalCode: '02115' })),
    ).toBe('none');
  });
  it.each([
    ['1 < 2 && NOT(FALSE)', true],
    ['Size = 3 || ISBLANK(Site)', true],
    ['Site <> "North"', false],
    ['LEN(Site) >= 6', false],
    ['ISCHANGED(Site)', true],
    ['PRIORVALUE(Site) = "South"', true],
    ['ISNEW()', false],
    ['CONTAINS(Site, "ort") && BEGINS(Site, "N")', true],
    ['Size > NULL', false],
  ])('%s is %s', (text, expected) => {
    const values: Record<string, string | number> = { Site: 'North', Size: 3 };
    const row: FormulaRow = { isNew: false, value: (name) => values[name] ?? null, prior: () => 'South' };
    expect(evaluated(parseFormula(text), row)).toBe(expected);
  });
});

describe('what is wrong is said with file, place and way out', () => {
  const rule = (when: string) => ({ validationRules: [{ object: 'Account', name: 'r', when, message: 'm' }] });
  it.each([
    ['{', 'a.json is not JSON'],
    [{ colour: 'red' }, 'a.json: the file: Unrecognized key: "colour"'],
    [{ objects: [{ name: 'A B' }] }, 'a.json: objects[0].name: an API name'],
    [{ objects: [{ name: 'X__c' }] }, 'a.json: objects[0]: the new object X__c has no "keyPrefix".'],
    [{ objects: [{ name: 'X__c', keyPrefix: '001' }] }, 'the key prefix 001 belongs to Account'],
    [{ objects: [{ name: 'Account', fields: [{ name: 'R__c', type: 'reference' }] }] }, 'needs "referenceTo"'],
    [{ hide: { objects: ['Nope'] } }, 'there is no object Nope'],
    [{ hide: { objects: ['User'] } }, 'User cannot be hidden'],
    [{ hide: { fields: ['Account.Nope'] } }, 'there is no field Account.Nope'],
    [{ records: { Nope: [{}] } }, 'a.json: records.Nope[0]: there is no object Nope.'],
    [{ records: { Account: [{ Nope: 1 }] } }, 'a.json: records.Account[0]: Account has no field Nope.'],
    [
      { records: { Account: [{ Name: 'x', OwnerId: '@who' }] } },
      'records.Account[0]: OwnerId: no record is named "@who".',
    ],
    [
      { records: { Account: [{ AnnualRevenue: 'much' }] } },
      'records.Account[0]: Annual Revenue: value not of required type',
    ],
    [{ records: { Account: [{ ref: 'a' }, { ref: 'a' }] } }, 'records.Account[1]: "a" is named twice.'],
    [{ users: [{ ref: 'a', profile: 'Nope' }] }, 'users[0]: there is no profile "Nope".'],
    [{ users: [{ ref: 'a', permissionSets: ['Nope'] }] }, 'there is no permission set "Nope"'],
    [{ permissionSets: [{ name: 'P', fields: { 'Account.Nope': 'read' } }] }, 'there is no field Account.Nope'],
    [rule('AND(1'), 'validationRules[0].when: a "," or ")" is missing in AND(…).'],
    [rule('NOPE(1)'), 'there is no function NOPE'],
    [rule('Nope = 1'), 'Account has no field Nope'],
  ])('%j', async (content, expected) => {
    expect(await trouble(content)).toContain(expected);
  });
  it('a folder that is not there, or empty', async () => {
    expect(await refusal(start())).toContain('holds no .json file');
    expect(() => readOrgFolder(path.join(dir, 'nope'))).toThrow(/There is no folder/);
  });
});
