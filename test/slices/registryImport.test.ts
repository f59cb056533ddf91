import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  facilityLine,
  facilityText,
  FACILITY_HEADER,
  NPIS,
  registryWorld,
  type RegistryWorld,
} from '../kit/registryWorld.ts';
import type { RequestUser } from '../../service/http/identity.ts';
import { openStore, type Store } from '../../service/store/store.ts';

let world: RegistryWorld;
let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  world = await registryWorld(store);
});
afterEach(() => world.close());

const ops = {
  userId: '005000000000001AAA',
  name: 'Olga',
  role: 'salesOps',
  permissions: new Set(),
} as never as RequestUser;
const record = async (key: string) => (await world.registry.page(ops, key)).record;

const HOSPITALS =
  '"Facility ID","Facility Name",Address,"City/Town",State,"ZIP Code","Hospital Type","Hospital Ownership","Emergency Services"\n';

describe('facility lists', () => {
  test('rows are kept, put right or set aside, each with its line', async () => {
    const report = await world.take(
      'hospitals_2024.csv',
      facilityText(
        { ccn: '220001', npi: NPIS[0] },
        {
          ccn: '70001',
          npi: NPIS[1],
          name: 'Elm Hospital',
          city: 'New Haven',
          state: 'CT',
          zip: '6510',
          lat: 41.3,
          lon: -72.9,
        },
        { ccn: '220001', npi: NPIS[0] },
        { ccn: '22T001', npi: NPIS[2], name: 'Beacon Rehabilitation' },
        { name: 'Nobody' },
        { npi: '123', name: 'Short' },
        { ccn: 'GRP7893', npi: NPIS[3], name: 'Odd CCN', lat: -71.09, lon: 42.34 },
        { ccn: '220009', npi: '2900000010', name: 'Wrong digit', lat: 42.34, lon: 71.09 },
        { ccn: '220010', name: 'Sydney', lat: -33.8, lon: 151.2 },
      ).replace(/\n$/, '\nbroken,row\n'),
    );
    expect(report).toMatchObject({ layout: 'facilityList', rowsRead: 10, rowsKept: 6, rowsSetAside: 4, records: 5 });
    expect(report.setAside).toEqual([
      { reason: 'the same record stands in an earlier line', rows: 1, lines: [4] },
      { reason: 'neither an NPI nor a CCN', rows: 1, lines: [6] },
      { reason: 'the NPI has not ten digits', rows: 1, lines: [7] },
      { reason: 'the row has fewer columns than the header', rows: 1, lines: [11] },
    ]);
    const repaired = Object.fromEntries(report.repaired.map(({ reason, lines }) => [reason, lines]));
    expect(repaired).toEqual({
      'lost leading zeros of a ZIP put back': [3],
      'lost leading zeros of a CCN put back': [3],
      'latitude and longitude were swapped: put right': [8],
      'the longitude had lost its minus sign: put back': [9],
    });
    expect(report.warnings.join('\n')).toMatch(/CCN has none of CMS's forms.*\(line 8\)/);
    expect(report.warnings.join('\n')).toMatch(/fails its check digit.*\(line 9\)/);
    expect(report.warnings.join('\n')).toMatch(/more than 80 km from the point of the ZIP.*\(line 10\)/);
    expect(await record(NPIS[3])).toMatchObject({ lat: 42.34, lon: -71.09, coordinates: 'source' });
    expect(await record('220010')).toMatchObject({ lat: 42.34, lon: -71.09, coordinates: 'zipPoint' });
    expect(await record('70001').catch((error: { code: string }) => error.code)).toBe('not_found');
    expect(await record('070001')).toMatchObject({ name: 'Elm Hospital', zip: '06510', npi: NPIS[1] });
  });

  test('columns in another order, under other names, tab-separated, gzipped, with a BOM', async () => {
    const text = '\uFEFFLongitude\tLatitude\tPostal Code\tFacility Name\tNational Provider Identifier\tFacility Type\n-71.07\t42.35\t02116\tOak Surgery Center\t2900000011\tAmbulatory Surgical Center\n'; // prettier-ignore
    const report = await world.take('odd.txt.gz', gzipSync(text));
    expect(report).toMatchObject({ layout: 'facilityList', rowsRead: 1, rowsKept: 1 });
    expect(await record(NPIS[0])).toMatchObject({ key: NPIS[0], kind: 'surgeryCenter', zip: '02116', lat: 42.35 });
  });

  test('a hospital, its unit and all their NPIs are one record; what lists tell differently is kept', async () => {
    await world.take(
      'list.csv',
      facilityText(
        { ccn: '220001', npi: NPIS[0] },
        { ccn: '22S001', npi: NPIS[1], name: 'Beacon Psychiatric Unit', address: '3 Side Street' },
        { ccn: '220001', npi: NPIS[2], name: 'Beacon Hospital West' },
      ),
    );
    for (const key of ['220001', '22S001', '22s001', ...NPIS.slice(0, 3)])
      expect((await record(key)).key).toBe('220001');
    const page = await world.registry.page(ops, NPIS[1]);
    expect(page.record).toMatchObject({ name: 'Beacon Hospital', npi: NPIS[0], ccn: '220001', beds: 40 });
    expect(page.keys).toEqual(['220001', '22S001', ...NPIS.slice(0, 3)]);
    expect(page.alternatives.map(({ field, value }) => [field, value])).toEqual([
      ['name', 'Beacon Psychiatric Unit'],
      ['address', '3 Side Street'],
      ['name', 'Beacon Hospital West'],
    ]);
    const found = async (text: string) =>
      (await world.registry.search({ text, kinds: [], state: null, zips: 'all', offset: 0, limit: 9 })).records.map(
        ({ key }) => key,
      );
    expect(await found('beacon west')).toEqual(['220001']);
    expect(await found('psychiatric boston')).toEqual(['220001']);
    expect(await found('beacon east')).toEqual([]);
  });
});

describe('sources', () => {
  test('the newest says what is, older ones remain and come back', async () => {
    const first = await world.take(
      'hospitals_2023.csv',
      facilityText({ ccn: '220001', npi: NPIS[0], name: 'Old Name' }),
    );
    await world.take(
      'Hospital_General_Information.csv',
      `${HOSPITALS}220001,Official Name,2 Main Street,Boston,MA,02116,Acute Care Hospitals,Voluntary,Yes\n`,
    );
    expect(await record(NPIS[0])).toMatchObject({
      name: 'Official Name',
      zip: '02116',
      ownership: 'Voluntary',
      emergency: true,
      coordinates: 'zipPoint',
      phone: '6175550100',
    });
    const second = await world.take(
      'hospitals_2024.csv',
      facilityText({ ccn: '220001', npi: NPIS[1], name: 'New Name' }),
    );
    expect(second).toMatchObject({ replaces: 'hospitals_2023.csv', source: 'facilities: hospitals' });
    expect(await record('220001')).toMatchObject({ name: 'New Name', npi: NPIS[1], coordinates: 'source' });
    await expect(record(NPIS[0])).rejects.toMatchObject({ code: 'not_found' });
    const back = await world.registry.activate(first.id);
    expect(back).toMatchObject({ active: true, file: 'hospitals_2023.csv' });
    // brought back, it is active; the official list is newer and keeps the name
    expect(await record(NPIS[0])).toMatchObject({ key: '220001', name: 'Official Name' });
    const states = (await world.registry.imports()).map(({ file, active }) => [file, active]);
    expect(states).toEqual([
      ['hospitals_2024.csv', false],
      ['Hospital_General_Information.csv', true],
      ['hospitals_2023.csv', true],
    ]);
  });

  test('the same bytes twice are one import; a failed one changes nothing', async () => {
    const text = facilityText({ ccn: '220001', npi: NPIS[0] });
    const first = await world.take('a.csv', text);
    expect(await world.take('b.csv', text)).toMatchObject({ id: first.id, alreadyThere: true });
    const revision = await world.registry.revision();
    const bad: [string, string | Buffer, RegExp][] = [
      ['empty.csv', '', /is empty/],
      ['header.csv', `${FACILITY_HEADER}\n`, /a header and no rows/],
      ['nothing.csv', `${FACILITY_HEADER}\n${facilityLine({ name: 'Nobody' })}\n`, /of 1 rows none is usable.*neither/],
      ['cut.csv.gz', gzipSync(text.repeat(500)).subarray(0, 60), /cut off|unpacked/],
      ['picture.csv', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1]), /not a text|No text|bytes/i],
      ['other.csv', 'a,b\n1,2\n', /not a registry file.*Missing/],
      ['claims.csv', 'npi,facility_name,zip,claim_count\n1,2,3,4\n', /it is a claims file/],
    ];
    for (const [name, content, message] of bad) {
      const error = await world.take(name, content).catch((thrown: unknown) => thrown);
      expect(error, name).toMatchObject({ code: 'file_not_recognized', action: expect.stringMatching(/\w/) as string });
      expect((error as Error).message, name).toMatch(message);
    }
    expect(await world.registry.imports()).toHaveLength(1);
    expect(await world.registry.revision()).toBe(revision);
    expect(await record(NPIS[0])).toMatchObject({ name: 'Beacon Hospital' });
  });

  test('a line of 20 MB is refused within seconds', async () => {
    const started = performance.now();
    const error = await world.take('line.csv', Buffer.alloc(20_000_000, 'x')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'file_not_recognized' });
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
