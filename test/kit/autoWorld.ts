import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import type { TeamId } from '../../service/core/ids.ts';
import type { Org } from '../../service/org/org.ts';
import type { Store } from '../../service/store/store.ts';
import { createAutoSync } from '../../service/sync/auto/auto.ts';
import type { AutoPorts } from '../../service/sync/auto/ports.ts';
import { settingsBody, type SettingsBody } from '../../service/sync/auto/schemas.ts';
import type { Sync } from '../../service/sync/sync.ts';
import { plansOf, salesOps, TEAM, type FakePlans } from './syncWorld.ts';

/** Automatic sync over plans in memory, with a clock that only the test moves. */
export class AutoWorld {
  ms: number;
  claims: string | null = 'claims 1';
  readonly log: string[] = [];
  /** What waits in the inbox. */
  sheet: AutoPorts['nightSheet'] = () => Promise.resolve(null);
  readonly auto: ReturnType<typeof createAutoSync>;

  constructor(over: { store: Store; org: Org; sync: Sync; plans: FakePlans }, from: string) {
    this.ms = Date.parse(from);
    const plans = plansOf(over.plans);
    this.auto = createAutoSync(
      {
        store: over.store,
        org: over.org,
        sync: over.sync,
        ports: {
          ...plans,
          desired: (id, version) => plans.desired(id, version),
          teams: () => Promise.resolve([{ id: TEAM, name: 'Sales' }]),
          forget: () => undefined,
          requireReady: () => Promise.resolve(),
          claimsRevision: () => Promise.resolve(this.claims),
          nightSheet: (asked) => this.sheet(asked),
        },
        now: () => new Date(this.ms),
        sleep: () => Promise.resolve(),
        log: (message) => void this.log.push(message),
      },
      () => () => undefined,
    );
  }

  /** Puts the clock forward and looks at it. */
  async at(iso: string): Promise<void> {
    this.ms = Date.parse(iso);
    await this.auto.look();
    await this.auto.idle();
  }

  /** On, with a wide fuse, no polling, and whatever else is said. */
  async set(more: Record<string, unknown> = {}, version = 0) {
    const body = {
      version,
      isOn: true,
      onChanges: false,
      fullComparison: '0 12 31 12 *',
      fuse: { movedShare: 1, territoryShare: 1, vanishedShare: 1, newShare: 1 },
      strategy: { owners: false },
      ...more,
    };
    return this.auto.save(salesOps, TEAM, settingsBody.parse(body) as SettingsBody);
  }

  async runs(team: TeamId = TEAM) {
    return (await this.auto.list(team, 50)).runs;
  }
}

export const emptyAuto = (store: Store) =>
  store.db.execute(sql`truncate sync_run, sync_settings, sync_state, sync_cursor`);

/** A receiver of webhooks that answers as it is told. */
export class Receiver {
  readonly #server: Server;
  readonly got: { body: string; headers: IncomingMessage['headers'] }[] = [];
  /** Answers of the next requests; 200 when none is left. */
  answers: number[] = [];

  constructor() {
    this.#server = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => {
        this.got.push({ body, headers: req.headers });
        const status = this.answers.shift() ?? 200;
        res.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  close(): Promise<unknown> {
    return new Promise((done) => this.#server.close(done));
  }
}
