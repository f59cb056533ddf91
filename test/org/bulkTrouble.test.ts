import { Connection } from 'jsforce';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JobTrouble } from '../../service/local/org/bulk/trouble.ts';
import { INTEGRATION_USER_ID } from '../../service/local/org/firstRecords.ts';
import { createOrgApp } from '../../service/local/org/server.ts';
import { openState, type OrgState } from '../../service/local/org/state.ts';
import { failure } from '../kit/surfaceOrg.ts';
import { waitFor } from '../kit/waitFor.ts';

const ROWS = 1000;
let state: OrgState;
let server: Server;
let conn: Connection;

beforeEach(async () => {
  state = openState({});
  state.sessions.addToken('secret', INTEGRATION_USER_ID);
  server = createServer(createOrgApp(state));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  conn = new Connection({ instanceUrl: `http://127.0.0.1:${port}`, accessToken: 'secret', version: '66.0' });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await state.bulk.close();
  state.db.close();
});

async function run(trouble: JobTrouble) {
  const asked: object[] = [];
  state.bulk.troubleFor = ({ operation, object }) => {
    asked.push({ operation, object });
    return trouble;
  };
  const job = conn.bulk2.createJob({ object: 'Account', operation: 'insert' });
  await job.open();
  await job.uploadData(`Name\n${Array.from({ length: ROWS }, (_, k) => `Row ${k}`).join('\n')}\n`);
  await job.close();
  return { job, asked };
}

it.each([
  ['fail', 'Failed'],
  ['abort', 'Aborted'],
] as const)('%s leaves the rest unprocessed', async (act, state_) => {
  const { job, asked } = await run({ act, afterRows: 250, message: 'a bad day' });
  const info = await waitFor(
    () => job.check(),
    ({ state: now }) => now === state_,
  );
  expect(info).toMatchObject({ numberRecordsProcessed: 250, errorMessage: 'a bad day' });
  expect(await job.getSuccessfulResults()).toHaveLength(250);
  expect(await job.getUnprocessedRecords()).toHaveLength(ROWS - 250);
  expect(asked).toEqual([{ operation: 'insert', object: 'Account' }]);
});

it('stall never ends', async () => {
  const { job } = await run({ act: 'stall', afterRows: 300 });
  await waitFor(
    () => job.check(),
    (info) => info.numberRecordsProcessed === 300,
  );
  await state.bulk.close();
  expect(await job.check()).toMatchObject({ state: 'InProgress', numberRecordsProcessed: 300 });
});

it('revoke ends the sessions and not the job', async () => {
  const { job } = await run({ act: 'revoke', afterRows: 200 });
  const error = await failure(
    waitFor(
      () => job.check(),
      () => false,
    ),
  );
  expect(error.name).toBe('INVALID_SESSION_ID');
  state.sessions.addToken('secret', INTEGRATION_USER_ID);
  await job.poll(5, 30_000);
  expect(job.getInfo().numberRecordsProcessed).toBe(ROWS);
});

it('a query job fails on order too', async () => {
  state.bulk.troubleFor = ({ operation }) =>
    operation === 'query' ? { act: 'fail', message: 'Out of order' } : undefined;
  const query = { operation: 'query', query: 'SELECT Id FROM Account' };
  const { id } = await conn.requestPost<{ id: string }>('/jobs/query', query);
  const job = () => conn.requestGet<{ state: string; errorMessage?: string }>(`/jobs/query/${id}`);
  const failed = await waitFor(job, ({ state: now }) => now === 'Failed', 5000);
  expect(failed.errorMessage).toBe('Out of order');
});

it('lock fails a share of the rows, the same for the same seed', async () => {
  const failedOf = async () => {
    const { job } = await run({ act: 'lock', rowShare: 0.2, seed: 7 });
    await job.poll(5, 30_000);
    const failed = await job.getFailedResults();
    expect(failed[0]?.['sf__Error']).toBe('UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--');
    return failed.map((each) => (each as unknown as { Name: string }).Name);
  };
  const first = await failedOf();
  expect(first.length).toBeGreaterThan(ROWS * 0.1);
  expect(first.length).toBeLessThan(ROWS * 0.3);
  expect(await failedOf()).toEqual(first);
});
