import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importCrosswalkCommand, importGeographyCommand } from '../../service/geography/cli.ts';
import { geographyCommand } from '../../service/geography/geographyCommand.ts';
import { lockDirectory } from '../../service/store/lock.ts';
import { geoFolder, zipMap, type GeoFolder } from '../kit/zipMap.ts';

const CLI = path.resolve(import.meta.dirname, '../../service/cli.ts');

let folder: GeoFolder;
let data: string[];
beforeEach(() => {
  folder = geoFolder();
  data = ['--data', folder.dataDir];
});
afterEach(() => folder.close());

const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
const out = (name: string) => path.join(folder.dir, name);
const rows = (name: string) =>
  readFileSync(out(name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

const MAP = `
  02802 02804 02806
  .     .     .
  .     .     .
  .     .     .
  .     .     .
  .     .     .
  .     .     .
  02807 02808 02809`;

describe('import geography and crosswalk', () => {
  it('tells what became of every shape and row, for people and for machines', async () => {
    const map = folder.write('map.json', zipMap(MAP));
    const gazetteer = folder.write('gaz.txt', 'GEOID\tALAND\tINTPTLAT\tINTPTLONG  \n02802\t5000000\t41.88\t-71.58\n');
    const { text, json } = await importGeographyCommand(['geography', map, gazetteer, ...data]);
    expect(text).toContain('map.json: ZIP areas (GeoJSON), 6 shapes read = 6 kept + 0 set aside');
    expect(text).toContain('ZIPs by state: RI 6. Read from "ZCTA5CE10"; boundaries of 2010.');
    expect(text).toContain('gaz.txt: Census gazetteer, 1 rows read = 1 kept + 0 set aside');
    expect((json as { imports: unknown[] }).imports).toHaveLength(2);
    const crosswalk = folder.write('zz.txt', 'ZIP_CODE\tSTATE\tZCTA\n02903\tRI\t02809\n02904\tRI\t\n');
    const told = await importCrosswalkCommand(['crosswalk', crosswalk, ...data]);
    expect(told.text).toContain(
      '2 rows read = 1 kept + 1 set aside\n  set aside 1: it names no ZIP area (ZCTA) (02904)',
    );
    await expect(importGeographyCommand(['geography', ...data])).rejects.toMatchObject({ code: 'bad_request' });
    await expect(importGeographyCommand(['geography', map])).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('waits for nobody: a directory in use is told, nothing changes', async () => {
    const release = await lockDirectory(folder.dataDir);
    const map = folder.write('map.json', zipMap(MAP));
    await expect(importGeographyCommand(['geography', map, ...data])).rejects.toMatchObject({
      code: 'data_directory_locked',
    });
    await release();
  });

  it('is told by the program itself: help, exit codes, and what else can be imported', async () => {
    const map = folder.write('map.json', zipMap(MAP));
    const broken = folder.write('broken.json', '{"type":');
    expect(await run('import', 'geography', map, ...data)).toMatchObject({ code: 0, err: '' });
    expect(await run('import', 'geography', broken, ...data)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/broken JSON.*Give GeoJSON/s) as string,
    });
    expect((await run('import', 'geography', '--help')).out).toContain('--zip-property NAME');
    expect((await run('import', 'crosswalk', '--help')).out).toContain('STCOUNTYFP');
    expect(await run('import', 'weather')).toMatchObject({
      code: 2,
      err: expect.stringContaining('claims|geography|crosswalk') as string,
    });
    expect((await run('import', '--help')).out).toContain('crosswalk');
    expect((await run('geography', '--help')).out).toContain('--units CHOICE');
    expect(await run('geography', ...data, '--use', 'nothing')).toMatchObject({
      code: 2,
      err: expect.stringContaining('No loaded boundaries') as string,
    });
    const listed = JSON.parse((await run('geography', ...data, '--json')).out) as {
      versions: { file: string; inUse: string[] }[];
    };
    expect(listed.versions).toMatchObject([{ file: 'map.json', inUse: ['RI'] }]);
  });
});

describe('geography', () => {
  beforeEach(async () => {
    await importGeographyCommand(['geography', folder.write('map.json', zipMap(MAP)), ...data]);
    await geographyCommand([...data, '--states', 'RI']);
  });
  const written = (...args: string[]) =>
    geographyCommand([...data, '--out-units', out('units.csv'), '--out-edges', out('edges.csv'), ...args]);

  it('writes units and edges; what lies apart is bridged', async () => {
    const { text } = await written();
    expect(text).toMatch(/6 units with 5 links, 1 of them over water or a gap/);
    expect(rows('units.csv')[0]).toEqual(['unit', 'lat', 'lon', 'county', 'state', 'area_km2']);
    expect(
      rows('units.csv')
        .slice(1)
        .map(([unit, , , , state]) => [unit, state]),
    ).toEqual(['02802', '02804', '02806', '02807', '02808', '02809'].map((zip) => [zip, 'RI']));
    expect(
      rows('edges.csv')
        .filter(([, , bridge]) => bridge === '0')
        .map(([a, b]) => `${a} ${b}`),
    ).toEqual(['02802 02804', '02804 02806', '02807 02808', '02808 02809']);
    // a square of 0.05 by 0.05 degrees at 41.9 N
    expect(Number(rows('units.csv')[1]![5])).toBeCloseTo((0.05 * 111.195) ** 2 * Math.cos((41.875 * Math.PI) / 180), 2);
  });

  it('sums demand of ZIPs, hanging ones with their parents, and says what has no place', async () => {
    const demand = folder.write(
      'demand.csv',
      'unit,services,payment_usd\n02802,5,1.5\n2804,7,2\n99950,1,1\nunplaced,2,2\n',
    );
    const { json } = await written('--demand', demand);
    expect(json).toMatchObject({ unplaced: 2 });
    expect(
      rows('units.csv')
        .slice(0, 3)
        .map((row) => row.slice(6)),
    ).toEqual([
      ['services', 'payment_usd'],
      ['5', '1.5'],
      ['7', '2'],
    ]);
    await written('--demand', demand, '--units', 'county');
    const sums = rows('units.csv')
      .slice(1)
      .map((row) => Number(row[6]));
    expect(sums.reduce((a, b) => a + b, 0)).toBe(12);
    await expect(geographyCommand([...data, '--demand', demand])).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('keeps the choice of units, and of the version', async () => {
    const { text } = await written('--units', 'county');
    expect(text).toContain('Units: county.');
    expect(
      rows('units.csv')
        .slice(1)
        .every(([unit, , , county]) => unit === `C${county}`),
    ).toBe(true);
    expect((await geographyCommand(data)).text).toContain('Units: county.');
    await written('--units', 'county:44007');
    const kinds = rows('units.csv')
      .slice(1)
      .map(([unit]) => unit!.startsWith('C'));
    expect(new Set(kinds).size).toBe(2);
    await written('--units', 'zip', '--approximate', 'ri');
    expect(rows('units.csv').length).toBeGreaterThan(70);
    const { json } = await geographyCommand(data);
    const [{ id }] = (json as { versions: [{ id: string }] }).versions;
    await written('--use', id);
    expect(rows('units.csv')).toHaveLength(7);
    for (const wrong of [
      ['--units', 'town'],
      ['--units', 'county:'],
      ['--states', 'XX'],
      ['--states', ''],
      ['--approximate', 'PR'],
    ])
      await expect(geographyCommand([...data, ...wrong])).rejects.toMatchObject({ name: 'BailiwickError' });
  });

  it('writes what optimize reads', async () => {
    const demand = folder.write('demand.csv', 'zip,hours\n02802,1\n02804,1\n02806,1\n02807,1\n02808,1\n02809,1\n');
    await written('--demand', demand);
    const { code, out: text } = await run(
      'optimize',
      '--units',
      out('units.csv'),
      '--edges',
      out('edges.csv'),
      '--k',
      '2',
      '--measure',
      'hours:0.1',
      '--out',
      out('plan'),
      '--json',
    );
    expect(code).toBe(0);
    expect(text).toContain('{');
    const plan = rows('plan/plan.csv').slice(1);
    expect(plan).toHaveLength(6);
    expect(new Set(plan.map(([, territory]) => territory)).size).toBe(2);
  });
});
