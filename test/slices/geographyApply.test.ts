import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';
import { waitFor } from '../kit/waitFor.ts';

const START_MS = 120_000;
const SALES_OPS = '0055g0000000002AAA';
let house: House;
let ask: Ask;

beforeAll(async () => {
  house = await startHouse();
  ask = house.api(SALES_OPS);
}, START_MS);
afterAll(() => house.close());

interface Boundaries {
  geographyKey: string;
  units: number;
  canApply: boolean;
  atNextStart: { units: number; sentence: string } | null;
}
const boundaries = async () => (await ask<Boundaries>('GET', '/api/geography/boundaries')).json;
const mapKey = async () => (await ask<{ key: string }>('GET', '/api/geography')).json.key;
const live = async () => {
  const me = (await ask<{ teams: { liveAlignmentId: string }[] }>('GET', '/api/me')).json;
  const id = me.teams[0]!.liveAlignmentId;
  return (await ask<{ owners: number[]; version: number; territories: unknown[] }>('GET', `/api/alignments/${id}`))
    .json;
};

describe('other units, without a restart', () => {
  it(
    'are chosen first and change nothing, then are applied: map, plan and demand stand on them',
    async () => {
      const [before, plan, key] = [await boundaries(), await live(), await mapKey()];
      expect([before.canApply, before.atNextStart]).toEqual([true, null]);
      expect((await ask('POST', '/api/geography/boundaries/apply')).status).toBe(409);
      const chosen = await ask<Boundaries>('POST', '/api/geography/units', {
        units: { countyStates: ['ME'], counties: [] },
      });
      expect(chosen.status).toBe(200);
      expect(chosen.json.atNextStart!.units).toBeLessThan(before.units);
      expect(await mapKey()).toBe(key);
      expect((await ask('POST', '/api/geography/boundaries/apply')).status).toBe(202);
      await waitFor(
        () => ask<{ key?: string }>('GET', '/api/geography'),
        ({ status, json }) => status === 200 && json.key !== key,
      );
      const after = await boundaries();
      expect([after.units, after.atNextStart]).toEqual([chosen.json.atNextStart!.units, null]);
      const carried = await live();
      expect(carried.version).toBeGreaterThan(plan.version);
      expect(carried.owners).toHaveLength(after.units);
      expect(new Set(carried.owners)).toEqual(new Set(plan.owners));
      const [market] = (await ask<{ markets: { id: string }[] }>('GET', '/api/markets')).json.markets;
      const demand = await ask<{ procedures: number[] }>('GET', `/api/demand?market=${market!.id}`);
      expect(demand.json.procedures).toHaveLength(after.units);
    },
    START_MS,
  );

  it(
    'fall back to the former ones where the new ground cannot be opened',
    async () => {
      const [key, plan] = [await mapKey(), await live()];
      const kept = path.join(house.options.dataDir, 'service', 'geography');
      expect(existsSync(kept)).toBe(true);
      // what plans stood on is damaged: no plan can be carried over
      writeFileSync(path.join(kept, `ground-${key}.json`), 'x');
      await ask('POST', '/api/geography/units', { units: 'zip' });
      await ask('POST', '/api/geography/boundaries/apply');
      await waitFor(
        async () => house.log,
        (lines) => lines.some((line) => line.includes('The boundaries stay')),
      );
      await waitFor(
        () => ask('GET', '/api/geography'),
        ({ status }) => status === 200,
      );
      expect([await mapKey(), (await live()).version]).toEqual([key, plan.version]);
      expect((await boundaries()).atNextStart).toBeNull();
    },
    START_MS,
  );
});
