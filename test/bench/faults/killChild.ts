/** A service process of its own: begins a job, and waits to be killed or to finish. */
import { BailiwickError } from '../../../service/core/errors.ts';
import { openStore } from '../../../service/store/store.ts';
import { freshPlans, type Wishes } from '../../kit/syncWorld.ts';
import { begin, GAVE_UP, type Job, type World } from './campaign.ts';
import { openService, type Login } from './service.ts';

const { dataDir, login, bulkFrom, job, request, wishes } = JSON.parse(process.argv[2] ?? '{}') as {
  dataDir: string;
  login: Login;
  bulkFrom: number;
  job: Job;
  request: World['request'];
  wishes: Wishes;
};
const MAX_TRIES = 25;
const store = await openStore({ dataDir });
for (let k = 1; ; k++) {
  try {
    const sync = await openService({ store, plans: freshPlans(wishes), login, bulkFrom });
    await begin(sync, { store, request }, job);
    await sync.idle();
    break;
  } catch (error) {
    // the org is in trouble: as a user would, once more
    if (k < MAX_TRIES) continue;
    if (error instanceof BailiwickError && error.code.startsWith('org_')) process.exit(GAVE_UP);
    throw error;
  }
}
await store.close();
