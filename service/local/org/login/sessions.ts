import { createPublicKey, randomBytes, verify } from 'node:crypto';
import type { OrgDatabase } from '../database.ts';

/** An app that may log in: External Client App with a certificate (JWT bearer) or with a secret (client credentials). */
export interface OAuthClient {
  clientId: string;
  /** PEM of the public key or certificate. */
  certificate?: string;
  secret?: string;
  /** Username that client credentials run as. */
  runAs?: string;
}

export class OAuthError extends Error {
  readonly error: string;
  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

interface Assertion {
  iss?: unknown;
  sub?: unknown;
  aud?: unknown;
  exp?: unknown;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** Salesforce takes assertions that expire within five minutes; three are recommended, a little clock skew is allowed. */
const MAX_LIFE_S = 5 * 60 + 30;
const REAL_AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];

function parse(assertion: string): { header: { alg?: unknown }; claims: Assertion; signed: string; signature: Buffer } {
  const [header = '', claims = '', signature = ''] = assertion.split('.');
  try {
    return {
      header: JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg?: unknown },
      claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Assertion,
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

/** Access tokens in memory: after a restart of the org every session is gone, as after a session timeout. */
export class Sessions {
  readonly #db: OrgDatabase;
  readonly #now: () => number;
  readonly #tokens = new Map<string, string>();
  readonly #clients = new Map<string, OAuthClient>();

  constructor(db: OrgDatabase, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  addClient(client: OAuthClient): void {
    this.#clients.set(client.clientId, client);
  }

  addToken(token: string, userId: string): void {
    this.#tokens.set(token, userId);
  }

  userOf(token: string): string | undefined {
    return this.#tokens.get(token);
  }

  /** Ends one session. */
  revoke(token: string): void {
    this.#tokens.delete(token);
  }

  /** Ends every session that a login gave or that was fixed. */
  revokeAll(): void {
    this.#tokens.clear();
  }

  /** @returns the user and a fresh access token. @throws OAuthError with the words of the token endpoint */
  login(form: Record<string, unknown>, baseUrl: string): { userId: string; token: string } {
    const grant = String(form['grant_type'] ?? '');
    const userId = grant === JWT_BEARER ? this.#byAssertion(form, baseUrl) : this.#byCredentials(grant, form);
    const token = `00D!${randomBytes(24).toString('base64url')}`;
    this.#tokens.set(token, userId);
    return { userId, token };
  }

  #client(id: unknown): OAuthClient {
    const client = this.#clients.get(String(id ?? ''));
    if (!client) throw new OAuthError('invalid_client_id', 'client identifier invalid');
    return client;
  }

  #user(username: unknown): string {
    const row = this.#db.get('SELECT Id FROM "User" WHERE Username = ? AND IsActive = 1', [String(username ?? '')]);
    if (!row) throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
    return String(row['Id']);
  }

  #byAssertion(form: Record<string, unknown>, baseUrl: string): string {
    const { header, claims, signed, signature } = parse(String(form['assertion'] ?? ''));
    const client = this.#client(claims.iss);
    const isSigned =
      header.alg === 'RS256' &&
      client.certificate !== undefined &&
      verify('RSA-SHA256', Buffer.from(signed), createPublicKey(client.certificate), signature);
    if (!isSigned) throw new OAuthError('invalid_grant', 'invalid assertion');
    const audiences = [claims.aud].flat().map((value) => String(value).replace(/\/$/, ''));
    if (!audiences.some((value) => value === baseUrl || REAL_AUDIENCES.includes(value)))
      throw new OAuthError('invalid_grant', 'audience is invalid');
    const nowS = this.#now() / 1000;
    if (typeof claims.exp !== 'number' || claims.exp <= nowS) throw new OAuthError('invalid_grant', 'token is expired');
    if (claims.exp > nowS + MAX_LIFE_S) throw new OAuthError('invalid_grant', 'invalid assertion');
    return this.#user(claims.sub);
  }

  #byCredentials(grant: string, form: Record<string, unknown>): string {
    if (grant !== 'client_credentials') throw new OAuthError('unsupported_grant_type', 'grant type not supported');
    const client = this.#client(form['client_id']);
    if (!client.secret || client.secret !== form['client_secret'])
      throw new OAuthError('invalid_client', 'invalid client credentials');
    return this.#user(client.runAs);
  }
}
