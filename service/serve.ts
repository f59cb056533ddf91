import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Claims } from './claims/claims.ts';
import { openDoor } from './commands/door.ts';
import { runCommand } from './commands/run.ts';
import type { House } from './compose.ts';
import { BailiwickError } from './core/errors.ts';
import type { TeamId } from './core/ids.ts';
import { createGeography, type Basemap } from './geography/geography.ts';
import type { VerifyToken } from './http/identity.ts';
import type { Org } from './org/org.ts';
import { lockDirectory } from './store/lock.ts';
import { openStore } from './store/store.ts';
import { openSwapping } from './swap.ts';
import type { ZipSheet } from './today.ts';

/** Longer than the 60 s after which the usual load balancers let an idle connection go: who closes first must be they. */
const KEEP_ALIVE_MS = 75_000;

export interface ServiceOptions {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly origins: readonly string[];
  readonly openOrg: () => Promise<Org>;
  readonly verifier: (orgId: string) => VerifyToken;
  readonly sample: boolean;
  /** Share of the org's daily API calls at which publishing stops; 0.9 where none is given. */
  readonly apiShare?: number;
  readonly log: (message: string) => void;
  /** The clock; the machine's where none is given. */
  readonly now?: () => Date;
  /** Fills an empty data directory before the first request (the demonstration's claims). */
  readonly prepare?: (claims: Claims) => Promise<void>;
  readonly sheets?: ReadonlyMap<TeamId, ZipSheet>;
  /** Tiles of the customer's own map server below the map. */
  readonly basemap?: Basemap | null;
  /** Base address of the customer's own routing server (OSRM). */
  readonly routingUrl?: string | null;
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
    const geography = createGeography({ dataDir: options.dataDir, basemap: options.basemap });
    const org = await options.openOrg();
    const swapping = await openSwapping({ store, org, geography }, options);
    opened.push(() => swapping.close());
    const at = () => ({ house: swapping.inside.house, store, org });
    opened.push(await openDoor(options.dataDir, async (name, args, file) => runCommand(at(), name, args, file)));
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, swapping.listener);
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
      get house() {
        return swapping.inside.house;
      },
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
