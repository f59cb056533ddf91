import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { connect, failure, startSurfaceOrg } from '../kit/surfaceOrg.ts';

const BIG = 5_100;
let org: LocalOrg;
let conn: Connection;
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = connect(org);
  org.seed({
    BigTable__c: Array.from({ length: BIG }, () => ({})),
    Account: [{ Id: '001Bw0page00001AAA', Name: 'Paged' }],
    Contact: Array.from({ length: 250 }, (_, k) => ({ LastName: `Contact ${k}`, AccountId: '001Bw0page00001AAA' })),
    Task: Array.from({ length: 210 }, (_, k) => ({ Subject: `Task ${k}`, WhatId: '001Bw0page00001AAA' })),
  });
});
afterAll(() => org.close());

const soql = 'SELECT Id, Name FROM BigTable__c';
const nested = 'SELECT Id, (SELECT Id, LastName FROM Contacts), (SELECT Subject FROM Tasks) FROM Account';

describe('pages of a query', () => {
  it('follow each other by locator, 2,000 at most', async () => {
    const sizes: number[] = [];
    let page = await conn.query(soql);
    for (;;) {
      sizes.push(page.records.length);
      expect(page.totalSize).toBe(BIG);
      if (page.done || !page.nextRecordsUrl) break;
      page = await conn.queryMore(page.nextRecordsUrl);
    }
    expect(sizes).toEqual([2000, 2000, 1100]);
  });
  it('are as small as the header asks, 200 at least', async () => {
    const sizeFor = async (batchSize: number) =>
      (await conn.query(soql, { headers: { 'Sforce-Query-Options': `batchSize=${batchSize}` } })).records.length;
    expect(await sizeFor(500)).toBe(500);
    expect(await sizeFor(1)).toBe(200);
    expect(await sizeFor(9999)).toBe(2000);
  });
  it('stop at maxFetch, or at the first page', async () => {
    expect(await conn.query(soql).execute({ autoFetch: true, maxFetch: 4500, responseTarget: 'Records' })).toHaveLength(
      4500,
    );
    expect((await conn.query(soql)).records).toHaveLength(2000);
  });
  it('show the same rows whatever happens meanwhile', async () => {
    const first = await conn.query(soql);
    await conn.sobject('BigTable__c').create({});
    const { records, totalSize } = await conn.queryMore(first.nextRecordsUrl ?? '');
    expect([records.length, totalSize]).toEqual([2000, BIG]);
  });
  it('need a locator that is known, is mine and has rows left', async () => {
    expect(await failure(conn.queryMore('/services/data/v66.0/query/01gnothing-2000'))).toMatchObject({
      errorCode: 'INVALID_QUERY_LOCATOR',
      message: 'invalid query locator',
    });
    const { nextRecordsUrl = '' } = await conn.query(soql);
    const beyond = conn.queryMore(nextRecordsUrl.replace(/\d+$/, '99999'));
    expect((await failure(beyond)).errorCode).toBe('INVALID_QUERY_LOCATOR');
    for (let k = 0; k < 11; k++) await conn.query(soql);
    expect((await failure(conn.queryMore(nextRecordsUrl))).errorCode).toBe('INVALID_QUERY_LOCATOR');
  });
  it('have no more than 2,000 groups', async () => {
    expect((await failure(conn.query('SELECT Id, COUNT(Name) FROM BigTable__c GROUP BY Id'))).errorCode).toBe(
      'EXCEEDED_ID_LIMIT',
    );
  });
});

describe('pages of child queries', () => {
  it('begin with 200 records and a locator', async () => {
    const [account] = (await conn.query(nested)).records;
    expect(account?.['Contacts']).toMatchObject({ totalSize: 250, done: false });
    expect((account?.['Contacts'] as { records: unknown[] }).records).toHaveLength(200);
  });
  it('are all fetched with autoFetch', async () => {
    const { records } = await conn.query(nested).autoFetch(true).execute({ responseTarget: 'QueryResult' });
    const [account] = records as Record<
      string,
      { records: { LastName: string }[]; done: boolean; nextRecordsUrl?: string }
    >[];
    expect(account?.['Contacts']?.done).toBe(true);
    expect(account?.['Contacts']?.nextRecordsUrl).toBeUndefined();
    expect(new Set(account?.['Contacts']?.records.map((each) => each.LastName)).size).toBe(250);
    expect(account?.['Tasks']?.records).toHaveLength(210);
  });
});
