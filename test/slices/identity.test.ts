import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { createHmac, createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { BailiwickError } from '../../service/core/errors.ts';
import { readConfig } from '../../service/config.ts';
import { tokenVerifier, type VerifyToken } from '../../service/http/identity.ts';

const ORG = '00D000000000001EAA';
const USER = '005000000000001AAA';
const NOW = Date.UTC(2026, 10, 23) / 1000;

let privateKey: CryptoKey;
let publicJwk: JWK;
let verify: VerifyToken;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  privateKey = pair.privateKey;
  publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256' };
  verify = tokenVerifier({ keys: { keys: [publicJwk] as never }, orgId: ORG, now: () => NOW * 1000 });
});

const CLAIMS = {
  iss: ORG,
  sub: USER,
  aud: 'bailiwick',
  iat: NOW,
  exp: NOW + 300,
  jti: 'a',
  name: 'Ana',
  perms: ['Bailiwick_View', 'Bailiwick_Reassign', 'Other'],
};

function sign(claims: Record<string, unknown> = {}, header: Record<string, string> = {}): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
    .sign(privateKey);
}

async function refusal(header: string | undefined): Promise<string> {
  const error = await verify(header).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BailiwickError);
  expect((error as BailiwickError).code).toBe('unauthenticated');
  return (error as BailiwickError).message;
}

describe('the one verifier of tokens', () => {
  test('takes an honest token and knows its permissions', async () => {
    const user = await verify(`Bearer ${await sign()}`);
    expect(user).toMatchObject({ userId: USER, orgId: ORG, name: 'Ana', role: 'admin' });
    expect([...user.permissions]).toEqual(['view', 'reassign']);
  });

  test.each([
    ['wrong audience', { aud: 'other' }],
    ["another org's id", { iss: '00D000000000002EAA' }],
    ['life above 300 s', { exp: NOW + 301 }],
    ['expired', { iat: NOW - 400, exp: NOW - 100 }],
    ['issued in the future', { iat: NOW + 60, exp: NOW + 120 }],
    ['no expiry', { exp: undefined }],
    ['no token id', { jti: undefined }],
    ['no user', { sub: 'x' }],
  ])('refuses %s', async (_, claims) => {
    await refusal(`Bearer ${await sign(claims)}`);
  });

  test('refuses an unknown key id and a key of its own', async () => {
    await refusal(`Bearer ${await sign({}, { kid: 'k2' })}`);
    const other = await generateKeyPair('RS256');
    await refusal(
      `Bearer ${await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(other.privateKey)}`,
    );
  });

  test('refuses alg none', async () => {
    await refusal(`Bearer ${new UnsecuredJWT(CLAIMS).encode()}`);
  });

  test('refuses HS256 over the public key', async () => {
    const pem = createPublicKey({ key: publicJwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = `${part({ alg: 'HS256', kid: 'k1' })}.${part(CLAIMS)}`;
    await refusal(`Bearer ${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`);
  });

  test('refuses nothing, half a token and another scheme', async () => {
    for (const header of [undefined, '', 'Bearer', 'Bearer a.b', `Basic ${await sign()}`]) await refusal(header);
  });
});

describe('configuration', () => {
  test('names every problem in one message', () => {
    expect(() => readConfig({ PORT: 'x' })).toThrow(/PORT[\s\S]*BAILIWICK_ORIGINS[\s\S]*BAILIWICK_ORG_LOGIN_URL/);
  });

  test('a map server of one’s own is used whole or not at all', () => {
    const said = (more: Record<string, string>) => {
      try {
        readConfig(more);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(said({})).not.toContain('TILE');
    expect(said({ BAILIWICK_TILE_URL: 'https://maps.example.com/tiles' })).toContain('needs {z}, {x} and {y}');
    expect(said({ BAILIWICK_TILE_URL: 'http://maps.example.com/{z}/{x}/{y}.png' })).toContain('BAILIWICK_TILE_URL');
  });
});
