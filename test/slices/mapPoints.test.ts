import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type Ask, type House } from '../kit/house.ts';

interface Vectors {
  ids: string[];
  names: string[];
  notes: string[];
  lat: number[];
  lon: number[];
}
interface Points {
  physicians: Vectors;
  facilities: Vectors;
  leftOut: number;
}
let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const points = async (ask: Ask) => (await ask<Points>('GET', '/api/accounts/points')).json;
const seen = ({ physicians, facilities }: Points) => [...physicians.ids, ...facilities.ids];

describe('points of the map', () => {
  test('are one vector entry an account, on land that the market covers, and nothing is left out', async () => {
    const all = await points(house.api(house.sample.planted.users.salesOps));
    for (const vectors of [all.physicians, all.facilities]) {
      const { ids, names, notes, lat, lon } = vectors;
      expect(ids.length).toBeGreaterThan(100);
      expect(new Set([names, notes, lat, lon].map(({ length }) => length))).toEqual(new Set([ids.length]));
      expect(lat.every((value) => value > 36 && value < 48)).toBe(true);
      expect(lon.every((value) => value > -81 && value < -66)).toBe(true);
    }
    expect(new Set(seen(all)).size).toBe(seen(all).length);
    expect(all.leftOut).toBe(0);
  });

  test('of a rep are the accounts that the org shares with her, and no other', async () => {
    const { rep, salesOps } = house.sample.planted.users;
    const [mine, all] = await Promise.all([points(house.api(rep)), points(house.api(salesOps))]);
    const ids = seen(mine);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.length).toBeLessThan(seen(all).length);
    const known = new Set(seen(all));
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
    const refused = seen(all).find((id) => !ids.includes(id))!;
    expect((await house.api(rep)('GET', `/api/accounts/${ids[0]}/territory`)).status).toBe(200);
    expect((await house.api(rep)('GET', `/api/accounts/${refused}/territory`)).status).toBe(404);
  });
});
