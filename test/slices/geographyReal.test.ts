import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { components } from '../../service/core/adjacency.ts';
import { isInside, mercator, ringAreaKm2 } from '../../service/core/polygon.ts';
import { cellRings } from '../../service/core/cells.ts';
import { buildGeography, type BuiltGeography } from '../../service/geography/build.ts';
import { createGeography } from '../../service/geography/geography.ts';
import { loadedFor } from '../../service/geography/loaded.ts';
import { zipPlaces } from '../../service/geography/places.ts';
import { NORTHEAST } from '../../service/geography/states.ts';
import { TileBuilder } from '../../service/geography/tiles.ts';
import { geoFolder, SHARED_GEO, type GeoFolder } from '../kit/zipMap.ts';

const RI = 'ri_rhode_island_zip_codes_geo.min.json';
const CT = 'ct_connecticut_zip_codes_geo.min.json';
const hasFiles = existsSync(path.join(SHARED_GEO, RI));

interface Feature {
  properties: { ZCTA5CE10: string; ALAND10: number; INTPTLAT10: string; INTPTLON10: string };
  geometry: { type: string; coordinates: [number, number][][] | [number, number][][][] };
}
const featuresOf = (name: string) =>
  (JSON.parse(readFileSync(path.join(SHARED_GEO, name), 'utf8')) as { features: Feature[] }).features;
const ringsOf = ({ geometry: { type, coordinates } }: Feature) =>
  (type === 'Polygon' ? coordinates : coordinates.flat()) as [number, number][][];

/** Pairs of ZIPs with an edge in common, told from the file's own coordinates: no topology, no rounding. */
function sharedEdges(features: readonly Feature[]): Set<string> {
  const users = new Map<string, Set<string>>();
  for (const feature of features) {
    for (const ring of ringsOf(feature)) {
      for (let i = 1; i < ring.length; i++) {
        const edge = [ring[i - 1]!.join(' '), ring[i]!.join(' ')].sort().join(' | ');
        users.set(edge, (users.get(edge) ?? new Set()).add(feature.properties.ZCTA5CE10));
      }
    }
  }
  return new Set([...users.values()].filter(({ size }) => size > 1).map((zips) => [...zips].sort().join('-')));
}

describe.skipIf(!hasFiles)('real areas of Rhode Island and Connecticut, 2010', () => {
  let folder: GeoFolder;
  let built: BuiltGeography;
  beforeAll(async () => {
    folder = geoFolder();
    for (const name of [RI, CT, 'zip_to_zcta_2019_uds.txt', 'zip_county_fips_2017-06.csv']) await folder.real(name);
    built = buildGeography(['RI', 'CT'], loadedFor(folder.store, ['RI', 'CT']));
  });
  afterAll(() => folder.close());

  const unitOf = (zip: string) => built.geography.ids.findIndex((id) => id === zip);
  const features = hasFiles ? [...featuresOf(RI), ...featuresOf(CT)] : [];

  test('the units are the areas of the files, with their land and places', () => {
    const { ids, areaKm2, lat, lon, states, names } = built.geography;
    expect(ids).toEqual(features.map(({ properties }) => properties.ZCTA5CE10).sort());
    expect(names.filter((name) => name === '')).toEqual([]);
    expect(states.filter((state) => state === 'CT')).toHaveLength(282);
    for (const { properties } of features) {
      const unit = unitOf(properties.ZCTA5CE10);
      expect(areaKm2[unit]).toBeCloseTo(Math.max(0.001, properties.ALAND10 / 1e6), 3);
      expect([lat[unit], lon[unit]]).toEqual([Number(properties.INTPTLAT10), Number(properties.INTPTLON10)]);
    }
    // Census land of 2010: Rhode Island 2,678 km², Connecticut 12,542 km²
    const land = (state: string) => areaKm2.reduce((sum, km2, i) => sum + (states[i] === state ? km2 : 0), 0);
    expect([Math.round(land('RI')), Math.abs(land('CT') - 12_542) < 10]).toEqual([2678, true]);
  });

  test('neighbours are exactly the pairs with an edge in common, in each state and across their line, and bridges', () => {
    const { ids, neighbors, bridges } = built.geography;
    const isBridge = new Set(bridges.map((pair) => pair.join()));
    const found = neighbors.flatMap((list, a) =>
      list.filter((b) => a < b && !isBridge.has(`${a},${b}`)).map((b) => `${ids[a]}-${ids[b]}`),
    );
    const expected = sharedEdges(features);
    expect(found.sort()).toEqual([...expected].sort());
    const crossing = found.filter(
      (pair) => new Set(pair.split('-').map((zip) => built.geography.states[unitOf(zip)])).size === 2,
    );
    expect(crossing.length).toBeGreaterThan(5);
    expect(components(neighbors).count).toBe(1);
    expect(bridges.map((pair) => pair.map((unit) => ids[unit]).join('-'))).toEqual([
      '02807-02813',
      '02835-02841',
      '02871-02872',
    ]);
  });

  test('the drawn rings have the area of the file and hold its points', () => {
    const rings = cellRings(built.borders, built.geography.ids.length);
    for (const feature of features) {
      const own = rings[unitOf(feature.properties.ZCTA5CE10)]!;
      const flat = ringsOf(feature).map((ring) => ring.slice(1).flatMap(([x, y]) => mercator(x, y)));
      const signed = flat.reduce((sum, ring) => sum - ringAreaKm2(ring), 0);
      expect(Math.abs(own.reduce((sum, ring) => sum + ringAreaKm2(ring), 0))).toBeCloseTo(Math.abs(signed), 3);
      const [x, y] = mercator(Number(feature.properties.INTPTLON10), Number(feature.properties.INTPTLAT10));
      expect(isInside(x, y, own), feature.properties.ZCTA5CE10).toBe(isInside(x, y, flat));
    }
  });

  test('every other ZIP hangs on an area: as the crosswalk says, else on the one that holds its point', () => {
    const { ids, parents } = built.geography;
    const units = new Set<string>(ids);
    const text = readFileSync(path.join(SHARED_GEO, 'zip_to_zcta_2019_uds.txt'), 'utf8');
    const zcta = new Map(text.split('\r\n').map((line) => [line.split('\t')[0]!, line.split('\t')[4]!]));
    const listed = zipPlaces(['RI', 'CT']).filter(({ zip }) => !units.has(zip));
    expect(listed.length).toBe(14 + 156);
    let byCrosswalk = 0;
    for (const { zip } of listed) {
      const wanted = zcta.get(zip);
      expect(units.has(parents[zip]!), zip).toBe(true);
      if (wanted && units.has(wanted)) expect(parents[zip]).toBe(wanted);
      byCrosswalk += Number(wanted !== undefined && units.has(wanted));
    }
    expect(byCrosswalk).toBeGreaterThan(140);
    expect(Object.keys(parents).filter((zip) => units.has(zip))).toEqual([]);
  });

  test('counties come from the crosswalk: the one that holds the point where it is listed', () => {
    const text = readFileSync(path.join(SHARED_GEO, 'zip_county_fips_2017-06.csv'), 'utf8');
    const listed = Map.groupBy(
      text
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')),
      ([zip]) => zip!,
    );
    let several = 0;
    built.geography.ids.forEach((zip, unit) => {
      const counties = listed.get(zip)?.map((cells) => cells[3]);
      if (!counties) return;
      expect(counties, zip).toContain(built.geography.counties[unit]);
      several += Number(counties.length > 1);
    });
    expect(several).toBeGreaterThan(20);
    expect(built.geography.counties.every((fips) => built.countyNames[fips])).toBe(true);
  });

  test('the shapefile gives the same units, neighbours and areas as the GeoJSON it was made from', async () => {
    const other = geoFolder();
    await other.real('tl_2010_44_zcta510_remade.zip');
    await other.real('zip_to_zcta_2019_uds.txt');
    await other.real('zip_county_fips_2017-06.csv');
    const { key: _, ...fromShp } = buildGeography(['RI'], loadedFor(other.store, ['RI'])).geography;
    const { key: __, ...fromJson } = buildGeography(['RI'], loadedFor(folder.store, ['RI'])).geography;
    expect(fromShp).toEqual(fromJson);
    other.close();
  });

  test('tiles of Connecticut stay small at every zoom, whole numbers, each border once', () => {
    const ct = buildGeography(['CT'], loadedFor(folder.store, ['CT']));
    expect(ct.borders.reduce((sum, border) => sum + border.path.length / 2, 0)).toBeGreaterThan(85_000);
    const tiles = new TileBuilder(ct.borders, ct.geography.counties);
    for (const [zoom, x, y] of [
      [5, 9, 11],
      [8, 76, 95],
      [11, 614, 764],
    ] as const) {
      const tile = tiles.tile(zoom, x, y);
      const text = JSON.stringify(tile);
      expect(text.length, `zoom ${zoom}`).toBeLessThan(120_000);
      expect(tile.units.length).toBeGreaterThan(5);
      const pairs = tile.borders.map(([left, right]) => `${left},${right}`);
      expect(new Set(pairs).size).toBe(pairs.length);
      expect(tile.borders.every(([left, right]) => left >= 0 && right >= -1 && left !== right)).toBe(true);
      // a start, then steps; a minus sign parts two numbers as a blank does
      const ring = 'M-?\\d+ -?\\d+(l-?\\d+[ -]\\d+([ -]\\d+[ -]\\d+)*)?Z';
      expect(tile.units.every(([, shape]) => new RegExp(`^(${ring})+$`).test(shape))).toBe(true);
    }
  });
});

describe.skipIf(!hasFiles)('real areas beside approximate ones', () => {
  let folder: GeoFolder;
  beforeAll(async () => {
    folder = geoFolder();
    for (const name of [RI, CT, 'de_delaware_zip_codes_geo.min.json', 'dc_district_of_columbia_zip_codes_geo.min.json'])
      await folder.real(name);
  });
  afterAll(() => folder.close());

  test('the Northeast stays in one piece with neighbours over every line, and says what is exact', () => {
    const slice = createGeography({ dataDir: folder.dataDir });
    const { ids, states, neighbors, bridges, parents } = slice.geography;
    const count = (state: string) => states.filter((each) => each === state).length;
    expect(['RI', 'CT', 'DE', 'DC'].map(count)).toEqual([77, 282, 68, 53]);
    expect(count('NY')).toBeGreaterThan(2000);
    expect(new Set(ids).size).toBe(ids.length);
    expect(components(neighbors).count).toBe(1);
    expect(bridges.length).toBeLessThan(20);
    neighbors.forEach((list, unit) => list.forEach((next) => expect(neighbors[next]).toContain(unit)));
    const over = (a: string, b: string) =>
      neighbors.flatMap((list, unit) => (states[unit] === a ? list.filter((next) => states[next] === b) : [])).length;
    for (const [a, b] of [
      ['CT', 'MA'],
      ['CT', 'NY'],
      ['RI', 'MA'],
      ['DE', 'MD'],
      ['DE', 'PA'],
      ['DC', 'MD'],
      ['CT', 'RI'],
    ] as const)
      expect(over(a, b), `${a} ${b}`).toBeGreaterThan(5);
    const known = new Set<string>([...ids, ...Object.keys(parents)]);
    expect(zipPlaces(NORTHEAST).filter(({ zip }) => !known.has(zip))).toEqual([]);
    const description = slice.describe();
    expect(description).toMatchObject({
      areaKind: 'mixed',
      label: 'ZIP areas, approximate outside of CT, DC, DE, RI; DC partly exact (53 of 54)',
      units: 'zip',
    });
    expect(description.source).toContain(`CT from ${CT}`);
    expect(description.vintage).toContain('CT, DC, DE, RI: boundaries of 2010.');
    const ofKind = (kind: string) =>
      description.states.filter(({ areaKind }) => areaKind === kind).map(({ state }) => state);
    expect([ofKind('exact'), ofKind('partly')]).toEqual([['CT', 'DE', 'RI'], ['DC']]);
  });

  test('along a line between the two kinds a border names both sides, and has no part in the rings', () => {
    const { borders, geography } = buildGeography(NORTHEAST, loadedFor(folder.store, NORTHEAST));
    const facing = borders.filter(({ across }) => across !== undefined);
    const kinds = new Set(facing.map(({ left, across }) => `${geography.states[left]} ${geography.states[across!]}`));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['CT MA', 'MA CT', 'DE MD', 'MD DE', 'CT NY', 'NY CT']));
    expect(facing.every(({ right }) => right === -1)).toBe(true);
    const apart = cellRings(borders, geography.ids.length);
    const without = cellRings(
      borders.map(({ across: _, ...border }) => border),
      geography.ids.length,
    );
    expect(apart).toEqual(without);
  });

  test('counties of it all hold every ZIP', () => {
    folder.store.save({ ...folder.store.index, units: { countyStates: ['CT', 'NY'], counties: ['44001'] } });
    const { geography, describe: told } = createGeography({ dataDir: folder.dataDir });
    const counties = geography.ids.filter((id) => id.startsWith('C'));
    expect(counties.filter((id) => id.startsWith('C09'))).toHaveLength(8);
    expect(counties.filter((id) => id.startsWith('C36'))).toHaveLength(62);
    expect(counties).toContain('C44001');
    expect(geography.parents['06511']).toBe('C09009');
    expect(geography.parents['10001']).toBe('C36061');
    expect(components(geography.neighbors).count).toBe(1);
    expect(told()).toMatchObject({
      units: 'mixed',
      label: 'ZIP areas and counties, approximate outside of CT, DC, DE, RI; DC partly exact (53 of 54)',
    });
    folder.store.save({ ...folder.store.index, units: 'zip' });
  });
});

describe.skipIf(!hasFiles)('California, 1,769 areas', () => {
  it('is read and built, whole and in one piece', async () => {
    const folder = geoFolder();
    const report = await folder.real('ca_zcta_simplified.topo.json');
    const { geography } = buildGeography(['CA'], loadedFor(folder.store, ['CA']));
    expect(report).toMatchObject({ rowsRead: 1769, rowsKept: 1769, states: { CA: 1769 }, warnings: [] });
    expect(geography.ids).toHaveLength(1769);
    expect(components(geography.neighbors).count).toBe(1);
    folder.close();
  });
});

it('nothing loaded is what it always was, byte for byte', () => {
  const folder = geoFolder();
  const { geography } = createGeography({ dataDir: folder.dataDir });
  expect(geography).toEqual(createGeography().geography);
  expect(geography.key).toBe('fdd6a0d308d36f03');
  folder.close();
});
