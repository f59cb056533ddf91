import { sign, type KeyLike } from 'node:crypto';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON Web Token signed with RS256. Times in the claims are seconds since 1970. */
export function signJwt(claims: Record<string, unknown>, key: KeyLike, header: Record<string, string> = {}): string {
  const body = `${encoded({ alg: 'RS256', typ: 'JWT', ...header })}.${encoded(claims)}`;
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), key).toString('base64url')}`;
}
