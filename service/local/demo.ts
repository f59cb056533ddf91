import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createGeography } from '../geography/geography.ts';
import { freePort } from './freePort.ts';
import { demoUsers, userRecord, type DemoUser } from './demoUsers.ts';
import { startHost } from './host/startHost.ts';
import { mint, startParts, stopParts, type PartsOptions } from './parts.ts';
import { writeSample } from './sample/writeSample.ts';

/** `folder` and `records`: another org than the sample's own; `now`: another clock than the machine's. */
export interface DemoOptions extends Pick<PartsOptions, 'folder' | 'records' | 'now'> {
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

/** Everything of `npm start`, as a value that can be closed; tests start it on free ports in a temporary directory. */
export async function startDemo({ port, dataDir, reset, say, ...otherOrg }: DemoOptions): Promise<Demo> {
  if (reset) rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const orgToken = randomBytes(18).toString('base64url');
  say('Preparing the sample market …');
  const sample = writeSample(dataDir, { geography: createGeography().geography });
  const pagePort = await freePort(port, { say });
  const servicePort = await freePort(pagePort && pagePort + 1, { say });
  const orgPort = await freePort(servicePort && servicePort + 1, { say });

  const context = {
    dataDir,
    sample,
    publicKey,
    privateKey,
    orgToken,
    say,
    ...otherOrg,
    ports: { servicePort, orgPort },
  };
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
        ports: { servicePort: Number(servicePortNow), orgPort: Number(orgPortNow) },
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

export type { DemoUser };
