import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../service/commands/command.ts';
import { knock, openDoor } from '../../service/commands/door.ts';
import { BailiwickError } from '../../service/core/errors.ts';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { startHouse, type House } from '../kit/house.ts';
import { accounts, association, startSmallOrg, TERRITORY } from '../kit/smallOrg.ts';

const CLI = path.resolve(import.meta.dirname, '../../service/cli.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env['PATH'] ?? '', ...env }, cwd: folder, timeout: 100_000 };
    execFile(process.execPath, [CLI, ...args], options, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

describe('the door of a running service', () => {
  it('is for whoever reads its file, never for a page, and closes behind itself', async () => {
    const dir = mkdtempSync(path.join(folder, 'door-'));
    const seen: string[] = [];
    const close = await openDoor(dir, (name, args) => {
      seen.push([name, ...args].join(' '));
      if (name === 'bad') throw new BailiwickError('conflict', 'Not now.', { action: 'Wait.' });
      return Promise.resolve({ text: 'told\n', json: { args }, exit: 3 });
    });
    const file = path.join(dir, 'door.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await knock(dir, 'runs', ['--team', 'x'])).toEqual({
      text: 'told\n',
      json: { args: ['--team', 'x'] },
      exit: 3,
    });
    await expect(knock(dir, 'bad', [])).rejects.toMatchObject({
      code: 'conflict',
      message: 'Not now.',
      action: 'Wait.',
    });
    const { port, token } = JSON.parse(readFileSync(file, 'utf8')) as { port: number; token: string };
    const ask = async (headers: Record<string, string>, body = '{"name":"runs","args":[]}') =>
      (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
    expect(await ask({})).toBe(401);
    expect(await ask({ authorization: `Bearer ${'x'.repeat(token.length)}` })).toBe(401);
    expect(await ask({ authorization: `Bearer ${token}`, origin: 'https://evil.example' })).toBe(401);
    expect(await ask({ authorization: `Bearer ${token}` }, 'nonsense')).toBe(400);
    expect(await ask({ authorization: `Bearer ${token}` }, `{"name":"${'x'.repeat(70_000)}"}`)).toBe(400);
    expect(seen).toEqual(['runs --team x', 'bad']);
    await close();
    expect(existsSync(file)).toBe(false);
    expect(await knock(dir, 'runs', [])).toBeNull();
    // left behind by a process that died
    writeFileSync(file, JSON.stringify({ port, token }));
    expect(await knock(dir, 'runs', [])).toBeNull();
  });
  it('tables line up', () => {
    expect(
      table(
        ['What', 'N'],
        [
          ['a', 5],
          ['long', 1234],
        ],
      ),
    ).toEqual(['What     N', 'a        5', 'long  1234']);
    expect(table(['What', 'N'], [[null, null]])).toEqual(['What  N', '-     -']);
  });
});

describe('commands sent to a running service', () => {
  let house: House;
  let data: string[];
  beforeAll(async () => {
    house = await startHouse();
    data = ['--data', path.join(house.options.dataDir, 'service')];
  });
  afterAll(() => house.close());
  const team = () => ['--team', house.sample.planted.teams.sales.id];

  it('says how automatic sync stands, and what is wrong with a command', async () => {
    const status = await cli(['sync', ...data, ...team()]);
    expect(status).toMatchObject({ code: 0, err: '' });
    expect(status.out).toContain(': off');
    expect((await cli(['sync', ...data])).err).toContain('Add --team with one of');
    expect((await cli(['sync', ...data])).code).toBe(2);
    expect((await cli(['drift', ...data, '--nonsense'])).code).toBe(2);
    expect((await cli(['publish', ...data, ...team(), '--deals', 'wrong', '--dry-run'])).code).toBe(2);
    expect((await cli(['takeback', '--help'])).out).toContain('bailiwick takeback --id');
  });
  it('finds drift, stops at the fuse with exit code 3, and lets it pass when told', async () => {
    const [row] = await house.query<{ Id: string; ObjectId: string }>(
      `SELECT Id, ObjectId FROM ObjectTerritory2Association WHERE AssociationCause = 'Territory2Manual' AND Territory2.ParentTerritory2.ParentTerritory2Id = '${team()[1]}' LIMIT 1`,
    );
    await fetch(`${house.org.url}/services/data/v66.0/sobjects/ObjectTerritory2Association/${row!.Id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${house.options.orgToken}` },
    });
    const drift = await cli(['drift', ...data, ...team(), '--json', '--kind', 'removed']);
    expect(JSON.parse(drift.out)).toMatchObject({ total: 1, items: [{ accountId: row!.ObjectId, kind: 'removed' }] });
    const file = path.join(folder, 'drift.csv');
    await cli(['drift', ...data, ...team(), '--csv', file]);
    expect(readFileSync(file, 'utf8')).toContain(row!.ObjectId);
    const dry = await cli(['publish', ...data, ...team(), '--dry-run', '--json']);
    expect(JSON.parse(dry.out)).toMatchObject({ counts: { add: 1, remove: 0 } });
    const ops = house.api(house.sample.planted.users.salesOps);
    await ops('PUT', `/api/teams/${team()[1]}/sync-settings`, { version: 0, fuse: { movedShare: 0.000_001 } });
    const stopped = await cli(['sync', ...data, ...team(), '--now', '--json']);
    expect(stopped.code).toBe(3);
    const run = JSON.parse(stopped.out) as { id: string; state: string };
    expect(run).toMatchObject({ state: 'waiting', byName: 'Command line' });
    const passed = await cli(['sync', ...data, '--approve', run.id]);
    expect(passed).toMatchObject({ code: 0 });
    expect(passed.out).toContain('done: 1 written');
    const log = await cli(['audit', ...data, '--account', row!.ObjectId, '--on', '2026-01-01']);
    expect(log).toMatchObject({ code: 0 });
    expect(log.out).toContain('Automatic sync');
    const csv = path.join(folder, 'log.csv');
    expect((await cli(['audit', ...data, ...team(), '--csv', csv])).code).toBe(0);
    const lines = readFileSync(csv, 'utf8').trimEnd().split('\n');
    // the plan as it was taken over, and the one write
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('Plan made');
    expect((await cli(['runs', ...data])).out).toMatch(/automatic +done +1 +0 +Automatic sync/);
    const [{ id }] = JSON.parse((await cli(['runs', ...data, '--json'])).out) as [{ id: string }];
    expect((await cli(['takeback', ...data, '--id', id, '--dry-run'])).out).toContain('Nothing is written.');
    expect(await cli(['takeback', ...data, '--id', id])).toMatchObject({ code: 0 });
    expect(
      await house.query(
        `SELECT Id FROM ObjectTerritory2Association WHERE ObjectId = '${row!.ObjectId}' AND Id = '${row!.Id}'`,
      ),
    ).toEqual([]);
  });
});

describe('commands on a data directory that no service holds', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let org: LocalOrg;
  beforeAll(async () => {
    const certificate = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    org = await startSmallOrg({ clients: [{ clientId: 'client', certificate }] });
    org.seed({
      Account: accounts(2),
      ObjectTerritory2Association: [
        {
          Id: association(1),
          ObjectId: accounts(1)[0]!.Id,
          Territory2Id: TERRITORY.eastA,
          AssociationCause: 'Territory2Manual',
        },
      ],
    });
  });
  afterAll(() => org.close());
  function environment(): Record<string, string> {
    const keyFile = path.join(folder, 'org.pem');
    const tokenKeys = path.join(folder, 'keys.json');
    writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const key = { ...publicKey.export({ format: 'jwk' }), kid: 'prod', alg: 'RS256' };
    writeFileSync(tokenKeys, JSON.stringify({ keys: [key] }));
    return {
      BAILIWICK_DATA: path.join(folder, 'data'),
      BAILIWICK_ORIGINS: 'https://example.lightning.force.com',
      BAILIWICK_ORG_LOGIN_URL: org.url,
      BAILIWICK_ORG_CLIENT_ID: 'client',
      BAILIWICK_ORG_USERNAME: org.integrationUser.username,
      BAILIWICK_ORG_PRIVATE_KEY_FILE: keyFile,
      BAILIWICK_TOKEN_KEYS_FILE: tokenKeys,
    };
  }
  it('opens it, works, and leaves it free', async () => {
    const status = await cli(['drift', '--team', 'Sales', '--json'], environment());
    expect(status).toMatchObject({ code: 0 });
    expect(JSON.parse(status.out)).toMatchObject({ total: expect.any(Number), counts: expect.any(Array) });
    expect(existsSync(path.join(folder, 'data', 'lock'))).toBe(false);
    expect(existsSync(path.join(folder, 'data', 'door.json'))).toBe(false);
  });
  it('names what the environment lacks', async () => {
    const bare = await cli(['runs'], { BAILIWICK_DATA: path.join(folder, 'other') });
    expect(bare).toMatchObject({ code: 2 });
    expect(bare.err).toContain('BAILIWICK_ORG_LOGIN_URL');
  });
});
