import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createApp } from './app.ts';
import { pinBoundaries } from './boundaries.ts';
import type { Claims } from './claims/claims.ts';
import { openClaimsSide } from './claimsSide.ts';
import { compose, type House } from './compose.ts';
import { BailiwickError } from './core/errors.ts';
import type { TeamId } from './core/ids.ts';
import { createGeography } from './geography/geography.ts';
import type { VerifyToken } from './http/identity.ts';
import { importersOf } from './importers.ts';
import { openIntake } from './intakeSide.ts';
import type { Org } from './org/org.ts';
import { hospitalPlaces, openRegistrySide } from './registrySide.ts';
import { lockDirectory } from './store/lock.ts';
import { openStore } from './store/store.ts';
import type { ZipSheet } from './today.ts';

export interface ServiceOptions {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly origins: readonly string[];
  readonly openOrg: () => Promise<Org>;
  readonly verifier: (orgId: string) => VerifyToken;
  readonly sample: boolean;
  readonly log: (message: string) => void;
  /** Fills an empty data directory before the first request (the demonstration's claims). */
  readonly prepare?: (claims: Claims) => Promise<void>;
  readonly sheets?: ReadonlyMap<TeamId, ZipSheet>;
}

export interface RunningService {
  readonly url: string;
  readonly orgId: string;
  readonly house: House;
  close(): Promise<void>;
}

/** Opens everything in order, listens, and closes in reverse order; what was opened is closed when a later step fails. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of opened.splice(0).reverse()) await step();
  };
  try {
    opened.push(await lockDirectory(options.dataDir));
    const store = await openStore(
      options.databaseUrl ? { databaseUrl: options.databaseUrl } : { dataDir: path.join(options.dataDir, 'state') },
    );
    opened.push(() => store.close());
    const now = () => new Date();
    const { dataDir, log } = options;
    const geography = createGeography({ dataDir });
    await pinBoundaries(store, { dataDir, geography: geography.geography, now, log });
    const registry = await openRegistrySide({ dataDir, store, geography: geography.geography });
    opened.push(() => registry.close());
    const placesOf = hospitalPlaces(registry.registry);
    const claims = await openClaimsSide({ dataDir, geography: geography.geography, placesOf });
    opened.push(() => claims.close());
    await options.prepare?.(claims.claims);
    const org = await options.openOrg();
    const house = compose({
      store,
      org,
      geography,
      dataDir: options.dataDir,
      claims,
      registry,
      now,
      sample: options.sample,
      log: options.log,
    });
    opened.push(() => house.close());
    const importers = importersOf({
      claims: claims.claims,
      registry: registry.registry,
      geography: geography.geography,
      house,
      store,
      dataDir,
      now,
    });
    const intake = openIntake(dataDir, importers, { now, log });
    opened.push(() => intake.close());
    await house.start(options.sheets);
    const app = createApp({
      routes: [...house.routes, ...intake.routes],
      geography: geography.publicRouter,
      verify: options.verifier(org.orgId),
      origins: options.origins,
      log: options.log,
    });
    const server = createServer(app);
    const port = await listen(server, options);
    opened.push(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return {
      url: `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}:${port}`,
      orgId: org.orgId,
      house,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: ReturnType<typeof createServer>, { port, host }: ServiceOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = new BailiwickError('port_taken', `Port ${port} is in use.`, {
        action: 'Set PORT to a free one.',
        cause,
      });
      reject(cause.code === 'EADDRINUSE' ? taken : cause);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
