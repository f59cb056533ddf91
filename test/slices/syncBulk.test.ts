import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from 'jsforce';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { openStore, type Store } from '../../service/store/store.ts';
import type { Sync } from '../../service/sync/sync.ts';
import { account, accounts, startSmallOrg } from '../kit/smallOrg.ts';
import { DRAFT, freshPlans, openRoom, salesOps, syncOver, type FakePlans } from '../kit/syncWorld.ts';
import { waitFor } from '../kit/waitFor.ts';

const COUNT = 40;
const request = { alignmentId: DRAFT, version: 1, owners: false };

let local: LocalOrg;
let store: Store;
let plans: FakePlans;
let sync: Sync;

beforeEach(async () => {
  local = await startSmallOrg();
  local.seed({ Account: accounts(COUNT) });
  store = await openStore();
  plans = freshPlans(Object.fromEntries(Array.from({ length: COUNT }, (_, k) => [k + 1, k % 2 ? 'A' : 'B'])));
  sync = syncOver(store, await openRoom(local.url), plans, { bulkFrom: 5 });
});
afterEach(async () => {
  await sync.close();
  await store.close();
  await local.close();
});

async function publish() {
  const { previewHash } = await sync.preview(salesOps, request);
  const { id } = await sync.publish(salesOps, { ...request, previewHash });
  await sync.idle();
  return (await sync.show(salesOps, id))!;
}
async function rows(): Promise<number> {
  const conn = new Connection({ instanceUrl: local.url, accessToken: 'secret', version: '66.0' });
  return (await conn.query('SELECT COUNT() FROM ObjectTerritory2Association')).totalSize;
}
const jobs = async () =>
  (
    (await store.db.execute('select kind, crm_job_id, is_settled from bulk_job order by id')) as unknown as {
      rows: Record<string, unknown>[];
    }
  ).rows;

describe('bulk jobs', () => {
  it('writes many rows by a job, and takes them back by one', async () => {
    const done = await publish();
    expect(done).toMatchObject({ state: 'done', outcomes: { written: COUNT }, verified: { differences: [] } });
    expect(await rows()).toBe(COUNT);
    expect(await jobs()).toEqual([{ kind: 'insert', crm_job_id: expect.any(String), is_settled: true }]);
    const { id } = await sync.takeBack(salesOps, done.id);
    await sync.idle();
    expect(await sync.show(salesOps, id)).toMatchObject({ state: 'done', outcomes: { written: COUNT } });
    expect(await rows()).toBe(0);
    expect((await jobs()).map(({ kind }) => kind)).toEqual(['insert', 'delete']);
  });
  it('writes locked rows again, one small request after another', async () => {
    local.faults.add({ kind: 'job', act: 'lock', rowShare: 1 });
    expect(await publish()).toMatchObject({ state: 'done', outcomes: { written: COUNT } });
    expect(await jobs()).toHaveLength(1);
    expect(await rows()).toBe(COUNT);
  });
  it('goes on after a job that failed half-way', async () => {
    local.faults.add({ kind: 'job', act: 'fail', afterRows: 15, message: 'InternalServerError' });
    expect(await publish()).toMatchObject({ state: 'done', outcomes: { written: COUNT } });
    expect(await rows()).toBe(COUNT);
  });
  it('keeps a row that the org refuses with its reason, and the rest done', async () => {
    local.faults.add({ kind: 'record', value: account(7), code: 'INSUFFICIENT_ACCESS_OR_READONLY', times: 'always' });
    const partial = await publish();
    expect(partial).toMatchObject({ state: 'partial', outcomes: { written: COUNT - 1, failed: 1 } });
    expect(partial.failures[0]).toMatchObject({
      accountName: 'Account 7',
      action: expect.stringContaining('edit access'),
    });
  });
  it('waits at the next start for a job that a former process began', async () => {
    local.faults.add({ kind: 'job', act: 'stall' });
    const { previewHash } = await sync.preview(salesOps, request);
    const { id } = await sync.publish(salesOps, { ...request, previewHash });
    await waitFor(jobs, ([job]) => typeof job?.['crm_job_id'] === 'string');
    await sync.close();
    expect(await jobs()).toMatchObject([{ is_settled: false }]);
    const crmId = String((await jobs())[0]?.['crm_job_id']);
    // Salesforce ends it; the next process reads what became of its rows and writes what is left
    await fetch(`${local.url}/services/data/v66.0/jobs/ingest/${crmId}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'Aborted' }),
    });
    sync = syncOver(store, await openRoom(local.url), plans, { bulkFrom: 5 });
    await sync.resume();
    await sync.idle();
    expect(await sync.show(salesOps, id)).toMatchObject({ state: 'done', outcomes: { written: COUNT } });
    expect(await rows()).toBe(COUNT);
  });
  it('ends the job when somebody stops the publish', async () => {
    local.faults.add({ kind: 'job', act: 'stall', afterRows: 4 });
    const { previewHash } = await sync.preview(salesOps, request);
    const { id } = await sync.publish(salesOps, { ...request, previewHash });
    await waitFor(jobs, ([job]) => typeof job?.['crm_job_id'] === 'string');
    await sync.cancel(salesOps, id);
    await sync.idle();
    const stopped = await sync.show(salesOps, id);
    expect(stopped?.error).toMatchObject({ code: 'cancelled' });
    expect(stopped?.outcomes.written).toBe(await rows());
    await sync.goOn(salesOps, id);
    await sync.idle();
    expect(await sync.show(salesOps, id)).toMatchObject({ state: 'done', outcomes: { written: COUNT } });
  });
});
