import { createPublicKey, verify } from 'node:crypto';
import { OAuthError } from './oauthError.ts';

interface Claims {
  iss?: unknown;
  sub?: unknown;
  aud?: unknown;
  exp?: unknown;
}

export interface Assertion {
  header: { alg?: unknown };
  claims: Claims;
  signed: string;
  signature: Buffer;
}

/** Salesforce takes assertions that expire within five minutes; three are recommended, a little clock skew is allowed. */
const MAX_LIFE_S = 5 * 60 + 30;
const REAL_AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];

export function parseAssertion(assertion: string): Assertion {
  const [header = '', claims = '', signature = ''] = assertion.split('.');
  try {
    return {
      header: JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg?: unknown },
      claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims,
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

/** @throws OAuthError unless the app's key signed it, for this org, and it is still valid */
export function checkAssertion(
  assertion: Assertion,
  at: { certificate?: string | undefined; baseUrl: string; nowMs: number },
): void {
  const { header, claims, signed, signature } = assertion;
  const isSigned =
    header.alg === 'RS256' &&
    at.certificate !== undefined &&
    verify('RSA-SHA256', Buffer.from(signed), createPublicKey(at.certificate), signature);
  if (!isSigned) throw new OAuthError('invalid_grant', 'invalid assertion');
  const audiences = [claims.aud].flat().map((value) => String(value).replace(/\/$/, ''));
  if (!audiences.some((value) => value === at.baseUrl || REAL_AUDIENCES.includes(value)))
    throw new OAuthError('invalid_grant', 'audience is invalid');
  const nowS = at.nowMs / 1000;
  if (typeof claims.exp !== 'number' || claims.exp <= nowS) throw new OAuthError('invalid_grant', 'token is expired');
  if (claims.exp > nowS + MAX_LIFE_S) throw new OAuthError('invalid_grant', 'invalid assertion');
}
