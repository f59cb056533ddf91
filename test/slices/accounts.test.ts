import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCsv } from '../../service/core/csv.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface TeamPart {
  teamId: string;
  alignmentId: string;
  version: number;
  territory: { id: string; name: string; repId: string | null } | null;
  why: { kind: string; text: string };
  canReassign: boolean;
  choices: { id: string; name: string }[];
}
interface AccountPage {
  account: { id: string; kind: string; npi: string | null; ccn: string | null; zip: string | null; unit: number };
  teams: TeamPart[];
  sites: { code: string; procedures: number }[];
  procedures: { code: string; bySite: Record<string, number>; total: number }[];
  places: { zip: string; procedures: number }[];
}
let house: House;
let ops: Ask;
beforeAll(async () => {
  house = await startHouse();
  ops = house.api(house.sample.planted.users.salesOps);
});
afterAll(() => house.close());

const open = async (id: string) => (await ops<AccountPage>('GET', `/api/accounts/${id}/territory`)).json;
const sales = (page: AccountPage) => page.teams.find(({ teamId }) => teamId === house.sample.planted.teams.sales.id)!;

describe('procedures by site of care', () => {
  const SITES = ['11', '19', '21', '22', '24'];

  /**
   * The same sums made here from the file itself: rows of a provider, facility, orderer, code and site are one cell whatever
   * their month; a cell of 1 to 10 stands as 5.5.
   */
  function sumsFromFile(isOf: (row: Record<string, string>) => boolean): Map<string, number> {
    const { rows, columns } = parseCsv(readFileSync(house.sample.claimsVendor, 'utf8'), 'vendor');
    const rules = new Map(house.sample.market.codes.map(({ code, rule }) => [code, rule]));
    const zip = (text: string) => (/^\d{3,4}$/.test(text) ? text.padStart(5, '0') : text);
    const cells = new Map<string, { key: string; count: number }>();
    for (const { cells: values } of rows) {
      const row = Object.fromEntries(columns.map((name, i) => [name, values[i] ?? '']));
      if (rules.get(row['code']!) !== 'procedure' || !isOf(row) || !/^\d+$/.test(row['claim_count']!)) continue;
      const cell = ['facility_npi', 'performing_npi', 'ordering_npi', 'specialty', 'code', 'place_of_service']
        .map((name) => row[name])
        .concat(['facility_zip', 'performing_zip', 'ordering_zip'].map((name) => zip(row[name]!)));
      const known = cells.get(cell.join()) ?? { key: `${row['code']} ${row['place_of_service']}`, count: 0 };
      known.count += Number(row['claim_count']);
      cells.set(cell.join(), known);
    }
    const sums = new Map<string, number>();
    for (const { key, count } of cells.values())
      sums.set(key, (sums.get(key) ?? 0) + (count > 0 && count < 11 ? 5.5 : count));
    return sums;
  }

  const cases: [string, () => string, string][] = [
    ['a hospital', () => house.sample.planted.surgeon.facilities[0]!.accountId, 'Hospital'],
    ['a surgery center', () => house.sample.planted.surgeon.facilities[2]!.accountId, 'Surgery Center'],
    ['the surgeon with several sites', () => house.sample.planted.surgeon.accountId, 'Physician'],
  ];
  test.each(cases)('%s shows the sums of the file', async (_, account, kind) => {
    const page = await open(account());
    expect(page.account.kind).toBe(kind);
    const { npi, ccn } = page.account;
    const sums = sumsFromFile(
      (row) =>
        [row['performing_npi'], row['facility_npi']].includes(npi!) || (ccn !== null && row['facility_ccn'] === ccn),
    );
    expect(sums.size).toBeGreaterThan(1);
    const shown = page.procedures.flatMap(({ code, bySite }) =>
      Object.entries(bySite).flatMap(([site, count]) => (count > 0 ? [[`${code} ${site}`, count] as const] : [])),
    );
    expect(new Map(shown)).toEqual(sums);
    expect(page.sites.map(({ code }) => code)).toEqual(SITES);
    for (const { code, procedures } of page.sites) {
      const expected = [...sums].reduce((sum, [key, count]) => sum + (key.endsWith(` ${code}`) ? count : 0), 0);
      expect(procedures, code).toBeCloseTo(expected, 6);
    }
  });

  test('the surgeon is shown at each hospital, and at more than one place', async () => {
    const page = await open(house.sample.planted.surgeon.accountId);
    expect(page.places.length).toBeGreaterThanOrEqual(2);
    expect(page.sites.filter(({ procedures }) => procedures > 0).length).toBeGreaterThanOrEqual(2);
  });
});

describe('user page', () => {
  test('its figures are the sums of the accounts in its file', async () => {
    const { users } = house.sample.planted;
    for (const id of [users.rep, users.neighborRep]) {
      const ask = house.api(id);
      const { territories } = (await ask<{ territories: Record<string, never>[] }>('GET', `/api/users/${id}/territory`))
        .json;
      const page = territories[0] as unknown as Record<string, number> & { id: string };
      const file = parseCsv((await ask('GET', `/api/territories/${page.id}/accounts.csv`)).text, 'accounts');
      const sum = (name: string) =>
        file.rows.reduce((all, { cells }) => all + Number(cells[file.columns.indexOf(name)] ?? 0), 0);
      expect(page['accounts']).toBe(file.rows.length);
      const pairs = {
        salesUsd: 'current_sales_usd',
        potentialUsd: 'market_potential_usd',
        headroomUsd: 'headroom_usd',
        procedures: 'procedures',
        callHours: 'call_hours',
        caseHours: 'case_hours',
      };
      for (const [shown, column] of Object.entries(pairs)) expect(sum(column), shown).toBeCloseTo(page[shown]!, 4);
      expect(page['salesUsd']).toBeGreaterThan(0);
    }
  });
});

describe('bad addresses', () => {
  test('each of the six is shown as unplaced, with the reason and what to correct', async () => {
    const { badAddresses } = house.sample.planted;
    expect(badAddresses).toHaveLength(6);
    for (const { accountId, zip } of badAddresses) {
      const page = await open(accountId);
      expect(page.account.unit).toBe(-1);
      const part = sales(page);
      expect([part.territory, part.why.kind]).toEqual([null, 'unplaced']);
      expect(part.why.text).toContain(zip ?? 'no ZIP');
      expect(part.why.text).toContain('Correct the address in Salesforce');
    }
  });
});
