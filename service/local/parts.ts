import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_KEY_ID } from '../config.ts';
import type { Claims } from '../claims/claims.ts';
import { parseCsv } from '../core/csv.ts';
import type { TeamId } from '../core/ids.ts';
import { AUDIENCE, tokenVerifier } from '../http/identity.ts';
import { openOrg } from '../org/org.ts';
import { startService, type RunningService } from '../serve.ts';
import type { OrgFolder } from './org/folder/orgFolder.ts';
import { startOrg, type LocalOrg } from './org/org.ts';
import type { WrittenSample } from './sample/writeSample.ts';

type Records = Record<string, Record<string, unknown>[]>;

export interface Parts {
  readonly org: LocalOrg;
  readonly service: RunningService;
}

/** What the two servers are made of; they can be started again from the same. */
export interface PartsOptions {
  readonly dataDir: string;
  readonly sample: WrittenSample;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly orgToken: string;
  readonly say: (text: string) => void;
  /** Another org than the sample's own, and the sample's records as that org holds them. */
  readonly folder?: OrgFolder;
  readonly records?: (records: Records) => Records;
  /** The service's clock; the machine's where none is given. */
  readonly now?: () => Date;
  /** A routing server; none where none is given. */
  readonly routingUrl?: string;
  /** 0 takes free ones. */
  readonly ports: { readonly servicePort: number; readonly orgPort: number };
}

/** The stand-in org and the real service over it, filled with the sample the first time. */
export async function startParts(context: PartsOptions, origins: readonly string[]): Promise<Parts> {
  const org = await startSampleOrg(context);
  try {
    const service = await startSampleService(context, org, origins);
    return { org, service };
  } catch (error) {
    await org.close();
    throw error;
  }
}

export async function stopParts({ org, service }: Parts): Promise<void> {
  await service.close();
  await org.close();
}

/** The stand-in org alone, with the records that it had. */
export async function startSampleOrg({
  dataDir,
  sample,
  publicKey,
  orgToken,
  ports,
  say,
  folder,
  records = (same) => same,
}: PartsOptions): Promise<LocalOrg> {
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
    ...(folder ? { folder } : {}),
  });
  if (!existsSync(seeded)) {
    say('Filling the stand-in org …');
    org.seed(records(sample.records() as Records));
    writeFileSync(seeded, stamp);
  }
  return org;
}

/** The service alone, over an org that runs already. */
export async function startSampleService(
  context: PartsOptions,
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
    host: '127.0.0.1',
    dataDir,
    origins,
    routingUrl: context.routingUrl ?? null,
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
    ...(context.now ? { now: context.now } : {}),
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

/** A token as the package's Apex class would make it, valid for five minutes. */
export function mint(org: LocalOrg, userId: string, key: KeyObject): string {
  return org.mintToken(userId, { audience: AUDIENCE, key, kid: DEMO_KEY_ID });
}
