import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface Near {
  territoryId: string;
  accounts: { id: string; driveMinutes: number; headroomUsd: number }[];
}
interface DayPlan {
  date: string;
  visits: { id: string; driveMinutes: number; arrive: number; leave: number }[];
  driveMinutes: number;
  visitMinutes: number;
  backMinutes: number;
}
interface FieldPlan {
  workdays: number;
  tiers: { tier: string; accounts: number; callsPerYear: number; visits: number }[];
  days: { date: string; visits: { id: string }[]; driveMinutes: number; visitMinutes: number }[];
}
interface Peers {
  others: number;
  rows: { measure: string; mine: number; others: number; position: number }[];
}
type Refusal = { error: { code: string; message: string; action: string } };

let house: House;
let rep: Ask;
let ops: Ask;
let hospital: string;
let mine: string;
let theirs: string;
let readable: Set<string>;

beforeAll(async () => {
  house = await startHouse();
  const { users } = house.sample.planted;
  [rep, ops] = [house.api(users.rep), house.api(users.salesOps)];
  const page = (await rep<{ territories: { id: string; topAccounts: { id: string }[] }[] }>('GET', `/api/users/${users.rep}/territory`)).json; // prettier-ignore
  mine = page.territories[0]!.id;
  hospital = page.territories[0]!.topAccounts[0]!.id;
  theirs = (await ops<{ territories: { id: string }[] }>('GET', `/api/users/${users.neighborRep}/territory`)).json.territories[0]!.id; // prettier-ignore
  const all = await house.query<{ Id: string }>('SELECT Id FROM Account');
  readable = await house.readable(
    users.rep,
    all.map(({ Id }) => Id),
  );
});
afterAll(() => house.close());

const unseen = async () => (await house.query<{ Id: string }>('SELECT Id FROM Account ORDER BY Id')).find(({ Id }) => !readable.has(Id))!.Id; // prettier-ignore

describe('tabs of an account', () => {
  test('its past has the procedures of its page in the last period', async () => {
    const page = (await rep<{ sites: { procedures: number }[] }>('GET', `/api/accounts/${hospital}/territory`)).json;
    const { periods } = (await rep<{ periods: { period: string; procedures: number; change: number | null }[] }>('GET', `/api/accounts/${hospital}/past`)).json; // prettier-ignore
    expect(periods.length).toBeGreaterThan(0);
    expect(periods[0]!.change).toBeNull();
    const shown = page.sites.reduce((sum, { procedures }) => sum + procedures, 0);
    expect(periods.at(-1)!.procedures).toBeCloseTo(shown, 6);
  });

  test('its peers are counted, never named, and stand where the whole list says', async () => {
    const { status, json, text } = await rep<Peers>('GET', `/api/accounts/${hospital}/peers`);
    expect(status).toBe(200);
    expect(text).not.toMatch(/"name"|"id"/);
    const [row] = json.rows.filter(({ measure }) => measure === 'salesUsd');
    expect(row!.others).toBe(json.others);
    expect(row!.position).toBeGreaterThanOrEqual(1);
    expect(row!.position).toBeLessThanOrEqual(row!.others + 1);
  });

  test('near accounts are own, readable, within the minutes, and ordered by headroom', async () => {
    const { json } = await rep<Near>('GET', `/api/accounts/${hospital}/near?minutes=20`);
    expect(json.territoryId).toBe(mine);
    expect(json.accounts.length).toBeGreaterThan(3);
    for (const { id, driveMinutes } of json.accounts) {
      expect(driveMinutes).toBeLessThanOrEqual(20);
      expect(readable.has(id)).toBe(true);
    }
    const money = json.accounts.map(({ headroomUsd }) => headroomUsd);
    expect(money).toEqual([...money].sort((a, b) => b - a));
    const wide = (await rep<Near>('GET', `/api/accounts/${hospital}/near?minutes=60`)).json;
    expect(wide.accounts.length).toBeGreaterThanOrEqual(json.accounts.length);
    expect((await rep('GET', `/api/accounts/${hospital}/near?minutes=1`)).status).toBe(400);
  });

  test('an account that is not shared has no tabs', async () => {
    const id = await unseen();
    for (const tab of ['past', 'peers', 'near'])
      expect((await rep<Refusal>('GET', `/api/accounts/${id}/${tab}`)).status, tab).toBe(404);
  });
});

describe('day plan', () => {
  const url = (accounts: readonly string[], more = '') =>
    `/api/day-plan${more}?territory=${mine}&accounts=${accounts.join(',')}&date=2026-12-01&begin=510`;
  const near = async () => (await rep<Near>('GET', `/api/accounts/${hospital}/near`)).json.accounts.slice(0, 4);

  test('visits every chosen account once, with times that follow from the ways and the calls', async () => {
    const ids = [hospital, ...(await near()).map(({ id }) => id)];
    const { status, json } = await rep<DayPlan>('GET', url(ids));
    expect(status).toBe(200);
    expect(json.visits.map(({ id }) => id).sort()).toEqual([...ids].sort());
    let at = 510;
    for (const { driveMinutes, arrive, leave } of json.visits) {
      expect(arrive).toBeCloseTo(at + driveMinutes, 9);
      expect(leave).toBeGreaterThan(arrive);
      at = leave;
    }
    const driven = json.visits.reduce((sum, visit) => sum + visit.driveMinutes, 0);
    expect(json.driveMinutes).toBeCloseTo(driven + json.backMinutes, 9);
    expect(json.visitMinutes).toBeCloseTo(at - 510 - driven, 9);
  });

  test('comes as a calendar and as a sheet to print', async () => {
    const ids = [hospital, ...(await near()).map(({ id }) => id)];
    const calendar = await rep('GET', url(ids, '.ics'));
    expect(calendar.text.match(/BEGIN:VEVENT/g)).toHaveLength(ids.length);
    expect(calendar.text).toContain('DTSTART:20261201T');
    const sheet = await rep('GET', url(ids, '.pdf'));
    expect(sheet.text).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\n$/);
    expect(sheet.text).toContain('Day plan, ');
  });

  test('refuses what is not hers, not there or no day', async () => {
    expect((await rep('GET', url([await unseen()]))).status).toBe(404);
    expect((await rep('GET', url(['001000000000000AAA']))).status).toBe(404);
    expect((await rep('GET', url([hospital]).replace(mine, theirs))).status).toBe(404);
    expect((await rep('GET', url([hospital]).replace('2026-12-01', '2026-02-31'))).status).toBe(400);
    expect((await rep('GET', url([]))).status).toBe(400);
  });
});

describe('tabs of a territory', () => {
  test('the field plan calls on everybody of the tiers, on working days, within the day', async () => {
    const { json } = await rep<FieldPlan>('GET', `/api/territories/${mine}/field-plan?from=2026-12-05`);
    expect(json.tiers.map(({ tier }) => tier)).toEqual(['A', 'B', 'C']);
    const visits = json.days.reduce((sum, day) => sum + day.visits.length, 0);
    expect(json.tiers.reduce((sum, tier) => sum + tier.visits, 0)).toBe(visits);
    const [a] = json.tiers;
    expect(a!.visits).toBe(2 * a!.accounts);
    expect(json.days[0]!.date).toBe('2026-12-07');
    for (const { date, driveMinutes, visitMinutes, visits: list } of json.days) {
      expect(new Date(`${date}T00:00:00Z`).getUTCDay() % 6, date).not.toBe(0);
      if (list.length > 1) expect(driveMinutes + visitMinutes).toBeLessThanOrEqual(480);
      for (const { id } of list) expect(readable.has(id)).toBe(true);
    }
    const calendar = await rep('GET', `/api/territories/${mine}/field-plan.ics?from=2026-12-05`);
    expect(calendar.text.match(/BEGIN:VEVENT/g)).toHaveLength(visits);
    expect((await rep('GET', `/api/territories/${mine}/field-plan.pdf`)).text).toContain('Field plan, ');
    expect((await rep('GET', `/api/territories/${mine}/field-plan?from=soon`)).status).toBe(400);
  });

  test('are closed to other reps: field plan, story and account list', async () => {
    for (const tab of ['field-plan', 'field-plan.ics', 'field-plan.pdf', 'story', 'accounts.csv'])
      expect((await rep('GET', `/api/territories/${theirs}/${tab}`)).status, tab).toBe(404);
  });

  test('the story of a map that was taken over says so, and who manages it', async () => {
    const { json } = await rep<{ changes: unknown[]; built: string[]; managers: string[]; liveBy: null; announced: null }>('GET', `/api/territories/${mine}/story`); // prettier-ignore
    expect(json).toMatchObject({ changes: [], liveBy: null, announced: null });
    expect(json.built.join(' ')).toContain('the map that Salesforce had');
    const { users } = house.sample.planted;
    const [row] = await house.query<{ FirstName: string; LastName: string }>(`SELECT FirstName, LastName FROM User WHERE Id = '${users.manager}'`); // prettier-ignore
    expect(json.managers).toContain(`${row!.FirstName} ${row!.LastName}`);
  });
});

describe("another user's page", () => {
  interface UserPage {
    isSelf: boolean;
    territories: { fairness: { others: number; rows: { others: number }[] } }[];
    outlines: Record<string, unknown>[];
  }
  const open = async (ask: Ask, id: string) => (await ask<UserPage>('GET', `/api/users/${id}/territory`)).json;

  test('is name and place for another rep, and everything for her manager, an admin and Sales Ops', async () => {
    const { users } = house.sample.planted;
    const outline = await open(rep, users.neighborRep);
    expect(outline.territories).toEqual([]);
    expect(outline.isSelf).toBe(false);
    const known = ['alignmentId', 'id', 'index', 'name', 'teamId', 'teamName', 'unitIndexes', 'version'];
    expect(outline.outlines.map((each) => Object.keys(each).sort())).toEqual([known]);
    for (const id of [users.manager, users.admin, users.salesOps, users.neighborRep]) {
      const full = await open(house.api(id), users.neighborRep);
      expect(full.territories, id).toHaveLength(1);
      expect(full.outlines, id).toEqual([]);
    }
  });

  test('is name and place for a manager of another branch', async () => {
    const { users } = house.sample.planted;
    const [other] = await house.query<{ Id: string }>(
      `SELECT Id FROM User WHERE Title LIKE 'Regional Manager%' AND Id != '${users.manager}' ORDER BY Id`,
    );
    const page = await open(house.api(other!.Id), users.rep);
    expect(page.territories).toEqual([]);
    expect(page.outlines).toHaveLength(1);
  });

  test('fairness is told against five others at least, and against nobody by name', async () => {
    const { fairness } = (await open(rep, house.sample.planted.users.rep)).territories[0]!;
    expect(fairness.others).toBeGreaterThanOrEqual(5);
    expect(fairness.rows).toHaveLength(5);
    expect(JSON.stringify(fairness)).not.toMatch(/name|005/);
  });

  test('there is no page of nobody', async () => {
    expect((await rep('GET', '/api/users/005000000000000AAA/territory')).status).toBe(404);
  });
});
