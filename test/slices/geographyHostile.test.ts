import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seeded } from '../../service/core/random.ts';
import { importShapes } from '../../service/geography/importShapes.ts';
import { geoFolder, zipMap, type GeoFolder } from '../kit/zipMap.ts';
import { zipFile } from '../kit/zipFile.ts';

let folder: GeoFolder;
beforeEach(async () => {
  folder = geoFolder();
  await folder.map(zipMap('02802 02804'), { name: 'good.json' });
});
afterEach(() => {
  expect(folder.store.index.versions.map(({ file }) => file)).toEqual(['good.json']);
  folder.close();
});

const refused = (code: string, message: RegExp) => ({
  code,
  message: expect.stringMatching(message) as string,
  action: expect.any(String) as string,
});

/** A shapefile of one square; its header says how long it is. */
function shapefile(zip = '02802', more: { type?: number; points?: number } = {}) {
  const points = [-71.5, 41.5, -71.5, 41.6, -71.4, 41.6, -71.4, 41.5, -71.5, 41.5];
  const shp = Buffer.alloc(100 + 8 + 44 + 4 + points.length * 8);
  shp.writeInt32BE(9994, 0);
  shp.writeInt32BE(shp.length / 2, 24);
  shp.writeInt32LE(1000, 28);
  shp.writeInt32LE(more.type ?? 5, 32);
  shp.writeInt32BE(1, 100);
  shp.writeInt32BE((shp.length - 108) / 2, 104);
  shp.writeInt32LE(more.type ?? 5, 108);
  shp.writeInt32LE(1, 144);
  shp.writeInt32LE(more.points ?? points.length / 2, 148);
  points.forEach((value, i) => shp.writeDoubleLE(value, 156 + 8 * i));
  const dbf = Buffer.alloc(32 + 32 + 1 + 6 + 1);
  dbf.writeUInt32LE(1, 4);
  dbf.writeUInt16LE(65, 8);
  dbf.writeUInt16LE(6, 10);
  dbf.write('ZCTA5CE10\0\0C', 32, 'latin1');
  dbf[48] = 5;
  dbf[64] = 0x0d;
  dbf.write(` ${zip}\x1a`, 65, 'latin1');
  return { shp, dbf };
}

describe('maps that are none', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['text', 'zip,territory\n02802,East\n', /is no map: it begins with "zip,territory/],
    ['an empty file', '', /is empty/],
    ['bytes', Buffer.from([0, 1, 2, 3, 255, 254]), /is no map/],
    ['JSON cut off', '{"type":"FeatureCollection","features":[{"type":"Fea', /broken JSON/],
    ['JSON of another kind', '{"hello":"world"}', /no GeoJSON with features/],
    ['a list of numbers', '[1,2,3]', /no GeoJSON with features/],
    ['a map without shapes', '{"type":"FeatureCollection","features":[]}', /No ZIP area.*holds no shapes/],
    ['features that are none', '{"type":"FeatureCollection","features":[1,null,"x"]}', /No ZIP area.*no feature \(3\)/],
    ['brackets a million deep', '['.repeat(1_000_000), /broken JSON|no GeoJSON/],
    [
      'a deep geometry',
      `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"zip":"02802"},"geometry":{"type":"Polygon","coordinates":${'['.repeat(50_000)}${']'.repeat(50_000)}}}]}`,
      /No ZIP area/,
    ],
    ['a gzip cut off', gzipSync(JSON.stringify(zipMap('02802 02804'))).subarray(0, 90), /broken gzip/],
    ['a topology without arcs', '{"type":"Topology","objects":{}}', /lacks arcs/],
    [
      'a topology that names an arc it has not',
      '{"type":"Topology","arcs":[],"objects":{"a":{"type":"Polygon","arcs":[[7]]}}}',
      /names arc 7 of 0/,
    ],
    ['a zip cut off', zipFile({ 'a.shp': 'x'.repeat(500) }).subarray(0, 100), /broken zip/],
    ['a zip of something else', zipFile({ 'a.txt': 'hello' }), /holds no shapefile/],
    ['a .shp alone', shapefile().shp, /one part of a shapefile/],
    ['a zip without a .dbf', zipFile({ 'a.shp': shapefile().shp }), /without its .dbf/],
    ['two shapefiles', zipFile({ 'a.shp': 'x', 'b.shp': 'y' }), /holds 2 shapefiles/],
    [
      'lines and no polygons',
      zipFile({ 'a.shp': shapefile('02802', { type: 3 }).shp, 'a.dbf': shapefile().dbf }),
      /type 3 and no polygons/,
    ],
    [
      'a record that claims too many corners',
      zipFile({ 'a.shp': shapefile('02802', { points: 2_000_000_000 }).shp, 'a.dbf': shapefile().dbf }),
      /shape 1 is damaged/,
    ],
    [
      'a .dbf cut off',
      zipFile({ 'a.shp': shapefile().shp, 'a.dbf': shapefile().dbf.subarray(0, 40) }),
      /\.dbf is cut off|damaged/,
    ],
    [
      'no ZIPs',
      JSON.stringify(zipMap('02802 02804')).replaceAll(/"028\d\d"/g, '"x"'),
      /No property.*holds ZIPs; it has ZCTA5CE10/,
    ],
    [
      'counties, whose codes have five digits too',
      JSON.stringify(zipMap('44001 44003 44005 44007', 'GEOID')),
      /are no ZIPs of the places/,
    ],
    [
      'a projected map',
      JSON.stringify(zipMap('02802')).replaceAll('-71', '-7100').replaceAll('41', '410'),
      /is projected: coordinates such as/,
    ],
    [
      'a map that says it is projected',
      JSON.stringify({ ...zipMap('02802'), crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } } }),
      /another coordinate system/,
    ],
  ])('%s', async (_, content, message) => {
    await expect(folder.map(content, { name: 'bad' })).rejects.toMatchObject(refused('file_not_recognized', message));
  });

  it.each([
    ['PROJCS["NAD_1983_StatePlane_Rhode_Island",GEOGCS["GCS_North_American_1983"]]', /projected \(NAD_1983_StatePlane/],
    ['GEOGCS["GCS_Pulkovo_1942",DATUM["D_Pulkovo_1942"]]', /coordinate system GCS_Pulkovo/],
  ])('a shapefile in %s', async (prj, message) => {
    const { shp, dbf } = shapefile();
    await expect(
      folder.map(zipFile({ 'a.shp': shp, 'a.dbf': dbf, 'a.prj': prj }), { name: 'a.zip' }),
    ).rejects.toMatchObject(refused('file_not_recognized', message));
  });

  it('a path that is no file', async () => {
    const file = { path: path.join(folder.dir, 'none.json'), now: new Date() };
    await expect(importShapes(folder.store, file)).rejects.toMatchObject(
      refused('file_not_recognized', /cannot be read/),
    );
    await expect(importShapes(folder.store, { ...file, path: folder.dir })).rejects.toMatchObject(
      refused('file_not_recognized', /cannot be read/),
    );
  });
});

describe('maps that are too much', () => {
  it('a file of a gigabyte, at once', async () => {
    const file = folder.write('huge.json', '');
    const handle = openSync(file, 'w');
    writeSync(handle, '{"type":"FeatureCollection","features":[');
    ftruncateSync(handle, 1_000_000_000);
    closeSync(handle);
    const before = Date.now();
    await expect(importShapes(folder.store, { path: file, now: new Date() })).rejects.toMatchObject(
      refused('too_large', /1000 MB/),
    );
    expect(Date.now() - before).toBeLessThan(1000);
  });

  it('a zip that unpacks to a hundred times what it should, honestly or not', async () => {
    const zeros = Buffer.alloc(60_000_000);
    await expect(folder.map(zipFile({ 'a.shp': zeros }), { name: 'bomb.zip' })).rejects.toMatchObject(
      refused('too_large', /times its size/),
    );
    const lying = zipFile({ 'a.shp': zeros }, { 'a.shp': { size: 1000 } });
    await expect(folder.map(lying, { name: 'bomb.zip' })).rejects.toMatchObject(
      refused('file_not_recognized', /broken zip/),
    );
    const claims = zipFile({ 'a.shp': 'x' }, { 'a.shp': { size: 4_000_000_000 } });
    await expect(folder.map(claims, { name: 'bomb.zip' })).rejects.toMatchObject(
      refused('too_large', /unpacks to more than/),
    );
  });

  it('a gzip that unpacks beyond the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(260_000_000, ' '), { level: 1 });
    await expect(folder.map(bomb, { name: 'bomb.gz' })).rejects.toMatchObject(
      refused('too_large', /unpacks to more than/),
    );
  });

  it('a topology whose few arcs are named without end', async () => {
    const arcs = [Array.from({ length: 2000 }, (_, i) => [i % 2, 1])];
    const rings = Array.from({ length: 10_000 }, () => [0]);
    const topology = {
      type: 'Topology',
      arcs,
      objects: { a: { type: 'Polygon', arcs: rings, properties: { zip: '02802' } } },
    };
    await expect(folder.map(topology, { name: 'bomb.json' })).rejects.toMatchObject(refused('too_large', /corners/));
  });
});

describe('tables that are none', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['one line without end', 'x'.repeat(2_000_000), /no header row/],
    ['one column', 'zip\n02802\n', /one column only/],
    ['other columns', 'a,b,c\n1,2,3\n', /has the columns a, b, c/],
    ['bytes', Buffer.from([90, 73, 80, 0, 0, 10]), /is no text/],
    ['a header alone', 'ZIP,STCOUNTYFP\n', /No row .* it has none/],
    ['no row that can be used', 'ZIP,ZCTA\nx,02802\n', /No row .* names no ZIP \(1\)/],
  ])('%s', async (_, content, message) => {
    await expect(folder.table(content)).rejects.toMatchObject(refused('file_not_recognized', message));
  });
});

describe('damaged files', () => {
  it('end in a clear error or a report that adds up, whatever was damaged (300 times)', async () => {
    const random = seeded(11);
    const { shp, dbf } = shapefile();
    const text = Buffer.from(JSON.stringify(zipMap('02802 02804 02806')));
    const sources = [
      () => text,
      () => zipFile({ 'a.shp': shp, 'a.dbf': dbf }),
      () => zipFile({ 'a.shp': damaged(shp), 'a.dbf': dbf }),
      () => zipFile({ 'a.shp': shp, 'a.dbf': damaged(dbf) }),
    ];
    function damaged(bytes: Buffer): Buffer {
      const copy = Buffer.from(bytes);
      for (let n = 0; n < 1 + random() * 6; n++) copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
      return random() < 0.2 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy;
    }
    let failed = 0;
    for (let round = 0; round < 300; round++) {
      const fresh = geoFolder();
      try {
        const report = await fresh.map(damaged(sources[round % sources.length]!()), { name: 'a.zip' });
        expect(report.rowsKept + report.rowsSetAside).toBe(report.rowsRead);
        expect(report.rowsKept).toBeGreaterThan(0);
      } catch (error) {
        failed++;
        expect(error).toMatchObject({ name: 'BailiwickError', action: expect.any(String) as string });
        expect(fresh.store.index.versions).toEqual([]);
      } finally {
        fresh.close();
      }
    }
    expect(failed).toBeGreaterThan(50);
  });
});
