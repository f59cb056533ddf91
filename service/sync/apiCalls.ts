import { IDS_PER_QUERY } from '../org/among.ts';
import { BULK_FROM, ROWS_PER_JOB } from '../org/bulk.ts';
import { MAX_RECORDS_PER_REQUEST } from '../org/connection.ts';
import type { PlannedPublish } from './plan.ts';

/** What Salesforce counts as one API call each. */
const ROWS_PER_PAGE = 2_000;
/** Open, upload, close, two looks, three files of results. */
const CALLS_PER_JOB = 8;

const requests = (n: number, size: number): number => Math.ceil(n / size);

function associationCalls(n: number): number {
  return n > BULK_FROM ? requests(n, ROWS_PER_JOB) * CALLS_PER_JOB : requests(n, MAX_RECORDS_PER_REQUEST);
}

/** API calls that the publish itself and its verification will take, about; asking who sees what comes on top. */
export function callsNeeded(plan: PlannedPublish): number {
  const { changes, owners, deals, people, stamps, structure, existingRows, request } = plan;
  const moving = deals.filter(({ action }) => action === 'move').length;
  const restored = people.restoreMembers.length + people.restoreShares.length;
  const single = [owners.length, moving, stamps.length, restored, people.add.length, people.remove.length];
  const ofStructure = structure.create.length + structure.rename.length + structure.addMembers.length;
  const write =
    associationCalls(changes.add.length) +
    associationCalls(changes.remove.length) +
    single.reduce((sum, n) => sum + requests(n, request.batchSize), 0) +
    requests(ofStructure + structure.removeMembers.length, 1);
  if (write === 0) return 0;
  const rows = changes.add.length + changes.remove.length;
  const back = rows > 0 ? requests(existingRows + changes.add.length, ROWS_PER_PAGE) : 0;
  const gaining = new Set(changes.add.map(({ territoryId }) => territoryId)).size;
  const held = requests(owners.length + stamps.length, ROWS_PER_PAGE) + requests(restored * 2, IDS_PER_QUERY);
  return write + back + gaining + held + requests(moving, IDS_PER_QUERY);
}
