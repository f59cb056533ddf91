import { openOrg, type Org } from '../../../service/org/org.ts';
import type { Store } from '../../../service/store/store.ts';
import { createSync, type Sync } from '../../../service/sync/sync.ts';
import { plansOf, type FakePlans } from '../../kit/syncWorld.ts';
import type { Mortal } from './mortal.ts';

/** Where the org is and how the service logs in there. */
export interface Login {
  readonly url: string;
  readonly username: string;
  readonly privateKey: string;
}

export interface ServiceParts {
  readonly store: Store;
  readonly plans: FakePlans;
  readonly login: Login;
  readonly bulkFrom: number;
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The publish side of a service; pauses are cut short. */
export async function openService({ store, plans, login, bulkFrom }: ServiceParts, mortal?: Mortal): Promise<Sync> {
  const room: Org = await openOrg({
    loginUrl: login.url,
    auth: { kind: 'jwt', clientId: 'app', username: login.username, privateKey: login.privateKey },
    clock: { now: Date.now, sleep: (ms) => sleep(ms / 50), random: Math.random },
  });
  return createSync({
    store: mortal ? mortal.store(store) : store,
    org: mortal ? mortal.org(room) : room,
    ports: plansOf(plans),
    now: () => new Date(),
    sleep: (ms) => sleep(ms / 1000),
    bulkFrom,
    log: () => undefined,
  });
}
