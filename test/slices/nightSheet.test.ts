import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { runAnswer, settingsAnswer } from '../../service/sync/auto/answers.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';
import { zipField } from '../kit/testOrg.ts';
import { waitFor } from '../kit/waitFor.ts';

type Run = z.output<typeof runAnswer>;
interface Row {
  ObjectId: string;
  Territory2Id: string;
}

const NAME = 'zips.csv';
let house: House;
let ops: Ask;
let team: string;
let inbox: string;
/** Today's map as a sheet: one line a ZIP. */
let lines: string[];
let leaves: Map<string, string>;

const rows = async (): Promise<string[]> =>
  (await house.query<Row>('SELECT ObjectId, Territory2Id FROM ObjectTerritory2Association')) // prettier-ignore
    .map(({ ObjectId, Territory2Id }) => `${ObjectId} ${Territory2Id}`)
    .sort();
const put = (text: string | Buffer) => writeFileSync(path.join(inbox, NAME), text);
const files = (folder: string) => readdirSync(path.join(inbox, folder)).filter((name) => name.endsWith(NAME));
const tasks = async () => (await house.query("SELECT Id FROM Task WHERE Subject LIKE 'Bailiwick%'")).length;

async function settle(more: Record<string, unknown> = {}): Promise<void> {
  const { json } = await ops<z.output<typeof settingsAnswer>>('GET', `/api/teams/${team}/sync-settings`);
  const tellUserIds = [house.sample.planted.users.salesOps];
  const body = { ...json.settings, strategy: { owners: false }, tellUserIds, sheetName: NAME, ...more };
  const saved = await ops('PUT', `/api/teams/${team}/sync-settings`, { version: json.version, ...body });
  expect(saved.status, saved.text).toBe(200);
}
const final = (id: string): Promise<Run> =>
  waitFor(
    async () => (await ops<Run>('GET', `/api/sync-runs/${id}`)).json,
    ({ state }) => state !== 'running',
  );
async function run(): Promise<Run> {
  const begun = await ops<{ id: string }>('POST', `/api/teams/${team}/sync-runs`);
  expect(begun.status, begun.text).toBe(202);
  return final(begun.json.id);
}
/** The sheet with these ZIPs given to another territory. */
const sheet = (changes: ReadonlyMap<string, string>): string =>
  ['zip,territory', ...lines.map((line) => line.split(',') as [string, string])
    .map(([zip, territory]) => `${zip},${changes.get(zip) ?? territory}`)].join('\n'); // prettier-ignore

/** ZIPs of one territory that hold accounts, fewest first, and how many accounts each holds. */
async function zipsOf(territory: string): Promise<{ zip: string; accounts: number }[]> {
  const field = zipField();
  const held = await house.query<Row>(
    `SELECT ObjectId FROM ObjectTerritory2Association WHERE Territory2Id = '${territory}'`,
  );
  const ids = held.map(({ ObjectId }) => `'${ObjectId}'`).slice(0, 200);
  const accounts = await house.query(`SELECT ${field} FROM Account WHERE Id IN (${ids.join()})`);
  const owned = new Set(lines.flatMap((line) => (line.endsWith(territory) ? [line.split(',')[0]] : [])));
  const counts = new Map<string, number>();
  for (const account of accounts) {
    const zip = String(account[field]).slice(0, 5);
    if (owned.has(zip)) counts.set(zip, (counts.get(zip) ?? 0) + 1);
  }
  return [...counts].map(([zip, n]) => ({ zip, accounts: n })).sort((a, b) => a.accounts - b.accounts);
}

beforeAll(async () => {
  house = await startHouse();
  ops = house.api(house.sample.planted.users.salesOps);
  team = house.sample.planted.teams.sales.id;
  inbox = path.join(house.options.dataDir, 'service', 'inbox');
  mkdirSync(inbox, { recursive: true });
  lines = readFileSync(house.sample.salesSheet, 'utf8').trim().split('\n').slice(1);
  const named = await house.query<{ Id: string; Name: string }>('SELECT Id, Name FROM Territory2');
  leaves = new Map(named.map(({ Id, Name }) => [Id, Name]));
});
afterAll(() => house.close());

describe('a ZIP sheet that another system puts into the inbox', () => {
  it('is no matter where none is there', async () => {
    await settle({ fuse: { movedShare: 1, territoryShare: 1, vanishedShare: 1, newShare: 1 } });
    expect(await run()).toMatchObject({ state: expect.stringMatching(/nothing|done|partial/) });
  });

  it('corrupted, it is refused as a whole: nothing is written, and whoever is to be told is told', async () => {
    await settle({ fuse: {} });
    const [before, told] = [await rows(), await tasks()];
    put(
      `zip,territory\n${lines.map((line, i) => (i % 2 === 0 ? line : line.replace(/\d/, 'x'))).join('\n')}`, // prettier-ignore
    );
    const refused = await run();
    expect(refused).toMatchObject({ state: 'failed', publishId: null, counts: null });
    expect(refused.reason).toMatch(
      /zips\.csv was refused: \d+ of its \d+ rows cannot be used, such as line 3: not a ZIP/,
    );
    expect(refused.action).toMatch(/inbox\/refused\/.*zips\.csv/);
    expect(await rows()).toEqual(before);
    expect(await tasks()).toBe(told + 1);
    expect(files('refused')).toHaveLength(1);
    expect(files('.')).toHaveLength(0);
  });

  it.each([
    ['not a table', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2, 3])],
    ['empty', Buffer.alloc(0)],
    ['other columns', Buffer.from('a,b\n1,2\n')],
    ['names of nobody', Buffer.from('zip,territory\n02115,Atlantis\n')],
  ])('%s: refused', async (_what, bytes) => {
    const before = await rows();
    put(bytes);
    expect(await run()).toMatchObject({ state: 'failed', publishId: null });
    expect(await rows()).toEqual(before);
    expect(files('.')).toHaveLength(0);
  });

  it('a change of one ZIP is written without asking, and is the live plan from then on', async () => {
    const [from, to] = [
      lines[0]!.split(',')[1]!,
      lines.find((line) => line.split(',')[1] !== lines[0]!.split(',')[1])!.split(',')[1]!,
    ];
    const [one] = await zipsOf(from);
    expect(one?.accounts).toBeLessThan(5);
    const before = await rows();
    put(sheet(new Map([[one!.zip, to]])));
    const done = await run();
    expect(done, JSON.stringify(done)).toMatchObject({ state: 'done', alignmentName: `From ${NAME}` });
    const after = await rows();
    expect(after.filter((row) => !before.includes(row)).every((row) => row.endsWith(to))).toBe(true);
    expect(after.filter((row) => !before.includes(row)).length).toBeGreaterThan(0);
    expect(files('taken')).toHaveLength(1);
    lines = sheet(new Map([[one!.zip, to]]))
      .split('\n')
      .slice(1);
    put(sheet(new Map()));
    expect(await run()).toMatchObject({ state: 'nothing' });
    expect(files('taken')).toHaveLength(2);
  });

  it('a great change waits with its draft; approved, exactly that is written', async () => {
    const [before, told] = [await rows(), await tasks()];
    const [from, to] = [...new Set(lines.map((line) => line.split(',')[1]!))].slice(0, 2) as [string, string];
    const changes = new Map((await zipsOf(from)).map(({ zip }) => [zip, to]));
    put(sheet(changes));
    const waiting = await run();
    expect(waiting).toMatchObject({ state: 'waiting', publishId: null, alignmentName: `From ${NAME}` });
    expect(waiting.fuse.map(({ kind }) => kind)).toContain('territory');
    expect(waiting.fuse.map(({ territoryName }) => territoryName)).toContain(leaves.get(from));
    expect(await rows()).toEqual(before);
    expect(await tasks()).toBe(told + 1);
    const { previewHash } = waiting;
    expect((await ops('POST', `/api/sync-runs/${waiting.id}/approve`, { previewHash })).status).toBe(202);
    expect(await final(waiting.id)).toMatchObject({ state: 'done' });
    const after = await rows();
    const lost = before.filter((row) => !after.includes(row));
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.every((row) => row.endsWith(from))).toBe(true);
    const gained = after.filter((row) => !before.includes(row));
    expect(gained.map((row) => row.split(' ')[0]).sort()).toEqual(lost.map((row) => row.split(' ')[0]).sort());
    expect(gained.every((row) => row.endsWith(to))).toBe(true);
  });

  it('a name with a folder in it is no name', async () => {
    for (const sheetName of ['../zips.csv', 'a/b.csv', '.hidden', 'c:\\x'])
      expect((await ops('PUT', `/api/teams/${team}/sync-settings`, { version: 9, sheetName })).status).toBe(400);
  });
});
