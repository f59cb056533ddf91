import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_KEY_ID } from '../config.ts';
import type { Claims } from '../claims/claims.ts';
import { parseCsv } from '../core/csv.ts';
import type { TeamId } from '../core/ids.ts';
import { createGeography } from '../geography/geography.ts';
import { AUDIENCE, tokenVerifier } from '../http/identity.ts';
import { openOrg } from '../org/org.ts';
import { startService, type RunningService } from '../serve.ts';
import { freePort } from './freePort.ts';
import { demoUsers, userRecord, type DemoUser } from './demoUsers.ts';
import { startHost } from './host/startHost.ts';
import { startOrg, type LocalOrg } from './org/org.ts';
import { writeSample, type WrittenSample } from './sample/writeSample.ts';

export interface DemoOptions {
  /** First port for the pages; 0 takes free ones. */
  readonly port: number;
  readonly dataDir: string;
  readonly reset: boolean;
  readonly say: (text: string) => void;
}

export interface Demo {
  readonly url: string;
  readonly serviceUrl: string;
  readonly orgUrl: string;
  /** Access token of the integration user of the stand-in org. */
  readonly orgToken: string;
  /** JSON with all of the above, readable by the owner of the process only. */
  readonly detailsFile: string;
  close(): Promise<void>;
}

interface Parts {
  readonly org: LocalOrg;
  readonly service: RunningService;
}

/** Everything of `npm start`, as a value that can be closed; tests start it on free ports in a temporary directory. */
export async function startDemo({ port, dataDir, reset, say }: DemoOptions): Promise<Demo> {
  if (reset) rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const orgToken = randomBytes(18).toString('base64url');
  say('Preparing the sample market …');
  const sample = writeSample(dataDir, { geography: createGeography().geography });
  const pagePort = await freePort(port, { say });
  const servicePort = await freePort(pagePort && pagePort + 1, { say });
  const orgPort = await freePort(servicePort && servicePort + 1, { say });

  const context = { dataDir, sample, publicKey, privateKey, orgToken, say, ports: { pagePort, servicePort, orgPort } };
  const origins: string[] = [];
  let parts = await startParts(context, origins);
  const users = demoUsers(sample);
  const host = await startHost({
    port: pagePort,
    serviceUrl: parts.service.url,
    users,
    mint: async (userId) => ({ token: mint(parts.org, userId, privateKey) }),
    readRecord: (userId, id) => userRecord(parts.org, userId, id),
    resetSample: async () => {
      await stopParts(parts);
      for (const name of ['org', 'service']) rmSync(path.join(dataDir, name), { recursive: true, force: true });
      const { port: servicePortNow } = new URL(parts.service.url);
      const { port: orgPortNow } = new URL(parts.org.url);
      const again = {
        ...context,
        ports: { pagePort, servicePort: Number(servicePortNow), orgPort: Number(orgPortNow) },
      };
      parts = await startParts(again, origins);
    },
  });
  origins.push(host.url, host.url.replace('localhost', '127.0.0.1'));
  const detailsFile = path.join(dataDir, 'demo.json');
  const details = { url: host.url, serviceUrl: parts.service.url, orgUrl: parts.org.url, orgToken };
  writeFileSync(detailsFile, `${JSON.stringify({ ...details, users }, null, 2)}\n`, { mode: 0o600 });
  return {
    ...details,
    detailsFile,
    close: async () => {
      await host.close();
      await stopParts(parts);
    },
  };
}

interface Context {
  readonly dataDir: string;
  readonly sample: WrittenSample;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly orgToken: string;
  readonly say: (text: string) => void;
  readonly ports: { readonly pagePort: number; readonly servicePort: number; readonly orgPort: number };
}

async function startParts(context: Context, origins: readonly string[]): Promise<Parts> {
  const org = await startSampleOrg(context);
  try {
    const service = await startSampleService(context, org, origins);
    return { org, service };
  } catch (error) {
    await org.close();
    throw error;
  }
}

async function stopParts({ org, service }: Parts): Promise<void> {
  await service.close();
  await org.close();
}

async function startSampleOrg({ dataDir, sample, publicKey, orgToken, ports, say }: Context): Promise<LocalOrg> {
  const dir = path.join(dataDir, 'org');
  const seeded = path.join(dir, 'seeded');
  const stamp = path.basename(sample.dir);
  if (existsSync(dir) && (!existsSync(seeded) || readFileSync(seeded, 'utf8') !== stamp))
    rmSync(dir, { recursive: true });
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const org = await startOrg({
    port: ports.orgPort,
    dir,
    token: orgToken,
    clients: [{ clientId: 'bailiwick', certificate }],
  });
  if (!existsSync(seeded)) {
    say('Filling the stand-in org …');
    org.seed(sample.records() as never);
    writeFileSync(seeded, stamp);
  }
  return org;
}

async function startSampleService(
  context: Context,
  org: LocalOrg,
  origins: readonly string[],
): Promise<RunningService> {
  const { sample, privateKey, publicKey, say } = context;
  const dataDir = path.join(context.dataDir, 'service');
  const isFirst = !existsSync(path.join(dataDir, 'ready'));
  const { teams } = sample.planted;
  say(isFirst ? 'Reading the sample claims …' : 'Opening …');
  const service = await startService({
    port: context.ports.servicePort,
    host: 'localhost',
    dataDir,
    origins,
    openOrg: () =>
      openOrg({
        loginUrl: org.url,
        auth: {
          kind: 'jwt',
          clientId: 'bailiwick',
          username: org.integrationUser.username,
          privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
        },
      }),
    verifier: (orgId) =>
      tokenVerifier({
        orgId,
        keys: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: DEMO_KEY_ID, alg: 'RS256' } as never] },
      }),
    sample: true,
    log: say,
    prepare: (claims) => fillClaims(claims, sample),
    sheets: new Map([
      [teams.sales.id as TeamId, sheet(sample.salesSheet)],
      [teams.clinical.id as TeamId, sheet(sample.clinicalSheet)],
    ]),
  });
  if (isFirst) {
    const { sync } = service.house;
    for (const team of await service.house.scope.teams()) await sync.adopt(sampleOperator(sample, org.orgId), team.id);
    writeFileSync(path.join(dataDir, 'ready'), '');
  }
  return service;
}

/** Both claims files, and the market that the sample is calibrated for; nothing where they are there already. */
async function fillClaims(claims: Claims, sample: WrittenSample): Promise<void> {
  if ((await claims.markets()).some(({ name }) => name === sample.market.name)) return;
  await claims.importClaims(sample.claimsCms);
  await claims.importClaims(sample.claimsVendor);
  const [vendor] = (await claims.imports()).filter(({ file }) => file === path.basename(sample.claimsVendor));
  const markets = await claims.markets();
  const body = { ...sample.market, ...(vendor ? { snapshotId: vendor.id } : {}) };
  await claims.saveMarket(markets[0]?.id ?? null, body);
}

/** The sample's associations were made by the sample itself: its sales operator adopts those that follow today's map. */
function sampleOperator(sample: WrittenSample, orgId: string) {
  const permissions = new Set(['view', 'reassign', 'operate'] as const);
  return {
    userId: sample.planted.users.salesOps as never,
    orgId,
    name: 'Sample',
    permissions,
    role: 'salesOps' as const,
  };
}

function sheet(file: string): Map<string, string> {
  return new Map(parseCsv(readFileSync(file, 'utf8'), file).rows.map(({ cells }) => [cells[0] ?? '', cells[1] ?? '']));
}

function mint(org: LocalOrg, userId: string, key: KeyObject): string {
  return org.mintToken(userId, { audience: AUDIENCE, key, kid: DEMO_KEY_ID });
}

export type { DemoUser };
