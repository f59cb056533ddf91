import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { signJwt } from '../../service/org/jwt.ts';
import { accounts, startSmallOrg, USER } from '../kit/smallOrg.ts';

const MAIN = path.resolve(import.meta.dirname, '../../service/main.ts');
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-serve-'));
let org: LocalOrg;
let child: ChildProcess | undefined;
let url: string;

/** What `npm run serve` reads, with token keys of this key id. */
function environment(kid: string, more: Record<string, string> = {}): Record<string, string> {
  const keyFile = path.join(folder, 'org.pem');
  const tokenKeys = path.join(folder, `${kid}.json`);
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(tokenKeys, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256' }] }));
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    BAILIWICK_DATA: path.join(folder, 'data'),
    BAILIWICK_ORIGINS: 'https://example.lightning.force.com',
    BAILIWICK_ORG_LOGIN_URL: org.url,
    BAILIWICK_ORG_CLIENT_ID: 'client',
    BAILIWICK_ORG_USERNAME: org.integrationUser.username,
    BAILIWICK_ORG_PRIVATE_KEY_FILE: keyFile,
    BAILIWICK_TOKEN_KEYS_FILE: tokenKeys,
    ...more,
  };
}

/** Runs the service until it ends by itself. */
function ended(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN], { env, timeout: 50_000 }, (error, _out, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stderr }),
    );
  });
}

beforeAll(async () => {
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  org = await startSmallOrg({ clients: [{ clientId: 'client', certificate }] });
  org.seed({ Account: accounts(3) });
  const started = spawn(process.execPath, [MAIN], { env: environment('prod'), stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  url = await new Promise<string>((resolve, reject) => {
    started.stdout.on('data', (text: Buffer) => {
      const found = /on (http:\S+)/.exec(String(text))?.[1];
      if (found) resolve(found);
    });
    started.once('exit', (code) => reject(new Error(`The service ended with ${code}.`)));
  });
});
afterAll(async () => {
  if (child && child.exitCode === null) {
    const gone = new Promise((done) => child!.once('exit', done));
    child.kill('SIGTERM');
    await gone;
  }
  await org.close();
  rmSync(folder, { recursive: true, force: true });
});

const token = (kid: string, claims: Record<string, unknown> = {}) => {
  const iat = Math.floor(Date.now() / 1000);
  const base = { iss: org.orgId, sub: USER.director, aud: 'bailiwick', iat, exp: iat + 300, jti: randomUUID() };
  return signJwt({ ...base, perms: ['Bailiwick_View'], name: 'Dora', ...claims }, privateKey, { kid });
};
const get = (at: string, kid: string, claims = {}) =>
  fetch(url + at, { headers: { authorization: `Bearer ${token(kid, claims)}` } });

describe('npm run serve', () => {
  test('takes tokens of the configured key and refuses the demo key id and other orgs', async () => {
    expect((await get('/api/me', 'prod')).status).toBe(200);
    expect((await get('/api/me', 'local-demo')).status).toBe(401);
    expect((await get('/api/me', 'prod', { iss: '00D000000000009EAA' })).status).toBe(401);
  });

  test('does not say that it is the sample, and has no pages, no user switcher and no way to mint a token', async () => {
    expect(await (await get('/api/me', 'prod')).json()).toMatchObject({ sample: false });
    for (const at of ['/', '/lightning/page/home', '/apex/BailiwickSession.open', '/session', '/reset']) {
      for (const method of ['GET', 'POST']) expect([at, (await fetch(url + at, { method })).status]).toEqual([at, 404]);
    }
  });

  test('answers only the configured origins', async () => {
    const from = async (origin: string) =>
      (await fetch(`${url}/healthz`, { headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await from('https://example.lightning.force.com')).toBe('https://example.lightning.force.com');
    expect(await from('https://example.lightning.force.com.evil.example')).toBeNull();
  });

  test('does not start with the demo key', async () => {
    const { code, stderr } = await ended(environment('local-demo'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/key "local-demo" of the demo is not accepted here.*own certificate/s);
  });

  test('does not start twice over one data directory, nor on a port that is taken', async () => {
    const locked = await ended(environment('prod'));
    expect(locked.code).toBe(1);
    expect(locked.stderr).toMatch(/data directory .* is in use by process \d+.*Stop that process first/s);
    const { port } = new URL(url);
    const taken = await ended(environment('prod', { PORT: port, BAILIWICK_DATA: path.join(folder, 'other') }));
    expect(taken.code).toBe(1);
    expect(taken.stderr).toMatch(new RegExp(`Port ${port} is in use.*PORT`, 's'));
  });

  test('does not start without its database, and says so in words', async () => {
    const { code, stderr } = await ended(
      environment('prod', {
        DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none',
        BAILIWICK_DATA: path.join(folder, 'third'),
      }),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/database.*DATABASE_URL/is);
    expect(stderr).not.toMatch(/secret|\n {4}at /);
  });
});
