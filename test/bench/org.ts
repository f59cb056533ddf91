import { account, accounts, startSmallOrg, TERRITORY } from '../kit/smallOrg.ts';
import { bulkConnection } from '../kit/surfaceOrg.ts';
import { print, timed } from './timing.ts';

const ACCOUNTS = 50_000;
const COLLECTION = 200;
const RUNS = 20;

async function repeated(name: string, runs: number, work: () => Promise<unknown>): Promise<void> {
  const milliseconds: number[] = [];
  for (let k = 0; k < runs; k++) milliseconds.push((await timed(work)).ms);
  print({ name, milliseconds, note: '' });
}

/** The stand-in org through a real jsforce: 100,000 associations by Bulk 2.0, their pages, collections of 200. */
export async function orgBench(): Promise<void> {
  const org = await startSmallOrg();
  try {
    org.seed({ Account: accounts(ACCOUNTS) });
    const conn = bulkConnection(org);
    const rows = [TERRITORY.eastA, TERRITORY.eastB].flatMap((territory) =>
      Array.from({ length: ACCOUNTS }, (_, k) => `${account(k)},${territory},Territory2Manual`),
    );
    const job = conn.bulk2.createJob({ object: 'ObjectTerritory2Association', operation: 'insert' });
    await job.open();
    await job.uploadData(`ObjectId,Territory2Id,AssociationCause\n${rows.join('\n')}\n`);
    await repeated('org: 100,000 associations by Bulk 2.0', 1, async () => {
      await job.close();
      await job.poll(20, 120_000);
    });
    let page = await conn.query('SELECT Id, ObjectId, Territory2Id, Territory2.Name FROM ObjectTerritory2Association');
    await repeated('org: a page of 2,000 by locator', RUNS, async () => {
      page = await conn.queryMore(page.nextRecordsUrl ?? '');
    });
    await repeated('org: bulk query of 100,000', 3, async () => {
      await (await conn.bulk2.query('SELECT Id, ObjectId FROM ObjectTerritory2Association')).toArray();
    });
    const names = Array.from({ length: COLLECTION }, (_, k) => ({ Name: `Account ${k}` }));
    await repeated('org: a collection of 200 created', RUNS, () => conn.sobject('Account').create(names));
  } finally {
    await org.close();
  }
}
