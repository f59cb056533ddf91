/** A service process of its own: begins a job, and waits to be killed or to finish. */
import { openStore } from '../../../service/store/store.ts';
import { freshPlans, openRoom, syncOver, type Wishes } from '../../kit/syncWorld.ts';
import { begin, type Job, type World } from './campaign.ts';

const { dataDir, url, job, request, wishes } = JSON.parse(process.argv[2] ?? '{}') as {
  dataDir: string;
  url: string;
  job: Job;
  request: World['request'];
  wishes: Wishes;
};
const MAX_TRIES = 25;
const store = await openStore({ dataDir });
for (let k = 1; ; k++) {
  try {
    const sync = syncOver(store, await openRoom(url), freshPlans(wishes));
    await begin(sync, { store, request }, job);
    await sync.idle();
    break;
  } catch (error) {
    // the org is in trouble: as a user would, once more
    if (k >= MAX_TRIES) throw error;
  }
}
await store.close();
