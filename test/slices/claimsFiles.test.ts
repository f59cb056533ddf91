import { DuckDBInstance } from '@duckdb/node-api';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClaimsDb } from '../../service/claims/store.ts';
import { importFile } from '../../service/claims/importFile.ts';
import { claimsWorld, VENDOR_HEADER, vendorLine, vendorText } from '../kit/claimsWorld.ts';
import { zipFile } from '../kit/zipFile.ts';

let world: Awaited<ReturnType<typeof claimsWorld>>;
beforeEach(async () => {
  world = await claimsWorld();
});
afterEach(() => world.close());
const imported = (name: string, data: string | Buffer) => world.claims.importClaims(world.write(name, data));

describe('claims as they come', () => {
  const text = vendorText({ count: 20 }, { count: 30, code: 'BW102', facility: '1000000004', facilityZip: '2116' });
  const named = text.replace('Hospital 1000000004', 'Hospital José “A”');
  const cp1252 = Buffer.concat(
    [...named].map((char) => Buffer.from([char === '“' ? 0x93 : char === '”' ? 0x94 : char.codePointAt(0)!])),
  );

  it.each([
    ['plain.csv', Buffer.from(named), []],
    ['no name that tells', gzipSync(named), []],
    ['zipped.zip', zipFile({ 'read_me.txt': 'a\n', 'data/claims.csv': named }), ['unzipped']],
    ['utf16.csv', Buffer.from(`\uFEFF${named}`, 'utf16le'), ['read as UTF-16 text']],
    ['windows.csv', cp1252, ['read as Windows-1252 text']],
    ['mac.csv', Buffer.from(named.replaceAll('\n', '\r')), ['line ends of old Macs put right']],
    ['titled.csv', Buffer.from(`Volumes for all of us\n\n${named}`), ['2 lines before the header skipped']],
  ])('%s: the same cells, and what was done is said', async (name, data, notes) => {
    const report = await imported(name, data);
    expect([report.rowsRead, report.rowsKept, report.notes]).toEqual([2, 2, notes]);
    const [line] = report.repaired[0]?.lines ?? [];
    expect(line).toBe(name === 'titled.csv' ? 5 : 3);
    const [market] = await world.claims.markets();
    const places = await world.claims.places(market!.id);
    expect(places.map(({ name: place, procedures }) => [place, procedures])).toEqual([
      ['Hospital José “A”', 30],
      ['2900000011', 20],
    ]);
  });

  it('Parquet, where numbers lost zeros and gained fractions', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const db = await instance.connect();
    const path = join(world.folder, 'claims.parquet');
    await db.run(
      `COPY (SELECT 2900000011.0::DOUBLE AS performing_npi, 2115::INTEGER AS performing_zip, 17311 AS code, 22.0::DOUBLE AS place_of_service,
         DATE '2025-03-01' AS month, 20.5::DOUBLE AS claim_count, 1000::BIGINT AS paid) TO '${path}' (FORMAT parquet)`,
    );
    db.closeSync();
    const report = await world.claims.importClaims(path);
    expect(report).toMatchObject({ rowsRead: 1, rowsKept: 1, period: '2025-03' });
    const [market] = await world.claims.markets();
    expect(market!.codes.map(({ code }) => code)).toEqual(['17311']);
    expect((await world.claims.unitDemand(market!.id)).procedures).toEqual([20.5, 0, 0]);
  });

  it('cuts modifiers off codes, reads spreadsheet texts, and names the AMA line', async () => {
    const cms = [
      'Rndrng_NPI\tRndrng_Prvdr_Last_Org_Name\tRndrng_Prvdr_First_Name\tRndrng_Prvdr_Zip5\tHCPCS_Cd\tPlace_Of_Srvc\tTot_Srvcs\tAvg_Mdcr_Pymt_Amt',
      '0000000001\tCPT copyright 2011 American Medical Association. All Rights Reserved.\t\t\t\t\t\t',
      '="2900000011"\tBo\tAl\t="02115"\tBW101-59\tF\t40\t10',
      '2900000011\tBo\tAl\t02115\t142\tF\t50\t10',
    ].join('\n');
    const report = await imported('cms.txt', cms);
    expect(report.setAside).toEqual([{ reason: 'the copyright line of the AMA, not data', rows: 1, lines: [2] }]);
    expect(report.repaired.map(({ reason }) => reason)).toEqual([
      'modifier cut off a code',
      'lost leading zeros of a code put back',
    ]);
    const [market] = await world.claims.markets();
    expect(market!.codes.map(({ code }) => code).sort()).toEqual(['00142', 'BW101']);
  });

  it('warns of drug units, estimates, old claims and ZIPs that are on no map', async () => {
    const own = await claimsWorld({ unplaced: (zips) => zips.filter((zip) => zip === '00909') });
    const header = `${VENDOR_HEADER},drug`;
    const rows = [
      { count: 60, month: '2012-05' },
      { count: 20, month: '2012-05', code: 'BWJ10' },
      { count: '<11', month: '2012-05', code: 'BW102' },
      { count: 15, month: '2012-05', performingZip: '00909' },
    ];
    const text = [header, ...rows.map((row) => `${vendorLine(row)},${row.code === 'BWJ10' ? 'Y' : 'N'}`)].join('\n');
    const { warnings } = await own.claims.importClaims(own.write('a.csv', text));
    expect(warnings).toEqual([
      '20 % of the services are units of drugs: they count as revenue only, not as procedures.',
      '5.5 % of the services stand on imputed counts: the file withholds them or they are under the threshold.',
      'The claims are of 2012-05: 14 years old.',
      '1 ZIPs with 15 % of the services are on no map (such as 00909): they count in totals and stand nowhere.',
    ]);
    await own.close();
  });

  it('outpatient volumes (OP-26): one column a body system, hospitals placed by the registry', async () => {
    const db = await openClaimsDb();
    const text = [
      'Provider ID,Hospital Name,Measure ID,Gastrointestinal,Eye,Measure Start Date,Measure End Date',
      '10001,GENERAL HOSPITAL,OP-26,28,256,01/01/2016,12/31/2016',
      '10002,OTHER HOSPITAL,OP-26,Not Available,7,01/01/2016,12/31/2016',
      '10003,CLOSED HOSPITAL,OP-26,Not Available,Not Available,01/01/2016,12/31/2016',
      '10004,UNKNOWN HOSPITAL,OP-26,5,50,01/01/2016,12/31/2016',
    ].join('\n');
    const known = ['010001', '010002', '010003'].map((ccn) => ({ ccn, zip: '02115', name: `Hospital ${ccn}` }));
    const report = await importFile(db, {
      path: world.write('op.csv', text),
      now: new Date(),
      placesOf: async () => known,
    });
    expect([report.rowsRead, report.rowsKept, report.cells, report.period]).toEqual([4, 2, 3, '2016']);
    expect(report.setAside.map(({ reason, lines }) => [reason, lines])).toEqual([
      ['no count', [4]],
      ['the hospital is in no list yet: import a registry file with its CCN first', [5]],
    ]);
    const cells = `SELECT ccn AS facility_ccn, word AS code, services FROM cells JOIN parties p ON p.no = facility JOIN words w ON w.no = code`;
    expect(await db.all(`${cells} ORDER BY 1, 2`)).toEqual([
      { facility_ccn: '010001', code: 'OP26-EYE', services: 256 },
      { facility_ccn: '010001', code: 'OP26-GASTR', services: 28 },
      { facility_ccn: '010002', code: 'OP26-EYE', services: 5.5 },
    ]);
    await db.close();
  });

  it('an older import can be brought back; what a file is called does not matter, what is in it does', async () => {
    const first = await imported('a.csv', vendorText({ count: 20 }));
    await imported('b.csv', vendorText({ count: 33 }));
    const market = (await world.claims.markets())[0]!.id;
    expect((await world.claims.unitDemand(market)).procedures).toEqual([33, 0, 0]);
    await world.claims.activate(first.id);
    expect((await world.claims.unitDemand(market)).procedures).toEqual([20, 0, 0]);
    const list = await world.claims.imports();
    expect(list.map(({ file, countedBy }) => [file, countedBy.length])).toEqual([
      ['a.csv', 1],
      ['b.csv', 0],
    ]);
    await expect(world.claims.activate('5f0c2a3e-0000-4000-8000-000000000000')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a data directory', () => {
  it('is rid of what a killed import left, and keeps what is whole', async () => {
    const dataDir = join(world.folder, 'data');
    const first = await openClaimsDb(dataDir);
    const path = world.write('a.csv', vendorText({ count: 20 }));
    const report = await importFile(first, { path, now: new Date() });
    await first.run('INSERT INTO cells BY NAME SELECT 4711 AS snapshot, 7.0 AS services');
    await first.run(`INSERT INTO lines VALUES ('gone', 1, 'setAside', 'x', '')`);
    await first.close();
    const again = await openClaimsDb(dataDir);
    expect(await again.all('SELECT services FROM cells')).toEqual([{ services: 20 }]);
    expect(await again.all('SELECT * FROM lines')).toEqual([]);
    const twice = await importFile(again, { path, name: 'another name.csv', now: new Date() });
    expect([twice.id, twice.alreadyThere]).toEqual([report.id, true]);
    expect(await again.all('SELECT services FROM cells')).toEqual([{ services: 20 }]);
    await again.close();
  });
});

describe('one row a role', () => {
  it('counts the claims once, under the role that the market chooses', async () => {
    const text = [
      'provider_role,npi,zip,taxonomy,hcpcs,pos,month,claim_count',
      'Billing Provider,1000000004,06510,Surgery,BW101,22,2025-01,60',
      'Facility,1000000012,02116,Hospital,BW101,22,2025-01,60',
      'Service Location,1000000020,02115,Hospital,BW101,22,2025-01,60',
      'Rendering,2900000011,02115,Surgery,BW101,22,2025-01,40',
      'Rendering,2900000029,02116,Surgery,BW101,22,2025-01,20',
      'Mystery,2900000029,02116,Surgery,BW101,22,2025-01,20',
    ].join('\n');
    const report = await imported('roles.csv', text);
    expect([report.rowsKept, report.setAside[0]?.reason]).toEqual([5, 'the role of the provider is none that we know']);
    const [market] = await world.claims.markets();
    const seen = async (role: 'facility' | 'location' | 'performing' | 'billing') => {
      await world.claims.saveMarket(market!.id, { ...market!, role });
      return (await world.claims.unitDemand(market!.id)).procedures;
    };
    expect(await seen('facility')).toEqual([0, 60, 0]);
    expect(await seen('location')).toEqual([60, 0, 0]);
    expect(await seen('performing')).toEqual([40, 20, 0]);
    expect(await seen('billing')).toEqual([0, 0, 60]);
  });

  it('a file about other codes leaves the market where it is', async () => {
    await imported('surgery.csv', vendorText({ count: 20 }, { count: 30, code: 'BW102' }));
    const market = (await world.claims.markets())[0]!.id;
    await imported('lab.csv', vendorText({ count: 90, code: 'BWLAB' }));
    expect((await world.claims.unitDemand(market)).procedures).toEqual([50, 0, 0]);
    await imported('surgery 2.csv', vendorText({ count: 44 }));
    expect((await world.claims.unitDemand(market)).procedures).toEqual([44, 0, 0]);
  });
});
