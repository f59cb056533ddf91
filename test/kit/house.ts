import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEMO_KEY_ID } from '../../service/config.ts';
import { mint, startParts, startSampleOrg, type Parts, type PartsOptions } from '../../service/local/parts.ts';
import type { LocalOrg } from '../../service/local/org/org.ts';
import type { WrittenSample } from '../../service/local/sample/writeSample.ts';
import { layFilledSample, ORIGINS, partsOver } from './filledSample.ts';
import { signJwt } from '../../service/org/jwt.ts';

/** One answer of the service, whatever its kind. */
export interface Answer<Body = Record<string, never>> {
  readonly status: number;
  readonly json: Body;
  readonly text: string;
}

export interface Ask {
  <Body = Record<string, never>>(method: string, url: string, body?: unknown): Promise<Answer<Body>>;
}

export interface House extends Parts {
  readonly sample: WrittenSample;
  readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  /** What starts it again, such as a second service over the same directory. */
  readonly options: PartsOptions;
  readonly log: readonly string[];
  /** Asks the service as this user, or without a token (null). */
  api(userId: string | null): Ask;
  /** Asks with any Authorization header. */
  withHeader(authorization: string | null): Ask;
  /** An honest token of this user with some claims or header fields replaced; `undefined` leaves one out. */
  token(userId: string, claims?: Record<string, unknown>, header?: { kid?: string }): string;
  /** Rows of the org, past the service: as the integration user, over HTTP. */
  query<Row = Record<string, string | null>>(soql: string): Promise<Row[]>;
  /** Those of the records that the org lets this user read, asked past the service. */
  readable(userId: string, ids: readonly string[]): Promise<Set<string>>;
  /** Takes the org off the net, and puts it back at the same address with its records; sessions are gone. */
  stopOrg(): Promise<void>;
  restartOrg(): Promise<void>;
  close(): Promise<void>;
}

/** The real service over the stand-in org, with the sample, on free ports, in a directory that close() removes. */
export async function startHouse(given: { now?: () => Date; routingUrl?: string } = {}): Promise<House> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-house-'));
  const log: string[] = [];
  await layFilledSample(dataDir);
  const options = { ...partsOver(dataDir, (text) => void log.push(text)), ...given };
  const { sample, orgToken, publicKey, privateKey } = options;
  const keys = { publicKey, privateKey };
  const parts = await startParts(options, ORIGINS);
  const { service } = parts;
  const orgUrl = parts.org.url;
  let org: LocalOrg | null = parts.org;
  const stopOrg = async () => {
    await org?.close();
    org = null;
  };
  const minted = (userId: string) => mint(org ?? parts.org, userId, keys.privateKey);

  const withHeader = (authorization: string | null) => askWith(service.url, () => authorization);
  return {
    ...parts,
    sample,
    keys,
    options,
    log,
    withHeader,
    api: (userId) => askWith(service.url, () => userId && `Bearer ${minted(userId)}`),
    token: (userId, claims = {}, { kid = DEMO_KEY_ID } = {}) => {
      const honest = minted(userId).split('.')[1] ?? '';
      const payload = JSON.parse(Buffer.from(honest, 'base64url').toString()) as Record<string, unknown>;
      return signJwt({ ...payload, ...claims }, keys.privateKey, { kid });
    },
    query: (soql) => queryOrg(orgUrl, orgToken, soql),
    readable: (userId, ids) => readableOf((soql) => queryOrg(orgUrl, orgToken, soql), userId, ids),
    stopOrg,
    restartOrg: async () => {
      const ports = { ...options.ports, orgPort: Number(new URL(orgUrl).port) };
      org = await startSampleOrg({ ...options, ports });
    },
    close: async () => {
      await service.close();
      await stopOrg();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function askWith(serviceUrl: string, authorization: () => string | null): Ask {
  return async <Body>(method: string, url: string, body?: unknown): Promise<Answer<Body>> => {
    const header = authorization();
    const response = await fetch(`${serviceUrl}${url}`, {
      method,
      headers: {
        ...(header === null ? {} : { authorization: header }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, json: (isJson ? JSON.parse(text) : {}) as Body, text };
  };
}

async function queryOrg<Row>(url: string, token: string, soql: string): Promise<Row[]> {
  const rows: Row[] = [];
  let next: string | undefined = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
  while (next !== undefined) {
    const response = await fetch(url + next, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${soql}: ${await response.text()}`);
    const page = (await response.json()) as { records: Row[]; nextRecordsUrl?: string };
    rows.push(...page.records);
    next = page.nextRecordsUrl;
  }
  return rows;
}

type Access = { readonly RecordId: string; readonly HasReadAccess: boolean };

/** UserRecordAccess answers for one user and at most 200 records. */
async function readableOf(
  query: (soql: string) => Promise<Access[]>,
  userId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const readable = new Set<string>();
  for (let at = 0; at < ids.length; at += 200) {
    const list = ids.slice(at, at + 200).map((id) => `'${id}'`);
    const rows = await query(
      `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = '${userId}' AND RecordId IN (${list.join()})`,
    );
    for (const { RecordId, HasReadAccess } of rows) if (HasReadAccess) readable.add(RecordId);
  }
  return readable;
}
