import { Connection } from 'jsforce';
import { BailiwickError } from '../core/errors.ts';
import { longId, recordId, type UserId } from '../core/ids.ts';
import { bypassesProxy } from './proxy.ts';
import { failureOf, INTERNAL_ERROR, translated } from './failures.ts';
import { signJwt } from './jwt.ts';
import { retrying, type Clock } from './retry.ts';
import { readWholeReplies } from './wholeReplies.ts';
import type { Soql } from './soql.ts';

export type OrgAuth =
  | { kind: 'jwt'; clientId: string; username: string; privateKey: string }
  | { kind: 'token'; instanceUrl: string; accessToken: string };

export interface ConnectionOptions {
  loginUrl: string;
  auth: OrgAuth;
  apiVersion: string;
  clock: Clock;
}

export type CrmRecord = Record<string, unknown>;
export interface ApiBudget {
  used: number;
  limit: number;
}
interface Page {
  totalSize: number;
  done: boolean;
  records: CrmRecord[];
  nextRecordsUrl?: string;
}
interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  body?: unknown;
  /** Sent as it is, instead of a JSON body. */
  csv?: string;
  /** The answer is wanted as text, whatever its type. */
  asText?: boolean;
  headers?: Record<string, string>;
}

/** Salesforce asks for short-lived assertions; three minutes is its recommendation. */
const ASSERTION_LIFE_S = 180;
/** jsforce logs in and repeats for ever while the org says 401; two logins in a row without one success are enough. */
const MAX_REFRESHES = 2;
/** The REST API itself gives up after ten minutes; nobody waits that long for a page. */
const TIMEOUT_MS = 120_000;
/** A cursor lives for hours; one that is dropped more often than this is no accident. */
const MAX_REOPENED = 3;
/** sObject Collections takes at most 200 records a request. */
export const MAX_RECORDS_PER_REQUEST = 200;

/** jsforce sends everything through the proxy of the environment; hosts of NO_PROXY and the local org are reached without. */
function direct(url: string): { httpProxy?: string } {
  return bypassesProxy(new URL(url).hostname, process.env['no_proxy'] ?? process.env['NO_PROXY'])
    ? { httpProxy: '' }
    : {};
}

readWholeReplies();

/** One login and every HTTP call to the CRM: retries, paging and translated errors in one place. */
export class OrgConnection {
  readonly #options: ConnectionOptions;
  readonly #jsforce: Connection;
  #refreshes = 0;
  #identity: { orgId: string; userId: UserId } | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { auth, loginUrl, apiVersion } = options;
    this.#jsforce = new Connection({
      loginUrl,
      version: apiVersion,
      ...(auth.kind === 'token' ? { instanceUrl: auth.instanceUrl, accessToken: auth.accessToken } : {}),
      ...(auth.kind === 'jwt' ? { oauth2: { loginUrl, clientId: auth.clientId } } : {}),
      refreshFn: (_connection, done) => {
        this.#refresh().then(
          (token) => done(null, token),
          (error: Error) => done(error),
        );
      },
    });
    const transport = this.#jsforce.oauth2._transport;
    const loginDirect = direct(loginUrl);
    const send = transport.httpRequest.bind(transport);
    transport.httpRequest = (request, more) => send(request, { ...more, ...loginDirect });
  }

  get host(): string {
    return new URL(this.#options.auth.kind === 'token' ? this.#options.auth.instanceUrl : this.#options.loginUrl).host;
  }

  get apiVersion(): string {
    return this.#options.apiVersion;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** Usage that the last reply reported; undefined before the first. */
  get budget(): ApiBudget | undefined {
    return this.#jsforce.limitInfo.apiUsage;
  }

  get identity(): { orgId: string; userId: UserId } {
    if (!this.#identity) throw new Error('The org room was used before it was open.');
    return this.#identity;
  }

  /** Logs in and learns which org this is. */
  async open(): Promise<void> {
    try {
      await retrying(async () => {
        if (this.#options.auth.kind === 'jwt') await this.#login(this.#options.auth);
      }, this.clock);
    } catch (error) {
      throw translated(error, this.host);
    }
    const info = (await this.call({ method: 'GET', url: `${this.#jsforce.instanceUrl}/services/oauth2/userinfo` })) as {
      organization_id?: unknown;
      user_id?: unknown;
    };
    this.#identity = {
      orgId: longId(String(info.organization_id)),
      userId: recordId(longId(String(info.user_id))),
    };
  }

  async #login(auth: Extract<OrgAuth, { kind: 'jwt' }>): Promise<string> {
    const exp = Math.floor(this.clock.now() / 1000) + ASSERTION_LIFE_S;
    const claims = { iss: auth.clientId, sub: auth.username, aud: this.#options.loginUrl, exp };
    await this.#jsforce.authorize({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: signJwt(claims, auth.privateKey),
    });
    return this.#jsforce.accessToken ?? '';
  }

  async #refresh(): Promise<string> {
    const { auth } = this.#options;
    if (auth.kind === 'token') throw new Error('the access token is no longer valid');
    if (this.#refreshes >= MAX_REFRESHES) throw new Error(`${MAX_REFRESHES} logins in a row gave no valid session`);
    this.#refreshes++;
    return this.#login(auth);
  }

  /** One call, repeated while its failure is one that passes: the caller must be able to bear it done twice. */
  async call(request: Call): Promise<unknown> {
    try {
      return await retrying(
        () => this.#send(request),
        this.clock,
        ({ isTransient, code }) => isTransient || (request.method === 'GET' && code === INTERNAL_ERROR),
      );
    } catch (error) {
      // the cap on logins is for one call: the next may log in again
      this.#refreshes = 0;
      throw noSession(error) ?? translated(error, this.host);
    }
  }

  async #send({ method, url, body, csv, asText, headers }: Call): Promise<unknown> {
    const text = csv ?? (body === undefined ? undefined : JSON.stringify(body));
    const type = csv === undefined ? 'application/json' : 'text/csv';
    const request = {
      method,
      url,
      headers: { ...headers, ...(text === undefined ? {} : { 'content-type': type }) },
      ...(text === undefined ? {} : { body: text }),
    };
    const answer = await this.#jsforce.request(request, {
      retry: { maxRetries: 0 },
      timeout: TIMEOUT_MS,
      ...(asText ? { responseType: 'text/plain' } : {}),
      ...direct(this.#jsforce.instanceUrl),
    });
    this.#refreshes = 0;
    return answer;
  }

  /**
   * Pages of a query, however many there are; jsforce's own fetching stops silently at 10,000 rows. A cursor that Salesforce
   * has dropped meanwhile is opened again, and rows that came already are left out.
   */
  async *pages(query: Soql, { deleted = false } = {}): AsyncGenerator<CrmRecord[]> {
    const first = `/${deleted ? 'queryAll' : 'query'}?q=${encodeURIComponent(query.text)}`;
    const seen = new Set<unknown>();
    let reopened = 0;
    let url: string | undefined = first;
    while (url !== undefined) {
      const page: Page | 'dropped' = await this.#page(url);
      if (page === 'dropped') {
        if (++reopened > MAX_REOPENED) throw new Error(`Salesforce dropped the cursor of a query ${reopened} times.`);
        url = first;
        continue;
      }
      yield reopened === 0
        ? page.records
        : page.records.filter((row) => row['Id'] === undefined || !seen.has(row['Id']));
      for (const row of page.records) seen.add(row['Id']);
      url = page.done ? undefined : page.nextRecordsUrl;
    }
  }

  async #page(url: string): Promise<Page | 'dropped'> {
    try {
      return (await this.call({ method: 'GET', url })) as Page;
    } catch (error) {
      const code = error instanceof BailiwickError ? failureOf(error.cause).code : '';
      if (code === 'INVALID_QUERY_LOCATOR') return 'dropped';
      throw error;
    }
  }

  /** The number of rows of a `SELECT COUNT()`. */
  async count(query: Soql): Promise<number> {
    const page = (await this.call({ method: 'GET', url: `/query?q=${encodeURIComponent(query.text)}` })) as Page;
    return page.totalSize;
  }

  async query(query: Soql): Promise<CrmRecord[]> {
    const records: CrmRecord[] = [];
    for await (const page of this.pages(query)) records.push(...page);
    return records;
  }

  /** The result of a call, or undefined when the org answers that there is no such thing. */
  async callIfThere(request: Call): Promise<unknown> {
    try {
      return await this.call(request);
    } catch (error) {
      const code = error instanceof BailiwickError ? failureOf(error.cause).code : '';
      if (code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }
}

/** What a call failed with when the session is over and no login gave another; undefined for everything else. */
function noSession(error: unknown): BailiwickError | undefined {
  if (!(error instanceof Error)) return undefined;
  // the userinfo endpoint answers a bad token with 403 and these words, which jsforce takes for no lost session
  const isBadToken = error.message === 'Bad_OAuth_Token';
  if (!isBadToken && !error.message.startsWith('Unable to refresh session')) return undefined;
  const why = isBadToken ? 'the access token is no longer valid' : error.message.replace(/^.*due to: /, '');
  return new BailiwickError(
    'org_refused',
    `Salesforce ended the session, and the service could not log in again: ${why}.`,
    { action: 'Check the integration user and the External Client App of the service.', cause: error },
  );
}
