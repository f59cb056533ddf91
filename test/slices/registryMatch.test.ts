import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RequestUser } from '../../service/http/identity.ts';
import { openStore, type Store } from '../../service/store/store.ts';
import { account, facilityText, NPIS, registryWorld, type RegistryWorld } from '../kit/registryWorld.ts';

const mia = {
  userId: '005000000000002AAA',
  name: 'Mia Manager',
  role: 'admin',
  permissions: new Set(),
} as never as RequestUser;
let world: RegistryWorld;
let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());
let run = 0;
/** Decisions stay in the store: each test has accounts of its own. */
const id = (n: number) => `001${String(run).padStart(3, '0')}${String(n).padStart(9, '0')}AAA`;
beforeEach(async () => {
  run++;
  world = await registryWorld(store);
});
afterEach(() => world.close());

const entries = async () => new Map((await world.registry.queue.entries()).map((entry) => [entry.account.id, entry]));
const LIST = facilityText(
  { ccn: '220001', npi: NPIS[0] },
  { ccn: '220002', npi: NPIS[1], name: 'Elm Street Hospital', address: '50 Elm St' },
  { npi: NPIS[2], name: 'Oak Surgery Center', address: '9 Oak Ave', type: '12-49' },
  { npi: NPIS[3], name: 'Oak Surgery Center LLC', address: '9 Oak Avenue', type: '12-49' },
);

describe('matching', () => {
  test('numbers first, then name and address; what is not clear waits for a person', async () => {
    await world.take('list.csv', LIST);
    world.around.accounts = [
      account(id(1), { npi: NPIS[1], name: 'Something else', street: null }),
      account(id(2), { name: 'BEACON HOSP INC', street: '1 MAIN STREET' }),
      account(id(3), { name: 'Oak Surgery Ctr', street: '9 Oak Ave' }),
      account(id(4), { name: 'Elm Hospital', street: '52 Elm Street' }),
      account(id(5), { name: 'Far Away', street: '3 Nowhere Rd', zip: '99999', state: 'AK', city: 'Nome' }),
      account(id(6), { npi: NPIS[0], ccn: '220002' }),
      account(id(7), { ccn: '220002', name: 'Alpine Dental', city: 'Nome', state: 'AK', zip: '99762' }),
    ];
    const found = await entries();
    const told = (n: number) => {
      const { state, key, how, note } = found.get(id(n))!;
      return { state, key, how, note };
    };
    expect(told(2)).toEqual({ state: 'matched', key: '220001', how: 'nameAndAddress', note: null });
    expect(told(3)).toMatchObject({ state: 'toReview', note: 'several records are nearly as alike' });
    expect(found.get(id(3))!.candidates.map(({ key }) => key)).toEqual([NPIS[2], NPIS[3]]);
    expect(told(4)).toMatchObject({ state: 'toReview' });
    expect(found.get(id(4))!.candidates[0]!.likeness.reasons[0]).toMatch(/names \d+ % alike|same name/);
    expect(told(5)).toMatchObject({ state: 'none', key: null });
    expect(told(6)).toMatchObject({ state: 'toReview', note: 'its NPI and its CCN name different records' });
    expect(told(7)).toMatchObject({ state: 'toReview', note: 'the number agrees, name and place do not' });
    expect(told(1)).toMatchObject({ state: 'matched', how: 'key', key: '220002' });
  });

  test('an address alone is enough where everything agrees', async () => {
    await world.take('list.csv', LIST);
    world.around.accounts = [account(id(1), { name: 'BEACON HOSP INC', street: '1 MAIN STREET' })];
    expect((await entries()).get(id(1))).toMatchObject({ state: 'matched', how: 'nameAndAddress', key: '220001' });
  });

  test('two accounts that claim one record are both for a person', async () => {
    await world.take('list.csv', LIST);
    world.around.accounts = [
      account(id(1)),
      account(id(2)),
      account(id(3), { npi: NPIS[2], name: 'Oak Surgery Center' }),
    ];
    const found = await entries();
    for (const n of [1, 2])
      expect(found.get(id(n))).toMatchObject({ state: 'toReview', note: '2 accounts claim this record' });
    expect(found.get(id(3))).toMatchObject({ state: 'matched', key: NPIS[2] });
  });
});

describe('decisions', () => {
  test('accepted, rejected, by hand and taken back; each with who and when', async () => {
    await world.take('list.csv', LIST);
    world.around.accounts = [account(id(1), { name: 'Oak Surgery Ctr', street: '9 Oak Ave' })];
    const { queue } = world.registry;
    const accepted = await queue.decide(mia, id(1), { verdict: 'accepted', key: NPIS[3], note: 'called them' });
    expect(accepted).toMatchObject({ state: 'matched', key: NPIS[3], how: 'accepted' });
    expect(accepted.decision).toMatchObject({
      byName: 'Mia Manager',
      note: 'called them',
      at: expect.stringMatching(/^2026-11-01T12/) as string,
    });
    const byHand = await queue.decide(mia, id(1), { verdict: 'accepted', key: '220002', note: null });
    expect(byHand).toMatchObject({ state: 'matched', key: '220002', how: 'byHand' });
    expect(await queue.decide(mia, id(1), { verdict: 'undo' })).toMatchObject({
      state: 'toReview',
      key: null,
      decision: null,
    });
    await queue.decide(mia, id(1), { verdict: 'rejected', key: NPIS[2], note: null });
    const both = await queue.decide(mia, id(1), { verdict: 'rejected', key: NPIS[3], note: null });
    expect(both).toMatchObject({ state: 'rejected', key: null });
    expect(both.candidates.map(({ rejected }) => rejected)).toEqual([true, true]);
    const { decisionsOf } = await import('../../service/registry/store.ts');
    const all = await decisionsOf(store, id(1));
    expect(all).toHaveLength(4);
    expect(all.filter(({ endedAt }) => endedAt === null)).toHaveLength(2);
  });

  test('a certain match that somebody rejected does not come back; decisions outlive imports', async () => {
    await world.take('list_1.csv', facilityText({ npi: NPIS[0] }));
    world.around.accounts = [account(id(1)), account(id(2), { name: 'Elm', street: null })];
    const { queue } = world.registry;
    expect((await entries()).get(id(1))).toMatchObject({ state: 'matched', key: NPIS[0] });
    await queue.decide(mia, id(1), { verdict: 'rejected', key: NPIS[0], note: null });
    await queue.decide(mia, id(2), { verdict: 'accepted', key: NPIS[0], note: null });
    // the next list gives the NPI a CCN: the same record under another key
    await world.take('list_2.csv', facilityText({ npi: NPIS[0], ccn: '220001' }));
    const found = await entries();
    expect(found.get(id(1))).toMatchObject({ state: 'rejected', key: null });
    expect(found.get(id(2))).toMatchObject({ state: 'matched', key: '220001', how: 'byHand' });
  });

  test('nothing can be decided about what is not there', async () => {
    await world.take('list.csv', LIST);
    world.around.accounts = [account(id(1))];
    const { queue } = world.registry;
    await expect(queue.decide(mia, id(9), { verdict: 'undo' })).rejects.toMatchObject({ code: 'not_found' });
    const unknown = queue.decide(mia, id(1), { verdict: 'accepted', key: '9999999999', note: null });
    await expect(unknown).rejects.toMatchObject({
      code: 'not_found',
      action: expect.stringContaining('import') as string,
    });
  });
});

describe('corrections', () => {
  test('are dated, listed with their effect, replaced and ended, never gone', async () => {
    await world.take('list.csv', facilityText({ ccn: `2201${String(run).padStart(2, '0')}`, npi: NPIS[0] }));
    const key = `2201${String(run).padStart(2, '0')}`;
    const { corrections } = world.registry;
    const mine = async () => (await corrections.list()).filter((each) => each.key === key);
    world.around.volumes = new Map([[NPIS[0], { procedures: 100, opportunityUsd: 5000, involvedProcedures: 100 }]]);
    const first = await corrections.add(mia, NPIS[0], { kind: 'volume', factor: 2, reason: 'claims miss the annex' });
    expect(first).toMatchObject({ key, name: 'Beacon Hospital', byName: 'Mia Manager', endedAt: null });
    expect(first.effect).toMatchObject({
      keys: [NPIS[0]],
      proceduresBefore: 100,
      proceduresAfter: 200,
      opportunityUsdAfter: 10000,
    });
    await corrections.add(mia, key, { kind: 'access', factor: 0.25, reason: 'vendor policy' });
    const second = await corrections.add(mia, key, { kind: 'volume', factor: 1.5, reason: 'counted again' });
    const { volumes, effects } = await world.registry.corrected(world.around.volumes);
    expect(volumes.get(NPIS[0])).toEqual({ procedures: 150, opportunityUsd: 1875, involvedProcedures: 150 });
    expect(effects.filter(({ keys }) => keys.includes(NPIS[0]))).toHaveLength(2);
    const ended = await corrections.end(mia, second.id, 'was a slip');
    expect(ended).toMatchObject({ endedByName: 'Mia Manager', endedReason: 'was a slip', effect: null });
    expect((await mine()).map(({ kind, endedAt }) => [kind, endedAt === null])).toEqual([
      ['volume', false],
      ['access', true],
      ['volume', false],
    ]);
    await expect(corrections.end(mia, second.id, null)).rejects.toMatchObject({ code: 'not_found' });
    await expect(corrections.add(mia, key, { kind: 'access', factor: 2, reason: 'no' })).rejects.toMatchObject({
      code: 'bad_request',
    });
    await expect(corrections.add(mia, '999999', { kind: 'volume', factor: 2, reason: 'no' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
