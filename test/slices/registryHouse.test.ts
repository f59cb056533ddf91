import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';
import { fieldOf } from '../kit/testOrg.ts';

interface Account {
  Id: string;
  Name: string;
  NPI__c: string;
  CCN__c: string | null;
  Facility_Kind__c: string;
  BillingStreet: string;
  BillingCity: string;
  BillingState: string;
  BillingPostalCode: string;
}

const FIELDS: readonly (keyof Account)[] = [
  'Id',
  'Name',
  'NPI__c',
  'CCN__c',
  'Facility_Kind__c',
  'BillingStreet',
  'BillingCity',
  'BillingState',
  'BillingPostalCode',
];

let house: House;
let ops: Ask;
let rep: Ask;
let hospitals: Account[];
let readable: Set<string>;
let live: string;

beforeAll(async () => {
  house = await startHouse();
  const { users } = house.sample.planted;
  ops = house.api(users.salesOps);
  rep = house.api(users.rep);
  const rows = await house.query(
    `SELECT ${FIELDS.map(fieldOf).join()} FROM Account WHERE ${fieldOf('Facility_Kind__c')} IN ('Hospital', 'Surgery Center')`,
  );
  hospitals = rows.map((row) => Object.fromEntries(FIELDS.map((name) => [name, row[fieldOf(name)]])) as never);
  readable = await house.readable(
    users.rep,
    hospitals.map(({ Id }) => Id),
  );
  const team = house.sample.planted.teams.sales.id;
  const plans = await ops<{ alignments: { id: string; state: string }[] }>('GET', `/api/alignments?team=${team}`);
  live = plans.json.alignments.find(({ state }) => state === 'live')!.id;
  const lines = hospitals.map((each) =>
    [
      each.CCN__c ?? '',
      each.NPI__c,
      each.Name,
      each.BillingStreet,
      each.BillingCity,
      each.BillingState,
      each.BillingPostalCode,
      each.Facility_Kind__c,
    ]
      .map((cell) => `"${cell}"`)
      .join(','),
  );
  const text = `ccn,npi,name,address,city,state,zip,type\n${lines.join('\n')}\n`;
  const { status, json } = await ops<{ report: { rowsKept: number } }>(
    'POST',
    '/api/registry/imports?name=ours.csv',
    text,
  );
  expect([status, json.report.rowsKept]).toEqual([201, hospitals.length]);
});
afterAll(() => house.close());

interface Page {
  record: { key: string; zip: string };
  account: { id: string; name: string } | null;
  volumes: { site: string; siteName: string; procedures: number; opportunityUsd: number; counts: boolean }[];
  affiliations: { key: string; basis: string; procedures: number; share: number }[];
}

describe('the registry in the house', () => {
  test('accounts are matched by their numbers, and a page names the account only to those who may see it', async () => {
    const { counts } = (await ops<{ counts: { matched: number } }>('GET', '/api/registry/matches')).json;
    expect(counts.matched).toBeGreaterThanOrEqual(hospitals.length);
    const own = hospitals.find(({ Id }) => readable.has(Id))!;
    const page = (await rep<Page>('GET', `/api/registry/${own.NPI__c}`)).json;
    expect(page.account).toMatchObject({ id: own.Id, name: own.Name });
    const answers = await Promise.all(
      hospitals
        .filter(({ Id }) => !readable.has(Id))
        .slice(0, 20)
        .map(({ NPI__c }) => rep<Page>('GET', `/api/registry/${NPI__c}`)),
    );
    for (const { status, json } of answers) expect(status === 404 || json.account === null).toBe(true);
    expect(answers.some(({ status }) => status === 404)).toBe(true);
  });

  test('a facility shows its volume by site and who performs there, as claims tell', async () => {
    const withClaims = hospitals.find(
      ({ Facility_Kind__c, Id }) => Facility_Kind__c === 'Hospital' && readable.has(Id),
    )!;
    const page = (await ops<Page>('GET', `/api/registry/${withClaims.CCN__c}`)).json;
    expect(page.volumes.length).toBeGreaterThan(0);
    expect(page.volumes.map(({ siteName }) => siteName)).toContain('Inpatient hospital');
    const performed = page.affiliations.reduce((sum, each) => sum + each.procedures, 0);
    const counted = page.volumes.reduce((sum, each) => sum + (each.counts ? each.procedures : 0), 0);
    expect(performed).toBeCloseTo(counted, 6);
    expect(page.affiliations.every(({ basis, share }) => basis === 'claims' && share > 0 && share <= 1 + 1e-9)).toBe(
      true,
    );
  });

  test('a correction changes the unit by its effect, is listed beside, and taken back gives the former figures', async () => {
    const [hospital] = hospitals.filter(({ Facility_Kind__c }) => Facility_Kind__c === 'Hospital');
    const inputs = async () =>
      (await ops<{ inputs: { potentialUsd: number[]; procedures: number[] } }>('GET', `/api/alignments/${live}/inputs`))
        .json.inputs;
    const sum = (vector: number[]) => vector.reduce((all, next) => all + next, 0);
    const before = await inputs();
    const made = await ops<{
      id: string;
      effect: {
        opportunityUsdBefore: number;
        opportunityUsdAfter: number;
        proceduresAfter: number;
        proceduresBefore: number;
      };
    }>('POST', `/api/registry/${hospital!.NPI__c}/corrections`, {
      kind: 'volume',
      factor: 0.5,
      reason: 'the ward moved away',
    });
    expect(made.status).toBe(201);
    const { effect } = made.json;
    expect(effect.opportunityUsdBefore).toBeGreaterThan(0);
    const after = await inputs();
    expect(sum(after.potentialUsd) - sum(before.potentialUsd)).toBeCloseTo(
      effect.opportunityUsdAfter - effect.opportunityUsdBefore,
      2,
    );
    expect(sum(after.procedures) - sum(before.procedures)).toBeCloseTo(
      effect.proceduresAfter - effect.proceduresBefore,
      4,
    );
    const changed = after.potentialUsd.filter((usd, unit) => usd !== before.potentialUsd[unit]);
    expect(changed).toHaveLength(1);
    await ops('POST', `/api/registry/corrections/${made.json.id}/end`, {});
    expect(await inputs()).toEqual(before);
    const list = (
      await ops<{ corrections: { id: string; endedAt: string | null }[] }>('GET', '/api/registry/corrections')
    ).json;
    expect(list.corrections.map(({ id, endedAt }) => [id, endedAt !== null])).toEqual([[made.json.id, true]]);
  });

  test('a file in parts is imported as the word "registry"', async () => {
    const text = 'hcpcs,long_description\nG0001,Something\n';
    const begun = await ops<{ id: string }>('POST', '/api/uploads', {
      kind: 'registry',
      name: 'codes.csv',
      bytes: text.length,
    });
    expect(begun.status).toBe(201);
    await ops('PUT', `/api/uploads/${begun.json.id}/part?offset=0`, text);
    expect((await ops('POST', `/api/uploads/${begun.json.id}/import`, {})).status).toBe(202);
    let job = await ops<{ state: string; report: { layout: string } }>('GET', `/api/uploads/${begun.json.id}`);
    while (job.json.state === 'importing') job = await ops('GET', `/api/uploads/${begun.json.id}`);
    expect(job.json).toMatchObject({ state: 'done', report: { layout: 'codeList', rowsKept: 1 } });
  });
});
