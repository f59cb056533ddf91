import { expect, test } from 'vitest';
import { createGeography } from '../../service/geography/geography.ts';
import { chance, pick } from '../../service/local/sample/identifiers.ts';
import { makeSample } from '../../service/local/sample/makeSample.ts';
import { importRegistryFile } from '../../service/registry/importFile.ts';
import { matchAccounts } from '../../service/registry/matching.ts';
import { openRegistryDb } from '../../service/registry/registryDb.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface SampleAccount {
  Id: string;
  Name: string;
  /** Health systems have none. */
  NPI__c?: string;
  Facility_Kind__c: string;
  BillingStreet: string;
  BillingCity: string;
  BillingState: string;
  BillingPostalCode: string | null;
}

/** The same name as another office writes it: short forms, legal words, a slip of the pen in one of twelve. */
function otherName(name: string, key: string): string {
  const random = chance(11, 'name', key);
  const short = name
    .replace(/Hospital/, pick(random, ['Hospital', 'Hosp', 'Hospital']))
    .replace(/Medical Center/, pick(random, ['Med Ctr', 'Medical Ctr', 'Medical Center']))
    .replace(/Surgery Center/, pick(random, ['Surgical Center', 'Surgery Ctr, LLC', 'Surgery Center Inc.']));
  const slipped = random() < 1 / 12 ? short.replace(/([a-z])([a-z])/, '$2$1') : short;
  return random() < 0.5 ? slipped.toUpperCase() : slipped;
}

/** The same street: short forms, a suite now and then, another house number in one of twenty. */
function otherStreet(street: string, key: string): string {
  const random = chance(11, 'street', key);
  const short = street
    .replace(/Street/, 'St')
    .replace(/Avenue/, pick(random, ['Ave', 'Av.', 'AVENUE']))
    .replace(/Road/, 'Rd');
  const suite = random() < 0.25 ? `${short}, Suite ${Math.ceil(random() * 400)}` : short;
  return random() < 1 / 20 ? suite.replace(/^\d+/, (house) => String(Number(house) + 2)) : suite;
}

test('the sample without its numbers: what is taken without asking is right, and nearly all is found', async () => {
  const { geography } = createGeography();
  const rows = makeSample({ seed: 1, geography }).records['Account'] as unknown as SampleAccount[];
  const listed = rows.filter(({ NPI__c }) => NPI__c);
  const lines = listed.map(
    ({ NPI__c, Name, BillingStreet, BillingCity, BillingState, BillingPostalCode, Facility_Kind__c }) => {
      const key = NPI__c!;
      // one of thirty has moved to another ZIP box since
      const zip = chance(11, 'zip', key)() < 1 / 30 ? '' : (BillingPostalCode ?? '');
      return [
        key,
        otherName(Name, key),
        otherStreet(BillingStreet, key),
        BillingCity,
        BillingState,
        zip,
        Facility_Kind__c,
      ]
        .map((cell) => `"${cell}"`)
        .join(',');
    },
  );
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-registry-sample-'));
  const db = await openRegistryDb(undefined, []);
  try {
    const file = join(folder, 'list.csv');
    writeFileSync(file, `npi,name,address,city,state,zip,facility_type\n${lines.join('\n')}\n`);
    const report = await importRegistryFile(db, { path: file, now: new Date(0) });
    expect(report.rowsKept).toBe(listed.length);
    const accounts = rows.map(({ Id, Name, BillingStreet, BillingCity, BillingState, BillingPostalCode }) => ({
      id: Id,
      name: Name,
      npi: null,
      ccn: null,
      street: BillingStreet,
      city: BillingCity,
      state: BillingState,
      zip: /^\d{5}$/.exec(BillingPostalCode ?? '')?.[0] ?? null,
    }));
    const truth = new Map(listed.map(({ Id, NPI__c }) => [Id, NPI__c!]));
    const matches = await matchAccounts(db, accounts);
    const certain = matches.filter(({ verdict }) => verdict === 'certain');
    const right = certain.filter(({ accountId, candidates }) => candidates[0]!.key === truth.get(accountId));
    const first = matches.filter(
      ({ accountId, candidates }) => candidates[0] && candidates[0].key === truth.get(accountId),
    );
    const shares = {
      precision: right.length / certain.length,
      recall: right.length / listed.length,
      found: first.length / listed.length,
    };
    if (process.env['BAILIWICK_TELL']) console.log(listed.length, certain.length, right.length, first.length, shares);
    // health systems and physicians' colleagues at one address are what could be mistaken
    expect(shares.precision).toBeGreaterThan(0.995);
    expect(shares.recall).toBeGreaterThan(0.85);
    expect(shares.found).toBeGreaterThan(0.97);
    // the same accounts give the same answer, in whatever order they come
    const again = await matchAccounts(db, [...accounts].reverse());
    expect([...again].reverse()).toEqual(matches);
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
