import { ringsOf } from '../../force-app/map/hitTest.ts';
import { ringArea } from '../../service/core/polygon.ts';
import type { Tile } from '../../service/geography/tiles.ts';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { components } from '../../service/core/adjacency.ts';
import { unitIndex } from '../../service/core/geography.ts';
import { createGeography } from '../../service/geography/geography.ts';
import { zipPlaces, zipUnits } from '../../service/geography/places.ts';
import { errorHandler, requestId } from '../../service/http/errors.ts';

const slice = createGeography();
const { geography } = slice;
let server: Server;
let base: string;

beforeAll(async () => {
  const app = express().use(requestId).use('/geo', slice.publicRouter).use(errorHandler(console.error));
  server = app.listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/geo/${geography.key}`;
});
afterAll(() => server.close());

describe('units of the Northeast', () => {
  it('are about 7,600 ZIPs with an area, a county of their own state and symmetric neighbours in one piece', () => {
    expect(geography.ids.length).toBeGreaterThan(7000);
    expect(geography.areaKm2.every((km2) => km2 > 0)).toBe(true);
    expect(geography.counties.every((fips) => slice.countyNames[fips] !== undefined)).toBe(true);
    geography.neighbors.forEach((list, unit) =>
      list.forEach((next) => expect(geography.neighbors[next]).toContain(unit)),
    );
    expect(components(geography.neighbors).count).toBe(1);
    expect(geography.bridges.length).toBeLessThan(20);
  });

  it('add up to the land of their states within a tenth, inland waters included', () => {
    // Census land areas 2010 in km²
    const land: Record<string, number> = {
      CT: 12542,
      MA: 20202,
      ME: 79883,
      NH: 23187,
      NJ: 19047,
      NY: 122057,
      PA: 115883,
      VT: 23871,
    };
    for (const [state, km2] of Object.entries(land)) {
      const sum = geography.areaKm2.reduce((all, area, unit) => all + (geography.states[unit] === state ? area : 0), 0);
      expect(Math.abs(sum / km2 - 1), state).toBeLessThan(0.1);
    }
  });

  it('hang every other listed ZIP on a parent', () => {
    const index = unitIndex(geography);
    expect(zipPlaces(['MA', 'NY']).filter(({ zip }) => !index.has(zip))).toEqual([]);
    expect(geography.parents['10200'] ?? geography.ids.find((id) => id === '10200')).toBeDefined();
  });

  it('name a shared point by the city of most, and never by a rare prefix where another is at hand', () => {
    const at = (zip: string, city: string) => ({ zip, city, state: 'PA', lat: 40, lon: -80 });
    const others = ['15230', '15231', '15240', '15250'].map((zip) => at(zip, 'Pittsburgh'));
    expect(zipUnits([at('15028', 'Coulters'), at('00599', 'Pittsburgh'), ...others]).units[0]?.zip).toBe('15230');
  });
});

describe('GET /geo', () => {
  it('serves units, base map and tiles for ever, without a token', async () => {
    const units = await fetch(`${base}/units.json`);
    expect(units.headers.get('cache-control')).toContain('immutable');
    expect(((await units.json()) as { ids: string[] }).ids).toEqual(geography.ids);
    const map = (await (await fetch(`${base}/base.json`)).json()) as { cities: { name: string }[] };
    expect(
      map.cities
        .slice(0, 3)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['New York', 'Philadelphia', 'Washington']);
  });

  it('draws in a tile each border once, whole numbers, outside on the right', async () => {
    const tile = (await (await fetch(`${base}/tiles/8/75/96.json`)).json()) as {
      extent: number;
      units: [number, string][];
      borders: [number, number, string][];
    };
    expect(tile.extent).toBe(4096);
    const pairs = tile.borders.map(([left, right]) => [left, right].sort((a, b) => a - b).join());
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(tile.borders.every(([left, right]) => left >= 0 && right >= -1 && left !== right)).toBe(true);
    const drawn = new Set(tile.units.map(([unit]) => unit));
    // a start, then steps; a minus sign parts two numbers as a blank does
    const line = 'M-?\\d+ -?\\d+(l-?\\d+[ -]\\d+([ -]\\d+[ -]\\d+)*)?';
    expect(tile.units.every(([, path]) => new RegExp(`^(${line}Z)+$`).test(path))).toBe(true);
    expect(tile.borders.every(([, , path]) => new RegExp(`^(${line})+$`).test(path))).toBe(true);
    expect(drawn.size).toBeGreaterThan(500);
  });

  it('sends four tiles at once, a line each, row by row', async () => {
    const quad = await fetch(`${base}/quads/8/37/48.ndjson`);
    expect(quad.headers.get('cache-control')).toContain('immutable');
    const lines = (await quad.text()).split('\n');
    const single = ['74/96', '75/96', '74/97', '75/97'].map(async (place) =>
      (await fetch(`${base}/tiles/8/${place}.json`)).text(),
    );
    expect(lines).toEqual(await Promise.all(single));
  });

  it('has from afar the units of each county as one shape: all of them, as big as they are together', async () => {
    const area = (path: string) => ringsOf(path).reduce((sum, { points }) => sum + ringArea(points), 0);
    const tile = (zoom: string) => fetch(`${base}/tiles/${zoom}.json`).then((answer) => answer.json() as Promise<Tile>);
    const { units, blocks } = await tile('7/37/48');
    expect(blocks.length).toBeGreaterThan(20);
    const inBlocks = blocks.flatMap(([from, to]) => units.slice(from, to).map(([unit]) => unit));
    expect(new Set(inBlocks).size).toBe(inBlocks.length);
    for (const [from, to, path] of blocks) {
      const own = units.slice(from, to);
      expect(new Set(own.map(([unit]) => geography.counties[unit])).size).toBe(1);
      const together = own.reduce((sum, [, shape]) => sum + Math.abs(area(shape)), 0);
      expect(Math.abs(Math.abs(area(path)) / together - 1), geography.counties[own[0]![0]]).toBeLessThan(0.02);
      expect(path.length).toBeLessThan(own.reduce((sum, [, shape]) => sum + shape.length, 0));
    }
    expect((await tile('9/150/193')).blocks).toEqual([]);
  });

  it.each(['tiles/4/4/6.json', 'tiles/8/999/96.json', 'tiles/8/x/96.json', 'quads/8/128/48.ndjson'])(
    'answers 404 with a way out for %s',
    async (path) => {
      const answer = await fetch(`${base}/${path}`);
      expect(answer.status).toBe(404);
      expect(((await answer.json()) as { error: { action: string } }).error.action).toMatch(/greatest zoom/);
    },
  );

  it('says that another version is gone', async () => {
    expect((await fetch(base.replace(geography.key, '0000000000000000') + '/units.json')).status).toBe(404);
  });
});
