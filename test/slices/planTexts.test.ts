import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_PLAN_TEXT } from '../../service/alignments/schemas.ts';
import { planTextCommand } from '../../service/planTextCommands.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';
import { waitFor } from '../kit/waitFor.ts';

interface Plan {
  id: string;
  name: string;
  state: string;
  version: number;
  owners: number[];
  territories: { id: string; name: string; repId: string | null; targetShare: number }[];
  overrides: { accountId: string; territory: number; unit: number; part: object }[];
  lockedUnits: number[];
  lockedTerritories: number[];
}
type Opened = { id: string; name: string; version: number; notes: string[] };
type Fault = { kind: string; line: number | null; what: string; fix: string };
type Refusal = { error: { code: string; message: string; action: string; details: { faults: Fault[]; more: number } } };

const CLI = path.resolve(import.meta.dirname, '../../service/cli.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-plan-text-'));
let house: House;
let ops: Ask;
let manager: Ask;
let zips: string[];
let teamId: string;
let live: Plan;

beforeAll(async () => {
  house = await startHouse();
  const { users, teams } = house.sample.planted;
  [ops, manager, teamId] = [house.api(users.salesOps), house.api(users.manager), teams.sales.id];
  const { unitsPath } = (await ops<{ unitsPath: string }>('GET', '/api/geography')).json;
  zips = ((await (await fetch(house.service.url + unitsPath)).json()) as { ids: string[] }).ids;
  const { alignments } = (await ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${teamId}`)).json;
  live = await show(alignments.find(({ state }) => state === 'live')!.id);
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const show = async (id: string): Promise<Plan> => (await ops<Plan>('GET', `/api/alignments/${id}`)).json;
const newDraft = async (name: string): Promise<Plan> =>
  (await ops<Plan>('POST', '/api/alignments', { teamId, name, from: live.id })).json;
const textOf = async (id: string, query = '', ask = ops): Promise<string> => {
  const answer = await ask('GET', `/api/alignments/${id}/plan.txt${query}`);
  expect(answer.status).toBe(200);
  return answer.text;
};
const open = (text: string, ask = ops, more = {}) =>
  ask<Opened & Refusal>('POST', '/api/alignments/import', { teamId, text, ...more });
const move = (plan: Plan, unit: number, to: number) => ({
  unit: zips[unit],
  from: plan.territories[plan.owners[unit] ?? -1]?.id ?? null,
  to: plan.territories[to]!.id,
});
const unitsOf = (plan: Plan, territory: number) =>
  plan.owners.flatMap((owner, unit) => (owner === territory ? [unit] : []));
const changedLines = (a: string, b: string) => {
  const [one, two] = [a.split('\n'), b.split('\n')];
  expect(one.length).toBe(two.length);
  return one.flatMap((line, k) => (line === two[k] ? [] : [two[k]!]));
};
const post = async (plan: Plan, what: string, body: object) => {
  const answer = await ops('POST', `/api/alignments/${plan.id}/${what}`, body);
  expect(answer.status, answer.text).toBe(200);
};
async function someAccounts(): Promise<{ id: string; unit: number }[]> {
  const found = await ops<{ accounts: { id: string; unit: number }[] }>('GET', '/api/accounts?q=hospital&limit=20');
  return found.json.accounts.filter(({ unit }) => unit >= 0);
}

describe('a plan as a file', () => {
  test('is the same bytes again after it was opened, with names, targets, reps, locks and held accounts', async () => {
    const plan = await newDraft('Spring [draft] “1”');
    const [a, b] = unitsOf(plan, 0) as [number, number];
    const [account] = await someAccounts();
    const overrides = [{ accountId: account!.id, to: plan.territories[2]!.id }];
    await post(plan, 'moves', { version: 1, moves: [move(plan, a, 1)], overrides });
    const { id, name, repId } = plan.territories[3]!;
    const rep = { repId: { from: repId, to: null }, targetShare: { from: 1, to: 0.7 } };
    await post(plan, 'territories', { version: 2, changes: [{ id, name: { from: name, to: 'East | side' }, ...rep }] });
    const locks = { lockedUnits: [zips[b]], lockedTerritories: [plan.territories[4]!.id] };
    await post(plan, 'locks', { version: 3, ...locks });
    const text = await textOf(plan.id);
    expect(await textOf(plan.id)).toBe(text);
    expect(text).toContain(`| name "East \\u007c side" |`);
    const opened = await open(text);
    expect([opened.status, opened.json.notes, opened.json.name]).toEqual([201, [], plan.name]);
    expect(await textOf(opened.json.id)).toBe(text);
    const [was, is] = [await show(plan.id), await show(opened.json.id)];
    for (const part of ['owners', 'territories', 'overrides', 'lockedUnits', 'lockedTerritories'] as const)
      expect(is[part], part).toEqual(was[part]);
    const { versions } = (await ops<{ versions: object[] }>('GET', `/api/alignments/${is.id}/versions`)).json;
    expect(versions).toMatchObject([
      { version: 1, note: expect.stringContaining('Opened from a plan text: 1 ZIPs and 1') },
    ]);
  });

  test('differs from another one in exactly the lines of the ZIPs and accounts that differ, renames aside', async () => {
    const [one, two] = [await newDraft('Twins'), await newDraft('Twins')];
    expect(await textOf(one.id)).toBe(await textOf(two.id));
    const units = unitsOf(two, 0).slice(0, 7);
    const accounts = (await someAccounts()).slice(0, 3);
    const overrides = accounts.map(({ id }) => ({ accountId: id, to: two.territories[5]!.id }));
    await post(two, 'moves', { version: 1, moves: units.map((unit) => move(two, unit, 1)), overrides: [] });
    const lines = changedLines(await textOf(one.id), await textOf(two.id));
    expect(lines.map((line) => line.slice(0, 5))).toEqual(units.map((unit) => zips[unit]).sort());
    expect(changedLines(await textOf(one.id), await textOf(two.id, '?version=1'))).toEqual([]);
    await post(one, 'moves', { version: 1, moves: [], overrides });
    await post(two, 'moves', {
      version: 2,
      moves: units.map((unit) => ({ ...move(one, unit, 1), ...back(one, unit) })),
      overrides: overrides.map((each) => ({ ...each, to: two.territories[6]!.id })),
    });
    const held = changedLines(await textOf(one.id), await textOf(two.id));
    expect(held.map((line) => line.split(' ')[0])).toEqual(accounts.map(({ id }) => id).sort());
    const { id, name } = two.territories[0]!;
    await post(two, 'territories', { version: 3, changes: [{ id, name: { from: name, to: 'Another name' } }] });
    const renamed = changedLines(await textOf(one.id), await textOf(two.id));
    expect(renamed).toHaveLength(accounts.length + 1);
  });
  const back = (plan: Plan, unit: number) => ({
    from: plan.territories[1]!.id,
    to: plan.territories[plan.owners[unit]!]!.id,
  });

  test('carries how it was computed, and the one that was opened from it says the same', async () => {
    const plan = await newDraft('Computed');
    const asked = await ops<{ id: string }>('POST', '/api/proposals', {
      alignmentId: plan.id,
      version: 1,
      preset: 'fewestChanges',
      seed: 7,
    });
    const ask = async () => (await ops<{ state: string }>('GET', `/api/proposals/${asked.json.id}`)).json;
    const done = await waitFor(ask, ({ state }) => state === 'done' || state === 'failed', 140_000);
    expect(done).toMatchObject({ state: 'done' });
    expect(await textOf(plan.id)).toContain('\ncomputed: -\n');
    await ops('POST', `/api/proposals/${asked.json.id}/accept`, { version: 1 });
    const text = await textOf(plan.id);
    expect(text).toMatch(
      /\ncomputed: inputs [0-9a-f]{32} \| seed 7 \| engine transport-anneal-\d+ \| effort 1 \| gap (-|[\d.]+)\n/,
    );
    const opened = await open(text);
    expect(await textOf(opened.json.id)).toBe(text);
    const accepted = await show(plan.id);
    await post(accepted, 'moves', { version: 2, moves: [move(accepted, unitsOf(accepted, 0)[0]!, 1)] });
    expect(await textOf(plan.id)).toContain('\ncomputed: -\n');
  });
});

describe('a text that is not right', () => {
  test('is refused as a whole with every fault, its line and what to do', async () => {
    const text = await textOf(live.id);
    const before = (await ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${teamId}`)).json.alignments.length;
    const [first, second] = [zips.toSorted()[0]!, zips.toSorted()[1]!];
    const wrong = text
      .replace(new RegExp(`\\n${first} .*`), `\n${first} Nowhere at all`)
      .replace(new RegExp(`\\n${second} .*`), `$&$&`)
      .replace(
        '[accounts]\n',
        '[accounts]\n001000000000000XXX ' +
          text
            .split('\n')
            .find((line) => line.startsWith(second))!
            .slice(6) +
          '\n',
      );
    const refused = await open(wrong);
    expect([refused.status, refused.json.error.code]).toEqual([400, 'bad_request']);
    expect(refused.json.error.details.faults.map(({ kind }) => kind).sort()).toEqual(['territory', 'zipTwice']);
    const account = await open(
      wrong.replace(`\n${first} Nowhere at all`, `\n${first} -`).replace(new RegExp(`(\\n${second} .*)\\1`), '$1'),
    );
    expect(account.json.error.details.faults).toMatchObject([
      { kind: 'account', what: expect.stringContaining('001000000000000XXX') },
    ]);
    const rep = await open(text.replace(/ \| rep \S+/, ' | rep 0055g0000000999AAA'));
    expect(rep.json.error.details.faults).toMatchObject([{ kind: 'rep', line: expect.any(Number) }]);
    const other = await open(text, ops, { teamId: house.sample.planted.teams.clinical.id });
    expect(other.json.error.details.faults[0]).toMatchObject({ kind: 'team', line: 3 });
    const many = await open(text.replaceAll(/\n(\d{5}) .*/g, '\n$1 Nobody knows'));
    expect(many.json.error.details.faults).toHaveLength(100);
    expect(many.json.error.details.more).toBe(zips.length - 100);
    const after = (await ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${teamId}`)).json.alignments.length;
    expect(after).toBe(before);
  });

  test('nobody opens what she may not change, and a rep neither reads nor opens', async () => {
    const { users } = house.sample.planted;
    const text = await textOf(live.id);
    for (const [ask, status] of [
      [house.api(null), 401],
      [house.api(users.rep), 403],
    ] as const) {
      expect((await ask('GET', `/api/alignments/${live.id}/plan.txt`)).status).toBe(status);
      expect((await open(text, ask)).status).toBe(status);
    }
    expect((await open('x'.repeat(MAX_PLAN_TEXT + 1))).status).toBe(400);
    expect((await open('')).status).toBe(400);
    expect((await ops('GET', `/api/alignments/${live.id}/plan.txt?version=999`)).status).toBe(404);
    const { canEdit } = (await manager<Plan & { canEdit: boolean }>('GET', `/api/alignments/${live.id}`)).json;
    expect(canEdit).toBe(true);
    const mine = (await manager<{ territoryIds: string[] }>('GET', '/api/me')).json.territoryIds;
    const without = (isMine: boolean) => {
      const territory = live.territories.findIndex(({ id }) => mine.includes(id) === isMine);
      const zip = zips[unitsOf(live, territory)[0]!];
      return text.replace(new RegExp(`\\n${zip} .*`), `\n${zip} -`);
    };
    const answers = [await open(without(true), manager), await open(without(false), manager)];
    expect(answers.map(({ status }) => status)).toEqual([201, 403]);
    expect(answers[1]!.json.error.message).toContain('outside your branch');
  });
});

describe('on the command line', () => {
  const plan = (args: string[]) => planTextCommand(args);
  const at = (name: string) => path.join(folder, name);

  test('a plan is written, checked, changed, compared and opened', async () => {
    const data = ['--data', path.join(house.options.dataDir, 'service')];
    const there = [...data, '--team', teamId];
    await expect(plan([])).rejects.toMatchObject({ code: 'bad_request' });
    await expect(plan(['export', ...there])).rejects.toThrow('--out is missing');
    await expect(plan(['check', at('nowhere.txt')])).rejects.toMatchObject({ code: 'not_found' });
    expect(await plan(['export', ...there, '--out', at('a.txt')])).toMatchObject({ exit: 0 });
    const text = readFileSync(at('a.txt'), 'utf8');
    expect(text).toBe(await textOf(live.id));
    expect(await plan(['check', at('a.txt'), ...data])).toMatchObject({ exit: 0, json: { zips: zips.length } });
    const unit = unitsOf(live, 0)[0]!;
    const given = (name: string) => text.replace(new RegExp(`\\n${zips[unit]} .*`), `\n${zips[unit]} ${name}`);
    writeFileSync(at('b.txt'), given('-'));
    writeFileSync(at('c.txt'), given('Atlantis'));
    expect((await plan(['diff', at('a.txt'), at('a.txt')])).exit).toBe(0);
    expect(await plan(['diff', at('a.txt'), at('b.txt')])).toMatchObject({
      exit: 1,
      text: `1 ZIP, 0 accounts and 0 other lines differ.\n${zips[unit]}: ${live.territories[0]!.name} → nobody\n`,
    });
    const opened = await plan(['import', at('b.txt'), ...there, '--name', 'From the line']);
    const draft = await show((opened.json as Opened).id);
    expect([opened.exit, draft.name, draft.owners[unit]]).toEqual([0, 'From the line', -1]);
    for (const args of [
      ['check', at('c.txt'), ...data],
      ['import', at('c.txt'), ...there],
    ]) {
      const bad = await plan(args);
      expect(bad.exit).toBe(1);
      expect(bad.text).toMatch(/Line \d+: There is no territory "Atlantis"/);
    }
    expect(await typed(['plan', 'diff', at('a.txt'), at('b.txt'), '--json'])).toMatchObject({ code: 1 });
    expect((await typed(['plan', '--help'])).out).toContain('plan import FILE');
  });

  function typed(args: string[]): Promise<{ code: number; out: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, [CLI, ...args], { timeout: 100_000 }, (error, out) =>
        resolve({ code: Number(error?.code ?? 0), out }),
      );
    });
  }
});
