import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClaims } from '../../service/claims/claims.ts';
import { travelShare, utilization, deviations } from '../../service/core/balance.ts';
import { pieces } from '../../service/core/contiguity.ts';
import { parseCsv } from '../../service/core/csv.ts';
import { pointOf, unitIndex } from '../../service/core/geography.ts';
import { totals, type TerritoryTotals, type UnitInputs } from '../../service/core/measures.ts';
import { findings, findingsSentence } from '../../service/core/findings.ts';
import { DEFAULT_TRAVEL } from '../../service/core/travel.ts';
import { unitInputs, type WorkAccount } from '../../service/core/unitInputs.ts';
import { DEFAULT_CALL_PLAN } from '../../service/core/workload.ts';
import { createGeography } from '../../service/geography/geography.ts';
import { npi } from '../../service/local/sample/identifiers.ts';
import { makeSample } from '../../service/local/sample/makeSample.ts';
import { writeSample } from '../../service/local/sample/writeSample.ts';
import { readFileSync } from 'node:fs';

const { geography } = createGeography();
const units = unitIndex(geography);
const folder = mkdtempSync(join(tmpdir(), 'bailiwick-sample-'));
const sample = writeSample(folder, { geography });
const records = sample.records();
const { planted } = sample;
const leaves = records['Territory2']!.filter(({ ParentTerritory2Id }) =>
  records['Territory2']!.some(
    ({ Id, ParentTerritory2Id: root }) => Id === ParentTerritory2Id && root === planted.teams.sales.id,
  ),
);
const index = new Map(leaves.map(({ Id }, i) => [String(Id), i]));
const owners = geography.ids.map(() => -1);
let inputs: UnitInputs;
let sums: TerritoryTotals[];

/** Everything by the way the service goes: file → import → market → unit inputs → totals. */
beforeAll(async () => {
  for (const { cells } of parseCsv(readFileSync(sample.salesSheet, 'utf8'), 'sales.csv').rows) {
    const unit = geography.ids.indexOf(cells[0] as never);
    if (unit >= 0) owners[unit] = index.get(cells[1]!) ?? -1;
  }
  const claims = await createClaims({ geography });
  const report = await claims.importClaims(sample.claimsVendor, { name: 'vendor.csv', withMarket: false });
  const market = await claims.saveMarket(null, { ...sample.market, snapshotId: report.id });
  const accounts = records['Account']!.map((row): WorkAccount => {
    const kind = row['Facility_Kind__c'];
    return {
      id: String(row['Id']),
      kind: kind === 'Physician' ? 'physician' : kind === 'Health System' ? 'parent' : 'facility',
      unit: units.get(String(row['BillingPostalCode'])) ?? -1,
      keys: [row['NPI__c'], row['CCN__c']].flatMap((key) => (key ? [String(key)] : [])),
      address: String(row['BillingStreet']),
      salesUsd: Number(row['Annual_Sales__c']),
    };
  });
  const demand = await claims.potentialByUnit(market.id);
  const volumes = await claims.volumes(market.id);
  await claims.close();
  ({ inputs } = unitInputs({
    accounts,
    volumes,
    demand,
    geography,
    callPlan: DEFAULT_CALL_PLAN,
    travel: DEFAULT_TRAVEL,
  }));
  sums = totals(owners, { inputs, seats: leaves.map(seat), travel: DEFAULT_TRAVEL });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function seat({ Id }: Record<string, unknown>) {
  const member = records['UserTerritory2Association']!.find(({ Territory2Id }) => Territory2Id === Id);
  const user = records['User']!.find((row) => row['Id'] === member?.['UserId']);
  const home = pointOf(geography, units.get(String(user?.['PostalCode'])) ?? -1);
  const { workingHours: capacityHours, administrationHours } = DEFAULT_CALL_PLAN;
  return { home, capacityHours, administrationHours, targetShare: 1 };
}

const at = ({ id }: { id: string }) => index.get(id)!;
const used = (i: number) => utilization(sums[i]!, { capacityHours: DEFAULT_CALL_PLAN.workingHours });

describe('the sample', () => {
  it('has its numbers', () => {
    const size = (name: string) => records[name]!.length;
    expect([size('Account'), size('Opportunity'), leaves.length]).toEqual([5000, 2000, 25]);
    expect(records['Territory2']).toHaveLength(2 + 4 + 25 + 8);
    expect(readFileSync(sample.claimsCms, 'utf8').trimEnd().split('\n')).toHaveLength(60_001);
  });

  it('gives every record one id of the right kind, and points only to records that are there', () => {
    const ids = new Set(Object.values(records).flatMap((rows) => rows.map(({ Id }) => Id)));
    expect(ids.size).toBe(Object.values(records).reduce((sum, rows) => sum + rows.length, 0));
    expect([...ids].every((id) => /^[0-9A-Za-z]{18}$/.test(String(id)))).toBe(true);
    for (const rows of Object.values(records)) {
      for (const row of rows) {
        for (const [field, value] of Object.entries(row)) {
          // Permission sets come with the package, and so with the stand-in org.
          if (/Id$/.test(field) && !['Id', 'PermissionSetId'].includes(field) && value !== null)
            expect(ids.has(value), `${field} ${value}`).toBe(true);
        }
      }
    }
  });

  it('uses no provider number that anybody holds, each with a valid check digit', () => {
    expect(npi(123456789 % 10_000_000)).toMatch(/^29\d{8}$/);
    // CMS's own example: 1234567893; the same rule over 80840 + number.
    const luhn = (text: string) =>
      [...`80840${text}`]
        .reverse()
        .reduce((sum, digit, i) => sum + (i % 2 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)]! : Number(digit)), 0) %
      10;
    expect(luhn('1234567893')).toBe(0);
    const numbers = records['Account']!.flatMap(({ NPI__c }) => (NPI__c ? [String(NPI__c)] : []));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.every((number) => number.startsWith('29') && luhn(number) === 0)).toBe(true);
  });

  it('is the same for the same seed and another for another', () => {
    const hash = (seed: number) =>
      createHash('sha256')
        .update(JSON.stringify(makeSample({ seed, geography })))
        .digest('hex');
    const [first, again, other] = [hash(1), hash(1), hash(2)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  }, 60_000);
});

describe('what is planted', () => {
  it('an overloaded metro and a territory that drives too much', () => {
    expect(used(at(planted.overloaded))).toBeGreaterThanOrEqual(1.3);
    expect(travelShare(sums[at(planted.travel)]!)).toBeGreaterThan(0.37);
    sums.forEach(
      (sum, i) => i !== at(planted.travel) && expect(travelShare(sum), String(leaves[i]!['Name'])).toBeLessThan(0.33),
    );
  });

  it('two neighbours that fill less than 90 % of one rep', () => {
    const [a, b] = planted.merge.map(at) as [number, number];
    expect(used(a) + used(b)).toBeLessThanOrEqual(0.9);
    expect(
      owners.some((owner, unit) => owner === a && geography.neighbors[unit]!.some((next) => owners[next] === b)),
    ).toBe(true);
  });

  it('8 to 15 of 25 on target, the others plausible', () => {
    const onTarget = deviations(sums, leaves.map(seat), 'workloadHours').filter(
      (deviation) => Math.abs(deviation) <= 0.1,
    );
    expect(onTarget.length).toBeGreaterThanOrEqual(8);
    expect(onTarget.length).toBeLessThanOrEqual(15);
    const special = new Set([planted.overloaded, ...planted.merge].map(at));
    sums.forEach(
      (_, i) =>
        special.has(i) ||
        expect(used(i), String(leaves[i]!['Name'])).toSatisfy((share: number) => share > 0.7 && share < 1.2),
    );
  });

  it('one pocket without a rep, named by its city, and every territory in one piece', () => {
    const free = owners.flatMap((owner, unit) => (owner < 0 ? [unit] : []));
    expect(free.map((unit) => geography.ids[unit])).toEqual(planted.pocket.zips);
    const found = pieces(free, geography.neighbors);
    const heaviest = found[0]!.reduce((best, unit) =>
      inputs.potentialUsd[unit]! > inputs.potentialUsd[best]! ? unit : best,
    );
    expect(geography.names[heaviest]).toBe(planted.pocket.city);
    expect(free.reduce((sum, unit) => sum + inputs.potentialUsd[unit]!, 0)).toBeGreaterThan(2e6);
    leaves.forEach((_, i) =>
      expect(
        pieces(
          owners.flatMap((owner, unit) => (owner === i ? [unit] : [])),
          geography.neighbors,
        ),
      ).toHaveLength(1),
    );
  });

  it('a vacancy, a system over four territories, a surgeon at two hospitals', () => {
    const member = records['UserTerritory2Association']!.find(
      ({ Territory2Id }) => Territory2Id === planted.vacancy.id,
    )!;
    expect(records['User']!.find(({ Id }) => Id === member['UserId'])!['IsActive']).toBe(false);
    const sites = records['Account']!.filter(({ ParentId }) => ParentId === planted.system.accountId);
    expect(new Set(sites.map((row) => owners[units.get(String(row['BillingPostalCode']))!]))).toEqual(
      new Set(planted.system.territories.map(at)),
    );
    const hospitals = planted.surgeon.facilities.filter(
      ({ accountId }) => records['Account']!.find(({ Id }) => Id === accountId)!['Facility_Kind__c'] === 'Hospital',
    );
    expect(hospitals).toHaveLength(2);
  });

  it('is found by the findings: the sentence names metro, driving territory and pocket', () => {
    const territories = leaves.map((row) => ({
      ...seat(row),
      name: String(row['Name']),
      repId: row['Id'] === planted.vacancy.id ? null : 'rep',
    }));
    const { potentialUsd } = inputs;
    const found = findings({
      territories: territories as never,
      totals: sums,
      owners,
      neighbors: geography.neighbors,
      potentialUsd,
      cities: geography.names,
      tolerance: 0.1,
    });
    expect(found.filter(({ kind }) => kind === 'overloaded').map(({ territoryIndex }) => territoryIndex)).toEqual([
      at(planted.overloaded),
    ]);
    expect(found.filter(({ kind }) => kind === 'travel').map(({ territoryIndex }) => territoryIndex)).toEqual([
      at(planted.travel),
    ]);
    expect(
      found
        .filter(({ kind }) => kind === 'merge')
        .map(({ territoryIndex, otherIndex }) => [territoryIndex, otherIndex]),
    ).toEqual([planted.merge.map(at)]);
    expect(found.filter(({ kind }) => kind === 'vacancy').map(({ territoryIndex }) => territoryIndex)).toEqual([
      at(planted.vacancy),
    ]);
    const sentence = findingsSentence(found);
    for (const name of [planted.overloaded.name, planted.travel.name, planted.pocket.city])
      expect(sentence).toContain(name);
  });

  it('six bad addresses, five of them without a unit', () => {
    const bad = planted.badAddresses.map(({ accountId }) => records['Account']!.find(({ Id }) => Id === accountId)!);
    expect(bad).toHaveLength(6);
    expect(bad.filter((row) => !units.has(String(row['BillingPostalCode'])))).toHaveLength(5);
  });

  it('associations by ZIP for both teams, and beside them exactly one by a rule and one against the plan', () => {
    const rows = records['ObjectTerritory2Association']!;
    expect(rows.filter(({ AssociationCause }) => AssociationCause === 'Territory2AssignmentRule')).toHaveLength(1);
    const zip = new Map(
      records['Account']!.map((row) => [row['Id'], units.get(String(row['BillingPostalCode'])) ?? -1]),
    );
    const against = rows.filter(
      (row) =>
        index.has(String(row['Territory2Id'])) &&
        owners[zip.get(row['ObjectId']!)!] !== index.get(String(row['Territory2Id'])),
    );
    expect(against.map(({ ObjectId }) => ObjectId).sort()).toEqual(
      [planted.ruleMade.accountId, planted.foreign.accountId].sort(),
    );
  });
});
