import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topology } from 'topojson-server';
import { importAny } from '../../service/geography/importAny.ts';
import { LoadedStore } from '../../service/geography/loadedStore.ts';
import { withActive } from '../../service/geography/loadedIndex.ts';
import { geoFolder, zipMap, type GeoFolder, type MapFeature } from '../kit/zipMap.ts';
import { zipFile } from '../kit/zipFile.ts';

/** Five ZIPs of Rhode Island, one of two parts. */
const PICTURE = `
  02802 02804 02806
  02807 02807 02808
  .     .     02802`;

let folder: GeoFolder;
beforeEach(() => {
  folder = geoFolder();
});
afterEach(() => folder.close());

const renamed = (name: string, value: (zip: string) => unknown = (zip) => zip) => {
  const map = zipMap(PICTURE);
  for (const feature of map.features)
    feature.properties = { other: 7, [name]: value(String(feature.properties['ZCTA5CE10'])) };
  return map;
};
const zipsOf = () => {
  const { contents } = folder.store.index.versions.at(-1)!;
  return (folder.store.get(contents['RI']!) as { zips: string[] }).zips;
};

describe('a map of ZIP areas', () => {
  it.each([
    ['ZCTA5CE20', '2020'],
    ['GEOID10', '2010'],
    ['geoid20', '2020'],
    ['GEOID_ZCTA5_20', '2020'],
    ['zcta', null],
    ['ZIP', null],
    ['ZipCode', null],
    ['zip_code', null],
    ['POSTAL', null],
    ['postalCode', null],
    ['a name never seen', null],
  ])('is read by the property %s', async (name, vintage) => {
    const report = await folder.map(renamed(name));
    expect(report).toMatchObject({
      rowsRead: 5,
      rowsKept: 5,
      rowsSetAside: 0,
      vintage,
      zipProperty: name,
      states: { RI: 5 },
    });
    expect(zipsOf()).toEqual(['02802', '02804', '02806', '02807', '02808']);
  });

  it.each<[string, (zip: string) => unknown]>([
    ['state FIPS and ZIP', (zip) => `44${zip}`],
    ['a Census code', (zip) => `860Z200US${zip}`],
    ['ZIP+4', (zip) => `${zip}-1234`],
  ])('knows the ZIP in %s', async (_, value) => {
    await folder.map(renamed('GEOID10', value));
    expect(zipsOf()).toEqual(['02802', '02804', '02806', '02807', '02808']);
  });

  it('puts lost zeros back and says so', async () => {
    const report = await folder.map(renamed('zip', Number));
    expect(report.repaired).toEqual([
      {
        reason: 'lost leading zeros of ZIPs were put back',
        rows: 5,
        lines: [1, 2, 3, 4, 5],
        zips: ['02802', '02804', '02806', '02807', '02808'],
      },
    ]);
    expect(zipsOf()[0]).toBe('02802');
  });

  it('takes the property that it is told, and names those there are where that one is missing', async () => {
    const map = zipMap(PICTURE);
    for (const feature of map.features) feature.properties['zip'] = '02999';
    const report = await folder.map(map, { zipProperty: 'ZIP' });
    expect([report.zipProperty, report.states]).toEqual(['zip', { RI: 1 }]);
    expect(report.repaired[0]).toMatchObject({ reason: 'several shapes of one ZIP were put together', rows: 5 });
    await expect(folder.map(map, { zipProperty: 'nope' })).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(/no property "nope"; it has ZCTA5CE10, zip/) as string,
    });
  });

  it('puts swapped latitude and longitude right and says so', async () => {
    const map = zipMap(PICTURE);
    const turn = (part: unknown): unknown =>
      Array.isArray(part) ? (typeof part[0] === 'number' ? [part[1], part[0]] : part.map(turn)) : part;
    for (const { geometry } of map.features) geometry!.coordinates = turn(geometry!.coordinates);
    const report = await folder.map(map);
    expect(report.repaired).toMatchObject([{ reason: 'latitude stood before longitude', rows: 5 }]);
    const swapped = folder.store.index.versions[0]!.contents;
    await folder.map(zipMap(PICTURE), { name: 'straight.json' });
    expect(folder.store.index.versions[1]!.contents).toEqual(swapped);
  });

  it('sets aside what cannot be used, each with its reason and number', async () => {
    const map = zipMap(PICTURE);
    const extra = (zip: unknown, geometry: MapFeature['geometry']): MapFeature => ({
      type: 'Feature',
      properties: { ZCTA5CE10: zip },
      geometry,
    });
    const ring = (lon: number, lat: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [lon, lat],
          [lon + 1, lat],
          [lon, lat + 1],
          [lon, lat],
        ],
      ],
    });
    map.features.push(
      extra('02900', null),
      extra('02901', { type: 'Point', coordinates: [-71, 41] }),
      extra('none', ring(-71, 41)),
      extra('02903', ring(2, 48)),
      extra('02904', {
        type: 'Polygon',
        coordinates: [
          [
            [-71, 41],
            [-71, 'x'],
            [-70, 41],
          ],
        ],
      }),
      extra('02905', {
        type: 'Polygon',
        coordinates: [
          [
            [-71, 41],
            [-71, 41],
            [-71, 41],
          ],
        ],
      }),
      extra('00901', ring(-66.5, 18.2)),
    );
    const report = await folder.map(map);
    expect([report.rowsRead, report.rowsKept, report.rowsSetAside]).toEqual([12, 5, 7]);
    expect(report.setAside.map(({ reason, lines }) => [reason, lines])).toEqual([
      ['it has no polygon', [6]],
      ['it is a Point and no polygon', [7]],
      ['a coordinate is no number', [10]],
      ['its ZCTA5CE10 is no ZIP', [8]],
      ['it lies outside of the United States', [9]],
      ['its polygon has no area', [11]],
      ['it lies outside of the 50 states and DC', [12]],
    ]);
  });

  it('is the same from GeoJSON, gzipped, in a zip, and as TopoJSON', async () => {
    const map = zipMap(PICTURE);
    const text = JSON.stringify(map);
    await folder.map(text);
    await folder.map(gzipSync(text), { name: 'map.json.gz' });
    await folder.map(zipFile({ 'deep/map.geojson': `\uFEFF${text}` }), { name: 'map.zip' });
    await folder.map(topology({ zips: map as never }), { name: 'topo.json' });
    const { versions } = folder.store.index;
    expect(versions).toHaveLength(4);
    expect(versions.map(({ report }) => report.layoutName)).toEqual([
      ...Array<string>(3).fill('ZIP areas (GeoJSON)'),
      'ZIP areas (TopoJSON)',
    ]);
    const [first, ...others] = versions.map(
      ({ contents }) => folder.store.get(contents['RI']!) as { zips: string[]; arcs: unknown[] },
    );
    for (const other of others) expect([other.zips, other.arcs.length]).toEqual([first!.zips, first!.arcs.length]);
  });
});

describe('tables', () => {
  it('are read by the names of their columns in any order, tab or pipe, with trailing blanks', async () => {
    const tab =
      'GEOID\tALAND\tAWATER\tALAND_SQMI\tAWATER_SQMI\tINTPTLAT\tINTPTLONG  \n02802\t2000000\t0\t1\t0\t41.9\t-71.5  \n';
    const pipe = '\uFEFFINTPTLONG|GEOID|INTPTLAT|ALAND   \r\n-71.5|02802|41.9|2000000   \r\n';
    await folder.table(tab, 'gaz.txt');
    const first = folder.store.index.versions[0]!.contents;
    const report = await folder.table(pipe, '2020_Gaz_zcta_national.txt');
    expect(folder.store.index.versions[1]!.contents).toEqual(first);
    expect(report).toMatchObject({ layout: 'gazetteer', rowsRead: 1, vintage: '2020', states: { RI: 1 } });
    expect(folder.store.get(first['all']!)).toEqual({ '02802': [41.9, -71.5, 2] });
  });

  it('count ZIPs of several counties, put zeros back, and set the rest aside by line', async () => {
    const report = await folder.table(
      'ZIP,COUNTYNAME,STATE,STCOUNTYFP\n2802,Providence County,RI,44007\n02802,"Kent, County",RI,44003\n02804,x,RI,x\nabc,x,RI,44007\n02806\n',
      'zc.csv',
    );
    expect(report).toMatchObject({ layout: 'zip_to_county', rowsRead: 5, rowsKept: 2, rowsSetAside: 3, ambiguous: 1 });
    expect(report.setAside.map(({ reason, lines }) => [reason, lines])).toEqual([
      ['it names no county (five-digit FIPS)', [4]],
      ['it names no ZIP', [5]],
      ['it is cut off', [6]],
    ]);
    expect(report.repaired).toMatchObject([{ rows: 1, zips: ['02802'] }]);
  });
});

describe('any file', () => {
  const gazetteer = 'GEOID|INTPTLAT|INTPTLONG\n02802|41.9|-71.5\n';
  it.each<[string, string | Buffer, string]>([
    ['a map', JSON.stringify(zipMap(PICTURE)), 'shapes'],
    ['a gzipped map', gzipSync(JSON.stringify(zipMap(PICTURE))), 'shapes'],
    ['a zipped map', zipFile({ 'a.geojson': JSON.stringify(zipMap(PICTURE)) }), 'shapes'],
    ['a table', gazetteer, 'gazetteer'],
    ['a gzipped table', gzipSync(gazetteer), 'gazetteer'],
    ['a zipped table', zipFile({ '2020_Gaz_zcta_national.txt': gazetteer }), 'gazetteer'],
    ['a crosswalk', 'ZCTA,ZIP_CODE,STATE\n02802,02801,RI\n', 'zip_to_zcta'],
  ])('is told apart by what it holds: %s', async (_, content, layout) => {
    const path = folder.write('whatever', content);
    expect((await importAny(folder.store, { path, now: new Date() })).layout).toBe(layout);
  });

  it('is neither: both are named', async () => {
    const path = folder.write('x', 'hello');
    await expect(importAny(folder.store, { path, now: new Date() })).rejects.toMatchObject({
      code: 'file_not_recognized',
    });
  });
});

describe('the store of loaded boundaries', () => {
  it('puts the newest to use, brings an older one back, and takes the same file as there', async () => {
    const first = await folder.map(zipMap(PICTURE));
    const second = await folder.map(zipMap('02802 02804'), { name: 'second.json' });
    expect(second.warnings[0]).toMatch(/2 areas for \d+ ZIPs/);
    expect(folder.store.index.active.shapes).toEqual({ RI: second.id });
    const again = await folder.map(zipMap(PICTURE));
    expect([again.alreadyThere, again.id]).toEqual([true, first.id]);
    expect(folder.store.index.active.shapes).toEqual({ RI: first.id });
    folder.store.save(withActive(folder.store.index, folder.store.version(second.id)));
    expect(new LoadedStore(folder.dataDir).index.active.shapes).toEqual({ RI: second.id });
  });

  it('sees what another store of the same directory imported, and does not undo it', async () => {
    const other = new LoadedStore(folder.dataDir);
    const report = await folder.map(renamed('ZCTA5CE20'));
    expect(other.index.versions.map(({ id }) => id)).toEqual([report.id]);
    other.save(withActive(other.index, other.version(report.id)));
    expect(new LoadedStore(folder.dataDir).index.versions.map(({ id }) => id)).toEqual([report.id]);
  });

  it('keeps what it had when an import fails, and sweeps what a crash left', async () => {
    await folder.map(zipMap(PICTURE));
    const files = () =>
      Object.fromEntries(
        readdirSync(folder.store.dir).map((file) => [file, readFileSync(path.join(folder.store.dir, file), 'utf8')]),
      );
    const before = files();
    await expect(folder.map('{"type":"FeatureCollection","features":[', { name: 'cut.json' })).rejects.toMatchObject({
      code: 'file_not_recognized',
    });
    expect(files()).toEqual(before);
    writeFileSync(path.join(folder.store.dir, `${'0'.repeat(32)}.json.gz`), 'orphan');
    writeFileSync(path.join(folder.store.dir, 'index.json.tmp'), 'half');
    new LoadedStore(folder.dataDir).sweep();
    expect(files()).toEqual(before);
  });

  it('says which file is damaged, and what to do', async () => {
    await folder.map(zipMap(PICTURE));
    const hash = folder.store.index.versions[0]!.contents['RI']!;
    writeFileSync(path.join(folder.store.dir, `${hash}.json.gz`), gzipSync('{}'));
    expect(() => folder.store.get(hash)).toThrow(/gone or damaged/);
    writeFileSync(path.join(folder.store.dir, 'index.json'), '{"format":1}');
    expect(() => new LoadedStore(folder.dataDir)).toThrow(/index.json is damaged/);
  });
});
