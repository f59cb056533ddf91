import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changed, mappingCommand } from '../../service/mappingCommand.ts';
import { startOrg, type LocalOrg } from '../../service/local/org/org.ts';

let dir: string;
let org: LocalOrg;
const before = { ...process.env };
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-mapping-'));
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = path.join(dir, 'key.pem');
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const keys = path.join(dir, 'keys.json');
  writeFileSync(keys, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] }));
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  org = await startOrg({ port: 0, clients: [{ clientId: 'cli', certificate }] });
  org.seed({ Account: [{ Name: 'A', NPI__c: '1234567893', CCN__c: '220071' }] });
  Object.assign(process.env, {
    BAILIWICK_DATA: path.join(dir, 'data'),
    BAILIWICK_ORIGINS: 'http://localhost:1',
    BAILIWICK_ORG_LOGIN_URL: org.url,
    BAILIWICK_ORG_CLIENT_ID: 'cli',
    BAILIWICK_ORG_USERNAME: org.integrationUser.username,
    BAILIWICK_ORG_PRIVATE_KEY_FILE: key,
    BAILIWICK_TOKEN_KEYS_FILE: keys,
  });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  await org.close();
  rmSync(dir, { recursive: true });
});

it('guesses, sets, checks and resets; what was set is still there in the next call', async () => {
  const guess = await mappingCommand(['--guess']);
  expect(guess.text).toMatch(/npi +NPI__c {2}\(high: Its name says so; 100 % of its values are valid/);
  const set = await mappingCommand(['--set', 'specialty=Industry,Type', '--set', 'physician=Type:Other|Partner']);
  expect(set).toMatchObject({ ok: true });
  const shown = await mappingCommand([]);
  expect(shown.text).toMatch(/Confirmed by Command line/);
  expect(shown.text).toMatch(/specialty +Industry, Type/);
  expect(shown.text).toMatch(/physician +Type: Other, Partner/);
  expect((await mappingCommand(['--check'])).text).toBe('Every field is there.\n');
  expect((await mappingCommand(['--reset'])).text).toMatch(/^Guessed/);
});

it('refuses unknown roles and fields that are not there', async () => {
  await expect(mappingCommand(['--set', 'shoeSize=Name'])).rejects.toThrow('"shoeSize=Name" names no role.');
  await expect(mappingCommand(['--set', 'npi=Gone__c'])).rejects.toThrow(/Account\.Gone__c is not in this org/);
});

it('takes a role away', async () => {
  const { json } = await mappingCommand([]);
  const { mapping } = json as { mapping: Parameters<typeof changed>[0] };
  expect(changed(mapping, ['npi=']).account.npi).toEqual([]);
  expect(changed(mapping, ['user.quotaUsd=Quota__c']).user.quotaUsd).toEqual(['Quota__c']);
});
