/** A service process of its own: opens the data directory, resumes or publishes, and waits to be killed or to finish. */
import { openStore } from '../../service/store/store.ts';
import { DRAFT, freshPlans, openRoom, salesOps, syncOver, type Wishes } from './syncWorld.ts';

const [dataDir = '', url = '', job = '', wishes = '{}'] = process.argv.slice(2);
const store = await openStore({ dataDir });
const sync = syncOver(store, await openRoom(url), freshPlans(JSON.parse(wishes) as Wishes));
if (job === 'publish') {
  const request = { alignmentId: DRAFT, version: 1, owners: true, deals: 'stay' as const };
  const { previewHash } = await sync.preview(salesOps, request);
  await sync.publish(salesOps, { ...request, previewHash });
} else await sync.resume();
await sync.idle();
const [latest] = await sync.list(salesOps);
process.stdout.write(`${JSON.stringify(latest)}\n`);
await store.close();
