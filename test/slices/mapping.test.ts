import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CrmMapping } from '../../service/org/mapping.ts';
import { startHouse, type Ask, type House } from '../kit/house.ts';
import { fieldOf } from '../kit/testOrg.ts';

interface View {
  state: string;
  mapping: CrmMapping;
  saved: CrmMapping | null;
  savedByName: string | null;
  problems: { role: string; code: string }[];
  guess: { account: Record<string, { field: string; confidence: string; filled: number; values: unknown[] }[]> };
}
interface Refusal {
  error: { code: string; message: string; action: string; details?: { role: string }[] };
}

let house: House;
let ops: Ask;
let rep: Ask;
beforeAll(async () => {
  house = await startHouse();
  const { users } = house.sample.planted;
  ops = house.api(users.salesOps);
  rep = house.api(users.rep);
});
afterAll(() => house.close());

const view = async (): Promise<View> => (await ops<View>('GET', '/api/mapping')).json;
const put = <Body>(mapping: unknown) => ops<Body>('PUT', '/api/mapping', { mapping });

test('only operators see sample values and change the mapping', async () => {
  expect((await house.api(null)('GET', '/api/mapping')).status).toBe(401);
  for (const method of ['GET', 'PUT', 'DELETE']) expect((await rep(method, '/api/mapping')).status).toBe(403);
});

test('shows the guess with candidates, reasons and how often they are filled', async () => {
  const { state, guess, mapping, saved, problems } = await view();
  expect([state, saved, problems]).toEqual(['guessed', null, []]);
  expect(mapping.account.npi).toContain(fieldOf('NPI__c'));
  expect(mapping.account.postalCode).toEqual([fieldOf('BillingPostalCode')]);
  expect(guess.account['npi']?.find(({ field }) => field === fieldOf('NPI__c'))).toMatchObject({
    confidence: 'high',
    reason: expect.stringContaining('valid'),
  });
  expect(guess.account['npi']?.[0]?.filled).toBeGreaterThan(100);
  expect(guess.account['specialty']?.[0]?.values.length).toBeGreaterThan(1);
});

test('refuses what is no mapping, what is missing and what is of another type', async () => {
  const { mapping } = await view();
  expect((await put<Refusal>({ ...mapping, version: 2 })).status).toBe(400);
  const injected = { ...mapping, account: { ...mapping.account, npi: ['Id FROM User'] } };
  expect((await put<Refusal>(injected)).status).toBe(400);
  const wrong = { ...mapping, account: { ...mapping.account, npi: ['Gone__c'], salesUsd: ['Name'] } };
  const { status, json } = await put<Refusal>(wrong);
  expect(status).toBe(400);
  expect(json.error.message).toContain('Account.Gone__c is not in this org, or the integration user may not read it.');
  expect(json.error.message).toContain('Name is of type string; account.salesUsd needs currency');
  expect((await view()).state).toBe('guessed');
});

test('a confirmed mapping is used at once, kept, and can be given up', async () => {
  const { mapping } = await view();
  const field = fieldOf('Annual_Sales__c');
  const [account] = await house.query<Record<string, string | number>>(
    `SELECT Id, ${field} FROM Account WHERE ${field} > 0 AND OwnerId = '${house.sample.planted.users.rep}' LIMIT 1`,
  );
  const sales = async (): Promise<number> =>
    (await rep<{ salesUsd: number }>('GET', `/api/accounts/${account!['Id']}/territory`)).json.salesUsd;
  expect(await sales()).toBe(account![field]);
  const changed = await put<View>({ ...mapping, account: { ...mapping.account, salesUsd: ['NumberOfEmployees'] } });
  expect(changed.json).toMatchObject({ state: 'confirmed', saved: { account: { salesUsd: ['NumberOfEmployees'] } } });
  expect(await sales()).toBe(0);
  const back = await ops<View>('DELETE', '/api/mapping');
  expect(back.json).toMatchObject({ state: 'guessed', saved: null });
  expect(await sales()).toBe(account![field]);
});
