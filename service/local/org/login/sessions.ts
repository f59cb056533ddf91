import { createHash, randomBytes } from 'node:crypto';
import type { OrgDatabase } from '../database.ts';
import { checkAssertion, parseAssertion } from './assertion.ts';
import { OAuthError } from './oauthError.ts';
import { Passwords } from './passwords.ts';

/** An app that may log in: External Client App with a certificate (JWT bearer) or with a secret (the other flows). */
export interface OAuthClient {
  clientId: string;
  /** PEM of the public key or certificate. */
  certificate?: string;
  secret?: string;
  /** Username that client credentials run as. */
  runAs?: string;
}

export interface Session {
  userId: string;
  clientId?: string;
  issuedMs: number;
}

interface Code extends Session {
  redirectUri: string;
  challenge: string | undefined;
}

export interface Granted {
  userId: string;
  token: string;
  refreshToken?: string;
}

type Form = Record<string, unknown>;
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** Salesforce lets an authorization code live for fifteen minutes. */
const CODE_LIFE_MS = 15 * 60_000;
const text = (form: Form, name: string): string => (typeof form[name] === 'string' ? form[name] : '');
const secretText = (): string => randomBytes(32).toString('base64url');

/** Access tokens in memory: after a restart of the org every session is gone, as after a session timeout. */
export class Sessions {
  readonly passwords: Passwords;
  readonly #db: OrgDatabase;
  readonly #orgId: string;
  readonly #now: () => number;
  readonly #tokens = new Map<string, Session>();
  readonly #refreshTokens = new Map<string, Session>();
  readonly #codes = new Map<string, Code>();
  readonly #clients = new Map<string, OAuthClient>();

  constructor(db: OrgDatabase, orgId: string, now: () => number) {
    this.#db = db;
    this.#orgId = orgId;
    this.#now = now;
    this.passwords = new Passwords(db);
  }

  addClient(client: OAuthClient): void {
    this.#clients.set(client.clientId, client);
  }

  addToken(token: string, userId: string): void {
    this.#tokens.set(token, { userId, issuedMs: this.#now() });
  }

  session(token: string): Session | undefined {
    return this.#tokens.get(token);
  }

  userOf(token: string): string | undefined {
    return this.#tokens.get(token)?.userId;
  }

  /** Ends every session that a login gave or that was fixed. Refresh tokens stay. */
  revokeAll(): void {
    this.#tokens.clear();
  }

  /** Ends one session; a refresh token ends its user's sessions with that app too. @returns false when it is unknown */
  revoke(token: string): boolean {
    const refreshed = this.#refreshTokens.get(token);
    if (refreshed) {
      this.#refreshTokens.delete(token);
      for (const [key, session] of this.#tokens)
        if (session.userId === refreshed.userId && session.clientId === refreshed.clientId) this.#tokens.delete(key);
    }
    return this.#tokens.delete(token) || refreshed !== undefined;
  }

  open(session: Omit<Session, 'issuedMs'>): string {
    const token = `${this.#orgId.slice(0, 15)}!${secretText()}`;
    this.#tokens.set(token, { ...session, issuedMs: this.#now() });
    return token;
  }

  /** @throws OAuthError with the words of the token endpoint */
  login(form: Form, baseUrl: string): Granted {
    const flows: Record<string, () => Granted> = {
      [JWT_BEARER]: () => this.#byAssertion(form, baseUrl),
      client_credentials: () => this.#byCredentials(form),
      password: () => this.#byPassword(form),
      refresh_token: () => this.#byRefreshToken(form),
      authorization_code: () => this.#byCode(form),
    };
    const flow = flows[text(form, 'grant_type')];
    if (!flow) throw new OAuthError('unsupported_grant_type', 'grant type not supported');
    return flow();
  }

  /** A code for the web server flow. @throws OAuthError for an unknown app or a wrong password */
  authorize(form: Form): string {
    const { clientId } = this.client(form['client_id']);
    const userId = this.passwords.userOf(text(form, 'username'), text(form, 'password'));
    if (userId === undefined) throw new OAuthError('invalid_grant', 'authentication failure');
    const code = `aPrx${secretText()}`;
    const challenge = text(form, 'code_challenge') || undefined;
    this.#codes.set(code, {
      userId,
      clientId,
      redirectUri: text(form, 'redirect_uri'),
      challenge,
      issuedMs: this.#now(),
    });
    return code;
  }

  client(id: unknown): OAuthClient {
    const client = this.#clients.get(typeof id === 'string' ? id : '');
    if (!client) throw new OAuthError('invalid_client_id', 'client identifier invalid');
    return client;
  }

  /** @throws OAuthError when a secret is needed, or given, and wrong */
  requireSecret(form: Form, isNeeded = true): OAuthClient {
    const client = this.client(form['client_id']);
    const secret = text(form, 'client_secret');
    if ((isNeeded || secret) && (!client.secret || client.secret !== secret))
      throw new OAuthError('invalid_client', secret ? 'invalid client credentials' : 'client secret required');
    return client;
  }

  #user(username: unknown): string {
    const name = typeof username === 'string' ? username : '';
    const row = this.#db.get('SELECT Id FROM "User" WHERE Username = ? AND IsActive = 1', [name]);
    if (!row) throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
    return String(row['Id']);
  }

  #grant(session: Omit<Session, 'issuedMs'>): Granted {
    return { userId: session.userId, token: this.open(session) };
  }

  #byAssertion(form: Form, baseUrl: string): Granted {
    const assertion = parseAssertion(text(form, 'assertion'));
    const { clientId, certificate } = this.client(assertion.claims.iss);
    checkAssertion(assertion, { certificate, baseUrl, nowMs: this.#now() });
    return this.#grant({ userId: this.#user(assertion.claims.sub), clientId });
  }

  #byCredentials(form: Form): Granted {
    const { clientId, runAs } = this.requireSecret(form);
    if (!runAs) throw new OAuthError('invalid_grant', 'no client credentials user enabled');
    return this.#grant({ userId: this.#user(runAs), clientId });
  }

  #byPassword(form: Form): Granted {
    const { clientId } = this.requireSecret(form);
    const userId = this.passwords.userOf(text(form, 'username'), text(form, 'password'));
    if (userId === undefined) throw new OAuthError('invalid_grant', 'authentication failure');
    return this.#grant({ userId, clientId });
  }

  #byRefreshToken(form: Form): Granted {
    const { clientId } = this.requireSecret(form, false);
    const session = this.#refreshTokens.get(text(form, 'refresh_token'));
    if (!session || session.clientId !== clientId)
      throw new OAuthError('invalid_grant', 'expired access/refresh token');
    return this.#grant({ userId: session.userId, clientId });
  }

  #byCode(form: Form): Granted {
    const { clientId } = this.requireSecret(form, false);
    const given = text(form, 'code');
    const code = this.#codes.get(given);
    this.#codes.delete(given);
    if (!code || code.clientId !== clientId) throw new OAuthError('invalid_grant', 'invalid authorization code');
    if (this.#now() - code.issuedMs > CODE_LIFE_MS) throw new OAuthError('invalid_grant', 'expired authorization code');
    if (code.redirectUri !== text(form, 'redirect_uri'))
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    const verifier = createHash('sha256').update(text(form, 'code_verifier')).digest('base64url');
    if (code.challenge !== undefined && code.challenge !== verifier)
      throw new OAuthError('invalid_grant', 'invalid code verifier');
    const refreshToken = `5Aep861${secretText()}`;
    this.#refreshTokens.set(refreshToken, { userId: code.userId, clientId, issuedMs: this.#now() });
    return { ...this.#grant({ userId: code.userId, clientId }), refreshToken };
  }
}
