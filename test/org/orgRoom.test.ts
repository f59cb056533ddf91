import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordId } from '../../service/core/ids.ts';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { openOrg, type Org } from '../../service/org/org.ts';
import { bypassesProxy } from '../../service/org/proxy.ts';
import type { Clock } from '../../service/org/retry.ts';
import { names, soql } from '../../service/org/soql.ts';
import { account, accounts, id, startSmallOrg, TERRITORY, USER } from '../kit/smallOrg.ts';
import { fieldOf, orgOfTest, personFieldOf } from '../kit/testOrg.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = publicKey.export({ type: 'spki', format: 'pem' }) as string;
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

let local: LocalOrg;
let pauses: number[];
let nowMs: number;
const clock: Clock = {
  now: () => nowMs,
  sleep: (ms) => {
    pauses.push(ms);
    return Promise.resolve();
  },
  random: () => 0.5,
};
const open = (): Promise<Org> =>
  openOrg({
    loginUrl: local.url,
    auth: { kind: 'jwt', clientId: 'app', username: local.integrationUser.username, privateKey: pem },
    clock,
  });
const openByToken = (accessToken = 'secret'): Promise<Org> =>
  openOrg({ loginUrl: local.url, auth: { kind: 'token', instanceUrl: local.url, accessToken }, clock });
const ids = (count: number) => Array.from({ length: count }, (_, k) => recordId(account(k + 1)));

beforeEach(async () => {
  pauses = [];
  nowMs = Date.now();
  local = await startSmallOrg({ clients: [{ clientId: 'app', certificate }] });
});
afterEach(() => local.close());

describe('soql', () => {
  it('escapes quotes and backslashes, lists and dates', () => {
    expect(
      soql`SELECT Id FROM A WHERE N = ${"O'H\\"} AND D > ${new Date(0)} AND X = ${null} AND I IN ${['a', "b'"]}`.text,
    ).toBe(
      "SELECT Id FROM A WHERE N = 'O\\'H\\\\' AND D > 1970-01-01T00:00:00.000Z AND X = null AND I IN ('a', 'b\\'')",
    );
  });
  it('refuses empty lists and names that are none', () => {
    expect(() => soql`SELECT Id FROM Account WHERE Id IN ${[]}`).toThrow('empty list');
    expect(() => names('Id', 'Name FROM User --')).toThrow('Not a Salesforce field name');
  });
  it('reads back any name it writes', async () => {
    const org = await open();
    const nasty = "x\\' OR Name != '";
    local.seed({ Account: [{ Id: account(1), Name: nasty, OwnerId: USER.ann }] });
    const [found] = await org.accountsById([recordId(account(1))]);
    expect(found?.name).toBe(nasty);
  });
});

describe('session', () => {
  it('knows the org and its integration user', async () => {
    const org = await open();
    expect(org).toMatchObject({
      orgId: local.orgId,
      userId: local.integrationUser.id,
      orgName: orgOfTest().folder?.org.name ?? 'Stand-in Org',
    });
    expect(org.budget()?.limit).toBe(100_000);
  });
  it('gives up after two logins in a row that were of no use, and logs in again at the next call', async () => {
    const org = await open();
    local.faults.add({ kind: 'request', path: '/query', revoke: true, times: 4 });
    await expect(org.users()).rejects.toMatchObject({
      code: 'org_refused',
      message: expect.stringContaining('2 logins'),
    });
    expect((await org.users()).length).toBeGreaterThan(0);
  });
  it('logs in again exactly once for parallel calls after the session ended', async () => {
    const org = await open();
    local.revokeSessions();
    // the first login is slow; a second one would fail
    local.faults.add({ kind: 'request', path: '/services/oauth2/token', delayMs: 30, times: 1 });
    local.faults.add({ kind: 'request', path: '/services/oauth2/token', code: 'SERVER_UNAVAILABLE', times: 9 });
    const answers = await Promise.all([org.users(), org.territories(), org.activeModel()]);
    expect(answers[1]).toHaveLength(5);
  });
  it('gives up after two logins without a valid session, with a way out', async () => {
    const org = await open();
    local.faults.add({ kind: 'request', path: '/services/data', code: 'INVALID_SESSION_ID', times: 50 });
    await expect(org.users()).rejects.toMatchObject({
      code: 'org_refused',
      message: expect.stringContaining('2 logins in a row'),
    });
  });
  it('says what to do when the token is refused, the app is unknown, or nobody answers', async () => {
    await expect(openByToken('wrong')).rejects.toMatchObject({
      code: 'org_refused',
      message: expect.stringContaining('no longer valid'),
    });
    const other = { kind: 'jwt', clientId: 'other', username: 'x', privateKey: pem } as const;
    await expect(openOrg({ loginUrl: local.url, auth: other, clock })).rejects.toMatchObject({
      code: 'org_refused',
      action: expect.stringContaining('consumer key'),
    });
    const nobody = { kind: 'token', instanceUrl: 'http://127.0.0.1:9', accessToken: 'x' } as const;
    await expect(openOrg({ loginUrl: 'http://127.0.0.1:9', auth: nobody, clock })).rejects.toMatchObject({
      code: 'org_unreachable',
      action: expect.stringContaining('try again'),
    });
    expect(pauses).toHaveLength(4);
  });
});

it('goes round the proxy for this machine and for hosts of NO_PROXY', () => {
  expect(bypassesProxy('127.0.0.1')).toBe(true);
  expect(bypassesProxy('acme.my.salesforce.com', 'localhost')).toBe(false);
  expect(bypassesProxy('acme.my.salesforce.com', 'localhost, .salesforce.com')).toBe(true);
  expect(bypassesProxy('notsalesforce.com', 'salesforce.com')).toBe(false);
});

describe('reading', () => {
  it('reads every one of 12,345 accounts', async () => {
    local.seed({ Account: accounts(12_345) });
    const org = await openByToken();
    const seen = new Set<string>();
    for await (const page of org.accounts()) for (const each of page) seen.add(each.id);
    expect(seen.size).toBe(12_345);
  });
  it('maps accounts by what describe tells', async () => {
    local.seed({
      Account: accounts(1, {
        NPI__c: '1234567893',
        Facility_Kind__c: 'Physician',
        Specialty__c: 'Surgery',
        Annual_Sales__c: 12,
        BillingPostalCode: '02115-1234',
      }),
    });
    const org = await openByToken();
    const holds = (...values: string[]): unknown =>
      expect.arrayContaining([{ field: fieldOf('Facility_Kind__c'), values }]);
    expect(await org.mapping()).toMatchObject({
      account: {
        npi: [personFieldOf('NPI__c')],
        specialty: [personFieldOf('Specialty__c')],
        ccn: [fieldOf('CCN__c')],
        kind: [fieldOf('Facility_Kind__c')],
        salesUsd: [fieldOf('Annual_Sales__c')],
        postalCode: [fieldOf('BillingPostalCode')],
        parent: ['ParentId'],
      },
      classes: { parent: holds('Health System'), facility: holds('Hospital', 'Surgery Center') },
    });
    expect((await org.accountsById(ids(1)))[0]).toMatchObject({
      npi: '1234567893',
      kind: 'Physician',
      specialty: 'Surgery',
      salesUsd: 12,
      zip: '02115',
      ownerName: 'Ann Test',
      ccn: null,
    });
  });
  it('reads territories, members, associations, open deals', async () => {
    local.seed({
      Account: accounts(2),
      ObjectTerritory2Association: [
        { ObjectId: account(1), Territory2Id: TERRITORY.eastA, AssociationCause: 'Territory2Manual' },
        { ObjectId: account(2), Territory2Id: TERRITORY.eastA, AssociationCause: 'Territory2AssignmentRule' },
        { ObjectId: account(1), Territory2Id: TERRITORY.clinical, AssociationCause: 'Territory2Manual' },
      ],
      Opportunity: ['Prospecting', 'Closed Won'].map((StageName) => ({
        Name: StageName,
        AccountId: account(1),
        OwnerId: USER.ann,
        StageName,
        CloseDate: '2030-01-01',
        Amount: 5,
      })),
    });
    const org = await openByToken();
    expect((await org.activeModel()).name).toBe('FY');
    expect((await org.territories()).find((each) => each.id === TERRITORY.eastA)).toMatchObject({
      parentId: TERRITORY.east,
    });
    expect(await org.territoryUsers()).toMatchObject([
      { userName: 'Ann Test', isActive: true },
      { userName: 'Bob Test' },
    ]);
    const rows = await org.associations({ territoryIds: [recordId(TERRITORY.eastA)] });
    expect(rows.map((row) => [row.accountId, row.cause])).toEqual([
      [account(1), 'manual'],
      [account(2), 'rule'],
    ]);
    expect(await org.openOpportunities(ids(2))).toMatchObject([
      { stage: 'Prospecting', amountUsd: 5, ownerName: 'Ann Test' },
    ]);
    expect(await org.openOpportunities([])).toEqual([]);
  });
  it('asks who may see what, 200 at a time, and keeps the answer five minutes', async () => {
    local.seed({ Account: accounts(450) });
    const org = await openByToken();
    const before = local.api.used;
    const bob = recordId(USER.bob);
    const access = await org.access(bob, ids(450));
    expect(local.api.used - before).toBe(3);
    expect(access.get(recordId(account(450)))).toEqual({ read: false, edit: false });
    await org.access(bob, ids(450));
    expect(local.api.used - before).toBe(3);
    nowMs += 5 * 60_000;
    local.seed({
      ObjectTerritory2Association: [
        { ObjectId: account(7), Territory2Id: TERRITORY.eastB, AssociationCause: 'Territory2Manual' },
      ],
    });
    expect((await org.access(bob, [recordId(account(7))])).get(recordId(account(7)))).toEqual({
      read: true,
      edit: true,
    });
  });
});

describe('writing', () => {
  const link = (n: number, territoryId = TERRITORY.eastA) => ({
    accountId: recordId(account(n)),
    territoryId: recordId(territoryId),
  });
  it('gives one outcome per row and takes rows that are already so as done', async () => {
    local.seed({ Account: accounts(3) });
    const org = await openByToken();
    expect(await org.createAssociations([link(1), link(1), link(2, id('0MI', 'nowhere'))])).toMatchObject([
      { ok: true, already: false },
      { ok: true, already: true },
      { ok: false, code: 'INVALID_CROSS_REFERENCE_KEY', action: expect.stringContaining('refresh') },
    ]);
    const [row] = await org.associations({ territoryIds: [recordId(TERRITORY.eastA)] });
    expect(row?.lastModifiedById).toBe(org.userId);
    expect(await org.deleteAssociations([row!.id, row!.id])).toMatchObject([
      { ok: true, already: false },
      { ok: true, already: true },
    ]);
  });
  it('survives a lost reply, 503 and locked rows without writing twice', async () => {
    local.seed({ Account: accounts(3) });
    const org = await openByToken();
    local.faults.add({ kind: 'request', path: '/composite/sobjects', drop: 'after' });
    local.faults.add({ kind: 'request', path: '/composite/sobjects', code: 'SERVER_UNAVAILABLE' });
    local.faults.add({ kind: 'record', value: account(2), code: 'UNABLE_TO_LOCK_ROW', times: 2 });
    const outcomes = await org.createAssociations([link(1), link(2), link(3)]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true, true]);
    expect(await org.associations({ territoryIds: [recordId(TERRITORY.eastA)] })).toHaveLength(3);
    expect(pauses.length).toBeGreaterThanOrEqual(2);
  });
  it('asks again where Salesforce broke on a read, and writes nothing a second time by itself', async () => {
    local.seed({ Account: accounts(2) });
    const org = await openByToken();
    local.faults.add({ kind: 'request', path: '/query', code: 'UNKNOWN_EXCEPTION', times: 2 });
    expect(await org.associations({ territoryIds: [recordId(TERRITORY.eastA)] })).toEqual([]);
    expect(pauses).toHaveLength(2);
    local.faults.add({ kind: 'request', path: '/composite/sobjects', code: 'UNKNOWN_EXCEPTION' });
    await expect(org.createAssociations([link(1)])).rejects.toMatchObject({
      code: 'org_unreachable',
      action: expect.stringContaining('Salesforce support'),
    });
    expect(pauses).toHaveLength(2);
  });
  it('reports a row that stays locked, and the daily limit', async () => {
    local.seed({ Account: accounts(1) });
    const org = await openByToken();
    local.faults.add({ kind: 'record', value: account(1), code: 'UNABLE_TO_LOCK_ROW', times: 99 });
    expect(await org.createAssociations([link(1)])).toMatchObject([{ ok: false, code: 'UNABLE_TO_LOCK_ROW' }]);
    local.api.limit = local.api.used;
    await expect(org.createAssociations([link(1)])).rejects.toMatchObject({ code: 'org_limit' });
  });
  it('moves owners without waking the rules, and nothing of the deals', async () => {
    local.seed({ Account: accounts(1) });
    const org = await openByToken();
    expect(await org.setOwners([{ accountId: recordId(account(1)), ownerId: recordId(USER.gone) }])).toMatchObject([
      { ok: false, code: 'INACTIVE_OWNER_OR_USER' },
    ]);
    expect(await org.setOwners([{ accountId: recordId(account(1)), ownerId: recordId(USER.bob) }])).toMatchObject([
      { ok: true },
    ]);
    expect((await org.accountsById(ids(1)))[0]?.ownerId).toBe(USER.bob);
    await expect(
      org.setOwners(ids(201).map((accountId) => ({ accountId, ownerId: recordId(USER.bob) }))),
    ).rejects.toThrow('201 records');
  });
});
