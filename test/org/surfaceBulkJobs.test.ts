import { Connection } from 'jsforce';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { bulkConnection, failure, raw, startSurfaceOrg, TOKEN } from '../kit/surfaceOrg.ts';
import { waitFor } from '../kit/waitFor.ts';

let org: LocalOrg;
let conn: Connection;
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = bulkConnection(org);
});
afterAll(() => org.close());

describe('the life of a job', () => {
  it('goes from Open to JobComplete, one upload only, and is listed until deleted', async () => {
    const job = conn.bulk2.createJob({ object: 'Account', operation: 'insert' });
    expect(await job.open()).toMatchObject({
      id: expect.stringMatching(/^750\w{15}$/),
      state: 'Open',
      object: 'Account',
      operation: 'insert',
      apiVersion: 66,
      contentUrl: `services/data/v66.0/jobs/ingest/${job.id}/batches`,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
    expect((await failure(job.delete())).errorCode).toBe('INVALIDJOBSTATE');
    await job.uploadData('Name\nLife\n');
    const again = await raw(org, `/jobs/ingest/${job.id}/batches`, {
      method: 'PUT',
      headers: { 'Content-Type': 'text/csv' },
      body: 'Name\nx\n',
    });
    expect(again).toMatchObject({
      status: 400,
      json: [{ message: expect.stringContaining(`Found multiple contents for job: <${job.id}>`) }],
    });
    await job.close();
    expect(job.getInfo().state).toBe('UploadComplete');
    await job.poll(5, 30_000);
    expect(job.getInfo()).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Ingest',
      numberRecordsProcessed: 1,
      numberRecordsFailed: 0,
      retries: 0,
    });
    expect(job.getInfo()).not.toHaveProperty('contentUrl');
    expect(await failure(job.abort())).toMatchObject({
      errorCode: 'INVALIDJOBSTATE',
      message: 'Aborting already Completed Job not allowed',
    });
    const { json } = await raw(org, '/jobs/ingest');
    expect((json as { records: { id: string }[] }).records.map((each) => each.id)).toContain(job.id);
    await job.delete();
    expect((await failure(conn.bulk2.job('ingest', { id: job.id }).check())).errorCode).toBe('NOT_FOUND');
  });
  it('can be aborted before it is closed', async () => {
    const job = conn.bulk2.createJob({ object: 'Account', operation: 'insert' });
    await job.open();
    await job.abort();
    await expect(job.poll(5, 1000)).rejects.toThrow('Job has been aborted');
    expect((await failure(job.close())).errorCode).toBe('INVALIDJOBSTATE');
  });
  it('reaches 25,000 rows in batches, while other calls are answered', async () => {
    const csv = `LastName\n${Array.from({ length: 25_000 }, (_, k) => `Row ${k}`).join('\n')}\n`;
    const job = conn.bulk2.createJob({ object: 'Contact', operation: 'insert' });
    await job.open();
    await job.uploadData(csv);
    await job.close();
    const seen = new Set<number>();
    while ((await job.check()).state !== 'JobComplete') seen.add(job.getInfo().numberRecordsProcessed);
    expect(seen.size).toBeGreaterThan(2);
    expect((await conn.query("SELECT COUNT() FROM Contact WHERE LastName LIKE 'Row %'")).totalSize).toBe(25_000);
  });
  it('goes on after a restart where it stopped, no row twice', async () => {
    const ROWS = 60_000;
    const dir = mkdtempSync(join(tmpdir(), 'bulk-'));
    try {
      const first = await startSurfaceOrg({ dir });
      const job = bulkConnection(first).bulk2.createJob({ object: 'Contact', operation: 'insert' });
      await job.open();
      await job.uploadData(`LastName\n${Array.from({ length: ROWS }, (_, k) => `Row ${k}`).join('\n')}\n`);
      await job.close();
      await waitFor(
        () => job.check(),
        (info) => info.numberRecordsProcessed > 0,
      );
      expect(job.getInfo().state).toBe('InProgress');
      await first.close();
      const second = await startSurfaceOrg({ dir });
      try {
        const again = bulkConnection(second);
        const resumed = again.bulk2.job('ingest', { id: job.id });
        await resumed.poll(5, 30_000);
        expect(resumed.getInfo()).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: ROWS });
        expect((await again.query('SELECT COUNT() FROM Contact')).totalSize).toBe(ROWS);
        expect(await resumed.getSuccessfulResults()).toHaveLength(ROWS);
      } finally {
        await second.close();
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('sessions', () => {
  it('are refreshed in the middle of a load', async () => {
    let refreshes = 0;
    const stale = new Connection({
      instanceUrl: org.url,
      accessToken: 'invalid_token',
      version: '66.0',
      refreshFn: (_, done) => {
        refreshes++;
        done(null, TOKEN);
      },
    });
    stale.bulk2.pollInterval = 5;
    const { successfulResults } = await stale.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: [{ Name: 'Fresh' }],
    });
    expect([successfulResults.length, refreshes]).toEqual([1, 1]);
  });
  it('that are bad raise INVALID_SESSION_ID', async () => {
    const bad = new Connection({ instanceUrl: org.url, accessToken: 'invalid_token', version: '66.0' });
    const work = bad.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: [{ Name: 'Impossible' }],
    });
    expect((await failure(work)).name).toBe('INVALID_SESSION_ID');
  });
});
