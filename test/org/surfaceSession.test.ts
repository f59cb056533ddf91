import { Connection, OAuth2 } from 'jsforce';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { signJwt } from '../../service/org/jwt.ts';
import { connect, failure, raw, startSurfaceOrg, TOKEN } from '../kit/surfaceOrg.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const USERNAME = 'integration@bailiwick.example';
const REDIRECT = 'http://localhost:8080/back';
let org: LocalOrg;
let oauth2: { loginUrl: string; clientId: string; clientSecret: string; redirectUri: string };

beforeAll(async () => {
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  org = await startSurfaceOrg({ clients: [{ clientId: 'signer', certificate }] });
  oauth2 = { loginUrl: org.url, clientId: 'standin', clientSecret: TOKEN, redirectUri: REDIRECT };
});
beforeEach(() => org.addToken(TOKEN, org.integrationUser.id));
afterAll(() => org.close());

const soql = 'SELECT Id FROM User LIMIT 5';
const web = () => new Connection({ loginUrl: org.url, oauth2, version: '66.0' });
const form = (path: string, body: Record<string, string>) =>
  fetch(`${org.url}${path}`, { method: 'POST', body: new URLSearchParams(body), redirect: 'manual' });

/** The login page of the web server flow, filled in. @returns the parameters of the redirect */
async function signIn(
  url: string,
  password = TOKEN,
): Promise<{ status: number; query: URLSearchParams; text: string }> {
  const page = await fetch(url);
  expect(await page.text()).toContain('name="password"');
  const asked = Object.fromEntries(new URL(url).searchParams);
  const response = await form('/services/oauth2/authorize', { ...asked, username: USERNAME, password });
  const location = response.headers.get('location');
  return {
    status: response.status,
    query: location ? new URL(location).searchParams : new URLSearchParams(),
    text: await response.text(),
  };
}

describe('SOAP login', () => {
  const soap = () => new Connection({ loginUrl: org.url, version: '50.0' });
  it.each([TOKEN, `${TOKEN}SecurityToken`])(
    'takes the password, alone or with the security token',
    async (password) => {
      const conn = soap();
      const info = await conn.login(USERNAME, password);
      expect(info).toEqual({
        id: org.integrationUser.id,
        organizationId: org.orgId,
        url: `${org.url}/id/${org.orgId}/${org.integrationUser.id}`,
      });
      expect((await conn.query(soql)).records).not.toHaveLength(0);
    },
  );
  it('refuses a wrong password in Salesforce’s words', async () => {
    const error = await failure(soap().login(USERNAME, 'wrong'));
    expect(error.message).toBe('INVALID_LOGIN: Invalid username, password, security token; or user locked out.');
  });
  it('logs in once more when the token is bad', async () => {
    const conn = soap();
    await conn.login(USERNAME, TOKEN);
    conn.accessToken = 'invalid access token';
    const tokens: string[] = [];
    conn.on('refresh', (token: string) => tokens.push(token));
    expect((await conn.query(soql)).records).not.toHaveLength(0);
    expect(tokens).toEqual([conn.accessToken]);
  });
  it('ends at logout', async () => {
    const conn = soap();
    await conn.loginBySoap(USERNAME, TOKEN);
    const sessionId = conn.accessToken ?? '';
    const serverUrl = `${conn.instanceUrl}/services/Soap/u/50.0`;
    await conn.logout();
    expect(conn.accessToken).toBeNull();
    const again = new Connection({ sessionId, serverUrl });
    expect((await failure(again.query(soql))).errorCode).toBe('INVALID_SESSION_ID');
    expect((await failure(new Connection({ sessionId, serverUrl }).logout())).message).toContain('INVALID_SESSION_ID');
  });
});

describe('username and password over OAuth', () => {
  it('logs in, and ends at logout', async () => {
    const conn = web();
    await conn.login(USERNAME, TOKEN);
    const { accessToken } = conn;
    expect(conn.userInfo?.organizationId).toBe(org.orgId);
    expect((await conn.query(soql)).records).not.toHaveLength(0);
    await conn.logout();
    expect(conn.accessToken).toBeNull();
    const later = new Connection({ instanceUrl: org.url, accessToken: accessToken ?? '' });
    expect((await failure(later.query(soql))).errorCode).toBe('INVALID_SESSION_ID');
  });
  it('knows passwords that were set, and no other', async () => {
    const conn = connect(org);
    const { id = '' } = await conn.sobject('User').create({ Username: 'ada@example.com', LastName: 'Ada' });
    const path = `/sobjects/User/${id}/password`;
    expect(await raw(org, path)).toMatchObject({ json: { isExpired: false } });
    expect((await raw(org, path, { method: 'POST', body: { NewPassword: 'lovelace' } })).status).toBe(204);
    expect((await new OAuth2(oauth2).authenticate('ada@example.com', 'lovelace')).access_token).toContain('!');
    expect((await failure(new OAuth2(oauth2).authenticate('ada@example.com', TOKEN))).name).toBe('invalid_grant');
    const { json } = await raw(org, path, { method: 'DELETE' });
    const { NewPassword } = json as { NewPassword: string };
    expect((await new OAuth2(oauth2).authenticate('ada@example.com', NewPassword)).access_token).toContain('!');
  });
});

describe('web server flow', () => {
  it('gives a code for a password, tokens for the code, and new tokens after that', async () => {
    const conn = web();
    const { query } = await signIn(conn.oauth2.getAuthorizationUrl({ state: 'hello' }));
    expect(query.get('state')).toBe('hello');
    const info = await conn.authorize(query.get('code') ?? '');
    expect(info.id).toBe(org.integrationUser.id);
    expect(typeof conn.refreshToken).toBe('string');
    const { access_token } = await conn.oauth2.refreshToken(conn.refreshToken ?? '');
    expect(access_token).not.toBe(conn.accessToken);
  });
  it('checks the code verifier, and takes a code once', async () => {
    const pkce = new OAuth2({ ...oauth2, useVerifier: true });
    const { query } = await signIn(pkce.getAuthorizationUrl());
    const code = query.get('code') ?? '';
    expect((await pkce.requestToken(code)).refresh_token).toBeDefined();
    expect(await failure(pkce.requestToken(code))).toMatchObject({
      name: 'invalid_grant',
      message: 'invalid authorization code',
    });
    const second = (await signIn(pkce.getAuthorizationUrl())).query.get('code') ?? '';
    expect((await failure(new OAuth2(oauth2).requestToken(second))).message).toBe('invalid code verifier');
  });
  it('shows the page again after a wrong password, and redirects what it cannot serve', async () => {
    const wrong = await signIn(new OAuth2(oauth2).getAuthorizationUrl(), 'wrong');
    expect([wrong.status, wrong.text]).toEqual([200, expect.stringContaining('check your username and password')]);
    const other = await fetch(
      `${org.url}/services/oauth2/authorize?response_type=magic&client_id=standin&redirect_uri=${encodeURIComponent(REDIRECT)}`,
      { redirect: 'manual' },
    );
    expect(other.headers.get('location')).toContain('error=unsupported_response_type');
  });
  it('refreshes once, also for calls in parallel', async () => {
    const conn = web();
    await conn.authorize((await signIn(conn.oauth2.getAuthorizationUrl())).query.get('code') ?? '');
    let refreshes = 0;
    conn.on('refresh', () => refreshes++);
    conn.accessToken = 'invalid access token';
    const [rows, { sobjects }, { fields }] = await Promise.all([
      Promise.resolve(conn.query(soql)),
      conn.describeGlobal(),
      conn.sobject('User').describe(),
    ]);
    expect([refreshes, rows.records.length > 0, sobjects.length > 0, fields.length > 0]).toEqual([1, true, true, true]);
  });
  it('fails with invalid_grant when both tokens are bad', async () => {
    const conn = web();
    await conn.authorize((await signIn(conn.oauth2.getAuthorizationUrl())).query.get('code') ?? '');
    conn.accessToken = 'invalid access token';
    conn.refreshToken = 'invalid refresh token';
    const error = await failure(conn.query(soql));
    expect(error.message).toContain('expired access/refresh token');
  });
  it('a revoked refresh token ends its sessions', async () => {
    const conn = web();
    await conn.authorize((await signIn(conn.oauth2.getAuthorizationUrl())).query.get('code') ?? '');
    const accessToken = conn.accessToken ?? '';
    await conn.logout(true);
    const later = new Connection({ instanceUrl: org.url, accessToken });
    expect((await failure(later.query(soql))).errorCode).toBe('INVALID_SESSION_ID');
  });
});

describe('other flows', () => {
  it('client credentials', async () => {
    const conn = web();
    const info = await conn.authorize({ grant_type: 'client_credentials' });
    expect(info.id).toBe(org.integrationUser.id);
    expect((await conn.query(soql)).records).not.toHaveLength(0);
  });
  it('JWT bearer', async () => {
    const conn = new Connection({ loginUrl: org.url, oauth2: { loginUrl: org.url, clientId: 'signer' } });
    const exp = Math.floor(Date.now() / 1000) + 180;
    const assertion = signJwt({ iss: 'signer', sub: USERNAME, aud: org.url, exp }, privateKey);
    await conn.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    expect((await conn.query(soql)).records).not.toHaveLength(0);
  });
  it('tells whether a token is active', async () => {
    const { access_token } = await new OAuth2(oauth2).authenticate(USERNAME, TOKEN);
    const ask = async (token: string) =>
      (await form('/services/oauth2/introspect', { token, client_id: 'standin', client_secret: TOKEN })).json();
    expect(await ask(access_token)).toMatchObject({ active: true, username: USERNAME, token_type: 'access_token' });
    await new OAuth2(oauth2).revokeToken(access_token);
    expect(await ask(access_token)).toEqual({ active: false });
    expect(await failure(new OAuth2(oauth2).revokeToken(access_token))).toMatchObject({ name: 'invalid_token' });
  });
  it('revokes by GET too', async () => {
    const { access_token } = await new OAuth2(oauth2).authenticate(USERNAME, TOKEN);
    expect((await fetch(`${org.url}/services/oauth2/revoke?token=${encodeURIComponent(access_token)}`)).status).toBe(
      200,
    );
    expect((await raw(org, '/limits', { headers: { Authorization: `Bearer ${access_token}` } })).status).toBe(401);
  });
  it.each([
    [
      'a wrong password',
      { grant_type: 'password', username: USERNAME, password: 'x' },
      'invalid_grant',
      'authentication failure',
    ],
    [
      'an unknown app',
      { grant_type: 'password', client_id: 'nobody' },
      'invalid_client_id',
      'client identifier invalid',
    ],
    ['a wrong secret', { grant_type: 'password', client_secret: 'x' }, 'invalid_client', 'invalid client credentials'],
    ['another grant', { grant_type: 'magic' }, 'unsupported_grant_type', 'grant type not supported'],
    [
      'a bad refresh token',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      'invalid_grant',
      'expired access/refresh token',
    ],
    ['a bad code', { grant_type: 'authorization_code', code: 'x' }, 'invalid_grant', 'invalid authorization code'],
  ])('refuses %s', async (_, body, error, error_description) => {
    const response = await form('/services/oauth2/token', {
      client_id: 'standin',
      client_secret: TOKEN,
      ...body,
    } as Record<string, string>);
    expect([response.status, await response.json()]).toEqual([400, { error, error_description }]);
  });
});

describe('sessions and identity', () => {
  it('tells who is there, at an https id', async () => {
    const identity = await connect(org).identity();
    expect(identity.id).toMatch(/^https:\/\//);
    expect(identity).toMatchObject({
      user_id: org.integrationUser.id,
      organization_id: org.orgId,
      username: USERNAME,
      email: USERNAME,
      user_type: 'STANDARD',
      photos: { picture: expect.any(String), thumbnail: expect.any(String) },
      urls: { rest: expect.stringContaining('/services/data/v{version}/'), query: expect.any(String) },
    });
    const info = await raw(org, '/services/oauth2/userinfo');
    expect(info.json).toMatchObject({ user_id: org.integrationUser.id, organization_id: org.orgId });
  });
  it('answers Bad_OAuth_Token and 404 where the token or the user is unknown', async () => {
    const bad = await raw(org, '/services/oauth2/userinfo', { headers: { Authorization: 'Bearer x' } });
    expect([bad.status, bad.text]).toEqual([403, 'Bad_OAuth_Token']);
    const response = await fetch(`${org.url}/id/${org.orgId}/005Bw0zzzzzzzzzAAA?oauth_token=${TOKEN}`);
    expect(response.status).toBe(404);
  });
  it('says that a session is gone, and calls refreshFn', async () => {
    expect(await raw(org, '/limits', { headers: { Authorization: 'Bearer x' } })).toMatchObject({
      status: 401,
      json: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
    });
    await fetch(`${org.url}/local/sessions`, { method: 'DELETE' });
    let calls = 0;
    const conn = new Connection({
      instanceUrl: org.url,
      accessToken: TOKEN,
      version: '66.0',
      refreshFn: (_, done) => {
        calls++;
        org.addToken('fresh', org.integrationUser.id);
        done(null, 'fresh');
      },
    });
    expect((await conn.query(soql)).records).not.toHaveLength(0);
    expect(calls).toBe(1);
  });
  it('counts calls, and refuses with 403 at the limit', async () => {
    const small = await startSurfaceOrg({ apiLimit: 3 });
    try {
      const conn = connect(small);
      await conn.query(soql);
      expect(conn.limitInfo).toEqual({ apiUsage: { used: 1, limit: 3 } });
      const limits = await conn.limits();
      expect(limits['DailyApiRequests']).toEqual({ Max: 3, Remaining: 1 });
      expect(limits).toHaveProperty('FileStorageMB.Max');
      await conn.query(soql);
      expect(await failure(conn.query(soql))).toMatchObject({
        errorCode: 'REQUEST_LIMIT_EXCEEDED',
        message: 'TotalRequests Limit exceeded.',
      });
      expect((await raw(small, '/limits')).status).toBe(403);
    } finally {
      await small.close();
    }
  });
});
