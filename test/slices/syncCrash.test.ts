import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from 'jsforce';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { accounts, association, account, startSmallOrg, TERRITORY, USER } from '../kit/smallOrg.ts';
import type { Wishes } from '../kit/syncWorld.ts';

const CHILD = fileURLToPath(new URL('../kit/publishChild.ts', import.meta.url));
const COUNT = 900;
const wishes: Wishes = Object.fromEntries(Array.from({ length: COUNT }, (_, k) => [k + 1, k % 2 ? 'A' : 'B']));

let local: LocalOrg;
let dir: string;
let conn: Connection;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bailiwick-crash-'));
  local = await startSmallOrg();
  local.seed({
    Account: accounts(COUNT),
    ObjectTerritory2Association: [
      {
        Id: association(9001),
        ObjectId: account(1),
        Territory2Id: TERRITORY.eastA,
        AssociationCause: 'Territory2AssignmentRule',
      },
      {
        Id: association(9002),
        ObjectId: account(3),
        Territory2Id: TERRITORY.eastA,
        AssociationCause: 'Territory2Manual',
      },
    ],
  });
  conn = new Connection({ instanceUrl: local.url, accessToken: 'secret', version: '66.0' });
});
afterEach(async () => {
  await local.close();
  rmSync(dir, { recursive: true, force: true });
});

function start(job: 'publish' | 'resume'): { child: ChildProcess; output: Promise<string> } {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CHILD, dir, local.url, job, JSON.stringify(wishes)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  child.stdout?.on('data', (data: Buffer) => (text += data.toString()));
  return { child, output: once(child, 'close').then(() => text) };
}

const count = async (soql: string): Promise<number> => (await conn.query(soql)).totalSize;

it.each([
  ['before a request was carried out', { delayMs: 60_000 }],
  ['after a request was carried out and before its outcome was journaled', { drop: 'after', times: 50 } as const],
])(
  'finishes a publish whose process was killed %s',
  async (_, trouble) => {
    // two requests of 200 pass, the third is in trouble
    local.faults.add({ kind: 'request', pattern: '/composite/sobjects$', method: 'POST', after: 2, ...trouble });
    const first = start('publish');
    const wanted = 'drop' in trouble ? 600 : 400;
    const madeSoql = `SELECT COUNT() FROM ObjectTerritory2Association WHERE LastModifiedById = '${local.integrationUser.id}' AND Id != '${association(9002)}' AND AssociationCause = 'Territory2Manual'`;
    await expect.poll(() => count(madeSoql), { timeout: 100_000, interval: 20 }).toBe(wanted);
    first.child.kill('SIGKILL');
    await first.output;
    local.faults.clear();

    const second = start('resume');
    const latest = JSON.parse(await second.output) as Record<string, unknown>;
    expect(latest).toMatchObject({
      state: 'done',
      outcomes: { failed: 0, skipped: 0, alreadyThere: 0 },
      verified: { differences: [] },
    });
    // every account exactly once where the plan wants it, besides the foreign and the rule-made row
    const query = 'SELECT ObjectId, Territory2Id FROM ObjectTerritory2Association';
    const { records } = await conn.query<{ ObjectId: string; Territory2Id: string }>(query);
    const places = new Set(records.map((row) => `${row.ObjectId} ${row.Territory2Id}`));
    const at = { A: TERRITORY.eastA, B: TERRITORY.eastB };
    for (const [n, wish] of Object.entries(wishes))
      expect(places.has(`${account(Number(n))} ${at[wish as 'A' | 'B']}`)).toBe(true);
    expect(await count('SELECT COUNT() FROM ObjectTerritory2Association')).toBe(COUNT + 2);
    const all = await conn.query('SELECT COUNT() FROM ObjectTerritory2Association', { scanAll: true });
    expect(all.totalSize).toBe(COUNT + 2);
    expect(await count(`SELECT COUNT() FROM Account WHERE OwnerId = '${USER.bob}'`)).toBe(COUNT / 2);
  },
  90_000,
);
