import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { PRESETS } from '../../service/local/org/faultSpec.ts';
import { startSmallOrg } from '../kit/smallOrg.ts';
import { waitFor } from '../kit/waitFor.ts';

let org: LocalOrg;
beforeEach(async () => {
  org = await startSmallOrg();
});
afterEach(() => org.close());

const JOBS = '/services/data/v66.0/jobs/ingest';
const ask = async (method: string, path: string, body?: { type: string; text: string }): Promise<Response> =>
  fetch(org.url + path, {
    method,
    headers: { authorization: 'Bearer secret', ...(body ? { 'content-type': body.type } : {}) },
    ...(body ? { body: body.text } : {}),
  });
const json = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) });

interface Job {
  id: string;
  state: string;
  errorMessage?: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
}
async function upload(rows: number): Promise<string> {
  const made = await ask('POST', JOBS, json({ object: 'Account', operation: 'insert' }));
  const { id } = (await made.json()) as Job;
  const text = ['Name', ...Array.from({ length: rows }, (_, k) => `Bulk ${k}`)].join('\n');
  await ask('PUT', `${JOBS}/${id}/batches`, { type: 'text/csv', text });
  await ask('PATCH', `${JOBS}/${id}`, json({ state: 'UploadComplete' }));
  return id;
}
const info = async (id: string): Promise<Job> => (await ask('GET', `${JOBS}/${id}`)).json() as Promise<Job>;
const ended = (id: string): Promise<Job> =>
  waitFor(
    () => info(id),
    ({ state }) => /JobComplete|Failed|Aborted/.test(state),
  );
const lines = async (id: string, what: string): Promise<number> =>
  (await (await ask('GET', `${JOBS}/${id}/${what}`)).text()).trim().split('\n').length - 1;

it('fails half-way: some rows are done, the others were never tried', async () => {
  org.faults.add({ ...PRESETS.jobFailed, object: 'Account', afterRows: 400 });
  const job = await ended(await upload(1000));
  expect(job).toMatchObject({
    state: 'Failed',
    errorMessage: 'InternalServerError : Too many attempts',
    numberRecordsProcessed: 400,
  });
  expect([await lines(job.id, 'successfulResults/'), await lines(job.id, 'unprocessedrecords/')]).toEqual([400, 600]);
});

it('is aborted by somebody else', async () => {
  org.faults.add({ ...PRESETS.jobAborted, afterRows: 200 });
  expect(await ended(await upload(600))).toMatchObject({ state: 'Aborted', numberRecordsProcessed: 200 });
});

it('locks the ordered share of the rows, the same ones for the same seed', async () => {
  const failedOf = async (seed: number): Promise<number> => {
    org.faults.add({ ...PRESETS.jobLocks, rowShare: 0.2, seed });
    const job = await ended(await upload(500));
    expect(job.state).toBe('JobComplete');
    const text = await (await ask('GET', `${JOBS}/${job.id}/failedResults/`)).text();
    expect(text).toContain('UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--');
    return job.numberRecordsFailed;
  };
  const first = await failedOf(3);
  expect(first).toBeGreaterThan(60);
  expect(first).toBeLessThan(140);
  expect(await failedOf(3)).toBe(first);
});

it('never ends, while the next job does', async () => {
  org.faults.add(PRESETS.jobStalls);
  const stalled = await upload(10);
  expect((await ended(await upload(10))).state).toBe('JobComplete');
  expect(await info(stalled)).toMatchObject({ state: 'InProgress', numberRecordsProcessed: 0 });
});

it('loses every session while it runs, and goes on', async () => {
  org.faults.add({ ...PRESETS.jobSessionExpired, afterRows: 200 });
  const id = await upload(600);
  await waitFor(
    async () => (await ask('GET', `${JOBS}/${id}`)).status,
    (status) => status === 401,
  );
  org.addToken('secret', org.integrationUser.id);
  expect(await ended(id)).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 600 });
});
