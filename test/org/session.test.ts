import { Connection } from 'jsforce';
import { createHmac, generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION_SET_IDS } from '../../service/local/org/firstRecords.ts';
import { startOrg, type LocalOrg } from '../../service/local/org/org.ts';
import { signJwt } from '../../service/org/jwt.ts';
import { account, accounts, id, startSmallOrg, TERRITORY, USER } from '../kit/smallOrg.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const certificate = publicKey.export({ type: 'spki', format: 'pem' }) as string;
let org: LocalOrg;

beforeAll(async () => {
  org = await startSmallOrg({
    clients: [
      { clientId: 'app', certificate },
      { clientId: 'daemon', secret: 's3', runAs: 'integration@bailiwick.example' },
    ],
  });
  org.seed({
    Account: accounts(3),
    ObjectTerritory2Association: [
      { ObjectId: account(2), Territory2Id: TERRITORY.eastB, AssociationCause: 'Territory2Manual' },
    ],
    PermissionSetAssignment: [{ AssigneeId: USER.ann, PermissionSetId: PERMISSION_SET_IDS.Bailiwick_Rep }],
  });
});
afterAll(() => org.close());

const claims = (more = {}) => ({
  iss: 'app',
  sub: org.integrationUser.username,
  aud: org.url,
  exp: Math.floor(Date.now() / 1000) + 180,
  ...more,
});
async function login(assertion: string): Promise<Connection> {
  const conn = new Connection({ loginUrl: org.url, version: '66.0', oauth2: { loginUrl: org.url, clientId: 'app' } });
  await conn.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  return conn;
}

describe('login', () => {
  it('takes a signed assertion and tells who is logged in', async () => {
    const conn = await login(signJwt(claims(), privateKey));
    expect(conn.userInfo).toMatchObject({ id: org.integrationUser.id, organizationId: org.orgId });
    expect(await conn.identity()).toMatchObject({
      user_id: org.integrationUser.id,
      username: org.integrationUser.username,
    });
    expect((await conn.query('SELECT COUNT() FROM Account')).totalSize).toBe(3);
  });
  it.each([
    ['another key', () => signJwt(claims(), stranger), 'invalid assertion'],
    ['another app', () => signJwt(claims({ iss: 'other' }), privateKey), 'client identifier invalid'],
    ['another audience', () => signJwt(claims({ aud: 'https://example.com' }), privateKey), 'audience is invalid'],
    ['expired', () => signJwt(claims({ exp: 1 }), privateKey), 'token is expired'],
    ['too long a life', () => signJwt(claims({ exp: Date.now() / 1000 + 4000 }), privateKey), 'invalid assertion'],
    [
      'unknown user',
      () => signJwt(claims({ sub: 'nobody@example.com' }), privateKey),
      "user hasn't approved this consumer",
    ],
    [
      'inactive user',
      () => signJwt(claims({ sub: 'gone@example.com' }), privateKey),
      "user hasn't approved this consumer",
    ],
    ['no signature', () => `${signJwt(claims(), privateKey).split('.').slice(0, 2).join('.')}.`, 'invalid assertion'],
    [
      'HS256 over the public key',
      () => {
        const [head, body] = ['{"alg":"HS256"}', JSON.stringify(claims())].map((text) =>
          Buffer.from(text).toString('base64url'),
        );
        return `${head}.${body}.${createHmac('sha256', certificate).update(`${head}.${body}`).digest('base64url')}`;
      },
      'invalid assertion',
    ],
    ['nonsense', () => 'nonsense', 'invalid assertion'],
  ])('refuses %s', async (_, assertion, words) => {
    await expect(login(assertion())).rejects.toThrow(words);
  });
  it('takes client credentials', async () => {
    const conn = new Connection({
      loginUrl: org.url,
      oauth2: { loginUrl: org.url, clientId: 'daemon', clientSecret: 's3' },
    });
    expect((await conn.authorize({ grant_type: 'client_credentials' })).organizationId).toBe(org.orgId);
  });
});

describe('sessions and limits', () => {
  it('answers 401 without a valid token', async () => {
    const conn = new Connection({ instanceUrl: org.url, accessToken: 'wrong', version: '66.0' });
    await expect(conn.query('SELECT Id FROM Account')).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
  });
  it('counts calls in every reply and refuses at the limit with 403', async () => {
    const small = await startSmallOrg({ apiLimit: 3 });
    const conn = new Connection({ instanceUrl: small.url, accessToken: 'secret', version: '66.0' });
    await conn.query('SELECT Id FROM Account');
    expect(conn.limitInfo.apiUsage).toEqual({ used: 1, limit: 3 });
    expect((await conn.limits())['DailyApiRequests']).toEqual({ Max: 3, Remaining: 1 });
    await conn.describeGlobal();
    await expect(conn.describeGlobal()).rejects.toMatchObject({ errorCode: 'REQUEST_LIMIT_EXCEEDED' });
    await small.close();
  });
  it('fails on order: errors, dropped connections after the commit, single records', async () => {
    const conn = new Connection({ instanceUrl: org.url, accessToken: 'secret', version: '66.0' });
    org.faults.add({ kind: 'request', path: '/sobjects/Account', method: 'POST', code: 'SERVER_UNAVAILABLE' });
    await expect(conn.sobject('Account').create({ Name: 'x' })).rejects.toMatchObject({
      errorCode: 'SERVER_UNAVAILABLE',
    });
    org.faults.add({ kind: 'request', path: '/sobjects/Account', method: 'POST', drop: 'after' });
    await expect(conn.sobject('Account').create({ Name: 'lost reply' })).rejects.toThrow();
    expect((await conn.query("SELECT Id FROM Account WHERE Name = 'lost reply'")).totalSize).toBe(1);
    org.faults.add({ kind: 'record', value: account(1), code: 'UNABLE_TO_LOCK_ROW' });
    const results = await conn.sobject('Account').update([
      { Id: account(1), Site: 'x' },
      { Id: account(2), Site: 'x' },
    ]);
    expect(results.map((result) => result.success)).toEqual([false, true]);
  });
});

describe('who sees what', () => {
  const access = async (userId: string) => {
    const conn = new Connection({ instanceUrl: org.url, accessToken: 'secret', version: '66.0' });
    const list = [1, 2, 3].map((n) => `'${account(n)}'`).join(',');
    const soql = `SELECT RecordId, HasReadAccess, HasEditAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = '${userId}' AND RecordId IN (${list})`;
    return (await conn.query(soql)).records.map((record) => record['MaxAccessLevel'] as string);
  };
  it('gives accounts to owner, roles above, territory members and members above', async () => {
    expect(await access(USER.ann)).toEqual(['All', 'All', 'All']);
    expect(await access(USER.bob)).toEqual(['None', 'Edit', 'None']);
    expect(await access(USER.manager)).toEqual(['All', 'All', 'All']);
    expect(await access(org.integrationUser.id)).toEqual(['All', 'All', 'All']);
    const above = id('005', 'eve');
    org.seed({
      User: [{ Id: above, Username: 'eve@example.com', LastName: 'Eve' }],
      UserTerritory2Association: [{ UserId: above, Territory2Id: TERRITORY.sales }],
    });
    expect(await access(above)).toEqual(['None', 'Edit', 'None']);
  });
  it("limits a rep's own session to her accounts", async () => {
    org.addToken('bob', USER.bob);
    const conn = new Connection({ instanceUrl: org.url, accessToken: 'bob', version: '66.0' });
    const { records } = await conn.query<{ Id: string }>('SELECT Id FROM Account');
    expect(records.map((record) => record.Id)).toEqual([account(2)]);
    await expect(conn.sobject('Account').retrieve(account(1))).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });
  it('mints service tokens with the custom permissions of the user', () => {
    const token = org.mintToken(USER.ann, { audience: 'bailiwick', key: privateKey, kid: 'k1' });
    const [head = '', body = '', signature = ''] = token.split('.');
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({ alg: 'RS256', kid: 'k1' });
    const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, number>;
    expect(payload).toMatchObject({
      iss: org.orgId,
      sub: USER.ann,
      aud: 'bailiwick',
      perms: ['Bailiwick_View'],
      name: 'Ann Test',
    });
    expect((payload['exp'] ?? 0) - (payload['iat'] ?? 0)).toBe(300);
  });
});

it('keeps rows and ids over a restart', async () => {
  const dir = mkdtempSync(join(tmpdir(), `org-${randomUUID()}`));
  const make = async () => {
    const one = await startOrg({ port: 0, dir, token: 'secret' });
    const conn = new Connection({ instanceUrl: one.url, accessToken: 'secret', version: '66.0' });
    const { id: made } = await conn.sobject('Account').create({ Name: 'x' });
    const { totalSize } = await conn.query('SELECT Id FROM Account');
    await one.close();
    return { made, totalSize };
  };
  const [first, second] = [await make(), await make()];
  expect(second.made).not.toBe(first.made);
  expect(second.totalSize).toBe(2);
  rmSync(dir, { recursive: true });
});
